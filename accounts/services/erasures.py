"""Deleting one's account: asked for, undone, and meanwhile everything that would still happen in that person's name stopped."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mail import compose
from accounts.models import Erasure, User
from accounts.records import Conflict, Refused, move, start
from accounts.services.people import set_active
from accounts.services.tokens import revoke_token

Status = Erasure.Status
MAIL = "account_deletion"
_followers = []


def follow_erasures(follow):
    """Call `follow(person, now=…)` in the transaction in which somebody asked for their account to be deleted."""
    _followers.append(follow)


def erasure_of(person):
    """The deletion that waits for its day and can be undone; None if there is none."""
    return Erasure.objects.waiting().filter(person=person).first()


@transaction.atomic
def ask_erasure(person, *, keep_session=None, now=None):
    """Close one's own account now and delete it after the days of grace. What waits to happen in her name stops at once.

    Sessions end, but for the one of `keep_session` (its key), which shows no more than this. Raises Conflict for whoever has
    asked already, Refused for the last admin.
    """
    now = now or timezone.now()
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not person.is_active:
        raise Conflict(_("Your account is closed already."))
    _check_not_last_admin(person)
    erase_at = now + timedelta(days=settings.AFTERWORD_ERASE_AFTER_DAYS)
    erasure = start(Erasure(person=person, person_public_id=person.public_id, erase_at=erase_at), by=person)
    set_active(person, False, verb="deletion asked", by=person, now=now)
    for follow in _followers:
        follow(person, now=now)
    for session in UserSession.objects.filter(user=person).exclude(session_key=keep_session or ""):
        session.end()
    for token in person.access_tokens.filter(revoked_at=None):
        revoke_token(token, by=person, now=now)
    link = settings.BASE_URL + reverse("account-delete")
    message = compose(MAIL, to=person, context={"erasure": erasure, "link": link})
    message.outbox_options = {"kind": MAIL, "urgency": 0, "recipient": person, "ignores_quiet_hours": True}
    message.send()
    return erasure


@transaction.atomic
def undo_erasure(person, *, now=None):
    """Second thoughts: the account is open again. What was called off meanwhile stays so. Raises Conflict once it is too late."""
    erasure = erasure_of(person)
    if erasure is None:
        raise Conflict(_("There is nothing to undo here."))
    move(erasure, Status.UNDONE, by=person)
    set_active(person, True, verb="deletion undone", by=person, now=now or timezone.now())
    return erasure


def _check_not_last_admin(person):
    if not person.is_admin:
        return
    # Two who leave at once wait here for each other.
    admins = User.objects.filter(is_admin=True, is_active=True).order_by("pk").select_for_update(no_key=True)
    if [admin.pk for admin in admins] == [person.pk]:
        raise Refused(_("You are the only admin here. Invite another one first."))
