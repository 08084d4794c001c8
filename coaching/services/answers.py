"""What a coach's answer to one decision does: agree, change, ask."""

from django.utils.translation import gettext as _

from accounts.records import Refused
from coaching.models import ReviewItem
from followups import triage
from followups.models import ThankYouNote, TriageDecision
from followups.services import decisions, notes
from interviews.models import Mistake

Answer = ReviewItem.Answer
WRITTEN = (TriageDecision.Action.THANK_YOU_NOTE, TriageDecision.Action.CORRECT_NOW)


def answer_item(item, given, *, by, now):
    """Keep the answer; a change becomes a new decision where it still can change something.

    Raises Refused with the item's public_id as its field.
    """
    field = str(item.public_id)
    item.answer, item.message = given.get("answer") or "", (given.get("message") or "").strip()
    item.action = (given.get("action") or "") if item.answer == Answer.CHANGE else ""
    if item.answer not in Answer.values:
        raise Refused(_("Agree, change or ask: one of the three."), field=field)
    if item.answer == Answer.ASK and not item.message:
        raise Refused(_("Write what you would like to ask."), field=field)
    if item.answer == Answer.CHANGE:
        _check_change(item, field)
    item.full_clean(validate_constraints=False)
    item.save()
    if item.answer == Answer.CHANGE and not is_for_next_time(item.decision.mistake):
        _change(item, stop=bool(given.get("stop")), by=by, now=now)


def is_for_next_time(mistake):
    """Nothing can follow any more: it is behind her, or its letter is on its way."""
    return mistake.status not in Mistake.LIVE or mistake.carried_by.filter(status__in=ThankYouNote.GONE).exists()


def _check_change(item, field):
    mistake = item.decision.mistake
    if item.action not in TriageDecision.Action.values or item.action == _standing(mistake, item).action:
        raise Refused(_("Choose what to do instead."), field=field)
    if item.action in WRITTEN and not is_for_next_time(mistake):
        obstacle = triage.still_possible(triage.Action(item.action), decisions.facts_for(mistake))
        if obstacle is not None:
            raise Refused(_(obstacle.text), field=field)


def _standing(mistake, item):
    return decisions.current_decision(mistake) or item.decision


def _change(item, *, stop, by, now):
    """The new decision, and what becomes of a letter that carries the old one."""
    mistake = item.decision.mistake
    decisions.decide_otherwise(mistake, item.action, by=by, message=item.message, made="coach", now=now)
    if item.action in WRITTEN:
        return
    for note in mistake.carried_by.filter(status__in=[*ThankYouNote.EDITABLE, ThankYouNote.Status.SCHEDULED]):
        # Scheduled, her approval stands, and she is asked: send without it, or as it is (silence). Only what the coach
        # calls false or hurtful is pulled from a letter she has approved.
        if stop or note.status != ThankYouNote.Status.SCHEDULED:
            _leave_out(note, by=by, now=now)


def _leave_out(note, *, by, now):
    """Take the sentences out; the old text is kept. A letter that was nothing else is put away."""
    if note.kind == ThankYouNote.Kind.CORRECTION:
        notes.skip_note(note, by=by, reason="correction_stopped", now=now)
    elif note.status == ThankYouNote.Status.SCHEDULED:
        notes.stop_correction(note, by=by, now=now)
    else:
        notes.take_out_correction(note, by=by, reason="correction_stopped", now=now)


def send_without(item, *, by, now):
    """Her answer to a change that came after she had approved: the letter goes at its time without the addition."""
    for note in item.decision.mistake.carried_by.filter(status=ThankYouNote.Status.SCHEDULED):
        _leave_out(note, by=by, now=now)


def waits_for_her(item):
    """Whether she is asked "send without it, or as it is": changed by the coach, and the letter still carries it."""
    return (
        item.answer == Answer.CHANGE
        and item.action not in WRITTEN
        and item.decision.mistake.carried_by.filter(status=ThankYouNote.Status.SCHEDULED).exists()
    )
