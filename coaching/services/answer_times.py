"""Until when a coach has to answer, and what can be said about it before somebody asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import Engagement, User
from accounts.records import Refused
from coaching import availability, working_hours
from followups import clock
from followups.models import ThankYouNote, TriageDecision
from followups.services import notes
from followups.services.notes.times import zone_of
from interviews.models import Mistake

# How long a coach has for what waits without a note, and how much of it must be their own working time.
FALSE_STATEMENT = timedelta(hours=2), timedelta(hours=1)
DOUBTFUL = timedelta(hours=24), timedelta(hours=2)
ANYTHING_ELSE = timedelta(hours=72), timedelta(hours=4)


def answer_by(decisions, note, *, interview, coach, now, hours=None):
    """Until when an answer helps. Working hours and absences give a coach more time for decisions, and a note never any.

    Raises Refused where an answer about the note could not come in time.
    """
    # Somebody of the team is there sooner or later: nobody's own hours move what waits at the desk.
    hours = hours or (availability.hours_of(coach, since=now) if coach else working_hours.Hours(zone=interview.zone))
    times = [_for_decision(decision, hours, interview, now) for decision in decisions]
    if note is not None:
        by = answer_by_of(note, now)
        if by is None:
            raise Refused(
                _(
                    "Less than half an hour is left, too little for an answer. Your note goes at its time; your coach can read it afterwards."
                ),
                field="note",
            )
        times.append(by)
    return min(times)


def answer_by_of(note, now, send_at=None):
    """Until when a coach asked now would have to answer for this note, scheduled or going at `send_at`; None: too late to ask."""
    return clock.answer_by(send_at or note.send_at, notes.note_times(note, now), now)


@dataclass(frozen=True)
class Asking:
    """What would be asked about one interview if it were asked now, and what is known of each coach who could answer.

    `note`: the first there is still time to look at, going at `send_at`; `note_left_out`: there is one, but no time.
    `decisions`: those that wait by themselves, else all that can still be changed. `coaches`: pairs of coach and
    `working_hours.Outlook`; None where there is nothing to ask.
    """

    note: ThankYouNote | None
    send_at: datetime | None
    note_left_out: bool
    decisions: list
    coaches: list


def asking(interview, now):
    """What to say before she asks (see Asking)."""
    coaches = User.objects.filter(pk__in=Engagement.objects.coaches_of(interview.candidate)).order_by("name", "id")
    note, send_at = _note_to_ask_about(interview, now)
    note_by = answer_by_of(note, now, send_at) if note else None
    decisions = waiting_decisions(interview) or open_decisions(interview)
    all_hours = availability.hours_of_all(list(coaches), since=now)
    found = []
    for coach in coaches:
        hours = all_hours[coach.pk]
        times = [_for_decision(decision, hours, interview, now) for decision in decisions]
        times += [note_by] if note_by else []
        found.append((coach, working_hours.outlook(hours, now=now, by=min(times)) if times else None))
    left_out = note is None and interview.thank_you_notes.filter(status__in=["draft", "failed", "scheduled"]).exists()
    return Asking(note, send_at, left_out, decisions, found)


def _note_to_ask_about(interview, now):
    """The first note there is still time to look at, and when it goes."""
    live = interview.thank_you_notes.filter(status__in=[*ThankYouNote.EDITABLE, ThankYouNote.Status.SCHEDULED])
    for note in live.select_related("interview__candidate", "interviewer", "carries").order_by("due_at", "id"):
        times = notes.note_times(note, now)
        if note.status == ThankYouNote.Status.SCHEDULED:
            at = note.send_at
        else:
            at = clock.send_at_for_review(
                times, zone=zone_of(note), weekend=clock.weekend_of(interview.country), now=now
            )
        if clock.answer_by(at, times, now) is not None and not notes.why_not_by_afterword(note, now):
            return note, at
    return None, None


def waiting_decisions(interview):
    """What waits for a coach by itself: asked for by the rules, not so sure, or a statement to be put right."""
    return [one for one in open_decisions(interview) if _waits(one)]


def open_decisions(interview):
    """Every decision of this interview that can still be changed."""
    rows = TriageDecision.objects.current().filter(mistake__interview=interview, mistake__status=Mistake.Status.DECIDED)
    return list(rows.select_related("mistake").order_by("mistake_id"))


def _waits(decision):
    return bool(decision.needs_coach or decision.disputed_at or decision.action == TriageDecision.Action.CORRECT_NOW)


def _for_decision(decision, hours, interview, now):
    if decision.action == TriageDecision.Action.CORRECT_NOW:
        allowance, least = FALSE_STATEMENT
        by = working_hours.answer_by(hours, now, allowance=allowance, least=least)
        # What is to be put right by tonight does not wait for Monday.
        return min(by, max(now + allowance, clock.correction_due(now, interview.zone) - clock.REVIEW_NEEDS))
    allowance, least = DOUBTFUL if decision.needs_coach or decision.disputed_at else ANYTHING_ELSE
    return working_hours.answer_by(hours, now, allowance=allowance, least=least)
