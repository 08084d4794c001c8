"""The kinds about referees: what became of a letter to one, and what one has answered."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from followups.models import RefereeBrief
from followups.reminders.registry import Kind, Wanted, register

A_DAY = timedelta(days=1)
Status = RefereeBrief.Status
TAKEN_BACK = ("no_longer_fits", "admin")


def brief_out(brief, now):
    """At once: whether it went, failed, cannot be seen, or does not go because something changed. Once a round."""
    event = brief.events.exclude(reason__startswith="answered_").last()
    told = brief.status in (Status.SENT, Status.FAILED, Status.UNKNOWN)
    taken_back = brief.status == Status.DRAFT and event and event.reason in TAKEN_BACK
    if not (told or taken_back):
        return []
    due = event.at if event else brief.updated_at
    name = brief.status if told else "back"
    return [Wanted(brief.candidate, f"{name}:{brief.round}", due, useless_after=due + 2 * A_DAY)]


def answered(brief, now):
    """At once, outside her quiet hours: each answer is told once, however often a mind is changed."""
    if not brief.answer:
        return []
    return [Wanted(brief.candidate, brief.answer, brief.answered_at, useless_after=brief.answered_at + 14 * A_DAY)]


def _about_brief(brief, reminder):
    return {"brief": brief, "outcome": reminder.occurrence.split(":")[0]}


def register_all():
    """Called once, when the app starts."""
    related = ("interview__candidate", "referee", "mistake")
    register(
        Kind(
            name="brief-out",
            subject_model=RefereeBrief,
            related=related,
            derive=brief_out,
            template="reminder_brief_out",
            context=_about_brief,
            title=_("Whether a letter to a referee went out"),
            path=lambda public_id: reverse("brief-detail", args=[public_id]),
            ignores_quiet_hours=True,
        )
    )
    register(
        Kind(
            name="referee-answer",
            subject_model=RefereeBrief,
            related=related,
            derive=answered,
            template="reminder_referee_answer",
            context=_about_brief,
            title=_("What a referee has answered"),
            path=lambda public_id: reverse("brief-detail", args=[public_id]),
        )
    )
