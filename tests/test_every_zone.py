"""Quiet hours and printed times where clocks change: a sample of tests/every_zone.py, which looks at all of them."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.when import QuietHours, moments_at, next_morning, print_instant, print_range, to_instant, to_wall
from tests import every_zone
from tests.every_zone import Broken, changes_of_offset, check_firing, check_printing, check_zone, firings, quarters

HALF_AN_HOUR = timedelta(minutes=30)
# Summer times of both halves of the world, half an hour and two hours of them, Ramadan, a change by decree, none at all.
WITH_CHANGES = (
    "Africa/Casablanca",
    "America/Santiago",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Chatham",
)
ALL = every_zone.zones()


@pytest.mark.parametrize("zone", [*WITH_CHANGES, "Africa/Nairobi", "Egypt", "Etc/GMT+3"])
def test_one_firing_in_time_outside_quiet_hours(zone):
    counts = check_zone(zone, every=17)
    assert counts["reminders"] == counts["printed times"] * 24


@given(st.sampled_from(ALL), st.data())
def test_any_zone_any_change_any_quarter(zone, data):
    at = data.draw(st.sampled_from(quarters(data.draw(st.sampled_from(changes_of_offset(zone))))))
    hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
    quiet = data.draw(st.builds(QuietHours, hours, hours))
    check_firing(zone, at, quiet, data.draw(st.none() | st.builds(timedelta, minutes=st.integers(15, 20 * 60))))
    check_printing(zone, at)


def test_the_check_sees_what_is_broken(monkeypatch):
    """Its own control: without quiet hours, and with a clock that forgets the second reading of an hour."""
    due = to_instant(datetime(2027, 3, 3, 23), "Africa/Nairobi")  # noqa: DTZ001 -- wall time
    monkeypatch.setattr(every_zone, "deliver_at", lambda due, **_: due)
    with pytest.raises(Broken, match="never in quiet hours"):
        check_firing("Africa/Nairobi", due, QuietHours(time(22), time(7)), None)
    monkeypatch.setattr(every_zone, "print_instant", lambda at, **_: print_instant(at, reader_zone="Africa/Nairobi"))
    with pytest.raises(Broken, match="names its instant"):
        check_printing("Europe/London", due)


def test_a_pump_that_was_away_fires_once_and_still_outside_quiet_hours():
    zone, quiet = "Europe/London", QuietHours(time(22), time(7))
    due = to_instant(datetime(2026, 10, 24, 23, 30), zone)  # noqa: DTZ001 -- the night in which an hour comes twice
    assert [to_wall(at, zone).time() for at in firings(due, zone, quiet, None)] == [time(7)]


@pytest.mark.parametrize("zone", WITH_CHANGES)
def test_moments_by_the_clock_come_once_a_day(zone):
    for change in changes_of_offset(zone):
        found = moments_at(
            (time(2, 30), time(9)), since=change - timedelta(days=3), until=change + timedelta(days=3), zone=zone
        )
        assert found == sorted(set(found))
        assert {sum(to_wall(at, zone).date() == day for at in found) for day in _whole_days(change, zone)} == {2}


def _whole_days(change, zone):
    return [to_wall(change, zone).date() + timedelta(days=days) for days in (-1, 0, 1)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-03-03T12:00", "2027-03-04T08:00"),
        ("2027-03-03T02:00", "2027-03-03T08:00"),  # up at night: the morning that comes
        ("2027-03-03T06:00", "2027-03-04T08:00"),
    ],
)
def test_tomorrow_morning(now, expected):
    zone = "Africa/Nairobi"
    morning = next_morning(to_instant(datetime.fromisoformat(now), zone), zone=zone)
    assert to_wall(morning, zone) == datetime.fromisoformat(expected)


def test_a_zone_without_a_city_says_its_offset_once():
    change = datetime(2026, 10, 29, 21, tzinfo=UTC)
    assert print_instant(change, reader_zone="Egypt") == "Thursday 29 October 2026, 23:00 UTC+2"
    around = print_range(change - HALF_AN_HOUR, change + HALF_AN_HOUR, reader_zone="Egypt")
    assert around == "Thursday 29 October 2026, 23:30 UTC+3–23:30 UTC+2"
