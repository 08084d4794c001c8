"""When a coach works: the week, and single days away."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
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
            away = hours.add_day_away(coach, form.cleaned_data["day"], by=coach)
        except Refused as problem:
            form.add_error(problem.field, str(problem))
        else:
            if standing := len(hours.sessions_on_days_away(coach, timezone.now()).get(away.day, ())):
                text = ngettext(
                    "%(number)s session is booked on that day, and stands until you offer another time.",
                    "%(number)s sessions are booked on that day, and stand until you offer another time.",
                    standing,
                )
                messages.warning(request, text % {"number": standing})
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
    days = DayAway.objects.visible_to(coach).filter(coach=coach, day__gte=today).values_list("day", flat=True)
    standing = hours.sessions_on_days_away(coach, now)
    context = {
        "form": form or WeekForm(week=said.week),
        "away": away or DayAwayForm(),
        "days": [(day, print_date(day, translate=_), standing.get(day, ()), _absence_of(day)) for day in days],
        "is_said": bool(said.week),
        "next_at": working_hours.next_working_moment(said, now),
        "now": now,
        "nav_active": "settings",
    }
    is_refused = any(one is not None and one.is_bound for one in (form, away))
    return render(request, "coaching/hours_edit.html", context, status=422 if is_refused else 200)


def _absence_of(day):
    """The page on which the booked of this day are offered another time."""
    span = {"from_wall": f"{day}T00:00", "until_wall": f"{day + timedelta(days=1)}T00:00"}
    return f"{reverse('absence-new')}?{urlencode(span)}"
