"""From a free slot to a booking: keep it while the form is open, say what to work on, book."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.records import Conflict, Refused
from coaching.forms import posted, refuse
from coaching.forms.booking import BookForm, clients_for
from coaching.models import Booking, MockSlot, Review
from coaching.services import bookings
from coaching.services.house_rules import RuleBroken
from coaching.views import live
from coaching.views.slots import by_day, uuid_or_none


@require_POST
def slot_hold(request, public_id):
    """The "Book" button: keeps the slot while the form is open. What is ticked already comes along."""
    slot = _seen(request, public_id)
    if not request.user.is_candidate:
        raise PermissionDenied
    try:
        bookings.hold(slot, candidate=request.user)
    except Conflict as conflict:
        return _taken(request, slot, conflict)
    return redirect(_book_url(slot, agenda=_ticked(request.POST)))


def slot_book(request, public_id):
    """Look once more, tick what to work on, book. Looking holds nothing: that is the button's."""
    slot = _seen(request, public_id)
    candidate = request.user if request.user.is_candidate else _client(request, slot)
    if request.method == "POST" and candidate:
        try:
            bookings.turn_away(slot, candidate=candidate, by=request.user, now=timezone.now())
        except Conflict as conflict:
            return _taken(request, slot, conflict)
    review = _review(request)
    form = BookForm(
        posted(request),
        by=request.user,
        slot=slot,
        candidate=candidate,
        review=review if review and review.candidate == candidate else None,
        who=request.GET.get("who", "").strip()[:80],
        initial={"agenda": _ticked(request.GET)},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            booking = bookings.book(
                slot,
                candidate=data.get("candidate", request.user),
                by=request.user,
                agenda=data.get("agenda", ()),
                override_reason=data.get("override_reason", ""),
                review=review if review and review.candidate == data.get("candidate") else None,
            )
        except Conflict as conflict:
            # By a second tab or a second tap: nobody was quicker.
            theirs = Booking.objects.filter(slot=slot, candidate=candidate, status=Booking.Status.BOOKED).first()
            if not theirs:
                return _taken(request, slot, conflict)
            messages.info(request, _("This one is booked already."))
            return redirect("booking-detail", theirs.public_id)
        except RuleBroken as problem:
            form.ask_reason(problem) if form.may_pass_rules else refuse(form, problem)
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect("booking-detail", booking.public_id)
    now = timezone.now()
    place = Booking.objects.live(now).filter(slot=slot).first()
    is_ours = place is not None and candidate is not None and place.candidate_id == candidate.pk
    held = place if is_ours and place.status == Booking.Status.HELD else None
    others = None if place is None or is_ours else place.status
    context = {
        **live.slot_state_of(slot, reader=request.user, others=others, now=now),
        "form": form,
        "slot": slot,
        "candidate": candidate,
        "held": held,
        "seconds": held and int((held.hold_until - now).total_seconds()),
        "begun": slot.starts_at <= now,
        "nav_active": "slots",
    }
    return render(request, "coaching/slot_book.html", context)


def _seen(request, public_id):
    """One that was taken back while she looked is there too, to be told so and shown others."""
    rows = MockSlot.objects.known_to(request.user).with_day_away().select_related("coach")
    return get_object_or_404(rows, public_id=public_id)


def _review(request):
    """The review from which a coach came, named in the address."""
    named = uuid_or_none(request.GET.get("review"))
    return named and Review.objects.visible_to(request.user).filter(public_id=named).first()


def _client(request, slot):
    """The client named in the address or the form, if this person may book for them."""
    named = uuid_or_none(request.POST.get("candidate") or request.GET.get("client"))
    return clients_for(request.user, slot).filter(public_id=named).first()


def _ticked(data):
    """The lessons named in a form or an address; whose they are is asked when they are used."""
    return [one for one in map(uuid_or_none, data.getlist("agenda")) if one]


def _book_url(slot, **more):
    query = urlencode({name: value for name, value in more.items() if value}, doseq=True)
    return reverse("slot-book", args=[slot.public_id]) + (f"?{query}" if query else "")


def _taken(request, slot, conflict):
    """Told so, with what is free near that time. Ticks, client and review go along to the next try."""
    context = {
        "slot": slot,
        "message": str(conflict),
        "days": by_day(getattr(conflict, "near", ()), request.user.zone),
        "carried": _ticked(request.POST),
        "client": None if request.user.is_candidate else _client(request, slot),
        "review": uuid_or_none(request.GET.get("review")),
        "nav_active": "slots",
    }
    return render(request, "coaching/slot_taken.html", context, status=409)
