from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.when import (
    NO_QUIET_HOURS,
    QuietHours,
    UnknownZone,
    deliver_at,
    get_zone,
    is_quiet,
    next_working_moment,
    print_date,
    print_instant,
    print_range,
    to_instant,
    to_wall,
    zone_label,
    zone_names,
)

NIGHT = QuietHours(time(22), time(7))
# Northern and southern summer time, a half-hour change (Lord Howe), odd offsets, no change, changes by decree.
ZONES = (
    "Africa/Nairobi",
    "Africa/Casablanca",
    "America/Los_Angeles",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(text):
    return datetime.fromisoformat(text)


def changes_of_offset(zone):
    """The hours, 2026-2030, before which the offset of `zone` changes."""
    tz, found = get_zone(zone), []
    day = datetime(2026, 1, 1, tzinfo=UTC)
    while day.year < 2031:
        following = day + timedelta(days=1)
        if day.astimezone(tz).utcoffset() != following.astimezone(tz).utcoffset():
            found.append(day)
        day = following
    return tuple(found) or (datetime(2027, 6, 1, tzinfo=UTC),)


CHANGES = {zone: changes_of_offset(zone) for zone in ZONES}


@st.composite
def zone_and_instant(draw):
    """A zone and an instant; half of them within a day and a half of a change of its offset."""
    zone = draw(st.sampled_from(ZONES))
    if draw(st.booleans()):
        minutes = draw(st.integers(-36 * 60, 60 * 60))
        return zone, draw(st.sampled_from(CHANGES[zone])) + timedelta(minutes=minutes)
    return zone, datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 5 * 365 * 24 * 60)))


quiet_hours = st.builds(
    QuietHours,
    start=st.sampled_from([time(22), time(23, 30), time(0), time(1, 30), time(2), time(2, 30), time(13)]),
    end=st.sampled_from([time(7), time(6, 15), time(0), time(1, 45), time(2, 30), time(3), time(12, 59)]),
)


@pytest.mark.parametrize("name", ["", "Nairobi", "africa/nairobi", "../etc/passwd", "Factory", "localtime", "Mars/One"])
def test_unknown_zones_are_refused(name):
    with pytest.raises(UnknownZone):
        get_zone(name)


def test_zone_names_are_places_and_utc():
    names = zone_names()
    assert {"Africa/Nairobi", "Europe/London", "UTC"} <= set(names)
    assert not {"EST", "US/Eastern", "Etc/GMT+3", "Factory"} & set(names)
    assert list(names) == sorted(names)


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2026-11-21T08:30", "Africa/Nairobi", "2026-11-21T05:30"),
        ("2027-03-28T01:30", "Europe/London", "2027-03-28T01:30"),  # skipped: read as 02:30 summer time
        ("2026-10-25T01:30", "Europe/London", "2026-10-25T00:30"),  # comes twice: the first
        ("2027-03-14T02:30", "America/New_York", "2027-03-14T07:30"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45"),
    ],
)
def test_wall_times_become_instants(local, zone, instant):
    assert to_instant(wall(local), zone) == at(instant)


def test_a_skipped_time_shows_what_it_became():
    shown = to_wall(to_instant(wall("2027-03-28T01:30"), "Europe/London"), "Europe/London")
    assert shown == wall("2027-03-28T02:30")


@pytest.mark.parametrize("wrong", [wall("0001-01-01T00:30"), at("2026-01-01T00:00")])
def test_walls_out_of_range_or_with_a_zone_are_refused(wrong):
    with pytest.raises(ValueError):
        to_instant(wrong, "Asia/Tokyo")


def test_instants_without_a_zone_are_refused():
    with pytest.raises(ValueError):
        to_wall(wall("2026-01-01T00:00"), "Asia/Tokyo")


@given(zone_and_instant())
def test_instants_survive_the_wall(pair):
    zone, instant = pair
    local = to_wall(instant, zone)
    back = to_instant(local, zone)
    assert to_wall(back, zone) == local
    assert back <= instant  # of two equal wall times the first is meant
    assert instant - back in {timedelta(), timedelta(minutes=30), timedelta(hours=1)}


@given(zone_and_instant())
def test_every_wall_time_has_one_instant_close_by(pair):
    zone, instant = pair
    local = instant.replace(tzinfo=None)
    shown = to_wall(to_instant(local, zone), zone)
    assert shown - local in {timedelta(), timedelta(minutes=30), timedelta(hours=1)}


