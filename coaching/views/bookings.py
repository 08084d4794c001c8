"""Pages of bookings: the list, one session, and what may be done about it."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import FETCH_RAISE
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.pages import keyset_page
from accounts.records import Conflict, Refused
from coaching.calendar import CANCEL, REQUEST, session_calendar
from coaching.forms import posted, refuse
from coaching.forms.booking import AgendaForm, CancelForm
from coaching.models import Booking, MockSlot
from coaching.permissions import (
    can_cancel_booking,
    can_close_booking,
    can_confirm_booking,
    can_move_booking,
    can_read_reason,
    can_set_agenda,
)
from coaching.services import attendance, bookings, relocation
from coaching.services.agenda import agenda_for, choose_agenda
from coaching.views.attendance import attendance_of
from coaching.views.sessions import seen_booking, session_of
from coaching.views.slots import by_day, uuid_or_none

FREE_SHOWN = 12
# No session lasts longer; it lets the list of what is ahead begin at an index.
LONGEST = timedelta(hours=4)


def booking_list(request):
    """What is ahead, soonest first; what is past on a page of its own, latest first."""
    now = timezone.now()
    past = request.GET.get("show") == "past"
    rows = Booking.objects.visible_to(request.user).shown().for_list().fetch_mode(FETCH_RAISE)
    # A session that runs now is not past: its page and link are what somebody comes for.
    running = {"status": Booking.Status.BOOKED, "ends_at__gt": now, "starts_at__gt": now - LONGEST}
    rows = rows.filter(starts_at__lte=now).exclude(**running) if past else rows.filter(**running)
    page = keyset_page(rows, request, key="starts_at", descending=past)
    return render(request, "coaching/booking_list.html", {"page": page, "past": past, "nav_active": "bookings"})


def booking_detail(request, public_id):
    booking = seen_booking(request, public_id)
    user, now = request.user, timezone.now()
    context = {
        "booking": booking,
        "moved_to": moved_to(booking, user),
        "agenda_before": relocation.agenda_before(booking) if user.pk == booking.candidate_id else [],
        "slot": booking.slot,
        "other": booking.coach if user.pk == booking.candidate_id else booking.candidate,
        "agenda": agenda_for(booking, user, now),
        "events": booking.events.select_related("by"),
        "can_confirm": can_confirm_booking(user, booking) and booking.starts_at > now,
        "can_cancel": can_cancel_booking(user, booking) and booking.starts_at > now,
        "can_move": can_move_booking(user, booking) and booking.starts_at > now,
        **attendance_of(booking, user, now),
        **session_of(booking, user, now),
        "can_set_agenda": can_set_agenda(user, booking) and booking.ends_at > now,
        "reason": booking.given_reason if can_read_reason(user, booking) else "",
        "begun": booking.starts_at <= now,
        "over": booking.ends_at <= now,
        "nav_active": "bookings",
    }
    return render(request, "coaching/booking_detail.html", context)


def booking_calendar(request, public_id):
    """The session as a calendar file, for whoever lost the mail."""
    booking = seen_booking(request, public_id)
    method = REQUEST if booking.status in (Booking.Status.BOOKED, Booking.Status.DONE) else CANCEL
    content = session_calendar(booking, reader=request.user, method=method, stamp=timezone.now())
    return HttpResponse(
        content,
        content_type=f"text/calendar; method={method}; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="mock-session.ics"'},
    )


@require_POST
def booking_confirm(request, public_id):
    booking = _allowed(request, public_id, can_confirm_booking)
    again = ticked_again(booking, request.POST)
    # What her coach put on the list stands on this page, and is hers with her word; the page of a mail does not show it.
    bookings.confirm(booking, by=request.user, agenda=booking.agenda.all() if again is None else again)
    messages.success(request, _("Thank you. The session is settled."))
    return redirect("booking-detail", public_id)


def booking_cancel(request, public_id):
    booking = _allowed(request, public_id, can_cancel_booking)
    form = CancelForm(posted(request), booking=booking, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            bookings.cancel(booking, by=request.user, reason=form.cleaned_data["reason"])
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("The session is cancelled, and its place is free for somebody else."))
            return redirect("booking-detail", public_id)
    context = {"form": form, "booking": booking, "slot": booking.slot, "nav_active": "bookings"}
    return render(request, "coaching/booking_cancel.html", context)


def booking_agenda(request, public_id):
    """What to work on, ticked anew until the session is over."""
    booking = _allowed(request, public_id, can_set_agenda)
    reads = _("%(coach)s can read what you tick") % {"coach": booking.coach.get_short_name()}
    form = AgendaForm(posted(request), booking=booking, who_reads=reads)
    if request.method == "POST" and form.is_valid():
        choose_agenda(booking, form.cleaned_data.get("agenda", ()), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("booking-detail", public_id)
    context = {"form": form, "booking": booking, "slot": booking.slot, "nav_active": "bookings"}
    return render(request, "coaching/booking_agenda.html", context)


def booking_move(request, public_id):
    """Another time: cancel and book in one."""
    booking = _allowed(request, public_id, can_move_booking)
    mine = request.user.pk == booking.candidate_id
    form = CancelForm(posted(request), booking=booking, by=request.user)
    reads = _("The coach of the time you choose can read what you tick")
    agenda = AgendaForm(posted(request), booking=booking, who_reads=reads) if mine else None
    status = 200
    if request.method == "POST" and form.is_valid() and (agenda is None or agenda.is_valid()):
        slot = get_object_or_404(
            MockSlot.objects.visible_to(request.user), public_id=uuid_or_none(request.POST.get("slot"))
        )
        try:
            moved = bookings.move_booking(
                booking,
                slot=slot,
                by=request.user,
                reason=form.cleaned_data["reason"],
                agenda=agenda.cleaned_data.get("agenda") if agenda else None,
            )
        except (Refused, Conflict) as problem:
            refuse(form, problem)
            status = 409 if isinstance(problem, Conflict) else 422
        else:
            return redirect("booking-detail", moved.public_id)
    now = timezone.now()
    free = bookings.nearest_free(booking.slot, by=request.user, now=now, limit=FREE_SHOWN, moving=booking)
    context = {
        "form": form,
        "agenda_form": agenda,
        "booking": booking,
        "slot": booking.slot,
        "days": by_day(free, request.user.zone),
        "nav_active": "bookings",
    }
    return render(request, "coaching/booking_move.html", context, status=status)


@require_POST
def booking_close(request, public_id):
    """It took place, or one of them did not come: said by either, or by an admin."""
    booking = _allowed(request, public_id, can_close_booking)
    try:
        attendance.say(booking, by=request.user, said=request.POST.get("said", ""))
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("booking-detail", public_id)


def ticked_again(booking, data):
    """Of what she had ticked for the coach who is away, what the one who stands in may see; None where nobody stands in."""
    before = relocation.agenda_before(booking)
    wanted = {uuid_or_none(text) for text in data.getlist("agenda")}
    return [lesson for lesson in before if lesson.public_id in wanted] if before else None


def moved_to(booking, user):
    """Where a moved session went last, or the time she took for one the house took from her, if this person may see it."""
    if booking.status != Booking.Status.MOVED and not (booking.by_house and booking.status in Booking.GONE):
        return None
    later = Booking.objects.visible_to(user).filter(candidate=booking.candidate, pk__gt=booking.pk)
    later = later.filter(calendar_id=booking.calendar_id or booking.public_id).select_related("slot")
    return later.order_by("pk").last()


def _allowed(request, public_id, can):
    booking = seen_booking(request, public_id)
    if not can(request.user, booking):
        raise PermissionDenied
    return booking
