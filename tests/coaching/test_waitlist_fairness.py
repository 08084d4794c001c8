"""Ten thousand events of a town that waits for mock sessions: who was asked, in which order, and that nobody was forgotten."""

from datetime import timedelta

import pytest

from coaching import waitlist
from coaching.waitlist import Waiting
from tests.coaching.waitlist_world import Town

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("seed", "joins", "asked", "taken", "longest"),
    [
        pytest.param(1, 0.45, 7376, 4052, 4, id="120 slots to 100 people"),
        pytest.param(2, 0.5, 7980, 4490, 6, id="100 slots to 100 people"),
    ],
)
def test_ten_thousand_events(seed, joins, asked, taken, longest):
    """The figures are those of docs/decisions.md."""
    town = Town(seed=seed, joins=joins).run(10_000)

    assert town.wrong == {}
    assert (town.seen["asked"], town.seen["taken"], max(town.waits) // DAY) == (asked, taken, longest)
    assert town.seen["taken"] + town.seen["over"] + len(town.people) == town.seen["joined"]
    answers = town.seen["taken"] + town.seen["declined"] + town.seen["unanswered"] + len(town.open)
    assert answers == town.seen["asked"]


def test_it_comes_out_the_same_each_time():
    assert Town(seed=3).run(500).seen == Town(seed=3).run(500).seen


@pytest.fixture
def first_come(monkeypatch):
    monkeypatch.setattr(Waiting, "rank", property(lambda waiting: (waiting.since, waiting.key)))


@pytest.fixture
def urgent_only(monkeypatch):
    """Without the four weeks, whoever has no interview comes last, for ever."""
    monkeypatch.setattr(
        Waiting, "rank", property(lambda waiting: (waiting.interview_on is None, waiting.counts_from, waiting.since))
    )


@pytest.fixture
def forgetful(monkeypatch):
    """Nobody remembers for whom a slot is kept."""
    monkeypatch.setattr(waitlist, "suits", lambda slot, waiting, **_: waiting.opens_at <= slot.starts_at)


@pytest.mark.parametrize(
    ("broken", "events", "wrong"),
    [
        ("first_come", 300, "passed over by a later interview"),
        ("urgent_only", 1_200, "five weeks in the line and never asked"),
        ("forgetful", 30, "two slots kept for one"),
    ],
)
def test_control_the_books_find_what_is_wrong(request, broken, events, wrong):
    request.getfixturevalue(broken)
    assert Town(seed=1, joins=0.6, pace=3).run(events).wrong[wrong] > 0
