"""The kinds about interviews and notes. Those about reviews and bookings are in `coaching/reminders.py`."""

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.when import to_instant, to_wall
from followups.models import ThankYouNote
from followups.reminders.registry import Kind, Wanted, register
from followups.services.notes.times import times_of
from interviews.models import Interview

MORNING = time(8)
HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
NOTE = ThankYouNote.Status


def _is_over(interview):
    return interview.status in ("planned", "held") and interview.outcome == "none" and interview.closed_at is None


def debrief(interview, now):
    """An hour after the end, while it is fresh, if nothing is logged; an hour after the entry if it came later than that."""
    if not _is_over(interview) or interview.went_well or interview.notes or interview.mistakes.exists():
        return []
    due = interview.ends_at + HOUR
    if interview.created_at > due:
        due = interview.created_at + HOUR
    return [Wanted(interview.candidate, "1", due, useless_after=due + A_DAY)]


def thank_you(interview, now):
    """In the morning of the day the notes are due, and two hours before: for all unwritten notes of an interview together."""
    if not _is_over(interview) or interview.contact_prohibited:
        return []
    notes = list(interview.thank_you_notes.filter(kind="thank_you").values_list("status", "due_at"))
    open_notes = [due_at for status, due_at in notes if status in (NOTE.DRAFT, NOTE.FAILED)]
    if notes and not open_notes:
        return []
    times = times_of(interview, now)
    due = min([due_at for due_at in open_notes if due_at], default=times.due_at)
    person = interview.candidate
    morning = to_instant(datetime.combine(to_wall(due, person.zone).date(), MORNING), person.zone)
    first = max(min(morning, due - 10 * HOUR), times.not_before)
    last = max(due - 2 * HOUR, times.not_before)
    limits = {"useless_after": times.acceptable_until, "deadline": due}
    wanted = [Wanted(person, "first", first, **limits)] if first < last else []
    return [*wanted, Wanted(person, "last", last, **limits)]


def note_out(note, now):
    """At once: whether the note went out, failed, or cannot be seen. Once for each round of sending."""
    if note.status not in (NOTE.SENT, NOTE.FAILED, NOTE.UNKNOWN):
        return []
    event = note.events.filter(new=note.status).last()
    due = event.at if event else note.updated_at
    return [Wanted(note.interview.candidate, f"{note.status}:{note.round}", due, useless_after=due + 2 * A_DAY)]


def closing(interview, now):
    """When the last thing about an interview is done, once."""
    if interview.closed_at is None:
        return []
    return [Wanted(interview.candidate, "1", interview.closed_at, useless_after=interview.closed_at + 7 * A_DAY)]


def _about_interview(interview, reminder):
    return {"interview": interview, "event_zone": interview.zone}


def _about_closing(interview, reminder):
    from followups.services.closing import closing_text  # noqa: PLC0415 -- services refresh reminders

    return {"interview": interview, "sentences": closing_text(interview, reminder.recipient)}


def _about_thank_you(interview, reminder):
    due = [
        note.due_at
        for note in interview.thank_you_notes.filter(kind="thank_you")
        if note.status in NOTE_OPEN and note.due_at
    ]
    due_at = min(due, default=times_of(interview, reminder.due_at).due_at)
    return {
        "interview": interview,
        "event_zone": interview.zone,
        "due_at": due_at,
        "is_last": reminder.occurrence == "last",
    }


def _about_note(note, reminder):
    return {
        "note": note,
        "event_zone": note.send_zone or note.interview.zone,
        "outcome": reminder.occurrence.split(":")[0],
    }


NOTE_OPEN = (NOTE.DRAFT, NOTE.FAILED)


def register_all():
    """Called once, when the app starts."""
    register(
        Kind(
            name="debrief",
            subject_model=Interview,
            related=("candidate",),
            derive=debrief,
            template="reminder_debrief",
            context=_about_interview,
            title=_("An hour after an interview: note it down while it is fresh"),
            path=lambda public_id: reverse("debrief", args=[public_id]),
        )
    )
    register(
        Kind(
            name="thank-you",
            subject_model=Interview,
            related=("candidate",),
            derive=thank_you,
            template="reminder_thank_you",
            context=_about_thank_you,
            title=_("Thank-you notes that are still to be written"),
            path=lambda public_id: reverse("interview-detail", args=[public_id]),
        )
    )
    register(
        Kind(
            name="note-out",
            subject_model=ThankYouNote,
            related=("interview__candidate",),
            derive=note_out,
            template="reminder_note_out",
            context=_about_note,
            title=_("Whether a note of yours went out"),
            path=lambda public_id: reverse("note-detail", args=[public_id]),
            ignores_quiet_hours=True,
        )
    )
    register(
        Kind(
            name="closing",
            subject_model=Interview,
            related=("candidate",),
            derive=closing,
            template="reminder_closing",
            context=_about_closing,
            title=_("When an interview is done: what you did for it"),
            path=lambda public_id: reverse("interview-closing", args=[public_id]),
        )
    )
