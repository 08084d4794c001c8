"""What a note's page shows: the letter as its reader will see it, what the check found, how it can go, and its life so far."""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.when import to_wall, zone_label
from followups import clock, outbox
from followups.clock import DUE_HOURS, NoteState
from followups.forms.interview import only_you
from followups.forms.letter import SendForm
from followups.forms.note import NoteForm, ReaddressForm, SentForm
from followups.models import ThankYouNote
from followups.note_check import MAX_WORDS
from followups.permissions import can_edit_note
from followups.services import closing, notes
from followups.views import letters
from followups.views.interviews import coach_of
from followups.views.onward import step_of
from interviews.models import Interview, Interviewer

Status = ThankYouNote.Status
OPEN = (*ThankYouNote.EDITABLE, Status.SCHEDULED)
# Nothing is to be done about these: the page leads on.
SETTLED = (Status.SCHEDULED, Status.SENT, Status.SENT_BY_SELF, Status.SKIPPED, Status.EXPIRED)

# Why a letter did not go, or a draft was changed, in words. Codes that are not here are told in general.
REASONS = {
    "changed": gettext_lazy(
        "What you approved and what would have gone were no longer the same. Please look at it again."
    ),
    "contact_prohibited": gettext_lazy(
        "They asked not to be contacted, and you had not said that it should go all the same."
    ),
    "interview_cancelled": gettext_lazy("The interview was marked as cancelled."),
    "too_late": gettext_lazy("It did not get out in time to be of use. Nothing of it is lost."),
    "suppressed": gettext_lazy("This address does not take mail from here. Your own mailbox is open."),
    "bounced": gettext_lazy(
        "It came back after the mail server had accepted it, so it was not read. Look at the address and send it again, "
        "send it from your own mailbox, or leave it."
    ),
    "no_longer_fits": gettext_lazy("The dates of the interview changed, and the time you had chosen no longer fits."),
    "correction_stopped": gettext_lazy("Your coach asked to leave the addition out. The text as it was is kept below."),
    "deleted": gettext_lazy(
        "You deleted what this note carried, so its sentences were taken out. The text as it was is kept below."
    ),
}
FAILED = gettext_lazy(
    "The mail server did not take it. Is the address right? Nothing is lost; you can send it again, or from your own mailbox."
)

# What a thank-you note can still do once she knows. Codes of Interview.Outcome.
DECIDED = {
    "next_round": gettext_lazy("You meet again: thank them there. A note is not needed any more."),
    "offer": gettext_lazy("They have made you an offer, so a note is not needed any more. Your answer to them is."),
    "rejected": gettext_lazy("They have decided, so no note is needed any more. You did your part."),
    "withdrawn": gettext_lazy(
        "You withdrew, so no note is needed. If you would like to thank them all the same, your own mailbox is open."
    ),
    "closed": gettext_lazy("They stopped the search, so no note is needed any more. You did your part."),
}

EVENTS = letters.EVENTS | {
    ("sent_by_self", "draft"): gettext_lazy("Not sent after all"),
    ("sent", "failed"): gettext_lazy("It came back"),
    ("unknown", "failed"): gettext_lazy("It came back"),
    "sent_by_self": gettext_lazy("Sent from your own mailbox"),
    "skipped": gettext_lazy("Left out: no note to this person"),
    "expired": gettext_lazy("Put away: too late for a note"),
}


_asides = []


def register_aside(about):
    """Let an upper app say something beside the composer: `about(note)` gives {"text", "url", "label"} or None."""
    _asides.append(about)


