"""What of this app's rows, and of the sign-in's, stands in a person's export of their data."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    AccessToken,
    AuditEntry,
    Engagement,
    EngagementEvent,
    FormDraft,
    Invitation,
    Roster,
    StepRemoval,
    StepRemovalEvent,
    User,
)
from accounts.personal_data import Table

HOW_IT_WENT = _("How it went")


def events(name, model, *, of, title=HOW_IT_WENT):
    """What became of each row of `of(person)`, told under it. Who did it is named as on the pages."""
    return Table(
        name,
        title,
        model,
        lambda person: model.objects.filter(subject__in=of(person)).order_by("id"),
        "at new by | old reason subject=subject__public_id",
        within="subject",
    )


def _engagements(person):
    return Engagement.objects.visible_to(person).filter(Q(candidate=person) | Q(coach=person)).order_by("id")


def _step_removals(person):
    return StepRemoval.objects.about(person).order_by("id")


TABLES = (
    Table(
        "account",
        _("Your account"),
        User,
        lambda person: User.objects.filter(pk=person.pk),
        "public_id email name language zone cohort quiet_from quiet_until joined_at last_login | is_candidate is_coach is_admin"
        " is_active capacity muted_reminders hints_put_away vouched_at",
        heading="name",
    ),
    Table(
        "addresses",
        _("Your e-mail addresses"),
        EmailAddress,
        lambda person: EmailAddress.objects.filter(user=person).order_by("id"),
        "email verified primary",
    ),
    Table(
        "second_factors",
        _("Your second factors"),
        Authenticator,
        lambda person: Authenticator.objects.filter(user=person).order_by("id"),
        "type created_at last_used_at",
    ),
    Table(
        "accounts_elsewhere",
        _("Accounts of an organisation with which you sign in"),
        SocialAccount,
        lambda person: SocialAccount.objects.filter(user=person).order_by("id"),
        "provider uid date_joined last_login | extra_data",
    ),
    Table(
        "sessions_of_browsers",
        _("Where you are signed in"),
        UserSession,
        lambda person: UserSession.objects.filter(user=person).order_by("id"),
        "created_at last_seen_at ip user_agent",
    ),
    Table(
        "keys",
        _("Your keys for programs"),
        AccessToken,
        lambda person: AccessToken.objects.visible_to(person).order_by("id"),
        "public_id created_at name scopes start expires_at last_used_at revoked_at",
    ),
    Table(
        "engagements",
        _("Who you work with"),
        Engagement,
        _engagements,
        "public_id candidate coach status created_at ended_at share_new_interviews | created_by for_anybody"
        " candidate_agreed_at coach_agreed_at",
        heading="candidate coach",
    ),
    events("engagement_events", EngagementEvent, of=_engagements),
    Table(
        "invitations_received",
        _("Invitations to you"),
        Invitation,
        lambda person: Invitation.objects.filter(email__iexact=person.email).order_by("id"),
        "created_at email name role coach invited_by expires_at accepted_at | cancelled_at cohort zone mailed_at",
    ),
    Table(
        "invitations_sent",
        _("Invitations you sent"),
        Invitation,
        lambda person: Invitation.objects.visible_to(person).filter(invited_by=person).order_by("id"),
        "created_at email name role coach expires_at accepted_at | cancelled_at cohort zone mailed_at",
    ),
    Table(
        "drafts",
        _("What you typed and have not sent"),
        FormDraft,
        lambda person: FormDraft.objects.filter(user=person).order_by("id"),
        "updated_at path fields",
    ),
    Table(
        "audit",
        _("What was noted that you did"),
        AuditEntry,
        lambda person: AuditEntry.objects.filter(by=person).order_by("id"),
        "at verb on_behalf_of subject_type subject_id request_id",
    ),
    Table(
        "audit_for_you",
        _("What was noted that others did for you"),
        AuditEntry,
        lambda person: AuditEntry.objects.filter(on_behalf_of=person).order_by("id"),
        "at verb by subject_type subject_id | request_id on_behalf_of",
    ),
    Table(
        "step_removals",
        _("Second steps that were to be taken away"),
        StepRemoval,
        _step_removals,
        "created_at person asked_by status due_at | public_id",
    ),
    events("step_removal_events", StepRemovalEvent, of=_step_removals, title=_("What became of that")),
    Table(
        "rosters",
        _("Lists of people you are about to invite"),
        Roster,
        lambda person: Roster.objects.visible_to(person).order_by("id"),
        "created_at sheet | public_id by",
    ),
)
LEFT_OUT = {
    "accounts.Export": "of the export itself",
    "accounts.ExportEvent": "of the export itself",
    "accounts.ExportChunk": "of the export itself",
    "accounts.User.password": "a secret",
    "accounts.User.is_superuser": "used by nobody here",
    "accounts.User.erased_at": "empty as long as there is anything to export",
    "accounts.Erasure": "shown on the page on which it is asked for and undone; once carried out it names nobody",
    "accounts.ErasureEvent": "the same",
    "accounts.User.groups": "used by nobody here",
    "accounts.User.user_permissions": "used by nobody here",
    "accounts.Invitation.token_hash": "a secret",
    "accounts.Invitation.from_roster": "from which list it came, for those who invite",
    "accounts.Invitation.public_id": "names the row on the pages of those who invite",
    "accounts.AccessToken.token_hash": "a secret",
    "accounts.AccessToken.user": "always herself",
    "accounts.FormDraft.user": "always herself",
    "accounts.IdempotentRequest": "answers to requests, kept for a week; what they hold stands in the other tables",
    "account.EmailAddress.user": "always herself",
    "account.EmailConfirmation": "a secret",
    "mfa.Authenticator.user": "always herself",
    "mfa.Authenticator.data": "a secret",
    "socialaccount.SocialAccount.user": "always herself",
    "socialaccount.SocialToken": "a secret, and none is kept",
    "usersessions.UserSession.user": "always herself",
    "usersessions.UserSession.session_key": "a secret",
    "usersessions.UserSession.data": "of the sign-in's own working",
}
# Names of columns in the text for people.
WORDS = {
    "at": _("When"),
    "by": _("By"),
    "new": _("It became"),
    "created_at": _("Since"),
    "updated_at": _("Typed"),
    "status": _("How it stands"),
    "ends_at": _("Until"),
    "expires_at": _("Until"),
    "User.joined_at": _("Here since"),
    "User.last_login": _("Last signed in"),
    "UserSession.last_seen_at": _("Last seen"),
    "UserSession.ip": _("From the address"),
    "UserSession.user_agent": _("Browser"),
    "last_used_at": _("Last used"),
    "revoked_at": _("Ended"),
    "AccessToken.created_at": _("Made"),
    "start": _("Begins with"),
    "ended_at": _("Ended"),
    "provider": _("Where"),
    "uid": _("Known there as"),
    "SocialAccount.date_joined": _("Joined"),
    "EmailAddress.verified": _("Confirmed"),
    "EmailAddress.primary": _("The one we write to"),
    "Authenticator.type": _("What it is"),
    "invited_by": _("Invited by"),
    "accepted_at": _("Taken up"),
    "Invitation.created_at": _("Sent"),
    "FormDraft.path": _("Page"),
    "FormDraft.fields": _("What you typed"),
    "AuditEntry.verb": _("What"),
    "on_behalf_of": _("For"),
    "asked_by": _("Asked for by"),
    "due_at": _("At"),
    "person": _("Whose"),
    "sheet": _("The list"),
    "request_id": _("Request"),
    "AuditEntry.subject_type": _("To what"),
    "AuditEntry.subject_id": _("Of"),
}
