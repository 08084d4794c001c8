"""What follows from the facts: pages and API that change an interview go through here."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.records import Conflict
from accounts.services import forget_drafts_under
from followups import outbox, reminders
from followups.models import Lesson, ThankYouNote
from followups.services import addresses, briefs, closing, decisions, lessons, notes
from interviews import services as interviews
from interviews.models import Mistake
from interviews.services.interviews import locked

__all__ = [
    "delete_interview",
    "edit_interview",
    "hold_letters",
    "interview_changed",
    "log_interview",
    "move_interview",
    "not_heard_yet",
    "record_outcome",
    "stop_asking",
]


@transaction.atomic
def log_interview(*, by, now=None, **fields):
    """Log it and derive its reminders. See `interviews.services.log_interview`."""
    interview = interviews.log_interview(by=by, now=now, **fields)
    reminders.refresh(interview, now=now)
    if interview.previous:
        interview_changed(interview.previous, by=by, now=now)
    return interview


@transaction.atomic
def edit_interview(interview, *, by, seen="", now=None, **fields):
    """Change facts, with everything that follows from them. `seen`: see `interviews.services.edit_interview`."""
    hold_letters(interview)
    interview = interviews.edit_interview(interview, by=by, seen=seen, now=now, **fields)
    return interview_changed(interview, by=by, now=now)


@transaction.atomic
def move_interview(interview, verb, *, by, now=None):
    """Hold, cancel, miss or plan again, with everything that follows. `verb` is a service of interviews."""
    hold_letters(interview)
    if verb is interviews.hold_interview:
        verb(interview, by=by, now=now)
    else:
        verb(interview, by=by)
    return interview_changed(interview, by=by, now=now)


@transaction.atomic
def record_outcome(interview, outcome, *, by, now=None):
    """What they decided, with everything that follows."""
    hold_letters(interview)
    interview = interviews.record_outcome(interview, outcome, by=by, now=now)
    return interview_changed(interview, by=by, now=now)


@transaction.atomic
def not_heard_yet(interview, *, by, now=None):
    """No word from them yet: it is asked once more."""
    interview = interviews.not_heard_yet(interview, by=by, now=now)
    reminders.refresh(interview, now=now)
    return interview


@transaction.atomic
def stop_asking(interview, *, by, now=None):
    """How it ended is not asked any more."""
    interview = interviews.stop_asking(interview, by=by)
    reminders.refresh(interview, now=now)
    return interview


@transaction.atomic
def interview_changed(interview, *, by, now=None):
    """Derive everything anew that hangs on an interview: times of notes, decisions, whether it is closed, reminders."""
    notes.interview_changed(interview, by=by, now=now)
    briefs.interview_changed(interview, by=by, now=now)
    for mistake in interview.mistakes.filter(status=Mistake.Status.DECIDED):
        decisions.reconsider(mistake, now=now)
    addresses.seen_again(interview, now=now)
    closing.close_if_done(interview, now=now)
    reminders.refresh(interview, now=now)
    interviews.find_by_people(interview)
    return interview


@transaction.atomic
def delete_interview(interview, *, by):
    """Forget an interview for good, with the lessons out of it: what was to be sent is taken back, what has gone has gone.

    Raises Conflict while one of its notes is being handed over.
    """
    hold_letters(interview)
    interview = locked(interview)
    for note in interview.thank_you_notes.all():
        if note.status == ThankYouNote.Status.SENDING:
            raise Conflict(_("A note of this interview is on its way just now. Try again in a minute."))
        outbox.cancel(note, by=by, reason="deleted")
        reminders.forget(note)
    for brief in interview.referee_briefs.all():
        briefs.forget_brief(brief, by=by)
    lessons.forget_lessons(Lesson.objects.filter(mistake__interview=interview), by=by)
    reminders.forget(interview)
    _forget_typed(interview)
    interview.delete()


def _forget_typed(interview):
    """Words in forms about it that were never sent."""
    forget_drafts_under(f"/interviews/{interview.public_id}/")
    for place, rows in (
        ("mistakes", interview.mistakes),
        ("notes", interview.thank_you_notes),
        ("briefs", interview.referee_briefs),
    ):
        for public_id in rows.values_list("public_id", flat=True):
            forget_drafts_under(f"/{place}/{public_id}/")


def hold_letters(interview):
    """Hold what waits to be sent before the interview itself, in the order in which the pump takes it."""
    notes.hold_letters(interview.thank_you_notes.all())
    briefs.hold_letters(interview.referee_briefs.all())
