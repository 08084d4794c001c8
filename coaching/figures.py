"""How reviews go: answered in time, gone without, changed, how long an answer took. Each with its n, and silent about few.

Counted are reviews whose time was over, or that were answered, within the last PERIOD; one that was withdrawn was not waited
for and counts nowhere. Numbers only: nothing here reads what anybody wrote.

Where they are so many that an admin would wait for the sum, it is counted every hour and kept (`keep`).
"""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.db.models import Aggregate, Count, DurationField, F, Q
from django.db.models.functions import TruncWeek

from accounts.models import User
from coaching.models import KeptFigures, Review, ReviewItem

PERIOD = timedelta(days=91)
# A share of fewer says more about chance than about anybody.
SILENT_BELOW = 20
# Fewer are somebody's own.
FEW = 5
WEEKS = 12
# Fewer are counted while somebody waits.
KEPT_FROM = 20_000
KEPT_FOR = timedelta(hours=6)
A = Review.Status.ANSWERED
IN_TIME = Q(status=A, answered_at__lte=F("answer_by"))
WITHOUT = Q(status=Review.Status.WENT_WITHOUT) | Q(status=A, answered_at__gt=F("answer_by"))


class Median(Aggregate):
    """PostgreSQL's percentile_cont: the middle of all values."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
    output_field = DurationField()


@dataclass(frozen=True)
class Figures:
    """Of one coach, or (`coach` None) of all together. `n` reviews with `items` decisions; None: too few to say."""

    coach: User | None
    n: int
    in_time: int
    without: int
    items: int
    changed: int
    answered: int
    median: timedelta | None

    def share(self, part, whole):
        return None if whole < SILENT_BELOW else round(100 * part / whole)

    @property
    def in_time_share(self):
        return self.share(self.in_time, self.n)

    @property
    def without_share(self):
        return self.share(self.without, self.n)

    @property
    def changed_share(self):
        return self.share(self.changed, self.items)

    @property
    def median_answer(self):
        """From asking to the answer, for the middle one of those answered."""
        return None if self.answered < SILENT_BELOW else self.median

    @property
    def is_few(self):
        return 0 < self.n < FEW


def of_coach(coach, now):
    """A coach's own."""
    return _figures(_counted(now).filter(coach=coach), coach)


def of_all(now, rows):
    """All coaches of `by_coach` together, without those of whom nothing is told: a sum less the others would tell it."""
    return _figures(_counted(now).filter(coach__in=_told(rows)), None)


def by_coach(now, coaches=None):
    """Of each coach with any (or of each of these), by name, in three queries."""
    reviews, items = _counted(now), _items(now)
    if coaches is not None:
        reviews, items = reviews.filter(coach__in=coaches), items.filter(review__coach__in=coaches)
    rows = {row["coach"]: row for row in reviews.values("coach").annotate(**_COUNTS).order_by()}
    items = items.values("review__coach").annotate(**_ITEMS).order_by()
    changes = {row["review__coach"]: row for row in items}
    people = User.objects.filter(pk__in=rows).order_by("name", "id")
    return [_made(coach, rows[coach.pk], changes.get(coach.pk) or {"items": 0, "changed": 0}) for coach in people]


@dataclass(frozen=True)
class Week:
    """All reviews whose time was over in the week of this Monday. Of very few nothing is said but that."""

    week: object
    in_time: int
    without: int

    @property
    def n(self):
        return self.in_time + self.without

    @property
    def is_silent(self):
        return 0 < self.n < FEW


def by_week(now, rows):
    """The last twelve weeks with any, the latest first; of the same coaches as the sum."""
    since = now - timedelta(weeks=WEEKS)
    rows = (
        Review.objects.filter(IN_TIME | WITHOUT, answer_by__range=(since, now), coach__in=_told(rows))
        .annotate(week=TruncWeek("answer_by"))
        .values("week")
        .annotate(in_time=Count("id", filter=IN_TIME), without=Count("id", filter=WITHOUT))
        .order_by("-week")
    )
    return [Week(row["week"].date(), row["in_time"], row["without"]) for row in rows]


def keep(now):
    """Count all together and by week for `kept`; nothing is kept where that is quick."""
    if not _counted(now)[KEPT_FROM:].exists():
        KeptFigures.objects.all().delete()
        return
    rows = by_coach(now)
    one = of_all(now, rows)
    numbers = {field.name: getattr(one, field.name) for field in fields(Figures) if field.name != "coach"}
    numbers["median"] = one.median and one.median.total_seconds()
    weeks = [[f"{one.week}", one.in_time, one.without] for one in by_week(now, rows)]
    KeptFigures.objects.update_or_create(pk=1, defaults={"at": now, "all": numbers, "weeks": weeks})


def kept(now):
    """(when it was counted, all together, by week) of the last hours; None where nothing is kept."""
    row = KeptFigures.objects.filter(at__gt=now - KEPT_FOR).first()
    if row is None:
        return None
    median = row.all["median"]
    together = Figures(None, **row.all | {"median": None if median is None else timedelta(seconds=median)})
    return row.at, together, [Week(date.fromisoformat(on), *numbers) for on, *numbers in row.weeks]


_COUNTS = {
    "n": Count("id"),
    "in_time": Count("id", filter=IN_TIME),
    "without": Count("id", filter=WITHOUT),
    "answered": Count("id", filter=Q(status=A)),
    "median": Median(F("answered_at") - F("created_at"), filter=Q(status=A)),
}
_ITEMS = {"items": Count("id"), "changed": Count("id", filter=Q(answer=ReviewItem.Answer.CHANGE))}


def _told(rows):
    return [one.coach.pk for one in rows if not one.is_few]


def _counted(now):
    return Review.objects.filter(IN_TIME | WITHOUT, answer_by__gt=now - PERIOD)


def _items(now):
    return ReviewItem.objects.filter(review__answer_by__gt=now - PERIOD, review__status=A).exclude(answer="")


def _figures(reviews, coach):
    items = ReviewItem.objects.filter(review__in=reviews.filter(status=A)).exclude(answer="")
    return _made(coach, reviews.aggregate(**_COUNTS), items.aggregate(**_ITEMS))


def _made(coach, counts, items):
    counts = {name: counts[name] for name in _COUNTS}
    return Figures(coach=coach, items=items["items"], changed=items["changed"], **counts)
