"""Mail that comes back after the server had accepted it: the letter's life moves on, and its owner is told at once."""

import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import F

from followups import bounce_report
from followups.models import OutboundEmail, OutboundEmailEvent, Tally
from followups.outbox import letters, verp
from followups.outbox.clock import database_now
from followups.outbox.crypto import address_of
from followups.outbox.rows import move
from followups.outbox.suppressions import Source, suppress

Status = OutboundEmail.Status
# What `ingest` answers, and what is counted under `bounce_<answer>`.
CAME_BACK, AGAIN, DELAYED, FORGED, NOT_OURS, NO_REPORT, TOO_EARLY = (
    "came_back",
    "again",
    "delayed",
    "forged",
    "not_ours",
    "no_report",
    "too_early",
)


def ingest(content, *, recipient="", now=None):
    """Read one mail that came back and act on it; one of the answers above. The same mail twice acts once."""
    now = now or database_now()
    answer = _ingest(content, recipient, now)
    count(f"bounce_{answer}", now)
    return answer


def _ingest(content, recipient, now):
    report = bounce_report.read(content, recipient=recipient)
    if report is None:
        return NO_REPORT
    try:
        public_id = _row_of(report)
    except ValueError:
        return FORGED
    with transaction.atomic():
        row = OutboundEmail.objects.select_for_update(no_key=True).filter(public_id=public_id).first()
        if row is None:
            return NOT_OURS
        if report.action != bounce_report.FAILED:
            # Still being tried, or arrived after all: nothing anybody has to do.
            return DELAYED if report.action == bounce_report.DELAYED else NOT_OURS
        return _came_back(row, report, now)


def _row_of(report):
    """Which row a report is about. With BOUNCE_ADDRESS only its own token says so; without, the Message-ID of what it returns."""
    if settings.BOUNCE_ADDRESS:
        return next((row for row in map(verp.row_of, report.recipients) if row), None)
    suffix = f"@{settings.MAIL_DOMAIN}"
    for message_id in report.message_ids:
        if message_id.endswith(suffix):
            try:
                return uuid.UUID(message_id.removesuffix(suffix))
            except ValueError:
                continue
    return None


def _came_back(row, report, now):
    if row.bounced_at is not None:
        return AGAIN
    if row.status in (Status.CLAIMED, Status.HANDING_OVER):
        return TOO_EARLY  # the other server was quicker than our own note of having handed it over
    if row.status not in (Status.SENT, Status.UNKNOWN):
        return NOT_OURS
    code = report.status[:12]
    if row.status == Status.UNKNOWN:
        # Now it can be seen: it had been accepted, and it did not arrive.
        move(row, Status.FAILED, at=now, reason="bounced", error="bounced", bounced_at=now, bounce_code=code)
    else:
        OutboundEmail.objects.filter(pk=row.pk).update(bounced_at=now, bounce_code=code, updated_at=now)
        # No change of state: the server did accept it, and that stays true.
        OutboundEmailEvent.objects.create(subject=row, old=row.status, new=row.status, reason="bounced")
        row.bounced_at, row.bounce_code = now, code
    letters.came_back(row)
    if report.is_hard and (address := address_of(row)):
        suppress(address, reason=Source.BOUNCE)
    return CAME_BACK


def count(name, now):
    """One more of what leaves no row of its own; shown at /metrics."""
    Tally.objects.get_or_create(name=name, defaults={"at": now})
    Tally.objects.filter(name=name).update(count=F("count") + 1, at=now)
