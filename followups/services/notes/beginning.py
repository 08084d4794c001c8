"""Beginning notes: whom to write to, and the first draft."""

import math

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import installation
from accounts.records import Refused, start
from followups import drafting, reminders
from followups.models import ThankYouNote, TriageDecision
from followups.services import corrections
from followups.services.notes.checks import material_of
from followups.services.notes.times import note_times
from interviews.models import Interview, Interviewer, Mistake

PANEL_OVER = {"chosen": math.inf, "over_three": 3, "always": 1}
Kind, Status = ThankYouNote.Kind, ThankYouNote.Status


def readers_of(interview):
    """Whom a thank-you note goes to: each interviewer, or the panel as one; else HR or the recruiter; else nobody is known."""
    people = list(interview.interviewers.all())
    met = [person for person in people if person.kind == Interviewer.Kind.INTERVIEWER]
    panel = [person for person in people if person.kind == Interviewer.Kind.PANEL]
    if panel and (is_one_note(interview, met) or not met):
        return panel[:1]
    if is_one_note(interview, met):
        return [_panel_of(interview, met)]
    return met or people


def is_one_note(interview, met):
    """She said so, or there were so many of them that this installation writes to all at once."""
    return bool(met) and (interview.one_note_to_panel or len(met) > PANEL_OVER[installation.current().panel_rule])


def still_to_thank(interview):
    """Those she met who have no note of their own and of whom she has not said that they get none; nobody after one to all."""
    notes = list(interview.thank_you_notes.filter(kind=Kind.THANK_YOU).select_related("interviewer"))
    if any(note.interviewer and note.interviewer.kind == Interviewer.Kind.PANEL for note in notes):
        return []
    written = {note.interviewer_id for note in notes}
    met = [reader for reader in readers_of(interview) if reader.kind == Interviewer.Kind.INTERVIEWER]
    return [reader for reader in met if reader.pk not in written]


def _panel_of(interview, met):
    """The panel as a reader, not saved yet; it is written to at the first address known."""
    address = next((person.email for person in met if person.email), "")
    return Interviewer(interview=interview, kind=Interviewer.Kind.PANEL, name=_("the panel"), email=address)


@transaction.atomic
def draft_note(interview, interviewer=None, *, kind=Kind.THANK_YOU, by, carries=None, now=None):
    """Begin a note with her own words and the one addition it carries; one that is there already is returned.

    Without an `interviewer` the first reader who has no note yet; where nobody is known, a note to nobody in particular.
    `carries` names the mistake, where it is not left to choose_correction.
    """
    now = now or timezone.now()
    interview = Interview.objects.select_for_update(no_key=True).get(pk=interview.pk)
    if interview.status in (Interview.Status.CANCELLED, Interview.Status.MISSED):
        raise Refused(_("This interview did not take place, so there is nobody to thank."))
    if interviewer is None:
        interviewer = _next_reader(interview, kind)
    if interviewer and interviewer.interview_id != interview.pk:
        raise Refused(_("Choose somebody of this interview."), field="interviewer")
    if carries and carries.interview_id != interview.pk:
        raise Refused(_("Choose something from this interview."), field="carries")
    if interviewer and interviewer.pk is None:
        interviewer.save()
    there = live_notes(interview, kind).filter(interviewer=interviewer).first()
    if there:
        return there
    note = ThankYouNote(interview=interview, interviewer=interviewer, kind=kind)
    if interviewer:
        note.to_name, note.to_email = interviewer.name, interviewer.email
    note.carries = carries or _carried(interview, interviewer, kind, now)
    write(note)
    note.due_at = note_times(note, now).due_at
    start(note, by=by)
    reminders.refresh(interview, now=now)
    return note


@transaction.atomic
def draft_panel_note(interview, *, by, now=None):
    """One note to all who were there, wherever she prefers that to one each."""
    met = list(interview.interviewers.filter(kind=Interviewer.Kind.INTERVIEWER))
    panel = interview.interviewers.filter(kind=Interviewer.Kind.PANEL).first() or _panel_of(interview, met)
    return draft_note(interview, panel, by=by, now=now)


def live_notes(interview, kind):
    """All but those that were left or are over."""
    return interview.thank_you_notes.filter(kind=kind).exclude(status__in=[Status.SKIPPED, Status.EXPIRED])


def _next_reader(interview, kind):
    taken = set(live_notes(interview, kind).values_list("interviewer_id", flat=True))
    readers = readers_of(interview)
    return next((reader for reader in readers if reader.pk not in taken), readers[0] if readers else None)


def _carried(interview, interviewer, kind, now):
    if kind == Kind.CORRECTION:
        return _false_statement(interview)
    return corrections.choice_for(interview, interviewer, now=now).winner


def _false_statement(interview):
    """The first thing that is to be put right in a letter of its own."""
    decided = TriageDecision.objects.current().filter(
        action=TriageDecision.Action.CORRECT_NOW, mistake__interview=interview
    )
    decision = (
        decided.filter(mistake__status=Mistake.Status.DECIDED).select_related("mistake").order_by("mistake_id").first()
    )
    return decision.mistake if decision else None


def write(note):
    """Put it together from her words; a subject that is there stays."""
    material = material_of(note)
    is_correction = note.kind == Kind.CORRECTION
    write = drafting.correction_letter if is_correction else drafting.thank_you_note
    note.body = write(material)
    if not note.subject:
        note.subject = drafting.subject(material, is_correction=is_correction)[:120]
