"""Which of several mistakes a note carries: one addition a note, chosen for each of its readers."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from followups import triage as policy
from followups.models import ThankYouNote, TriageDecision
from followups.services import decisions
from followups.services.facts import facts_for, surroundings_of
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


@dataclass(frozen=True)
class Outcome:
    """One of the things a note could carry, and what the others then become. `is_ours`: preselected."""

    mistake: Mistake
    others: tuple[tuple[Mistake, policy.Decision], ...]
    is_ours: bool = False


def choices_for(interview, *, preferred=None, now=None):
    """One choice for each reader of a note of this interview, by what they heard. `preferred` is the mistake she swapped to."""
    now = now or timezone.now()
    wanting = _wanting(interview)
    around = surroundings_of(interview, now)
    readers = [None]
    if not interview.one_note_to_panel:
        readers = list(interview.interviewers.filter(kind=Interviewer.Kind.INTERVIEWER)) or [None]
    heard = {mistake.pk: {person.pk for person in mistake.heard_by.all()} for mistake in wanting}
    choices = []
    for reader in readers:
        mine = [m for m in wanting if reader is None or not heard[m.pk] or reader.pk in heard[m.pk]]
        choices.append(_choose(reader, mine, around, preferred))
    return choices


def choice_for(interview, interviewer=None, *, preferred=None, now=None):
    """What a note to this reader carries. HR, a recruiter or the panel get what anybody's note would carry."""
    choices = choices_for(interview, preferred=preferred, now=now)
    for choice in choices:
        if choice.interviewer == interviewer:
            return choice
    return next((choice for choice in choices if choice.winner), choices[0])


def outcomes_of(choice, interview, *, now=None):
    """Both sides of a choice: for each mistake, what becomes of the others if it gets the place. The chosen one first."""
    outcomes = []
    for mistake in choice.mistakes:
        if mistake == choice.winner:
            outcomes.append(Outcome(mistake, choice.losers, is_ours=True))
        else:
            other = choice_for(interview, choice.interviewer, preferred=mistake, now=now)
            outcomes.append(Outcome(mistake, other.losers))
    return outcomes


def open_choices(interview, *, now=None):
    """The choices she has still to make: notes with room for one thing and two or more that want it."""
    return [choice for choice in choices_for(interview, now=now) if len(_undecided(choice)) > 1]


@transaction.atomic
def choose_for_notes(interview, mistake, *, by, now=None):
    """Put `mistake` into the notes of all who heard it; those that lose every note are decided anew."""
    choices = choices_for(interview, preferred=mistake, now=now)
    winners = {choice.winner.pk for choice in choices if choice.winner}
    losers = {m.pk: (m, decision) for choice in choices for m, decision in choice.losers if m.pk not in winners}
    staying = []
    for loser, decision in losers.values():
        if decision.action == TriageDecision.Action.CORRECT_NOW:
            staying.append(loser)
        else:
            decisions.give_way(loser, decision, now=now)
    current = decisions.current_decision(mistake)
    if current.action not in decisions.WRITTEN:
        decisions.decide_otherwise(mistake, TriageDecision.Action.THANK_YOU_NOTE, by=by, now=now)
    elif not all(_is_her_word_over(current, loser) for loser in staying):
        # A false statement keeps its claim on the note, so her word has to be on record.
        decisions.decide_otherwise(mistake, current.action, by=by, now=now)
    return choices


def _undecided(choice):
    """Those that still want the note: a loser she has chosen against is out of the race."""
    standing = [mistake for mistake in choice.mistakes if _stands_for_note(mistake)]
    chosen = choice.winner and choice.winner.standing[0]
    return [mistake for mistake in standing if mistake == choice.winner or not _is_her_word_over(chosen, mistake)]


def _is_her_word_over(chosen, loser):
    """Whether a person chose this decision for the note after `loser` had got its own, or `loser` no longer wants it."""
    standing = loser.standing[0]
    if standing.action not in decisions.WRITTEN:
        return True
    return chosen.made != TriageDecision.Made.ENGINE and chosen.pk > standing.pk


def _stands_for_note(mistake):
    return mistake.standing[0].action in decisions.WRITTEN


def _wanting(interview):
    """Live mistakes that stand for the note, or gave way to another one and could be swapped back."""
    standing = Prefetch("decisions", TriageDecision.objects.current(), to_attr="standing")
    decided = Mistake.objects.filter(interview=interview, status=Mistake.Status.DECIDED).select_related("requirement")
    return [m for m in decided.prefetch_related("heard_by", standing) if _stands_for_note(m) or _gave_way(m)]


def _gave_way(mistake):
    return any(reason["code"] == ONE_ADDITION for reason in mistake.standing[0].reasons)


def _choose(reader, mistakes, around, preferred):
    by_key = {str(mistake.pk): mistake for mistake in mistakes}
    candidates = [
        policy.CorrectionCandidate(
            key=str(mistake.pk),
            facts=facts_for(mistake, around=around),
            logged_at=mistake.created_at,
            partly_shown=bool(mistake.requirement and mistake.requirement.coverage == Requirement.Coverage.PARTLY),
            correction_sent=_has_its_own_letter(mistake, around.notes),
            chosen=_stands_for_note(mistake) and mistake.standing[0].made != TriageDecision.Made.ENGINE,
        )
        for mistake in mistakes
    ]
    chosen = preferred or _chosen_before(mistakes)
    choice = policy.choose_correction(candidates, preferred=str(chosen.pk) if chosen else None)
    if choice.winner is None:
        return NoteChoice(reader, None)
    losers = tuple((by_key[loser.candidate.key], loser.decision) for loser in choice.losers)
    return NoteChoice(reader, by_key[choice.winner.key], losers)


def _chosen_before(mistakes):
    """Her word of last, or the only one left standing for the note after the others gave way; None if it is open."""
    standing = [mistake for mistake in mistakes if _stands_for_note(mistake)]
    by_persons = [mistake for mistake in standing if mistake.standing[0].made != TriageDecision.Made.ENGINE]
    if by_persons:
        return max(by_persons, key=lambda mistake: mistake.standing[0].pk)
    return standing[0] if len(standing) == 1 else None


def _has_its_own_letter(mistake, notes):
    """A letter begun for it leaves the note's one place to something else."""
    return any(note.carries_id == mistake.pk and note.kind == ThankYouNote.Kind.CORRECTION for note in notes)
