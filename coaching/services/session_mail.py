"""Telling candidate and coach what became of a session, each with the calendar file that makes their calendar follow."""

from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from coaching.calendar import CANCEL, REQUEST, session_calendar
from coaching.models import Booking
from coaching.reminders import booking_url
from followups import outbox, reminders

# Mail about a session this near comes in quiet hours too.
SOON = timedelta(hours=12)


def tell(booking, change, *, by, now, reason="", was=None, readers=None):
    """Queue one mail to each reader (default: candidate and coach) and re-derive the session's reminders.

    `change`: booked, asked, confirmed, changed, moved, cancelled, lapsed. `was`: the booking or times before, for the
    words of a move. Call it inside the transaction that made the change; it counts the calendar file's SEQUENCE up.
    """
    Booking.objects.filter(pk=booking.pk).update(sequence=F("sequence") + 1)
    booking.refresh_from_db(fields=["sequence"])
    for reader in readers or (booking.candidate, booking.coach):
        _queue(booking, change, reader=reader, by=by, now=now, reason=reason, was=was)
    reminders.refresh(booking, now=now)


def tell_left(booking, *, reader, by, now):
    """A session moved to another coach: this one's calendar lets it go."""
    _queue(booking, "cancelled", reader=reader, by=by, now=now, reason="", was=None)


def _can_answer(booking, reader, now):
    return reader.pk == booking.candidate_id and booking.status == Booking.Status.BOOKED and booking.starts_at > now


def _queue(booking, change, *, reader, by, now, reason, was):
    method = CANCEL if change in ("cancelled", "lapsed") else REQUEST
    mine = by is not None and by.pk == reader.pk
    context = {
        "booking": booking,
        "slot": booking.slot,
        "change": change,
        "is_on": method == REQUEST,
        "other": booking.coach if reader.pk == booking.candidate_id else booking.candidate,
        "is_candidate": reader.pk == booking.candidate_id,
        "mine": mine,
        "by": by,
        "reason": reason,
        "was": was,
        "answer_url": booking_url(booking) if _can_answer(booking, reader, now) else "",
        "link": settings.BASE_URL + reverse("booking-detail", args=[booking.public_id]),
    }
    message = reminders.compose_unless_muted("session", "session", to=reader, context=context)
    if message is None:
        return
    file = session_calendar(booking, reader=reader, method=method, stamp=now)
    message.attach("mock-session.ics", file.decode(), f"text/calendar; method={method}; charset=utf-8")
    outbox.queue(
        message,
        kind="session",
        recipient=reader,
        subject=booking,
        useless_after=booking.ends_at if booking.ends_at > now else None,
        dedupe_key=f"session:{booking.public_id}:{booking.sequence}:{change}:{reader.pk}",
        # Whoever just did it is awake and wants to see it.
        ignores_quiet_hours=mine or booking.starts_at - now < SOON,
    )
