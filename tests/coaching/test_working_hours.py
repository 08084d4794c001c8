"""When a coach works, by examples and by what holds for all hours."""

# ruff: noqa: DTZ001 -- wall times are naive on purpose
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.when import to_instant, to_wall, zone_names
from coaching.working_hours import (
    Hours,
    Stretch,
    after_working,
    answer_by,
    digest_moments,
    is_at_work,
    is_away,
    next_working_moment,
    outlook,
    stretches,
    urgent_at,
    working_between,
)

NAIROBI = "Africa/Nairobi"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEKDAYS = tuple(Stretch(day, time(9), time(17)) for day in range(5))
OFFICE = Hours(NAIROBI, WEEKDAYS)
NOT_SAID = Hours(NAIROBI)


def at(day, hour, minute=0):
    """A moment of November 2026 in Nairobi: the 23rd is a Monday, the 27th a Friday."""
    return to_instant(datetime(2026, 11, day, hour, minute), NAIROBI)


MONDAY_AFTER = to_instant(datetime(2026, 11, 30, 9), NAIROBI)


@pytest.mark.parametrize(
    ("after", "moment"),
    [
        (at(24, 11), at(24, 11)),
        (at(24, 7), at(24, 9)),
        (at(24, 17), at(25, 9)),
        (at(27, 17), MONDAY_AFTER),
        (at(29, 3), MONDAY_AFTER),
    ],
)
def test_the_next_working_moment(after, moment):
    assert next_working_moment(OFFICE, after) == moment


def test_days_away_and_absences_are_no_working_time():
    hours = Hours(NAIROBI, WEEKDAYS, frozenset({date(2026, 11, 25)}), ((at(26, 0), at(27, 12)),))
    assert next_working_moment(hours, at(24, 18)) == at(27, 12)
    assert [is_away(hours, moment) for moment in (at(24, 18), at(25, 3), at(26, 20), at(27, 12))] == [
        False,
        True,
        True,
        False,
    ]
    assert working_between(hours, at(23, 0), at(28, 0)) == 8 * HOUR + 8 * HOUR + 5 * HOUR


def test_who_has_not_said_when_they_work_is_there_at_any_hour():
    assert is_at_work(NOT_SAID, at(29, 3))
    assert answer_by(NOT_SAID, at(29, 3), allowance=2 * HOUR, least=HOUR) == at(29, 5)
    assert next_working_moment(Hours(NAIROBI, absences=((at(23, 0), at(25, 0)),)), at(23, 4)) == at(25, 0)


def test_whoever_never_works_moves_nothing():
    never = Hours(NAIROBI, absences=((at(1, 0), at(1, 0) + 5000 * DAY),))
    assert next_working_moment(never, at(2, 0)) is None
    assert answer_by(never, at(2, 0), allowance=DAY, least=HOUR) == at(3, 0)
    assert urgent_at(never, asked_at=at(2, 0), by=at(3, 0), before=HOUR) is None
    assert digest_moments(never, since=at(2, 0), until=at(9, 0)) == []


@pytest.mark.parametrize(
    ("asked", "allowance", "least", "by"),
    [
        (at(24, 10), 24 * HOUR, 2 * HOUR, at(25, 10)),  # a working day lies before it
        (at(27, 18), 24 * HOUR, 2 * HOUR, MONDAY_AFTER + 2 * HOUR),  # Friday evening waits for Monday
        (at(27, 16), 24 * HOUR, 2 * HOUR, MONDAY_AFTER + HOUR),  # one hour of Friday, one of Monday
        (at(27, 18), 72 * HOUR, 4 * HOUR, at(30, 18)),  # all Monday is left
        (at(24, 20), 2 * HOUR, HOUR, at(25, 10)),
    ],
)
def test_until_when_a_coach_has_time(asked, allowance, least, by):
    assert answer_by(OFFICE, asked, allowance=allowance, least=least) == by


def test_what_is_told_before_somebody_asks():
    asleep = outlook(OFFICE, now=at(27, 20), by=at(28, 8))
    assert (asleep.next_at, asleep.is_at_work, asleep.can_answer) == (MONDAY_AFTER, False, False)
    there = outlook(OFFICE, now=at(27, 10), by=at(27, 10, 40))
    assert (there.next_at, there.is_at_work, there.can_answer) == (at(27, 10), True, True)
    hardly = outlook(OFFICE, now=at(27, 8), by=at(27, 9, 29))
    assert (hardly.is_at_work, hardly.can_answer) == (False, False)


def test_a_review_is_urgent_two_working_hours_before():
    urgent = lambda asked, by: urgent_at(OFFICE, asked_at=asked, by=by, before=2 * HOUR)  # noqa: E731
    assert urgent(at(23, 10), at(24, 8, 30)) == at(23, 15)
    assert urgent(at(23, 10), at(24, 12)) == at(24, 10)
    assert urgent(at(23, 16), at(24, 9, 30)) == at(23, 16)  # an hour and a half is all there is: at once
    assert urgent(at(27, 20), at(29, 20)) is None  # nobody is there
    assert urgent_at(NOT_SAID, asked_at=at(29, 0), by=at(29, 9), before=2 * HOUR) == at(29, 7)


