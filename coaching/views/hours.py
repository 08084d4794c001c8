"""When a coach works: the week, and single days away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.records import Refused
from accounts.when import print_date, to_wall
from coaching import availability, working_hours
from coaching.forms import posted
from coaching.forms.hours import DayAwayForm, WeekForm
from coaching.models import DayAway
from coaching.permissions import can_set_hours
from coaching.services import hours


def hours_edit(request):
    """The coach's own week, and the days away that are still to come."""
    coach = _coach(request)
    form = WeekForm(posted(request), week=availability.hours_of(coach, since=timezone.now()).week)
    if request.method == "POST" and form.is_valid():
        try:
            hours.set_week(coach, form.stretches(), by=coach)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Kept. Digests and deadlines follow from now on."))
            return redirect("hours-edit")
    return _page(request, form=form)


@require_POST
def day_away_add(request):
    coach = _coach(request)
    form = DayAwayForm(request.POST)
    if form.is_valid():
        try:
            hours.add_day_away(coach, form.cleaned_data["day"], by=coach)
        except Refused as problem:
            form.add_error(problem.field, str(problem))
        else:
            return redirect("hours-edit")
    return _page(request, away=form)


@require_POST
def day_away_remove(request):
    coach = _coach(request)
    form = DayAwayForm(request.POST)
    if form.is_valid():
        hours.remove_day_away(coach, form.cleaned_data["day"], by=coach)
    return redirect("hours-edit")


def _coach(request):
    if not can_set_hours(request.user):
        raise PermissionDenied
    return request.user


def _page(request, *, form=None, away=None):
    now, coach = timezone.now(), request.user
    said = availability.hours_of(coach, since=now)
    today = to_wall(now, coach.zone).date()
    days = DayAway.objects.filter(coach=coach, day__gte=today).values_list("day", flat=True)
    context = {
        "form": form or WeekForm(week=said.week),
        "away": away or DayAwayForm(),
        "days": [(day, print_date(day, translate=_)) for day in days],
        "is_said": bool(said.week),
        "next_at": working_hours.next_working_moment(said, now),
        "now": now,
        "nav_active": "settings",
    }
    is_refused = any(one is not None and one.is_bound for one in (form, away))
    return render(request, "coaching/hours_edit.html", context, status=422 if is_refused else 200)
