"""What a referee says back, by the one-time link and without an account."""

from django.db import transaction
from django.utils import timezone

from accounts.models import hash_token
from accounts.records import Refused
from followups import outbox, reminders
from followups.models import BriefEvent, OutboundEmail, Referee, RefereeBrief, Suppression, SuppressionChange
from followups.outbox.clock import database_now
from followups.outbox.rows import move as move_mail
from followups.services import closing, decisions
from followups.services.briefs.letters import link_ends_at
from followups.services.briefs.sending import locked

Answer = RefereeBrief.Answer


def brief_of(token, now=None):
    """The brief a link is about; None for a link that is forged, replaced or over."""
    now = now or timezone.now()
    brief = (
        RefereeBrief.objects.select_related("interview__candidate", "referee", "mistake")
        .filter(token_hash=hash_token(token))
        .first()
    )
    if brief is None or not brief.interview.candidate.is_active or now >= link_ends_at(brief):
        return None
    return brief


@transaction.atomic
def answer_brief(brief, choice, *, now=None):
    """Keep the referee's answer, with what follows from it. It may be changed until the link ends; the same again does nothing."""
    now = now or timezone.now()
    if choice not in Answer.values:
        raise Refused("choice", field="answer")
    if choice == Answer.DO_NOT_WRITE:
        # Before the brief is held: the pump holds a mail when it tells its brief.
        _never_again(brief)
    brief = locked(brief)
    before = brief.answer
    if before == choice:
        return brief
    brief.answer, brief.answered_at = choice, now
    brief.save(update_fields=["answer", "answered_at", "updated_at"])
    BriefEvent.objects.create(subject=brief, old=brief.status, new=brief.status, reason=f"answered_{choice}")
    if Answer.DO_NOT_WRITE in (before, choice):
        refused_at = now if choice == Answer.DO_NOT_WRITE else None
        Referee.objects.filter(pk=brief.referee_id).update(refused_at=refused_at, updated_at=now)
        brief.referee.refused_at = refused_at
    if before == Answer.DO_NOT_WRITE:
        _welcome_again(brief)
    if choice != Answer.HAPPY and brief.mistake:
        decisions.referee_declined(brief.mistake, now=now)
    closing.close_if_done(brief.interview, now=now)
    reminders.refresh(brief, now=now)
    return brief


def _hashes(brief):
    """Of the address the letter went to, also where the address itself is forgotten."""
    if brief.sent_to:
        return outbox.hashes_of(brief.sent_to)
    rows = OutboundEmail.objects.filter(subject_type=RefereeBrief._meta.label_lower, subject_id=brief.public_id)
    return list(rows.values_list("to_address_hash", flat=True))


def _never_again(brief):
    """Nobody's letter from here reaches this address any more, and what waits for it does not go."""
    hashes = _hashes(brief)
    if brief.sent_to:
        outbox.suppress(brief.sent_to, reason="asked")
    elif hashes and not Suppression.objects.filter(address_hash__in=hashes).exists():
        Suppression.objects.create(address_hash=hashes[0], reason="asked")
        SuppressionChange.objects.create(address_hash=hashes[0], verb="added", reason="asked")
    waiting = OutboundEmail.objects.filter(
        to_third_party=True, to_address_hash__in=hashes, status__in=["queued", "claimed"]
    )
    moment = database_now()
    for row in waiting.order_by("pk").select_for_update(no_key=True, of=("self",)):
        move_mail(row, "suppressed", at=moment, reason="suppressed", error="suppressed")


def _welcome_again(brief):
    """A mind changed on the same page: the refusal is lifted, unless another page of this person still says so."""
    others = RefereeBrief.objects.filter(answer=Answer.DO_NOT_WRITE, sent_to__iexact=brief.sent_to)
    if not brief.sent_to or others.exclude(pk=brief.pk).exists():
        return
    entry = outbox.suppression_of(brief.sent_to)
    if entry and entry.reason == Suppression.Source.ASKED:
        outbox.lift_suppression(brief.sent_to, why="changed on the page of a referee's answer", by=None)
