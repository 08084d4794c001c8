"""Many people from a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import roster_reading, services
from accounts.forms import RosterForm
from accounts.models import Roster
from accounts.permissions import can_manage_people
from accounts.records import Refused


def roster_new(request):
    """Choose a file with many people. Nobody is invited before an admin has seen what it would do."""
    if not can_manage_people(request.user):
        raise PermissionDenied
    form = RosterForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            # One byte too many is enough to know.
            data = form.cleaned_data["file"].read(roster_reading.MAX_BYTES + 1)
            roster = services.read_roster(data, by=request.user)
        except Refused as problem:
            form.add_error(problem.field, str(problem))
        else:
            return redirect("roster-detail", roster.public_id)
    context = {"form": form, "meanings": roster_reading.MEANINGS.values(), "nav_active": "people"}
    return render(request, "accounts/roster_new.html", context, status=422 if form.errors else 200)


def roster_detail(request, public_id):
    """Who of the list can be invited, who is here already, and what is wrong with the others, line by line."""
    roster = _roster(request, public_id)
    context = {"roster": roster, "found": services.preview_roster(roster), "shown": 100, "nav_active": "people"}
    return render(request, "accounts/roster_detail.html", context)


@require_POST
def roster_invite(request, public_id):
    made = services.invite_roster(_roster(request, public_id), by=request.user)
    messages.success(
        request,
        ngettext(
            "%(number)s person is invited; the mail leaves in a moment.",
            "%(number)s people are invited; their mails leave one after the other.",
            len(made),
        )
        % {"number": len(made)},
    )
    return redirect("people-list")


@require_POST
def roster_cancel(request, public_id):
    services.put_roster_away(_roster(request, public_id), by=request.user)
    messages.success(request, _("Put away. Nothing of it was kept."))
    return redirect("people-list")


def _roster(request, public_id):
    if not can_manage_people(request.user):
        raise PermissionDenied
    return get_object_or_404(Roster.objects.visible_to(request.user), public_id=public_id)
