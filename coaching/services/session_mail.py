"""Telling candidate and coach what became of a session, each with the calendar file that makes their calendar follow."""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from accounts import languages
from accounts.models import User
from coaching.calendar import CANCEL, REQUEST, session_calendar
from coaching.models import Booking
from coaching.reminders import booking_url
from followups import outbox, reminders

KIND = "session"
# What its mail tells of a booking and of its slot, and what may be another when it goes.
FROZEN = ("status", "starts_at", "ends_at", "confirm_by", "confirmed_at", "by_house", "calendar_id", "sequence")
FROZEN_OF_SLOT = ("zone", "place", "link")
# Mail about a session this near comes in quiet hours too.
SOON = timedelta(hours=12)
# After these there is no session any more.
OFF = {"cancelled", "called_off", "lapsed"}
# What is to be told, and whose reminders derived anew, when a change of several sessions is whole; None: at once.
_gathering = ContextVar("what is told together", default=None)


@dataclass
class _Gathered:
    told: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def tell(booking, change, *, by, now, reason="", was=None, was_with=None, readers=None, is_first=False):
    """Queue one mail to each reader (default: candidate and coach), now or with what is `gathered`; re-derive the reminders.

    `change`: booked, asked, confirmed, changed, moved, cancelled, lapsed; of the house's own making offered, called_off.
    `was`, `was_with`: the times and the coach before, for the words of a move. Call it inside the transaction that made the change; it counts the calendar file's SEQUENCE up,
    but for a booking that `is_first` told of and was written with its number.
    """
    if not is_first:
        booking.sequence = F("sequence") + 1
        booking.save(update_fields=["sequence"])
    told = {"by": by, "now": now, "reason": reason, "was": was, "was_with": was_with}
    readers = readers or (booking.candidate, booking.coach)
    if gathering := _gathering.get():
        gathering.told += [_context(booking, change, reader=reader, **told) for reader in readers]
    else:
        facts = _facts(booking, change, **told)
        # By the new number each of them is new.
        outbox.queue_told(
            [
                (
                    facts,
                    _options({"booking": booking, "change": change, "reader": reader, "mine": reader == by}, now=now),
                )
                for reader in readers
                if KIND not in reader.muted_reminders
            ]
        )
    remind(booking, now=now)


def remind(booking, *, now):
    """Derive a session's reminders anew: now, or with what is `gathered`, for all of them at once."""
    gathering = _gathering.get()
    if gathering is None:
        reminders.refresh(booking, now=now)
    else:
        gathering.changed.append(booking)


def tell_left(booking, *, reader, by, now, change="cancelled", reason=""):
    """A session moved to another coach: this one's calendar lets it go."""
    context = _context(booking, change, reader=reader, by=by, now=now, reason=reason, was=None)
    if gathering := _gathering.get():
        gathering.told.append(context)
    else:
        _send("session", context, [context], now=now)


def _can_answer(booking, reader, now):
    if reader.pk != booking.candidate_id or booking.starts_at <= now:
        return False
    # Of what the house took from her she may take another time.
    return booking.status == Booking.Status.BOOKED or (booking.by_house and booking.status in Booking.GONE)


@contextmanager
def gathered(*, about, now):
    """Whoever is told of several sessions in here gets one mail, `about` the record whose act it was."""
    gathering = _Gathered()
    token = _gathering.set(gathering)
    try:
        yield
    finally:
        _gathering.reset(token)
    # Of one that changed twice as it is at last.
    reminders.refresh_all(list({booking.pk: booking for booking in gathering.changed}.values()), now=now)
    by_reader = defaultdict(list)
    for context in gathering.told:
        by_reader[context["reader"].pk].append(context)
    for contexts in by_reader.values():
        if len(contexts) == 1:
            _send("session", contexts[0], contexts, now=now)
        else:
            reader = contexts[0]["reader"]
            whole = {"reader": reader, "sessions": contexts, "is_candidate": contexts[0]["is_candidate"]}
            _send("sessions", whole, contexts, now=now, about=about)


@contextmanager
def provisional():
    """What is told in here is not told if it fails: its writes are undone, too."""
    gathering = _gathering.get()
    told, changed = (len(gathering.told), len(gathering.changed)) if gathering else (0, 0)
    try:
        yield
    except Exception:
        if gathering:
            del gathering.told[told:], gathering.changed[changed:]
        raise


