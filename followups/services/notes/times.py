"""The instants of a note, from its interview and its reader."""

from datetime import timedelta

from django.utils import timezone

from accounts.when import next_working_moment
from followups import clock
from followups.models import ThankYouNote
from followups.services.facts import decision_instant

# A letter that puts a statement right is worth sending late; after a week more it would only surprise.
CORRECTION_USABLE = timedelta(hours=clock.USABLE_HOURS)


def times_of(interview, now=None, *, interviewer=None):
    """The clock of a thank-you note to `interviewer` (default: somebody in the interview's zone)."""
    return clock.note_times(
        ended_at=interview.ends_at,
        decision_on=interview.decision_on,
        decision_at=decision_instant(interview),
        zone=interview.zone,
        interviewer_zone=reader_zone(interview, interviewer),
        outcome_at=interview.outcome_at,
        weekend=clock.weekend_of(interview.country),
        now=now or timezone.now(),
    )


def note_times(note, now=None):
    """The clock of this note, by its kind."""
    now = now or timezone.now()
    if note.kind == ThankYouNote.Kind.CORRECTION:
        return _correction_times(note, now)
    return times_of(note.interview, now, interviewer=note.interviewer)


def state_of(note, now=None):
    """Where the note stands (clock.NoteState), and until when."""
    now = now or timezone.now()
    return clock.note_state(note_times(note, now), now)


def reader_zone(interview, interviewer):
    return (interviewer.zone if interviewer else "") or interview.zone


def zone_of(note):
    """The zone in which the reader lives, as far as we know."""
    return reader_zone(note.interview, note.interviewer)


def _correction_times(note, now):
    """Due by the end of the day on which it was begun; before that at a decent hour if there still is one."""
    interview, zone = note.interview, zone_of(note)
    begun = note.created_at or now
    due = clock.correction_due(begun, zone)
    earliest = max(now, interview.ends_at)
    moment = next_working_moment(earliest, zone=zone, opens=clock.OPENS, closes=clock.CLOSES)
    return clock.NoteTimes(
        not_before=interview.ends_at,
        due_at=due,
        acceptable_until=due + timedelta(hours=clock.DUE_HOURS),
        usable_until=due + CORRECTION_USABLE,
        suggested_send_at=moment if moment and moment <= due else earliest,
    )
