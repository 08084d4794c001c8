"""When a coach works, and what that does to the time by which an answer helps.

Pure: standard library and accounts/when.py only, `now` never read. Instants are aware, hours are wall times in the
coach's zone. Who has not said when they work is there at any hour: nobody is presumed away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from accounts.when import to_instant, to_wall

# Beyond this many days nobody is waited for.
LOOKS_AHEAD = 400
# Below this a coach hardly gets to read: as in followups/clock.py.
ENOUGH_TO_READ = timedelta(minutes=30)
DIGEST_EVERY = timedelta(hours=4)
# For whoever has not said when they work: the beginning of a usual working day, and its middle.
USUAL_DIGEST = (time(9), time(13))
USUAL_WEEKEND = frozenset({5, 6})

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a weekday (Monday 0) by the coach's clock. `closes` at 00:00 is the end of that day."""

    weekday: int
    opens: time
    closes: time

    @property
    def is_possible(self) -> bool:
        """Whether it ends after it begins."""
        return self.opens < self.end

    @property
    def end(self) -> time:
        """When it ends, for comparing within the day."""
        return time.max if self.closes == time() else self.closes

    def overlaps(self, other: "Stretch") -> bool:
        """Whether the two share a moment of the same weekday."""
        return self.weekday == other.weekday and self.opens < other.end and other.opens < self.end


@dataclass(frozen=True, slots=True)
class Hours:
    """A coach's week in `zone`, single `days_away`, and `absences` as pairs of instants. An empty `week`: not said."""

    zone: str
    week: tuple[Stretch, ...] = ()
    days_away: frozenset[date] = frozenset()
    absences: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be said before somebody asks: `next_at` is when the coach works next (now, if at work; None: not foreseen),
    `by` until when an answer would help, and `can_answer` whether there is working time enough before. `is_said`: the coach
    has said when they work, or is away; otherwise being there at any hour is only presumed.
    """

    by: datetime
    next_at: datetime | None
    is_at_work: bool
    can_answer: bool
    is_said: bool


def is_away(hours: Hours, at: datetime) -> bool:
    """Whether this is a day away or within an absence; outside working hours is not away."""
    if to_wall(at, hours.zone).date() in hours.days_away:
        return True
    return any(begin <= at < end for begin, end in hours.absences)


def is_at_work(hours: Hours, at: datetime) -> bool:
    """Whether the coach works at this instant, by what was said."""
    return next_working_moment(hours, at) == at


def next_working_moment(hours: Hours, after: datetime) -> datetime | None:
    """The first working instant, not before `after`; None if there is none within LOOKS_AHEAD days."""
    return next((begin for begin, _end in stretches(hours, after)), None)


def working_between(hours: Hours, begin: datetime, end: datetime) -> timedelta:
    """How much of this time the coach works."""
    total = timedelta()
    for opens, closes in stretches(hours, begin):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def after_working(hours: Hours, after: datetime, work: timedelta) -> datetime | None:
    """The instant at which the coach has worked so much since `after`; None if not within LOOKS_AHEAD days."""
    left = work
    for opens, closes in stretches(hours, after):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    return None


def answer_by(hours: Hours, asked_at: datetime, *, allowance: timedelta, least: timedelta) -> datetime:
    """Until when a coach asked at `asked_at` has time: `allowance`, and never less than `least` of their own working time.

    So a question of Friday evening waits for Monday, and one asked in the middle of a working day is not moved at all.
    Never earlier than without hours; asking later never ends earlier. A coach who is not foreseen to work moves nothing.
    """
    plain = asked_at + allowance
    worked = after_working(hours, asked_at, least)
    return plain if worked is None else max(plain, worked)


def outlook(hours: Hours, *, now: datetime, by: datetime) -> Outlook:
    """What to tell somebody who is about to ask, when an answer helps until `by`."""
    at = next_working_moment(hours, now)
    return Outlook(
        by=by,
        next_at=at,
        is_at_work=at == now,
        can_answer=working_between(hours, now, by) >= min(ENOUGH_TO_READ, max(by - now, timedelta())),
        is_said=bool(hours.week) or at != now,
    )


def urgent_at(hours: Hours, *, asked_at: datetime, by: datetime, before: timedelta) -> datetime | None:
    """When to say that a review is urgent: while `before` of working time is left. None if the coach works no moment of it."""
    work = working_between(hours, asked_at, by)
    if not work:
        return None
    worked = after_working(hours, asked_at, work - before) if work > before else asked_at
    # At the end of a stretch nobody looks any more: at the beginning of the next one.
    return worked and next_working_moment(hours, worked)


def digest_moments(hours: Hours, *, since: datetime, until: datetime) -> list[datetime]:
    """Every instant from `since` on at which a digest is due: at the beginning of a working day, and every four working hours.

    The last one is the first after `until`, if one comes within LOOKS_AHEAD days.
    """
    found: list[datetime] = []
    first = to_wall(since, hours.zone).date()
    for days in range(LOOKS_AHEAD):
        for moment in _digests_of(hours, first + timedelta(days=days)):
            if moment < since:
                continue
            found.append(moment)
            if moment > until:
                return found
    return found


def _digests_of(hours: Hours, day: date) -> list[datetime]:
    if not hours.week:
        usual = () if day.weekday() in USUAL_WEEKEND else USUAL_DIGEST
        return [at for moment in usual if not is_away(hours, at := _at(hours, day, moment))]
    found, worked = [], timedelta()
    for opens, closes in _minus(_of_day(hours, day), hours.absences):
        at = opens + (-worked % DIGEST_EVERY)
        while at < closes:
            found.append(at)
            at += DIGEST_EVERY
        worked += closes - opens
    return found


def stretches(hours: Hours, after: datetime) -> Iterator[Span]:
    """The working stretches from `after` on, in order and without overlapping, for LOOKS_AHEAD days; two may touch at midnight."""
    after = after.astimezone(UTC)
    first = to_wall(after, hours.zone).date()
    for days in range(LOOKS_AHEAD):
        for opens, closes in _minus(_of_day(hours, first + timedelta(days=days)), hours.absences):
            if closes > after:
                yield max(opens, after), closes


def _of_day(hours: Hours, day: date) -> list[Span]:
    """What this day's clock says, merged: nothing on a day away, the whole day where the week is not said."""
    if day in hours.days_away:
        return []
    if not hours.week:
        return [(_at(hours, day, time()), _at(hours, day + timedelta(days=1), time()))]
    spans = sorted(
        (_at(hours, day, one.opens), _at(hours, day + timedelta(days=one.closes == time()), one.closes))
        for one in hours.week
        if one.weekday == day.weekday()
    )
    merged: list[Span] = []
    for opens, closes in spans:
        if opens >= closes:
            continue  # the clock skips over it
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return merged


def _at(hours: Hours, day: date, moment: time) -> datetime:
    return to_instant(datetime.combine(day, moment), hours.zone)


def _minus(spans: list[Span], gone: tuple[Span, ...]) -> list[Span]:
    """The spans without the parts that lie in `gone`."""
    left = spans
    for begin, end in gone:
        cut: list[Span] = []
        for opens, closes in left:
            cut += [(a, b) for a, b in ((opens, min(closes, begin)), (max(opens, end), closes)) if a < b]
        left = cut
    return left
