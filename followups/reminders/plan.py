"""Deriving reminders from state: new ones are added, changed ones moved, those nobody needs any more cancelled."""

from django.db import transaction
from django.utils import timezone

from accounts.records import move
from accounts.when import deliver_at
from followups import outbox
from followups.models import Reminder, ReminderEvent
from followups.reminders.registry import kinds_about

Status = Reminder.Status


@transaction.atomic
def refresh(subject, now=None):
    """Make the waiting reminders about a record those that its present state asks for. Running it twice changes nothing."""
    now = now or timezone.now()
    for kind in kinds_about(type(subject)):
        there = {
            (row.recipient_id, row.occurrence): row
            for row in _about(subject).filter(kind=kind.name).select_for_update().order_by("id")
        }
        wanted = kind.derive(subject, now)
        for one in wanted:
            row = there.pop((one.recipient.pk, one.occurrence), None)
            _plan(kind, subject, one, row, is_missed=_is_missed(one, wanted, now))
        for row in there.values():
            if row.status == Status.WAITING:
                move(row, Status.CANCELLED, reason="not_wanted")
    if _about(subject).filter(status=Status.WAITING, deliver_at__lte=now).exists():
        outbox.wake()


def forget(subject):
    """Cancel every waiting reminder about a record that is about to go."""
    for row in _about(subject).filter(status=Status.WAITING).select_for_update().order_by("id"):
        move(row, Status.CANCELLED, reason="subject_gone")


def _about(subject):
    return Reminder.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.public_id)


def _is_missed(one, wanted, now):
    """A moment already past when derived is not sent, save the most urgent: that is the last one, if it is of any use still."""
    if one.due_at > now:
        return False
    useless = one.useless_after is not None and one.useless_after <= now
    return useless or any(other.recipient == one.recipient and other.due_at > one.due_at for other in wanted)


def _plan(kind, subject, one, row, *, is_missed):
    if row is not None and (
        row.status in (Status.SENT, Status.SKIPPED) or (row.status == Status.WAITING and row.due_at == one.due_at)
    ):
        return
    times = {"due_at": one.due_at, "deliver_at": _deliver_at(kind, one), "useless_after": one.useless_after}
    if is_missed:
        if row is not None and row.status == Status.WAITING:
            move(row, Status.CANCELLED, reason="missed")
    elif row is None:
        _add(kind, subject, one, times)
    elif row.status == Status.CANCELLED:
        move(row, Status.WAITING, reason="wanted_again", **times)
    else:
        # No change of state: only its time moves.
        Reminder.objects.filter(pk=row.pk, status=Status.WAITING).update(**times)


def _add(kind, subject, one, times):
    """Write a new reminder; one that somebody else derived at the same moment is left as it is."""
    row, is_new = Reminder.objects.get_or_create(
        kind=kind.name,
        subject_type=subject._meta.label_lower,
        subject_id=subject.public_id,
        recipient=one.recipient,
        occurrence=one.occurrence,
        defaults=times,
    )
    if is_new:
        ReminderEvent.objects.create(subject=row, new=row.status)


def _deliver_at(kind, one):
    if kind.ignores_quiet_hours:
        return one.due_at
    person = one.recipient
    return deliver_at(one.due_at, zone=person.zone, quiet=person.quiet, deadline=one.deadline or one.useless_after)