@pytest.mark.parametrize(
    ("instant", "reader", "event", "text"),
    [
        ("2026-11-21T05:30", "Africa/Nairobi", None, "Saturday 21 November 2026, 08:30 Nairobi"),
        ("2026-11-21T05:30", "Africa/Nairobi", "Africa/Nairobi", "Saturday 21 November 2026, 08:30 Nairobi"),
        (
            "2026-11-21T05:30",
            "Africa/Nairobi",
            "Europe/London",
            "Saturday 21 November 2026, 08:30 Nairobi (05:30 London)",
        ),
        (
            "2026-11-21T05:30",
            "Europe/London",
            "Africa/Nairobi",
            "Saturday 21 November 2026, 05:30 London (08:30 Nairobi)",
        ),
        ("2026-11-21T05:30", "Africa/Nairobi", "Africa/Kampala", "Saturday 21 November 2026, 08:30 Nairobi"),
        ("2026-07-01T12:00", "Europe/London", "Africa/Lagos", "Wednesday 1 July 2026, 13:00 London"),
        (
            "2026-12-01T12:00",
            "Europe/London",
            "Africa/Lagos",
            "Tuesday 1 December 2026, 12:00 London (13:00 Lagos)",
        ),
        (
            "2026-11-21T20:30",
            "Africa/Nairobi",
            "Asia/Tokyo",
            "Saturday 21 November 2026, 23:30 Nairobi (Sunday 22 November, 05:30 Tokyo)",
        ),
        (
            "2026-12-31T20:30",
            "Africa/Nairobi",
            "Asia/Tokyo",
            "Thursday 31 December 2026, 23:30 Nairobi (Friday 1 January 2027, 05:30 Tokyo)",
        ),
        ("2026-10-25T00:30", "Europe/London", None, "Sunday 25 October 2026, 01:30 UTC+1 London"),
        ("2026-10-25T01:30", "Europe/London", None, "Sunday 25 October 2026, 01:30 UTC London"),
        ("2026-11-21T05:30", "UTC", "Asia/Kathmandu", "Saturday 21 November 2026, 05:30 UTC (11:15 Kathmandu)"),
    ],
)
def test_one_way_to_print_a_time(instant, reader, event, text):
    assert print_instant(at(instant), reader_zone=reader, event_zone=event) == text


def test_printing_is_translated():
    swahili = {
        "Saturday": "Jumamosi",
        "November": "Novemba",
        "{weekday} {day} {month} {year}": "{weekday}, {day} {month} {year}",
    }
    text = print_instant(at("2026-11-21T05:30"), reader_zone="Africa/Nairobi", translate=lambda s: swahili.get(s, s))
    assert text == "Jumamosi, 21 Novemba 2026, 08:30 Nairobi"


@pytest.mark.parametrize(
    ("start", "end", "reader", "event", "text"),
    [
        (
            "2026-11-21T05:30",
            "2026-11-21T06:15",
            "Africa/Nairobi",
            "Europe/London",
            "Saturday 21 November 2026, 08:30–09:15 Nairobi (05:30–06:15 London)",
        ),
        (
            "2026-11-21T20:30",
            "2026-11-21T21:15",
            "Africa/Nairobi",
            None,
            "Saturday 21 November 2026, 23:30 – Sunday 22 November, 00:15 Nairobi",
        ),
    ],
)
def test_ranges(start, end, reader, event, text):
    assert print_range(at(start), at(end), reader_zone=reader, event_zone=event) == text


@pytest.mark.parametrize(
    ("start", "hours", "reader", "event", "text"),
    [
        ("2026-11-21T15:46", 0, "Africa/Nairobi", None, "today, 18:46 Nairobi"),
        ("2026-11-21T15:46", 0, "Africa/Nairobi", "Europe/London", "today, 18:46 Nairobi (15:46 London)"),
        ("2026-11-21T22:30", 0, "Africa/Nairobi", None, "tomorrow, 01:30 Nairobi"),
        ("2026-11-20T20:59", 0, "Africa/Nairobi", None, "yesterday, 23:59 Nairobi"),
        ("2026-11-19T20:59", 0, "Africa/Nairobi", None, "Thursday 19 November 2026, 23:59 Nairobi"),
        ("2026-11-22T21:00", 0, "Africa/Nairobi", None, "Monday 23 November 2026, 00:00 Nairobi"),
        # Elsewhere it is another day, which has no name but its own.
        (
            "2026-11-21T22:30",
            0,
            "Africa/Nairobi",
            "Europe/London",
            "tomorrow, 01:30 Nairobi (Saturday 21 November, 22:30 London)",
        ),
        ("2026-11-21T15:00", 1, "Africa/Nairobi", None, "today, 18:00–19:00 Nairobi"),
        ("2026-11-21T20:30", 1, "Africa/Nairobi", None, "today, 23:30 – tomorrow, 00:30 Nairobi"),
        ("2026-11-22T20:30", 1, "Africa/Nairobi", None, "tomorrow, 23:30 – Monday 23 November, 00:30 Nairobi"),
    ],
)
def test_days_close_by_are_called_as_people_call_them(start, hours, reader, event, text):
    now, ends = at("2026-11-21T12:00"), at(start) + timedelta(hours=hours)
    assert print_range(at(start), ends, reader_zone=reader, event_zone=event, now=now) == text


@given(zone_and_instant(), st.integers(-5 * 24 * 60, 5 * 24 * 60), st.sampled_from(ZONES))
def test_only_the_words_for_the_readers_own_days_are_others(pair, minutes, event):
    zone, instant = pair
    now = instant - timedelta(minutes=minutes)
    day, today = to_wall(instant, zone).date(), to_wall(now, zone).date()
    word = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days, print_date(day))
    dated = print_instant(instant, reader_zone=zone, event_zone=event)
    assert print_instant(instant, reader_zone=zone, event_zone=event, now=now) == dated.replace(
        print_date(day), word, 1
    )


