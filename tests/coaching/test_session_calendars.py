"""The calendar files of a session over its whole life, read back as a calendar program reads them."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from accounts.records import Refused
from coaching.models import Booking
from coaching.services import bookings, slots
from followups.models import OutboundEmail
from tests.factories import CoachFactory, EngagementFactory
from tests.mailing import message_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def make_slot(coach, admin, number):
    """One every two hours, ten a day, from the day after tomorrow on; no two of a coach meet, whatever moves an hour on."""
    wall = datetime(2026, 11, 26) + timedelta(days=number // 10, hours=number % 10 * 2)  # noqa: DTZ001 -- a wall time
    return slots.create_slot(coach=coach, zone="Africa/Nairobi", starts_wall=wall, by=admin, now=NOW, place="Room 2")


def files_to(reader):
    """(METHOD, event) of each file mailed to this person, oldest first; the whole file must parse, and name her alone."""
    read = []
    for row in OutboundEmail.objects.filter(kind="session", recipient=reader).order_by("id"):
        mail = message_of(row)
        (part,) = mail.iter_attachments()
        calendar = Calendar.from_ical(part.get_content())
        (event,) = calendar.events
        method = str(calendar["METHOD"])
        assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", method)
        assert (part.get_filename(), str(event["ATTENDEE"])) == ("mock-session.ics", f"mailto:{reader.email}")
        assert (event.errors, calendar.errors, str(event["SUMMARY"])) == ([], [], "Mock session")
        assert not calendar.walk("VTIMEZONE")
        assert {str(at.tzinfo) for at in (event.start, event.end, event["DTSTAMP"].dt)} == {"UTC"}
        read.append((method, event))
    return read


def calendar_of(reader):
    """What stands in the calendar of somebody who took every file in: {UID: (start, end, status)}, by RFC 5546."""
    entries, sequences = {}, {}
    for method, event in files_to(reader):
        uid, sequence = str(event["UID"]), int(event["SEQUENCE"])
        assert sequence > sequences.get(uid, 0), "a calendar ignores a file that is no newer than what it has"
        sequences[uid] = sequence
        if method == "CANCEL":
            assert str(event["STATUS"]) == "CANCELLED"
            entries.pop(uid, None)
        else:
            entries[uid] = (event.start, event.end, str(event["STATUS"]))
    return entries


def booked_with(reader):
    """What should stand there."""
    rows = Booking.objects.filter(status="booked", candidate=reader) | Booking.objects.filter(
        status="booked", coach=reader
    )
    return {
        f"{row.calendar_id or row.public_id}@localhost.localdomain": (
            row.starts_at, row.ends_at, "CONFIRMED" if row.confirmed_at else "TENTATIVE"
        )
        for row in rows
    }  # fmt: skip


def test_booked_moved_twice_its_slot_changed_and_cancelled(candidate, coach, admin, settings):
    settings.MAIL_DOMAIN = "localhost.localdomain"
    one, two, three = (make_slot(coach, admin, number) for number in range(3))
    booking = bookings.book(one, candidate=candidate, by=coach, now=NOW)
    bookings.confirm(booking, by=candidate, now=NOW)
    booking = bookings.move_booking(booking, slot=two, by=candidate, now=NOW)
    booking = bookings.move_booking(booking, slot=three, by=candidate, now=NOW)
    slots.edit_slot(booking.slot, by=admin, now=NOW, place="Room 9")
    bookings.cancel(booking, by=candidate, now=NOW)
    for reader in (candidate, coach):
        files = files_to(reader)
        assert [(method, int(event["SEQUENCE"]), str(event["STATUS"])) for method, event in files] == [
            ("REQUEST", 1, "TENTATIVE"),
            ("REQUEST", 2, "CONFIRMED"),
            ("REQUEST", 3, "CONFIRMED"),
            ("REQUEST", 4, "CONFIRMED"),
            ("REQUEST", 5, "CONFIRMED"),
            ("CANCEL", 6, "CANCELLED"),
        ]
        assert len({str(event["UID"]) for _method, event in files}) == 1
        assert [str(event["LOCATION"]) for _method, event in files][3:] == ["Room 2", "Room 9", "Room 9"]
        assert [event.start for _method, event in files] == [
            one.starts_at, one.starts_at, two.starts_at, three.starts_at, three.starts_at, three.starts_at,
        ]  # fmt: skip
        assert calendar_of(reader) == {}


ACTS = ["book", "book", "move", "move", "cancel", "confirm", "lapse", "shift", "place", "withdraw"]


def one_step(act, dice, *, live, people, admin, free, step):
    """One of the things that can happen to a session, to one at random."""
    if act == "book":
        person = dice.choice(people)
        bookings.book(free.pop(), candidate=person, by=dice.choice([person, admin]), now=NOW)
        return
    booking = dice.choice(live)
    by = dice.choice([booking.candidate, admin])
    if act == "move":
        bookings.move_booking(booking, slot=free.pop(), by=by, now=NOW)
    elif act == "cancel":
        bookings.cancel(booking, by=dice.choice([by, booking.coach]), now=NOW)
    elif act == "confirm":
        bookings.confirm(booking, by=booking.candidate, now=NOW)
    elif act == "lapse" and booking.confirm_by:
        bookings.lapse(booking, now=booking.confirm_by)
    elif act == "shift":
        later = booking.slot.starts_wall + timedelta(minutes=10)
        slots.edit_slot(booking.slot, by=admin, now=NOW, starts_wall=later, move_booked=True)
    elif act == "place":
        slots.edit_slot(booking.slot, by=admin, now=NOW, place=f"Room {step}")
    elif act == "withdraw":
        slots.withdraw_slot(booking.slot, by=admin, reason="The room is gone", now=NOW)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_every_calendar_ends_as_the_bookings_are(seed, candidate, coach, admin, settings):
    """Two people, three coaches, forty steps at random: nobody's calendar holds too much, too little or an old time."""
    settings.MAIL_DOMAIN = "localhost.localdomain"
    settings.BOOKING_LIVE_PER_CANDIDATE = 3
    dice = random.Random(seed)
    other = EngagementFactory(coach=coach).candidate
    coaches = [coach, CoachFactory(), CoachFactory()]
    free = [make_slot(whose, admin, number) for number in range(16) for whose in coaches]
    dice.shuffle(free)
    done = set()
    for step in range(40):
        live = list(Booking.objects.filter(status="booked").select_related("slot", "candidate", "coach").order_by("id"))
        act = dice.choice(ACTS if live else ["book"])
        try:
            one_step(act, dice, live=live, people=[candidate, other], admin=admin, free=free, step=step)
        except Refused:
            continue  # Another session at that time, say; nothing has changed, and nobody was told.
        done.add(act)
    assert {"book", "move", "cancel", "shift", "withdraw"} <= done
    for reader in (candidate, other, *coaches):
        assert calendar_of(reader) == booked_with(reader)
