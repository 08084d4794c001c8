"""How a brief reaches the referee: from her own phone, or by Afterword."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.models import Invitation, hash_token
from accounts.records import Conflict, Refused
from followups import briefing, clock, outbox
from followups.models import OutboundEmail, RefereeBrief
from followups.services import closing
from followups.services.briefs.drafts import check_about, moved_on
from followups.services.briefs.letters import findings_of, letter_of
from followups.services.briefs.moving import locked, move_brief
from followups.services.facts import decision_instant
from interviews.models import Interview

KIND = "brief"
Kind, Status = RefereeBrief.Kind, RefereeBrief.Status
A_MOMENT = timedelta(minutes=2)
MOMENTS_AHEAD = timedelta(minutes=5)
AT_MOST, WITHIN = 2, timedelta(days=30)
OF_USE = timedelta(days=3)


class BetterChanged(Refused):
    """The check found something better changed: asked once more before it goes. `findings` says what."""

    def __init__(self, findings):
        super().__init__(_("Something in it is better changed before it goes."), field="despite_findings")
        self.findings = findings


def why_not_by_afterword(brief, now=None):
    """Why Afterword cannot send it now, in words; "" if it can. Her own phone is always open."""
    now = now or timezone.now()
    referee, interview = brief.referee, brief.interview
    if brief.kind == Kind.BRIEF and interview.outcome != Interview.Outcome.NONE:
        return _("They have decided, so nothing is left to mention.")
    if not referee.email:
        return _("We have no address of %(name)s. Your own phone needs none.") % {"name": referee.name}
    if referee.refused_at is not None:
        return _("%(name)s has asked not to be written to from here.") % {"name": referee.name}
    return (
        outbox.against_letters(interview.candidate, now)
        or outbox.against_address(interview.candidate, referee.email, now)
        or why_limited(brief, now)
    )


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
        kind=KIND,
        created_at__gt=since,
    )
    return told + mails.exclude(status__in=["cancelled", "suppressed", "failed"]).count()


@transaction.atomic
def schedule_brief(brief, *, send_wall, send_zone, by, despite_findings=False, seen_hash="", now=None):
    """Approve exactly this letter for a wall time in a zone, and queue it with a link of its own.

    Raises BetterChanged, Conflict and Refused as `notes.schedule_note` does.
    """
    now = now or timezone.now()
    send_at = _instant(send_wall, send_zone)
    brief = locked(brief)
    if brief.status not in RefereeBrief.EDITABLE:
        raise moved_on(brief)
    return _approve(
        brief, send_wall, send_zone, send_at, by=by, now=now, despite_findings=despite_findings, seen_hash=seen_hash
    )


def send_now(brief, *, by, despite_findings=False, seen_hash="", now=None):
    """Schedule it for a moment from now, so that she can take it back (settings.UNDO_SECONDS)."""
    now = now or timezone.now()
    zone = zone_of(brief)
    wall = when.to_wall(now + timedelta(seconds=settings.UNDO_SECONDS), zone)
    return schedule_brief(
        brief,
        send_wall=wall,
        send_zone=zone,
        by=by,
        despite_findings=despite_findings,
        seen_hash=seen_hash,
        now=now,
    )


def zone_of(brief):
    """Referees tell us no zone; most live where she does."""
    return brief.interview.candidate.zone


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


def _approve(brief, wall, zone, send_at, *, by, now, despite_findings, seen_hash="", reason=""):
    # Everybody who counts this candidate's letters to referees waits in line, so that the limit is exact.
    _stand_in_line(f"briefs of {brief.interview.candidate_id}")
    _check_can_go(brief, send_at, now)
    letter = letter_of(brief)
    if seen_hash and seen_hash != letter.hash:
        raise Conflict(_("It has changed since you looked at it. Please read it once more."))
    findings = findings_of(brief)
    if findings and not despite_findings:
        raise BetterChanged(findings)
    token = Invitation.new_token()
    number = brief.round + 1
    is_brief = brief.kind == Kind.BRIEF
    move_brief(
        brief,
        Status.SCHEDULED,
        by=by,
        reason=reason,
        now=now,
        send_wall=wall,
        send_zone=zone,
        send_at=send_at,
        approved_hash=letter.hash,
        approved_at=now,
        sent_to=brief.referee.email,
        failure="",
        round=number,
        token_hash=hash_token(token) if is_brief else "",
    )
    body = letter_of(brief, token=token).body
    outbox.queue(
        replace(letter, body=body).as_message(),
        kind=KIND,
        urgency=OutboundEmail.Urgency.LETTER,
        to_third_party=True,
        sender=brief.interview.candidate,
        subject=brief,
        due_at=send_at,
        useless_after=_useless_after(brief, send_at, now),
        dedupe_key=key_of(brief),
        content_hash=letter.hash,
        # It holds a one-time link: scrubbed as soon as its fate is known.
        is_secret=is_brief,
    )
    closing.close_if_done(brief.interview, now=now)
    return brief


def key_of(brief):
    """Names one letter of a brief: a person's “send again” is another one."""
    return f"brief:{brief.public_id}:{brief.round}"


def _useless_after(brief, send_at, now):
    until = _decision(brief.interview, now) if brief.kind == Kind.BRIEF else None
    return min(until, send_at + OF_USE) if until else send_at + OF_USE


def _decision(interview, now):
    """When they decide, if that is known and still to come."""
    return clock.decision_for_triage(interview.decision_on, decision_instant(interview), interview.zone, now=now)


