"""What triage needs to know about one mistake, gathered from her answers, the interview, its notes and referees."""

from datetime import datetime

from django.utils import timezone

from accounts import when
from followups import clock
from followups.models import ThankYouNote
from followups.note_check import count_sentences
from followups.triage import Kind, Known, Noticed, Outcome, TriageFacts
from interviews.models import Interview
from interviews.services.mistakes import ANSWERS


def facts_for(mistake, now=None):
    """The facts at `now`; an answer left empty has the default of the policy."""
    now = now or timezone.now()
    interview = mistake.interview
    return TriageFacts(
        kind=Kind(mistake.kind),
        **given_answers(mistake),
        repair_sentences=repair_sentences(mistake),
        hours_since_interview=max(0.0, clock.hours_between(interview.ends_at, now)),
        hours_until_decision=_hours_until_decision(interview, now),
        outcome=Outcome(interview.outcome),
        meets_again_in_hours=_meets_again_in_hours(interview, now),
        note_sent=_note_sent(mistake),
        referee_can_vouch=interview.candidate.referees.filter(has_agreed=True).exists(),
        contact_prohibited=interview.contact_prohibited,
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


def _note_sent(mistake):
    """Whether every note to those who heard it is out. One that nobody has begun counts only for a panel of named hearers."""
    notes = mistake.interview.thank_you_notes.filter(kind=ThankYouNote.Kind.THANK_YOU).exclude(
        status__in=[ThankYouNote.Status.SKIPPED, ThankYouNote.Status.EXPIRED]
    )
    hearers = set(mistake.heard_by.values_list("pk", flat=True))
    reached = {note.interviewer_id: note.status for note in notes}
    if hearers and None not in reached:
        reached = {pk: status for pk, status in reached.items() if pk in hearers}
        if hearers - set(reached):
            return False
    return bool(reached) and all(status in ThankYouNote.GONE for status in reached.values())
