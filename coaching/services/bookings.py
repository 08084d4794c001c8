"""Bookings: who gets which slot, and what becomes of it. Everything that gives or takes a place goes through here."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused, move, start
from accounts.services import audit
from accounts.written import Written
from coaching import nearest
from coaching.models import Booking, BookingEvent, ChangeItem, MockSlot, WaitlistEntry
from coaching.permissions import can_book_for, is_staff_of
from coaching.rules import is_late
from coaching.services import house_rules
from coaching.services.agenda import carry, follow, set_agenda
from coaching.services.kept import check_present
from coaching.services.locks import places_of
from coaching.services.session_mail import tell, tell_left
from followups import reminders

HOLD = timedelta(minutes=5)
CONFIRM_BEFORE = timedelta(hours=24)
NEAREST = 3
# The rules that count sessions: what the house took from her is not held against her.
COUNTING = {"live", "no_shows"}

# One that waits in a change looks the same to her: nobody hears of a change before it leaves.
SLOT = Written(
    lambda *, slot: (
        MockSlot.objects.filter(pk=slot)
        .select_related("coach")
        .with_day_away()
        .annotate(is_kept=Exists(ChangeItem.objects.keeping(OuterRef("pk"))))
    )
)
PLACES = Written(
    lambda *, slot, candidate: Booking.objects.filter(Q(slot=slot) | Q(candidate=candidate), status__in=Booking.LIVE)
)
HOLDERS = Written(
    lambda *, slot: Booking.objects.filter(slot=slot, status__in=Booking.LIVE).values_list(
        "candidate_id", "status", "hold_until"
    )
)


def book(slot, *, candidate, by, agenda=(), review=None, override_reason="", now=None):
    """Give a slot to a candidate. By herself it is settled; made by her coach or an admin, she is asked to confirm.

    `agenda`: lessons of hers that the session's coach may see. Staff may pass notice, horizon and number with
    `override_reason`. Raises Refused where a rule says no, Conflict with the nearest free slots where somebody was quicker.
    """
    now = now or timezone.now()
    turn_away(slot, candidate=candidate, by=by, now=now)
    with places_of(slot.coach_id, candidate, lost=lambda: taken(slot, by=by, now=now)):
        slot, held = _bookable(slot, candidate=candidate, by=by, now=now, override_reason=override_reason)
        # Its first calendar file goes out with it.
        fields = {"override_reason": override_reason, "review": review, "sequence": 1}
        booking = _give(slot, held, candidate=candidate, by=by, now=now, **fields)
        if agenda:
            set_agenda(booking, agenda, by=by)
        _note_for_her("session booked", booking, by=by)
        tell(booking, "booked" if by == candidate else "asked", by=by, now=now, is_first=True)
    return booking


def hold(slot, *, candidate, now=None):
    """Keep a slot for the minutes in which its form is open. One at a time: `_bookable` lets an earlier hold of hers go."""
    now = now or timezone.now()
    turn_away(slot, candidate=candidate, by=candidate, now=now)
    with places_of(slot.coach_id, candidate, lost=lambda: taken(slot, by=candidate, now=now)):
        mine = Booking.objects.filter(candidate=candidate, slot=slot).live(now).first()
        if mine:
            return mine
        slot, _held = _bookable(slot, candidate=candidate, by=candidate, now=now)
        return _insert(slot, candidate, by=candidate, status=Booking.Status.HELD, hold_until=now + HOLD)


def keep(slot, *, entry, until, now):
    """Keep a slot for somebody of the waiting list. Raises Refused if she may not have it, Conflict if the line has moved on."""
    candidate = entry.candidate
    with places_of(slot.coach_id, candidate, lost=lambda: taken(slot, by=candidate, now=now)):
        waits = WaitlistEntry.objects.filter(pk=entry.pk, status=WaitlistEntry.Status.WAITING).exists()
        # Somebody with a form open books just now: she is asked another time.
        is_held = Booking.objects.filter(candidate=candidate).live(now).filter(status=Booking.Status.HELD).exists()
        if not waits or is_held:
            raise taken(slot, by=candidate, now=now)
        slot, _held = _bookable(slot, candidate=candidate, by=candidate, now=now)
        kept = _insert(
            slot, candidate, by=candidate, status=Booking.Status.HELD, hold_until=until, waitlist_entry=entry
        )
        reminders.refresh(kept, now=now)
    return kept


def confirm(booking, *, by, agenda=None, now=None):
    """She says that the time suits her, and what to work on. Without `agenda` the list stays, and opens nothing new."""
    now = now or timezone.now()
    with places_of(booking.coach, booking.candidate):
        booking = _fresh(booking)
        if booking.status != Booking.Status.BOOKED:
            raise Conflict(
                _("This session is no longer booked: it is “%(state)s”.") % {"state": booking.get_status_display()}
            )
        if booking.confirmed_at:
            return booking
        if booking.starts_at <= now:
            raise Refused(_("This session has begun already."))
        Booking.objects.filter(pk=booking.pk).update(confirmed_at=now, confirm_by=None, updated_at=now)
        BookingEvent.objects.create(subject=booking, old=booking.status, new=booking.status, by=by, reason="confirmed")
        booking = _fresh(booking)
        if agenda is not None:
            set_agenda(booking, agenda, by=by)
        tell(booking, "confirmed", by=by, now=now)
    return booking


def cancel(booking, *, by, reason="", together_ends=False, now=None):
    """Give a place back. Late ones are staff's, with a reason; a booking she never confirmed she may always refuse.

    Hers needs no reason; if she gives one, her coach reads it. `together_ends`: the two work together no longer, which no
    cut-off holds up.
    """
    now = now or timezone.now()
    with places_of(booking.coach, booking.candidate):
        booking = _fresh(booking)
        if together_ends and booking.status == Booking.Status.BOOKED and booking.starts_at > now:
            kept = {"reason": "together ends"}
        else:
            kept = _may_end(booking, by=by, reason=reason, now=now)
        move(booking, Booking.Status.CANCELLED, by=by, **kept)
        _note_for_her("session cancelled", booking, by=by)
        follow(booking)
        tell(booking, "cancelled", by=by, now=now, reason=reason)
    return booking


def move_booking(booking, *, slot, by, reason="", agenda=None, now=None):
    """Cancel and book in one: either both happen or neither. Calendars follow the same event to its new time.

    Moved by herself it is settled; by anybody else she is asked again. `agenda`: what to work on, from her; left out, the list
    goes along to the same coach and is empty with another. Raises what `book` and `cancel` raise.
    """
    now = now or timezone.now()
    candidate = booking.candidate
    if slot.pk == booking.slot_id:
        raise Refused(_("This is the time it has already."), field="slot")
    turn_away(slot, candidate=candidate, by=by, now=now)
    with places_of(booking.coach, slot.coach, candidate, lost=lambda: taken(slot, by=by, now=now)):
        old = _fresh(booking)
        kept = _may_end(old, by=by, reason=reason, now=now)
        move(old, Booking.Status.MOVED, by=by, **kept)
        override = kept.get("override_reason", "")
        # What the house moved, and she has not agreed to, is no session of hers that could be one too many.
        counts = not old.by_house or old.confirmed_at is not None
        slot, held = _bookable(slot, candidate=candidate, by=by, now=now, override_reason=override, counts=counts)
        new = _give(slot, held, candidate=candidate, by=by, now=now, override_reason=override, review=old.review)
        Booking.objects.filter(pk=new.pk).update(calendar_id=old.calendar_id or old.public_id, sequence=old.sequence)
        new = _fresh(new)
        carry(old, new)
        _note_for_her("session moved", new, by=by)
        if agenda is not None and by == candidate:
            set_agenda(new, agenda, by=by)
        stays = old.coach_id == new.coach_id
        # Hers was written to the coach she leaves.
        said = reason.strip() if stays or by != candidate else ""
        tell(new, "moved", by=by, now=now, reason=said, was=(old.starts_at, old.ends_at))
        if not stays:
            Booking.objects.filter(pk=old.pk).update(sequence=new.sequence)
            tell_left(_fresh(old), reader=old.coach, by=by, now=now, reason=reason.strip())
        reminders.refresh(old, now=now)
    return new


def take(slot, *, candidate, by, now, review=None, counts=True):
    """Write the booking itself, under the locks of `places_of`; nobody is told yet. `counts`: whether her number does."""
    slot, held = _bookable(slot, candidate=candidate, by=by, now=now, counts=counts)
    return _give(slot, held, candidate=candidate, by=by, now=now, override_reason="", review=review)


def expire_holds(bookings, now):
    """Turn holds whose minutes are over into `expired`, so that their places count as free for the database too."""
    for overdue in bookings.overdue_holds(now).select_for_update(skip_locked=True):
        move(overdue, Booking.Status.EXPIRED, reason="hold over")


@transaction.atomic
def release_holds(now, *, limit):
    """The sweep's part: nobody waits for these, availability looks at `hold_until`; but no row stays held for ever."""
    ids = Booking.objects.overdue_holds(now).order_by("id").values_list("pk", flat=True)[:limit]
    expire_holds(Booking.objects.filter(pk__in=list(ids)), now)


