"""What becomes of briefs when their interview, their referee or what they are about changes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Conflict
from followups import outbox, reminders
from followups.models import RefereeBrief
from followups.services.briefs.sending import LIFE, move_brief, skip_brief, unschedule_brief
from interviews.models import Interview

Kind, Status = RefereeBrief.Kind, RefereeBrief.Status


@transaction.atomic
def interview_changed(interview, *, by=None, now=None):
    """Take back what no longer fits, and put away what can no longer help."""
    now = now or timezone.now()
    gone = interview.status in (Interview.Status.CANCELLED, Interview.Status.MISSED)
    decided = interview.outcome != Interview.Outcome.NONE
    live = interview.referee_briefs.filter(status__in=[*RefereeBrief.EDITABLE, Status.SCHEDULED])
    for brief in live.select_related("interview__candidate", "referee", "mistake"):
        if gone:
            skip_brief(brief, by=by, reason="interview_cancelled", now=now)
        elif decided and brief.kind == Kind.BRIEF:
            if brief.status == Status.SCHEDULED:
                brief = unschedule_brief(brief, by=by, reason="outcome_known", now=now)
            move_brief(brief, Status.EXPIRED, by=by, reason="outcome_known", now=now)
        elif brief.status == Status.SCHEDULED:
            take_back_if_changed(brief, by=by, now=now)


def take_back_if_changed(brief, *, by=None, now=None):
    """A letter that waits and would be stopped at the door is a draft again at once, and she is told."""
    row = LIFE.mail_of(brief, "queued", "claimed")
    if row is not None and LIFE.still_wanted(row):
        unschedule_brief(brief, by=by, reason="no_longer_fits", now=now)


@transaction.atomic
def forget_brief(brief, *, by):
    """Delete it for good: what waits is taken back, the link that went out ends. Conflict while it is being handed over."""
    if brief.status == Status.SENDING:
        raise Conflict(_("A letter to this referee is on its way just now. Try again in a minute."))
    outbox.cancel(brief, by=by, reason="deleted")
    reminders.forget(brief)
    brief.delete()
