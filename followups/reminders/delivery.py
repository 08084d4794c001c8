"""Delivering reminders: run at the start of each pass of the pump, which then sends the mails written here."""

import logging
from collections import defaultdict
from datetime import timedelta
from itertools import batched

from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, connection, transaction

from accounts import languages
from accounts.mail import compose
from accounts.when import cannot_wait, deliver_from
from followups import outbox
from followups.models import OutboundEmail, Reminder, ReminderEvent
from followups.reminders import snoozing, unsubscribe
from followups.reminders.plan import refresh
from followups.reminders.registry import kind_named

logger = logging.getLogger(__name__)
Status = Reminder.Status
LIMIT = 200
BATCH = 50
# After this many without a word about one thing, no more are sent about it.
UNANSWERED = 2
REMEMBERED = timedelta(days=30)


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


def _is_our_turn():
    """One pump at a time writes reminders; the others hand over what is written instead of waiting for its locks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('afterword reminders', 0))")
        return cursor.fetchone()[0]


def _waiting(groups, now):
    """The due rows of these groups, locked."""
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
    if not _is_our_turn():
        return 0
    rows = sorted(_waiting(groups, now), key=lambda row: (row.due_at, row.pk), reverse=True)
    people = get_user_model().objects.in_bulk({row.recipient_id for row in rows})
    subjects, silence = _subjects_of(rows), _unanswered(rows, now)
    served, ends, mails, again = set(), defaultdict(list), [], {}
    for row in rows:
        kind, recipient = kind_named(row.kind), people[row.recipient_id]
        subject = subjects.get((row.kind, row.subject_id))
        try:
            one = _wanted(kind, subject, row, recipient, now)
            end = _end_of(one, row, recipient, now) or (
                (Status.SKIPPED, "coalesced") if _group_of(row) in served else None
            )
            if end is None and not kind.ignores_quiet_hours and (later := _held_until(one, recipient, now)) > now:
                Reminder.objects.filter(pk=row.pk).update(deliver_at=later)
                continue
            if end is None and _is_silent(kind, subject, row, recipient, silence):
                end = (Status.SKIPPED, "unanswered")
            if end is None:
                mails.append(_draft(kind, subject, row, one, now))
                served.add(_group_of(row))
                end = (Status.SENT, "")
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            logger.exception("reminder_broken kind=%s error=%s", row.kind, type(error).__name__)
            end = (Status.SKIPPED, "broken")
        ends[end].append(row)
        if kind is not None and kind.repeats and subject is not None:
            again[subject.public_id] = subject
    for (status, reason), ended in ends.items():
        _move(ended, status, reason, now)
    outbox.queue_drafts(mails)
    for subject in again.values():
        refresh(subject, now)
    return len(mails)


def _subjects_of(rows):
    """What the rows are about, by kind and id, each kind in one query."""
    ids = defaultdict(set)
    for row in rows:
        ids[row.kind].add(row.subject_id)
    found = {}
    for name, public_ids in ids.items():
        if kind := kind_named(name):
            found |= {(name, public_id): subject for public_id, subject in kind.find(public_ids).items()}
    return found


def _wanted(kind, subject, row, recipient, now):
    """What the present state asks for in the place of this row; None if nothing. A change may have come without a refresh."""
    if kind is None or subject is None or not recipient.is_active:
        return None
    wanted = kind.wanted(subject, now)
    return next((one for one in wanted if (one.recipient.pk, one.occurrence) == (recipient.pk, row.named)), None)


def _end_of(one, row, recipient, now):
    """The state and reason of a reminder that is not sent; None for one that is."""
    if one is None:
        return Status.CANCELLED, "not_wanted"
    if row.useless_after is not None and row.useless_after <= now:
        return Status.SKIPPED, "too_late"
    return (Status.SKIPPED, "muted") if row.kind in recipient.muted_reminders else None


def _held_until(one, person, now):
    """An outage may end in the middle of the night, and she may have moved: quiet hours are looked at once more."""
    return deliver_from(now, zone=person.zone, quiet=person.quiet, deadline=one.limit(now))


def _unanswered(rows, now):
    """When the reminders were sent that ask something about these subjects and were not answered, by kind and group."""
    asking = {row.kind for row in rows if (kind := kind_named(row.kind)) and kind.asks}
    sent = defaultdict(list)
    if asking:
        unread = Reminder.objects.unread().filter(
            kind__in=asking,
            subject_id__in={row.subject_id for row in rows},
            recipient__in={row.recipient_id for row in rows},
            sent_at__gt=now - REMEMBERED,
        )
        for row in unread:
            sent[row.kind, _group_of(row)].append(row.sent_at)
    return sent


def _is_silent(kind, subject, row, recipient, unanswered):
    sent = unanswered.get((kind.name, _group_of(row)), []) if kind.asks else []
    if len(sent) >= UNANSWERED and kind.answered_at is not None:
        last = kind.answered_at(subject, recipient)
        sent = [at for at in sent if last is None or at > last]
    return len(sent) >= UNANSWERED


def _draft(kind, subject, row, one, now):
    row.sent_at = now  # what the mail says holds at this moment
    recipient, link = one.recipient, unsubscribe.url(one.recipient, kind.name)
    with languages.written_for(recipient):
        words = kind.context(subject, row)
    context = {
        "path": kind.path(subject.public_id),
        "unsubscribe_url": link,
        "snooze_url": snoozing.url(row, kind, one, now),
        **words,
    }
    message = compose(kind.template, to=recipient, context=context)
    message.extra_headers = unsubscribe.headers(link)
    limit = one.limit(now)
    waits = not kind.ignores_quiet_hours and not cannot_wait(
        now, zone=recipient.zone, quiet=recipient.quiet, deadline=limit
    )
    return outbox.draft(
        message,
        kind="reminder",
        urgency=OutboundEmail.Urgency.DEADLINE,
        recipient=recipient,
        subject=row,
        due_at=row.deliver_at,
        useless_after=row.useless_after,
        dedupe_key=f"reminder:{row.public_id}",
        ignores_quiet_hours=not waits,
        now=now,
    )


def _move(rows, new, reason, now):
    """The bulk form of `accounts.records.move`, for rows that are locked and waiting."""
    fields = {"sent_at": now} if new == Status.SENT else {}
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(status=new, updated_at=now, **fields)
    ReminderEvent.objects.bulk_create(
        ReminderEvent(subject=row, old=row.status, new=new, reason=reason) for row in rows
    )