def lapse(booking, *, now):
    """Let a booking go that was not confirmed in time; both are told. False if it was confirmed or ended meanwhile."""
    with places_of(booking.coach, booking.candidate):
        booking = _fresh(booking)
        if (
            booking.status != Booking.Status.BOOKED
            or booking.confirmed_at
            or not booking.confirm_by
            or booking.confirm_by > now
        ):
            return False
        move(booking, Booking.Status.EXPIRED, reason="not confirmed")
        follow(booking)
        tell(booking, "lapsed", by=None, now=now)
    return True


def confirm_by(starts_at, now):
    """Until when she may confirm: a day before; half of the time that is left where that is over."""
    limit = starts_at - CONFIRM_BEFORE
    return limit if limit > now else now + (starts_at - now) / 2


def nearest_free(slot, *, by, now, limit=NEAREST, moving=None):
    """The free slots nearest to this one that the person may book, in the order of their times.

    Not those at which she has another session; `moving` is the one she would give up.
    """
    who = moving.candidate if moving else by
    around = nearest.around(slot, candidate=who, reader=by, now=now, limit=limit, moving=moving)
    # Of two as near as each other the later one.
    nearest_first = sorted(
        around, key=lambda other: (abs(other.starts_at - slot.starts_at), other.starts_at < slot.starts_at, other.pk)
    )
    return sorted(nearest_first[:limit], key=lambda other: (other.starts_at, other.pk))


