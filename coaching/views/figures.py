"""How reviews go, in figures: a coach's own, and for admins all together and of each coach. No content."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from accounts.pages import keyset_page, words
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
        context |= _of_all(request, now)
        weeks = context["weeks"]
        shown = [(date_format(one.week, "j M"), *_counts(one)) for one in reversed(weeks)]
        context["bars"], context["scale"] = bars.bars(shown)
        context["chart"] = bars
    return render(request, "coaching/review_figures.html", context)


def _of_all(request, now):
    """Counted now; where very many were counted and kept, those with the time, and a page of the coaches."""
    kept = figures.kept(now)
    if kept is None:
        rows = figures.by_coach(now)
        return {"all": figures.of_all(now, rows), "coaches": rows, "weeks": figures.by_week(now, rows)}
    at, together, weeks = kept
    page = keyset_page(User.objects.filter(is_coach=True), request, key="name", descending=False, read=words)
    return {"all": together, "weeks": weeks, "at": at, "page": page, "coaches": figures.by_coach(now, page.rows)}


def _counts(week):
    return (0, 0) if week.is_silent else (week.in_time, week.without)
