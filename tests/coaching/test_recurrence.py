"""The times of a series: RRULEs that are understood or refused, and local time kept over every change of offset."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.when import UnknownZone, get_zone, zone_names
from coaching.recurrence import LONGEST_LOOK, BadRule, Rule, describe, occurrences, read_rule

BERLIN = "Europe/Berlin"
DAY, WEEK, HOUR = timedelta(days=1), timedelta(days=7), timedelta(hours=1)
MONDAY = datetime(2026, 11, 30, 9)  # noqa: DTZ001 -- a wall time


def wall(text):
    return datetime.fromisoformat(text)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def read(text, first=MONDAY, zone=BERLIN):
    return read_rule(text, first=first, zone=zone)


NOVEMBER, MARCH = at("2026-11-01"), at("2027-03-01")


def walls(rule, first=MONDAY, zone=BERLIN, since=NOVEMBER, until=MARCH, **more):
    return [one.wall for one in occurrences(rule, first=first, zone=zone, since=since, until=until, **more)]


@pytest.mark.parametrize(
    ("text", "rule", "canonical"),
    [
        ("FREQ=WEEKLY", Rule((0,)), "FREQ=WEEKLY;BYDAY=MO"),
        ("RRULE:freq=weekly;byday=we,mo,we;", Rule((0, 2)), "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU", Rule((1,), 2, 6), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU"),
        ("FREQ=WEEKLY;UNTIL=20261214", Rule((0,), until=date(2026, 12, 14)), "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY;UNTIL=20261214T080000Z", Rule((0,), until=date(2026, 12, 14)), "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY;UNTIL=20261214T075959Z", Rule((0,), until=date(2026, 12, 13)), "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY;UNTIL=20261214T085959", Rule((0,), until=date(2026, 12, 13)), "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY;COUNT=3", Rule((0,), until=date(2026, 12, 14)), "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY;COUNT=1;BYDAY=SU", Rule((6,), until=date(2026, 12, 6)), "FREQ=WEEKLY;BYDAY=SU"),
    ],
)
def test_a_weekly_pattern_is_read(text, rule, canonical):
    assert read(text) == rule
    assert str(read(text)) == canonical


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no RRULE"),
        ("every monday", "no RRULE"),
        ("FREQ=WEEKLY\nEXRULE=1", "no RRULE|Only weekly"),
        ("FREQ=SECONDLY", "Only weekly"),
        ("FREQ=DAILY", "Only weekly"),
        ("INTERVAL=2", "Only weekly"),
        ("FREQ=WEEKLY;FREQ=SECONDLY", "FREQ stands there twice"),
        ("FREQ=WEEKLY;INTERVAL=0", "INTERVAL is a number from 1 to 26"),
        ("FREQ=WEEKLY;INTERVAL=-1", "INTERVAL is a number"),
        ("FREQ=WEEKLY;INTERVAL=99999999999999999999", "INTERVAL is a number"),
        ("FREQ=WEEKLY;INTERVAL=٣", "INTERVAL is a number"),
        ("FREQ=WEEKLY;COUNT=1000000", "COUNT is a number from 1 to 500"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "COUNT or UNTIL, not both"),
        ("FREQ=WEEKLY;BYDAY=1MO", "no day of the week"),
        ("FREQ=WEEKLY;BYDAY=", "no RRULE"),
        ("FREQ=WEEKLY;BYDAY=MO,,TU", "no day of the week"),
        ("FREQ=WEEKLY;BYSETPOS=-1", "what to do with BYSETPOS"),
        ("FREQ=WEEKLY;BYHOUR=1,2,3;BYSECOND=1", "what to do with BYHOUR"),
        ("FREQ=WEEKLY;UNTIL=20269999", "UNTIL is a day"),
        ("FREQ=WEEKLY;UNTIL=00010101T000000Z", "ends before|UNTIL is a day"),
        ("FREQ=WEEKLY;UNTIL=99991231T235959Z0", "UNTIL is a day"),
        ("FREQ=WEEKLY;UNTIL=20261101", "ends before it begins"),
        ("FREQ=WEEKLY;" + "BYDAY=MO," * 40, "too long"),
    ],
)
def test_everything_else_is_answered_in_words(text, words):
    with pytest.raises(BadRule, match=words):
        read(text)


def test_a_zone_that_is_none_is_said_so():
    with pytest.raises(UnknownZone):
        read("FREQ=WEEKLY;UNTIL=20270101T000000Z", zone="Africa/Atlantis")


PARTS = [
    "FREQ=WEEKLY", "INTERVAL=3", "COUNT=9", "COUNT=999999999", "UNTIL=20300101T000000Z", "UNTIL=99991231", "UNTIL=00000000",
    "BYDAY=MO,FR", "BYDAY=XX", "BYSETPOS=-1", "BYMINUTE=7", "WKST=SU", ";", "=",
]  # fmt: skip


@given(st.text(max_size=300) | st.lists(st.sampled_from(PARTS), max_size=6).map(";".join))
def test_no_text_is_more_than_a_rule_or_an_answer(text):
    try:
        rule = read(text)
    except BadRule as refused:
        assert str(refused) == refused.message % refused.values
    else:
        assert read(str(rule)) == Rule(rule.days, rule.interval, rule.wkst if rule.interval > 1 else 0)


def test_the_first_is_the_first_that_fits():
    assert walls(Rule((2,)), until=at("2026-12-10")) == [wall("2026-12-02T09:00"), wall("2026-12-09T09:00")]


def test_every_second_week_keeps_its_weeks_however_long_ago_it_began():
    rule, first = Rule((0, 4), 2), wall("2016-11-28T09:00")
    assert walls(rule, first=first, until=at("2026-12-20")) == [
        wall(f"2026-{day}T09:00") for day in ("11-02", "11-06", "11-16", "11-20", "11-30", "12-04", "12-14", "12-18")
    ]


def test_days_that_are_skipped_and_the_end_are_left_out():
    rule = Rule((0, 2), until=date(2026, 12, 9))
    assert walls(rule, skip=frozenset({date(2026, 12, 2)})) == [
        wall(f"2026-{day}T09:00") for day in ("11-30", "12-07", "12-09")
    ]


def test_several_in_a_row_begin_one_after_the_other():
    assert walls(Rule((0,)), until=at("2026-12-01"), in_a_row=3, apart=HOUR) == [
        wall(f"2026-11-30T{hour}:00") for hour in ("09", "10", "11")
    ]


def test_over_both_changes_of_offset_the_clock_on_the_wall_stays():
    found = occurrences(
        Rule((6,)), first=wall("2026-10-18T02:30"), zone=BERLIN, since=at("2026-10-18"), until=at("2027-04-05")
    )
    assert {one.wall.time() for one in found} == {time(2, 30)}
    instants = {one.wall.date(): (one.starts_at, one.moved) for one in found}
    assert instants[date(2026, 10, 18)] == (at("2026-10-18T00:30"), False)
    # It comes twice: the first.
    assert instants[date(2026, 10, 25)] == (at("2026-10-25T00:30"), False)
    assert instants[date(2026, 11, 1)] == (at("2026-11-01T01:30"), False)
    # It does not come: at the next time the clocks show, that day only.
    assert instants[date(2027, 3, 28)] == (at("2027-03-28T01:30"), True)
    assert instants[date(2027, 4, 4)] == (at("2027-04-04T00:30"), False)


def test_two_that_would_begin_at_once_are_one():
    found = occurrences(
        Rule((6,)), first=wall("2027-03-28T01:30"), zone=BERLIN, since=at("2027-03-27"), until=at("2027-03-29"),
        in_a_row=3, apart=HOUR,
    )  # fmt: skip
    assert [(one.wall.hour, one.moved) for one in found] == [(1, False), (3, False)]


def test_a_look_has_a_longest_length():
    with pytest.raises(ValueError, match="too far"):
        walls(Rule((0,)), since=at("2026-01-01"), until=at("2026-01-01") + LONGEST_LOOK + DAY)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule((0,)), "every week on Monday"),
        (Rule((0, 2), 2), "every second week on Monday and Wednesday"),
        (Rule((0, 2, 4), 3), "every 3 weeks on Monday, Wednesday and Friday"),
    ],
)
def test_a_pattern_in_words(rule, words):
    assert describe(rule) == words


@cache
def changes():
    """(zone, day in UTC in which its offset changes) of every zone there is, 2026-2030."""
    found = []
    for name in zone_names():
        zone, day = get_zone(name), at("2026-01-01")
        before = day.astimezone(zone).utcoffset()
        while day.year < 2031:
            day += DAY
            after = day.astimezone(zone).utcoffset()
            if after != before:
                found.append((name, day - DAY))
            before = after
    return tuple(found)


def check_week(zone, day, clock):
    """A slot every day at `clock`, from three days before the change to three days after."""
    tz = get_zone(zone)
    first = datetime.combine((day - 3 * DAY).date(), clock)
    found = occurrences(Rule(tuple(range(7))), first=first, zone=zone, since=day - 5 * DAY, until=day + 4 * DAY)
    # One every day, and no day twice.
    expected = []
    while first.replace(tzinfo=tz).astimezone(UTC) < day + 4 * DAY:
        expected.append(first)
        first += DAY
    assert [one.wall for one in found] == expected
    for one in found:
        both = [one.wall.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1)]
        shown = one.starts_at.astimezone(tz).replace(tzinfo=None)
        if one.moved:
            # No instant shows that time: it lies in the gap, and comes as much later as the clocks skip.
            assert all(instant.astimezone(tz).replace(tzinfo=None) != one.wall for instant in both)
            assert shown - one.wall == both[0] - both[1]
        else:
            assert shown == one.wall
            assert one.starts_at == min(both)


def test_the_local_time_stays_over_every_change_of_offset_of_every_zone():
    assert len(changes()) > 1000
    for zone, day in changes():
        for clock in (time(0, 30), time(2, 30)):
            check_week(zone, day, clock)


@given(st.data())
def test_the_local_time_stays_at_any_minute(data):
    zone, day = data.draw(st.sampled_from(changes()))
    check_week(zone, day, data.draw(st.times().map(lambda clock: clock.replace(second=0, microsecond=0))))


@given(st.data())
def test_a_look_is_the_sum_of_its_parts(data):
    """So a horizon may be rolled in any steps: nothing is made twice, nothing is left out."""
    zone, day = data.draw(st.sampled_from(changes()))
    rule = Rule(
        tuple(sorted(data.draw(st.sets(st.integers(0, 6), min_size=1)))),
        data.draw(st.integers(1, 3)),
        data.draw(st.integers(0, 6)),
        (day + timedelta(days=data.draw(st.integers(0, 60)))).date(),
    )
    more = {
        "first": datetime.combine((day - 2 * WEEK).date(), data.draw(st.times()).replace(microsecond=0)),
        "zone": zone,
        "in_a_row": data.draw(st.integers(1, 4)),
        "apart": timedelta(minutes=data.draw(st.integers(10, 120))),
    }
    hours = sorted(data.draw(st.lists(st.integers(-21 * 24, 70 * 24), min_size=2, max_size=5)))
    edges = [day + timedelta(hours=number) for number in hours]
    whole = occurrences(rule, since=edges[0], until=edges[-1], **more)
    parts = [occurrences(rule, since=a, until=b, **more) for a, b in pairwise(edges)]
    assert whole == [one for part in parts for one in part]
    assert len({one.starts_at for one in whole}) == len({one.wall for one in whole}) == len(whole)


@given(st.data())
def test_it_is_the_weeks_and_days_that_were_asked_for(data):
    """Beside a count of days, by hand."""
    days = data.draw(st.sets(st.integers(0, 6), min_size=1))
    interval, wkst = data.draw(st.integers(1, 26)), data.draw(st.integers(0, 6))
    first = data.draw(st.datetimes(datetime(2020, 1, 1), datetime(2026, 12, 1))).replace(microsecond=0)  # noqa: DTZ001
    rule = Rule(tuple(sorted(days)), interval, wkst)
    since = at("2026-11-01")
    found = walls(rule, first=first, zone="UTC", since=since, until=since + 200 * DAY)
    begin_of_week = first.date() - timedelta(days=(first.weekday() - wkst) % 7)
    expected = []
    for number in range(-1, 201):
        one = datetime.combine(since.date() + timedelta(days=number), first.time())
        weeks = (one.date() - begin_of_week).days // 7
        is_in = one >= first and one.weekday() in days and weeks % interval == 0
        if is_in and since <= one.replace(tzinfo=UTC) < since + 200 * DAY:
            expected.append(one)
    assert found == expected
