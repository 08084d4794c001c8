"""Changing or withdrawing one slot: at once where nobody has booked it, else as a change that can be undone for some minutes.

Who is affected is shown before, and what is decided counts for exactly that person: whoever books between the look and the
press is not moved by it.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Conflict, Overtaken, Refused, version_of
from coaching.models import Booking, CalendarChange, ChangeItem, MockSlot
from coaching.services import changes, slots
from coaching.services.locks import places_of

CHOICES = 12
SHOWN = ("status", "zone", "starts_wall", "minutes", "buffer_minutes", "place", "link")
# For whoever has not looked before: the booking that is there counts.
UNSEEN = object()


class BookedMeanwhile(Conflict):
    """Not the person who was shown has it by now. Nothing has happened; whoever decides looks once more."""


@dataclass(frozen=True)
class Outlook:
    """Who is affected by taking a slot back: `booking`, or None; `places`: where she could go instead, the nearest first."""

    booking: Booking | None
    places: tuple[MockSlot, ...] = ()


def outlook(slot, *, by, now=None):
    """What withdrawing this slot means just now."""
    now = now or timezone.now()
    booking = booking_of(slot)
    return Outlook(booking, tuple(_places(booking, by=by, now=now)) if booking else ())


def booking_of(slot):
    """Who has it, or None; a place that is only held while a form is open is not counted."""
    booked = Booking.objects.filter(slot=slot, status=Booking.Status.BOOKED)
    return booked.select_related("candidate", "coach", "slot").first()


def version_of_slot(slot):
    """Names the slot as a page showed it."""
    return version_of([getattr(slot, name) for name in SHOWN])


def edit(slot, *, by, seen=UNSEEN, version="", move_booked=False, now=None, **fields):
    """Change a slot, or let the change wait where somebody has booked it. Answers (slot, change or None).

    `seen`: the booking that was shown, or None; `version`: the slot that was shown. Raises what slots.edit_slot raises,
    BookedMeanwhile where another booking is there by now, Overtaken where the slot has been changed.
    """
    now = now or timezone.now()
    booking = _as_seen(slot, seen, version)
    if booking is None:
        return _while_free(slot, lambda: slots.edit_slot(slot, by=by, now=now, free_only=True, **fields)), None
    _try_edit(slot, by=by, now=now, move_booked=move_booked, **fields)
    step = changes.Step(slot, ChangeItem.Act.EDIT, fields=fields)
    with places_of(slot.coach, booking.candidate):
        _as_seen(slot, booking, version)
        change = changes.begin([step], kind=CalendarChange.Kind.SLOT, by=by, coach=slot.coach, now=now)
    return MockSlot.objects.select_related("coach").get(pk=slot.pk), change


def withdraw(slot, *, by, seen=UNSEEN, version="", reason="", place=None, now=None):
    """Take a slot back, or let that wait where somebody has booked it. Answers (slot, change or None).

    `place`: another slot that is offered to her instead; without one she is told the `reason`. Raises Refused at the field
    without either, Conflict where the place is taken, and as `edit` where it is not what was shown.
    """
    now, reason = now or timezone.now(), reason.strip()
    booking = _as_seen(slot, seen, version)
    if booking is None:
        return _while_free(slot, lambda: slots.withdraw_slot(slot, by=by, now=now, free_only=True)), None
    if place is None and not reason:
        raise Refused(_("This slot is booked. Say in a line why, for the person who booked it."), field="reason")
    if place is not None and place not in _places(booking, by=by, now=now):
        raise Refused(_("This place is not free any more. Choose another."), field="place")
    act = ChangeItem.Act.MOVE if place else ChangeItem.Act.WITHDRAW
    step = changes.Step(slot, act, target=place)
    people = [slot.coach, booking.candidate, *([place.coach] if place else [])]
    with places_of(*people):
        _as_seen(slot, booking, version)
        change = changes.begin([step], kind=CalendarChange.Kind.SLOT, by=by, coach=slot.coach, reason=reason, now=now)
    return MockSlot.objects.select_related("coach").get(pk=slot.pk), change


def _places(booking, *, by, now):
    """Where she could go: free slots this person may give, nearest in time, her own coach's before others'."""
    free = MockSlot.objects.visible_to(by).free_for(booking.candidate, now, moving=booking).exclude(pk=booking.slot_id)
    later = list(free.filter(starts_at__gte=booking.starts_at).for_list()[:CHOICES])
    sooner = free.filter(starts_at__lt=booking.starts_at).for_list().order_by("-starts_at", "-id")[:CHOICES]
    near = [*later, *sooner]
    near.sort(key=lambda one: (one.coach_id != booking.coach_id, abs(one.starts_at - booking.starts_at), one.pk))
    return near[:CHOICES]


def _as_seen(slot, seen, version):
    """The booking there is now. Raises BookedMeanwhile unless it is the one that was shown, Overtaken for another slot."""
    if version and version != version_of_slot(MockSlot.objects.get(pk=slot.pk)):
        raise Overtaken
    booking = booking_of(slot)
    if seen is UNSEEN or booking == seen:
        return booking
    if booking is None:
        raise BookedMeanwhile(_("Nobody has it booked any more. Please look once more; nothing has happened yet."))
    raise BookedMeanwhile(
        _("%(name)s has booked meanwhile. Please look once more; nothing has happened yet.")
        % {"name": booking.candidate.get_full_name()}
    )


def _while_free(slot, act):
    """At once. Whoever has booked in this very moment is no field's mistake: she is shown instead."""
    try:
        return act()
    except Refused:
        _as_seen(slot, None, "")
        raise


def _try_edit(slot, *, by, now, **fields):
    """Let the rules say now, at its field, what they would say when the change leaves; nothing of it stays."""
    with transaction.atomic():
        slots.edit_slot(MockSlot.objects.select_related("coach").get(pk=slot.pk), by=by, now=now, **fields)
        # Its mails are rows, too.
        transaction.set_rollback(True)
