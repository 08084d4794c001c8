"""The private calendar feed: the page that gives its address, and the file behind it."""

import hashlib

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coaching.models import CalendarFeed
from coaching.permissions import can_keep_feed
from coaching.services import feeds


@require_safe
def calendar_feed(request):
    """Whether there is one and since when; never its address."""
    return _page(_allowed(request))


@require_POST
def calendar_feed_make(request):
    """The password first, since it goes on opening when the session is over; then a new address, shown in this answer only."""
    return _make(_allowed(request))


@reauthentication_required
def _make(request):
    return _page(request, address=feeds.make_feed(request.user))


@require_POST
def calendar_feed_stop(request):
    feeds.stop_feed(_allowed(request).user)
    messages.success(request, _("The address opens nothing any more. You can make a new one whenever you like."))
    return redirect("calendar-feed")


@login_not_required
@require_safe
def calendar_feed_file(request, token):
    """For calendar programs: the token is the key, whoever is signed in plays no part."""
    feed = CalendarFeed.objects.of_token(token)
    if feed is None:
        raise Http404
    content = feeds.file_of(feed, timezone.now())
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "Content-Disposition": 'inline; filename="afterword.ics"',
    }
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=answer)


def _allowed(request):
    if not can_keep_feed(request.user):
        raise PermissionDenied
    return request


def _page(request, **more):
    context = {"feed": feeds.feed_of(request.user), "nav_active": "settings", **more}
    return render(request, "coaching/calendar_feed.html", context)