def test_a_range_backwards_is_refused():
    with pytest.raises(ValueError):
        print_range(at("2026-11-21T06:15"), at("2026-11-21T05:30"), reader_zone="UTC")


def test_dates_and_labels():
    assert print_date(date(2026, 11, 21)) == "Saturday 21 November 2026"
    instant = at("2026-11-21T05:30")
    assert zone_label("America/Argentina/Buenos_Aires", instant) == "Buenos Aires"
    assert zone_label("Etc/GMT+3", instant) == "UTC-3"
    assert zone_label("UTC", instant) == "UTC"


@given(zone_and_instant(), zone_and_instant())
def test_printing_never_fails_and_names_both_places_when_they_differ(reader, event):
    zone, instant = reader
    text = print_instant(instant, reader_zone=zone, event_zone=event[0])
    differ = to_wall(instant, zone) != to_wall(instant, event[0])
    assert (zone_label(event[0], instant) in text) == (differ or zone == event[0])


@pytest.mark.parametrize(
    ("due", "deadline", "expected"),
    [
        ("2026-11-21T12:00", None, "2026-11-21T12:00"),
        ("2026-11-21T19:00", None, "2026-11-22T04:00"),  # 22:00 in Nairobi is quiet already
        ("2026-11-21T18:59", None, "2026-11-21T18:59"),
        ("2026-11-22T03:59", None, "2026-11-22T04:00"),
        ("2026-11-22T04:00", None, "2026-11-22T04:00"),
        ("2026-11-22T01:00", "2026-11-22T06:00", "2026-11-22T04:00"),
        ("2026-11-22T01:00", "2026-11-22T04:00", "2026-11-21T18:59"),  # at 07:00 it would be too late
        ("2026-11-21T23:00", "2026-11-22T03:00", "2026-11-21T18:59"),
    ],
)
def test_delivery_in_nairobi(due, deadline, expected):
    got = deliver_at(at(due), zone="Africa/Nairobi", quiet=NIGHT, deadline=deadline and at(deadline))
    assert got == at(expected)


def test_equal_times_mean_no_quiet_hours():
    assert not is_quiet(at("2026-11-21T00:00"), "UTC", NO_QUIET_HOURS)
    assert not is_quiet(at("2026-11-21T09:00"), "UTC", QuietHours(time(9), time(9)))


def test_quiet_hours_hold_again_in_the_hour_that_comes_twice():
    quiet = QuietHours(time(22), time(1, 30))
    second_quarter_past_one = at("2026-10-25T01:15")
    assert deliver_at(second_quarter_past_one, zone="Europe/London", quiet=quiet) == at("2026-10-25T01:30")


@settings(max_examples=300)
@given(zone_and_instant(), quiet_hours, st.none() | st.integers(0, 30 * 60))
def test_nothing_is_delivered_inside_quiet_hours(pair, quiet, minutes_left):
    zone, due = pair
    deadline = None if minutes_left is None else due + timedelta(minutes=minutes_left)
    moment = deliver_at(due, zone=zone, quiet=quiet, deadline=deadline)
    assert not is_quiet(moment, zone, quiet)
    assert deliver_at(moment, zone=zone, quiet=quiet, deadline=deadline) == moment
    if not is_quiet(due, zone, quiet):
        assert moment == due
    elif moment < due:
        assert deadline is not None
    else:
        assert moment - due <= timedelta(hours=26)
        assert deadline is None or moment < deadline


@given(zone_and_instant(), quiet_hours)
def test_one_firing_a_night(pair, quiet):
    """Everything that falls due within one stretch of quiet hours is delivered at one moment, its end."""
    zone, due = pair
    end = deliver_at(due, zone=zone, quiet=quiet)
    if end > due:
        between = due + (end - due) / 2
        if is_quiet(between, zone, quiet):
            assert deliver_at(between, zone=zone, quiet=quiet) == end


@pytest.mark.parametrize(
    ("after", "weekend", "expected"),
    [
        ("2026-11-20T12:00", {5, 6}, "2026-11-20T12:00"),  # Friday 15:00
        ("2026-11-20T16:00", {5, 6}, "2026-11-20T16:00"),  # 19:00 still counts
        ("2026-11-20T16:01", {5, 6}, "2026-11-23T05:30"),
        ("2026-11-20T16:01", set(), "2026-11-21T05:30"),
        ("2026-11-21T02:00", set(), "2026-11-21T05:30"),
    ],
)
def test_next_working_moment(after, weekend, expected):
    moment = next_working_moment(
        at(after), zone="Africa/Nairobi", opens=time(8, 30), closes=time(19), weekend=frozenset(weekend)
    )
    assert moment == at(expected)


def test_no_working_moment_where_every_day_is_weekend():
    assert (
        next_working_moment(
            at("2026-11-20T12:00"), zone="UTC", opens=time(9), closes=time(17), weekend=frozenset(range(7))
        )
        is None
    )
