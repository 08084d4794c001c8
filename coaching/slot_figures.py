"""How slots are used, week by week: offered, taken, missed, and how long ahead they are booked. Counts of slots, never of content."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Aggregate, Count, DurationField, F, Q
from django.db.models.functions import TruncWeek

from accounts import when
from coaching.models import Booking, MockSlot

WEEKS = 12
FEW = 5


class Median(Aggregate):
    """PostgreSQL's percentile_cont(0.5)."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Figures:
    """One week, or several together. `lead`: the middle time from booking to session; None where nothing was booked.

    `missed` by the candidate, `coach_missed` by the coach; what the two do not agree on is in neither.
    `is_silent`: so few that shares and times would be somebody's own; for whoever is not the coach herself.
    """

    week: object
    offered: int = 0
    taken: int = 0
    came: int = 0
    missed: int = 0
    coach_missed: int = 0
    lead: timedelta | None = None
    is_silent: bool = False

    @property
    def use(self):
        """Percent of what was offered that was taken."""
        return round(100 * self.taken / self.offered) if self.offered else None

    @property
    def missed_share(self):
        """Percent that the candidate missed, of those that she came to or missed."""
        known = self.came + self.missed
        return round(100 * self.missed / known) if known else None

    @property
    def lead_days(self):
        return None if self.lead is None else round(self.lead.total_seconds() / 86400, 1)


def of_weeks(user, now, *, coach=None, weeks=WEEKS):
    """(each week, the latest first; all of them together) of what this person may see; four queries at any size.

    Weeks begin on Monday on her wall. The present one counts up to now.
    """
    zone = when.get_zone(user.zone)
    today = when.to_wall(now, user.zone).date()
    monday = today - timedelta(days=today.weekday())
    begin = when.to_instant(datetime.combine(monday - timedelta(weeks=weeks - 1), datetime.min.time()), user.zone)
    slots = MockSlot.objects.visible_to(user).filter(starts_at__range=(begin, now), status__in=["open", "done"])
    sessions = Booking.objects.visible_to(user).filter(
        starts_at__range=(begin, now), status__in=["booked", "done", "no_show"]
    )
    if coach:
        slots, sessions = slots.filter(coach=coach), sessions.filter(coach=coach)
    counts = {
        "taken": Count("pk"),
        "came": Count("pk", filter=Q(status=Booking.Status.DONE)),
        "missed": Count("pk", filter=Booking.MISSED),
        "coach_missed": Count("pk", filter=Q(missed_by=Booking.MissedBy.COACH)),
        "lead": Median(F("starts_at") - F("created_at")),
    }
    by_week = TruncWeek("starts_at", tzinfo=zone)
    offered = dict(
        slots.order_by()
        .annotate(week=by_week)
        .values("week")
        .annotate(number=Count("pk"))
        .values_list("week", "number")
    )
    held = {
        row.pop("week"): row for row in sessions.order_by().annotate(week=by_week).values("week").annotate(**counts)
    }
    whose = user.pk if coach is None and not user.is_admin else coach and coach.pk
    found = []
    for number in range(weeks):
        on = monday - timedelta(weeks=number)
        key = datetime.combine(on, datetime.min.time(), tzinfo=zone)
        found.append(_figures(on, offered.get(key, 0), held.get(key, {}), user, whose))
    together = sessions.aggregate(**counts)
    return found, _figures(None, sum(offered.values()), together, user, whose)


def _figures(week, offered, held, user, whose):
    figures = Figures(week, offered, **held)
    is_own = whose == user.pk
    if figures.taken >= FEW or figures.taken == 0 or is_own:
        return figures
    return Figures(week, offered, figures.taken, is_silent=True)