@pytest.mark.parametrize(
    ("hours", "moments"),
    [
        (OFFICE, [at(27, 9), at(27, 13), MONDAY_AFTER]),
        (NOT_SAID, [at(27, 9), at(27, 13), MONDAY_AFTER]),
        (Hours(NAIROBI, WEEKDAYS, frozenset({date(2026, 11, 27)})), [MONDAY_AFTER]),
        (Hours(NAIROBI, days_away=frozenset({date(2026, 11, 27)})), [MONDAY_AFTER]),
        (Hours(NAIROBI, absences=((at(27, 12), MONDAY_AFTER),)), [at(27, 9), MONDAY_AFTER]),
        # Four working hours, whatever lies between them.
        (
            Hours(NAIROBI, (Stretch(4, time(7), time(10)), Stretch(4, time(14), time(20)))),
            [at(27, 7), at(27, 15), at(27, 19), at(27, 7) + 7 * DAY],
        ),
    ],
)
def test_digests_follow_the_working_hours(hours, moments):
    assert digest_moments(hours, since=at(26, 17), until=at(28, 12)) == moments


def test_a_stretch_may_end_with_the_day():
    late = Hours(NAIROBI, (Stretch(4, time(20), time()),))
    assert next(iter(stretches(late, at(27, 0)))) == (at(27, 20), at(28, 0))
    assert [one.is_possible for one in (Stretch(4, time(20), time()), Stretch(4, time(9), time(9)))] == [True, False]
    assert Stretch(4, time(20), time()).overlaps(Stretch(4, time(23), time(23, 30)))
    assert not Stretch(4, time(9), time(12)).overlaps(Stretch(4, time(12), time(13)))
    assert not Stretch(4, time(9), time(12)).overlaps(Stretch(3, time(9), time(12)))


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
TIMES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
STRETCHES = st.builds(Stretch, st.integers(0, 6), TIMES, TIMES).filter(lambda one: one.is_possible)


@st.composite
def some_hours(draw):
    begin = draw(MOMENTS)
    spans = draw(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 300)), max_size=2))
    return Hours(
        draw(st.sampled_from(zone_names())),
        tuple(draw(st.lists(STRETCHES, max_size=10))),
        frozenset(begin.date() + timedelta(days=days) for days in draw(st.lists(st.integers(0, 20), max_size=3))),
        tuple((begin + first * HOUR, begin + (first + length) * HOUR) for first, length in spans),
    ), begin


@given(some_hours())
def test_stretches_follow_each_other_and_hold_only_working_time(made):
    hours, begin = made
    last = begin
    for opens, closes in list(stretches(hours, begin))[:40]:
        assert last <= opens < closes
        last = closes
        assert not is_away(hours, opens) and next_working_moment(hours, opens) == opens
        if hours.week:
            wall = to_wall(opens, hours.zone)
            assert wall.weekday() in {one.weekday for one in hours.week}


@given(some_hours(), st.integers(0, 200), st.integers(0, 96), st.integers(0, 12))
def test_hours_never_shorten_the_time_and_later_is_never_sooner(made, later, allowance, least):
    hours, asked = made
    limits = {"allowance": allowance * HOUR, "least": min(least, allowance) * HOUR}
    by = answer_by(hours, asked, **limits)
    assert by >= asked + allowance * HOUR
    assert by == asked + allowance * HOUR or working_between(hours, asked, by) >= limits["least"]
    again = answer_by(hours, asked + later * HOUR, **limits)
    worked = [after_working(hours, moment, limits["least"]) for moment in (asked, asked + later * HOUR)]
    assert again >= by or None in worked


@given(some_hours(), st.integers(1, 200))
def test_a_digest_comes_while_the_coach_works_and_the_last_one_is_ahead(made, length):
    hours, since = made
    until = since + length * HOUR
    moments = digest_moments(hours, since=since, until=until)
    assert moments == sorted(set(moments))
    assert all(since <= moment for moment in moments)
    assert [moment for moment in moments if moment > until] == moments[-1:] or not moments or moments[-1] <= until
    assert all(next_working_moment(hours, moment) == moment for moment in moments)


@given(some_hours(), st.integers(1, 200), st.integers(1, 6))
def test_urgent_is_said_while_there_is_working_time(made, length, before):
    hours, asked = made
    by = asked + length * HOUR
    moment = urgent_at(hours, asked_at=asked, by=by, before=before * HOUR)
    if moment is None:
        assert not working_between(hours, asked, by)
        return
    assert asked <= moment <= by
    assert working_between(hours, moment, by) == min(before * HOUR, working_between(hours, asked, by))
