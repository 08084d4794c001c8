"""The waiting list: joining and leaving it, and what she says about a slot that is kept for her.

Slots are offered by the pump, from rows (services/offers.py): nothing here, and nothing that frees a slot, has to think of it.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Conflict, Refused, move, start
from coaching.models import Booking, WaitlistEntry
from coaching.services import bookings
from coaching.services.locks import places_of
from followups import outbox, reminders

Status = WaitlistEntry.Status


def join(candidate, *, by, first_on, last_on, coach=None, now=None):
    """Wait for a slot on one of these days, both included, by her clock; of one coach, or of any.

    Raises Refused, at the field, for days that make no sense, Conflict for whoever waits already.
    """
    now = now or timezone.now()
    if by != candidate or not candidate.is_candidate:
        raise Refused(_("Everybody joins the waiting list for themselves."))
    entry = WaitlistEntry(candidate=candidate, coach=coach, answered_at=now)
    _set_days(entry, first_on, last_on, now)
    with places_of(candidate, rule_broken=_waits_already):
        if WaitlistEntry.objects.live().filter(candidate=candidate).exists():
            raise _waits_already()
        return start(entry, by=by)


def change(entry, *, by, now=None, **fields):
    """Other days, or another coach. Her place in the line stays: it goes by her interview and since when she waits."""
    now = now or timezone.now()
    with places_of(entry.candidate):
        entry = _fresh(entry)
        _check_live(entry)
        entry.coach = fields.get("coach", entry.coach)
        _set_days(entry, fields.get("first_on", entry.first_on), fields.get("last_on", entry.last_on), now)
        entry.answered_at = now
        entry.save()
        if entry.status == Status.RESTING:
            move(entry, Status.WAITING, by=by, reason="changed")
        reminders.refresh(entry, now=now)
    return entry


def still_looking(entry, *, by, now=None):
    """She was asked twice and said nothing; now she says that she still waits, in the same place."""
    now = now or timezone.now()
    with places_of(entry.candidate):
        entry = _fresh(entry)
        _check_live(entry)
        if entry.status == Status.RESTING:
            move(entry, Status.WAITING, by=by, reason="still looking", answered_at=now)
        reminders.refresh(entry, now=now)
    outbox.wake()
    return entry


def leave(entry, *, by, now=None):
    """Wait no longer. A slot that is kept for her goes to the next."""
    now = now or timezone.now()
    with places_of(entry.candidate):
        entry = _fresh(entry)
        _check_live(entry)
        move(entry, Status.LEFT, by=by)
        let_go_of_offers(entry, by=by, reason="left the list", now=now)
        reminders.refresh(entry, now=now)
    outbox.wake()
    return entry


def take(offer, *, by, agenda=(), now=None):
    """She wants the slot that is kept for her. Past its half hour she still gets it as long as it is free.

    Raises what `bookings.book` raises; whoever comes too late keeps her place in the line.
    """
    now = now or timezone.now()
    if offer.hold_until is None:
        # Taken already; what became of it since is not this button's to undo.
        return offer
    came_in_time = offer.status == Booking.Status.HELD and offer.hold_until > now
    try:
        with transaction.atomic():
            booking = bookings.book(offer.slot, candidate=offer.candidate, by=by, agenda=agenda, now=now)
            end(offer.waitlist_entry, Status.BOOKED, by=by, now=now)
    except Conflict as conflict:
        raise (conflict if came_in_time else too_late(offer, conflict.choices)) from None
    return booking


def decline(offer, *, by, now=None):
    """Not this one: it goes to the next, and her place in the line stays."""
    now = now or timezone.now()
    with places_of(offer.coach, offer.candidate):
        offer = Booking.objects.select_related("waitlist_entry").get(pk=offer.pk)
        if offer.hold_until is None:
            raise Conflict(_("You have taken it already. Cancel the session if you do not want it."))
        if offer.status == Booking.Status.CANCELLED:
            return offer
        if offer.status != Booking.Status.HELD:
            raise too_late(offer)
        move(offer, Booking.Status.CANCELLED, by=by, reason="declined")
        WaitlistEntry.objects.filter(pk=offer.waitlist_entry_id).update(answered_at=now, updated_at=now)
        reminders.refresh(offer, now=now)
    outbox.wake()
    return offer


@transaction.atomic
def end(entry, state, *, by=None, reason="", now):
    """Close a place in the line that is still live; a race lost to another end of it is none."""
    if entry is None:
        return False
    entry = _fresh(entry)
    if entry.status not in WaitlistEntry.LIVE:
        return False
    move(entry, state, by=by, reason=reason)
    let_go_of_offers(entry, by=by, reason=reason or state, now=now)
    reminders.refresh(entry, now=now)
    return True


def let_go_of_offers(entry, *, by, reason, now):
    for offer in Booking.objects.filter(waitlist_entry=entry, status=Booking.Status.HELD):
        move(offer, Booking.Status.CANCELLED, by=by, reason=reason)
        reminders.refresh(offer, now=now)


def too_late(offer, choices=()):
    """Told to whoever answers when it has gone on; nobody loses a place by it."""
    message = _("Too late for this one: it has gone to somebody else.")
    if offer.waitlist_entry and offer.waitlist_entry.status in WaitlistEntry.LIVE:
        message = f"{message} {_('Your place in the line is as it was.')}"
    return Conflict(message, choices=choices)


def _waits_already():
    return Conflict(_("You are in the waiting list already."))


def _check_live(entry):
    if entry.status not in WaitlistEntry.LIVE:
        raise Conflict(_("You are no longer in the waiting list."))


def _set_days(entry, first_on, last_on, now):
    """The days she said, and the instants at which they begin and end by her clock."""
    zone = entry.candidate.zone
    today = when.to_wall(now, zone).date()
    if last_on < first_on:
        raise Refused(_("The last day comes before the first."), field="last_on")
    if last_on < today:
        raise Refused(_("These days have passed."), field="last_on")
    if last_on > today + timedelta(days=settings.BOOKING_HORIZON_DAYS):
        raise Refused(
            _("Sessions can be booked %(days)s days ahead at most.") % {"days": settings.BOOKING_HORIZON_DAYS},
            field="last_on",
        )
    entry.zone, entry.first_on, entry.last_on = zone, max(first_on, today), last_on
    entry.opens_at = when.to_instant(datetime.combine(entry.first_on, time()), zone)
    entry.closes_at = when.to_instant(datetime.combine(last_on + timedelta(days=1), time()), zone)


def _fresh(entry):
    return WaitlistEntry.objects.select_related("candidate", "coach").get(pk=entry.pk)
