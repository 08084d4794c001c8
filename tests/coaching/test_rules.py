"""The rules of the installation, from values alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.rules import Rules, Standing, against_booking, is_late, paused_until

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
RULES = Rules(notice_hours=2, horizon_days=60, cutoff_hours=12, live=2, no_shows=2, no_show_days=60)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


NOBODY = Standing()


def codes(standing=NOBODY, starts_at=NOW + 3 * DAY, rules=RULES):
    return [broken.code for broken in against_booking(rules, standing, starts_at=starts_at, now=NOW)]


@pytest.mark.parametrize(
    ("starts_at", "expected"),
    [
        (NOW + 2 * HOUR, []),
        (NOW + 2 * HOUR - timedelta.resolution, ["notice"]),
        (NOW + 60 * DAY, []),
        (NOW + 60 * DAY + timedelta.resolution, ["horizon"]),
    ],
)
def test_notice_and_horizon_end_on_the_moment(starts_at, expected):
    assert codes(starts_at=starts_at) == expected


@pytest.mark.parametrize(("ahead", "expected"), [(0, []), (1, []), (2, ["live"]), (5, ["live"])])
def test_so_many_sessions_at_once(ahead, expected):
    assert codes(Standing(ahead=ahead)) == expected


def test_two_missed_sessions_pause_until_the_elder_is_two_months_old():
    elder, younger = NOW - 40 * DAY, NOW - 3 * DAY
    broken = against_booking(RULES, Standing(missed=(younger, elder)), starts_at=NOW + DAY, now=NOW)
    assert [(one.code, one.until) for one in broken] == [("no_shows", elder + 60 * DAY)]
    assert paused_until(RULES, [younger, elder], elder + 60 * DAY) is None


@pytest.mark.parametrize("missed", [(), (NOW - DAY,), (NOW - DAY, NOW - 60 * DAY)])
def test_one_missed_session_or_an_old_one_pauses_nobody(missed):
    assert codes(Standing(missed=missed)) == []


def test_a_rule_of_nought_is_switched_off():
    off = replace(RULES, live=0, no_shows=0)
    assert codes(Standing(ahead=9, missed=(NOW - DAY,) * 9), rules=off) == []


def test_every_rule_that_says_no_is_named():
    assert codes(Standing(ahead=2, missed=(NOW - DAY,) * 2), NOW + HOUR) == ["notice", "live", "no_shows"]


def test_the_cut_off_is_the_last_moment_to_cancel():
    assert not is_late(RULES, starts_at=NOW + 12 * HOUR, now=NOW)
    assert is_late(RULES, starts_at=NOW + 12 * HOUR - timedelta.resolution, now=NOW)


@given(st.lists(st.integers(0, 120 * 24), max_size=8), st.integers(0, 4), st.integers(1, 90))
def test_a_pause_ends_exactly_when_too_few_missed_ones_count(hours, no_shows, days):
    rules = replace(RULES, no_shows=no_shows, no_show_days=days)
    missed = [NOW - number * HOUR for number in hours]
    until = paused_until(rules, missed, NOW)

    def counting(at):
        return sum(at < start + days * DAY for start in missed)

    assert (until is not None) == (bool(no_shows) and counting(NOW) >= no_shows)
    if until:
        assert counting(until - timedelta.resolution) >= no_shows > counting(until)
