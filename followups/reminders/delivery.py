"""Delivering reminders: run at the start of each pass of the pump, which then sends the mails written here."""

import logging

from django.contrib.auth import get_user_model
from django.db import Error as DatabaseError
from django.db import transaction

from accounts.mail import compose
from accounts.records import move
from followups import outbox
from followups.models import OutboundEmail, Reminder
from followups.reminders import unsubscribe
from followups.reminders.registry import kind_named

logger = logging.getLogger(__name__)
Status = Reminder.Status
LIMIT = 200


def deliver_due(now, *, limit=LIMIT):
    """Queue the mails of all reminders whose time has come; their number.

    Those about the same thing for the same person coalesce: the latest is sent, the backlog of an outage is not.
    """
    due = Reminder.objects.filter(status=Status.WAITING, deliver_at__lte=now).order_by("deliver_at", "id")
    groups = dict.fromkeys(due.values_list("subject_type", "subject_id", "recipient_id")[:limit])
    return sum(_deliver_or_skip(group, now) for group in groups)


def _deliver_or_skip(group, now):
    try:
        return _deliver(group, now)
    except DatabaseError:
        raise
    except Exception as error:
        # One that cannot be written must not come first in every pass and hold up the others.
        logger.exception("reminder_broken error=%s", type(error).__name__)
        _skip_all(group, now)
        return False


def _waiting(group, now):
    """The due rows of one group, locked: a second pump waits here, and then finds none."""
    subject_type, subject_id, recipient_id = group
    return Reminder.objects.filter(
        subject_type=subject_type,
        subject_id=subject_id,
        recipient_id=recipient_id,
        status=Status.WAITING,
        deliver_at__lte=now,
    ).select_for_update(no_key=True)


@transaction.atomic
def _skip_all(group, now):
    for row in _waiting(group, now).order_by("id"):
        move(row, Status.SKIPPED, reason="broken")


@transaction.atomic
def _deliver(group, now):
    """Send the latest that is still wanted; True if there was one."""
    rows = sorted(_waiting(group, now).order_by("id"), key=lambda row: (row.due_at, row.pk), reverse=True)
    if not rows:
        return False
    recipient = get_user_model().objects.get(pk=group[2])
    is_sent = False
    for row in rows:
        kind = kind_named(row.kind)
        subject = kind and kind.subject_model._base_manager.filter(public_id=row.subject_id).first()
        if subject is None or not recipient.is_active or not _is_wanted(kind, subject, row, now):
            move(row, Status.CANCELLED, reason="not_wanted")
        elif reason := _why_not(row, recipient, is_sent, now):
            move(row, Status.SKIPPED, reason=reason)
        else:
            _send(kind, subject, row, recipient, now)
            is_sent = True
    return is_sent


def _is_wanted(kind, subject, row, now):
    """Asked of the present state once more, should a change have come without a refresh."""
    return any(
        one.recipient.pk == row.recipient_id and one.occurrence == row.occurrence for one in kind.derive(subject, now)
    )


def _why_not(row, recipient, is_sent, now):
    if is_sent:
        return "coalesced"
    if row.useless_after is not None and row.useless_after <= now:
        return "too_late"
    return "muted" if row.kind in recipient.muted_reminders else ""


def _send(kind, subject, row, recipient, now):
    """Mark it sent and queue its mail, in one transaction."""
    move(row, Status.SENT, sent_at=now)
    link = unsubscribe.url(recipient, kind.name)
    context = {"path": kind.path(subject.public_id), "unsubscribe_url": link, **kind.context(subject, row)}
    message = compose(kind.template, to=recipient, context=context)
    message.extra_headers = unsubscribe.headers(link)
    outbox.queue(
        message,
        kind="reminder",
        urgency=OutboundEmail.Urgency.DEADLINE,
        recipient=recipient,
        subject=row,
        due_at=row.deliver_at,
        useless_after=row.useless_after,
        dedupe_key=f"reminder:{row.public_id}",
        ignores_quiet_hours=kind.ignores_quiet_hours,
    )
