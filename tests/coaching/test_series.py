"""Series: slots by a weekly pattern, made to the horizon, rolled on, and what stands in their way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import when
from accounts.records import Conflict, Refused
from coaching.models import MockSlot, SlotSeries
from coaching.services import closures, series, slots, sweep
from tests.factories import SlotFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, noon in Nairobi
DAY = timedelta(days=1)


def wall(text):
    return datetime.fromisoformat(text)


@pytest.fixture
def make(coach, admin):
    def make_series(rule="FREQ=WEEKLY", first="2026-11-24T09:00", **fields):
        fields = {"coach": coach, "zone": "Africa/Nairobi", "by": admin, "now": NOW, **fields}
        return series.create_series(rule=rule, starts_wall=wall(first), **fields)

    return make_series


def starts(one, **which):
    return [f"{slot.starts_wall:%m-%d %H:%M}" for slot in one.slots.filter(**which).order_by("starts_at")]


def test_its_slots_reach_as_far_as_can_be_booked(make, settings):
    settings.BOOKING_HORIZON_DAYS = 21
    one = make("FREQ=WEEKLY;BYDAY=TU,TH", place="Room 2", minutes=30, buffer_minutes=10)
    assert starts(one) == [f"{day} 09:00" for day in ("11-24", "11-26", "12-01", "12-03", "12-08", "12-10")]
    slot = one.slots.earliest("starts_at")
    assert (slot.coach, slot.status, slot.place, slot.minutes) == (one.coach, "open", "Room 2", 30)
    assert slot.blocked_until - slot.starts_at == timedelta(minutes=40)
    assert list(slot.events.values_list("old", "new", "reason")) == [("", "open", "series")]
    assert list(one.events.values_list("old", "new")) == [("", "running")]


def test_several_in_a_row_and_days_without(make):
    one = make("FREQ=WEEKLY;COUNT=3", in_a_row=2, exceptions=[date(2026, 12, 1)])
    assert starts(one) == ["11-24 09:00", "11-24 10:00", "12-08 09:00", "12-08 10:00"]


def test_what_has_begun_already_is_not_made(make):
    assert starts(make("FREQ=WEEKLY;COUNT=2", first="2026-11-23T12:00")) == ["11-23 12:00", "11-30 12:00"]
    assert starts(make("FREQ=WEEKLY;COUNT=2", first="2026-11-23T08:00")) == ["11-30 08:00"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"rule": "FREQ=SECONDLY"}, "rule"),
        ({"rule": "FREQ=WEEKLY;COUNT=1000000"}, "rule"),
        ({"rule": "FREQ=WEEKLY;BYSETPOS=1"}, "rule"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20261101"}, "rule"),
        ({"until_on": date(2026, 11, 1)}, "until_on"),
        ({"rule": "FREQ=WEEKLY;COUNT=1", "exceptions": [date(2026, 11, 24)]}, "until_on"),
        ({"exceptions": [date(2026, 11, 24) + number * DAY for number in range(101)]}, "exceptions"),
        ({"first": "2028-01-01T09:00"}, "starts_wall"),
        ({"first": "9999-12-31T23:59"}, "starts_wall"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1800}, "minutes"),
        ({"buffer_minutes": -1}, "buffer_minutes"),
        ({"in_a_row": 0}, "in_a_row"),
        ({"in_a_row": 13}, "in_a_row"),
        ({"in_a_row": 12, "first": "2026-11-24T14:00"}, "in_a_row"),
        ({"zone": "Africa/Atlantis"}, "zone"),
    ],
)
def test_a_series_that_cannot_be_is_refused_at_its_field(make, fields, field):
    with pytest.raises(Refused) as refused:
        make(**fields)
    assert refused.value.field == field
    assert not SlotSeries.objects.exists()


def test_a_series_belongs_to_a_coach(make, candidate):
    with pytest.raises(Refused) as refused:
        make(coach=candidate)
    assert refused.value.field == "coach"


def test_the_local_time_stays_over_both_changes_of_offset(make, settings):
    settings.BOOKING_HORIZON_DAYS = 200
    one = make(
        "FREQ=WEEKLY;BYDAY=SU", first="2026-10-18T02:30", zone="Europe/Berlin", now=datetime(2026, 10, 10, tzinfo=UTC)
    )
    at = {slot.occurs_wall.date(): (f"{slot.starts_at:%H:%M}", f"{slot.starts_wall:%H:%M}") for slot in one.slots.all()}
    assert at[date(2026, 10, 18)] == ("00:30", "02:30")
    assert at[date(2026, 10, 25)] == ("00:30", "02:30")
    assert at[date(2026, 11, 1)] == ("01:30", "02:30")
    assert at[date(2027, 3, 28)] == ("01:30", "03:30")
    assert at[date(2027, 4, 4)] == ("00:30", "02:30")


def test_it_is_rolled_on_day_by_day_and_no_day_twice(make):
    one = make("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")
    before = one.slots.count()
    assert series.roll(one, now=NOW) == 0
    assert [series.roll(one, now=NOW + number * DAY) for number in (1, 1, 2, 5)] == [1, 0, 1, 3]
    assert one.slots.count() == before + 5
    days = sorted(slot.occurs_wall.date() for slot in one.slots.all())
    assert days == [days[0] + number * DAY for number in range(before + 5)]


def test_the_sweep_and_the_daily_task_roll_what_a_day_has_passed_over(make, monkeypatch):
    one = make("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")
    before = one.slots.count()
    sweep.run(NOW + timedelta(hours=23))
    assert one.slots.count() == before
    sweep.run(NOW + timedelta(hours=25))
    assert one.slots.count() == before + 1
    monkeypatch.setattr("coaching.tasks.database_now", lambda: NOW + 3 * DAY)
    from coaching.tasks import roll_series  # noqa: PLC0415 -- after its clock is set

    roll_series()
    roll_series()
    assert one.slots.count() == before + 3


def test_a_series_that_is_over_ends_by_itself(make):
    one = make("FREQ=WEEKLY;COUNT=2")
    series.roll_all(NOW + 8 * DAY)
    one.refresh_from_db()
    assert (one.status, one.slots.count()) == ("running", 2)
    series.roll_all(NOW + 10 * DAY)
    one.refresh_from_db()
    assert (one.status, one.slots.count()) == ("ended", 2)
    assert list(one.events.values_list("old", "new", "reason")) == [("", "running", ""), ("running", "ended", "over")]


def test_a_coach_who_is_gone_offers_no_more(make, coach):
    one = make()
    before = one.slots.count()
    coach.is_active = False
    coach.save()
    series.roll_all(NOW + 30 * DAY)
    assert one.slots.count() == before


def test_what_was_withdrawn_or_moved_by_hand_is_not_made_again(make, admin):
    one = make("FREQ=WEEKLY;COUNT=3")
    gone, moved, _stays = one.slots.order_by("starts_at")
    slots.withdraw_slot(gone, by=admin, now=NOW)
    slots.edit_slot(moved, by=admin, now=NOW, starts_wall=wall("2026-12-01T15:00"))
    SlotSeries.objects.update(rolled_until=None)
    assert series.roll(one, now=NOW) == 0
    assert series.fill(one, by=admin, now=NOW) == []
    assert starts(one, status="open") == ["12-01 15:00", "12-08 09:00"]


def test_the_database_takes_each_time_of_a_pattern_once(make):
    slot = make().slots.earliest("starts_at")
    later = slot.starts_at + timedelta(hours=5)
    with pytest.raises(IntegrityError, match="slot_once_per_occurrence"), transaction.atomic():
        SlotFactory(coach=slot.coach, series=slot.series, occurs_wall=slot.occurs_wall, starts_at=later)


@pytest.mark.parametrize(("start", "made"), [("08:00", 2), ("08:01", 1), ("09:59", 1), ("10:00", 2)])
def test_what_overlaps_by_one_minute_is_left_out_and_said_so(make, coach, admin, start, made):
    slots.create_slot(coach=coach, zone="Africa/Nairobi", starts_wall=wall(f"2026-12-01T{start}"), by=admin, now=NOW)
    one = make("FREQ=WEEKLY;COUNT=2")
    assert one.slots.count() == made
    gaps = series.gaps(one, NOW)
    assert len(gaps) == 2 - made
    for gap in gaps:
        begin = f"Tuesday 1 December 2026, {start}"
        assert gap.obstacle.words(admin).startswith(f"There is a slot already: {begin}")


def test_a_gap_is_filled_on_demand_once_nothing_stands_in_its_way(make, coach, admin):
    other = slots.create_slot(
        coach=coach, zone="Africa/Nairobi", starts_wall=wall("2026-12-01T09:30"), by=admin, now=NOW
    )
    one = make("FREQ=WEEKLY;COUNT=2")
    assert series.fill(one, by=admin, now=NOW) == []
    slots.withdraw_slot(other, by=admin, now=NOW)
    series.roll_all(NOW + 2 * DAY)
    assert starts(one) == ["11-24 09:00"]
    assert [gap.obstacle for gap in series.gaps(one, NOW)] == [None]
    assert [f"{slot.starts_wall:%m-%d}" for slot in series.fill(one, by=admin, now=NOW)] == ["12-01"]
    assert series.gaps(one, NOW) == []


def test_closed_days_are_skipped_of_everybody_or_of_one(make, coach, other_coach, admin):
    closures.close_days(from_on=date(2026, 12, 1), until_on=date(2026, 12, 2), title="Holiday", by=admin)
    closures.close_days(from_on=date(2026, 12, 8), until_on=date(2026, 12, 8), title="Course", by=admin, coach=coach)
    hers, others = make("FREQ=WEEKLY;COUNT=4"), make("FREQ=WEEKLY;COUNT=4", coach=other_coach)
    assert starts(hers) == ["11-24 09:00", "12-15 09:00"]
    assert starts(others) == ["11-24 09:00", "12-08 09:00", "12-15 09:00"]
    assert [gap.obstacle.words(admin) for gap in series.gaps(hers, NOW)] == ["Closed: Holiday", "Closed: Course"]


def test_a_single_slot_on_a_closed_day_is_refused(coach, admin):
    closures.close_days(from_on=date(2026, 12, 1), until_on=date(2026, 12, 1), title="Holiday", by=admin)
    with pytest.raises(Refused, match="This day is closed: Holiday") as refused:
        slots.create_slot(coach=coach, zone="Africa/Nairobi", starts_wall=wall("2026-12-01T09:00"), by=admin, now=NOW)
    assert refused.value.field == "starts_wall"


def test_closing_days_leaves_the_slots_that_are_there_and_counts_them(make, coach, other_coach, admin):
    one = make("FREQ=WEEKLY;COUNT=3")
    make("FREQ=WEEKLY;COUNT=3", coach=other_coach)
    everybody = closures.close_days(from_on=date(2026, 11, 25), until_on=date(2026, 12, 8), title="Fair", by=admin)
    hers = closures.close_days(
        from_on=date(2026, 11, 25), until_on=date(2026, 12, 8), title="Course", by=coach, coach=coach
    )
    assert (closures.slots_on(everybody, NOW).count(), closures.slots_on(hers, NOW).count()) == (4, 2)
    assert one.slots.filter(status="open").count() == 3


@pytest.mark.parametrize(("first", "last"), [("2026-12-02", "2026-12-01"), ("2026-12-01", "2028-01-01")])
def test_a_closure_that_cannot_be_is_refused(admin, first, last):
    with pytest.raises(Refused) as refused:
        closures.close_days(from_on=date.fromisoformat(first), until_on=date.fromisoformat(last), title="x", by=admin)
    assert refused.value.field == "until_on"


def test_a_row_over_a_skipped_half_hour_makes_no_two_at_once(make, settings):
    settings.BOOKING_HORIZON_DAYS = 10
    one = make(
        "FREQ=WEEKLY;COUNT=1", first="2026-10-04T01:30", zone="Australia/Lord_Howe", in_a_row=3, buffer_minutes=0,
        now=datetime(2026, 10, 1, tzinfo=UTC),
    )  # fmt: skip
    # 02:15 does not come that night; it would be 02:45, and 03:00 is planned.
    assert starts(one) == ["10-04 01:30", "10-04 02:45"]
    assert [gap.obstacle.words(one.coach) for gap in series.gaps(one, datetime(2026, 10, 1, tzinfo=UTC))] == [
        "There is a slot already: Saturday 3 October 2026, 18:45–19:30 Nairobi "
        "(Sunday 4 October, 02:45–03:30 Lord Howe), and 0 minutes free afterwards."
    ]


def test_coaches_propose_and_where_the_installation_allows_open(make, coach, settings):
    one = make("FREQ=WEEKLY;COUNT=2", by=coach)
    assert (one.status, set(one.slots.values_list("status", flat=True))) == ("proposed", {"proposed"})
    single = {"coach": coach, "zone": "Africa/Nairobi", "by": coach, "now": NOW}
    assert slots.create_slot(starts_wall=wall("2026-12-03T09:00"), **single).status == "proposed"
    settings.AFTERWORD_COACHES_OPEN_SLOTS = True
    assert make("FREQ=WEEKLY;COUNT=2", first="2026-11-25T09:00", by=coach).status == "running"
    assert slots.create_slot(starts_wall=wall("2026-12-03T10:00"), **single).status == "open"


def test_a_series_that_has_ended_is_not_filled(make, admin):
    one = make("FREQ=WEEKLY;COUNT=1")
    series.roll_all(NOW + 10 * DAY)
    with pytest.raises(Conflict):
        series.fill(one, by=admin, now=NOW + 10 * DAY)


def test_who_sees_a_series(make, coach, other_coach, candidate, admin):
    one = make()
    seen = {
        user: SlotSeries.objects.visible_to(user).filter(pk=one.pk).exists()
        for user in (admin, coach, other_coach, candidate)
    }
    assert seen == {admin: True, coach: True, other_coach: False, candidate: False}


def test_rolling_many_series_takes_no_more_queries_for_each(make, other_coach, django_assert_max_num_queries):
    """A fixed number for each series, however many slots it has and makes."""
    make("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", in_a_row=6)
    with django_assert_max_num_queries(20):
        series.roll_all(NOW + 30 * DAY)
    assert MockSlot.objects.filter(status="open").count() > 300


def test_times_printed_for_a_pattern_are_its_own(make):
    one = make()
    assert when.to_wall(one.slots.earliest("starts_at").starts_at, "Africa/Nairobi") == one.starts_wall
    assert timezone.is_aware(one.rolled_until)
