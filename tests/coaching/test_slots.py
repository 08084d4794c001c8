"""Making, moving and withdrawing single slots."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts import when
from accounts.records import Conflict, Refused
from coaching.models import Booking, MockSlot
from coaching.services import bookings, slots
from followups.models import OutboundEmail
from tests.factories import SlotFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def wall(hour, minute=0, day=25):
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001 -- a wall time


@pytest.fixture
def make(coach, admin):
    def make_slot(starts_wall=None, **fields):
        fields = {"coach": coach, "zone": "Africa/Nairobi", "by": admin, "now": NOW, **fields}
        return slots.create_slot(starts_wall=starts_wall or wall(10), **fields)

    return make_slot


def test_a_slot_is_kept_as_wall_time_zone_and_instants(make):
    slot = make(wall(10))
    assert slot.starts_at == datetime(2026, 11, 25, 7, tzinfo=UTC)
    assert slot.ends_at - slot.starts_at == timedelta(minutes=45)
    assert slot.blocked_until - slot.ends_at == timedelta(minutes=15)
    assert list(slot.events.values_list("old", "new")) == [("", "open")]


def test_a_time_that_the_clocks_skip_becomes_the_one_that_comes(make):
    slot = make(datetime(2027, 3, 28, 2, 30), zone="Europe/Berlin")  # noqa: DTZ001
    assert slot.starts_wall == datetime(2027, 3, 28, 3, 30)  # noqa: DTZ001
    assert slot.starts_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_wall": wall(9, day=22)}, "starts_wall"),
        ({"starts_wall": wall(11, 59, day=23)}, "starts_wall"),
        ({"starts_wall": datetime(2029, 1, 1, 9)}, "starts_wall"),  # noqa: DTZ001
        ({"minutes": 5}, "minutes"),
        ({"minutes": 600}, "minutes"),
        ({"buffer_minutes": 500}, "buffer_minutes"),
        ({"zone": "Africa/Atlantis"}, "zone"),
    ],
)
def test_a_slot_that_cannot_be_is_refused_at_its_field(make, fields, field):
    with pytest.raises(Refused) as refused:
        make(**fields)
    assert refused.value.field == field
    assert not MockSlot.objects.exists()


@pytest.mark.parametrize("start", [wall(9, 30), wall(10), wall(10, 59)])
def test_overlapping_slots_of_one_coach_are_refused_in_words(make, start):
    make(wall(10))
    with pytest.raises(
        Refused, match="Tom Barasa has a slot already: Wednesday 25 November 2026, 10:00–10:45 Nairobi"
    ) as refused:
        make(start)
    assert refused.value.field == "starts_wall"


def test_slots_may_follow_each_other_and_coaches_do_not_mind_each_other(make, other_coach):
    make(wall(10))
    assert make(wall(11)).pk
    assert make(wall(10), coach=other_coach).pk


def test_a_withdrawn_slot_is_in_nobodys_way(make, admin):
    slots.withdraw_slot(make(wall(10)), by=admin, now=NOW)
    assert make(wall(10)).pk


def test_a_free_slot_moves_at_once(make, admin):
    slot = slots.edit_slot(make(), by=admin, now=NOW, starts_wall=wall(15), place="Room 2")
    assert (when.to_wall(slot.starts_at, slot.zone), slot.place) == (wall(15), "Room 2")
    assert slot.blocked_until == slot.starts_at + timedelta(hours=1)


def test_a_booked_slot_moves_only_when_the_person_is_asked(make, admin, candidate):
    slot = make()
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    with pytest.raises(Refused, match="Achieng Otieno has booked this slot") as refused:
        slots.edit_slot(slot, by=admin, now=NOW, starts_wall=wall(15))
    assert refused.value.field == "move_booked"

    slot = slots.edit_slot(slot, by=admin, now=NOW, starts_wall=wall(15), move_booked=True)
    booking.refresh_from_db()
    assert (booking.starts_at, booking.ends_at) == (slot.starts_at, slot.ends_at)
    assert (booking.status, booking.confirmed_at, booking.sequence) == ("booked", None, 2)
    assert booking.confirm_by == slot.starts_at - timedelta(hours=24)
    assert OutboundEmail.objects.filter(kind="session", recipient=candidate).count() == 2


def test_a_new_place_is_told_and_asks_nothing(make, admin, candidate):
    slot = make()
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    slots.edit_slot(slot, by=admin, now=NOW, place="Room 7")
    booking.refresh_from_db()
    assert booking.confirmed_at
    assert booking.sequence == 2


def test_a_slot_cannot_move_onto_another_session_of_the_same_person(make, admin, candidate, other_coach):
    mine = make(wall(10))
    bookings.book(mine, candidate=candidate, by=candidate, now=NOW)
    bookings.book(make(wall(12), coach=other_coach), candidate=candidate, by=candidate, now=NOW)
    with pytest.raises(Refused) as refused:
        slots.edit_slot(mine, by=admin, now=NOW, starts_wall=wall(12), move_booked=True)
    assert refused.value.field == "starts_wall"
    mine.refresh_from_db()
    assert mine.starts_wall == wall(10)


def test_a_booked_slot_is_withdrawn_only_with_a_reason_which_is_told(make, admin, candidate):
    slot = make()
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    with pytest.raises(Refused) as refused:
        slots.withdraw_slot(slot, by=admin, now=NOW)
    assert refused.value.field == "reason"
    slots.withdraw_slot(slot, by=admin, reason="The building is closed", now=NOW)
    booking.refresh_from_db()
    slot.refresh_from_db()
    assert (slot.status, booking.status, booking.override_reason) == (
        "withdrawn",
        "cancelled",
        "The building is closed",
    )
    assert OutboundEmail.objects.filter(kind="session", recipient=candidate).count() == 2


def test_a_withdrawn_slot_is_not_changed_again(make, admin):
    slot = slots.withdraw_slot(make(), by=admin, now=NOW)
    with pytest.raises(Refused):
        slots.edit_slot(slot, by=admin, now=NOW, place="x")
    with pytest.raises(Refused):
        slots.withdraw_slot(slot, by=admin, now=NOW)


def test_a_slot_withdrawn_under_an_open_form_is_told_with_what_is_free(make, admin, candidate):
    slot, near = make(wall(10)), make(wall(11))
    bookings.hold(slot, candidate=candidate, now=NOW)
    slots.withdraw_slot(slot, by=admin, now=NOW)
    with pytest.raises(Conflict, match="no longer offered") as lost:
        bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    assert [choice["public_id"] for choice in lost.value.choices] == [str(near.public_id)]


def test_who_sees_which_slots(candidate, coach, other_coach, stranger, admin, settings):
    mine, others = SlotFactory(coach=coach), SlotFactory(coach=other_coach)
    gone = SlotFactory(coach=coach, status="withdrawn")

    def seen(user):
        return set(MockSlot.objects.visible_to(user))

    assert seen(admin) == {mine, others, gone}
    assert seen(coach) == {mine, gone}
    assert seen(candidate) == seen(stranger) == {mine, others}
    settings.AFTERWORD_ANY_OPEN_SLOT = False
    assert seen(candidate) == {mine}
    assert seen(stranger) == set()


def test_free_slots_leave_out_what_is_taken_too_near_or_too_far(candidate, stranger):
    now = timezone.now()
    free, held, stale, booked = SlotFactory.create_batch(4)
    SlotFactory(starts_at=now + timedelta(hours=1))
    SlotFactory(starts_at=now + timedelta(days=61))
    bookings.hold(held, candidate=candidate, now=now)
    bookings.hold(stale, candidate=stranger, now=now - timedelta(minutes=5))
    bookings.book(booked, candidate=candidate, by=candidate, now=now - timedelta(days=1))
    bookings.hold(held, candidate=candidate, now=now)
    assert set(MockSlot.objects.free(now)) == {free, stale}
    assert Booking.objects.count() == 4
