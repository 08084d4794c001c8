"""Changes and absences against everybody else: real threads, real connections, one outcome each, in words."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import when
from coaching.models import Booking, CalendarChange, CoachAbsence, MockSlot
from coaching.services import absences, bookings, changes, slot_changes
from coaching.services.changes import Step
from followups.models import OutboundEmail
from tests.coaching.places import booked, in_hours, slot_of
from tests.coaching.test_booking_races import assert_no_overlaps, at_once, outcome
from tests.factories import AdminFactory, CoachFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
ZONE = "Africa/Nairobi"


def span(first=24, last=72):
    return {
        "zone": ZONE,
        "from_wall": when.to_wall(in_hours(first), ZONE),
        "until_wall": when.to_wall(in_hours(last), ZONE),
    }


def a_change(admin):
    booking = booked(CoachFactory(), UserFactory(), 48)
    return booking, changes.begin([Step(booking.slot)], kind="slots", by=admin)


def test_undoing_and_leaving_at_once_has_one_outcome():
    admin = AdminFactory()
    for _round in range(ROUNDS):
        booking, change = a_change(admin)
        OutboundEmail.objects.all().delete()
        undone, left = at_once(
            [
                outcome(lambda change=change: changes.undo(change, by=admin)),
                lambda change=change: changes.release(change, now=change.leaves_at),
            ]
        )
        change.refresh_from_db()
        booking.refresh_from_db()
        told = OutboundEmail.objects.count()
        assert (undone, left, change.status, booking.status, told) in (
            ("done", False, "undone", "booked", 0),
            ("Conflict", True, "done", "cancelled", 2),
        )


def test_two_pumps_and_a_hand_tell_once():
    admin = AdminFactory()
    _booking, change = a_change(admin)
    OutboundEmail.objects.all().delete()

    answers = at_once(
        [lambda: changes.release(change, now=change.leaves_at)] * 2
        + [outcome(lambda: changes.send_now(change, by=admin))]
    )

    assert Counter(answer in (True, "done") for answer in answers) == {True: 1, False: 2}
    assert OutboundEmail.objects.count() == 2


def test_two_admins_at_one_slot():
    admins, coach = AdminFactory.create_batch(2), CoachFactory()
    for _round in range(ROUNDS):
        slot = slot_of(coach, 48 + _round)
        answers = at_once(
            [
                outcome(lambda by=by, slot=slot: changes.begin([Step(slot)], kind="slots", by=by, must_wait=True))
                for by in admins
            ]
        )
        assert Counter(answers) == {"done": 1, "Conflict": 1}


def test_an_absence_during_a_booking():
    """Either she is seen and told, or she was too late: nobody is left in a session that nobody holds."""
    admin = AdminFactory()
    for _round in range(ROUNDS):
        coach, people = CoachFactory(), UserFactory.create_batch(3)
        slots = [slot_of(coach, 30 + number) for number in range(3)]
        acts = [
            outcome(lambda slot=slot, person=person: bookings.book(slot, candidate=person, by=person))
            for slot, person in zip(slots, people, strict=True)
        ]
        answers = at_once([*acts, outcome(lambda coach=coach: absences.plan(coach, by=admin, **span()))])
        assert set(answers) <= {"done", "Conflict"}
        for change in CalendarChange.objects.waiting():
            changes.release(change, now=change.leaves_at)
        standing = CoachAbsence.objects.standing().filter(coach=coach).exists()
        assert standing == (answers[-1] == "done")
        if standing:
            assert not Booking.objects.filter(slot__in=slots).live().exists()
            assert not MockSlot.objects.filter(coach=coach, status="open").exists()
    assert_no_overlaps()


def test_two_absences_want_the_same_places():
    """Two coaches ill on one day, one who could stand in for both: each place goes to one person, and nobody waits in a circle."""
    admin = AdminFactory()
    for _round in range(ROUNDS):
        first, second, third = CoachFactory.create_batch(3)
        for coach in (first, second):
            booked(coach, UserFactory(quiet_from="00:00", quiet_until="00:00"), 48)
        place = slot_of(third, 48)
        answers = at_once(
            [outcome(lambda coach=coach: absences.plan(coach, by=admin, **span())) for coach in (first, second)]
        )
        assert answers.count("done") >= 1 and set(answers) <= {"done", "Conflict"}
        for change in CalendarChange.objects.waiting():
            changes.release(change, now=change.leaves_at)
        assert Booking.objects.filter(slot=place, status="booked").count() == 1
    assert_no_overlaps()


def test_a_place_is_taken_by_somebody_while_it_is_promised():
    admin, stranger = AdminFactory(), UserFactory()
    for _round in range(ROUNDS):
        booking = booked(CoachFactory(), UserFactory(), 48)
        place = slot_of(CoachFactory(), 48)
        promised, taken = at_once(
            [
                outcome(
                    lambda booking=booking, place=place: changes.begin(
                        [Step(booking.slot, "move", target=place)], kind="slots", by=admin
                    )
                ),
                outcome(lambda place=place: bookings.book(place, candidate=stranger, by=stranger)),
            ]
        )
        assert {promised, taken} == {"done", "Conflict"}
        for change in CalendarChange.objects.waiting():
            changes.release(change, now=change.leaves_at)
        holder = Booking.objects.get(slot=place, status="booked").candidate
        assert holder == (booking.candidate if promised == "done" else stranger)
        for live in Booking.objects.filter(candidate=stranger, status="booked"):
            bookings.cancel(live, by=stranger, now=timezone.now() - timedelta(days=1))
    assert_no_overlaps()


def test_she_answers_twice_at_once():
    admin = AdminFactory()
    for _round in range(ROUNDS):
        booking = booked(CoachFactory(), UserFactory(), 48)
        place = slot_of(CoachFactory(), 48)
        change = changes.begin([Step(booking.slot, "move", target=place)], kind="slots", by=admin)
        changes.send_now(change, by=admin)
        offer = Booking.objects.get(slot=place)
        answers = at_once(
            [
                outcome(lambda offer=offer: bookings.confirm(offer, by=offer.candidate)),
                outcome(lambda offer=offer: bookings.cancel(offer, by=offer.candidate)),
                lambda offer=offer: bookings.lapse(offer, now=offer.confirm_by),
            ]
        )
        offer.refresh_from_db()
        assert offer.status in ("booked", "cancelled", "expired")
        assert answers.count("done") + answers.count(True) >= 1
    assert_no_overlaps()


@pytest.mark.parametrize("act", ["withdraw", "edit"])
def test_a_free_slot_is_changed_while_somebody_books_it(act):
    """One of them is first: nobody books what is gone, and nobody is called off or moved who was not seen."""
    admin = AdminFactory()
    for round_ in range(ROUNDS):
        slot, person = slot_of(CoachFactory(), 48 + round_), UserFactory()
        values = {"reason": "Ill"} if act == "withdraw" else {"place": "Room 9"}
        booking, changed = at_once(
            [
                outcome(lambda slot=slot, person=person: bookings.book(slot, candidate=person, by=person)),
                outcome(
                    lambda slot=slot, values=values: getattr(slot_changes, act)(slot, by=admin, seen=None, **values)
                ),
            ]
        )
        slot.refresh_from_db()
        first_was_booked = Booking.objects.filter(slot=slot, status="booked").exists()
        if act == "withdraw":
            assert (booking, changed, slot.status) in (
                ("done", "Conflict", "open"),
                ("Conflict", "done", "withdrawn"),
            )
            assert first_was_booked == (slot.status == "open")
        else:
            assert (booking, changed in ("done", "Conflict"), first_was_booked) == ("done", True, True)
    assert not CalendarChange.objects.exists()
    assert_no_overlaps()


def test_two_admins_withdraw_the_same_booked_slot():
    admins = AdminFactory.create_batch(2)
    for round_ in range(ROUNDS):
        booking = booked(CoachFactory(), UserFactory(), 48 + round_)
        answers = at_once(
            [
                outcome(lambda by=by, one=booking: slot_changes.withdraw(one.slot, by=by, seen=one, reason="Ill"))
                for by in admins
            ]
        )
        assert Counter(answers) == {"done": 1, "Conflict": 1}
    assert CalendarChange.objects.waiting().count() == ROUNDS