class Taken(Conflict):
    """Somebody was quicker. `near` are the free slots nearest to the one that is gone, for pages; `choices` names them."""

    def __init__(self, message, near):
        choices = [
            {
                "public_id": str(other.public_id),
                "coach": other.coach.get_full_name(),
                "starts_at": other.starts_at,
                "ends_at": other.ends_at,
                "zone": other.zone,
            }
            for other in near
        ]
        super().__init__(message, choices=choices)
        self.near = near


def taken(slot, *, by, now):
    """Told to whoever was not the first: in plain words, with what is free near that time."""
    words = _("Somebody was quicker: this slot has just been taken. These are the nearest free ones.")
    return Taken(words, nearest_free(slot, by=by, now=now))


def turn_away(slot, *, candidate, by, now):
    """Whoever comes after somebody else is told so before the locks: a crowd at one slot does not stand in line to hear no.

    It only ever says no early; whether it is a yes is looked at again under the locks. Raises Taken.
    """
    # The database keeps a slot to one such row. Its end is looked at here: a smaller question, asked by all of the crowd.
    for person, status, until in HOLDERS.rows(slot=slot.pk):
        if person != candidate.pk and (status == Booking.Status.BOOKED or until > now):
            raise taken(slot, by=by, now=now)


def _bookable(slot, *, candidate, by, now, override_reason="", counts=True):
    """The slot as it is under the locks, and her own hold of it. Raises Refused or Conflict if this candidate cannot have it now."""
    [slot] = SLOT.rows(slot=slot.pk)
    if not candidate.is_candidate or not candidate.is_active or not can_book_for(by, slot, candidate):
        raise Refused(_("You can book sessions for clients you work with now."), field="candidate")
    if slot.is_day_away and by != candidate:
        # Her coach and admins may know why.
        check_present(slot.coach, slot.starts_at, slot.ends_at, field="slot")
    if slot.is_day_away or slot.status != MockSlot.Status.OPEN or not slot.coach.is_active or slot.is_kept:
        raise _gone(slot, by=by, now=now)
    places = _places(slot, candidate, now)
    hers = [place for place in places if place.candidate_id == candidate.pk]
    booked = [place for place in hers if place.status == Booking.Status.BOOKED]
    at_that_time = [place for place in hers if place.starts_at < slot.ends_at and place.ends_at > slot.starts_at]
    held = next((place for place in hers if place.slot_id == slot.pk and place not in booked), None)
    for other in hers:
        # What the waiting list keeps for her stays hers, unless she takes another slot at that very time.
        if other not in (held, *booked) and (other.waitlist_entry_id is None or other in at_that_time):
            move(other, Booking.Status.CANCELLED, by=by, reason="another form")
    if any(place.slot_id == slot.pk and place != held for place in places):
        raise taken(slot, by=by, now=now)
    if slot.starts_at <= now:
        raise Refused(_("This session has begun already."), field="slot")
    if any(place in booked for place in at_that_time):
        raise Refused(_("There is another session at that time already."), field="slot")
    if not (override_reason.strip() and (by.is_admin or by.pk == slot.coach_id)):
        ahead = sum(place.ends_at > now for place in booked)
        _check_rules(slot, candidate=candidate, by=by, now=now, ahead=ahead, counts=counts)
    return slot, held


