"""The audit: who did what to whose account or engagement."""

import structlog
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry

# In the words of the admins' page. Every verb that is written has one: tests/accounts/test_audit_list.py.
WORDS = {
    "access token ended": _("Key for a program ended"),
    "access token made": _("Key for a program made"),
    "activated": _("Account opened again"),
    "asked in vain": _("Asked for a coach, and none had room"),
    "backup restored": _("A backup restored"),
    "calendar feed made": _("Calendar feed made"),
    "calendar feed stopped": _("Calendar feed stopped"),
    "capacity set": _("Number of clients set"),
    "deletion asked": _("Asked for their account to be deleted"),
    "deletion undone": _("Keeps their account after all"),
    "codes for a lost phone made": _("Codes for a lost phone made"),
    "deactivated": _("Account closed"),
    "engagement began": _("Coach and client began"),
    "engagement declined": _("Coach and client: declined"),
    "engagement ended": _("Coach and client parted"),
    "engagement expired": _("Coach and client: nobody answered in time"),
    "engagement proposed": _("Coach and client proposed"),
    "export asked for": _("Asked for their data"),
    "export downloaded": _("Downloaded their data"),
    "installation named": _("Installation named"),
    "invitation cancelled": _("Invitation taken back"),
    "invited": _("Invited"),
    "joined": _("Joined"),
    "mail let go": _("All mail let go again"),
    "mail paused": _("All mail paused"),
    "made an admin too": _("A coach made an admin too"),
    "main address changed": _("Main address changed"),
    "no longer an admin": _("A coach no longer an admin"),
    "organisation's account joined": _("Signs in with the organisation too"),
    "organisation's account taken away": _("Signs in with the organisation no more"),
    "password changed": _("Password changed"),
    "password set anew": _("Password set anew by mail"),
    "second step given up": _("Passkey or code from an app given up"),
    "second step removal asked": _("Taking away a second step: asked"),
    "second step removal stopped": _("Taking away a second step: its owner said no"),
    "second step removal withdrawn": _("Taking away a second step: withdrawn"),
    "second step removed": _("Second step taken away"),
    "panel rule set": _("Notes to panels: rule set"),
    "sender named": _("Sender of mails named"),
    "sign-up domains set": _("Mail domains for sign-up set"),
    "sign-up rule set": _("Who may join: set"),
    "session booked": _("Session booked for a client"),
    "session cancelled": _("Session of a client called off"),
    "session moved": _("Session of a client moved"),
    "second step set up": _("Passkey or code from an app set up"),
}


def audit(verb, subject, *, by, on_behalf_of=None):
    """Write it down, in the transaction of what was done. `on_behalf_of`: whose affair it is; herself is nobody else."""
    AuditEntry.objects.create(
        verb=verb,
        subject_type=subject._meta.model_name,
        subject_id=subject.public_id,
        by=by,
        on_behalf_of=on_behalf_of if by and on_behalf_of != by else None,
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )


def in_words(entry):
    return WORDS.get(entry.verb, entry.verb)
