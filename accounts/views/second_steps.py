"""The second step, and what an admin does when a phone is lost."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import links, services
from accounts.models import SECOND_STEPS, StepRemoval, User
from accounts.permissions import can_manage_people, can_remove_step, can_stop_step_removal, can_withdraw_step_removal


def second_step_done(request):
    """After setting one up: to where she was headed when it was asked for."""
    return redirect(request.session.pop("second_step_next", None) or "mfa_index")


@require_POST
def step_removal_stop(request, public_id):
    """It was not she who asked for it, or the phone is found."""
    removal = get_object_or_404(StepRemoval.objects.visible_to(request.user), public_id=public_id)
    if not can_stop_step_removal(request.user, removal):
        raise PermissionDenied
    services.stop_step_removal(removal, by=request.user)
    messages.success(request, _("Your second step stays."))
    return redirect("mfa_index")


@links.one_purpose("second-step")
def link_second_step(request, link):
    """The mail about it leads here: one press, and everything stays as it is."""
    removal = get_object_or_404(StepRemoval.objects.for_list(), person=link.person, public_id=link.public_id)
    if request.method == "POST":
        if removal.status == StepRemoval.Status.WAITING:
            services.stop_step_removal(removal, by=link.person)
        return redirect(request.path)
    return links.show(request, link, "accounts/link_second_step.html", {"removal": removal})


def person_second_step(request, public_id):
    """Admins: take away somebody's second step, because the phone is lost; it waits, and can be taken back here."""
    if not can_manage_people(request.user):
        raise PermissionDenied
    person = get_object_or_404(User, public_id=public_id)
    if not can_remove_step(request.user, person):
        return redirect("mfa_index")
    if request.method == "POST":
        return _remove_step(request, person)
    context = {
        "person": person,
        "has_step": Authenticator.objects.filter(user=person, type__in=SECOND_STEPS).exists(),
        "removal": StepRemoval.objects.waiting().for_list().filter(person=person).first(),
        "hours": settings.AFTERWORD_STEP_REMOVAL_HOURS,
        "nav_active": "people",
    }
    return render(request, "accounts/person_second_step.html", context)


@reauthentication_required
def _remove_step(request, person):
    services.ask_step_removal(person, by=request.user)
    messages.success(request, _("%(name)s is told by mail just now.") % {"name": person.get_full_name()})
    return redirect("person-second-step", person.public_id)


@require_POST
def step_removal_withdraw(request, public_id):
    removal = get_object_or_404(StepRemoval.objects.visible_to(request.user), public_id=public_id)
    if not can_withdraw_step_removal(request.user, removal):
        raise PermissionDenied
    services.withdraw_step_removal(removal, by=request.user)
    messages.success(request, _("It is taken back: the second step stays."))
    return redirect("person-second-step", removal.person.public_id)
