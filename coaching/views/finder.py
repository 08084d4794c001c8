"""A candidate's way to a free slot: from today on, by day, by coach, or before an interview of hers."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import FETCH_RAISE, Exists, OuterRef
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.models import Engagement, User
from accounts.pages import keyset_page
from coaching.by_day import first_of_each
from coaching.models import MockSlot
from coaching.services import house_rules
from coaching.views.calendar import slot_calendar_page
from coaching.views.slots import by_day, uuid_or_none
from interviews.models import Interview

# How far the row of days looks ahead, and how many it names.
DAYS_AHEAD = timedelta(days=14)
DAYS_NAMED = 7
INTERVIEWS = 5
COACHES = 100
# More of a day are not counted.
COUNTED = 50
BY_DAY = "SELECT day, count(*) {found} GROUP BY day ORDER BY day"


@dataclass(frozen=True)
class Wish:
    """What she looks for; anything in the address that makes no sense counts as not said."""

    day: date | None
    coach: User | None
    before: Interview | None

    def of(self, rows, now, zone):
        """Those of the free slots that fit."""
        begin = when.to_instant(datetime.combine(self.day, time()), zone) if self.day else now
        rows = rows.filter(starts_at__gte=max(begin, now))
        if self.coach:
            rows = rows.filter(coach=self.coach)
        if self.before:
            rows = rows.filter(ends_at__lte=self.before.begins_at)
        return rows

    @property
    def query(self):
        """The rest of an address for the same wish, without its day."""
        named = {"coach": self.coach, "before": self.before}
        return "".join(f"&{name}={record.public_id}" for name, record in named.items() if record)


def slot_list(request):
    """Mock sessions: a candidate's way to a free one; for coaches and admins the calendar."""
    return slot_find(request) if request.user.is_candidate else slot_calendar_page(request)


def slot_find(request):
    """Every free slot she may book, soonest first; what is asked for narrows it."""
    user, now = request.user, timezone.now()
    interviews = list(_planned(user, now))
    coaches = list(_coaches(user))
    wish = Wish(
        day=_day(request.GET.get("day")),
        coach=_named(coaches, request.GET.get("coach")),
        before=_named(interviews, request.GET.get("before")),
    )
    free = MockSlot.objects.visible_to(user).free_for(user, now)
    rows = wish.of(free, now, user.zone).select_related("coach").fetch_mode(FETCH_RAISE)
    page = keyset_page(rows, request, key="starts_at", descending=False)
    days = _days(wish, free, now, user.zone) if page.rows else []
    context = {
        "page": page,
        "days": by_day(page.rows, user.zone),
        "jumps": days,
        "wish": wish,
        "interviews": [
            (one, when.print_date(when.to_wall(one.begins_at, user.zone), translate=_)) for one in interviews
        ],
        "coaches": coaches,
        "her_coaches": {coach.pk for coach in coaches if coach.is_hers},
        "obstacles": [
            house_rules.in_words(broken, reader=user, candidate=user) for broken in house_rules.against_her(user, now)
        ],
        "carried": [one for one in map(uuid_or_none, request.GET.getlist("agenda")) if one],
        "next_one": None if page.rows else free.select_related("coach").order_by("starts_at", "id").first(),
        "nav_active": "slots",
    }
    return render(request, "coaching/slot_find.html", context)


def _planned(user, now):
    mine = Interview.objects.filter(candidate=user, status=Interview.Status.PLANNED, ends_at__gt=now)
    return mine.order_by("ends_at", "id")[:INTERVIEWS]


def _coaches(user):
    """Whose slots she may see, her own coaches first."""
    hers = Engagement.objects.active().filter(candidate=user, coach=OuterRef("pk"))
    coaches = User.objects.filter(is_coach=True, is_active=True).annotate(is_hers=Exists(hers))
    if not settings.AFTERWORD_ANY_OPEN_SLOT:
        coaches = coaches.filter(is_hers=True)
    return coaches.order_by("-is_hers", "name", "id")[:COACHES]


def _named(records, text):
    public_id = uuid_or_none(text)
    return next((record for record in records if record.public_id == public_id), None)


def _day(text):
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 2020 <= day.year <= 2100 else None


def _days(wish, free, now, zone):
    """[(day, its words, number of free slots, the number in words), …]: the next days on her wall that have something.

    Day by day and up to so many: all that is free in two weeks is more with every coach.
    """
    today = when.to_wall(now, zone).date()
    days = [today + timedelta(days=number) for number in range(DAYS_AHEAD.days)]
    rows = Wish(None, wish.coach, wish.before).of(free, now, zone).order_by()
    found, parameters = first_of_each(rows.values("pk"), days, zone=zone, most=COUNTED + 1)
    with connection.cursor() as cursor:
        cursor.execute(BY_DAY.replace("{found}", found), parameters)
        counted = cursor.fetchall()[:DAYS_NAMED]
    return [
        (
            day,
            when.print_date(day, translate=_, year=False),
            number,
            f"{COUNTED}+" if number > COUNTED else str(number),
        )
        for day, number in counted
    ]
