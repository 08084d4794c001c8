"""The geometry of the chart of reviews."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.bars import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, bars, top_of


@pytest.mark.parametrize(("most", "top"), [(0, 4), (4, 4), (5, 10), (11, 20), (21, 40), (41, 100), (101, 200)])
def test_the_scale_ends_at_a_round_number(most, top):
    assert top_of(most) == top


def test_without_weeks_the_scale_stands_alone():
    assert bars([]) == ([], [(188.0, "0"), (100.0, "2"), (12.0, "4")])


@given(st.lists(st.tuples(st.text(max_size=5), st.integers(0, 5000), st.integers(0, 5000)), max_size=12))
def test_every_bar_lies_within_the_chart_and_its_parts_on_each_other(weeks):
    drawn, lines = bars(weeks)
    assert [bar.label for bar in drawn] == [label for label, _low, _high in weeks]
    for bar, (_label, low, _high) in zip(drawn, weeks, strict=True):
        assert bar.x >= LEFT and bar.x + bar.width <= WIDTH - RIGHT
        assert TOP - 0.2 <= bar.high_y <= bar.low_y <= HEIGHT - BOTTOM
        assert abs(bar.low_y + bar.low_height - (HEIGHT - BOTTOM)) <= 0.2
        assert abs(bar.high_y + bar.high_height - bar.low_y) <= 0.2
        assert (bar.low_height > 0) == (low > 0) or low < 30
    assert [y for y, _label in lines] == sorted((y for y, _label in lines), reverse=True)
