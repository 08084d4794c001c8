"""What triage needs to know about one mistake, gathered from her answers, the interview, its notes and referees."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts import when
from followups import clock
from followups.models import ThankYouNote
from followups.note_check import count_sentences
from followups.services.vouching import who_can_vouch
from followups.triage import Kind, Known, Noticed, Outcome, TriageFacts
from interviews.models import Interview
from interviews.services.mistakes import ANSWERS


@dataclass(frozen=True)
class Surroundings:
    """What all mistakes of an interview share; gather it once where several are looked at."""

    shared: dict
    notes: list


def surroundings_of(interview, now=None):
    """Clock, outcome, the next round, referees, and the thank-you notes that are meant to go or have gone."""
    now = now or timezone.now()
    unwanted = [ThankYouNote.Status.SKIPPED, ThankYouNote.Status.EXPIRED]
    return Surroundings(
        shared={
            "hours_since_interview": max(0.0, clock.hours_between(interview.ends_at, now)),
            "hours_until_decision": _hours_until_decision(interview, now),
            "outcome": Outcome(interview.outcome),
            "meets_again_in_hours": _meets_again_in_hours(interview, now),
            "referee_can_vouch": bool(who_can_vouch(interview)),
            "contact_prohibited": interview.contact_prohibited,
        },
        notes=list(interview.thank_you_notes.exclude(status__in=unwanted)),
    )


def facts_for(mistake, now=None, *, around=None):
    """The facts at `now`; an answer left empty has the default of the policy."""
    around = around or surroundings_of(mistake.interview, now)
    return TriageFacts(
        kind=Kind(mistake.kind),
        **given_answers(mistake),
        **around.shared,
        repair_sentences=repair_sentences(mistake),
        note_sent=_note_sent(mistake, around.notes),
    )


def given_answers(mistake):
    """Her answers by the name of the fact; those left empty are left out."""
    types = {"noticed": Noticed, "settled_in_the_room": Known, "relied_on": Known}
    given = {name: getattr(mistake, name) for name in ANSWERS if getattr(mistake, name) not in (None, "")}
    return {name: types[name](value) if name in types else value for name, value in given.items()}


def repair_sentences(mistake):
    """How many sentences the correction takes: 0 where words cannot repair it, None while it is not drafted."""
    if mistake.beyond_words:
        return 0
    return (count_sentences(mistake.correction) or None) if mistake.correction.strip() else None


def decision_instant(interview):
    """The instant of the decision where its hour is known."""
    if interview.decision_on is None or interview.decision_time is None:
        return None
    return when.to_instant(datetime.combine(interview.decision_on, interview.decision_time), interview.zone)


def _hours_until_decision(interview, now):
    decision = clock.decision_for_triage(interview.decision_on, decision_instant(interview), interview.zone, now=now)
    return clock.hours_between(now, decision) if decision else None


def _meets_again_in_hours(interview, now):
    following = (
        Interview.objects.filter(previous=interview, status=Interview.Status.PLANNED, ends_at__gt=now)
        .order_by("ends_at")
        .first()
    )
    if following is None:
        return None
    return max(0.0, clock.hours_between(now, following.starts_at or following.ends_at))


def _note_sent(mistake, notes):
    """Whether every note to those who heard it is out. One that nobody has begun counts only for a panel of named hearers."""
    reached = {note.interviewer_id: note.status for note in notes if note.kind == ThankYouNote.Kind.THANK_YOU}
    if not reached:
        return False
    hearers = {person.pk for person in mistake.heard_by.all()}
    if hearers and None not in reached:
        reached = {pk: status for pk, status in reached.items() if pk in hearers}
        if hearers - set(reached):
            return False
    return all(status in ThankYouNote.GONE for status in reached.values())
