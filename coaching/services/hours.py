"""When a coach works: said by the coach alone. Digests and urgent reminders follow; an `answer_by` already told does not move."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.records import Conflict, Refused
from accounts.when import to_wall
from coaching.models import Booking, DayAway, Review, WorkingHours
from coaching.reminders import refresh_review
from coaching.services.locks import places_of
from coaching.working_hours import LOOKS_AHEAD
from followups import reminders

# Nobody's day has more parts; it keeps pages and reckonings small.
PARTS_OF_A_DAY = 4


@transaction.atomic
def set_week(coach, stretches, *, by, now=None):
    """Replace the whole week by these `working_hours.Stretch`es; none at all: not said. Raises Refused for what cannot be."""
    _lock(coach, by)
    stretches = sorted(stretches, key=lambda one: (one.weekday, one.opens))
    for one in stretches:
        if not one.is_possible:
            raise Refused(_("The end comes after the beginning."), field=f"closes-{one.weekday}")
        of_day = [other for other in stretches if other.weekday == one.weekday]
        if len(of_day) > PARTS_OF_A_DAY:
            raise Refused(_("Four parts of a day at most."), field=f"opens-{one.weekday}")
        if any(one.overlaps(other) for other in of_day if other is not one):
            raise Refused(_("Two parts of this day overlap."), field=f"opens-{one.weekday}")
    WorkingHours.objects.filter(coach=coach).delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(coach=coach, weekday=one.weekday, opens=one.opens, closes=one.closes) for one in stretches
    )
    _follow(coach, now)


def add_day_away(coach, day, *, by, now=None):
    """Say that the coach does not work on this day of theirs. Said twice it is said once.

    Nothing is offered on it from now on; who has booked stays booked (`sessions_on_days_away`).
    """
    now = now or timezone.now()
    # With the coach's places held: whoever books just now is either told that it is gone, or stands there.
    with places_of(coach):
        _lock(coach, by)
        today = to_wall(now, coach.zone).date()
        if not today <= day < today + timedelta(days=LOOKS_AHEAD):
            raise Refused(_("Choose a day from today on, within a year."), field="day")
        row, _is_new = DayAway.objects.get_or_create(coach=coach, day=day)
        _follow(coach, now)
    return row


def sessions_on_days_away(coach, now):
    """{day: booked sessions that stand on it}, of this coach's days away; one query. None of them moves by itself."""
    first = DayAway.objects.around().order_by("day").values("day")[:1]
    rows = Booking.objects.filter(coach=coach, status=Booking.Status.BOOKED, ends_at__gt=now)
    rows = rows.annotate(away_on=Subquery(first)).filter(away_on__isnull=False)
    found = defaultdict(list)
    for booking in rows.select_related("slot", "candidate").order_by("starts_at", "id"):
        found[booking.away_on].append(booking)
    return found


@transaction.atomic
def remove_day_away(coach, day, *, by, now=None):
    """The coach works on this day after all. A day that was not said is none."""
    _lock(coach, by)
    DayAway.objects.filter(coach=coach, day=day).delete()
    _follow(coach, now)


def _lock(coach, by):
    """One change after the other, whatever two windows do."""
    if by != coach:
        raise Refused(_("Coaches say themselves when they work."))
    if not User.objects.select_for_update(no_key=True).filter(pk=coach.pk, is_coach=True, is_active=True).exists():
        raise Conflict(_("Only coaches have working hours."))


def _follow(coach, now):
    reminders.refresh(coach, now=now)
    for review in Review.objects.filter(coach=coach, status=Review.Status.OPEN).select_related("coach"):
        refresh_review(review, now=now)