def page_of(request, note, *, form=None, other=None, send_form=None, sent_form=None, asked=None, now=None):
    """The context of the whole page. `other`: who gets it instead; `asked`: the errors she is asked about once more."""
    now = now or timezone.now()
    is_mine = can_edit_note(request.user, note)
    coach = coach_of(note.interview)
    who_reads = only_you(note.interview, coach)
    can_write = is_mine and note.status in ThankYouNote.EDITABLE
    context = {
        "note": note,
        "interview": note.interview,
        "nav_active": "notes",
        "is_mine": is_mine,
        "can_write": can_write,
        "who_reads": who_reads,
        "coach": coach,
        "review_fits": _review_fits(note, now),
        "asides": [aside for about in _asides if (aside := about(note))] if is_mine and note.status in OPEN else [],
        "events": life_of(note),
        "reason": reason_of(note),
        "is_watched": letters.is_watched(note, now),
        "undo_seconds": settings.UNDO_SECONDS,
        "seconds_left": max(0, round((note.send_at - now).total_seconds())) if note.send_at else None,
        "zone": notes.zone_of(note),
        "now": now,
        **clock_of(note, now),
        **reading_of(note, now),
    }
    if is_mine and note.status in SETTLED:
        context |= {"onward": step_of(note.interview), "next_reader": next_reader(note.interview, now)}
    if can_write:
        context |= {
            "form": (form or NoteForm(instance=note)).for_page(who_reads),
            "send_form": (send_form or SendForm(initial=_when(note, context["times"], now))).for_zone(
                zone_label(context["zone"], now)
            ),
            "sent_form": sent_form or SentForm(initial={"at": to_wall(now, request.user.zone)}),
            "asked": asked,
            "asked_why": list(dict.fromkeys(finding.message for finding in asked or [])),
            "asked_places": len({(finding.start, finding.end) for finding in asked or []}),
            "closed": notes.why_not_by_afterword(note, now),
            "why_addressless": addressless(note),
            "against_address": outbox.against_address(note.candidate, note.to_email, now),
            "other": other or ReaddressForm(note=note),
            "outcomes": notes.outcomes_of(note, now),
            "earlier_texts": note.earlier_texts.all()[:5],
            "undo": _undo(request, note),
            # Tells two open windows apart (notes.edit_note).
            "page_id": secrets.token_hex(6),
        }
    return context


def next_reader(interview, now):
    """Somebody else she met who may still be thanked; None if that is everybody, or too late."""
    others = notes.still_to_thank(interview) if closing.note_is_owed(interview, now) else []
    return others[0] if others else None


def _undo(request, note):
    """The text that the last click replaced, if that is what the address names."""
    number = request.GET.get("undo", "")
    return note.earlier_texts.filter(pk=int(number)).first() if re.fullmatch(r"[0-9]{1,17}", number) else None


def reading_of(note, now):
    """The part that is checked while she types."""
    findings = notes.findings_of(note, now)
    letter = notes.letter_of(note)
    return {
        "letter": letter,
        "findings": cards_of(findings),
        "errors": notes.errors_in(findings),
        "is_unsaid": notes.is_unsaid(note),
        "pieces": notes.marked(letter.body, findings),
        "counts": notes.counts_of(note),
        "words_at_most": MAX_WORDS,
        "seen": notes.version_of(note),
        "mailto": notes.mailto_of(note),
    }


def cards_of(findings):
    """The findings as they are shown: one card for what is found in the same words, and advice is not given twice.

    Two sentences of regret are four or five findings; a page full of red would say more against her than they do.
    """
    cards, said = {}, set()
    for finding in findings:
        # What is missing stands nowhere, and has a card of its own.
        place = (finding.start, finding.end) if finding.start < finding.end else finding.key
        card = cards.setdefault(place, {"finding": finding, "messages": [], "severity": finding.severity})
        card["messages"].append(finding.message)
        if finding.severity == "error":
            card["severity"] = "error"
        if "suggestion" not in card:
            card["suggestion"] = "" if finding.suggestion in said else finding.suggestion
            said.add(finding.suggestion)
    return list(cards.values())


