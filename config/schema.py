"""The OpenAPI description of the API."""

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema


class AccessTokenScheme(OpenApiAuthenticationExtension):
    """How an access token is sent."""

    target_class = "accounts.token_access.TokenAuthentication"
    name = "accessToken"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "A key of one's own, made under Settings."}


class LeavingSessionScheme(SessionScheme):
    """The same cookie, of whom the account is closing."""

    name = "closingCookie"

    target_class = "accounts.leaving.LeavingSession"


class ProblemSchema(AutoSchema):
    """Adds the problems every endpoint may answer with to its documentation."""

    PROBLEM = {
        "type": "object",
        "properties": {
            "type": {"type": "string"},
            "status": {"type": "integer"},
            "title": {"type": "string"},
            "detail": {"type": "string"},
            "errors": {"type": "object", "additionalProperties": True},
            "choices": {"type": "array", "items": {}},
            "outlook": {"type": "object", "additionalProperties": True},
        },
        "required": ["type", "status", "title"],
    }

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        codes = (
            ["400", "401", "403", "404", "409", "412", "415", "422", "429"]
            if self.method != "GET"
            else ["400", "401", "403", "404", "406", "429"]
        )
        for code in codes:
            bodies.setdefault(
                code,
                {"description": "", "content": {"application/problem+json": {"schema": self.PROBLEM}}},
            )
        return bodies
