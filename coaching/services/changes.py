"""Changes of several slots as one act, which can be undone until anybody hears of it.

A change is a plan: while it waits, its slots and the places it promises are kept, so that nobody books, moves or withdraws
them; nothing else has happened. When it leaves, all of it is done in one transaction, and each person is told in one mail.
Undone, the slots are let go, and nobody has seen anything: not on a page, not in a feed, not by mail.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused, move, start
from coaching.models import Booking, CalendarChange, ChangeItem, MockSlot
from coaching.services import bookings, relocation, slots
from coaching.services.agenda import follow
from coaching.services.kept import check_not_kept
from coaching.services.locks import places_of
from coaching.services.session_mail import gathered, provisional, tell

logger = logging.getLogger(__name__)
Status, Act, Outcome = CalendarChange.Status, ChangeItem.Act, ChangeItem.Outcome
_followers = {}


@dataclass(frozen=True)
class Step:
    """What shall become of one slot. `target`: where its booking moves (act "move"); `fields`: of an edit, see slots.edit_slot."""

    slot: MockSlot
    act: str = Act.WITHDRAW
    target: MockSlot | None = None
    fields: dict = field(default_factory=dict)


def register(kind, *, done=None, undone=None):
    """Call `done(change, now=…)` or `undone(change, now=…)` in the transaction in which a change of this kind ends."""
    _followers[kind] = {Status.DONE: done, Status.UNDONE: undone}


def begin(steps, *, kind, by, coach=None, reason="", data=None, must_wait=None, now=None):
    """Keep the slots of a change and let it wait for CHANGE_HOLD_MINUTES; a change nobody has to be told of is made at once.

    `must_wait` says otherwise. `reason` is told to whoever had booked. Raises Refused for a slot that can no longer be
    changed, Conflict where another change keeps one or a target has been taken.
    """
    now = now or timezone.now()
    steps = list(steps)
    coaches = {slot.coach_id: slot.coach for step in steps for slot in (step.slot, step.target) if slot}
    with places_of(*coaches.values()):
        items = [_planned(step, now) for step in steps]
        _check_targets(items, now)
        booked = [item for item in items if item.booking]
        waits = bool(booked) if must_wait is None else must_wait
        first = min((item.starts_at for item in booked), default=None)
        change = start(
            CalendarChange(
                kind=kind,
                by=by,
                coach=coach,
                reason=reason.strip(),
                leaves_at=leaves_at(now, first) if waits else now,
                data=data or {},
            ),
            by=by,
        )
        for item in items:
            item.change = change
        ChangeItem.objects.bulk_create(items)
    if not waits:
        send_now(change, by=by, now=now)
        change.refresh_from_db()
    return change


def leaves_at(now: datetime, first: datetime | None) -> datetime:
    """When a change made at `now` leaves; `first`: the start of the first session that somebody must be told about.

    Never so late that people hear of it after half of the time they still have.
    """
    hold = timedelta(minutes=settings.CHANGE_HOLD_MINUTES)
    return now + (hold if first is None else min(hold, max((first - now) / 2, timedelta())))


def undo(change, *, by, now=None):
    """Let everything be as it was. Raises Conflict once it has left."""
    now = now or timezone.now()
    with transaction.atomic():
        change = _end(change, Status.UNDONE, by=by)
        change.items.update(is_waiting=False, updated_at=now)
        _follow(change, now)
    return change


def send_now(change, *, by, now=None):
    """Do not wait any longer. Raises Conflict when it was undone or has left already."""
    return _carry_out(change, by=by, now=now or timezone.now())


def release(change, *, now):
    """The sweep's part: its time has come. False when somebody has ended it meanwhile."""
    try:
        _carry_out(change, by=None, now=now)
    except Conflict:
        return False
    return True


def _carry_out(change, *, by, now):
    with places_of(*_people(change)):
        change = _end(change, Status.DONE, by=by)
        change.items.update(is_waiting=False, updated_at=now)
        # As they were given: where slots follow one another, one makes room for the next.
        with_people = ("slot__coach", "target__coach", "booking__candidate", "booking__coach", "booking__slot")
        rows = change.items.select_related(*with_people).order_by("pk")
        with gathered(about=change, now=now):
            for item in rows:
                _make(item, change, now)
            _follow(change, now)
    return change


def _end(change, status, *, by):
    """One of undoing and leaving wins; the other is told so."""
    try:
        return move(change, status, by=by)
    except Conflict:
        change.refresh_from_db()
        if change.status == Status.UNDONE:
            raise Conflict(_("This change was undone in the meantime. Everything is as it was.")) from None
        raise Conflict(_("This change has left already, and people have been told.")) from None


