"""What `./dev bench` makes of its figures."""

import pytest

from bench.table import Goal, Ratios, Row, at_least, at_most, markdown, reasons


def test_a_ratio_is_taken_within_each_round():
    """The second round was disturbed on both sides: it says the same."""
    assert Ratios.of([60, 6, 66], [100, 10, 100]).rounds == (0.6, 0.6, 0.66)


@pytest.mark.parametrize(
    ("rounds", "verdict"),
    [
        ((1.2, 1.1, 1.3), "more"),
        ((0.8, 1.1, 1.3), "no difference shown"),
        ((0.8, 0.9), "less"),
        ((1.0, 1.2), "no difference shown"),
    ],
)
def test_rounds_that_overlap_one_are_no_win(rounds, verdict):
    assert Ratios(rounds).verdict == verdict


def test_a_goal_goes_by_the_median():
    assert at_least(Ratios((0.5, 0.61, 0.9)), 0.6) == Goal("≥ 0.6 of it", "0.61 (0.50-0.90)", True)
    assert not at_least(Ratios((0.5, 0.59, 0.9)), 0.6).reached
    assert at_most(1.5, 1.5, " times").reached
    assert not at_most(1.51, 1.5, " times").reached


def test_the_table_has_a_line_for_each_work_and_a_reason_for_each_goal_missed():
    reached = Row("queue", "the queue", "a list", "9/s", (Goal("≥ 0.6 of it", "0.70 (0.6-0.8)", True),))
    missed = Row("slots", "slots", "SQL", "1/s", (Goal("≤ 5 queries", "7", False), Goal("≥ 0.3 of it", "0.4", True)))
    lines = markdown([reached, missed]).splitlines()[2:]
    assert [line.endswith(f"| {state} |") for line, state in zip(lines, ["reached", "missed"], strict=True)] == [
        True,
        True,
    ]
    assert reasons([reached, missed]) == ["slots: 7, to reach ≤ 5 queries"]
