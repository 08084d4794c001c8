"""Slots: making, moving, withdrawing. One slot at a time; what is booked is never changed behind anybody's back."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Refused, move, start
from coaching.models import Booking, MockSlot
from coaching.permissions import can_open_slots
from coaching.services import bookings
from coaching.services.agenda import follow
from coaching.services.closures import closed_by
from coaching.services.kept import check_not_kept, check_present
from coaching.services.locks import places_of
from coaching.services.session_mail import tell

MINUTES = range(10, 241)
BUFFER = range(121)
LATEST = timedelta(days=366)


def create_slot(*, coach, zone, starts_wall, by, minutes=45, buffer_minutes=15, place="", link="", now=None):
    """Offer one session; by a coach who may not open slots herself it is proposed.

    Raises Refused, at the field, for a past time, an odd length, a day that is closed or a time this coach has given away.
    """
    now = now or timezone.now()
    if not (coach.is_coach and coach.is_active):
        raise Refused(_("A slot belongs to a coach."), field="coach")
    slot = MockSlot(coach=coach, zone=zone, minutes=minutes, buffer_minutes=buffer_minutes, place=place, link=link)
    if not can_open_slots(by):
        slot.status = MockSlot.Status.PROPOSED
    _set_times(slot, starts_wall, now)
    with places_of(coach, rule_broken=_overlap):
        check_present(coach, slot.starts_at, slot.ends_at)
        _check_closed(slot)
        _check_overlap(slot, reader=by)
        return start(slot, by=by)


def edit_slot(slot, *, by, now=None, move_booked=False, free_only=False, **fields):
    """Change time, length, place or link. A slot that somebody booked takes its booking along, in this transaction.

    A booked slot changes its time only with `move_booked`: the booking keeps its place, both are told at once with a new
    calendar file, and the candidate is asked again: she confirms, takes another, or lets it lapse, without any cut-off.
    Raises Refused, at the field, for a booked slot without `move_booked`, a past time, an overlap of coach or candidate; and
    with `free_only` for any slot that somebody has booked.
    """
    now = now or timezone.now()
    holder = _holder(slot, now)
    people = [slot.coach] + ([holder] if holder else [])
    with places_of(*people, rule_broken=_overlap):
        slot = MockSlot.objects.select_related("coach").get(pk=slot.pk)
        _check_open(slot)
        check_not_kept(slot)
        bookings.expire_holds(Booking.objects.filter(slot=slot), now)
        live = Booking.objects.filter(slot=slot).live(now).select_related("candidate", "coach", "slot").first()
        if live and (live.candidate != holder or (free_only and live.status == Booking.Status.BOOKED)):
            raise Refused(_("Somebody booked this slot just now. Please look again before you change it."))
        before = (slot.starts_at, slot.ends_at)
        for name in ("zone", "minutes", "buffer_minutes", "place", "link"):
            setattr(slot, name, fields.get(name, getattr(slot, name)))
        _set_times(slot, fields.get("starts_wall", slot.starts_wall), now, was=before[0])
        moved = before != (slot.starts_at, slot.ends_at)
        if moved and live and live.status == Booking.Status.BOOKED and not move_booked:
            raise Refused(
                _("%(name)s has booked this slot. Tick below that they shall be asked whether the new time suits them.")
                % {"name": live.candidate.get_full_name()},
                field="move_booked",
            )
        if moved:
            check_present(slot.coach, slot.starts_at, slot.ends_at)
        _check_overlap(slot, reader=by)
        slot.full_clean(validate_constraints=False)
        slot.save()
        if live:
            _take_along(live, slot, moved=moved, was=before, by=by, now=now)
    return slot


def withdraw_slot(slot, *, by, reason="", free_only=False, now=None):
    """Take an offer back. A free slot goes at once; a booked one only with a reason, which its candidate is told.

    Raises Refused without one, and with `free_only` for any slot that somebody has booked.
    """
    now = now or timezone.now()
    reason = reason.strip()
    holder = _holder(slot, now)
    with places_of(slot.coach, *([holder] if holder else [])):
        slot = MockSlot.objects.select_related("coach").get(pk=slot.pk)
        _check_open(slot)
        check_not_kept(slot)
        bookings.expire_holds(Booking.objects.filter(slot=slot), now)
        for booking in Booking.objects.filter(slot=slot).live(now).select_related("candidate", "coach", "slot"):
            if booking.status == Booking.Status.HELD:
                move(booking, Booking.Status.CANCELLED, by=by, reason="slot withdrawn")
                continue
            if free_only or not reason:
                raise Refused(
                    _("This slot is booked. Say in a line why, for the person who booked it."), field="reason"
                )
            move(booking, Booking.Status.CANCELLED, by=by, reason="slot withdrawn", override_reason=reason[:200])
            follow(booking)
            tell(booking, "cancelled", by=by, now=now, reason=reason)
        return move(slot, MockSlot.Status.WITHDRAWN, by=by)


def _holder(slot, now):
    """Whose place is touched with the slot: asked before the locks, looked at again under them."""
    live = Booking.objects.filter(slot=slot).live(now).select_related("candidate").first()
    return live.candidate if live else None


def _take_along(booking, slot, *, moved, was, by, now):
    """Keep the booking's copies equal to its slot, and say so to both."""
    fields = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
    if moved and booking.status == Booking.Status.BOOKED:
        fields |= {"confirmed_at": None, "confirm_by": bookings.confirm_by(slot.starts_at, now)}
    Booking.objects.filter(pk=booking.pk).update(updated_at=now, **fields)
    if booking.status == Booking.Status.HELD:
        return
    booking = Booking.objects.select_related("candidate", "coach", "slot").get(pk=booking.pk)
    follow(booking)
    tell(booking, "moved" if moved else "changed", by=by, now=now, was=was if moved else None)


