"""What the closing page tells about one interview, gathered; its words are in `followups/closing.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts import when
from followups import closing as words
from followups import steps
from followups.closing import Closing
from followups.models import Lesson, RefereeBrief, ThankYouNote, TriageDecision
from followups.reminders.kinds import outcome as outcome_asked
from followups.services.closing import (
    ASKED_WITHIN,
    OUT,
    PUT_OFF,
    UNFINISHED,
    asked_of,
    has_thanks,
    note_is_owed,
    open_interviews,
    to_thank,
)
from interviews.models import Interview, Mistake

MANY = 100
PRACTISED = (Lesson.Status.OPEN, Lesson.Status.JOINED)
# Whoever comes back within these hours has not been away.
A_WHILE = timedelta(hours=6)


@dataclass(frozen=True)
class Ahead:
    """What an app above knows to be coming: whether something of hers waits for her now, and when something is next."""

    needs_her: bool = False
    moments: tuple[datetime, ...] = ()


_above: list[Callable] = []


def register_ahead(ask):
    """`ask(user, now)` → Ahead, for what layers above keep: without it the page could promise a quiet day too many."""
    _above.append(ask)


@dataclass(frozen=True)
class Told:
    """The page: its facts, its story, why things were left behind, whom to thank, and whether she has come back to it."""

    interview: Interview
    closing: Closing
    story: words.Story
    behind: list
    to_thank: list
    step: steps.Step | None
    came_back: bool


def tell(interview, reader, *, now=None):
    """Everything the closing page shows, in the language and zone of `reader`."""
    now = now or timezone.now()
    closing = closing_of(interview, reader, now=now)
    behind = interview.mistakes.filter(status__in=[Mistake.Status.LET_GO, Mistake.Status.DROPPED])
    return Told(
        interview=interview,
        closing=closing,
        story=words.story(closing, gettext=gettext, ngettext=ngettext),
        behind=list(
            TriageDecision.objects.current().filter(mistake__in=behind).select_related("mistake").order_by("mistake_id")
        ),
        to_thank=to_thank(interview.referee_briefs.select_related("referee", "interview")),
        step=_step(interview, now) if closing.needs_her else None,
        came_back=_came_back(interview, now),
    )


def _step(interview, now):
    return steps.step_of_interview(steps.with_steps(Interview.objects.filter(pk=interview.pk)).get(), now)


def _came_back(interview, now):
    """Closed a while ago, and nothing has happened since."""
    closed = interview.closed_at
    if closed is None or now - closed < A_WHILE:
        return False
    return interview.outcome_at is None or interview.outcome_at <= closed


def closing_text(interview, reader, *, now=None):
    """The sentences of the closing page, for the mail and the API."""
    return list(words.sentences(closing_of(interview, reader, now=now), gettext=gettext, ngettext=ngettext))


def closing_of(interview, reader, *, now=None):
    """The facts the sentences are made of."""
    now = now or timezone.now()
    notes = list(interview.thank_you_notes.all())
    moment, company = next_moment(interview, now)
    return Closing(
        company=interview.company,
        outcome=interview.outcome,
        unwelcome=interview.contact_prohibited,
        **_letters(interview, notes, reader, now),
        **_things(interview, notes),
        briefs_open=sum(brief.status in RefereeBrief.UNFINISHED for brief in asked_of(interview)),
        next_day=_day(moment, reader) if moment else "",
        next_interview=company,
        asked=steps.is_asked_how_it_ended(interview, now),
        elsewhere=needs_her_elsewhere(interview, now),
    )


def _letters(interview, notes, reader, now):
    status = ThankYouNote.Status
    by_status = {each: [note for note in notes if note.status == each] for each in status.values}
    out = [note for note in notes if note.status in OUT]
    failed = by_status[status.FAILED]
    came_back = sum(note.failure == "bounced" for note in failed)
    is_owed = not has_thanks(notes) and note_is_owed(interview, now)
    scheduled = by_status[status.SCHEDULED]
    return {
        "gone": len(out),
        "last_gone": _print(max((note.sent_at for note in out), default=None), interview, reader),
        "said": any(note.carries and note.carries.status == Mistake.Status.DONE for note in out),
        "waiting": len(scheduled),
        "next_goes": _print(min((note.send_at for note in scheduled), default=None), interview, reader),
        "on_the_way": len(by_status[status.SENDING]),
        "came_back": came_back,
        "failed": len(failed) - came_back,
        "unseen": len(by_status[status.UNKNOWN]),
        "unwritten": len(by_status[status.DRAFT]) + is_owed,
    }


def _things(interview, notes):
    mistakes = list(interview.mistakes.all())
    done = [mistake for mistake in mistakes if mistake.status == Mistake.Status.DONE]
    carried = {note.carries_id for note in notes if note.status in OUT}
    going = {
        note.carries_id for note in notes if note.status in (ThankYouNote.Status.SCHEDULED, ThankYouNote.Status.SENDING)
    }
    taken = set(Lesson.objects.filter(mistake__in=done, status__in=PRACTISED).values_list("mistake_id", flat=True))
    passed_on = set(
        TriageDecision.objects.current()
        .filter(mistake__in=done, action=TriageDecision.Action.REFEREE)
        .values_list("mistake_id", flat=True)
    )
    live = {mistake.pk for mistake in mistakes if mistake.status in Mistake.LIVE} - going
    put_off = live & set(interview.mistakes.live().filter(PUT_OFF).values_list("pk", flat=True))
    return {
        "with_referees": len(passed_on - carried),
        "to_practise": len(taken - carried - passed_on),
        "left_behind": sum(mistake.status in (Mistake.Status.LET_GO, Mistake.Status.DROPPED) for mistake in mistakes),
        # One that waits in a note that was begun is counted with the note.
        "open": len(live - put_off - {note.carries_id for note in notes if note.status in UNFINISHED}),
        "put_off": len(put_off),
    }


def _print(instant, interview, reader):
    if instant is None:
        return ""
    return when.print_instant(instant, reader_zone=reader.zone, event_zone=interview.zone, translate=gettext)


def _day(instant, reader):
    return when.print_date(when.to_wall(instant, reader.zone).date(), translate=gettext, year=False)


def next_moment(interview, now):
    """When something may first be asked of her again, and whose interview that is ("" where it is none); (None, "") if never.

    Her next interview, the question how one of hers ended, or what the apps above know.
    """
    hers = Interview.objects.filter(candidate=interview.candidate)
    moments = [(moment, "") for ask in _above for moment in ask(interview.candidate, now).moments]
    following = hers.filter(status=Interview.Status.PLANNED, ends_at__gt=now).order_by("ends_at")[:MANY]
    moments += [(each.starts_at or each.ends_at, each.company) for each in following]
    held = hers.filter(
        status=Interview.Status.HELD,
        outcome=Interview.Outcome.NONE,
        ask_outcome=True,
        decision_on__gt=(now - ASKED_WITHIN).date(),
    )
    asked = (one.due_at for each in held.select_related("candidate")[:MANY] for one in outcome_asked(each, now))
    moments += [(due, "") for due in asked]
    return min((each for each in moments if each[0] > now), default=(None, ""))


def needs_her_elsewhere(interview, now):
    """Whether anything else of hers needs her: another interview by its next step, or something the apps above keep."""
    others = open_interviews(interview.candidate, now).exclude(pk=interview.pk).order_by("-ends_at", "-id")[:MANY]
    if any(steps.step_of_interview(other, now).label for other in steps.with_steps(others)):
        return True
    return any(ask(interview.candidate, now).needs_her for ask in _above)
