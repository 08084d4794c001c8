"""The clock of a note: when it may go, is due, is still worth sending.

Pure: no Django, `now` is an argument. Instants are aware datetimes, zones IANA names, numbers are hours. The limits
are those of published advice (career services, recruiters): within 24 hours is near-universal, up to 48 is fine too,
a week is the outer limit; the same day where the decision is quick, but not the minute one leaves. The two hours
before a decision and the hours at which a mail arrives are ours.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from accounts.when import next_working_moment, to_instant, to_wall

NOT_BEFORE_HOURS = 0.25
DUE_HOURS = 24.0
BEFORE_DECISION_HOURS = 2.0
QUICK_DECISION_HOURS = 6.0
QUICK_DUE_HOURS = 2.0
ACCEPTABLE_HOURS = 48.0
USABLE_HOURS = 168.0

DECISION_FOR_SENDING = time(8)
DECISION_FOR_TRIAGE = time(17)
OPENS = time(8, 30)
CLOSES = time(19)
REVIEW_NEEDS = timedelta(minutes=30)
CORRECTION_NEEDS = timedelta(hours=2)
ASK_AFTER_WORKING_DAYS = 2

SATURDAY_SUNDAY = frozenset({5, 6})
FRIDAY_SATURDAY = frozenset({4, 5})
# ISO 3166 country to weekdays (Monday 0), after the Unicode CLDR's week data; every other country: Saturday, Sunday.
WEEKEND_BY_COUNTRY = {
    "AE": SATURDAY_SUNDAY,
    "AF": frozenset({3, 4}),
    "IR": frozenset({3, 4}),
    **dict.fromkeys(
        ("BD", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "MV", "OM", "QA", "SA", "SD", "SY", "YE"),
        FRIDAY_SATURDAY,
    ),
}


def weekend_of(country: str) -> frozenset[int]:
    """The weekend days (Monday 0) of an ISO 3166 country code; Saturday and Sunday where it is not in the table."""
    return WEEKEND_BY_COUNTRY.get(country.upper(), SATURDAY_SUNDAY)


@dataclass(frozen=True, slots=True)
class NoteTimes:
    """The instants of one note, in the order in which they count."""

    not_before: datetime
    due_at: datetime
    usable_until: datetime
    acceptable_until: datetime
    suggested_send_at: datetime


class NoteState(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    ACCEPTABLE = "acceptable"
    USABLE = "usable"
    TOO_LATE = "too_late"


def hours_between(start: datetime, end: datetime) -> float:
    """Hours from `start` to `end`; negative if `end` comes first."""
    return (end - start) / timedelta(hours=1)


def decision_for_triage(
    decision_on: date | None, decision_at: datetime | None, zone: str, *, now: datetime
) -> datetime | None:
    """The instant of the employer's decision as triage reckons it: the known hour, else 17:00 of that day in `zone`.

    None if nothing is known or if it has passed: a date that has passed is unknown, not a decision.
    """
    decision = _decision(decision_on, decision_at, zone, DECISION_FOR_TRIAGE)
    return decision if decision and decision > now else None


def decision_for_sending(
    decision_on: date | None, decision_at: datetime | None, zone: str, *, now: datetime
) -> datetime | None:
    """The instant before which a note should have gone: the known hour, else 08:00 of that day in `zone`.

    Careful on the other side than `decision_for_triage`, and unknown from the same instant on: on the day itself
    08:00 still counts until 17:00, so that the note is late rather than suddenly in no hurry.
    """
    if decision_for_triage(decision_on, decision_at, zone, now=now) is None:
        return None
    return _decision(decision_on, decision_at, zone, DECISION_FOR_SENDING)


def _decision(on: date | None, at: datetime | None, zone: str, without_hour: time) -> datetime | None:
    if at is not None:
        return at.astimezone(UTC)
    return to_instant(datetime.combine(on, without_hour), zone) if on else None


def due_after_end(decision: float | None) -> float:
    """Hours after the interview's end at which its note is due, `decision` being hours after the end too.

    A day; two hours before the decision, if that is sooner; two hours after the end where the decision falls
    within six; and never before the first quarter of an hour is over.
    """
    limits = [DUE_HOURS]
    if decision is not None:
        limits.append(decision - BEFORE_DECISION_HOURS)
        if decision <= QUICK_DECISION_HOURS:
            limits.append(QUICK_DUE_HOURS)
    return max(NOT_BEFORE_HOURS, min(limits))


def note_times(
    *,
    ended_at: datetime,
    decision_on: date | None,
    decision_at: datetime | None,
    zone: str,
    interviewer_zone: str | None = None,
    outcome_at: datetime | None = None,
    weekend: frozenset[int] = SATURDAY_SUNDAY,
    now: datetime,
) -> NoteTimes:
    """The instants (UTC) of the note for an interview that ended, or will end, at `ended_at`.

    `zone` is the interview's and says what 08:00 of the decision's day means; `interviewer_zone` (default: the same)
    and `weekend` (days, Monday 0) say when a mail arrives at a decent hour. `outcome_at`: when an outcome was recorded.
    """
    end = ended_at.astimezone(UTC)
    decision = decision_for_sending(decision_on, decision_at, zone, now=now)
    not_before = end + timedelta(hours=NOT_BEFORE_HOURS)
    due = end + timedelta(hours=due_after_end(None if decision is None else hours_between(end, decision)))
    usable = end + timedelta(hours=USABLE_HOURS)
    if outcome_at is not None:
        usable = min(usable, outcome_at.astimezone(UTC))
    return NoteTimes(
        not_before=not_before,
        due_at=due,
        usable_until=usable,
        acceptable_until=min(end + timedelta(hours=ACCEPTABLE_HOURS), usable),
        suggested_send_at=_suggested(not_before, due, interviewer_zone or zone, weekend, now.astimezone(UTC)),
    )


def _suggested(not_before: datetime, due: datetime, zone: str, weekend: frozenset[int], now: datetime) -> datetime:
    """The first decent hour of a working day before `due`; else of any day; else now (or as soon as it may go)."""
    earliest = max(now, not_before)
    for days_off in (weekend, frozenset[int]()):
        moment = next_working_moment(earliest, zone=zone, opens=OPENS, closes=CLOSES, weekend=days_off)
        if moment is not None and moment <= due:
            return moment
    return earliest


def deadline(times: NoteTimes, now: datetime) -> datetime | None:
    """The next limit of the note: the first of due, acceptable, usable still ahead; None if all have passed."""
    if now >= times.usable_until:
        return None
    limits = (times.due_at, times.acceptable_until, times.usable_until)
    return min(times.usable_until, next(limit for limit in limits if limit > now))


def note_state(times: NoteTimes, now: datetime) -> tuple[NoteState, datetime | None]:
    """Where the note stands at `now`, and the instant at which that ends (None once it is too late)."""
    until = deadline(times, now)
    if until is None:
        return NoteState.TOO_LATE, None
    if now < times.not_before:
        return NoteState.EARLY, min(times.not_before, times.usable_until)
    if now < times.due_at:
        return NoteState.ON_TIME, until
    return (NoteState.ACCEPTABLE if now < times.acceptable_until else NoteState.USABLE), until


def answer_by(send_at: datetime, times: NoteTimes, now: datetime) -> datetime | None:
    """The instant by which a coach asked at `now` must have answered: `send_at`, or half an hour before the deadline.

    None where less than half an hour would be left: then no review is offered, the coach is only informed. So a
    review can never cost a deadline.
    """
    limit = deadline(times, now)
    if limit is None:
        return None
    by = min(send_at, limit - REVIEW_NEEDS)
    return by if by - now >= REVIEW_NEEDS else None


def send_at_for_review(
    times: NoteTimes, *, zone: str, weekend: frozenset[int] = SATURDAY_SUNDAY, now: datetime
) -> datetime:
    """When a note goes that a coach shall see first: the last decent moment half an hour before its deadline.

    Decent is 08:30-19:00 in `zone`, of a working day if there is one, else of any day; else simply half an hour
    before the deadline (or as soon as it may go). The suggested time is often at once, which leaves nobody time to read.
    """
    limit = deadline(times, now)
    earliest = max(now, times.not_before)
    if limit is None:
        return earliest
    latest = limit - REVIEW_NEEDS
    for days_off in (weekend, frozenset[int]()):
        moment = _last_working_moment(latest, zone, days_off)
        if moment is not None and moment >= earliest:
            return moment
    return max(latest, earliest)


def _last_working_moment(before: datetime, zone: str, weekend: frozenset[int]) -> datetime | None:
    local = to_wall(before, zone)
    for days in range(9):
        day = local.date() - timedelta(days=days)
        if day.weekday() not in weekend and to_instant(datetime.combine(day, OPENS), zone) <= before:
            return min(before, to_instant(datetime.combine(day, CLOSES), zone))
    return None


def outcome_day(decision_on: date, weekend: frozenset[int] = SATURDAY_SUNDAY) -> date:
    """The day on which somebody may be asked how it ended: two working days after the decision, whatever became of it."""
    day, left = decision_on, ASK_AFTER_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() not in weekend
    return day


def correction_due(now: datetime, zone: str) -> datetime:
    """When a letter that corrects a false statement is due: the last minute of today in `zone`, but two hours from now at least.

    The minute before midnight: "by Sunday, 00:00" is read as Sunday's end, a whole day late.
    """
    tomorrow = to_wall(now, zone).date() + timedelta(days=1)
    last_minute = to_instant(datetime.combine(tomorrow, time()), zone) - timedelta(minutes=1)
    return max(last_minute, now.astimezone(UTC) + CORRECTION_NEEDS)
