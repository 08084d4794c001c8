"""Deleting one's account: asked for, undone, and meanwhile everything that would still happen in that person's name stopped."""

import logging
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import erasing, ledger, personal_data
from accounts.mail import compose
from accounts.models import Erasure, User
from accounts.records import Conflict, Refused, move, start
from accounts.services.people import set_active
from accounts.services.sessions import end_access

logger = logging.getLogger(__name__)
Status = Erasure.Status
MAIL = "account_deletion"
# What else is written to whoever is leaving: a way in, which nobody else may read.
MAIL_TO_LEAVING = {"kind": MAIL, "urgency": 0, "is_secret": True, "ignores_quiet_hours": True}
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
    end_access(person, by=person, but=keep_session, now=now)
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


def carry_out_due(now, *, limit=5):
    """Erase whose day has come, and what was begun and not finished; how many. One person's trouble is not the others'."""
    done = 0
    for erasure in Erasure.objects.due(now)[:limit]:
        try:
            done += carry_out(erasure, now=now)
        except (Conflict, DatabaseError, OSError) as error:
            logger.warning("erasure_postponed erasure=%s error=%s", erasure.public_id, type(error).__name__)
        except Exception as error:
            logger.exception("erasure_failed erasure=%s error=%s", erasure.public_id, type(error).__name__)
    return done


def erase_leftovers():
    """What somebody was just writing about a person while that person was erased; the number of rows. Hourly."""
    gone = sum(rows.delete()[0] for rows in erasing.leftovers())
    if gone:
        logger.warning("erasure_leftovers rows=%s", gone)
    return gone


def erase_again(public_id, *, now):
    """After a backup was restored: erase somebody who is in it and was erased since. False if there is nobody."""
    person = User.objects.filter(public_id=public_id).first()
    if person is None:
        return False
    with transaction.atomic():
        set_active(person, False, verb="deletion asked", by=None, now=now)
        for follow in _followers:
            follow(person, now=now)
        # One that waits in the backup had its day long ago.
        erasure = Erasure.objects.filter(person=person, status__in=Erasure.OPEN).first() or start(
            Erasure(person=person, person_public_id=public_id, erase_at=now)
        )
    return carry_out(erasure, now=now)


def carry_out(erasure, *, now):
    """Erase one person, all or nothing. False if somebody else is at it, or it was undone meanwhile.

    Begun is committed first: from there nothing can be undone, and whoever is killed is followed by the next pass.
    """
    if erasure.status == Status.WAITING:
        try:
            move(erasure, Status.BEGUN)
        except Conflict:
            return False
    # Before anything goes: the news must not be lost with a database that is restored from before it.
    ledger.note(erasure.person_public_id, now)
    with transaction.atomic():
        rows = Erasure.objects.filter(pk=erasure.pk, status=Status.BEGUN).select_for_update(
            of=("self",), skip_locked=True
        )
        erasure = rows.select_related("person").first()
        if erasure is None:
            return False
        # No stronger: the pump, which may hold a mail that is waited for below, writes rows that point to the person.
        person = User.objects.select_for_update(no_key=True).get(pk=erasure.person_id)
        counts = Counter()
        for part in personal_data.parts_to_erase():
            counts.update(part.erase(person) or {})
        # Not even by whom it was asked: that is the number others' rows point to.
        erasure.events.update(by=None)
        move(erasure, Status.DONE, person=None, erased_at=now, counts=dict(counts))
    logger.info("person_erased person=%s rows=%s", erasure.person_public_id, sum(counts.values()))
    return True
