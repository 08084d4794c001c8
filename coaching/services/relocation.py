"""Moving a session on the house's account: its coach is away, or its series has ended. Nothing of it counts against her."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused, move, start
from coaching.models import Booking, MockSlot
from coaching.permissions import can_rebook_booking
from coaching.services import bookings
from coaching.services.agenda import carry, set_agenda
from coaching.services.bookings import confirm_by, taken
from coaching.services.locks import places_of
from coaching.services.session_mail import remind, tell, tell_left


def relocate(booking, *, slot, by, now):
    """Offer her another place for a session she had: no notice, number or cut-off counts, and she may refuse it at any time.

    Her agenda goes along only with her coach: another one sees what she ticks for them, when she takes it. Call it under
    the locks of both coaches and the candidate. Raises Refused or Conflict for a place she cannot have.
    """
    offered = MockSlot.objects.filter(pk=slot.pk).offered(now).select_related("coach").first()
    if offered is None:
        raise taken(slot, by=booking.candidate, now=now)
    slot = offered
    in_hand = {name: getattr(booking, name) for name in ("candidate", "coach", "slot")}
    old = move(booking, Booking.Status.MOVED, by=by, reason="offered another")
    _keep(old, in_hand)
    hers = Booking.objects.filter(candidate=old.candidate, status=Booking.Status.BOOKED)
    if hers.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at).exists():
        raise Refused(_("There is another session at that time already."))
    new = start(
        Booking(
            slot=slot,
            candidate=old.candidate,
            coach=slot.coach,
            booked_by=by,
            review=old.review,
            status=Booking.Status.BOOKED,
            by_house=True,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            confirm_by=confirm_by(slot.starts_at, now),
            calendar_id=old.calendar_id or old.public_id,
            sequence=old.sequence,
        ),
        by=by,
        reason="offered another",
    )
    carry(old, new)
    tell(new, "offered", by=by, now=now, was=(old.starts_at, old.ends_at), was_with=old.coach)
    if old.coach_id != new.coach_id:
        Booking.objects.filter(pk=old.pk).update(sequence=new.sequence)
        old.sequence = new.sequence
        tell_left(old, reader=old.coach, by=by, now=now, change="called_off")
    remind(old, now=now)
    return new


def _keep(booking, in_hand):
    """Its people and slot, which `move` forgets and nobody has changed: under the locks they need not be read again."""
    for name, record in in_hand.items():
        setattr(booking, name, record)


def rebook(booking, *, slot, by, now=None):
    """She takes another time for a session that the house took from her. Notice counts, her number of sessions does not.

    The same event of her calendar comes back. Raises what bookings.book raises; Conflict once she has taken one.
    """
    now = now or timezone.now()
    candidate = booking.candidate
    with places_of(booking.coach, slot.coach, candidate, lost=lambda: taken(slot, by=by, now=now)):
        old = Booking.objects.select_related("slot", "coach", "candidate", "review").get(pk=booking.pk)
        if not can_rebook_booking(by, old) or later_of(old).exists():
            raise Conflict(_("You have taken another time already."))
        new = bookings.take(slot, candidate=candidate, by=by, now=now, review=old.review, counts=False)
        Booking.objects.filter(pk=new.pk).update(
            calendar_id=old.calendar_id or old.public_id, sequence=max(old.sequence, new.sequence)
        )
        new.refresh_from_db()
        set_agenda(new, old.agenda.all() if new.coach_id == old.coach_id else (), by=by)
        tell(new, "moved", by=by, now=now, was=(old.starts_at, old.ends_at))
    return new


def agenda_before(booking):
    """What she had ticked for the coach this session was to be with: for her to tick again, for the one who stands in."""
    if not booking.by_house or booking.confirmed_at:
        return []
    event = booking.calendar_id or booking.public_id
    earlier = Booking.objects.filter(candidate=booking.candidate, pk__lt=booking.pk, status=Booking.Status.MOVED)
    before = (earlier.filter(calendar_id=event) | earlier.filter(public_id=event)).order_by("-pk").first()
    if before is None or before.coach_id == booking.coach_id:
        return []
    return list(before.agenda.select_related("joined_into"))


def later_of(booking):
    """What became of a session's event in the calendar: the bookings that took it on."""
    event = booking.calendar_id or booking.public_id
    return Booking.objects.filter(candidate=booking.candidate, pk__gt=booking.pk, calendar_id=event)
