"""When the last thing about an interview is done, and which interviews are not done yet."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from followups import clock, reminders
from followups.models import RefereeBrief, ThankYouNote
from followups.services.facts import decision_instant
from interviews.models import Interview, Mistake
from interviews.services.interviews import mark_closed

UNFINISHED = (ThankYouNote.Status.DRAFT, ThankYouNote.Status.FAILED, ThankYouNote.Status.UNKNOWN)
WAITING = (ThankYouNote.Status.SCHEDULED, ThankYouNote.Status.SENDING)
OUT = (ThankYouNote.Status.SENT, ThankYouNote.Status.SENT_BY_SELF)
# "Not now" is an answer: what she has put off waits for her, and keeps nothing open.
PUT_OFF = Q(correction_plan__put_off_at__isnull=False)
# Nobody is asked any more about what lies back longer and was never begun.
RECENT = timedelta(days=14)
# How it ended is asked within these days of the decision, if it is.
ASKED_WITHIN = timedelta(days=40)


def close_if_done(interview, *, now=None):
    """Close it once nothing about it needs her; open it again if something does. Says whether it is closed."""
    now = now or timezone.now()
    interview.refresh_from_db()
    done = interview.status == Interview.Status.HELD and not _needs_her(interview, now)
    if done and interview.closed_at is None:
        mark_closed(interview, at=now)
        reminders.refresh(interview, now=now)
    elif not done and interview.closed_at is not None:
        mark_closed(interview, at=None)
        reminders.refresh(interview, now=now)
    return done


def _needs_her(interview, now):
    if interview.mistakes.live().exclude(PUT_OFF).exists():
        return True
    notes = list(interview.thank_you_notes.all())
    if any(note.status in (*UNFINISHED, *WAITING) for note in notes):
        return True
    if any(brief.status in (*RefereeBrief.UNFINISHED, *RefereeBrief.WAITING) for brief in asked_of(interview)):
        return True
    return not has_thanks(notes) and note_is_owed(interview, now)


def asked_of(interview):
    """The briefs of an interview that ask something of a referee; thanks are never owed."""
    return asking(interview.referee_briefs.all())


def asking(briefs):
    return [brief for brief in briefs if brief.kind == RefereeBrief.Kind.BRIEF]


def has_thanks(notes):
    """Whether thanks are written, or she has said there are none to write; a letter that puts a fact right is neither."""
    return any(note.kind == ThankYouNote.Kind.THANK_YOU for note in notes)


def note_is_owed(interview, now):
    """Whether a thank-you note is still worth writing: nobody forbade it, and it is neither too late nor decided."""
    if interview.status != Interview.Status.HELD or interview.contact_prohibited:
        return False
    return now < note_times_of(interview, now).usable_until


def note_times_of(interview, now):
    """The clock of a note to everybody of this interview."""
    return clock.note_times(
        ended_at=interview.ends_at,
        decision_on=interview.decision_on,
        decision_at=decision_instant(interview),
        zone=interview.zone,
        outcome_at=interview.outcome_at,
        weekend=clock.weekend_of(interview.country),
        now=now,
    )


def to_thank(briefs, interview=None):
    """Those of these briefs, all of one `interview` if it is given, whose referee stood ready, was not thanked, and would not mind."""
    briefs = list(briefs)
    thanked = {(brief.interview_id, brief.referee_id) for brief in briefs if brief.kind == RefereeBrief.Kind.THANKS}
    return [
        brief
        for brief in briefs
        if wants_thanks(brief, interview) and (brief.interview_id, brief.referee_id) not in thanked
    ]


def wants_thanks(brief, interview=None):
    """Whether it is time to thank: they were told what to mention, and it is known how it ended, or that somebody rang."""
    is_out = brief.kind == RefereeBrief.Kind.BRIEF and brief.status in RefereeBrief.OUT
    is_known = brief.called_at is not None or (interview or brief.interview).outcome != Interview.Outcome.NONE
    return is_out and is_known and brief.answer in ("", RefereeBrief.Answer.HAPPY)


def is_put_off(mistake, notes):
    """Whether a statement waits until she likes: put off, and in no note that goes by itself."""
    plan = getattr(mistake, "correction_plan", None)
    is_waiting = mistake.status == Mistake.Status.DECIDED and plan is not None and plan.put_off_at is not None
    return is_waiting and mistake.pk not in {note.carries_id for note in notes if note.status in WAITING}


def open_interviews(candidate, now):
    """Hers that may still want something: those of late and those to come, and older ones with something unfinished."""
    live = Mistake.objects.live().filter(interview=OuterRef("pk"))
    notes = ThankYouNote.objects.filter(interview=OuterRef("pk"), status__in=[*UNFINISHED, *WAITING])
    briefs = RefereeBrief.objects.filter(
        interview=OuterRef("pk"), status__in=[*RefereeBrief.UNFINISHED, *RefereeBrief.WAITING]
    )
    unfinished = Exists(live) | Exists(notes) | Exists(briefs)
    asked = Q(
        status=Interview.Status.HELD,
        outcome=Interview.Outcome.NONE,
        ask_outcome=True,
        decision_on__range=((now - ASKED_WITHIN).date(), now.date()),
    )
    return (
        Interview.objects.filter(candidate=candidate)
        .exclude(status__in=[Interview.Status.CANCELLED, Interview.Status.MISSED])
        .filter((Q(closed_at=None) & (Q(ends_at__gt=now - RECENT) | unfinished)) | asked)
    )
