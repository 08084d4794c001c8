"""Many people want one place. Real threads, real connections, through the pages; and the control that must fail."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.records import Conflict, Refused
from coaching.invariants import check
from coaching.models import Booking
from coaching.services import bookings, slots
from coaching.services.agenda import choose_agenda
from followups.models import LessonGrant
from tests.factories import AdminFactory, CoachFactory, LessonFactory, SlotFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 50
ROUNDS = 5


def at_once(acts):
    """Run these functions at the same moment, each on a connection of its own; what each returned."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=30)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def outcome(act, *named):
    """What came out of a service call; of each kind of Conflict that it is one, but of the `named` their names."""

    def run():
        try:
            act()
        except named as one:
            return type(one).__name__
        except Conflict:
            return "Conflict"
        except Refused:
            return "Refused"
        return "done"

    return run


def assert_no_overlaps():
    broken = {one.promise: one.count for one in check(timezone.now()) if one.code == "I6" and one.count}
    assert broken == {}


def test_fifty_people_and_one_slot_five_times(client_of):
    people = UserFactory.create_batch(PEOPLE)
    clients = [client_of(person) for person in people]
    SlotFactory.create_batch(3)
    for _round in range(ROUNDS):
        slot = SlotFactory()
        address = reverse("slot-book", args=[slot.public_id])

        answers = Counter(
            at_once([lambda client=client, address=address: client.post(address).status_code for client in clients])
        )

        assert answers == {302: 1, 409: PEOPLE - 1}
        winner = Booking.objects.get(slot=slot)
        assert (winner.status, winner.sequence) == ("booked", 1)
        bookings.cancel(winner, by=winner.candidate)
    assert_no_overlaps()


def test_crossed_bookings_end_without_a_deadlock():
    """Two people, two coaches, each wants both in the other order, again and again."""
    people = UserFactory.create_batch(6)
    for _round in range(ROUNDS):
        pair = [SlotFactory(coach=CoachFactory()) for _ in range(2)]
        acts = [
            outcome(lambda person=person, slot=slot: bookings.book(slot, candidate=person, by=person))
            for number, person in enumerate(people)
            for slot in (pair if number % 2 else reversed(pair))
        ]
        answers = Counter(at_once(acts))
        assert answers["done"] == 2
        assert set(answers) <= {"done", "Conflict", "Refused"}
        for booking in Booking.objects.filter(status="booked"):
            bookings.cancel(booking, by=booking.candidate)
    assert_no_overlaps()


def test_two_who_want_each_others_time_both_keep_their_own():
    """A takes B's slot and B takes A's at once: no deadlock, no half of it, and each is told."""
    for _round in range(ROUNDS):
        pair = [
            bookings.book(SlotFactory(coach=CoachFactory()), candidate=(one := UserFactory()), by=one) for _ in range(2)
        ]
        acts = [
            outcome(lambda a=a, b=b: bookings.move_booking(a, slot=b.slot, by=a.candidate))
            for a, b in (pair, reversed(pair))
        ]
        assert at_once(acts) == ["Conflict", "Conflict"]
        for booking in pair:
            booking.refresh_from_db()
            assert booking.status == "booked"
    assert_no_overlaps()


def test_an_agenda_ticked_while_the_session_is_given_back_opens_nothing():
    for _round in range(ROUNDS):
        person = UserFactory()
        lesson = LessonFactory(candidate=person)
        booking = bookings.book(SlotFactory(), candidate=person, by=person)
        at_once(
            [
                outcome(lambda booking=booking, lesson=lesson: choose_agenda(booking, [lesson], by=booking.candidate)),
                outcome(lambda booking=booking: bookings.cancel(booking, by=booking.candidate)),
            ]
        )
        assert not LessonGrant.objects.exists()
    assert_no_overlaps()


