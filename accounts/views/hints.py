"""A word for whoever does something for the first time."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import hints


@require_POST
def hint_put_away(request):
    """Taken off the page at once by htmx; without scripts back to the page."""
    name = request.POST.get("hint", "")
    if name in hints.HINTS:
        hints.put_away(request.user, name)
    if request.headers.get("HX-Request"):
        return HttpResponse()
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "today")
