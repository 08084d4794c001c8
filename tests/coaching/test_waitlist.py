"""The rules of the waiting list: who is asked first, about what, and when. Values in, values out."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.when import NO_QUIET_HOURS, QuietHours, is_quiet
from coaching.waitlist import KEPT, SOON, Free, Waiting, asks_at, before, offers, suits

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)  # noon in Nairobi
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTICE = 2 * HOUR
NIGHT = QuietHours(time(22), time(7))


def waiting(key=1, *, interview_in=None, since=10, **fields):
    """Somebody who has waited for that many hours, with an interview in so many days."""
    defaults = {
        "key": key,
        "since": NOW - since * HOUR,
        "interview_on": None if interview_in is None else NOW.date() + timedelta(days=interview_in),
        "opens_at": NOW - DAY,
        "closes_at": NOW + 20 * DAY,
        "zone": "Africa/Nairobi",
        "quiet": NIGHT,
    }
    return Waiting(**defaults | fields)


def free(key=1, *, begins=3 * DAY, coach=1, free_since=NOW - HOUR):
    return Free(key, coach, NOW + begins, NOW + begins + 45 * timedelta(minutes=1), free_since)


def asked(slots, people, now=NOW):
    return [(offer.waiting.key, offer.slot.key) for offer in offers(slots, people, now=now, notice=NOTICE)]


def test_the_next_interview_comes_first_then_the_longest_wait():
    people = [
        waiting(1, interview_in=9),
        waiting(2, interview_in=4, since=3),
        waiting(3, interview_in=4, since=5),
        waiting(4, since=500),
    ]
    slots = [free(key, begins=(3 + key) * DAY) for key in (1, 2, 3, 4)]
    assert asked(slots, people) == [(3, 1), (2, 2), (4, 3), (1, 4)]


def test_without_an_interview_it_counts_as_one_four_weeks_after_joining():
    assert waiting(since=26 * 24).counts_from == date(2026, 12, 3)
    patient, urgent, later = waiting(1, since=26 * 24), waiting(2, interview_in=1), waiting(3, interview_in=3)
    assert sorted([later, patient, urgent], key=lambda one: one.rank) == [urgent, patient, later]


def test_the_day_after_joining_is_that_of_her_own_clock():
    late = datetime(2026, 12, 1, 22, tzinfo=UTC)  # one in the morning in Nairobi
    assert (waiting(since=0).counts_from, replace(waiting(), since=late).counts_from) == (
        date(2026, 12, 29),
        date(2026, 12, 30),
    )


def test_one_slot_to_each_and_each_slot_to_one():
    assert asked([free(1), free(2)], [waiting(1)]) == [(1, 1)]
    assert asked([free(1)], [waiting(1), waiting(2, since=3)]) == [(1, 1)]


@pytest.mark.parametrize(
    ("slot", "person"),
    [
        (free(), waiting(can_be_asked=False)),
        (free(coach=2), waiting(coaches=frozenset({1}))),
        (free(), waiting(coaches=frozenset())),
        (free(), waiting(opens_at=NOW + 3 * DAY + HOUR)),
        (free(), waiting(closes_at=NOW + 3 * DAY)),
        (free(free_since=NOW - 10 * HOUR), waiting(since=10)),
        (free(), waiting(asked=frozenset({(1, NOW + 3 * DAY)}))),
        (free(), waiting(busy=((NOW + 3 * DAY - HOUR, NOW + 3 * DAY + timedelta(minutes=1)),))),
        (free(begins=NOTICE + KEPT - timedelta(seconds=1)), waiting()),
    ],
    ids=["kept or full", "another coach", "no coach", "too early", "too late", "known before", "asked", "busy", "near"],
)
def test_what_does_not_suit_her_is_not_offered(slot, person):
    assert asked([slot], [person]) == []


@pytest.mark.parametrize(
    ("slot", "person"),
    [
        (free(coach=2), waiting(coaches=frozenset({1, 2}))),
        (free(), waiting(opens_at=NOW + 3 * DAY)),
        (free(), waiting(asked=frozenset({(1, NOW + 4 * DAY)}))),
        (free(), waiting(busy=((NOW + 3 * DAY - HOUR, NOW + 3 * DAY),))),
        (free(begins=NOTICE + KEPT), waiting()),
    ],
    ids=["one of her coaches", "on the hour", "moved since", "back to back", "just in time"],
)
def test_and_what_does_is(slot, person):
    assert asked([slot], [person]) == [(1, 1)]


@pytest.mark.parametrize(
    ("hour", "begins", "asks"),
    [
        (9, 3 * DAY, 9),  # noon for her: at once
        (20, 3 * DAY, 28),  # eleven at night: at seven
        (20, 11 * HOUR, 20),  # the slot is near: at once, night or not
        (20, 14 * HOUR, 22),  # as soon as it is near
    ],
)
def test_a_night_keeps_the_slot_until_her_morning_unless_it_is_near(hour, begins, asks):
    midnight = datetime(2026, 12, 1, tzinfo=UTC)
    now = midnight + hour * HOUR
    slot = Free(1, 1, now + begins, now + begins + HOUR, now - HOUR)
    [offer] = offers([slot], [replace(waiting(), since=NOW - DAY)], now=now, notice=NOTICE)
    assert (offer.asks_at, offer.kept_until) == (midnight + asks * HOUR, midnight + asks * HOUR + KEPT)


def test_no_night_keeps_a_slot_for_longer_than_twelve_hours():
    always = replace(waiting(), quiet=QuietHours(time(12, 1), time(12)))
    at = asks_at(free(begins=9 * DAY), always, now=NOW + timedelta(minutes=2))
    assert at == NOW + timedelta(minutes=2) + SOON


def test_her_place_counts_those_she_could_meet():
    me = waiting(1, interview_in=9, coaches=frozenset({1}))
    others = [
        waiting(2, interview_in=3),
        waiting(3, interview_in=3, coaches=frozenset({1, 2})),
        waiting(4, interview_in=3, coaches=frozenset({2})),
        waiting(5, interview_in=3, closes_at=NOW - DAY + HOUR, opens_at=NOW - 2 * DAY),
        waiting(6, interview_in=3, closes_at=NOW - DAY, opens_at=NOW - 2 * DAY),
        waiting(7, interview_in=20),
    ]
    assert before(me, [me, *others]) == 3


PEOPLE = st.lists(
    st.builds(
        waiting,
        key=st.integers(1, 12),
        interview_in=st.none() | st.integers(0, 30),
        since=st.integers(0, 900),
        opens_at=st.integers(-2, 3).map(lambda days: NOW + days * DAY),
        closes_at=st.integers(4, 9).map(lambda days: NOW + days * DAY),
        coaches=st.none() | st.frozensets(st.integers(1, 3), max_size=2),
        quiet=st.sampled_from([NIGHT, NO_QUIET_HOURS, QuietHours(time(11), time(15))]),
        zone=st.sampled_from(["Africa/Nairobi", "Asia/Tokyo", "America/New_York"]),
        can_be_asked=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda person: person.key,
)
SLOTS = st.lists(
    st.builds(
        free,
        key=st.integers(1, 9),
        begins=st.integers(1, 24 * 8).map(lambda hours: hours * HOUR),
        coach=st.integers(1, 3),
        free_since=st.integers(0, 400).map(lambda hours: NOW - hours * HOUR),
    ),
    max_size=6,
    unique_by=lambda slot: slot.key,
)


@given(SLOTS, PEOPLE)
def test_nobody_is_passed_over(slots, people):
    """Whoever is asked about a slot is the first whom it suits, among those not asked about a sooner one."""
    found = offers(slots, people, now=NOW, notice=NOTICE)
    assert len({offer.waiting.key for offer in found}) == len({offer.slot.key for offer in found}) == len(found)
    left = {person.key: person for person in people}
    asked_about = {offer.slot.key: offer for offer in found}
    for slot in sorted(slots, key=lambda slot: (slot.starts_at, slot.key)):
        could = [person for person in left.values() if suits(slot, person, now=NOW, notice=NOTICE)]
        best = min(could, key=lambda person: person.rank, default=None)
        assert (slot.key in asked_about) == (best is not None)
        if best:
            assert asked_about[slot.key].waiting == left.pop(best.key)


@given(SLOTS, PEOPLE)
def test_a_question_reaches_her_awake_or_because_it_is_near_and_in_time(slots, people):
    for offer in offers(slots, people, now=NOW, notice=NOTICE):
        person, at = offer.waiting, offer.asks_at
        is_near = at >= offer.slot.starts_at - SOON
        assert NOW <= at <= NOW + SOON
        assert not is_quiet(at, person.zone, person.quiet) or is_near or at == NOW + SOON
        assert offer.kept_until == at + KEPT <= offer.slot.starts_at - NOTICE


@given(PEOPLE)
def test_places_are_an_order(people):
    """Among people who all could meet, the places are 0, 1, 2 …"""
    together = [replace(person, coaches=None, opens_at=NOW, closes_at=NOW + DAY) for person in people]
    assert sorted(before(person, together) for person in together) == list(range(len(together)))
