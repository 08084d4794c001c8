"""Putting a statement right: what was said and what is true, the sentence, to whom, today or not now.

Nothing here tells anybody anything: a letter begins as a draft of hers, and "not now" is an answer like any other.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused
from followups import clock, drafting
from followups.models import CorrectionPlan, ThankYouNote, TriageDecision
from followups.services import closing, debrief, decisions, notes
from interviews.models import Interviewer, Mistake

EDITABLE_FIELDS = frozenset({"said", "truth", "cv_says", "form_says"})
Paper = CorrectionPlan.Paper


@dataclass(frozen=True)
class Way:
    """One way for the sentence to reach somebody: in `note`, a thank-you note not sent yet, or in a letter to `person`."""

    note: ThankYouNote | None = None
    person: Interviewer | None = None
    is_suggested: bool = False

    @property
    def key(self):
        """Names the way in a form. Without note and person: in a thank-you note that is still to be begun."""
        if self.note:
            return f"note:{self.note.public_id}"
        return f"person:{self.person.public_id}" if self.person else "new-note"


def is_asked(mistake):
    """Whether there is a statement to put right: that is what stands decided about it."""
    current = decisions.current_decision(mistake)
    return bool(
        current and mistake.status == Mistake.Status.DECIDED and current.action == TriageDecision.Action.CORRECT_NOW
    )


def plan_of(mistake):
    """What she has worked out so far; a new one, not saved yet, if nothing."""
    return CorrectionPlan.objects.filter(mistake=mistake).first() or CorrectionPlan(mistake=mistake)


def letter_for(mistake):
    """The note or letter that carries it already, if one is begun, on its way or out."""
    live = ThankYouNote.objects.filter(carries=mistake).exclude(status__in=["skipped", "expired"])
    return live.select_related("interview__candidate", "interviewer").order_by("-id").first()


def sentence_of(mistake, plan):
    """The sentence to begin with: hers if there is one, else what is true, as she has just put it."""
    return mistake.correction or " ".join(plan.truth.split())


def due_of(mistake, now=None) -> datetime:
    """The end of today there, two hours from now at least."""
    return clock.correction_due(now or timezone.now(), mistake.interview.zone)


def ways_of(mistake, plan, now=None):
    """The ways there are, the suggested one first.

    A thank-you note that goes today anyway is the gentlest. Where the panel may not be written to, HR and the recruiter
    may; they are also the ones who keep CV and form. Never a referee.
    """
    now = now or timezone.now()
    interview = mistake.interview
    ways = [] if interview.contact_prohibited else _ways_in_notes(mistake, now)
    people = list(interview.interviewers.all())
    if interview.contact_prohibited:
        people = [person for person in people if passes_on(person)]
    written_to = set(_letters(interview).exclude(carries=mistake).values_list("interviewer", flat=True))
    heard = set(mistake.heard_by.values_list("pk", flat=True))
    on_paper = Paper.SAID in (plan.cv_says, plan.form_says)
    people = [person for person in people if person.pk not in written_to]
    people.sort(key=lambda person: (passes_on(person) != on_paper, bool(heard) and person.pk not in heard, person.pk))
    ways += [Way(person=person) for person in people]
    if on_paper:
        ways.sort(key=lambda way: way.person is None)
    return [Way(way.note, way.person, is_suggested=place == 0) for place, way in enumerate(ways)]


def passes_on(person):
    return person.kind in (Interviewer.Kind.HR, Interviewer.Kind.RECRUITER)


def _ways_in_notes(mistake, now):
    """The thank-you notes to those who heard it that can still go before the letter would be due; the one still to begin."""
    interview, due = mistake.interview, due_of(mistake, now)
    notes_there = list(
        interview.thank_you_notes.filter(kind=ThankYouNote.Kind.THANK_YOU)
        .exclude(status__in=["skipped", "expired"])
        .select_related("interview__candidate", "interviewer")
        .order_by("id")
    )
    if not notes_there:
        times = notes.times_of(interview, now)
        return [Way()] if _is_in_time(times, due, now) and closing.note_is_owed(interview, now) else []
    heard = set(mistake.heard_by.values_list("pk", flat=True))
    return [
        Way(note=note)
        for note in notes_there
        if note.status in ThankYouNote.EDITABLE
        and (not heard or note.interviewer_id is None or note.interviewer_id in heard)
        and _is_in_time(notes.note_times(note, now), due, now)
    ]


def _is_in_time(times, due, now):
    return now < times.acceptable_until and times.suggested_send_at <= due


def _letters(interview):
    letters = interview.thank_you_notes.filter(kind=ThankYouNote.Kind.CORRECTION, interviewer__isnull=False)
    return letters.exclude(status__in=["skipped", "expired"])


@transaction.atomic
def keep_answers(mistake, *, by, **fields):
    """What was said, what is true, what CV and form say: kept for her alone."""
    if unknown := set(fields) - EDITABLE_FIELDS:
        raise TypeError(f"a plan has no {', '.join(sorted(unknown))} to edit")
    _still_asked(mistake)
    plan, _created = CorrectionPlan.objects.select_for_update().get_or_create(mistake=mistake)
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.full_clean(validate_unique=False, validate_constraints=False)
    plan.save()
    return plan


@transaction.atomic
def begin(mistake, *, by, sentence, note=None, person=None, now=None):
    """Today: the sentence goes into `note`, or a letter to `person` is begun with it. It waits there for her to send it."""
    now = now or timezone.now()
    _still_asked(mistake)
    if not sentence.strip():
        raise Refused(_("The sentence itself is still missing."), field="sentence")
    ways = ways_of(mistake, plan_of(mistake), now)
    if not any((way.note, way.person) == (note, person) for way in ways):
        raise Refused(_("Choose one of the ways there are."), field="way")
    _leave_other_way(mistake, note, person, by=by, now=now)
    if note and note.carries == mistake and mistake.correction.strip() != sentence.strip():
        # The sentence that stands there goes first; it could not be found any more by the new one.
        notes.carry(note, None, by=by, now=now)
    mistake = debrief.answer(mistake, by=by, correction=sentence.strip(), now=now)
    CorrectionPlan.objects.filter(mistake=mistake).update(put_off_at=None)
    _accept(mistake, by, now)
    if note:
        note.refresh_from_db()
        return notes.carry(note, mistake, by=by, now=now)
    if person is None:
        return notes.draft_note(mistake.interview, carries=mistake, by=by, now=now)
    letter = notes.draft_note(
        mistake.interview, person, kind=ThankYouNote.Kind.CORRECTION, carries=mistake, by=by, now=now
    )
    if letter.status in ThankYouNote.EDITABLE and drafting.find(letter.body, mistake.correction) is None:
        letter.refresh_from_db()
        notes.put_together(letter, by=by, now=now)
    closing.close_if_done(mistake.interview, now=now)
    return letter


def _leave_other_way(mistake, note, person, *, by, now):
    """It is said once: where she has begun it another way, that letter is put away, or the note loses the sentence."""
    CorrectionPlan.objects.get_or_create(mistake=mistake)
    # Two windows with two ways: the second waits here, and then finds the first one's letter.
    CorrectionPlan.objects.select_for_update().get(mistake=mistake)
    there = letter_for(mistake)
    if there is None or there == note:
        return
    is_letter = there.kind == ThankYouNote.Kind.CORRECTION
    if (person is not None and is_letter and there.interviewer == person) or not (person or note or is_letter):
        return
    if there.status not in ThankYouNote.EDITABLE:
        raise Conflict(_("A letter with it is on its way, or has gone. Once is enough."))
    if is_letter:
        notes.skip_note(there, by=by, reason="another_way", now=now)
    else:
        notes.carry(there, None, by=by, now=now)


@transaction.atomic
def put_off(mistake, *, by, now=None):
    """Not now. Nobody is told, nothing is counted, and she may come back; a letter begun but not sent is put away."""
    now = now or timezone.now()
    _still_asked(mistake)
    plan, _created = CorrectionPlan.objects.get_or_create(mistake=mistake)
    plan.put_off_at = now
    plan.save()
    _accept(mistake, by, now)
    letters = ThankYouNote.objects.filter(
        carries=mistake, kind=ThankYouNote.Kind.CORRECTION, status__in=ThankYouNote.EDITABLE
    )
    for letter in letters:
        notes.skip_note(letter, by=by, reason="put_off", now=now)
    closing.close_if_done(mistake.interview, now=now)
    return plan


def _accept(mistake, by, now):
    """Writing it, and not writing it now, are both her word on the decision."""
    current = decisions.current_decision(mistake)
    if current and current.accepted_at is None:
        decisions.accept(current, by=by, now=now)


def _still_asked(mistake):
    if not is_asked(mistake):
        raise Conflict(_("This has been decided anew in the meantime. Look again before you go on."))
