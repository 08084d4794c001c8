"""The kinds about interviews and notes. Those about reviews and bookings are in `coaching/reminders.py`."""

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import links
from accounts.when import to_instant, to_wall
from followups import clock
from followups.models import OutboundEmail, ThankYouNote
from followups.reminders.registry import Kind, Wanted, register
from followups.services.notes.times import times_of
from interviews.models import Interview

MORNING = time(8)
# Nobody is asked how it ended before the first coffee.
ASKED_AT = time(10)
HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
NOTE = ThankYouNote.Status
NOTE_OPEN = (NOTE.DRAFT, NOTE.FAILED)
OUTCOME_LINK_LASTS = timedelta(days=30)
# "Two hours left" is said of anything below.
NEAR = timedelta(hours=2, minutes=30)
# After the last moment of a note, so that "I sent it" can still be said.
SAID_LATER = timedelta(days=8)


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
    open_notes = [due_at for status, due_at in notes if status in NOTE_OPEN]
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


def prep(interview, now):
    """A day before a planned interview. The start is part of the occurrence: one that moves is announced anew."""
    if interview.status != Interview.Status.PLANNED:
        return []
    start = interview.starts_at or interview.ends_at - HOUR
    due = start - A_DAY
    # Whoever entered it within that day has it in mind.
    if interview.created_at > due:
        return []
    return [Wanted(interview.candidate, f"{start:%Y%m%dT%H%M}", due, useless_after=start)]


def outcome(interview, now):
    """Two working days after the decision; once more a week after "not heard yet". The day is part of the occurrence."""
    day = interview.decision_on
    if interview.status != Interview.Status.HELD or interview.outcome != Interview.Outcome.NONE:
        return []
    if day is None or not interview.ask_outcome:
        return []
    person = interview.candidate

    def asked(name, on):
        due = to_instant(datetime.combine(on, ASKED_AT), person.zone)
        return Wanted(person, f"{name}:{day:%Y%m%d}", due, useless_after=due + A_WEEK)

    first = asked("first", clock.outcome_day(day, clock.weekend_of(interview.country)))
    said = interview.not_heard_at
    if said is None or said < first.due_at:
        return [first]
    return [asked("again", to_wall(said, person.zone).date() + A_WEEK)]


def _about_interview(interview, reminder):
    return {"interview": interview, "event_zone": interview.zone}


def _about_closing(interview, reminder):
    from followups.services.story import tell  # noqa: PLC0415 -- services refresh reminders

    return {"interview": interview, "told": tell(interview, reminder.recipient)}


def _about_thank_you(interview, reminder):
    due = [
        note.due_at
        for note in interview.thank_you_notes.filter(kind="thank_you")
        if note.status in NOTE_OPEN and note.due_at
    ]
    due_at = min(due, default=times_of(interview, reminder.sent_at).due_at)
    return {
        "interview": interview,
        "event_zone": interview.zone,
        "due_at": due_at,
        "sent_url": _sent_url(interview),
        # By the moment at which it goes: quiet hours, an outage or she herself may have moved that.
        "is_late": due_at <= reminder.sent_at,
        "is_near": due_at - reminder.sent_at < NEAR,
        "is_today": _day(due_at, reminder.recipient) == _day(reminder.sent_at, reminder.recipient),
    }


def _day(instant, person):
    return to_wall(instant, person.zone).date()


def _about_note(note, reminder):
    outcome = reminder.occurrence.split(":")[0]
    return {
        "note": note,
        "answer_url": _answer_url(note) if outcome == "unknown" else "",
        "came_back": note.failure == "bounced",
        "event_zone": note.send_zone or note.interview.zone,
        "outcome": outcome,
        "sent_url": _sent_url(note.interview),
    }


def _answer_url(note):
    """Where she settles, without signing in, a letter of which nobody can see whether it arrived."""
    from followups import outbox  # noqa: PLC0415 -- reminders leave by the outbox

    row = OutboundEmail.objects.filter(dedupe_key=f"note:{note.public_id}:{note.round}", status="unknown").first()
    return outbox.answer_link(row) if row else ""


def _sent_url(interview):
    return links.url("note", interview.candidate, interview.public_id, ends_at=interview.ends_at + SAID_LATER)


def _about_prep(interview, reminder):
    from followups.services.preps import sheet_of  # noqa: PLC0415 -- services refresh reminders

    return {
        "interview": interview,
        "event_zone": interview.zone,
        "is_near": (interview.starts_at or interview.ends_at) - reminder.sent_at < A_DAY / 2,
        "sheet": sheet_of(interview),
    }


def _about_outcome(interview, reminder):
    ends_at = reminder.due_at + OUTCOME_LINK_LASTS
    return {
        "interview": interview,
        "is_again": reminder.named.startswith("again"),
        "answer_url": links.url("outcome", interview.candidate, interview.public_id, ends_at=ends_at),
    }


def register_all():
    """Called once, when the app starts."""
    register(
        Kind(
            name="debrief",
            subject_model=Interview,
            related=("candidate",),
            many=("mistakes",),
            derive=debrief,
            template="reminder_debrief",
            context=_about_interview,
            title=_("An hour after an interview: note it down while it is fresh"),
            asks=True,
            can_snooze=True,
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
            asks=True,
            can_snooze=True,
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
    register(
        Kind(
            name="prep",
            subject_model=Interview,
            related=("candidate",),
            derive=prep,
            template="reminder_prep",
            context=_about_prep,
            title=_("A day before your next interview"),
            can_snooze=True,
            path=lambda public_id: reverse("prep-sheet", args=[public_id]),
        )
    )
    register(
        Kind(
            name="outcome",
            subject_model=Interview,
            related=("candidate",),
            derive=outcome,
            template="reminder_outcome",
            context=_about_outcome,
            title=_("How it ended, two working days after they were to decide"),
            asks=True,
            can_snooze=True,
            path=lambda public_id: reverse("interview-detail", args=[public_id]),
        )
    )
