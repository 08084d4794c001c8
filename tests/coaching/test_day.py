"""Now, today, later."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.day import Item, end_of_day, grouped

NOON = datetime(2026, 11, 21, 9, tzinfo=UTC)  # in Nairobi
HOUR = timedelta(hours=1)


def item(title, hours=None, label="Go", **more):
    return Item(title, "", "/", label, None if hours is None else NOON + hours * HOUR, **more)


def titles(*items, now=NOON):
    day = grouped(items, now=now, zone="Africa/Nairobi")
    return [[each.title for each in group] for group in (day.now, day.today, day.later)]


def test_the_nearest_deadline_is_for_now_and_the_rest_of_the_day_is_today():
    assert titles(item("tomorrow", 30), item("tonight", 9), item("soon", 1), item("at one in the night", 13)) == [
        ["soon"],
        ["tonight", "at one in the night"],
        ["tomorrow"],
    ]


def test_what_is_late_comes_first():
    assert titles(item("soon", 1), item("late", -3)) == [["late"], ["soon"], []]


def test_without_a_deadline_it_comes_last_and_still_first_where_it_is_alone():
    assert titles(item("any time"), item("tomorrow", 30)) == [["tomorrow"], [], ["any time"]]
    assert titles(item("any time")) == [["any time"], [], []]


def test_what_goes_by_itself_and_what_is_offered_need_nobody():
    offer, own = item("thanks", is_offer=True), item("a note", 2, label="", tone="kept")
    assert titles(offer, own) == [[], [], ["a note", "thanks"]]
    day = grouped([offer, own], now=NOON, zone="Africa/Nairobi")
    assert (day.is_calm, day.goes_by_itself, day.is_empty) == (True, True, False)


def test_nothing_is_empty():
    assert grouped([], now=NOON, zone="UTC").is_empty


@pytest.mark.parametrize(
    ("hour", "ends"), [(3, datetime(2026, 11, 21, 1, tzinfo=UTC)), (4, datetime(2026, 11, 22, 1, tzinfo=UTC))]
)
def test_the_day_ends_at_four_by_her_clock(hour, ends):
    now = datetime(2026, 11, 20 if hour < 3 else 21, hour - 3, 30, tzinfo=UTC)
    assert end_of_day(now, "Africa/Nairobi") == ends


ITEMS = st.lists(
    st.builds(
        item,
        st.text(max_size=3),
        st.none() | st.integers(-50, 50),
        st.sampled_from(["", "Go"]),
        is_offer=st.booleans(),
        tone=st.sampled_from(["", "kept", "late"]),
    ),
    max_size=20,
)


@given(ITEMS, st.sampled_from(["Africa/Nairobi", "Pacific/Kiritimati", "America/St_Johns", "Europe/London"]))
def test_each_stands_in_one_group_and_now_only_what_needs_her(items, zone):
    day = grouped(items, now=NOON, zone=zone)
    assert sorted(map(id, (*day.now, *day.today, *day.later))) == sorted(map(id, items))
    assert len(day.now) == any(each.needs_her for each in items)
    assert all(each.needs_her for each in (*day.now, *day.today))
    assert all(each.at < end_of_day(NOON, zone) for each in day.today)
    assert NOON < end_of_day(NOON, zone) <= NOON + 25 * HOUR
