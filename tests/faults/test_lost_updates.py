"""An absence against a booking, and a report sent in two windows: both look before either writes, on connections of their own.

Under the locks of their places one is first and the other is told; each control takes the locks away and sees the harm.
"""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.utils import timezone

from accounts.records import Overtaken
from accounts.when import to_wall
from coaching.models import Booking, SessionReport
from coaching.services import absences, bookings, locks, session_reports
from followups.models import OutboundEmail
from tests.coaching.places import slot_of
from tests.coaching.test_booking_races import at_once, outcome
from tests.factories import BookingFactory, CoachFactory, SlotFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.quick]
HOUR = timedelta(hours=1)
ZONE = "Africa/Nairobi"
# Whoever waits for a lock does not come to the meeting; the other goes on alone after this.
A_MOMENT = 1


@pytest.fixture
def meet(monkeypatch):
    """`meet(owner, name)`: whoever has called this function waits a moment for the other to have called theirs."""
    both = Barrier(2)

    def meet(owner, name):
        look = getattr(owner, name)

        def look_and_wait(*arguments, **options):
            seen = look(*arguments, **options)
            with suppress(BrokenBarrierError):
                both.wait(timeout=A_MOMENT)
            return seen

        monkeypatch.setattr(owner, name, look_and_wait)

    return meet


@pytest.fixture
def unlocked(monkeypatch):
    monkeypatch.setattr(locks, "lock_people", lambda *people: None)


@pytest.fixture
def away_and_booked(meet):
    """A coach says that she is away while somebody books her: what came of both, and live bookings of withdrawn slots."""
    meet(absences, "_check_as_seen"), meet(bookings, "_bookable")
    coach, candidate = CoachFactory(), UserFactory()
    slot = slot_of(coach, 48)
    span = {
        "from_wall": to_wall(slot.starts_at - HOUR, ZONE),
        "until_wall": to_wall(slot.ends_at + HOUR, ZONE),
    }

    def both_at_once():
        came = at_once(
            [
                outcome(lambda: absences.plan(coach, zone=ZONE, by=coach, **span)),
                outcome(lambda: bookings.book(slot, candidate=candidate, by=candidate)),
            ]
        )
        return came, Booking.objects.live().filter(slot__status="withdrawn").count()

    return both_at_once


def test_an_absence_and_a_booking_at_once(away_and_booked):
    came, nowhere = away_and_booked()
    assert (sorted(came), nowhere) in ((["Conflict", "done"], 0), (["Refused", "done"], 0))


def test_control_without_locks_somebody_is_booked_where_nobody_comes(away_and_booked, unlocked):
    assert away_and_booked() == (["done", "done"], 1)


@pytest.fixture
def ended():
    return BookingFactory(slot=SlotFactory(starts_at=timezone.now() - 2 * HOUR))


def in_two_windows(booking, seen):
    """Two reports of one session at once, both over what `seen` names; what came of each."""

    def send(words):
        return lambda: session_reports.send_report(
            booking, by=booking.coach, worked=words, change="Say the figure first.", results={}, seen=seen
        )

    return sorted(
        at_once(
            [outcome(send("You stopped in time."), Overtaken), outcome(send("You began with the figure."), Overtaken)]
        )
    )


def mails():
    return OutboundEmail.objects.filter(kind="session-report").count()


def test_a_report_sent_in_two_windows_at_once(ended, meet):
    meet(session_reports, "is_writable")
    assert (in_two_windows(ended, seen=""), SessionReport.objects.count(), mails()) == (["Overtaken", "done"], 1, 1)


@pytest.fixture
def sent(ended):
    report = session_reports.send_report(
        ended, by=ended.coach, worked="Calm.", change="Say the figure first.", results={}
    )
    return ended, session_reports.version(ended, report)


def test_a_report_changed_in_two_windows_at_once(sent, meet):
    booking, seen = sent
    meet(session_reports, "is_writable")
    assert (in_two_windows(booking, seen), mails()) == (["Overtaken", "done"], 1)


def test_control_without_locks_one_windows_words_are_lost(sent, meet, unlocked):
    booking, seen = sent
    meet(session_reports, "is_writable")
    assert in_two_windows(booking, seen) == ["done", "done"]
