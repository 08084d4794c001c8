"""Small rules that hold for every answer."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.records import Conflict, Refused


class PrivatePagesMiddleware:
    """Pages of somebody signed in are kept by no cache and no shared computer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response


class ConflictMiddleware:
    """Turns "somebody was quicker" and "the rules say no" into words on the page she came from, or 409 and 422."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Conflict | Refused):
            return None
        status = 409 if isinstance(exception, Conflict) else 422
        if request.method == "POST" and not request.headers.get("HX-Request"):
            back = request.META.get("HTTP_REFERER", "")
            if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
                messages.error(request, str(exception))
                return HttpResponseRedirect(back)
        return render(
            request,
            "409.html",
            {"message": str(exception), "choices": getattr(exception, "choices", [])},
            status=status,
        )