def _places(slot, candidate, now):
    """The bookings that hold this slot or the candidate's time; holds whose minutes are over no longer do."""
    places = PLACES.rows(slot=slot.pk, candidate=candidate.pk)
    overdue = [place for place in places if place.status == Booking.Status.HELD and place.hold_until <= now]
    if overdue:
        expire_holds(Booking.objects.filter(pk__in=[place.pk for place in overdue]), now)
    return [place for place in places if place not in overdue]


def _check_rules(slot, *, candidate, by, now, ahead, counts=True):
    """The rules of the installation, which staff may pass with a reason. `counts`: False where the house moved her."""
    for broken in house_rules.against(slot, candidate=candidate, now=now, ahead=ahead):
        if counts or broken.code not in COUNTING:
            raise house_rules.RuleBroken(house_rules.in_words(broken, reader=by, candidate=candidate), field="slot")


def _give(slot, held, *, candidate, by, now, override_reason, review, sequence=0):
    """Turn her own hold into a booking, or write a new one."""
    mine = by == candidate
    fields = {
        "review": review,
        "sequence": sequence,
        "override_reason": override_reason.strip()[:200],
        "confirmed_at": now if mine else None,
        "confirm_by": None if mine else confirm_by(slot.starts_at, now),
    }
    if held:
        move(held, Booking.Status.BOOKED, by=by, hold_until=None, booked_by=by, **fields)
        return _fresh(held)
    return _insert(slot, candidate, by=by, status=Booking.Status.BOOKED, **fields)


def _insert(slot, candidate, *, by, status, **fields):
    booking = Booking(
        slot=slot,
        candidate=candidate,
        coach=slot.coach,
        booked_by=by,
        status=status,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        **fields,
    )
    return start(booking, by=by)


def _note_for_her(verb, booking, *, by):
    """What she does herself stands in the booking's own history; that somebody did it for her is for admins to see too."""
    if by != booking.candidate:
        audit(verb, booking, by=by, on_behalf_of=booking.candidate)


def _may_end(booking, *, by, reason, now):
    """What to keep of the reason, if this person may give this place back now; hers apart from that of staff."""
    if booking.status != Booking.Status.BOOKED:
        raise Conflict(
            _("This session is no longer booked: it is “%(state)s”.") % {"state": booking.get_status_display()}
        )
    if booking.starts_at <= now:
        raise Refused(_("This session has begun already."))
    reason = reason.strip()[:200]
    rules = house_rules.current()
    late = is_late(rules, starts_at=booking.starts_at, now=now)
    values = {"hours": rules.cutoff_hours, "coach": booking.coach.get_full_name()}
    if is_staff_of(by, booking):
        if late and not reason:
            raise Refused(_("Less than %(hours)s hours are left. Say in a line why.") % values, field="reason")
        return {"override_reason": reason}
    never_agreed = booking.confirmed_at is None
    if late and not never_agreed:
        raise Refused(
            _("Less than %(hours)s hours are left. Please write to %(coach)s, who can still cancel it.") % values
        )
    return {"given_reason": reason}


def _gone(slot, *, by, now):
    words = _("This slot is no longer offered. These are the nearest free ones.")
    return Taken(words, nearest_free(slot, by=by, now=now))


def _fresh(booking):
    return Booking.objects.select_related("slot", "coach", "candidate", "review").get(pk=booking.pk)
