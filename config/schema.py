"""The OpenAPI description of the API."""

from django.core.exceptions import FieldDoesNotExist
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework.settings import api_settings

from accounts import describing

# Local, as all times of day here; the format "time" of JSON Schema wants an offset.
TIME_OF_DAY = {"pattern": r"^\d\d:\d\d(:\d\d(\.\d+)?)?$", "example": "07:00"}


class Generator(SchemaGenerator):
    """Writes the description, with everything that stands beside the endpoints."""

    def __init__(self, *args, **kwargs):
        # Not in the settings: there it would be loaded with the first list of endpoints, in every process.
        api_settings.DEFAULT_SCHEMA_CLASS = ProblemSchema
        describing.apply_all()
        super().__init__(*args, **kwargs)


class AccessTokenScheme(OpenApiAuthenticationExtension):
    """How an access token is sent."""

    target_class = "accounts.token_access.TokenAuthentication"
    name = "accessToken"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "A key of one's own, made under Settings."}


class LeavingSessionScheme(SessionScheme):
    """The same cookie, where a closed account may still undo that it will be deleted."""

    target_class = "accounts.leaving.LeavingSession"
    name = "cookieAuthWhileLeaving"


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

    def _map_serializer_field(self, field, direction, bypass_extensions=False):
        """What is read may be empty where the row may: the framework says so only of what is written."""
        if field.read_only and (field.default is None or column(field, "null")):
            field.allow_null = True
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if schema and schema.get("format") == "time":
            return {name: value for name, value in schema.items() if name != "format"} | TIME_OF_DAY
        if schema and field.read_only and column(field, "blank") and "" not in schema.get("enum", [""]):
            schema["enum"] = [*schema["enum"], ""]
        return schema

    def _insert_field_validators(self, field, schema):
        super()._insert_field_validators(field, schema)
        if schema.get("format") == "uri" and column(field, "blank"):
            del schema["format"]

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        codes = ["400", "401", "403", "404", "422", "429"]
        codes += ["406"] if self.method == "GET" else ["409", "413", "415"]
        # Only what is about one record can have been read before.
        codes += ["412"] if self.method != "GET" and "{" in self.path else []
        for code in sorted(codes):
            bodies.setdefault(
                code,
                {"description": "", "content": {"application/problem+json": {"schema": self.PROBLEM}}},
            )
        return bodies


def column(field, quality):
    """Whether the column behind a serializer's field may be `null` or `blank`."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    try:
        return bool(model) and getattr(model._meta.get_field(field.source), quality, False)
    except FieldDoesNotExist:
        return False
