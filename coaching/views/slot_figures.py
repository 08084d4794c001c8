"""How slots are used: a chart and a table."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from coaching import bars as chart
from coaching import slot_figures
from coaching.permissions import can_offer_slots
from coaching.views.calendar import coach_of


def slot_figures_page(request):
    """Twelve weeks back: everybody's or one coach's for admins, her own for a coach."""
    user = request.user
    if not can_offer_slots(user):
        raise PermissionDenied
    coach = coach_of(request.GET.get("coach")) if user.is_admin else None
    weeks, together = slot_figures.of_weeks(user, timezone.now(), coach=coach)
    bars, scale = chart.bars([(date_format(one.week, "j M"), *_parts(one)) for one in reversed(weeks)])
    coaches = User.objects.filter(is_coach=True, is_active=True).order_by("name", "id") if user.is_admin else []
    context = {
        "rows": [together, *(one for one in weeks if one.offered)],
        "together": together,
        "bars": bars,
        "scale": scale,
        "chart": chart,
        "coach": coach,
        "coaches": coaches,
        "nav_active": "slots",
    }
    return render(request, "coaching/slot_figures.html", context)


def _parts(week):
    """What was taken, and what was offered besides. Where few were taken the bar does not tell how many."""
    taken = 0 if week.is_silent else week.taken
    return taken, max(week.offered - taken, 0)
