"""The calendar: months, weeks and days, each with the cast, on any wall, at any size."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from coaching import slot_calendar, spans
from coaching.models import MockSlot
from tests.factories import BookingFactory, CoachFactory, SlotFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, noon in Nairobi
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _that_monday():
    with time_machine.travel(NOW, tick=False):
        yield


def slot_at(coach, text, **more):
    return SlotFactory(coach=coach, starts_wall=datetime.fromisoformat(text), **more)


def shown(client, **query):
    page = client.get(reverse("slot-list"), query)
    assert page.status_code == 200
    return [(f"{day.on:%m-%d}", [line["slot"].pk for line in day.lines]) for day in page.context["days"] if day.total]


def test_a_week_shows_each_role_what_is_theirs(coach, other_coach, admin, client_of):
    mine, others = slot_at(coach, "2026-11-25T10:00"), slot_at(other_coach, "2026-11-25T10:00")
    later = slot_at(coach, "2026-12-01T10:00")
    slot_at(coach, "2026-11-26T10:00", status="withdrawn")
    assert shown(client_of(coach), week="2026-W48") == [("11-25", [mine.pk])]
    assert shown(client_of(coach), week="2026-W49") == [("12-01", [later.pk])]
    assert shown(client_of(other_coach)) == [("11-25", [others.pk])]
    assert shown(client_of(admin)) == [("11-25", [mine.pk, others.pk])]
    assert shown(client_of(admin), coach=str(coach.public_id)) == [("11-25", [mine.pk])]
    # A coach cannot look at another's.
    assert shown(client_of(coach), coach=str(other_coach.public_id)) == [("11-25", [mine.pk])]


def test_a_month_has_the_numbers_of_each_day_and_the_slots_of_one(coach, client_of):
    free = slot_at(coach, "2026-11-25T10:00")
    taken = BookingFactory(slot=slot_at(coach, "2026-11-25T12:00")).slot
    slot_at(coach, "2026-11-25T14:00", status="proposed")
    other = slot_at(coach, "2026-11-30T10:00")
    page = client_of(coach).get(reverse("slot-list"), {"month": "2026-11"})
    numbers = {
        day.on: (day.free, day.booked, day.proposed) for week in page.context["weeks"] for day in week if day.total
    }
    assert numbers == {date(2026, 11, 25): (1, 1, 1), date(2026, 11, 30): (1, 0, 0)}
    assert [day.on for day in page.context["days"]] == [date(2026, 11, 25)]
    assert [line["slot"].pk for line in page.context["days"][0].lines][:2] == [free.pk, taken.pk]
    assert shown(client_of(coach), month="2026-11", on="2026-11-30") == [("11-30", [other.pk])]
    # Days around a month are in its picture too, and can be chosen.
    assert shown(client_of(coach), month="2026-12", on="2026-11-30") == [("11-30", [other.pk])]


def test_days_are_those_of_the_reader_or_of_the_coach(admin, client_of):
    coach = CoachFactory(zone="Pacific/Auckland")
    slot = SlotFactory(coach=coach, zone="Pacific/Auckland", starts_wall=datetime(2026, 11, 26, 9))  # noqa: DTZ001
    who = {"week": "2026-W48", "coach": str(coach.public_id)}
    assert shown(client_of(admin), **who) == [("11-25", [slot.pk])]
    assert shown(client_of(admin), clock="coach", **who) == [("11-26", [slot.pk])]
    page = client_of(admin).get(reverse("slot-list"), who)
    assert (
        page.context["days"][2].lines[0]["hours"] == "23:00–23:45 Nairobi (Thursday 26 November, 09:00–09:45 Auckland)"
    )


def test_who_has_booked_stands_there_for_staff(coach, admin, client_of):
    slot = slot_at(coach, "2026-11-25T10:00")
    booking = BookingFactory(slot=slot, candidate=UserFactory(name="Canary Person"))
    for user in (coach, admin):
        page = client_of(user).get(reverse("slot-list"), {"day": "2026-11-25"})
        assert "Canary Person" in page.text
        assert reverse("booking-detail", args=[booking.public_id]) in page.text


def test_many_slots_of_a_day_fold_into_its_own_page(admin, client_of):
    for number in range(11):
        slot_at(CoachFactory(), f"2026-11-25T{8 + number:02}:00")
    page = client_of(admin).get(reverse("slot-list"))
    wednesday = page.context["days"][2]
    assert (wednesday.total, len(wednesday.lines), wednesday.more) == (11, 8, 3)
    assert "?day=2026-11-25" in page.text
    assert [len(rows) for _day, rows in shown(client_of(admin), day="2026-11-25")] == [11]


@pytest.mark.parametrize("query", [{}, {"month": "2026-11"}, {"day": "2026-11-25"}, {"month": "2026-11", "on": "x"}])
def test_it_takes_as_many_queries_at_any_size(query, admin, coach, client_of, django_assert_num_queries):
    address, client = reverse("slot-list"), client_of(admin)
    for size in (1, 30):
        for number in range(size):
            slot = slot_at(CoachFactory(), f"2026-11-25T{8 + number % 12:02}:00")
            BookingFactory(slot=slot, candidate=UserFactory())
        with django_assert_num_queries(8):
            assert client.get(address, query).status_code == 200
    with django_assert_num_queries(8):
        assert client.get(address, query | {"coach": str(slot.coach.public_id)}).status_code == 200


def test_what_is_empty_says_what_to_do(coach, admin, client_of):
    page = client_of(coach).get(reverse("slot-list"))
    assert "You have no slots from here on" in page.text
    assert "No slots from here on" in client_of(admin).get(reverse("slot-list")).text
    slot_at(coach, "2026-12-09T10:00")
    page = client_of(coach).get(reverse("slot-list"))
    assert page.context["next_address"] == "?week=2026-W50"


@pytest.mark.parametrize("query", [{"week": "x"}, {"month": "0000-00"}, {"day": "2026-02-31"}, {"coach": "1' OR 1"}, {"on": "9999-99-99", "month": ""}])  # fmt: skip
def test_an_address_that_makes_no_sense_shows_today(query, admin, client_of):
    assert client_of(admin).get(reverse("slot-list"), query).status_code == 200


def test_numbers_and_rows_agree_on_a_day_on_which_the_clocks_change(coach):
    """Lisbon's and Berlin's night of 25 October has 25 hours; each hour of it belongs to that day."""
    begin = datetime(2026, 10, 24, 22, tzinfo=UTC)
    rows = [SlotFactory(coach=coach, starts_at=begin + number * HOUR) for number in range(26)]
    day = spans.day(date(2026, 10, 25))
    found = slot_calendar.counted(MockSlot.objects.all(), day, zone="Europe/Berlin", now=NOW)
    counted = next(one for week in found for one in week if one.is_inside)
    slot_calendar.filled([counted], now=NOW, most=100)
    assert counted.total == 25
    assert [slot.pk for slot in counted.rows] == [slot.pk for slot in rows[:25]]


def test_of_a_day_with_more_than_anybody_reads_so_many_are_counted(coach, monkeypatch):
    monkeypatch.setattr(slot_calendar, "MOST", 3)
    begin = datetime(2026, 10, 24, 6, tzinfo=UTC)
    slots = [SlotFactory(coach=coach, starts_at=begin + number * HOUR) for number in range(5)]
    BookingFactory(slot=slots[1])
    SlotFactory(coach=coach, starts_at=begin + 24 * HOUR)
    week = spans.week(date(2026, 10, 24))
    days = slot_calendar.counted(MockSlot.objects.all(), week, zone="UTC", now=NOW)[0]
    slot_calendar.filled(days, now=NOW, most=2)
    assert [(day.total, day.plus, day.free, day.booked, day.more) for day in days[4:]] == [
        (0, "", 0, 0, 0),
        (3, "+", 2, 1, 1),
        (1, "", 1, 0, 0),
    ]
    assert [slot.pk for day in days for slot in day.rows][:2] == [slot.pk for slot in slots[:2]]


def table(client, **query):
    answer = client.get(reverse("slot-export"), query)
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_what_is_shown_can_be_taken_away_without_formulas(coach, other_coach, admin, client_of):
    slot = slot_at(coach, "2026-11-25T10:00", place="=HYPERLINK(1)")
    BookingFactory(slot=slot, candidate=UserFactory(name="+Eve"))
    slot_at(other_coach, "2026-11-25T10:00")
    slot_at(coach, "2026-12-25T10:00")
    rows = table(client_of(admin), week="2026-W48")
    assert [row["Coach"] for row in rows] == ["Tom Barasa", "Ruth Njeri"]
    first = rows[0]
    assert (first["Date"], first["Start"], first["End"], first["Time zone"]) == (
        "2026-11-25",
        "10:00",
        "10:45",
        "Africa/Nairobi",
    )
    assert (first["Booked by"], first["Confirmed"], first["Place"]) == ("'+Eve", "yes", "'=HYPERLINK(1)")
    assert len(table(client_of(coach), week="2026-W48")) == 1
    assert len(table(client_of(admin), month="2026-12")) == 1


def test_the_api_gives_the_same_file(coach, client_of):
    slot_at(coach, "2026-11-25T10:00")
    page = client_of(coach).get(reverse("slot-export"), {"week": "2026-W48"})
    answer = client_of(coach).get(reverse("api:slot-export"), {"week": "2026-W48"})
    assert answer["Content-Disposition"] == 'attachment; filename="slots-2026-W48.csv"'
    assert answer.getvalue() == page.getvalue()
