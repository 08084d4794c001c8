"""Another place for each session whose coach is away.

Pure: values in, values out; every instant is aware. People and places are named by keys of the caller's choice.

The order of what is proposed to a person, the first that there is:

1. the same time with another coach: beginning at most half an hour sooner or later; a coach of hers before others;
2. before her next interview, with anybody, the nearest to the time she had;
3. the first week back, with the coach she had, the earliest;
4. nothing: she is told, and chooses herself.

Whoever has the next interview soonest chooses first, then whoever's session was soonest. Never proposed: a place twice, one
that overlaps another session of hers or another proposal to her, one that begins in her quiet hours (unless hers did),
one before `earliest`, and one with the coach who is away before they are back.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from accounts.when import NO_QUIET_HOURS, QuietHours, is_quiet

SAME_TIME = timedelta(minutes=30)
FIRST_WEEK = timedelta(days=7)


class Why(StrEnum):
    """What makes a place a good one, the best first. OTHER is never proposed, only offered to choose."""

    SAME_TIME = "same_time"
    BEFORE_INTERVIEW = "before_interview"
    FIRST_WEEK = "first_week"
    OTHER = "other"


ORDER = list(Why)


@dataclass(frozen=True, slots=True)
class Place:
    """A free slot."""

    key: Hashable
    coach: Hashable
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A session that cannot be held. `busy`: her other sessions; `interview_at`: when her next interview begins."""

    key: Hashable
    candidate: Hashable
    coach: Hashable
    starts_at: datetime
    ends_at: datetime
    interview_at: datetime | None = None
    busy: tuple[tuple[datetime, datetime], ...] = ()
    her_coaches: frozenset[Hashable] = field(default_factory=frozenset)
    zone: str = "UTC"
    quiet: QuietHours = NO_QUIET_HOURS


@dataclass(frozen=True, slots=True)
class Option:
    place: Place
    why: Why


def propose(
    sessions: Iterable[Session], places: Iterable[Place], *, earliest: datetime, back_at: datetime
) -> dict[Hashable, Option | None]:
    """The place proposed for each session, by the session's key; None where there is none. `back_at`: the end of the absence."""
    left = list(places)
    found: dict[Hashable, Option | None] = {}
    given: dict[Hashable, list[Place]] = {}
    for session in sorted(sessions, key=_urgency):
        best = next(
            (
                option
                for option in options(session, left, earliest=earliest, back_at=back_at)
                if option.why != Why.OTHER and not _collides(option.place, given.get(session.candidate, ()))
            ),
            None,
        )
        found[session.key] = best
        if best is not None:
            left.remove(best.place)
            given.setdefault(session.candidate, []).append(best.place)
    return found


def options(session: Session, places: Iterable[Place], *, earliest: datetime, back_at: datetime) -> list[Option]:
    """Every place this person could have instead, the best first."""
    fitting = [
        Option(place, _why(session, place, back_at)) for place in places if _fits(session, place, earliest, back_at)
    ]
    return sorted(fitting, key=lambda option: _rank(session, option))


def _urgency(session: Session) -> tuple[bool, datetime, datetime, str]:
    at = session.interview_at
    return (at is None, at or session.starts_at, session.starts_at, str(session.key))


def _fits(session: Session, place: Place, earliest: datetime, back_at: datetime) -> bool:
    if place.starts_at < earliest or (place.coach == session.coach and place.starts_at < back_at):
        return False
    if any(place.starts_at < end and start < place.ends_at for start, end in session.busy):
        return False
    was_quiet = is_quiet(session.starts_at, session.zone, session.quiet)
    return was_quiet or not is_quiet(place.starts_at, session.zone, session.quiet)


def _why(session: Session, place: Place, back_at: datetime) -> Why:
    if place.coach != session.coach and abs(place.starts_at - session.starts_at) <= SAME_TIME:
        return Why.SAME_TIME
    if session.interview_at is not None and place.ends_at <= session.interview_at:
        return Why.BEFORE_INTERVIEW
    if place.coach == session.coach and back_at <= place.starts_at < back_at + FIRST_WEEK:
        return Why.FIRST_WEEK
    return Why.OTHER


def _rank(session: Session, option: Option) -> tuple[int, bool, timedelta, datetime, str]:
    place, is_strange = option.place, option.place.coach not in session.her_coaches
    distance = abs(place.starts_at - session.starts_at)
    if option.why == Why.FIRST_WEEK:
        distance, is_strange = timedelta(), False
    elif option.why != Why.SAME_TIME:
        is_strange = False
    return (ORDER.index(option.why), is_strange, distance, place.starts_at, str(place.key))


def _collides(place: Place, others: Iterable[Place]) -> bool:
    return any(place.starts_at < other.ends_at and other.starts_at < place.ends_at for other in others)
