"""Days closed and coaches away stand in the calendar, in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from coaching.day_marks import marks_of
from coaching.models import CoachAbsence, DayAway
from coaching.services import closures
from tests.factories import BookingFactory, CoachFactory, SlotFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, noon in Nairobi
MONDAY = date(2026, 11, 23)
NAIROBI = "Africa/Nairobi"


@pytest.fixture(autouse=True)
def _that_monday():
    with time_machine.travel(NOW, tick=False):
        yield


def day(number):
    return MONDAY + timedelta(days=number)


def absent(coach, begins, ends, status="standing"):
    walls = [datetime.fromisoformat(text) for text in (begins, ends)]
    hours = [wall.replace(tzinfo=UTC) - timedelta(hours=3) for wall in walls]
    return CoachAbsence.objects.create(
        coach=coach, zone=NAIROBI, from_wall=walls[0], until_wall=walls[1], starts_at=hours[0], ends_at=hours[1],
        status=status,
    )  # fmt: skip


def lines(user, zone=NAIROBI, **more):
    return {each: marks.lines for each, marks in marks_of(user, day(0), day(6), zone=zone, **more).items()}


@pytest.fixture
def world(coach, other_coach, admin):
    closures.close_days(from_on=day(1), until_on=day(2), title="Jamhuri Day", by=admin)
    closures.close_days(from_on=day(2), until_on=day(2), title="Course", by=admin, coach=other_coach)
    DayAway.objects.create(coach=coach, day=day(3))
    # It goes on from the day away: together they are one time.
    absent(coach, "2026-11-27T00:00", "2026-11-28T13:30")
    absent(other_coach, "2026-11-28T09:00", "2026-11-28T12:00", status="waiting")
    absent(other_coach, "2026-11-23T09:00", "2026-11-24T12:00", status="undone")


def test_each_day_says_what_it_has_less_of_to_whom_it_concerns(world, coach, other_coach, admin):
    other = other_coach.get_full_name()
    assert lines(coach) == {
        day(1): ["Closed: Jamhuri Day"],
        day(2): ["Closed: Jamhuri Day"],
        day(3): ["You are away"],
        day(4): ["You are away"],
        day(5): ["You are away until 13:30"],
    }
    everybody = lines(admin)
    assert set(everybody[day(2)]) == {"Closed: Jamhuri Day", f"Closed for {other}: Course"}
    assert set(everybody[day(5)]) == {
        "Tom Barasa is away until 13:30",
        f"{other} is away from 09:00 until 12:00",
    }
    assert lines(admin, coach=other_coach) == {
        day(1): ["Closed: Jamhuri Day"],
        day(2): ["Closed: Jamhuri Day", f"Closed for {other}: Course"],
        day(5): [f"{other} is away from 09:00 until 12:00"],
    }


def test_away_is_shown_on_the_readers_wall(admin):
    coach = CoachFactory(name="Mere Parata", zone="Pacific/Auckland")
    DayAway.objects.create(coach=coach, day=day(3))
    assert lines(admin) == {
        day(2): ["Mere Parata is away from 14:00 on"],
        day(3): ["Mere Parata is away until 14:00"],
    }


def test_many_are_counted(admin):
    for _number in range(7):
        DayAway.objects.create(coach=CoachFactory(), day=day(3))
    [marks] = marks_of(admin, day(0), day(6), zone=NAIROBI).values()
    assert (marks.short, len(marks.lines), marks.lines[-1]) == ("7 away", 5, "3 more are away")


@pytest.mark.parametrize("query", ["?week=2026-W48", "?month=2026-11&on=2026-11-26", "?day=2026-11-26"])
def test_the_calendar_says_so_and_what_is_not_offered_is_not_free(query, world, coach, client_of):
    SlotFactory(coach=coach, starts_wall=datetime.fromisoformat("2026-11-26T10:00"))
    BookingFactory(slot=SlotFactory(coach=coach, starts_wall=datetime.fromisoformat("2026-11-26T14:00")))
    page = client_of(coach).get(reverse("slot-list") + query)
    thursday = next(one for one in page.context["days"] if one.on == day(3))
    assert (thursday.total, thursday.free, thursday.booked) == (2, 0, 1)
    assert page.text.count("You are away") and "Not offered" in page.text
    assert "Book for a client" not in page.text
    if "month" in query:
        assert "Tuesday 24 November, none, Closed: Jamhuri Day" in page.text
        assert '<span class="mark shut" aria-hidden="true">closed</span>' in page.text
    if "week" in query:
        # A day without slots is in the list too, for what is said of it.
        assert "Tuesday 24 November" in page.text and "Closed: Jamhuri Day" in page.text
