"""The switches that pause all letters, for an admin who sees something go wrong, and all mail, for whoever runs the installation."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.records import Conflict
from accounts.services import audit
from followups.models import LetterPause, MailPause, OutboundEmail
from followups.outbox.clock import database_now
from followups.outbox.waking import wake


@transaction.atomic
def pause_letters(*, by):
    """From now on no letter is handed over, and none is taken. Raises Conflict if they are paused already."""
    try:
        with transaction.atomic():
            return LetterPause.objects.create(began_at=database_now(), by=by)
    except IntegrityError:
        raise Conflict(_("Letters are paused already.")) from None


@transaction.atomic
def resume_letters(*, by):
    """Let letters go again; those that waited go at once. Raises Conflict if they are not paused."""
    now = database_now()
    if not LetterPause.objects.filter(ended_at=None).update(ended_at=now, ended_by=by, updated_at=now):
        raise Conflict(_("Letters are not paused."))
    held = OutboundEmail.objects.filter(to_third_party=True, status=OutboundEmail.Status.QUEUED, next_try_at__gt=now)
    # Held ones are past their time; those due later, or waiting for another try, keep theirs.
    held.filter(due_at__lte=now, error="paused").update(next_try_at=now, updated_at=now)
    wake()


def mail_pause():
    """The pause of all mail that is on; None while there is none."""
    return MailPause.objects.filter(ended_at=None).first()


@transaction.atomic
def pause_mail(*, by):
    """From now on nothing leaves, to whomever; mails are written and wait. Raises Conflict if all are paused already."""
    try:
        with transaction.atomic():
            pause = MailPause.objects.create(began_at=database_now(), by=by)
    except IntegrityError:
        raise Conflict(_("All mail is paused already.")) from None
    audit("mail paused", pause, by=by)
    return pause


@transaction.atomic
def resume_mail(*, by):
    """Let mails go again; what is due goes at once. Raises Conflict if they are not paused, or a restored backup is not settled yet."""
    pause = MailPause.objects.select_for_update().filter(ended_at=None).first()
    if pause is None:
        raise Conflict(_("Mail is not paused."))
    if pause.taken_at is not None and pause.settled_at is None:
        raise Conflict(_("The backup is not restored to the end yet: run `manage.py restore --finish` first."))
    pause.ended_at, pause.ended_by = database_now(), by
    pause.save(update_fields=["ended_at", "ended_by", "updated_at"])
    audit("mail let go", pause, by=by)
    wake()
    return pause
