"""Changing and ending a series: first what it does and to whom, then the doing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Conflict, Refused
from coaching.forms import posted, refuse
from coaching.forms.series import SeriesEditForm, SeriesEndForm
from coaching.models import SlotSeries
from coaching.permissions import can_manage_slot
from coaching.services import series_changes
from coaching.views.calendar import date_of
from coaching.views.series import in_words

# So many of those that nobody has booked are shown; the others always are.
MOST_ROWS = 60


def series_edit(request, public_id):
    """Another time, length, place or end from a day on."""
    one = _managed(request, public_id)
    form = SeriesEditForm(posted(request), initial=series_changes.values_of(one) | {"from_on": _from_on(request, one)})
    return _changed(request, one, form, "coaching/series_edit.html")


def series_end(request, public_id):
    """No more from a day on: the free slots go, and each that is booked as somebody chooses."""
    one = _managed(request, public_id)
    form = SeriesEndForm(posted(request), initial={"from_on": _from_on(request, one)})
    return _changed(request, one, form, "coaching/series_end.html")


def _changed(request, one, form, template):
    """Show the plan; carry it out when it is sent and a choice was made for everybody who has booked by now."""
    plan, now, choices = None, timezone.now(), _choices(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            plan = form.plan(one, now=now)
            if "send" in request.POST and all(row.key in choices for row in plan.asking):
                reason = form.cleaned_data["reason"]
                change = series_changes.carry_out(plan, by=request.user, choices=choices, reason=reason, now=now)
                return _done(request, change)
            if "send" in request.POST:
                messages.warning(
                    request, _("Somebody has booked meanwhile. Please look once more; nothing has happened yet.")
                )
        except (Refused, Conflict) as problem:
            refuse(form, problem)
    context = {
        "series": one,
        "words": in_words(one),
        "form": form,
        "plan": plan,
        "asked": [(row, choices.get(row.key, series_changes.KEEP)) for row in plan.booked] if plan else [],
        "others": [row for row in plan.rows if row.act and not row.booking][:MOST_ROWS] if plan else [],
        "nav_active": "slots",
    }
    return render(request, template, context)


def _done(request, change):
    if change.status == "waiting":
        return redirect("change-detail", change.public_id)
    messages.success(request, _("Done. Nobody had to be told."))
    return redirect("series-list")


def _choices(posted_values):
    return {name.removeprefix("choice-"): value for name, value in posted_values.items() if name.startswith("choice-")}


def _from_on(request, one):
    """The day an address names, else today."""
    today = when.to_wall(timezone.now(), one.zone).date()
    return max(date_of(request.GET.get("from")) or today, today)


def _managed(request, public_id):
    one = get_object_or_404(SlotSeries.objects.visible_to(request.user).select_related("coach"), public_id=public_id)
    if not can_manage_slot(request.user, one):
        raise PermissionDenied
    return one
