"""Asking somebody in, and coming in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.forms import SEEN_BY_OTHERS, InvitationAcceptForm, InvitationForm
from accounts.models import Engagement, Invitation, hash_token
from accounts.permissions import can_invite
from accounts.records import Conflict, Refused
from accounts.sign_in import enter


def invitation_new(request):
    if not can_invite(request.user):
        raise PermissionDenied
    return _invite(request)


def invitation_again(request, public_id):
    """Where the mail about one that ran out leads: the same form, filled in, and nothing goes before it is sent."""
    former = get_object_or_404(Invitation.objects.visible_to(request.user).select_related("coach"), public_id=public_id)
    if not Invitation.objects.unanswered().filter(pk=former.pk).exists():
        messages.info(request, _("They are here already, or were invited again since."))
        return redirect(_after_inviting(request.user))
    return _invite(request, former)


def _invite(request, former=None):
    initial = {}
    if former is not None:
        coach = former.coach and former.coach.public_id
        initial = {"email": former.email, "name": former.name, "role": former.role, "coach": coach}
    form = InvitationForm(request.POST or None, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.invite(
                email=data["email"],
                name=data["name"],
                role=data.get("role", Invitation.Role.CANDIDATE),
                coach=data["coach"] if request.user.is_admin else request.user,
                by=request.user,
            )
        except (Refused, Conflict) as problem:
            form.add_error(getattr(problem, "field", None), str(problem))
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": data["email"]})
            return redirect(_after_inviting(request.user))
    context = {"form": form, "former": former, "now": timezone.now(), "nav_active": place_of_engagements(request.user)}
    return render(request, "accounts/invitation_new.html", context)


@require_POST
def invitation_cancel(request, public_id):
    """Take one back that was not answered yet."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), public_id=public_id)
    services.cancel_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation of %(email)s is taken back.") % {"email": invitation.email})
    return redirect(_after_inviting(request.user))


def _after_inviting(user):
    return "people-list" if user.is_admin else "engagement-list"


@login_not_required
def invitation_accept(request, token):
    """The page behind the mail: GET shows, POST makes the account."""
    invitation = (
        Invitation.objects.filter(token_hash=hash_token(token)).open().select_related("invited_by", "coach").first()
    )
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=410)
    form = InvitationAcceptForm(
        request.POST or None,
        initial={"name": invitation.name, **({"zone": invitation.zone} if invitation.zone else {})},
    )
    if invitation.role != Invitation.Role.CANDIDATE:
        form.fields["name"].help_text = SEEN_BY_OTHERS
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = services.accept_invitation(
                invitation, password=data["password"], name=data["name"], zone=data["zone"]
            )
        except Conflict as problem:
            form.add_error(None, str(problem))
        else:
            enter(request, user)
            engagement = Engagement.objects.visible_to(user).filter(status=Engagement.Status.INVITED).first()
            return redirect("engagement-detail", engagement.public_id) if engagement else redirect("today")
    return render(request, "accounts/invitation_accept.html", {"form": form, "invitation": invitation})


def place_of_engagements(user):
    """The entry of the navigation under which these pages lie."""
    return "people" if user.is_admin else "clients" if user.is_coach else "engagements"