def _people(change):
    """Everybody whose place is touched; whoever books a kept slot meanwhile is told to choose another."""
    people = {}
    for item in change.items.select_related("slot__coach", "target__coach", "booking__candidate"):
        people[item.slot.coach_id] = item.slot.coach
        if item.target:
            people[item.target.coach_id] = item.target.coach
        if item.booking:
            people[item.booking.candidate_id] = item.booking.candidate
    return people.values()


def _planned(step, now):
    """The item of a step, from the slot as it is under the lock; its open forms are let go."""
    slot = MockSlot.objects.select_related("coach").get(pk=step.slot.pk)
    if slot.status not in (MockSlot.Status.OPEN, MockSlot.Status.PROPOSED):
        raise Refused(_("This slot is %(state)s; it can no longer be changed.") % {"state": slot.get_status_display()})
    check_not_kept(slot)
    for held in Booking.objects.filter(slot=slot, status=Booking.Status.HELD):
        move(held, Booking.Status.CANCELLED, reason="slot changes")
    booking = Booking.objects.filter(slot=slot, status=Booking.Status.BOOKED).first()
    if booking and booking.starts_at <= now:
        raise Refused(_("This session has begun already."))
    act = step.act
    if act == Act.MOVE and booking is None:
        # She gave her place back a moment ago: nobody has to move.
        act = Act.WITHDRAW
    return ChangeItem(
        slot=slot,
        booking=booking,
        act=act,
        target=step.target if act == Act.MOVE else None,
        fields=_kept(step.fields),
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
    )


def _check_targets(items, now):
    """Each place that is promised is free, is promised once, and collides with nothing of hers that stays."""
    going = {item.booking.pk for item in items if item.booking}
    changing = {item.slot.pk for item in items}
    promised = set()
    for item in items:
        if item.target is None:
            continue
        target = MockSlot.objects.select_related("coach").get(pk=item.target.pk)
        if target.pk in changing | promised or not MockSlot.objects.filter(pk=target.pk).offered(now).exists():
            raise bookings.taken(target, by=item.booking.candidate, now=now)
        promised.add(target.pk)
        hers = Booking.objects.filter(candidate=item.booking.candidate, status=Booking.Status.BOOKED)
        if hers.exclude(pk__in=going).filter(starts_at__lt=target.ends_at, ends_at__gt=target.starts_at).exists():
            raise Refused(
                _("%(name)s has another session at that time already.")
                % {"name": item.booking.candidate.get_full_name()}
            )
        item.target = target


def _make(item, change, now):
    """One item. What no longer fits is left as it is, and said so; it is not the others' trouble."""
    if item.booking and item.booking.status != Booking.Status.BOOKED:
        # She gave it back or moved it herself while the change waited: her place is free, so the slot alone is left.
        item.booking = None
    act = {Act.WITHDRAW: _withdraw, Act.EDIT: _edit, Act.MOVE: _move}[item.act]
    outcome, why = Outcome.DONE, ""
    try:
        with transaction.atomic(), provisional():
            if item.booking and item.booking.starts_at <= now:
                raise Refused(_("This session has begun already."))
            act(item, change, now)
    except (Refused, Conflict) as problem:
        outcome, why = Outcome.LEFT, str(problem)[:300]
    except DatabaseError as error:
        logger.warning("change_item_failed error=%s", type(error).__name__)
        outcome, why = Outcome.LEFT, _("The database refused it.")
    ChangeItem.objects.filter(pk=item.pk).update(outcome=outcome, why=why, updated_at=now)


def _withdraw(item, change, now):
    move(item.slot, MockSlot.Status.WITHDRAWN, by=change.by)
    if item.booking:
        gone = move(
            item.booking,
            Booking.Status.CANCELLED,
            by=change.by,
            reason="slot withdrawn",
            override_reason=change.reason,
            by_house=True,
        )
        follow(gone)
        tell(gone, "called_off", by=change.by, now=now, reason=change.reason)


def _edit(item, change, now):
    slots.edit_slot(item.slot, by=change.by, now=now, move_booked=True, **_read(item.fields))


def _move(item, change, now):
    move(item.slot, MockSlot.Status.WITHDRAWN, by=change.by)
    if item.booking:
        relocation.relocate(item.booking, slot=item.target, by=change.by, now=now)


def _follow(change, now):
    follow = _followers.get(change.kind, {}).get(change.status)
    if follow:
        follow(change, now=now)


def _kept(fields):
    """The values of an edit as JSON keeps them."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in fields.items()}


def _read(fields):
    values = dict(fields)
    if "starts_wall" in values:
        values["starts_wall"] = datetime.fromisoformat(values["starts_wall"])
    return values
