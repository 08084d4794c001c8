"""The chart stays inside its frame and keeps the order of times, whatever they are."""

from hypothesis import given
from hypothesis import strategies as st

from followups import chart

SECONDS = st.floats(min_value=0, max_value=10**8, allow_nan=False)


@given(st.lists(st.tuples(SECONDS, SECONDS, SECONDS).map(sorted), max_size=12))
def test_every_mark_lies_in_the_frame_and_slower_is_higher(weeks):
    drawn, scale = chart.columns([("1 Jan", *times) for times in weeks])
    for column in drawn:
        assert chart.TOP <= column.worst <= column.p95 <= column.p50 <= chart.HEIGHT - chart.BOTTOM
        assert chart.LEFT <= column.x <= column.right <= chart.WIDTH
        assert column.height >= 2
    assert [y for y, _label in scale] == sorted((y for y, _label in scale), reverse=True)


def test_a_week_without_figures_has_its_place_and_no_bar():
    [column], scale = chart.columns([("1 Jan", None, None, None)])
    assert (column.p50, column.height, [label for _y, label in scale]) == (None, 0.0, ["1 s", "10 s", "1 min"])


def test_the_scale_grows_with_the_slowest():
    assert chart.columns([("1 Jan", 1.0, 2.0, 4000.0)])[1][-1][1] == "1 d"