def clock_of(note, now):
    """The deadline, in words and as instants."""
    times = notes.note_times(note, now)
    state, until = notes.state_of(note, now)
    words = {
        NoteState.EARLY: _("Let a quarter of an hour pass after the interview; then it may go."),
        NoteState.ON_TIME: _("There is time. Most people send it within a day."),
        NoteState.ACCEPTABLE: _("A day has passed, which is fine. Send it now and do not mention the delay."),
        NoteState.USABLE: _("It is late, but still read. Short and warm is best; the delay needs no word."),
        NoteState.TOO_LATE: _("The time for this note has passed, and that is all right. You can let it be."),
    }
    interview = note.interview
    is_letter = note.kind == ThankYouNote.Kind.CORRECTION
    if is_letter:
        words |= {
            NoteState.EARLY: _("One plain sentence is enough, and today is the easiest day for it."),
            NoteState.ON_TIME: _("One plain sentence is enough, and today is the easiest day for it."),
            NoteState.ACCEPTABLE: _(
                "Any day is good for this. One plain sentence is enough, and the delay needs no word."
            ),
            NoteState.USABLE: _("Any day is good for this. One plain sentence is enough, and the delay needs no word."),
            NoteState.TOO_LATE: _("Enough time has passed that a letter would only surprise. You can let it be."),
        }
    elif state == NoteState.TOO_LATE and interview.outcome in DECIDED:
        words[state] = DECIDED[interview.outcome]
    elif interview.ends_at > now:
        words[state] = _("The interview is still to come. You can prepare the words; the clock starts when it is over.")
    return {
        "times": times,
        "state": state.value,
        "until": until,
        "state_words": words[state],
        "tone": {"on_time": "", "early": "", "too_late": "late"}.get(state.value, "soon"),
        # Said only where it makes a difference.
        "hour_unknown": bool(interview.decision_on and not interview.decision_time and not is_letter)
        and times.due_at < interview.ends_at + timedelta(hours=DUE_HOURS),
    }


def closed_words(interview, now):
    """Why a thank-you note is not the thing to write any more, or not yet; "" where it is."""
    if interview.status in (Interview.Status.CANCELLED, Interview.Status.MISSED):
        return _("This interview did not take place, so there is nobody to thank.")
    if interview.outcome in DECIDED:
        return DECIDED[interview.outcome]
    if now >= notes.times_of(interview, now).usable_until:
        return _("The time for a note has passed, and that is all right. You can still write one for yourself.")
    if interview.contact_prohibited:
        return _(
            "They asked not to be contacted. A note would go against it; a referee can mention things if they call. "
            "You can still write one for yourself."
        )
    if interview.ends_at > now:
        return _("The interview is still to come. You can prepare the words; the clock starts when it is over.")
    return ""


def life_of(note):
    return [
        {
            "at": event.at,
            "words": EVENTS.get((event.old, event.new)) or EVENTS.get(event.new, event.new),
            "by": event.by,
        }
        for event in note.events.select_related("by")
    ]


def reason_of(note):
    if note.status == Status.FAILED:
        return REASONS.get(note.failure, FAILED)
    last = note.events.last()
    return REASONS.get(note.failure) or (REASONS.get(last.reason, "") if last and note.status == Status.DRAFT else "")


def addressless(note):
    """What can be done where no address is known; "" where one is."""
    if note.to_email:
        return ""
    if note.interviewer is None:
        return _(
            "Nobody to write to is a common case. HR or the recruiter can pass your thanks on: say here who they are. "
            "Or copy the note and bring it another way."
        )
    if note.interviewer.kind in (Interviewer.Kind.HR, Interviewer.Kind.RECRUITER):
        return _("The invitation usually came from their address. Without one, copy the note and bring it another way.")
    return _(
        "The invitation may show it. If not, write to HR or the recruiter below, who can pass it on, or copy the note."
    )


def _when(note, times, now):
    """What is chosen to begin with: the time she had chosen before if it is still to come, else the suggestion."""
    # Taken back within the minute of "now", the moment it would have left is no time she chose.
    if note.send_wall and note.send_at > now + letters.WATCHED and note.send_at != times.suggested_send_at:
        return {"when": SendForm.CHOSEN, "send_wall": note.send_wall}
    return {"when": SendForm.SUGGESTED if times.suggested_send_at > now else SendForm.NOW}


def _review_fits(note, now):
    """Whether a coach asked now could still answer before it goes, or before it is due."""
    times = notes.note_times(note, now)
    goes_at = note.send_at if note.status == Status.SCHEDULED else times.usable_until
    return clock.answer_by(goes_at, times, now) is not None
