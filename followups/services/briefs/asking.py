"""What may be asked of a referee, and how often."""

from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from accounts.records import Refused
from followups import briefing, outbox
from followups.models import OutboundEmail, RefereeBrief
from followups.services import decisions
from interviews.models import Interview

AT_MOST, WITHIN = 2, timedelta(days=30)
Kind, Status = RefereeBrief.Kind, RefereeBrief.Status


def check_about(interview, referee, mistake):
    """Refuse, with the reason, what nobody should be asked."""
    if mistake is not None and briefing.is_false_statement(mistake.kind):
        raise Refused(
            _(
                "A referee is never asked to stand in for something that was not so. It is better put right by you, in one plain sentence."
            ),
            field="mistake",
        )
    if mistake is not None and decisions.stopped_by_coach(mistake):
        raise Refused(
            _("Your coach advised against writing about this. Please talk to each other first."), field="mistake"
        )
    if referee.refused_at is not None:
        raise Refused(_("%(name)s has asked not to be written to again.") % {"name": referee.name}, field="referee")
    if not referee.has_agreed:
        raise Refused(
            _("Ask %(name)s first, and note here that they agreed.") % {"name": referee.name}, field="referee"
        )
    if interview.status in (Interview.Status.CANCELLED, Interview.Status.MISSED):
        raise Refused(_("This interview has not taken place."))


def check_complete(brief):
    """Refuse a brief that says nothing, or too much."""
    if brief.kind == Kind.BRIEF and not brief.skill.strip():
        raise Refused(_("Which skill? A few words are enough."), field="skill")
    if not brief.words.strip():
        raise Refused(_("Write one sentence or two, in your own words."), field="words")
    if briefing.is_too_long(brief.words):
        raise Refused(_("Two sentences at most: that is what somebody remembers on the telephone."), field="words")


def stand_in_line(candidate):
    """Whoever counts this candidate's letters to referees waits until the one before has written hers: so the limit is exact."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"briefs of {candidate.pk}"])


def why_limited(brief, now):
    """Why this referee has had enough mail from her; "" while there is room."""
    if times_written(brief.referee, now) < AT_MOST:
        return ""
    return _(
        "%(name)s has heard from you twice in thirty days, and that is enough for a favour. If it cannot wait, ring instead."
    ) % {"name": brief.referee.name}


def times_written(referee, now):
    """How often she has told this person something in the last thirty days, whichever entry and interview it was for."""
    since = now - WITHIN
    told = RefereeBrief.objects.filter(referee=referee, status=Status.SHARED_BY_SELF, sent_at__gt=since).count()
    if not referee.email:
        return told
    # The mails, not the briefs: a removed and newly added referee is the same person.
    mails = OutboundEmail.objects.filter(
        to_address_hash__in=outbox.hashes_of(referee.email),
        sender=referee.candidate_id,
        kind="brief",
        created_at__gt=since,
    )
    return told + mails.exclude(status__in=["cancelled", "suppressed", "failed"]).count()
