"""Whoever has asked for their account to be deleted: she may sign in to see when, and to undo it; nothing else opens."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication

from accounts import problems
from accounts.services import erasure_of

# By name. Pages that everybody may read show nobody's data.
OPEN = {
    "account-delete",
    "account-keep",
    "api:account-deletion",
    "account_logout",
    "set-language",
    "help",
    "help-guide",
    "healthz",
    "readyz",
    "api-schema",
    "api-guide",
}


def may_sign_in(user):
    """Everybody whose account is open, and whoever can still undo its deletion."""
    return user.is_active or erasure_of(user) is not None


class LeavingMiddleware:
    """Leads whoever is leaving to the one page she has."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        user = request.user
        if not user.is_authenticated or user.is_active or request.resolver_match.view_name in OPEN:
            return None
        if request.path.startswith("/api/"):
            return problems.answer(403, _("This account is about to be deleted; nothing else opens."))
        return redirect("account-delete")


class LeavingSession(SessionAuthentication):
    """The framework's own takes closed accounts for nobody."""

    def authenticate(self, request):
        user = request._request.user
        if not user.is_authenticated:
            return None
        self.enforce_csrf(request)
        return user, None
