"""Which of several mistakes a note carries: one addition a note, chosen for each of its readers."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from followups import triage as policy
from followups.models import ThankYouNote, TriageDecision
from followups.services import decisions
from followups.services.facts import facts_for
from interviews.models import Interviewer, Mistake, Requirement

ONE_ADDITION = "one_addition"


@dataclass(frozen=True)
class NoteChoice:
    """What the note to one reader (None: one note to all) carries, and what becomes of the others that wanted it."""

    interviewer: Interviewer | None
    winner: Mistake | None
    losers: tuple[tuple[Mistake, policy.Decision], ...] = ()

    @property
    def mistakes(self):
        return [self.winner, *(mistake for mistake, _ in self.losers)] if self.winner else []


def choices_for(interview, *, preferred=None, now=None):
    """One choice for each reader of a note of this interview, by what they heard. `preferred` is the mistake she swapped to."""
    now = now or timezone.now()
    wanting = _wanting(interview)
    facts = {mistake.pk: facts_for(mistake, now) for mistake in wanting}
    readers = [None]
    if not interview.one_note_to_panel:
        readers = list(interview.interviewers.filter(kind=Interviewer.Kind.INTERVIEWER)) or [None]
    heard = {mistake.pk: {person.pk for person in mistake.heard_by.all()} for mistake in wanting}
    choices = []
    for reader in readers:
        mine = [m for m in wanting if reader is None or not heard[m.pk] or reader.pk in heard[m.pk]]
        choices.append(_choose(reader, mine, facts, preferred))
    return choices


def choice_for(interview, interviewer=None, *, now=None):
    """What a note to this reader carries. HR, a recruiter or the panel get what anybody's note would carry."""
    choices = choices_for(interview, now=now)
    for choice in choices:
        if choice.interviewer == interviewer:
            return choice
    return next((choice for choice in choices if choice.winner), choices[0])


def open_choices(interview, *, now=None):
    """The choices she has still to make: notes with room for one thing and two or more that want it."""
    return [choice for choice in choices_for(interview, now=now) if len(_undecided(choice)) > 1]


@transaction.atomic
def choose_for_notes(interview, mistake, *, by, now=None):
    """Put `mistake` into the notes of all who heard it; those that lose every note are decided anew."""
    choices = choices_for(interview, preferred=mistake, now=now)
    winners = {choice.winner.pk for choice in choices if choice.winner}
    losers = {m.pk: (m, decision) for choice in choices for m, decision in choice.losers if m.pk not in winners}
    for loser, decision in losers.values():
        if decision.action != TriageDecision.Action.CORRECT_NOW:
            decisions.give_way(loser, decision, now=now)
    current = decisions.current_decision(mistake)
    if current.action not in decisions.WRITTEN:
        decisions.decide_otherwise(mistake, TriageDecision.Action.THANK_YOU_NOTE, by=by, now=now)
    return choices


def _undecided(choice):
    """Those that still want the note: a loser she has chosen against is out of the race."""
    return [m for m in choice.mistakes if decisions.current_decision(m).action in decisions.WRITTEN]


def _wanting(interview):
    """Live mistakes that stand for the note, or gave way to another one and could be swapped back."""
    wanting = []
    mistakes = interview.mistakes.filter(status=Mistake.Status.DECIDED).select_related(
        "interview__candidate", "requirement"
    )
    for mistake in mistakes.prefetch_related("heard_by"):
        current = decisions.current_decision(mistake)
        gave_way = current and any(reason["code"] == ONE_ADDITION for reason in current.reasons)
        if current and (current.action in decisions.WRITTEN or gave_way):
            wanting.append(mistake)
    return wanting


def _choose(reader, mistakes, facts, preferred):
    by_key = {str(mistake.pk): mistake for mistake in mistakes}
    candidates = [
        policy.CorrectionCandidate(
            key=str(mistake.pk),
            facts=facts[mistake.pk],
            logged_at=mistake.created_at,
            partly_shown=bool(mistake.requirement and mistake.requirement.coverage == Requirement.Coverage.PARTLY),
            correction_sent=_letter_is_out(mistake),
        )
        for mistake in mistakes
    ]
    chosen = preferred or next((mistake for mistake in mistakes if _chosen_before(mistake, mistakes)), None)
    choice = policy.choose_correction(candidates, preferred=str(chosen.pk) if chosen else None)
    if choice.winner is None:
        return NoteChoice(reader, None)
    losers = tuple((by_key[loser.candidate.key], loser.decision) for loser in choice.losers)
    return NoteChoice(reader, by_key[choice.winner.key], losers)


def _chosen_before(mistake, mistakes):
    """The only one left standing for the note, after the others gave way."""
    standing = [m for m in mistakes if decisions.current_decision(m).action in decisions.WRITTEN]
    return len(standing) == 1 and standing[0] == mistake


def _letter_is_out(mistake):
    return mistake.carried_by.filter(kind=ThankYouNote.Kind.CORRECTION, status__in=ThankYouNote.GONE).exists()
