"""When a coach can be counted on: working hours, days away and absences, read in one place."""

from datetime import timedelta

from accounts.written import Written, among
from coaching import working_hours
from coaching.models import CoachAbsence, DayAway, WorkingHours
from coaching.working_hours import Hours, Stretch

WEEKS = Written(lambda *, coaches: WorkingHours.objects.filter(among("coach_id", coaches)))
DAYS = Written(
    lambda *, coaches, since: DayAway.objects.filter(among("coach_id", coaches), day__gte=since.date()).values_list(
        "coach_id", "day"
    )
)
ABSENCES = Written(
    lambda *, coaches, since: (
        CoachAbsence.objects.standing()
        .filter(among("coach_id", coaches), ends_at__gt=since)
        .values_list("coach_id", "starts_at", "ends_at")
    )
)


def hours_of(coach, *, since):
    """What this coach has said about the time from `since` on, as values."""
    return hours_of_all([coach], since=since)[coach.pk]


def hours_of_all(coaches, *, since):
    """The same for several, by primary key, in a fixed number of queries."""
    # Two days of slack: the coach's day may be another than the one of `since`.
    first_day = since - timedelta(days=2)
    week, away = {}, {}
    ids = [coach.pk for coach in coaches]
    for row in WEEKS.rows(coaches=ids):
        week.setdefault(row.coach_id, []).append(Stretch(row.weekday, row.opens, row.closes))
    for coach, day in DAYS.rows(coaches=ids, since=first_day):
        away.setdefault(coach, set()).add(day)
    absences = _absences(ids, since)
    return {
        coach.pk: Hours(
            zone=coach.zone,
            week=tuple(week.get(coach.pk, ())),
            days_away=frozenset(away.get(coach.pk, ())),
            absences=tuple(absences.get(coach.pk, ())),
        )
        for coach in coaches
    }


def _absences(coaches, since):
    """Pairs of instants, by coach: those not over at `since`."""
    absences = {}
    for coach, starts_at, ends_at in ABSENCES.rows(coaches=coaches, since=since):
        absences.setdefault(coach, []).append((starts_at, ends_at))
    return absences


def next_working_moment(coach, now):
    """The first instant, not before `now`, at which this coach works; None if none is foreseen."""
    return working_hours.next_working_moment(hours_of(coach, since=now), now)


def is_away(coach, at):
    """Whether the coach is absent, or has a day away, at this instant. Outside working hours is not away."""
    return working_hours.is_away(hours_of(coach, since=at), at)
