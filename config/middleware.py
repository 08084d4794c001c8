"""Small rules that hold for every answer."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused
from accounts.services import forget_draft


class PlainApiMiddleware:
    """A program that calls by plain HTTP is told so: a redirect would go on working, with its key readable on every call."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SECURE_SSL_REDIRECT and request.path.startswith("/api/") and not request.is_secure():
            problem = {
                "type": "about:blank",
                "status": 403,
                "title": _("Only by HTTPS. End the key you sent: it was readable."),
            }
            return JsonResponse(problem, status=403, content_type="application/problem+json")
        return self.get_response(request)


class PrivatePagesMiddleware:
    """Pages of somebody signed in are kept by no cache and no shared computer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response


class SentFormsMiddleware:
    """A form that was taken needs its draft no longer: taken forms answer with a redirect."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302 and request.user.is_authenticated:
            page = urlsplit(request.META.get("HTTP_REFERER", "")).path
            forget_draft(request.user, paths={request.path, page})
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Where a session has ended over a form, the words in it are shown to be copied: the way to the sign-in would lose them."""

    def handle_no_permission(self, request, view_func):
        if request.method != "POST" or request.headers.get("HX-Request"):
            return super().handle_no_permission(request, view_func)
        came_from = request.META.get("HTTP_REFERER", "")
        is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
        parts = urlsplit(came_from)
        page = parts._replace(scheme="", netloc="", fragment="").geturl() if is_ours else reverse("today")
        back = f"{resolve_url(self.get_login_url(view_func))}?{urlencode({'next': page})}"
        typed = typed_in(request)
        if not typed:
            # A button: afterwards to the page on which it stands, not to an address that only takes buttons.
            return HttpResponseRedirect(back)
        context = {"message": _("You were signed out meanwhile. Sign in again, and it goes on."), "typed": typed}
        return render(request, "signed_out.html", context | {"back": back}, status=401)


class ConflictMiddleware:
    """Turns "somebody was quicker" and "the rules say no" into words: on the page she came from, or as 409 and 422.

    Whatever she had typed is shown to be copied: a form that is no longer wanted must not swallow it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Conflict | Refused):
            return None
        back = request.META.get("HTTP_REFERER", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
            back = reverse("home")
            came_from_here = False
        else:
            came_from_here = request.method == "POST" and not request.headers.get("HX-Request")
        typed = typed_in(request)
        if came_from_here and not typed:
            messages.error(request, str(exception))
            return HttpResponseRedirect(back)
        status = 409 if isinstance(exception, Conflict) else 422
        return render(request, "409.html", {"message": str(exception), "typed": typed, "back": back}, status=status)


CARRIED = {"csrfmiddlewaretoken", "offered", "remarked", "seen"}


def typed_in(request):
    """The words of a form, without its buttons, ticks, ids, what a page only carries, and passwords, which may be sentences."""
    return [
        value
        for name, values in request.POST.lists()
        if name not in CARRIED and "password" not in name
        for value in values
        if " " in value.strip()
    ]
