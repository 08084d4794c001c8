"""Requests to the API that carry an access token instead of a session."""

from django.conf import settings
from django.contrib.auth import load_backend
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions, permissions

from accounts.models import AccessToken
from accounts.services import token_behind

SCHEME = "bearer"


class TokenMiddleware:
    """Says who asks before anything else looks: a stored answer belongs to a person, however she came in.

    A session beside a token plays no part: a browser that was made to send both must not act for the one by the other.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/api/") and (header := request.headers.get("Authorization")):
            scheme, _space, key = header.partition(" ")
            request.access_token = token_behind(key.strip()) if scheme.lower() == SCHEME else None
            request.user = AnonymousUser()
            if request.access_token:
                backend = load_backend(settings.AUTHENTICATION_BACKENDS[0])
                request.user = backend.get_user(request.access_token.user_id) or AnonymousUser()
        return self.get_response(request)


class TokenAuthentication(authentication.BaseAuthentication):
    """What the middleware found. An unknown, ended or outlived token is 401, never a fall-back to the session."""

    def authenticate(self, request):
        if not hasattr(request._request, "access_token"):
            return None
        token, user = request._request.access_token, request._request.user
        if token is None or not user.is_authenticated:
            raise exceptions.AuthenticationFailed(_("This access token opens nothing: unknown, ended or too old."))
        return user, token

    def authenticate_header(self, request):
        return 'Bearer realm="api"'


class TokenScope(permissions.BasePermission):
    """A token does only what it was made for; a session is not asked.

    A view may name the scope of single actions in `token_scopes`; None means: with a session only. Without a name, safe
    methods need `read`, others `write`.
    """

    def has_permission(self, request, view):
        if not isinstance(request.auth, AccessToken):
            return True
        needed = scope_needed(view, request.method)
        if needed is None:
            self.message = _("Not by an access token: sign in for this.")
            return False
        self.message = _("This access token may not do that; it would need “%(scope)s”.") % {"scope": needed}
        return needed in request.auth.scopes


def scope_needed(view, method):
    scopes = getattr(view, "token_scopes", {})
    action = getattr(view, "action", None)
    if action in scopes:
        return scopes[action]
    if method in permissions.SAFE_METHODS:
        return AccessToken.Scope.READ
    return AccessToken.Scope.WRITE
