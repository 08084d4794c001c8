"""How a brief reaches the referee: from her own phone, or by Afterword. What all letters in her name share is in `letters`."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import when
from accounts.models import Invitation, hash_token
from accounts.records import Refused
from followups import clock, outbox
from followups.models import RefereeBrief
from followups.services import closing, letters
from followups.services.briefs.asking import WITHIN, check_about, check_complete, stand_in_line, why_limited
from followups.services.briefs.letters import findings_of, letter_of
from followups.services.facts import decision_instant
from interviews.models import Interview

Kind, Status = RefereeBrief.Kind, RefereeBrief.Status
OF_USE = timedelta(days=3)
OVER_AFTER = timedelta(days=60)


def zone_of(brief):
    """Referees tell us no zone; most live where she does."""
    return brief.candidate.zone


def suggested_at(brief, now):
    """The next decent hour of a working day, or now if that would be after the decision."""
    interview = brief.interview
    moment = when.next_working_moment(
        now,
        zone=zone_of(brief),
        opens=clock.OPENS,
        closes=clock.CLOSES,
        weekend=clock.weekend_of(interview.country),
    )
    until = _decision(interview, now)
    return moment if moment and (until is None or moment < until - timedelta(hours=2)) else now


def _decision(interview, now):
    """When they decide, if that is known and still to come."""
    return clock.decision_for_triage(interview.decision_on, decision_instant(interview), interview.zone, now=now)


class BriefLife(letters.LetterLife):
    """Briefs and thanks to referees: a one-time link, a limit, and a question that must still be right to ask."""

    model = RefereeBrief
    kind = "brief"
    related = ("interview__candidate", "referee", "mistake")
    by_self = Status.SHARED_BY_SELF
    page = "brief-detail"
    changed = gettext_lazy("It has changed since you looked at it. Please read it once more.")
    there_already = gettext_lazy("There is something for this referee and this interview already.")
    letter_of = staticmethod(letter_of)
    zone_of = staticmethod(zone_of)
    suggested_at = staticmethod(suggested_at)

    def title_of(self, brief):
        names = {"to": brief.referee.name, "company": brief.interview.company}
        if brief.kind == Kind.THANKS:
            return _("Thanks to %(to)s, %(company)s") % names
        return _("Two sentences for %(to)s, %(company)s") % names

    def check_can_go(self, brief, send_at, now):
        stand_in_line(brief.candidate)
        check_about(brief.interview, brief.referee, brief.mistake)
        if reason := why_not_by_afterword(brief, now):
            raise Refused(reason)
        check_complete(brief)
        self.check_not_past(send_at, now)
        if send_at > now + WITHIN:
            raise Refused(_("That is too far ahead. Choose an earlier time."), field="send_wall")
        until = _decision(brief.interview, now)
        if brief.kind == Kind.BRIEF and until and send_at >= until:
            raise Refused(_("They will have decided by then. Choose an earlier time."), field="send_wall")

    def findings_of(self, brief, now):
        return findings_of(brief)

    def put_in_outbox(self, brief, letter, moment, *, findings, by, now, reason=""):
        """With a link of its own. It is the referee's alone, so the mail is scrubbed as soon as its fate is known."""
        token = Invitation.new_token()
        is_brief = brief.kind == Kind.BRIEF
        until = _decision(brief.interview, now) if is_brief else None
        latest = moment.at + OF_USE
        return self.queue(
            brief,
            letter,
            moment,
            by=by,
            now=now,
            reason=reason,
            useless_after=min(until, latest) if until else latest,
            body=letter_of(brief, token=token).body,
            is_secret=is_brief,
            sent_to=brief.referee.email,
            token_hash=hash_token(token) if is_brief else "",
        )

    def again(self, brief, moment, *, by, now):
        """Approved anew, with a new link."""
        return self.approve(brief, moment, by=by, now=now, despite_findings=True, reason="again")

    def check_by_self(self, brief, at):
        if at < brief.interview.created_at - timedelta(days=365):
            raise Refused(_("This date cannot be right."), field="at")
        check_about(brief.interview, brief.referee, brief.mistake)

    def against(self, brief):
        try:
            check_about(brief.interview, brief.referee, brief.mistake)
        except Refused as problem:
            return "not_to_ask" if problem.field else "interview_cancelled"
        is_late = brief.kind == Kind.BRIEF and brief.interview.outcome != Interview.Outcome.NONE
        return "outcome_known" if is_late else ""

    def drafts_over(self, now):
        over = RefereeBrief.objects.filter(status__in=RefereeBrief.EDITABLE, created_at__lt=now - OVER_AFTER)
        return over.order_by("created_at")

    def moved(self, brief, *, by, now):
        closing.close_if_done(brief.interview, now=now)

    def taken_back(self, brief, *, by_staff):
        """Its page says so: a referee waits for nothing."""


LIFE = BriefLife()
locked, hold_letters, move_brief = LIFE.locked, LIFE.hold, LIFE.move
schedule_brief, send_now, unschedule_brief = LIFE.schedule, LIFE.send_now, LIFE.unschedule
share_by_self, skip_brief, reopen_brief = LIFE.told_by_self, LIFE.skip, LIFE.reopen
resolve_unknown = LIFE.resolve_unknown


def why_not_by_afterword(brief, now=None):
    """Why Afterword cannot send it now, in words; "" if it can. Her own phone is always open."""
    now = now or timezone.now()
    referee, interview = brief.referee, brief.interview
    if brief.kind == Kind.BRIEF and interview.outcome != Interview.Outcome.NONE:
        return _("They have decided, so nothing needs mentioning any more.")
    if not referee.email:
        return _("We have no address of %(name)s. Your own phone needs none.") % {"name": referee.name}
    if referee.refused_at is not None:
        return _("%(name)s has asked not to be written to from here.") % {"name": referee.name}
    return (
        outbox.against_letters(interview.candidate, now)
        or outbox.against_address(interview.candidate, referee.email, now)
        or why_limited(brief, now)
    )


@transaction.atomic
def mark_called(brief, *, by, now=None):
    """They have rung the referee: time to thank. A second time changes nothing."""
    brief = locked(brief)
    if brief.kind != Kind.BRIEF or brief.status not in RefereeBrief.OUT:
        raise letters.moved_on(brief)
    if brief.called_at is None:
        brief.called_at = now or timezone.now()
        brief.save(update_fields=["called_at", "updated_at"])
    return brief