def _check_can_go(brief, send_at, now):
    check_about(brief.interview, brief.referee, brief.mistake)
    if reason := why_not_by_afterword(brief, now):
        raise Refused(reason)
    check_complete(brief)
    if send_at < now - A_MOMENT:
        raise Refused(_("That moment has passed. Choose a later one, or send it now."), field="send_wall")
    if send_at > now + WITHIN:
        raise Refused(_("That is too far ahead. Choose an earlier time."), field="send_wall")
    until = _decision(brief.interview, now)
    if brief.kind == Kind.BRIEF and until and send_at >= until:
        raise Refused(_("They will have decided by then. Choose an earlier time."), field="send_wall")


def check_complete(brief):
    """Refuse a brief that says nothing, or too much."""
    if brief.kind == Kind.BRIEF and not brief.skill.strip():
        raise Refused(_("Which skill? A few words are enough."), field="skill")
    if not brief.words.strip():
        raise Refused(_("Write one sentence or two, in your own words."), field="words")
    if briefing.is_too_long(brief.words):
        raise Refused(_("Two sentences at most: that is what somebody remembers on the telephone."), field="words")


def _instant(wall, zone):
    try:
        return when.to_instant(wall.replace(tzinfo=None), zone)
    except (when.UnknownZone, ValueError):
        raise Refused(_("This date cannot be right."), field="send_wall") from None


def _stand_in_line(what):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


@transaction.atomic
def unschedule_brief(brief, *, by=None, reason="", now=None):
    """Take a letter back: it is a draft again, and its link is none. Raises Conflict if it is on its way already."""
    # The mail first: the pump takes its row first too. Its follower makes the brief a draft.
    outbox.cancel(brief, kind=KIND, by=by, reason=reason or "taken_back")
    brief = locked(brief)
    if brief.status == Status.SCHEDULED:
        if letter_row(brief, "handing_over", "sent", "unknown"):
            raise _on_its_way()
        move_brief(brief, Status.DRAFT, by=by, reason=reason or "taken_back", now=now)
    elif brief.status != Status.DRAFT:
        raise _on_its_way()
    return brief


def _on_its_way():
    return Conflict(_("It is on its way already, so it cannot be taken back."))


def letter_row(brief, *statuses):
    rows = OutboundEmail.objects.filter(dedupe_key=key_of(brief))
    return (rows.filter(status__in=statuses) if statuses else rows).first()


@transaction.atomic
def share_by_self(brief, *, by, at=None, now=None):
    """She told the referee herself at `at` (default: now). A letter still waiting here is taken back."""
    now = now or timezone.now()
    at = at or now
    if at > now + MOMENTS_AHEAD:
        raise Refused(_("That moment is still to come."), field="at")
    if at < brief.interview.created_at - timedelta(days=365):
        raise Refused(_("This date cannot be right."), field="at")
    check_about(brief.interview, brief.referee, brief.mistake)
    _settle_letter(brief, by=by, reason="shared_by_self", now=now)
    brief = move_brief(locked(brief), Status.SHARED_BY_SELF, by=by, now=now, sent_at=at, failure="")
    closing.close_if_done(brief.interview, now=now)
    return brief


@transaction.atomic
def skip_brief(brief, *, by=None, reason="", now=None):
    """Leave it. It can be taken up again."""
    _settle_letter(brief, by=by, reason=reason or "skipped", now=now)
    brief = move_brief(locked(brief), Status.SKIPPED, by=by, reason=reason, now=now)
    closing.close_if_done(brief.interview, now=now)
    return brief


def _settle_letter(brief, *, by, reason, now):
    """Whatever letter of this brief waits or hangs in the balance: it is not to go any more."""
    brief = RefereeBrief.objects.get(pk=brief.pk)
    if brief.status in RefereeBrief.WAITING:
        unschedule_brief(brief, by=by, reason=reason, now=now)
    elif brief.status == Status.UNKNOWN and (row := letter_row(brief, "unknown")):
        outbox.resolve_unknown(row, by=by, arrived=False)


@transaction.atomic
def reopen_brief(brief, *, by, now=None):
    """Take up one that was left, or one marked as told by mistake."""
    try:
        with transaction.atomic():
            brief = move_brief(locked(brief), Status.DRAFT, by=by, reason="reopened", now=now, sent_at=None)
    except IntegrityError:
        raise Conflict(_("This referee has a brief for this interview already.")) from None
    closing.close_if_done(brief.interview, now=now)
    return brief


@transaction.atomic
def resolve_unknown(brief, choice, *, by, now=None):
    """Her answer to "we can't see whether it arrived": leave it, own (she told them herself), or again."""
    now = now or timezone.now()
    row = letter_row(brief, "unknown")
    if brief.status != Status.UNKNOWN or row is None:
        raise moved_on(brief)
    if choice == "own":
        return share_by_self(brief, by=by, now=now)
    if choice not in ("leave", "again"):
        raise Refused(_("Choose one of the answers."), field="choice")
    outbox.resolve_unknown(row, by=by, arrived=choice == "leave")
    brief = locked(brief)
    if choice == "leave":
        if brief.status == Status.UNKNOWN:
            move_brief(brief, Status.SENT, by=by, reason="left", now=now, sent_at=row.handed_over_at or now)
        closing.close_if_done(brief.interview, now=now)
        return brief
    at, zone = now + timedelta(seconds=settings.UNDO_SECONDS), zone_of(brief)
    return _approve(brief, when.to_wall(at, zone), zone, at, by=by, now=now, despite_findings=True, reason="again")


@transaction.atomic
def mark_called(brief, *, by, now=None):
    """They have rung the referee: time to thank. A second time changes nothing."""
    brief = locked(brief)
    if brief.kind != Kind.BRIEF or brief.status not in RefereeBrief.OUT:
        raise moved_on(brief)
    if brief.called_at is None:
        brief.called_at = now or timezone.now()
        brief.save(update_fields=["called_at", "updated_at"])
    return brief
