from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.when import to_instant, to_wall
from followups.clock import (
    FRIDAY_SATURDAY,
    SATURDAY_SUNDAY,
    NoteState,
    NoteTimes,
    answer_by,
    correction_due,
    deadline,
    decision_for_sending,
    decision_for_triage,
    due_after_end,
    hours_between,
    note_state,
    note_times,
    send_at_for_review,
    weekend_of,
)

NAIROBI = "Africa/Nairobi"
ZONES = ("Africa/Nairobi", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/London", "UTC")


def there(text, zone=NAIROBI):
    """The instant of a wall time, Nairobi's unless said otherwise. Friday is 20 November 2026."""
    return to_instant(datetime.fromisoformat(text), zone)


def times_of(ended, *, now=None, **given_facts):
    facts = {"decision_on": None, "decision_at": None, "zone": NAIROBI, **given_facts}
    return note_times(ended_at=there(ended), now=there(now or ended), **facts)


def test_hours_between():
    assert hours_between(there("2026-11-20T10:00"), there("2026-11-20T12:30")) == 2.5
    assert hours_between(there("2026-11-20T12:30"), there("2026-11-20T10:00")) == -2.5


@pytest.mark.parametrize(
    ("decision", "due"),
    [
        (None, 24),
        (100, 24),
        (26, 24),
        (25, 23),
        (8, 6),
        (6.5, 4.5),
        (6, 2),
        (4, 2),
        (3, 1),
        (2, 0.25),
        (0, 0.25),
        (-5, 0.25),
    ],
)
def test_due_after_end(decision, due):
    assert due_after_end(decision) == due


def test_a_note_without_a_decision():
    times = times_of("2026-11-18T10:00")
    assert times == NoteTimes(
        not_before=there("2026-11-18T10:15"),
        due_at=there("2026-11-19T10:00"),
        usable_until=there("2026-11-25T10:00"),
        acceptable_until=there("2026-11-20T10:00"),
        suggested_send_at=there("2026-11-18T10:15"),
    )


def test_a_recorded_outcome_ends_it():
    times = times_of("2026-11-18T10:00", outcome_at=there("2026-11-19T15:00"))
    assert (times.acceptable_until, times.usable_until) == (there("2026-11-19T15:00"),) * 2
    assert note_state(times, there("2026-11-19T15:00")) == (NoteState.TOO_LATE, None)


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({"decision_on": date(2026, 11, 19)}, "2026-11-19T06:00"),  # 08:00 there, less two hours
        ({"decision_on": date(2026, 11, 18)}, "2026-11-18T10:15"),  # this very day
        ({"decision_on": date(2026, 11, 30)}, "2026-11-19T10:00"),
        ({"decision_at": there("2026-11-18T15:30")}, "2026-11-18T12:00"),
        ({"decision_at": there("2026-11-18T17:00")}, "2026-11-18T15:00"),
        ({"decision_on": date(2026, 11, 17)}, "2026-11-19T10:00"),  # has passed: unknown
        ({"decision_at": there("2026-11-18T09:00")}, "2026-11-19T10:00"),
    ],
)
def test_due_before_the_decision(facts, due):
    assert times_of("2026-11-18T10:00", **facts).due_at == there(due)


@pytest.mark.parametrize(
    ("ended", "now", "facts", "suggested"),
    [
        ("2026-11-18T10:00", None, {}, "2026-11-18T10:15"),
        ("2026-11-18T10:00", "2026-11-18T14:00", {}, "2026-11-18T14:00"),
        ("2026-11-18T20:00", None, {}, "2026-11-19T08:30"),
        ("2026-11-18T05:00", None, {}, "2026-11-18T08:30"),
        ("2026-11-20T20:00", None, {}, "2026-11-21T08:30"),  # Monday is after it is due: so Saturday
        ("2026-11-20T20:00", None, {"decision_on": date(2026, 11, 21)}, "2026-11-20T20:15"),  # due at 06:00
        ("2026-11-18T10:00", "2026-11-19T02:00", {}, "2026-11-19T08:30"),
        ("2026-11-18T10:00", "2026-11-19T11:00", {}, "2026-11-19T11:00"),  # already due: now
        ("2026-11-18T10:00", None, {"interviewer_zone": "America/Los_Angeles"}, "2026-11-18T19:30"),
        ("2026-11-19T20:00", None, {"weekend": FRIDAY_SATURDAY}, "2026-11-20T08:30"),
        ("2026-11-21T20:00", None, {"weekend": FRIDAY_SATURDAY}, "2026-11-22T08:30"),
    ],
)
def test_suggested_send_at(ended, now, facts, suggested):
    assert times_of(ended, now=now, **facts).suggested_send_at == there(suggested)


