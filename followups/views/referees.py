"""Her referees: the list, somebody new, changing and removing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import when
from accounts.records import Refused
from followups.forms.referee import RefereeForm
from followups.models import Referee, RefereeBrief
from followups.permissions import can_keep_referees
from followups.services import addresses, closing, referees
from followups.views.interviews import refuse


def referee_list(request):
    """Who may speak for her, and what each was told."""
    _must_keep(request)
    told = RefereeBrief.objects.for_list().exclude(status__in=["skipped", "expired"])
    people = list(Referee.objects.visible_to(request.user).prefetch_related(Prefetch("briefs", told, to_attr="told")))
    for person in people:
        if person.agreed_at:
            day = when.to_wall(person.agreed_at, request.user.zone).date()
            person.agreed_on = when.print_date(day, translate=_)
        for brief in closing.to_thank(person.told):
            brief.is_to_thank = True
    context = {
        "people": people,
        "announced": addresses.announced_to(request.user, timezone.now()),
        "nav_active": "referees",
    }
    return render(request, "followups/referee_list.html", context)


def referee_new(request):
    _must_keep(request)
    form = RefereeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            referees.add_referee(candidate=request.user, by=request.user, **form.cleaned_data)
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect("referee-list")
    return render(request, "followups/referee_new.html", {"form": form, "nav_active": "referees"})


def referee_edit(request, public_id):
    referee = _mine(request, public_id)
    form = RefereeForm(request.POST if request.method == "POST" else None, instance=referee)
    if request.method == "POST" and form.is_valid():
        try:
            referees.edit_referee(referee, by=request.user, **form.cleaned_data)
        except Refused as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("referee-list")
    context = {"form": form, "referee": referee, "nav_active": "referees"}
    return render(request, "followups/referee_edit.html", context)


@require_POST
def referee_remove(request, public_id):
    referees.remove_referee(_mine(request, public_id), by=request.user)
    messages.success(request, _("Removed, with what was written to them. Links that went out have ended."))
    return redirect("referee-list")


def _must_keep(request):
    if not can_keep_referees(request.user):
        raise PermissionDenied


def _mine(request, public_id):
    _must_keep(request)
    return get_object_or_404(Referee.objects.visible_to(request.user), public_id=public_id)
