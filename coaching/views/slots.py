"""Pages of slots: making, changing and withdrawing one."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Conflict, Overtaken, Refused
from coaching.forms import posted, refuse
from coaching.forms.slot import SlotEditForm, SlotNewForm, SlotWithdrawForm
from coaching.models import Booking, MockSlot
from coaching.permissions import can_manage_slot, can_offer_slots, can_open_slots
from coaching.services import series, slot_changes, slots
from followups.views.overtaken import overtake


def slot_new(request):
    """One slot, several of a day, or a series: the same form."""
    if not can_offer_slots(request.user):
        raise PermissionDenied
    initial = {"zone": request.user.zone, **{name: request.GET.get(name) for name in ("coach", "repeat")}}
    form = SlotNewForm(posted(request), by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if form.is_series():
                made = series.create_series(by=request.user, **form.series_values())
            else:
                made = slots.create_slot(by=request.user, **form.slot_values())
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            if made.status == "proposed":
                messages.success(request, _("Proposed. An admin looks at it, and then it can be booked."))
            else:
                messages.success(request, _("It can be booked now."))
            return (
                redirect("series-detail", made.public_id)
                if form.is_series()
                else redirect(_in_its_week(made, request.user))
            )
    context = {"form": form, "must_propose": not can_open_slots(request.user), "nav_active": "slots"}
    return render(request, "coaching/slot_new.html", context)


def slot_edit(request, public_id):
    slot, booking = _managed(request, public_id)
    initial = {
        name: getattr(slot, name) for name in ("starts_wall", "zone", "minutes", "buffer_minutes", "place", "link")
    } | _shown(slot, booking)
    form = SlotEditForm(posted(request), initial=initial, is_booked=booking is not None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        seen = _seen_booking(slot, values.pop("seen"))
        try:
            slot, change = slot_changes.edit(slot, by=request.user, seen=seen, **values)
        except Overtaken:
            fresh = SlotEditForm(initial=initial, is_booked=booking is not None)
            form = overtake(_look_again(form, slot, booking), fresh)
        except (Refused, Conflict) as problem:
            form = _look_again(form, slot, booking)
            refuse(form, problem)
        else:
            return _done(request, slot, change, _("Saved."))
    return render(
        request, "coaching/slot_edit.html", {"form": form, "slot": slot, "booking": booking, "nav_active": "slots"}
    )


def slot_withdraw(request, public_id):
    slot, booking = _managed(request, public_id)
    outlook = slot_changes.outlook(slot, by=request.user)
    form = SlotWithdrawForm(
        posted(request), outlook=outlook, reader_zone=request.user.zone, initial=_shown(slot, outlook.booking)
    )
    if request.method == "POST" and form.is_valid():
        seen, version = _seen_booking(slot, form.cleaned_data["seen"]), form.cleaned_data["version"]
        try:
            slot, change = slot_changes.withdraw(slot, by=request.user, seen=seen, version=version, **form.chosen())
        except (Refused, Conflict) as problem:
            form = _look_again(form, slot, booking)
            refuse(form, problem)
        else:
            return _done(request, slot, change, _("The slot is withdrawn."))
    return render(
        request, "coaching/slot_withdraw.html", {"form": form, "slot": slot, "booking": booking, "nav_active": "slots"}
    )


def _done(request, slot, change, words):
    """Where it can still be undone; or, where nobody had to be told, back to its week."""
    if change is not None and change.status == "waiting":
        return redirect("change-detail", change.public_id)
    messages.success(request, words)
    return redirect(_in_its_week(slot, request.user))


def _seen_booking(slot, public_id):
    """The booking of this slot that the page showed, if it showed one; whatever became of it since."""
    return Booking.objects.filter(slot=slot, public_id=public_id).first() if public_id else None


def _shown(slot, booking):
    """What the page comes back with: whom and what it showed."""
    return {"seen": booking.public_id if booking else "", "version": slot_changes.version_of_slot(slot)}


def _look_again(form, slot, booking):
    """The page shows what is there now, so the next press is about that."""
    form.data = form.data.copy()
    for name, value in _shown(slot, booking).items():
        form.data[name] = value
    return form


def by_day(rows, zone):
    """[(the day in words, [(slot, its hours in words), …]), …] on the reader's wall."""
    days = []
    for day, group in groupby(rows, key=lambda slot: when.to_wall(slot.starts_at, zone).date()):
        words = when.print_date(day, translate=_)
        days.append((words, [(slot, _hours(slot, zone).removeprefix(f"{words}, ")) for slot in group]))
    return days


def _hours(slot, zone):
    return when.print_range(slot.starts_at, slot.ends_at, reader_zone=zone, event_zone=slot.zone, translate=_)


def uuid_or_none(text):
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _managed(request, public_id):
    slots_seen = MockSlot.objects.visible_to(request.user).select_related("coach", "series")
    slot = get_object_or_404(slots_seen, public_id=public_id)
    if not can_manage_slot(request.user, slot):
        raise PermissionDenied
    return slot, Booking.objects.filter(slot=slot, status="booked").select_related("candidate").first()


def _in_its_week(slot, user):
    return f"{reverse('slot-list')}?week={when.to_wall(slot.starts_at, user.zone):%G-W%V}"
