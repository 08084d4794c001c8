"""Days, weeks and months of the calendar, from values alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.spans import day, month, read_span, week

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("span", "name", "previous", "following", "title"),
    [
        (day(date(2026, 12, 31)), "2026-12-31", "2026-12-30", "2027-01-01", "Thursday 31 December 2026"),
        (week(TODAY), "2026-W48", "2026-W47", "2026-W49", "Monday 23 November – Sunday 29 November 2026"),
        (
            week(date(2027, 1, 1)),
            "2026-W53",
            "2026-W52",
            "2027-W01",
            "Monday 28 December 2026 – Sunday 3 January 2027",
        ),
        (month(date(2026, 12, 31)), "2026-12", "2026-11", "2027-01", "December 2026"),
    ],
)
def test_a_span_knows_its_neighbours(span, name, previous, following, title):
    assert (span.name, span.previous, span.next, span.title()) == (name, previous, following, title)


@pytest.mark.parametrize(
    ("kind", "text", "first"),
    [
        ("day", "2026-12-03", date(2026, 12, 3)),
        ("week", "2026-W49", date(2026, 11, 30)),
        ("month", "2026-12", date(2026, 12, 1)),
        ("day", "2026-13-40", TODAY),
        ("day", None, TODAY),
        ("week", "2026-W99", date(2026, 11, 23)),
        ("week", "1066-W01", date(2026, 11, 23)),
        ("month", "9999-12", date(2026, 11, 1)),
        ("month", "<script>", date(2026, 11, 1)),
        ("month", "2026-12-01-01", date(2026, 11, 1)),
    ],
)
def test_a_name_is_read_and_nonsense_is_today(kind, text, first):
    assert read_span(kind, text, today=TODAY).first == first


def test_a_day_on_which_the_clocks_change_has_its_own_length():
    first, end = day(date(2027, 3, 28)).bounds("Europe/Berlin")
    assert (first, end - first) == (datetime(2027, 3, 27, 23, tzinfo=UTC), timedelta(hours=23))


@given(st.dates(date(2020, 2, 1), date(2100, 11, 30)), st.sampled_from(["day", "week", "month"]))
def test_spans_lie_side_by_side_and_their_weeks_are_whole(on, kind):
    span = {"day": day, "week": week, "month": month}[kind](on)
    assert on in span.days
    assert read_span(kind, span.name, today=TODAY) == span
    following = read_span(kind, span.next, today=TODAY)
    assert following.first == span.end
    assert read_span(kind, following.previous, today=TODAY) == span
    shown = [each for days in span.weeks for each in days]
    assert shown == [shown[0] + timedelta(days=number) for number in range(len(shown))]
    assert (shown[0].weekday(), shown[-1].weekday()) == (0, 6)
    assert set(span.days) <= set(shown)
    assert len(shown) - len(span.days) < 14
