"""The private calendar feed of a person: made, made anew, stopped, and what stands in it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import languages
from accounts.models import hash_token
from accounts.services import audit
from coaching.calendar import feed_calendar
from coaching.models import Booking, CalendarFeed
from interviews.models import Interview

# What is longer ago a subscribed calendar need not hold; ahead there is an end only for numbers nobody has.
SINCE = timedelta(days=30)
MOST = 500


@transaction.atomic
def make_feed(user, *, now=None):
    """Give this person an address, shown by nobody ever again; one she had before opens nothing from now on."""
    token = CalendarFeed.new_token()
    fields = {"token_hash": hash_token(token), "created_at": now or timezone.now()}
    CalendarFeed.objects.update_or_create(user=user, defaults=fields)
    audit("calendar feed made", user, by=user)
    return settings.BASE_URL + reverse("calendar-feed-file", args=[token])


@transaction.atomic
def stop_feed(user):
    """The address opens nothing from now on."""
    if CalendarFeed.objects.filter(user=user).delete()[0]:
        audit("calendar feed stopped", user, by=user)


def feed_of(user):
    """Since when there is one, without its address, which is kept nowhere; None if there is none."""
    return CalendarFeed.objects.filter(user=user).first()


def file_of(feed, now):
    """The bytes of somebody's feed; the same as long as nothing in it changes."""
    user = feed.user
    sessions = Booking.objects.filter(Q(candidate=user) | Q(coach=user), status=Booking.Status.BOOKED)
    sessions = sessions.filter(starts_at__gt=now - SINCE).select_related("slot").order_by("starts_at", "id")[:MOST]
    interviews = Interview.objects.filter(candidate=user, status=Interview.Status.PLANNED)
    interviews = interviews.filter(ends_at__gt=now - SINCE).order_by("ends_at", "id")[:MOST]
    with languages.written_for(user):
        return feed_calendar(user, sessions, interviews)
