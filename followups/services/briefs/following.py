"""The brief follows its mail, and the outbox asks the brief before each hand-over."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused
from followups.models import OutboundEmail, RefereeBrief
from followups.services import closing
from followups.services.briefs.drafts import check_about
from followups.services.briefs.letters import letter_of
from followups.services.briefs.moving import locked, move_brief
from followups.services.briefs.sending import KIND, key_of, resolve_unknown
from interviews.models import Interview

Status = RefereeBrief.Status
FOLLOWS = {
    "queued": Status.SCHEDULED,
    "claimed": Status.SENDING,
    "handing_over": Status.SENDING,
    "sent": Status.SENT,
    "failed": Status.FAILED,
    "suppressed": Status.FAILED,
    "cancelled": Status.DRAFT,
    "unknown": Status.UNKNOWN,
}
LATE_BY = timedelta(minutes=2)
OVER_AFTER = timedelta(days=60)


def follow(row, old, new):
    """Take over the state of the mail. Its event says who did it and why."""
    brief = RefereeBrief.objects.filter(public_id=row.subject_id).first()
    if brief is None:
        return
    brief = locked(brief)
    state = FOLLOWS[new]
    if row.dedupe_key != key_of(brief) or state == brief.status or not _follows(brief, state):
        return
    event = row.events.select_related("by").order_by("pk").last()
    fields = {"failure": ""}
    if state == Status.SENT:
        fields["sent_at"] = row.sent_at
    elif state == Status.FAILED:
        fields["failure"] = (row.error or event.reason)[:40]
    if brief.status == Status.SCHEDULED and state in (Status.SENT, Status.UNKNOWN):
        move_brief(brief, Status.SENDING, reason=event.reason)
    move_brief(brief, state, by=event.by, reason=event.reason, **fields)
    if state in (Status.SENT, Status.FAILED, Status.UNKNOWN):
        closing.close_if_done(brief.interview)


def _follows(brief, state):
    """Only what is under way follows; what she has settled herself stays as it is."""
    if brief.status == Status.UNKNOWN:
        return state == Status.SENT
    if brief.status == Status.SCHEDULED and state in (Status.SENT, Status.UNKNOWN):
        return True  # the news that it was under way got lost
    under_way = (Status.SCHEDULED, Status.SENDING, Status.FAILED)
    return brief.status in under_way and state in RefereeBrief.MOVES[brief.status]


def came_back(row):
    """The letter came back after the server had accepted it: it did not arrive, and she is told at once (`brief_out`)."""
    brief = RefereeBrief.objects.filter(public_id=row.subject_id).first()
    if brief is None:
        return
    brief = locked(brief)
    if row.dedupe_key == key_of(brief) and brief.status == Status.SENT:
        move_brief(brief, Status.FAILED, reason="bounced", failure="bounced", sent_at=None)
        closing.close_if_done(brief.interview)


def titles_of(rows):
    """What her letters to referees are called, the page of each, and the zone they were timed in."""
    briefs = RefereeBrief.objects.filter(public_id__in=[row.subject_id for row in rows])
    by_id = {brief.public_id: brief for brief in briefs.select_related("referee", "interview")}
    return {
        row.pk: (_title(brief), reverse("brief-detail", args=[brief.public_id]), brief.send_zone)
        for row in rows
        if (brief := by_id.get(row.subject_id))
    }


def _title(brief):
    names = {"to": brief.referee.name, "company": brief.interview.company}
    if brief.kind == RefereeBrief.Kind.THANKS:
        return _("Thanks to %(to)s, %(company)s") % names
    return _("Brief for %(to)s, %(company)s") % names


def resolve_letter(row, choice, *, by):
    """Her answer about a letter of which nobody can see whether it arrived."""
    rows = RefereeBrief.objects.select_related("interview__candidate", "referee", "mistake")
    brief = rows.filter(public_id=row.subject_id).first()
    if brief is None or row.dedupe_key != key_of(brief):
        raise Conflict(_("This is settled already."))
    resolve_unknown(brief, choice, by=by)


def still_wanted(row):
    """Why this letter must not go now; "" if she still wants exactly this, and it is still right to ask."""
    brief = (
        RefereeBrief.objects.select_related("interview__candidate", "referee", "mistake")
        .filter(public_id=row.subject_id)
        .first()
    )
    if brief is None:
        return "brief_gone"
    if row.dedupe_key != key_of(brief) or brief.status not in RefereeBrief.WAITING:
        return "not_approved"
    if not row.content_hash == brief.approved_hash == letter_of(brief).hash:
        return "changed"
    if not brief.interview.candidate.is_active:
        return "sender_gone"
    try:
        check_about(brief.interview, brief.referee, brief.mistake)
    except Refused as problem:
        return "not_to_ask" if problem.field else "interview_cancelled"
    if brief.kind == RefereeBrief.Kind.BRIEF and brief.interview.outcome != Interview.Outcome.NONE:
        return "outcome_known"
    return ""


def catch_up(now):
    """With each pass of the pump: follow mails whose news did not arrive, and put away what nobody told anybody in two months."""
    late = RefereeBrief.objects.filter(status__in=RefereeBrief.WAITING, send_at__lt=now - LATE_BY)
    for brief in late[:50]:
        row = OutboundEmail.objects.filter(kind=KIND, dedupe_key=key_of(brief)).first()
        if row and FOLLOWS[row.status] != brief.status:
            follow(row, "", row.status)
    over = RefereeBrief.objects.filter(status__in=RefereeBrief.EDITABLE, created_at__lt=now - OVER_AFTER)
    for brief in over.order_by("created_at")[:50]:
        move_brief(brief, Status.EXPIRED, reason="too_late", now=now)
        closing.close_if_done(brief.interview, now=now)
