"""Everybody here, for admins."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.models import Invitation, User
from accounts.pages import keyset_page
from accounts.permissions import can_manage_people, can_set_admin


def people_list(request):
    """Admins: everybody with their roles, and the invitations that wait."""
    if not can_manage_people(request.user):
        raise PermissionDenied
    cohort = request.GET.get("cohort", "").strip()
    people = User.objects.for_people().with_second_step().in_cohort(cohort)
    page = keyset_page(people, request, key="joined_at")
    waiting = Invitation.objects.visible_to(request.user).open().for_list()[:25]
    ran_out = Invitation.objects.visible_to(request.user).ran_out(timezone.now()).for_list()[:25]
    return render(
        request,
        "accounts/people_list.html",
        {
            "page": page,
            "cohort": cohort,
            "invitations": waiting,
            "ran_out": ran_out,
            "now": timezone.now(),
            "nav_active": "people",
        },
    )


@require_POST
def person_activate(request, public_id):
    return _change_person(request, public_id, services.activate)


@require_POST
def person_deactivate(request, public_id):
    return _change_person(request, public_id, services.deactivate)


def _change_person(request, public_id, change):
    if not can_manage_people(request.user):
        raise PermissionDenied
    change(get_object_or_404(User, public_id=public_id), by=request.user)
    return redirect("people-list")


@require_POST
def person_admin(request, public_id):
    """Let a coach be an admin too, or no more."""
    if not can_manage_people(request.user):
        raise PermissionDenied
    person = get_object_or_404(User, public_id=public_id)
    if not can_set_admin(request.user, person):
        raise PermissionDenied
    return _set_admin(request, person)


@reauthentication_required
def _set_admin(request, person):
    is_admin = request.POST.get("answer") == "admin"
    services.set_admin(person, is_admin, by=request.user)
    words = _("%(name)s is an admin too.") if is_admin else _("%(name)s is no longer an admin.")
    messages.success(request, words % {"name": person.get_full_name()})
    return redirect("people-list")
