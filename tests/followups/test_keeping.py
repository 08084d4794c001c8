"""How long addresses of others are kept, from the values alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followups import keeping

END = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)
moments = st.integers(0, 700 * 24).map(lambda hours: END + timedelta(hours=hours))


def interview(**facts):
    known = {"decision_at": None, "ended_with_outcome_at": None, "kept_until": None, "days": 90}
    return keeping.of_interview(ended_at=END, **{**known, **facts})


@pytest.mark.parametrize(
    ("facts", "after"),
    [
        ({}, 180),
        ({"decision_at": END + 10 * DAY}, 190),
        ({"ended_with_outcome_at": END + 3 * DAY}, 93),
        ({"ended_with_outcome_at": END + 3 * DAY, "decision_at": END + 10 * DAY}, 93),
        ({"ended_with_outcome_at": END, "kept_until": END + 200 * DAY}, 200),
        ({"ended_with_outcome_at": END, "kept_until": END + 20 * DAY}, 90),
        ({"days": 10}, 20),
    ],
)
def test_it_counts_from_the_outcome_else_twice_from_the_decision_or_the_end(facts, after):
    assert interview(**facts) == END + after * DAY


@pytest.mark.parametrize(
    ("used", "after"), [([], 90), ([END + 30 * DAY], 90), ([END + 120 * DAY, END + 100 * DAY], 120)]
)
def test_a_referees_address_stays_while_an_interview_keeps_its_own(used, after):
    assert keeping.of_referee(added_at=END, used=used, kept_until=None, days=90) == END + after * DAY


@given(moments, moments)
def test_nothing_goes_sooner_than_the_notice(moment, now):
    announced = keeping.announced_for(moment, now)
    assert announced >= now + keeping.NOTICE
    assert announced >= moment


@given(moments, moments, st.booleans(), st.integers(1, 400))
def test_the_next_look_comes_and_is_not_too_late_for_an_outcome_of_tomorrow(moment, now, may_come_sooner, days):
    look = keeping.next_look(moment, now, may_come_sooner=may_come_sooner, days=days)
    assert look >= now + DAY
    if may_come_sooner and days > 15:
        assert look <= now + DAY + timedelta(days=days) - keeping.NOTICE
