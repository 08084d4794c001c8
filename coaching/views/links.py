"""The pages of mails on which a session, or a slot of the waiting list, is answered without signing in (accounts/links.py)."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.links import one_purpose, show
from accounts.records import Conflict, Refused
from coaching.forms.booking import CancelForm
from coaching.models import Booking, MockSlot
from coaching.permissions import can_cancel_booking, can_confirm_booking, can_move_booking, can_rebook_booking
from coaching.services import bookings, relocation, waitlist
from coaching.services.line import Line
from coaching.views.bookings import moved_to, ticked_again
from coaching.views.slots import by_day, uuid_or_none

FREE_SHOWN = 6


@one_purpose("booking")
def link_booking(request, link):
    """Take it, take another time, or cancel it. Each can be said once; after that the page says what was done.

    What the house took from her she may have at another time, from here too.
    """
    booking = _booking_of(link)
    problem, status = "", 200
    if request.method == "POST":
        try:
            _act(booking, request.POST, by=link.person)
        except (Refused, Conflict) as error:
            problem, status = str(error), 409 if isinstance(error, Conflict) else 422
        else:
            return redirect(request.path)
        booking = _booking_of(link)
    now, person = timezone.now(), link.person
    free = bookings.nearest_free(booking.slot, by=person, now=now, limit=FREE_SHOWN, moving=booking)
    live = can_cancel_booking(person, booking)
    later = moved_to(booking, person)
    can_rebook = can_rebook_booking(person, booking) and later is None
    context = {
        "booking": booking,
        "slot": booking.slot,
        "live": live,
        "can_confirm": can_confirm_booking(person, booking),
        "can_rebook": can_rebook,
        "agenda_before": relocation.agenda_before(booking),
        "moved_to": later,
        "days": by_day(free, person.zone) if live or can_rebook else [],
        "problem": problem,
    }
    return show(request, link, "coaching/link_booking.html", context, status=status)


def _booking_of(link):
    """By the same door as when she is signed in; the page is the candidate's alone."""
    rows = Booking.objects.visible_to(link.person).shown().select_related("slot", "coach", "candidate", "review")
    booking = rows.filter(public_id=link.public_id, candidate=link.person).first()
    if booking is None:
        raise Http404
    return booking


def _act(booking, data, *, by):
    answer = data.get("answer", "")
    doors = {
        "take": can_confirm_booking,
        "move": can_move_booking,
        "cancel": can_cancel_booking,
        "rebook": can_rebook_booking,
    }
    if answer not in doors:
        raise Refused(_("Choose one of the answers."))
    if not doors[answer](by, booking):
        # Somebody, she herself most likely, has answered; the page says what became of it.
        return
    if answer == "take":
        bookings.confirm(booking, by=by, agenda=ticked_again(booking, data))
    elif answer == "cancel":
        bookings.cancel(booking, by=by, reason=_reason(booking, data, by))
    else:
        slot = get_object_or_404(MockSlot.objects.visible_to(by), public_id=uuid_or_none(data.get("slot")))
        act = relocation.rebook if answer == "rebook" else bookings.move_booking
        act(booking, slot=slot, by=by)


def _reason(booking, data, by):
    form = CancelForm(data, booking=booking, by=by)
    if not form.is_valid():
        raise Refused(form.errors["reason"][0])
    return form.cleaned_data["reason"]


@one_purpose("offer")
def link_offer(request, link):
    """Take the slot that the waiting list keeps for her, or leave it to the next; past its half hour, what became of it."""
    offer = _offer_of(link)
    problem = ""
    if request.method == "POST":
        acts = {"take": waitlist.take, "decline": waitlist.decline}
        act = acts.get(request.POST.get("answer"))
        try:
            if act is None:
                raise Refused(_("Choose one of the answers."))
            act(offer, by=link.person)
        except (Refused, Conflict) as error:
            problem = str(error)
        else:
            return redirect(request.path)
        offer = _offer_of(link)
    now = timezone.now()
    entry = offer.waitlist_entry
    context = {
        "offer": offer,
        "slot": offer.slot,
        "is_kept": offer.status == Booking.Status.HELD and offer.hold_until > now,
        "is_taken": offer.hold_until is None,
        "is_declined": offer.status == Booking.Status.CANCELLED,
        "is_free": MockSlot.objects.visible_to(link.person).free(now).filter(pk=offer.slot_id).exists(),
        "waits": entry is not None and entry.status in entry.LIVE,
        "before": entry and Line(now).before(entry),
        "problem": problem,
    }
    return show(request, link, "coaching/link_offer.html", context, status=422 if problem else 200)


def _offer_of(link):
    rows = Booking.objects.visible_to(link.person).offers().filter(candidate=link.person)
    offer = rows.select_related("slot__coach", "coach", "candidate", "waitlist_entry").filter(public_id=link.public_id)
    if (found := offer.first()) is None:
        raise Http404
    return found
