"""When the last thing about an interview is done, and what the closing page then says."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts import when
from followups import clock, reminders
from followups.closing import Closing, sentences
from followups.models import Lesson, RefereeBrief, ThankYouNote, TriageDecision
from followups.services.facts import decision_instant
from interviews.models import Interview, Mistake
from interviews.services.interviews import mark_closed

UNFINISHED = (ThankYouNote.Status.DRAFT, ThankYouNote.Status.FAILED, ThankYouNote.Status.UNKNOWN)
WAITING = (ThankYouNote.Status.SCHEDULED, ThankYouNote.Status.SENDING)
OUT = (ThankYouNote.Status.SENT, ThankYouNote.Status.SENT_BY_SELF)
PRACTISED = (Lesson.Status.OPEN, Lesson.Status.JOINED)
# "Not now" is an answer: what she has put off waits for her, and keeps nothing open.
PUT_OFF = Q(correction_plan__put_off_at__isnull=False)


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
    return [brief for brief in interview.referee_briefs.all() if brief.kind == RefereeBrief.Kind.BRIEF]


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


def closing_text(interview, reader, *, now=None):
    """The sentences of the closing page, for page and mail, in the language and zone of `reader`."""
    return list(sentences(closing_of(interview, reader, now=now), gettext=gettext, ngettext=ngettext))


def closing_of(interview, reader, *, now=None):
    """Gather what the closing page tells."""
    now = now or timezone.now()
    notes = list(interview.thank_you_notes.all())
    out = [note for note in notes if note.status in OUT]
    waiting = [note for note in notes if note.status in WAITING]
    mistakes = list(interview.mistakes.all())
    done = [mistake for mistake in mistakes if mistake.status == Mistake.Status.DONE]
    carried = {note.carries_id for note in out}
    taken = set(Lesson.objects.filter(mistake__in=done, status__in=PRACTISED).values_list("mistake_id", flat=True))
    referee = set(
        TriageDecision.objects.current()
        .filter(mistake__in=done, action=TriageDecision.Action.REFEREE)
        .values_list("mistake_id", flat=True)
    )
    put_off = set(interview.mistakes.live().filter(PUT_OFF)) - {note.carries for note in waiting}
    day = next_day(interview, now)
    return Closing(
        company=interview.company,
        notes_gone=len(out),
        last_gone=_print(max((note.sent_at for note in out), default=None), interview, reader),
        notes_waiting=len(waiting),
        next_goes=_print(min((note.send_at for note in waiting if note.send_at), default=None), interview, reader),
        notes_unfinished=sum(note.status in UNFINISHED for note in notes),
        writing_unwelcome=interview.contact_prohibited,
        said=sum(mistake.pk in carried for mistake in done),
        with_referees=len(referee),
        to_practise=len(taken - carried - referee),
        left_behind=sum(mistake.status in (Mistake.Status.LET_GO, Mistake.Status.DROPPED) for mistake in mistakes),
        still_open=sum(_waits(mistake, waiting) for mistake in mistakes if mistake not in put_off),
        put_off=len(put_off),
        next_day=when.print_date(day, translate=gettext, year=False) if day else "",
        elsewhere=_elsewhere(interview),
        to_thank=tuple(brief.referee.name for brief in to_thank(interview.referee_briefs.select_related("referee"))),
    )


def to_thank(briefs):
    """Those of these briefs whose referee stood ready, was not thanked, and would not mind."""
    briefs = list(briefs)
    thanked = {(brief.interview_id, brief.referee_id) for brief in briefs if brief.kind == RefereeBrief.Kind.THANKS}
    return [brief for brief in briefs if wants_thanks(brief) and (brief.interview_id, brief.referee_id) not in thanked]


def wants_thanks(brief):
    """Whether it is time to thank: they were told what to mention, and it is known how it ended, or that somebody rang."""
    is_out = brief.kind == RefereeBrief.Kind.BRIEF and brief.status in RefereeBrief.OUT
    is_known = brief.called_at is not None or brief.interview.outcome != Interview.Outcome.NONE
    return is_out and is_known and brief.answer in ("", RefereeBrief.Answer.HAPPY)


def is_put_off(mistake, notes):
    """Whether a statement waits until she likes: put off, and in no note that goes by itself."""
    plan = getattr(mistake, "correction_plan", None)
    is_waiting = mistake.status == Mistake.Status.DECIDED and plan is not None and plan.put_off_at is not None
    return is_waiting and mistake.pk not in {note.carries_id for note in notes if note.status in WAITING}


def _waits(mistake, waiting):
    """A live one needs her, unless a note that goes by itself carries it."""
    return mistake.status in Mistake.LIVE and mistake.pk not in {note.carries_id for note in waiting}


def _print(instant, interview, reader):
    if instant is None:
        return ""
    return when.print_instant(instant, reader_zone=reader.zone, event_zone=interview.zone, translate=gettext)


def next_day(interview, now):
    """The first day on which something may be asked of her: the outcome, two working days after the decision, or her next interview."""
    today = when.to_wall(now, interview.zone).date()
    days = []
    if interview.decision_on and interview.outcome == Interview.Outcome.NONE and interview.ask_outcome:
        days.append(clock.outcome_day(interview.decision_on, clock.weekend_of(interview.country)))
    following = (
        Interview.objects.filter(candidate=interview.candidate, status=Interview.Status.PLANNED, ends_at__gt=now)
        .order_by("ends_at")
        .first()
    )
    if following:
        days.append((following.starts_wall or following.ends_wall).date())
    return min((day for day in days if day > today), default=None)


def _elsewhere(interview):
    """Whether another interview of hers has something open."""
    others = Interview.objects.filter(candidate=interview.candidate, status=Interview.Status.HELD).exclude(
        pk=interview.pk
    )
    if Mistake.objects.live().filter(interview__in=others).exists():
        return True
    return ThankYouNote.objects.filter(interview__in=others, status__in=UNFINISHED).exists()