@pytest.mark.parametrize(
    ("now", "for_sending", "for_triage"),
    [
        ("2026-11-23T07:59", "2026-11-23T08:00", "2026-11-23T17:00"),
        ("2026-11-23T12:00", "2026-11-23T08:00", "2026-11-23T17:00"),
        ("2026-11-23T17:00", None, None),
        ("2026-11-24T09:00", None, None),
    ],
)
def test_a_decision_date_without_an_hour(now, for_sending, for_triage):
    for function, expected in ((decision_for_sending, for_sending), (decision_for_triage, for_triage)):
        assert function(date(2026, 11, 23), None, NAIROBI, now=there(now)) == (expected and there(expected))


def test_a_decision_with_an_hour_is_that_hour_until_it_has_passed():
    at = there("2026-11-23T09:30")
    for function in (decision_for_sending, decision_for_triage):
        assert function(date(2026, 11, 23), at, NAIROBI, now=there("2026-11-23T09:00")) == at
        assert function(date(2026, 11, 23), at, NAIROBI, now=at) is None
        assert function(None, None, NAIROBI, now=at) is None


@pytest.mark.parametrize(
    ("now", "state", "until"),
    [
        ("2026-11-18T09:00", NoteState.EARLY, "2026-11-18T10:15"),
        ("2026-11-18T10:15", NoteState.ON_TIME, "2026-11-19T10:00"),
        ("2026-11-19T10:00", NoteState.ACCEPTABLE, "2026-11-20T10:00"),
        ("2026-11-20T10:00", NoteState.USABLE, "2026-11-25T10:00"),
        ("2026-11-25T10:00", NoteState.TOO_LATE, None),
    ],
)
def test_note_state(now, state, until):
    assert note_state(times_of("2026-11-18T10:00"), there(now)) == (state, until and there(until))


@pytest.mark.parametrize(
    ("send_at", "now", "expected"),
    [
        ("2026-11-19T08:30", "2026-11-18T12:00", "2026-11-19T08:30"),
        ("2026-11-19T10:00", "2026-11-18T12:00", "2026-11-19T09:30"),
        ("2026-11-19T08:30", "2026-11-19T08:00", "2026-11-19T08:30"),
        ("2026-11-19T08:30", "2026-11-19T08:01", None),
        ("2026-11-19T12:00", "2026-11-19T09:15", None),
        ("2026-11-20T09:00", "2026-11-19T12:00", "2026-11-20T09:00"),  # due has passed, acceptable is next
        ("2026-11-26T09:00", "2026-11-25T12:00", None),
    ],
)
def test_answer_by(send_at, now, expected):
    assert answer_by(there(send_at), times_of("2026-11-18T10:00"), there(now)) == (expected and there(expected))


@pytest.mark.parametrize(
    ("ended", "now", "expected"),
    [
        ("2026-11-18T10:00", "2026-11-18T10:20", "2026-11-19T09:30"),
        ("2026-11-18T21:00", "2026-11-18T21:20", "2026-11-19T19:00"),
        ("2026-11-19T20:00", "2026-11-20T19:10", "2026-11-20T19:30"),  # nothing decent is left
        ("2026-11-20T12:00", "2026-11-20T12:20", "2026-11-20T19:00"),  # a working day before a Saturday
        ("2026-11-20T20:00", "2026-11-20T20:20", "2026-11-21T19:00"),
        ("2026-11-18T10:00", "2026-11-26T10:20", "2026-11-26T10:20"),
    ],
)
def test_a_note_for_review_leaves_time_to_read(ended, now, expected):
    assert send_at_for_review(times_of(ended), zone=NAIROBI, now=there(now)) == there(expected)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-18T10:00", "2026-11-18T23:59"),
        ("2026-11-18T22:00", "2026-11-19T00:00"),
        ("2026-11-18T23:30", "2026-11-19T01:30"),
    ],
)
def test_correction_due(now, due):
    assert correction_due(there(now), NAIROBI) == there(due)


