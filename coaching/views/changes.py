"""Pages of changes of the calendar: what waits and can still be undone, and what became of the others."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import FETCH_RAISE
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.pages import keyset_page
from accounts.records import Conflict
from coaching.models import CalendarChange
from coaching.permissions import can_end_change
from coaching.services import changes


def change_list(request):
    """The latest first."""
    if not (request.user.is_admin or request.user.is_coach):
        raise Http404
    rows = CalendarChange.objects.visible_to(request.user).for_list().fetch_mode(FETCH_RAISE)
    page = keyset_page(rows, request, key="created_at")
    return render(request, "coaching/change_list.html", {"page": page, "nav_active": "slots"})


def change_detail(request, public_id):
    change = _seen(request, public_id)
    if hasattr(change, "absence"):
        return redirect("absence-detail", change.absence.public_id)
    items = change.items.select_related("slot__coach", "target__coach", "booking__candidate")
    context = {
        "change": change,
        "items": items,
        "can_end": can_end_change(request.user, change),
        "nav_active": "slots",
    }
    return render(request, "coaching/change_detail.html", context)


@require_POST
def change_undo(request, public_id):
    return _end(request, public_id, changes.undo, _("Undone. Everything is as it was, and nobody has heard of it."))


@require_POST
def change_send(request, public_id):
    return _end(request, public_id, changes.send_now, _("Done. Everybody concerned is being told."))


def _end(request, public_id, act, words):
    change = _seen(request, public_id)
    # Whoever comes too late is told so in words, not by a closed door.
    if change.status == CalendarChange.Status.WAITING and not can_end_change(request.user, change):
        raise PermissionDenied
    try:
        act(change, by=request.user)
    except Conflict as conflict:
        messages.warning(request, str(conflict))
    else:
        messages.success(request, words)
    return redirect("change-detail", public_id)


def _seen(request, public_id):
    rows = CalendarChange.objects.visible_to(request.user).select_related("by", "coach", "absence")
    return get_object_or_404(rows, public_id=public_id)
