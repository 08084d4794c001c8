"""Pages of series of slots, and of the days without any."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import when
from accounts.pages import keyset_page
from accounts.records import Conflict, Refused
from coaching import recurrence
from coaching.forms import posted, refuse
from coaching.forms.slot import ClosureForm
from coaching.models import Booking, Closure, SlotSeries
from coaching.permissions import can_close_days, can_manage_slot, can_offer_slots
from coaching.services import closures, series

MOST_CLOSURES = 100
MOST_GAPS = 20


def series_list(request):
    if not can_offer_slots(request.user):
        raise PermissionDenied
    rows = keyset_page(SlotSeries.objects.visible_to(request.user).for_list(), request, key="created_at")
    context = {"page": rows, "rows": [(one, in_words(one)) for one in rows], "nav_active": "slots"}
    return render(request, "coaching/series_list.html", context)


def series_detail(request, public_id):
    """Its pattern, what it has made, and what it could not make."""
    now = timezone.now()
    one = _seen(request, public_id)
    ahead = one.slots.filter(status__in=["proposed", "open"], starts_at__gt=now)
    gaps = series.gaps(one, now) if one.status in SlotSeries.GOES_ON else []
    context = {
        "series": one,
        "words": in_words(one),
        "next_slots": ahead.order_by("starts_at", "id")[:5],
        "ahead": ahead.count(),
        "booked": Booking.objects.filter(slot__in=ahead, status=Booking.Status.BOOKED).count(),
        "gaps": [(gap, gap.obstacle.words(request.user) if gap.obstacle else "") for gap in gaps[:MOST_GAPS]],
        "more_gaps": len(gaps[MOST_GAPS:]),
        "can_fill": any(gap.obstacle is None for gap in gaps),
        "can_manage": can_manage_slot(request.user, one) and one.status in SlotSeries.GOES_ON,
        "week": f"{when.to_wall(now, request.user.zone):%G-W%V}",
        "nav_active": "slots",
    }
    return render(request, "coaching/series_detail.html", context)


@require_POST
def series_fill(request, public_id):
    """Make what was left out, where nothing stands in the way any more."""
    one = _seen(request, public_id)
    if not can_manage_slot(request.user, one):
        raise PermissionDenied
    try:
        made = len(series.fill(one, by=request.user))
    except Conflict as conflict:
        messages.warning(request, str(conflict))
    else:
        messages.success(request, ngettext("%(number)s slot more.", "%(number)s slots more.", made) % {"number": made})
    return redirect("series-detail", one.public_id)


def closure_list(request):
    """Days without sessions: what is ahead, and a form for more."""
    if not can_offer_slots(request.user):
        raise PermissionDenied
    now, user = timezone.now(), request.user
    form = ClosureForm(posted(request), by=user)
    if request.method == "POST" and form.is_valid():
        data = {"coach": None if user.is_admin else user, **form.cleaned_data}
        try:
            closure = closures.close_days(by=user, **data)
        except Refused as problem:
            refuse(form, problem)
        else:
            there = closures.slots_on(closure, now).count()
            messages.success(request, _("No slots are made on these days any more."))
            if there:
                words = ngettext(
                    "%(number)s slot is there already and stays: withdraw it, if it is meant so.",
                    "%(number)s slots are there already and stay: withdraw them, if it is meant so.",
                    there,
                )
                messages.warning(request, words % {"number": there})
            return redirect("closure-list")
    today = when.to_wall(now, user.zone).date()
    rows = Closure.objects.visible_to(user).filter(until_on__gte=today).select_related("coach")
    rows = rows.order_by("from_on", "id")[:MOST_CLOSURES]
    context = {"form": form, "rows": [(row, can_close_days(user, row.coach)) for row in rows], "nav_active": "slots"}
    return render(request, "coaching/closure_list.html", context)


@require_POST
def closure_remove(request, public_id):
    """Open the days again; what they kept from being made is a gap of its series."""
    closure = get_object_or_404(Closure.objects.visible_to(request.user), public_id=public_id)
    if not can_close_days(request.user, closure.coach):
        raise PermissionDenied
    closure.delete()
    messages.success(request, _("These days are open again. Series show what can be made now."))
    return redirect("closure-list")


def in_words(one):
    """As "every week on Monday and Thursday, 09:00, 3 in a row"."""
    words = recurrence.describe(one.pattern, translate=_)
    start = f"{one.starts_wall:%H:%M}"
    if one.in_a_row == 1:
        return _("%(pattern)s at %(start)s") % {"pattern": words, "start": start}
    return _("%(pattern)s from %(start)s, %(number)s in a row") % {
        "pattern": words,
        "start": start,
        "number": one.in_a_row,
    }


def _seen(request, public_id):
    return get_object_or_404(SlotSeries.objects.visible_to(request.user).select_related("coach"), public_id=public_id)
