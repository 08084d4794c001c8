"""A single day away: nothing is offered on it, no slot is made on it, and what is booked stands until its coach says otherwise."""

# ruff: noqa: DTZ001 -- wall times are naive on purpose
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from accounts.records import Conflict, Refused
from accounts.when import zone_names
from coaching.models import DayAway, MockSlot
from coaching.services import bookings, hours, relocation, series, slots
from tests.factories import BookingFactory, CoachFactory, SlotFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, noon in Nairobi
FRIDAY = date(2026, 11, 27)
API = "/api/v1/working-hours/"


@pytest.fixture(autouse=True)
def _that_monday():
    with time_machine.travel(NOW, tick=False):
        yield


def slot_at(coach, text, **more):
    return SlotFactory(coach=coach, zone=coach.zone, starts_wall=datetime.fromisoformat(text), **more)


@pytest.fixture
def away(coach):
    """Friday, with one free slot, one that is booked, and a free one on the day before."""
    free, booking = slot_at(coach, "2026-11-27T10:00"), BookingFactory(slot=slot_at(coach, "2026-11-27T14:00"))
    before = slot_at(coach, "2026-11-26T10:00")
    hours.add_day_away(coach, FRIDAY, by=coach)
    return free, booking, before


def test_its_free_slots_are_not_offered_until_the_day_is_taken_back(away, coach, candidate, client_of):
    free, booking, before = away
    assert list(MockSlot.objects.free(NOW).for_list()) == [before]
    told = client_of(candidate).get(reverse("slot-state", args=[free.public_id])).text
    assert "This time is not offered any more." in told
    booking.refresh_from_db()
    assert booking.status == "booked"
    hours.remove_day_away(coach, FRIDAY, by=coach)
    assert list(MockSlot.objects.free(NOW).for_list()) == [before, free]


def test_nobody_books_it_moves_to_it_or_keeps_what_a_form_held(away, coach, candidate, stranger, admin):
    free, _booking, before = away
    with pytest.raises(Conflict, match="no longer offered") as gone:
        bookings.book(free, candidate=candidate, by=candidate)
    assert [choice["public_id"] for choice in gone.value.choices] == [str(before.public_id)]
    hers = bookings.book(before, candidate=candidate, by=candidate)
    with pytest.raises(Conflict, match="no longer offered"):
        bookings.move_booking(hers, slot=free, by=candidate)
    with pytest.raises(Conflict):
        relocation.relocate(hers, slot=free, by=admin, now=NOW)
    # Who may know is told why, and no reason passes it.
    for by in (coach, admin):
        with pytest.raises(Refused, match="Tom Barasa is away on Friday 27 November 2026"):
            bookings.book(free, candidate=candidate, by=by, override_reason="We talked about it")
    hours.remove_day_away(coach, FRIDAY, by=coach)
    bookings.hold(free, candidate=stranger)
    hours.add_day_away(coach, FRIDAY, by=coach)
    with pytest.raises(Conflict, match="no longer offered"):
        bookings.book(free, candidate=stranger, by=stranger)


def test_no_slot_is_made_on_it_and_none_moved_to_it(away, coach, admin):
    _free, _booking, before = away
    friday = datetime(2026, 11, 27, 18)
    with pytest.raises(Refused, match="is away on Friday") as refused:
        slots.create_slot(coach=coach, zone=coach.zone, starts_wall=friday, by=admin)
    assert refused.value.field == "starts_wall"
    with pytest.raises(Refused, match="is away on Friday"):
        slots.edit_slot(before, by=admin, starts_wall=friday)
    one = series.create_series(
        coach=coach, zone=coach.zone, rule="FREQ=WEEKLY;COUNT=2", starts_wall=datetime(2026, 11, 27, 8), by=admin
    )
    assert [f"{slot.starts_wall:%m-%d}" for slot in one.slots.all()] == ["12-04"]
    assert [gap.obstacle.words(admin) for gap in series.gaps(one, NOW)] == ["Away on Friday 27 November 2026."]
    hours.remove_day_away(coach, FRIDAY, by=coach)
    assert [f"{slot.starts_wall:%m-%d}" for slot in series.fill(one, by=admin)] == ["11-27"]


@pytest.mark.parametrize(
    ("zone", "starts", "is_free"),
    [
        ("Africa/Nairobi", "2026-11-27T23:15", False),
        ("Africa/Nairobi", "2026-11-26T23:15", True),  # it ends with the day before
        ("Africa/Nairobi", "2026-11-26T23:30", False),
        ("Africa/Nairobi", "2026-11-28T00:00", True),
        # By the coach's clock, in whichever zone the slot was made: 20:00 in Los Angeles is Saturday noon there.
        ("America/Los_Angeles", "2026-11-26T10:00", False),
        ("America/Los_Angeles", "2026-11-27T20:00", True),
    ],
)
def test_the_day_is_that_of_the_coachs_clock(zone, starts, is_free):
    coach = CoachFactory(zone="Africa/Nairobi" if zone == "Africa/Nairobi" else "Pacific/Auckland")
    slot = SlotFactory(coach=coach, zone=zone, starts_wall=datetime.fromisoformat(starts))
    DayAway.objects.create(coach=coach, day=FRIDAY)
    assert MockSlot.objects.offered(NOW).filter(pk=slot.pk).exists() == is_free
    # The same for series, which reckon it themselves, and for others nothing.
    assert DayAway.objects.touching(slot.starts_at, slot.ends_at).exists() != is_free
    assert MockSlot.objects.offered(NOW).filter(pk=slot_at(CoachFactory(), "2026-11-27T10:00").pk).exists()


def test_the_database_knows_every_zone_we_know():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_timezone_names")
        known = {name for (name,) in cursor.fetchall()}
    assert set(zone_names()) <= known


def test_the_coach_is_told_what_stands_and_led_to_another_time_for_them(coach, client_of):
    booking = BookingFactory(slot=slot_at(coach, "2026-11-27T14:00"))
    client = client_of(coach)
    page = client.post(reverse("day-away-add"), {"day": FRIDAY.isoformat()}, follow=True)
    assert "1 session is booked on that day" in page.text
    [(day, _words, [standing], absence)] = page.context["days"]
    assert (day, standing) == (FRIDAY, booking)
    assert booking.candidate.get_full_name() in page.text and absence.replace("&", "&amp;") in page.text
    assert [row.booking for row, _places in client.get(absence).context["table"]] == [booking]
    assert [(one["public_id"], one["day"]) for one in client.get(API).json()["sessions_on_days_away"]] == [
        (str(booking.public_id), "2026-11-27")
    ]
    # Another's are nobody's business, and a day without any says nothing.
    other = CoachFactory()
    nothing = client_of(other).post(reverse("day-away-add"), {"day": FRIDAY.isoformat()}, follow=True)
    assert "stands" not in nothing.text and client_of(other).get(API).json()["sessions_on_days_away"] == []
    assert DayAway.objects.visible_to(other).count() == 1


def test_what_stands_is_one_query_for_any_number(coach, client_of, django_assert_num_queries):
    for number in range(8):
        BookingFactory(slot=slot_at(coach, f"2026-11-27T{8 + number:02}:00"))
    hours.add_day_away(coach, FRIDAY, by=coach)
    with django_assert_num_queries(1):
        found = hours.sessions_on_days_away(coach, NOW + timedelta(days=1))
        assert [len(found[FRIDAY]), {one.slot.coach_id for one in found[FRIDAY]}] == [8, {coach.pk}]
