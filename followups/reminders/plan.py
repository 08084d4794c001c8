"""Deriving reminders from state: new ones are added, changed ones moved, those nobody needs any more cancelled."""

from collections import defaultdict
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.records import move, write_new
from accounts.when import deliver_at
from accounts.written import Written
from followups import outbox
from followups.models import OutboundEmail, Reminder
from followups.reminders.registry import kind_named, kinds_about, type_of

Status = Reminder.Status
# One that was put off comes this long before a limit that has moved in front of it.
AHEAD = timedelta(hours=1)


def refresh(subject, now=None):
    """Make the waiting reminders about a subject those that its present state asks for. Running it twice changes nothing."""
    refresh_all([subject], now)


@transaction.atomic(savepoint=False)
def refresh_all(subjects, now=None):
    """The same for several, of one class or many: what there is is read once, and what is new is written at once."""
    now = now or timezone.now()
    there, new = _rows_about(subjects), []
    for subject in subjects:
        for kind in kinds_about(subject):
            _refresh(kind, subject, there.get((type_of(subject), subject.public_id, kind.name), []), now, new)
    # Those that somebody else derived at the same moment are left as they are.
    write_new(new, unless_there=True)
    if there:
        is_due = _about(*subjects).filter(status=Status.WAITING, deliver_at__lte=now).exists()
    else:
        is_due = any(row.deliver_at <= now for row in new)
    if is_due:
        outbox.wake()


ABOUT_ONE = Written(
    lambda subject_type, *, subject_id: (
        Reminder.objects.filter(subject_type=subject_type, subject_id=subject_id).select_for_update().order_by("id")
    )
)


def _rows_about(subjects):
    """Locked, by type and id of the subject and kind, each in the order of writing."""
    rows = defaultdict(list)
    if len(subjects) == 1:
        [subject] = subjects
        found = ABOUT_ONE.rows(type_of(subject), subject_id=subject.public_id)
    else:
        found = _about(*subjects).select_for_update().order_by("id")
    for row in found:
        rows[row.subject_type, row.subject_id, row.kind].append(row)
    return rows


def _refresh(kind, subject, rows, now, new):
    """`new` takes the reminders that are still to be written."""
    there = {(row.recipient_id, row.occurrence): row for row in rows if row.snoozed_id is None}
    wanted = kind.wanted(subject, now)
    by_name = {(one.recipient.pk, one.occurrence): one for one in wanted}
    for one in wanted:
        row = there.pop((one.recipient.pk, one.occurrence), None)
        if planned := _plan(kind, subject, one, row, now, is_missed=_is_missed(one, wanted, now)):
            new.append(planned)
    for row in rows:
        one = by_name.get((row.recipient_id, row.named)) if row.snoozed_id else None
        if one is not None and row.status == Status.WAITING:
            _keep_snoozed(kind, row, one, now)
    left = [row for row in rows if (row.recipient_id, row.named) not in by_name]
    for row in left:
        if row.status == Status.WAITING:
            move(row, Status.CANCELLED, reason="not_wanted")
    _take_back([row for row in left if row.status == Status.SENT])
    if kind.asks:
        asked = {one.recipient.pk for one in wanted} if kind.repeats else ()
        answered = [row.pk for row in left if row.status == Status.SENT and row.recipient_id not in asked]
        Reminder.objects.filter(pk__in=answered, read_at=None).update(read_at=now)


def forget(subject):
    """Cancel every waiting reminder about a record that is about to go, and its mails that wait."""
    for row in _about(subject).filter(status=Status.WAITING).select_for_update().order_by("id"):
        move(row, Status.CANCELLED, reason="subject_gone")
    _take_back(_about(subject).filter(status=Status.SENT))


def replan(person, now=None):
    """Her zone or her quiet hours have changed: derive everything that waits for her anew."""
    now = now or timezone.now()
    waiting = Reminder.objects.filter(recipient=person, status=Status.WAITING)
    subjects = {}
    for name, public_id in waiting.values_list("kind", "subject_id").distinct():
        if kind := kind_named(name):
            subjects.setdefault((kind.subject_model, public_id), kind)
    for (_model, public_id), kind in subjects.items():
        for subject in kind.find([public_id]).values():
            refresh(subject, now)


def _about(*subjects):
    ids = defaultdict(list)
    for subject in subjects:
        ids[type_of(subject)].append(subject.public_id)
    about = [Q(subject_type=name, subject_id__in=some) for name, some in ids.items()]
    return Reminder.objects.filter(reduce(or_, about)) if about else Reminder.objects.none()


def _take_back(sent):
    """The mails of reminders that went to the outbox and are not on their way yet: what they say no longer holds."""
    ids = {row.public_id: row for row in sent}
    if not ids:
        return
    waiting = OutboundEmail.objects.filter(
        subject_type=Reminder._meta.label_lower,
        subject_id__in=ids,
        status__in=[OutboundEmail.Status.QUEUED, OutboundEmail.Status.CLAIMED],
    )
    for public_id in waiting.values_list("subject_id", flat=True):
        outbox.cancel(ids[public_id], reason="not_wanted")


def _is_missed(one, wanted, now):
    """A moment already past when derived is not sent, save the most urgent: that is the last one, if it is of any use still."""
    if one.due_at > now:
        return False
    useless = one.useless_after is not None and one.useless_after <= now
    return useless or any(other.recipient == one.recipient and other.due_at > one.due_at for other in wanted)


def _plan(kind, subject, one, row, now, *, is_missed):
    """Make the row there is what is wanted; the one that is still to be written, if there is none."""
    if row is not None and row.status in (Status.SENT, Status.SKIPPED):
        return None
    times = _times(kind, one, one.due_at, now)
    if row is not None and row.status == Status.WAITING and row.due_at == one.due_at:
        # What waits for its moment is never missed; its delivery follows her quiet hours.
        _set_times(row, times)
    elif is_missed:
        if row is not None and row.status == Status.WAITING:
            move(row, Status.CANCELLED, reason="missed")
    elif row is None:
        return _new(kind, subject, one, times)
    elif row.status == Status.CANCELLED:
        move(row, Status.WAITING, reason="wanted_again", **times)
    else:
        _set_times(row, times)
    return None


def _keep_snoozed(kind, row, one, now):
    """One that she has put off keeps the time she chose, unless the limit has come nearer."""
    limit = one.limit(now)
    due_at = row.due_at if limit is None or row.due_at < limit else limit - AHEAD
    _set_times(row, _times(kind, one, due_at, now))


def _set_times(row, times):
    """No change of state: only its times move."""
    if any(getattr(row, name) != value for name, value in times.items()):
        Reminder.objects.filter(pk=row.pk, status=Status.WAITING).update(**times)


def _new(kind, subject, one, times):
    return Reminder(
        kind=kind.name,
        subject_type=type_of(subject),
        subject_id=subject.public_id,
        recipient=one.recipient,
        occurrence=one.occurrence,
        **times,
    )


def _times(kind, one, due_at, now):
    return {"due_at": due_at, "deliver_at": moment_for(kind, one, due_at, now), "useless_after": one.useless_after}


def moment_for(kind, one, due_at, now):
    """When a reminder of this kind that is due at `due_at` reaches its recipient: outside quiet hours, and in time."""
    if kind.ignores_quiet_hours:
        return due_at
    person = one.recipient
    return deliver_at(due_at, zone=person.zone, quiet=person.quiet, deadline=one.limit(now))
