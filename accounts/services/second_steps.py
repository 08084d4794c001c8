"""Taking away somebody's second step for them: asked by an admin, told to its owner, done only after a wait."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import links
from accounts.mail import compose
from accounts.models import SECOND_STEPS, StepRemoval, User
from accounts.records import Conflict, Refused, move, start
from accounts.services.auditing import audit
from accounts.services.sessions import end_sessions

Status = StepRemoval.Status


@transaction.atomic
def ask_step_removal(person, *, by, now=None):
    """From `AFTERWORD_STEP_REMOVAL_HOURS` on the password alone opens the account, unless its owner says no.

    Raises Refused where there is nothing to take away, and Conflict where it is under way already.
    """
    now = now or timezone.now()
    if person == by:
        raise Refused(_("Your own you take away in your settings."), field="person")
    if not person.is_active:
        raise Refused(_("This account is closed."), field="person")
    if not Authenticator.objects.filter(user=person, type__in=SECOND_STEPS).exists():
        raise Refused(_("There is no second step to take away."), field="person")
    due_at = now + timedelta(hours=settings.AFTERWORD_STEP_REMOVAL_HOURS)
    removal = StepRemoval(person=person, asked_by=by, due_at=due_at)
    try:
        with transaction.atomic():
            start(removal, by=by)
    except IntegrityError:
        raise Conflict(_("It is under way already.")) from None
    audit("second step removal asked", person, by=by)
    link = links.url("second-step", person, removal.public_id, ends_at=due_at)
    _tell(person, "step_removal_asked", removal, link=link, by=by)
    return removal


@transaction.atomic
def stop_step_removal(removal, *, by):
    """Its owner says no: everything stays as it is."""
    move(removal, Status.STOPPED, by=by)
    audit("second step removal stopped", removal.person, by=by)
    return removal


@transaction.atomic
def withdraw_step_removal(removal, *, by):
    """An admin, or the closing of an account, takes it back."""
    move(removal, Status.WITHDRAWN, by=by)
    audit("second step removal withdrawn", removal.person, by=by)
    return removal


def withdraw_step_removals_of(user, *, by):
    """Of a closed account, whose owner can say nothing any more, and those that its owner has asked for."""
    for removal in StepRemoval.objects.waiting().about(user):
        withdraw_step_removal(removal, by=by)


@transaction.atomic
def carry_out_step_removal(removal, *, now):
    """Once its time has come: passkeys, codes and sessions end, since the phone may be in other hands. False if it is too early."""
    if removal.due_at > now:
        return False
    person = User.objects.select_for_update(no_key=True).get(pk=removal.person_id)
    move(removal, Status.DONE)
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    audit("second step removed", person, by=removal.asked_by)
    _tell(person, "step_removal_done", removal)
    return True


def _tell(person, template, removal, **context):
    message = compose(template, to=person, context={"removal": removal, **context})
    message.outbox_options = {
        "kind": "second-step",
        # With mails about passwords: at once, at any hour, and nobody can opt out.
        "urgency": 0,
        "recipient": person,
        "subject": removal,
        "is_secret": True,
        "ignores_quiet_hours": True,
    }
    message.send()
