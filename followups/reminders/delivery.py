"""Delivering reminders: run at the start of each pass of the pump, which then sends the mails written here."""

import logging
from collections import defaultdict
from itertools import batched

from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, transaction

from accounts.mail import compose
from followups import outbox
from followups.models import OutboundEmail, Reminder, ReminderEvent
from followups.reminders import unsubscribe
from followups.reminders.registry import kind_named

logger = logging.getLogger(__name__)
Status = Reminder.Status
LIMIT = 200
BATCH = 50


def deliver_due(now, *, limit=LIMIT):
    """Queue the mails of all reminders whose time has come; their number.

    Those about the same thing for the same person coalesce: the latest is sent, the backlog of an outage is not.
    """
    due = Reminder.objects.filter(status=Status.WAITING, deliver_at__lte=now).order_by("deliver_at", "id")
    groups = dict.fromkeys(due.values_list("subject_type", "subject_id", "recipient_id")[:limit])
    return sum(_deliver_together(batch, now) for batch in batched(groups, BATCH, strict=False))


def _deliver_together(groups, now):
    try:
        return _deliver(groups, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        if len(groups) > 1:
            return sum(_deliver_together([group], now) for group in groups)
        # One that breaks the database's patience must not come first in every pass and hold up the others.
        logger.exception("reminder_broken error=%s", type(error).__name__)
        with transaction.atomic():
            _move(_waiting(groups, now), Status.SKIPPED, "broken", now)
        return 0


def _waiting(groups, now):
    """The due rows of these groups, locked: a second pump waits here, and then finds none."""
    rows = Reminder.objects.filter(
        subject_id__in={group[1] for group in groups}, status=Status.WAITING, deliver_at__lte=now
    )
    wanted = set(groups)
    return [row for row in rows.select_for_update(no_key=True).order_by("id") if _group_of(row) in wanted]


def _group_of(row):
    return row.subject_type, row.subject_id, row.recipient_id


@transaction.atomic
def _deliver(groups, now):
    """Send the latest of each group that is still wanted; the number of mails queued."""
    rows = sorted(_waiting(groups, now), key=lambda row: (row.due_at, row.pk), reverse=True)
    people = get_user_model().objects.in_bulk({row.recipient_id for row in rows})
    subjects = _subjects_of(rows)
    served, ends, mails = set(), defaultdict(list), []
    for row in rows:
        kind, recipient = kind_named(row.kind), people[row.recipient_id]
        try:
            subject = subjects.get((row.kind, row.subject_id))
            end = _end_of(kind, subject, row, recipient, now) or (
                (Status.SKIPPED, "coalesced") if _group_of(row) in served else None
            )
            if end is None:
                mails.append(_draft(kind, subject, row, recipient, now))
                served.add(_group_of(row))
                end = (Status.SENT, "")
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            logger.exception("reminder_broken kind=%s error=%s", row.kind, type(error).__name__)
            end = (Status.SKIPPED, "broken")
        ends[end].append(row)
    for (status, reason), ended in ends.items():
        _move(ended, status, reason, now)
    outbox.queue_drafts(mails)
    return len(mails)


def _subjects_of(rows):
    """What the rows are about, by kind and id, each kind in one query."""
    ids = defaultdict(set)
    for row in rows:
        ids[row.kind].add(row.subject_id)
    found = {}
    for name, public_ids in ids.items():
        if kind := kind_named(name):
            subjects = kind.subject_model._base_manager.filter(public_id__in=public_ids).select_related(*kind.related)
            found |= {(name, subject.public_id): subject for subject in subjects}
    return found


def _end_of(kind, subject, row, recipient, now):
    """The state and reason of a reminder that is not sent; None for one that is.

    The present state is asked once more whether it is wanted, should a change have come without a refresh.
    """
    if subject is None or not recipient.is_active:
        return Status.CANCELLED, "not_wanted"
    wanted = kind.derive(subject, now)
    if not any(one.recipient.pk == row.recipient_id and one.occurrence == row.occurrence for one in wanted):
        return Status.CANCELLED, "not_wanted"
    if row.useless_after is not None and row.useless_after <= now:
        return Status.SKIPPED, "too_late"
    return (Status.SKIPPED, "muted") if row.kind in recipient.muted_reminders else None


def _draft(kind, subject, row, recipient, now):
    link = unsubscribe.url(recipient, kind.name)
    context = {"path": kind.path(subject.public_id), "unsubscribe_url": link, **kind.context(subject, row)}
    message = compose(kind.template, to=recipient, context=context)
    message.extra_headers = unsubscribe.headers(link)
    return outbox.draft(
        message,
        kind="reminder",
        urgency=OutboundEmail.Urgency.DEADLINE,
        recipient=recipient,
        subject=row,
        due_at=row.deliver_at,
        useless_after=row.useless_after,
        dedupe_key=f"reminder:{row.public_id}",
        ignores_quiet_hours=kind.ignores_quiet_hours,
        now=now,
    )


def _move(rows, new, reason, now):
    """The bulk form of `accounts.records.move`, for rows that are locked and waiting."""
    fields = {"sent_at": now} if new == Status.SENT else {}
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(status=new, updated_at=now, **fields)
    ReminderEvent.objects.bulk_create(
        ReminderEvent(subject=row, old=row.status, new=new, reason=reason) for row in rows
    )
