"""What follows for mistakes when a note of their interview moves: said, no longer possible, or not said after all."""

from django.db import transaction
from django.utils import timezone

from accounts.records import Refused
from followups import reminders
from followups import triage as policy
from followups.models import ThankYouNote
from followups.services import closing
from followups.services.decisions import WRITTEN, current_decision, facts_for, locked, reconsider
from interviews import services as interviews
from interviews.models import Interview, Mistake


@transaction.atomic
def note_moved(note, *, by=None, now=None):
    """A note of the interview has changed its state: what it carries may be done, what it did not carry too late."""
    now = now or timezone.now()
    interview, says = note.interview, note.carries if _says_it(note) else None
    if says and note.status in closing.OUT:
        _said(note, by=by)
    elif says and note.status == ThankYouNote.Status.FAILED and note.failure == "bounced":
        _unsaid(note, now=now)
    for mistake in interview.mistakes.filter(status=Mistake.Status.DECIDED).exclude(pk=says and says.pk):
        reconsider(mistake, now=now)
    closing.close_if_done(interview, now=now)
    reminders.refresh(interview, now=now)


def _says_it(note):
    """Whether the note has a sentence about what it carries; a thank-you note begun without one has nothing to carry."""
    return bool(note.carries and (note.kind == ThankYouNote.Kind.CORRECTION or note.carries.correction.strip()))


def _carried_by_others(note, states):
    return ThankYouNote.objects.filter(carries=note.carries, status__in=states).exclude(pk=note.pk).exists()


def _said(note, *, by):
    """What was decided is out, and nothing is left to do about it, unless another note is still to say it too."""
    mistake = locked(note.carries)
    if mistake.status == Mistake.Status.DECIDED and not _carried_by_others(
        note, [*closing.UNFINISHED, *closing.WAITING]
    ):
        interviews.settle_mistake(mistake, Mistake.Status.DONE, by=by)


def _unsaid(note, *, now):
    """It came back, so nobody has read it: what was decided is to be carried out again, or decided anew where it cannot be.

    Once the outcome is known only what can still be said comes back; with five others open, nothing does.
    """
    mistake = locked(note.carries)
    decision = current_decision(mistake)
    if mistake.status != Mistake.Status.DONE or decision is None or decision.action not in WRITTEN:
        return
    if _carried_by_others(note, closing.OUT):
        return
    is_over = mistake.interview.outcome != Interview.Outcome.NONE
    if is_over and policy.still_possible(policy.Action(decision.action), facts_for(mistake, now)) is not None:
        return
    try:
        mistake = interviews.bring_back_mistake(mistake, reason="note_came_back")
    except Refused:
        return
    interviews.settle_mistake(mistake, Mistake.Status.DECIDED, reason="note_came_back")
    reconsider(mistake, now=now)
