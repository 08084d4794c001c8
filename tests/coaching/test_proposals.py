"""What is proposed to whoever's coach is away: in the documented order, and never two people in one place."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from accounts.when import QuietHours, is_quiet
from coaching.proposals import ORDER, SAME_TIME, Place, Session, Why, options, propose

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
BACK = MONDAY + timedelta(days=14)
LENGTH = timedelta(minutes=45)
TOM, RUTH, HELEN = "Tom", "Ruth", "Helen"


def at(day, hour, minute=0):
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def place(coach, *when, key=None):
    start = at(*when)
    return Place(key or f"{coach} {start:%d %H:%M}", coach, start, start + LENGTH)


def session(*when, who="Achieng", **fields):
    start = at(*when)
    return Session(f"{who} {start:%d %H:%M}", who, TOM, start, start + LENGTH, **fields)


def proposed(sessions, *places, earliest=MONDAY):
    found = propose(sessions, places, earliest=earliest, back_at=BACK)
    return [(found[one.key].place.key, found[one.key].why) if found[one.key] else None for one in sessions]


def test_the_same_time_with_another_coach_comes_first():
    hers = session(2, 9, interview_at=at(5, 9))
    places = place(RUTH, 2, 9), place(RUTH, 1, 9), place(TOM, 14, 9)
    assert proposed([hers], *places) == [("Ruth 02 09:00", "same_time")]


def test_half_an_hour_is_the_same_time_and_a_minute_more_is_not():
    assert proposed([session(2, 9)], place(RUTH, 2, 9, 30)) == [("Ruth 02 09:30", "same_time")]
    assert proposed([session(2, 9)], place(RUTH, 2, 9, 31)) == [None]


def test_a_coach_of_hers_comes_before_a_stranger_however_near():
    hers = session(2, 9, her_coaches=frozenset({TOM, HELEN}))
    assert proposed([hers], place(RUTH, 2, 9), place(HELEN, 2, 9, 30)) == [("Helen 02 09:30", "same_time")]


def test_then_before_her_next_interview_with_anybody_nearest_to_the_time_she_had():
    hers = session(4, 9, interview_at=at(6, 9))
    places = place(RUTH, 1, 9), place(HELEN, 5, 9), place(TOM, 14, 9)
    assert proposed([hers], *places) == [("Helen 05 09:00", "before_interview")]


def test_a_session_that_would_end_after_the_interview_begins_is_not_before_it():
    hers = session(4, 9, interview_at=at(6, 9))
    assert proposed([hers], place(RUTH, 6, 8, 15)) == [("Ruth 06 08:15", "before_interview")]
    assert proposed([hers], place(RUTH, 6, 8, 16)) == [None]


def test_then_the_first_week_back_with_the_coach_she_had():
    hers = session(2, 9)
    places = place(RUTH, 14, 9), place(TOM, 16, 9), place(TOM, 15, 9), place(TOM, 21, 9)
    assert proposed([hers], *places) == [("Tom 15 09:00", "first_week")]


def test_a_week_later_is_hers_to_choose_and_never_proposed():
    hers = session(2, 9)
    later = place(TOM, 21, 0), place(RUTH, 3, 9)
    assert proposed([hers], *later) == [None]
    assert [one.why for one in options(hers, later, earliest=MONDAY, back_at=BACK)] == [Why.OTHER, Why.OTHER]


def test_nothing_free_is_nothing_proposed():
    assert proposed([session(2, 9)]) == [None]


def test_the_coach_who_is_away_is_not_proposed_before_they_are_back():
    hers = session(2, 9, interview_at=at(5, 9))
    assert proposed([hers], place(TOM, 3, 9)) == [None]


def test_whoever_has_the_next_interview_soonest_chooses_first():
    late, soon = session(2, 9, who="Achieng"), session(2, 9, who="Brian", interview_at=at(3, 9))
    sooner = session(2, 9, who="Carol", interview_at=at(2, 18))
    only = place(RUTH, 2, 9)
    assert proposed([late, soon, sooner], only) == [None, None, (only.key, "same_time")]
    assert proposed([late, soon], only) == [None, (only.key, "same_time")]


def test_two_sessions_of_hers_are_not_proposed_at_once():
    first, second = session(2, 9), session(2, 9, 30)
    places = place(RUTH, 2, 9), place(HELEN, 2, 9)
    assert proposed([first, second], *places) == [("Helen 02 09:00", "same_time"), None]


def test_not_in_another_session_of_hers():
    hers = session(2, 9, busy=((at(2, 9, 40), at(2, 10, 25)),))
    assert proposed([hers], place(RUTH, 2, 9), place(HELEN, 2, 8, 40)) == [("Helen 02 08:40", "same_time")]


def test_not_before_she_can_have_read_it():
    assert proposed([session(2, 9)], place(RUTH, 2, 9), earliest=at(2, 9, 1)) == [None]


def test_not_at_night_unless_hers_was():
    night = QuietHours(time(22), time(7))
    by_day = session(2, 7, quiet=night, interview_at=at(4, 9))
    by_night = session(2, 6, 45, quiet=night, interview_at=at(4, 9))
    assert proposed([by_day], place(RUTH, 2, 6, 45)) == [None]
    assert proposed([by_night], place(RUTH, 2, 6, 45)) == [("Ruth 02 06:45", "same_time")]


QUARTERS = st.integers(0, 4 * 24 * 24)
INSTANTS = QUARTERS.map(lambda quarters: MONDAY + timedelta(minutes=15 * quarters))
LENGTHS = st.sampled_from([timedelta(minutes=minutes) for minutes in (15, 45, 90)])
COACHES = st.sampled_from([TOM, RUTH, HELEN])


@st.composite
def free_places(draw):
    spans = draw(st.lists(st.tuples(COACHES, INSTANTS, LENGTHS), max_size=25))
    return [Place(number, coach, start, start + length) for number, (coach, start, length) in enumerate(spans)]


@st.composite
def lost_sessions(draw):
    people = st.sampled_from(["Achieng", "Brian", "Carol"])
    busy = st.lists(st.tuples(INSTANTS, LENGTHS).map(lambda span: (span[0], span[0] + span[1])), max_size=3)
    quiet = st.sampled_from([QuietHours(time(0), time(0)), QuietHours(time(22), time(7))])
    rows = draw(st.lists(st.tuples(people, INSTANTS, LENGTHS, busy, st.none() | INSTANTS, quiet), max_size=8))
    return [
        Session(number, who, TOM, start, start + length, interview, tuple(busy), quiet=quiet)
        for number, (who, start, length, busy, interview, quiet) in enumerate(rows)
    ]


def overlap(first, second):
    return first[0] < second[1] and second[0] < first[1]


@given(lost_sessions(), free_places(), INSTANTS)
def test_whatever_there_is_nobody_is_sent_where_they_cannot_be(sessions, places, earliest):
    found = propose(sessions, places, earliest=earliest, back_at=BACK)
    by_key = {one.key: one for one in sessions}
    given_places = [option.place for option in found.values() if option]

    assert found.keys() == by_key.keys()
    assert len(set(given_places)) == len(given_places)
    spans = {}
    for key, option in found.items():
        if option is None:
            continue
        hers, where = by_key[key], option.place
        span = (where.starts_at, where.ends_at)
        assert where in places
        assert where.starts_at >= earliest
        assert not any(overlap(span, other) for other in hers.busy)
        assert not any(overlap(span, other) for other in spans.get(hers.candidate, ()))
        assert where.coach != TOM or where.starts_at >= BACK
        if not is_quiet(hers.starts_at, hers.zone, hers.quiet):
            assert not is_quiet(where.starts_at, hers.zone, hers.quiet)
        spans.setdefault(hers.candidate, []).append(span)
        assert {
            Why.SAME_TIME: where.coach != TOM and abs(where.starts_at - hers.starts_at) <= SAME_TIME,
            Why.BEFORE_INTERVIEW: hers.interview_at is not None and where.ends_at <= hers.interview_at,
            Why.FIRST_WEEK: where.coach == TOM and BACK <= where.starts_at < BACK + timedelta(days=7),
            Why.OTHER: False,
        }[option.why]


@given(lost_sessions(), free_places(), st.randoms())
def test_the_order_of_the_rows_changes_nothing(sessions, places, random):
    mixed_sessions, mixed_places = list(sessions), list(places)
    random.shuffle(mixed_sessions)
    random.shuffle(mixed_places)

    assert propose(sessions, places, earliest=MONDAY, back_at=BACK) == propose(
        mixed_sessions, mixed_places, earliest=MONDAY, back_at=BACK
    )


@given(lost_sessions(), free_places())
def test_whoever_gets_nothing_had_nothing_left(sessions, places):
    found = propose(sessions, places, earliest=MONDAY, back_at=BACK)
    left = [one for one in places if all(option is None or option.place != one for option in found.values())]
    for one in sessions:
        if found[one.key] is not None:
            continue
        mine = [found[other.key].place for other in sessions if other.candidate == one.candidate and found[other.key]]
        for option in options(one, left, earliest=MONDAY, back_at=BACK):
            span = (option.place.starts_at, option.place.ends_at)
            assert option.why == Why.OTHER or any(overlap(span, (m.starts_at, m.ends_at)) for m in mine)


@given(lost_sessions(), free_places())
def test_choices_stand_in_the_documented_order(sessions, places):
    for one in sessions:
        ranks = [ORDER.index(option.why) for option in options(one, places, earliest=MONDAY, back_at=BACK)]
        assert ranks == sorted(ranks)
