"""The kind about invitations: one that was not taken up has run out, told to whoever sent it."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation
from followups import outbox
from followups.reminders.registry import Kind, Wanted, register

OF_USE = timedelta(days=7)


def run_out(invitation, now):
    """Once, when its link closes; not where they have joined, or were invited anew. Whoever was invited hears nothing."""
    if invitation.invited_by is None or not Invitation.objects.unanswered().filter(pk=invitation.pk).exists():
        return []
    end = invitation.expires_at
    return [Wanted(invitation.invited_by, "1", end, useless_after=end + OF_USE)]


def keep_its_mail_back(invitation, *, now):
    """One that was taken back while its mail still waits."""
    if invitation.cancelled_at:
        outbox.cancel(invitation, kind="invitation", reason="cancelled")


def _about(invitation, reminder):
    return {"who": invitation.name or invitation.email}


def register_all():
    """Called once, when the app starts."""
    register(
        Kind(
            name="invitation-over",
            subject_model=Invitation,
            related=("invited_by",),
            derive=run_out,
            template="reminder_invitation_over",
            context=_about,
            title=_("An invitation of yours that ran out"),
            path=lambda public_id: reverse("invitation-again", args=[public_id]),
            roles=("coach", "admin"),
        )
    )
