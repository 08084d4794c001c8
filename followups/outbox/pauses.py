"""The switch that pauses all letters: for an admin who sees something go wrong. Mail to our own people goes on."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.records import Conflict
from followups.models import LetterPause, OutboundEmail
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
