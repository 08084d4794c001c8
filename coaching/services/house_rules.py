"""The rules of the installation, asked about one person and one slot, and said in words to whoever reads them."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Refused
from accounts.written import Written
from coaching.models import Booking
from coaching.rules import Rules, Standing, against_booking

MISSED = Written(
    lambda *, candidate, since: Booking.objects.filter(
        Booking.MISSED, candidate=candidate, confirmed_at__isnull=False, starts_at__gt=since
    ).values_list("starts_at", flat=True)
)


class RuleBroken(Refused):
    """A rule of the installation says no. Staff may pass it with a reason; candidates may not."""


def current():
    """The rules as the environment sets them."""
    return Rules(
        notice_hours=settings.BOOKING_NOTICE_HOURS,
        horizon_days=settings.BOOKING_HORIZON_DAYS,
        cutoff_hours=settings.BOOKING_CUTOFF_HOURS,
        live=settings.BOOKING_LIVE_PER_CANDIDATE,
        no_shows=settings.BOOKING_NO_SHOWS,
        no_show_days=settings.BOOKING_NO_SHOW_DAYS,
    )


def standing_of(candidate, now, *, ahead=None):
    """What counts about her: sessions ahead (`ahead`, where they are counted already), and those she had agreed to and missed."""
    if ahead is None:
        ahead = Booking.objects.filter(candidate=candidate, status=Booking.Status.BOOKED, ends_at__gt=now).count()
    since = now - timedelta(days=settings.BOOKING_NO_SHOW_DAYS)
    return Standing(ahead=ahead, missed=tuple(MISSED.rows(candidate=candidate.pk, since=since)))


def against(slot, *, candidate, now, ahead):
    """Every rule against giving her this slot at `now`; `ahead`: her sessions that are not over."""
    standing = standing_of(candidate, now, ahead=ahead)
    return against_booking(current(), standing, starts_at=slot.starts_at, now=now)


def against_her(candidate, now):
    """The rules that keep her from any session just now, whichever she would choose."""
    rules = current()
    return against_booking(rules, standing_of(candidate, now), starts_at=rules.first_start(now), now=now)


def in_words(broken, *, reader, candidate):
    """A rule that says no, for herself or for whoever books for her."""
    values = dict(broken.values)
    if broken.until:
        values["until"] = when.print_instant(broken.until, reader_zone=reader.zone, translate=_)
    return _(broken.message if reader == candidate else broken.message_about) % values
