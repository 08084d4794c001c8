"""What a coach's answer to one decision does: agree, change, ask; and what would follow from a change, said before."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.records import Refused
from coaching import consequences
from coaching.consequences import Letter, Stage
from coaching.models import ReviewItem
from followups import triage
from followups.models import ThankYouNote, TriageDecision
from followups.services import decisions, notes
from interviews.models import Mistake

Answer = ReviewItem.Answer
STAGES = {
    **dict.fromkeys(ThankYouNote.EDITABLE, Stage.DRAFT),
    ThankYouNote.Status.SCHEDULED: Stage.SCHEDULED,
    **dict.fromkeys(ThankYouNote.GONE, Stage.GONE),
}


@dataclass(frozen=True)
class Choice:
    """One thing that could be done instead. With an `obstacle` (words) it cannot; `if_stopped`: where the letter is stopped too."""

    action: str
    label: str
    obstacle: str
    follows: list
    if_stopped: list


def choices_for(item):
    """What else can be decided about a reviewed decision, and what would follow from each: shown before anything is done."""
    mistake = item.decision.mistake
    standing, facts = _standing(mistake, item), decisions.facts_for(mistake)
    is_behind, letters = mistake.status not in Mistake.LIVE, [_letter(note) for note in _carrying(mistake)]
    is_stoppable = any(letter.stage == Stage.SCHEDULED for letter in letters)
    found = []
    for action in TriageDecision.Action:
        if action == standing.action:
            continue
        obstacle = None if is_for_next_time(mistake) else triage.still_possible(triage.Action(action), facts)
        is_barred = obstacle is not None and action in consequences.WRITTEN
        follows = consequences.of_change(action, letters, is_behind=is_behind)
        stopped = consequences.of_change(action, letters, is_behind=is_behind, stop=True) if is_stoppable else follows
        found.append(
            Choice(
                action=action,
                label=str(action.label),
                obstacle=_(obstacle.text) if is_barred else "",
                follows=follows,
                if_stopped=stopped if stopped != follows else [],
            )
        )
    return found


def in_words(effects):
    """What follows, as the coach reads it."""
    return [_(consequences.WORDS[effect]) for effect in effects]


def _carrying(mistake):
    return mistake.carried_by.filter(status__in=STAGES).order_by("id")


def _letter(note):
    return Letter(STAGES[note.status], is_only_that=note.kind == ThankYouNote.Kind.CORRECTION)


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
    if item.action in consequences.WRITTEN and not is_for_next_time(mistake):
        obstacle = triage.still_possible(triage.Action(item.action), decisions.facts_for(mistake))
        if obstacle is not None:
            raise Refused(_(obstacle.text), field=field)


def _standing(mistake, item):
    return decisions.current_decision(mistake) or item.decision


def _change(item, *, stop, by, now):
    """The new decision, and what becomes of a letter that carries the old one."""
    mistake = item.decision.mistake
    decisions.decide_otherwise(mistake, item.action, by=by, message=item.message, made="coach", now=now)
    for note in _carrying(mistake):
        if consequences.of_letter(item.action, _letter(note), stop=stop) in consequences.TAKEN_OUT:
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
        and item.action not in consequences.WRITTEN
        and item.decision.mistake.carried_by.filter(status=ThankYouNote.Status.SCHEDULED).exists()
    )
