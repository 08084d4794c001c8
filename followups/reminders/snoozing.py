"""Snoozing: a reminder that reached somebody comes again at a time of her choice, while it is still of use then."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import links
from accounts.records import Conflict, Refused
from accounts.when import next_morning, print_instant
from followups.models import Reminder, ReminderEvent
from followups.models.reminder import SNOOZED
from followups.reminders.plan import moment_for
from followups.reminders.registry import kind_named

PURPOSE = "snooze"
IN_A_WHILE = timedelta(hours=2)
SOONEST = timedelta(minutes=5)
# Without a deadline of its own.
FARTHEST = timedelta(days=14)
# A link to snooze is of no use longer, whatever the reminder is about.
LINK_LASTS = timedelta(days=7)


def what_it_asks(reminder, now):
    """Its kind and what the present state wants in its place: a pair, (None, None) if that is nothing any more."""
    kind = kind_named(reminder.kind)
    subject = kind.find([reminder.subject_id]).get(reminder.subject_id) if kind else None
    wanted = kind.wanted(subject, now) if subject is not None else []
    one = next((one for one in wanted if _is(one, reminder)), None)
    return (kind, one) if one else (None, None)


def _is(one, reminder):
    return (one.recipient.pk, one.occurrence) == (reminder.recipient_id, reminder.named)


def limit_of(one, now):
    """Up to when it may be snoozed."""
    return one.limit(now) or now + FARTHEST


def choices(kind, one, now):
    """What can be offered, as (name, the moment at which it then comes): nothing that would be too late."""
    offers = {"hours": now + IN_A_WHILE, "morning": next_morning(now, zone=one.recipient.zone)}
    moments = {name: moment_for(kind, one, at, now) for name, at in offers.items()}
    return {name: at for name, at in moments.items() if now + SOONEST < at < limit_of(one, now)}


def snoozed_until(reminder):
    """When it comes again; None if it was not snoozed, or has come again."""
    again = reminder.again.filter(status=Reminder.Status.WAITING).first()
    return again and again.deliver_at


@transaction.atomic
def snooze(reminder, *, until, by, now=None):
    """Let it come again at `until` ("hours", "morning" or an instant); the waiting reminder.

    In quiet hours it waits for their end, as all do. Raises Refused, field "until", for a time that is past or too late
    to be of use; Conflict if it is done with, or was snoozed already.
    """
    now = now or timezone.now()
    reminder = (
        Reminder.objects.select_for_update(no_key=True, of=("self",)).select_related("recipient").get(pk=reminder.pk)
    )
    kind, one = what_it_asks(reminder, now)
    if one is None or reminder.status != Reminder.Status.SENT or not kind.can_snooze:
        raise Conflict(_("Nothing is left to remind you of here."))
    if again := snoozed_until(reminder):
        raise Conflict(_("It comes again already: %(at)s.") % {"at": _printed(again, reminder)})
    if isinstance(until, str):
        until = {"hours": now + IN_A_WHILE, "morning": next_morning(now, zone=reminder.recipient.zone)}[until]
    if until < now:
        raise Refused(_("This time has passed. Choose one that is still to come."), field="until")
    limit = limit_of(one, now)
    # Quiet hours are reckoned only of a time that can be: the days around the year 9999 do not exist.
    if until >= limit or not now < (moment := moment_for(kind, one, until, now)) < limit:
        at = _printed(limit, reminder)
        raise Refused(_("That would be too late: it is of use until %(at)s.") % {"at": at}, field="until")
    Reminder.objects.filter(pk=reminder.pk, read_at=None).update(read_at=now)
    number = Reminder.objects.filter(
        kind=reminder.kind, subject_type=reminder.subject_type, subject_id=reminder.subject_id,
        recipient=reminder.recipient, occurrence__startswith=reminder.named + SNOOZED,
    ).count()  # fmt: skip
    again = dict(
        kind=reminder.kind,
        subject_type=reminder.subject_type,
        subject_id=reminder.subject_id,
        recipient=reminder.recipient,
        occurrence=f"{reminder.named}{SNOOZED}{number + 1}",
        due_at=until,
        deliver_at=moment,
        useless_after=one.useless_after,
        snoozed=reminder,
    )
    try:
        with transaction.atomic():
            again = Reminder.objects.create(**again)
    except IntegrityError:
        raise Conflict(_("It comes again already.")) from None
    ReminderEvent.objects.create(subject=again, new=again.status, by=by, reason="snoozed")
    return again


def _printed(instant, reminder):
    return print_instant(instant, reader_zone=reminder.recipient.zone, translate=_)


def url(reminder, kind, one, now):
    """The link of a mail's "not now"; "" where there is nothing to choose."""
    if not (kind.can_snooze and choices(kind, one, now)):
        return ""
    ends_at = min(limit_of(one, now), now + LINK_LASTS)
    return links.url(PURPOSE, one.recipient, reminder.public_id, ends_at=ends_at)