def _context(booking, change, *, reader, by, now, reason, was, was_with=None):
    is_on = change not in OFF
    if was_with is not None and reader.pk not in (booking.candidate_id, was_with.pk):
        # To whoever stands in it is new: it never was at another time.
        was = None
    return {
        "reader": reader,
        "booking": booking,
        "slot": booking.slot,
        "change": change,
        "is_on": is_on,
        "other": booking.coach if reader.pk == booking.candidate_id else booking.candidate,
        "is_candidate": reader.pk == booking.candidate_id,
        "mine": reader == by,
        "by": by,
        "reason": reason,
        "was": was,
        "was_with": was_with,
        "answer_url": booking_url(booking) if _can_answer(booking, reader, now) else "",
        "link": settings.BASE_URL + reverse("booking-detail", args=[booking.public_id]),
    }


def _send(template, context, sessions, *, now, about=None):
    if KIND not in context["reader"].muted_reminders:
        message = _message(template, context, sessions, stamp=now)
        outbox.queue(message, **_options(*sessions, now=now, about=about))


def _facts(booking, change, *, by, now, reason, was, was_with):
    """What a mail about one session tells, as it is now: it is written when it goes, and then nothing of it is another."""
    people = {person.pk: person for person in (booking.candidate, booking.coach, by, was_with) if person}
    return {
        "booking": booking.pk,
        "as_it_was": {name: getattr(booking, name) for name in FROZEN},
        "slot": {name: getattr(booking.slot, name) for name in FROZEN_OF_SLOT},
        "people": {pk: {"name": person.name, "email": person.email} for pk, person in people.items()},
        "change": change,
        "by": by and by.pk,
        "now": now,
        "reason": reason,
        "was": was,
        "was_with": was_with and was_with.pk,
    }


def write(facts, reader):
    """The mail of such facts for one of those two."""
    booking = Booking.objects.select_related("slot", "coach", "candidate").get(pk=facts["booking"])
    for record, values in ((booking, facts["as_it_was"]), (booking.slot, facts["slot"])):
        for name, value in values.items():
            setattr(record, name, record._meta.get_field(name).to_python(value))
    people = {person.pk: person for person in (booking.candidate, booking.coach)}
    people |= User.objects.in_bulk({int(pk) for pk in facts["people"]} - {*people})
    for person in (*people.values(), reader):
        for name, value in facts["people"].get(str(person.pk), {}).items():
            setattr(person, name, value)
    context = _context(
        booking,
        facts["change"],
        reader=reader,
        by=people.get(facts["by"]),
        now=datetime.fromisoformat(facts["now"]),
        reason=facts["reason"],
        was=facts["was"] and [datetime.fromisoformat(at) for at in facts["was"]],
        was_with=people.get(facts["was_with"]),
    )
    return _message("session", context, [context], stamp=datetime.fromisoformat(facts["now"]))


def _message(template, context, sessions, *, stamp):
    """One mail with the calendar file of each session in it."""
    reader = context["reader"]
    message = reminders.compose_optional(KIND, template, to=reader, context=context)
    for number, one in enumerate(sessions, 1):
        method = REQUEST if one["is_on"] else CANCEL
        with languages.written_for(reader):
            file = session_calendar(one["booking"], reader=reader, method=method, stamp=stamp)
        name = "mock-session.ics" if len(sessions) == 1 else f"mock-session-{number}.ics"
        message.attach(name, file.decode(), f"text/calendar; method={method}; charset=utf-8")
    return message


def _options(*sessions, now, about=None):
    """What the row of a mail about these sessions says of it."""
    bookings = [one["booking"] for one in sessions]
    last = max(booking.ends_at for booking in bookings)
    first, reader = sessions[0], sessions[0]["reader"]
    key = (
        f"sessions:{about.public_id}" if about else f"session:{first['booking'].public_id}:{first['booking'].sequence}"
    )
    return {
        "kind": KIND,
        "recipient": reader,
        "subject": about or first["booking"],
        "useless_after": last if last > now else None,
        "dedupe_key": f"{key}:{first['change']}:{reader.pk}",
        # Whoever just did it is awake and wants to see it.
        "ignores_quiet_hours": first["mine"] or min(booking.starts_at for booking in bookings) - now < SOON,
    }