def test_a_slot_that_is_withdrawn_or_moved_while_it_is_booked():
    admin = AdminFactory()
    for _round in range(ROUNDS):
        slot, person = SlotFactory(), UserFactory()
        later = slot.starts_wall + timedelta(minutes=10)
        acts = [
            outcome(lambda slot=slot, person=person: bookings.book(slot, candidate=person, by=person)),
            outcome(lambda slot=slot: slots.withdraw_slot(slot, by=admin)),
            outcome(lambda slot=slot, later=later: slots.edit_slot(slot, by=admin, starts_wall=later)),
            outcome(lambda slot=slot: bookings.hold(slot, candidate=UserFactory())),
        ]
        assert set(at_once(acts)) <= {"done", "Conflict", "Refused"}
        slot.refresh_from_db()
        live = Booking.objects.filter(slot=slot).live()
        assert slot.status == "open" or not live.exists()
        assert all((one.starts_at, one.ends_at) == (slot.starts_at, slot.ends_at) for one in live)
    assert_no_overlaps()


def test_confirming_and_lapsing_at_once_has_one_outcome():
    coach, person = CoachFactory(), UserFactory()
    for _round in range(ROUNDS):
        booking = bookings.book(SlotFactory(coach=coach), candidate=person, by=AdminFactory())
        at = booking.confirm_by
        answers = at_once(
            [
                outcome(lambda booking=booking: bookings.confirm(booking, by=person)),
                lambda booking=booking, at=at: bookings.lapse(booking, now=at),
            ]
        )
        booking.refresh_from_db()
        assert (answers, booking.status) in ((["done", False], "booked"), (["Conflict", True], "expired"))
        if booking.status == "booked":
            bookings.cancel(booking, by=person)


def test_cancel_and_rebook_at_once():
    first, second = UserFactory.create_batch(2)
    for _round in range(ROUNDS):
        slot = SlotFactory()
        booking = bookings.book(slot, candidate=first, by=first)
        at_once(
            [
                outcome(lambda booking=booking: bookings.cancel(booking, by=first)),
                outcome(lambda slot=slot: bookings.book(slot, candidate=second, by=second)),
            ]
        )
        for live in Booking.objects.filter(slot=slot, status="booked"):
            assert live.candidate == second
            bookings.cancel(live, by=second)
    assert_no_overlaps()


@pytest.fixture
def no_constraint():
    """A database without the backstop, until the test is over."""
    constraint = next(one for one in Booking._meta.constraints if one.name == "booking_one_live_per_slot")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Booking, constraint)
    yield
    Booking.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Booking, constraint)


def look_then_insert(slot, person, gate):
    """How one would book without thinking: look whether it is free, then write."""
    with transaction.atomic():
        is_free = not Booking.objects.filter(slot=slot, status="booked").exists()
        gate.wait(timeout=30)
        if not is_free:
            return "Conflict"
        times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
        Booking.objects.create(slot=slot, candidate=person, coach=slot.coach, booked_by=person, **times)
    return "done"


def contend(slot, people):
    gate = Barrier(len(people))

    def act(person):
        try:
            return look_then_insert(slot, person, gate)
        except IntegrityError:
            return "IntegrityError"

    return Counter(at_once([lambda person=person: act(person) for person in people]))


def test_control_without_lock_and_constraint_a_slot_is_given_twice(no_constraint):
    """What the tests above would see if the protection were off: they can fail."""
    people, slot = UserFactory.create_batch(8), SlotFactory()
    assert contend(slot, people)["done"] > 1
    broken = {invariant.promise for invariant in check(timezone.now()) if invariant.count and invariant.code == "I6"}
    assert broken == {"no slot has two live bookings"}


def test_control_with_the_constraint_alone_the_losers_see_an_error():
    """The backstop holds without the lock, but it speaks in errors: hence the lock, and words."""
    people, slot = UserFactory.create_batch(8), SlotFactory()
    answers = contend(slot, people)
    assert answers == {"done": 1, "IntegrityError": 7}
    Booking.objects.all().delete()


@pytest.fixture
def client_of():
    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in
