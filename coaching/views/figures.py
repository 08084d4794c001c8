"""How reviews go, in figures: a coach's own, and for admins all together and of each coach. No content."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format

from coaching import bars, figures
from coaching.permissions import can_see_figures


def review_figures(request):
    user, now = request.user, timezone.now()
    if not can_see_figures(user):
        raise PermissionDenied
    context = {"silent_below": figures.SILENT_BELOW, "nav_active": "reviews" if user.is_coach else "today"}
    if user.is_coach:
        context["own"] = figures.of_coach(user, now)
    if user.is_admin:
        rows = figures.by_coach(now)
        weeks = figures.by_week(now, rows)
        shown = [(date_format(one.week, "j M"), *_counts(one)) for one in reversed(weeks)]
        context["bars"], context["scale"] = bars.bars(shown)
        context |= {"all": figures.of_all(now, rows), "coaches": rows, "weeks": weeks, "chart": bars}
    return render(request, "coaching/review_figures.html", context)


def _counts(week):
    return (0, 0) if week.is_silent else (week.in_time, week.without)