@pytest.mark.parametrize(
    ("country", "weekend"),
    [("KE", SATURDAY_SUNDAY), ("AE", SATURDAY_SUNDAY), ("sa", FRIDAY_SATURDAY), ("", SATURDAY_SUNDAY)],
)
def test_weekend_of(country, weekend):
    assert weekend_of(country) == weekend


instants = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.floats(-48, 400, allow_nan=False)


@st.composite
def notes(draw):
    """The arguments of `note_times`, with decisions, outcomes and `now` before and after the interview."""
    end = draw(instants)
    return {
        "ended_at": end,
        "decision_on": draw(st.none() | st.integers(-3, 12).map(lambda days: (end + timedelta(days=days)).date())),
        "decision_at": draw(st.none() | hours.map(lambda h: end + timedelta(hours=h))),
        "zone": draw(st.sampled_from(ZONES)),
        "interviewer_zone": draw(st.none() | st.sampled_from(ZONES)),
        "outcome_at": draw(st.none() | hours.map(lambda h: end + timedelta(hours=h))),
        "weekend": draw(st.sampled_from([SATURDAY_SUNDAY, FRIDAY_SATURDAY])),
        "now": end + timedelta(hours=draw(hours)),
    }


@given(notes())
def test_the_limits_of_a_note(arguments):
    times, end, now = note_times(**arguments), arguments["ended_at"], arguments["now"]
    assert times.not_before == end + timedelta(minutes=15)
    assert times.not_before <= times.due_at <= end + timedelta(hours=24)
    assert times.acceptable_until <= times.usable_until <= end + timedelta(hours=168)
    decision = decision_for_sending(arguments["decision_on"], arguments["decision_at"], arguments["zone"], now=now)
    if decision is not None:
        assert times.due_at == times.not_before or times.due_at <= decision - timedelta(hours=2)
    assert all(
        value.utcoffset() == timedelta() for value in (times.due_at, times.usable_until, times.suggested_send_at)
    )


@given(notes())
def test_the_suggested_time_is_decent_or_at_once(arguments):
    times, now = note_times(**arguments), arguments["now"]
    earliest = max(now, times.not_before)
    assert times.suggested_send_at >= earliest
    if times.suggested_send_at != earliest:
        assert times.suggested_send_at <= times.due_at
        local = to_wall(times.suggested_send_at, arguments["interviewer_zone"] or arguments["zone"])
        assert local.time() == time(8, 30)


@given(notes(), hours)
def test_a_review_never_costs_a_deadline(arguments, send_in):
    times, now = note_times(**arguments), arguments["now"]
    send_at = now + timedelta(hours=send_in)
    by = answer_by(send_at, times, now)
    if by is not None:
        assert now + timedelta(minutes=30) <= by <= send_at
        assert by <= deadline(times, now) - timedelta(minutes=30)


@given(notes())
def test_a_note_for_review_goes_before_its_deadline(arguments):
    times, now = note_times(**arguments), arguments["now"]
    send_at = send_at_for_review(times, zone=arguments["zone"], weekend=arguments["weekend"], now=now)
    limit = deadline(times, now)
    earliest = max(now, times.not_before)
    assert send_at >= earliest
    if limit is not None:
        assert send_at <= max(earliest, limit - timedelta(minutes=30))


@given(notes(), st.floats(0, 200))
def test_states_only_move_forward(arguments, later):
    times, now = note_times(**arguments), arguments["now"]
    order = list(NoteState)
    state, until = note_state(times, now)
    assert order.index(state) <= order.index(note_state(times, now + timedelta(hours=later))[0])
    assert (until is None) == (state is NoteState.TOO_LATE)
    if until is not None:
        assert until > now
        assert note_state(times, until)[0] is not state


@given(instants, st.sampled_from(ZONES))
def test_a_correction_is_due_within_the_day_but_never_at_once(now, zone):
    due = correction_due(now, zone)
    assert timedelta(hours=2) <= due - now <= timedelta(hours=25)
