"""Small rules that hold for every answer."""

import re
import uuid
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import problems, second_step
from accounts.records import Conflict, Refused
from accounts.services import forget_draft


class PlainApiMiddleware:
    """A program that calls by plain HTTP is told so: a redirect would go on working, with its key readable on every call."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SECURE_SSL_REDIRECT and request.path.startswith("/api/") and not request.is_secure():
            return problems.answer(403, _("Only by HTTPS. End the key you sent: it was readable."))
        return self.get_response(request)


class RequestIdMiddleware:
    """One name for a request in the log, the audit and the answer.

    A trusted proxy's is taken if it looks like one; what anybody else sends would let them choose what stands in the audit.
    """

    SHAPE = re.compile(r"[A-Za-z0-9._-]{8,64}")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_TLS_PROXY else ""
        name = given if self.SHAPE.fullmatch(given) else str(uuid.uuid4())
        # Read by django-structlog, which puts it into each line of the log.
        request.META["HTTP_X_REQUEST_ID"] = name
        response = self.get_response(request)
        response["X-Request-ID"] = name
        return response


# More than any form or file here needs; what a single field takes is said at the field.
MOST_MEGABYTES = 16


class SizeMiddleware:
    """What is far too large is not read at all: files would be written to the disk before any form has looked at them.

    Without a length nothing is read either: that is what WSGI means by it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length[:20]) <= MOST_MEGABYTES * 1024 * 1024:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            title = _("No more than %(megabytes)s MB can be sent at once.") % {"megabytes": MOST_MEGABYTES}
            return problems.answer(413, title)
        return render(request, "413.html", {"megabytes": MOST_MEGABYTES}, status=413)


class ButtonsMiddleware:
    """The address of a button, opened as a page, would be an empty one: by a reload, or on the way back from a sign-in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or response.content or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


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
        page = page_of_form(request)
        back = f"{resolve_url(self.get_login_url(view_func))}?{urlencode({'next': page})}"
        typed = typed_in(request)
        if not typed:
            # A button: afterwards to the page on which it stands, not to an address that only takes buttons.
            return HttpResponseRedirect(back)
        context = {"message": _("You were signed out meanwhile. Sign in again, and it goes on."), "typed": typed}
        return render(request, "signed_out.html", context | {"back": back}, status=401)


def page_of_form(request):
    """Where the form stands that was sent: an address that only takes forms is no place to go back to."""
    came_from = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return reverse("today")
    return urlsplit(came_from)._replace(scheme="", netloc="", fragment="").geturl()


class SecondStepMiddleware:
    """Coaches and admins without a second step are led to set one up, and get nowhere else: by page, API or token.

    The way there may end at a page that only the setting up can be left by, so where they were headed waits in the session.
    """

    # What setting one up may need: the password again, the way to a new one, an address that is not confirmed yet.
    ON_THE_WAY = frozenset({"account_logout", "account_reauthenticate", "account_email", "account_confirm_email"})
    OPEN_ENDPOINTS = frozenset({"api:root", "api-schema"})

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.user.is_authenticated or not second_step.lacks_one(request.user):
            return None
        request.lacks_second_step = True
        name = request.resolver_match.view_name
        if request.path.startswith("/api/"):
            return None if name in self.OPEN_ENDPOINTS else self._say_so()
        # Pages for everybody let nobody further in.
        if name.startswith("mfa_") or name in self.ON_THE_WAY or not getattr(view_func, "login_required", True):
            return None
        page = request.get_full_path() if request.method in ("GET", "HEAD") else page_of_form(request)
        setup = f"{reverse('mfa_index')}?{urlencode({'next': page})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("mfa_index")})
        request.session["second_step_next"] = page
        typed = typed_in(request)
        if not typed:
            return HttpResponseRedirect(setup)
        context = {"message": _("First a second step for signing in, then it goes on."), "typed": typed, "back": setup}
        return render(request, "second_step_first.html", context, status=403)

    def _say_so(self):
        detail = _("Coaches and admins sign in with a second step here: set one up at %(place)s.")
        detail %= {"place": reverse("mfa_index")}
        return problems.answer(403, _("A second step is missing"), detail, reason="second_step_missing")


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