def _check_open(slot):
    if slot.status not in (MockSlot.Status.OPEN, MockSlot.Status.PROPOSED):
        raise Refused(_("This slot is %(state)s; it can no longer be changed.") % {"state": slot.get_status_display()})


def _set_times(slot, starts_wall, now, was=None):
    """Derive the instants. `was`: the start before; a slot whose time stays may lie in the past."""
    check_length(slot.minutes, slot.buffer_minutes)
    try:
        slot.starts_at = when.to_instant(starts_wall, slot.zone)
    except when.UnknownZone:
        raise Refused(_("This is not a time zone we know. Try a city, such as Africa/Nairobi."), field="zone") from None
    except ValueError:
        raise Refused(_("This date is out of range."), field="starts_wall") from None
    if slot.starts_at <= now and slot.starts_at != was:
        raise Refused(_("This time has passed. Choose one that is still to come."), field="starts_wall")
    if slot.starts_at > now + LATEST:
        raise Refused(_("This is more than a year away. Is the date right?"), field="starts_wall")
    # A time that the clocks skip is kept as the one that comes.
    slot.starts_wall = when.to_wall(slot.starts_at, slot.zone)
    slot.ends_at = slot.starts_at + timedelta(minutes=slot.minutes)
    slot.blocked_until = slot.ends_at + timedelta(minutes=slot.buffer_minutes)


def check_length(minutes, buffer_minutes):
    """Raises Refused, at the field, for what is no session."""
    if minutes not in MINUTES:
        raise Refused(_("A session lasts between 10 minutes and 4 hours."), field="minutes")
    if buffer_minutes not in BUFFER:
        raise Refused(_("Keep between 0 and 120 minutes free afterwards."), field="buffer_minutes")


def _check_closed(slot):
    closure = closed_by(slot.coach, slot.starts_wall.date())
    if closure:
        raise Refused(
            _("This day is closed: %(title)s. Open it again first, if it is meant so.") % {"title": closure.title},
            field="starts_wall",
        )


def _check_overlap(slot, *, reader):
    """Say which slot is in the way; the exclusion constraint would only say that one is."""
    other = (
        MockSlot.objects.filter(coach=slot.coach, status__in=["proposed", "open"])
        .filter(starts_at__lt=slot.blocked_until, blocked_until__gt=slot.starts_at)
        .exclude(pk=slot.pk)
        .order_by("starts_at")
        .first()
    )
    if other is None:
        return
    span = when.print_range(other.starts_at, other.ends_at, reader_zone=reader.zone, event_zone=other.zone, translate=_)
    raise Refused(
        _("%(name)s has a slot already: %(span)s, and %(minutes)s minutes free afterwards.")
        % {"name": slot.coach.get_full_name(), "span": span, "minutes": other.buffer_minutes},
        field="starts_wall",
    )


def _overlap():
    return Refused(
        _("At that time there is another slot of this coach, or another session of the person who booked."),
        field="starts_wall",
    )
