"""What the page of a brief shows: the letter, the text for her phone, what the check found, how it can go, and its life so far."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from accounts import when
from accounts.when import to_wall, zone_label
from followups.forms.interview import only_you
from followups.forms.referee import BriefForm, BriefSendForm, ToldForm
from followups.models import RefereeBrief
from followups.note_check import count_sentences
from followups.permissions import can_edit_brief
from followups.services import briefs, closing
from followups.views import letters
from followups.views.interviews import coach_of
from followups.views.onward import step_of

Kind, Status = RefereeBrief.Kind, RefereeBrief.Status
# Nothing is to be done about these: the page leads on.
SETTLED = (*RefereeBrief.OUT, Status.SCHEDULED, Status.SKIPPED, Status.EXPIRED)

REASONS = {
    "changed": gettext_lazy("What you approved and what would have gone were no longer the same. Please look again."),
    "bounced": gettext_lazy("It came back: this address does not take mail. Is it right? Your own phone is surer."),
    "suppressed": gettext_lazy("This address does not take mail from here. Your own phone is open."),
    "not_to_ask": gettext_lazy("It is no longer right to ask this of them. Please look again."),
    "interview_cancelled": gettext_lazy("The interview was marked as cancelled."),
    "outcome_known": gettext_lazy("They have decided, so nothing needs mentioning any more."),
    "too_late": gettext_lazy("It did not get out in time to be of use. Nothing of it is lost."),
    "no_longer_fits": gettext_lazy("Something it says, or where it goes, has changed since you approved it."),
}
FAILED = gettext_lazy("The mail server did not take it. Is the address right? Nothing is lost.")

EVENTS = letters.EVENTS | {
    ("shared_by_self", "draft"): gettext_lazy("Not told after all"),
    "shared_by_self": gettext_lazy("Told by you"),
    "skipped": gettext_lazy("Left"),
    "expired": gettext_lazy("Put away: too late to help"),
}
ANSWERS = {
    "answered_happy": gettext_lazy("They are happy to"),
    "answered_not_this_one": gettext_lazy("They would rather not, this time"),
    "answered_do_not_write": gettext_lazy("They want no more mail from here"),
}


def page_of(request, brief, *, form=None, send_form=None, told_form=None, asked=None, now=None):
    """The context of the whole page. `asked`: the findings she is asked about once more."""
    now = now or timezone.now()
    is_mine = can_edit_brief(request.user, brief)
    coach = coach_of(brief.interview)
    who_reads = only_you(brief.interview, coach)
    can_write = is_mine and brief.status in RefereeBrief.EDITABLE
    zone = briefs.zone_of(brief)
    thanks = brief.interview.referee_briefs.filter(referee=brief.referee, kind=Kind.THANKS)
    context = {
        "brief": brief,
        "interview": brief.interview,
        "referee": brief.referee,
        "nav_active": "referees" if is_mine else "interviews",
        "is_mine": is_mine,
        "is_thanks": brief.kind == Kind.THANKS,
        "can_write": can_write,
        "who_reads": who_reads,
        "events": life_of(brief),
        "reason": reason_of(brief),
        "is_watched": letters.is_watched(brief, now),
        "is_to_thank": is_mine and closing.wants_thanks(brief),
        "thanks": thanks.exclude(status__in=[Status.SKIPPED, Status.EXPIRED]).first(),
        "link_ends": _link_ends(brief),
        "zone": zone,
        "undo_seconds": settings.UNDO_SECONDS,
        "now": now,
        **reading_of(brief, is_mine),
    }
    if is_mine and brief.status in SETTLED:
        context["onward"] = step_of(brief.interview)
    if can_write:
        suggested = briefs.suggested_at(brief, now)
        initial = {"when": BriefSendForm.SUGGESTED if suggested > now else BriefSendForm.NOW}
        context |= {
            "form": (form or BriefForm(instance=brief)).for_page(who_reads, brief.kind),
            "send_form": (send_form or BriefSendForm(initial=initial)).for_zone(zone_label(zone, now)),
            "told_form": told_form or ToldForm(initial={"at": to_wall(now, request.user.zone)}),
            "asked": asked,
            "suggested_at": suggested,
            "closed": briefs.why_not_by_afterword(brief, now),
            "limited": briefs.why_limited(brief, now),
        }
    return context


def reading_of(brief, is_mine):
    """The part that is read anew while she types. A coach sees the words, never the address."""
    letter = briefs.letter_of(brief)
    return {
        "letter": letter,
        "letter_to": letter.to if is_mine else letter.to_name,
        "message": briefs.message_of(brief),
        "whatsapp": briefs.whatsapp_of(brief),
        "mailto": briefs.mailto_of(brief),
        "findings": briefs.findings_of(brief),
        "sentences": count_sentences(brief.words),
        "is_too_long": briefs.is_too_long(brief),
        "is_complete": bool(brief.words.strip() and (brief.skill.strip() or brief.kind == Kind.THANKS)),
    }


def life_of(brief):
    return [
        {"at": event.at, "words": ANSWERS.get(event.reason) or EVENTS.get((event.old, event.new)) or EVENTS[event.new]}
        for event in brief.events.all()
    ]


def reason_of(brief):
    if brief.status == Status.FAILED:
        return REASONS.get(brief.failure, FAILED)
    last = brief.events.last()
    return REASONS.get(last.reason, "") if last and brief.status in (Status.DRAFT, Status.EXPIRED) else ""


def _link_ends(brief):
    if brief.kind == Kind.THANKS or brief.send_at is None or not brief.token_hash:
        return ""
    return when.print_date(briefs.last_day_of_link(brief), translate=gettext)
