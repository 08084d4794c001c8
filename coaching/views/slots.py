"""Pages of slots: what is free for a candidate, a coach's own, everybody's for admins."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import FETCH_RAISE, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.models import Engagement, User
from accounts.pages import keyset_page
from accounts.records import Conflict, Refused
from coaching.forms import posted, refuse
from coaching.forms.slot import SlotEditForm, SlotNewForm, SlotWithdrawForm
from coaching.models import Booking, MockSlot
from coaching.permissions import can_manage_slots
from coaching.services import slots

WEEK_ROWS = 100


def slot_list(request):
    """One week, day by day, with the next week that has something where this one has nothing."""
    now = timezone.now()
    week = Week.of(request.GET.get("week"), now, request.user.zone)
    coach = _coach_of(request.GET.get("coach"))
    shown = _shown_to(request.user, now)
    # This week begins now; whoever turns back a page sees what has been, too.
    begin = week.start if "week" in request.GET else max(week.start, now)
    if coach:
        shown = shown.filter(coach=coach)
    live = Booking.objects.live(now).select_related("candidate")
    rows = (
        shown.filter(starts_at__gte=begin, starts_at__lt=week.end)
        .select_related("coach")
        .prefetch_related(Prefetch("bookings", live, to_attr="live_bookings"))
        .fetch_mode(FETCH_RAISE)
    )
    page = keyset_page(rows, request, key="starts_at", descending=False, size=WEEK_ROWS)
    next_one = None if page.rows else shown.filter(starts_at__gte=week.end).order_by("starts_at", "id").first()
    context = {
        "page": page,
        "days": by_day(page.rows, request.user.zone),
        "week": week,
        "coach": coach,
        "coaches": _coaches(shown, request.user),
        "next_one": next_one,
        "next_week": next_one and week_name(next_one.starts_at, request.user.zone),
        "her_coaches": her_coaches(request.user),
        "can_manage": can_manage_slots(request.user),
        "now": now,
        "nav_active": "slots",
    }
    return render(request, "coaching/slot_list.html", context)


def slot_new(request):
    if not can_manage_slots(request.user):
        raise PermissionDenied
    form = SlotNewForm(posted(request), initial={"zone": request.user.zone, "coach": request.GET.get("coach")})
    if request.method == "POST" and form.is_valid():
        try:
            slot = slots.create_slot(by=request.user, **form.cleaned_data)
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("The slot is open."))
            return redirect(_in_its_week(slot, request.user))
    return render(request, "coaching/slot_new.html", {"form": form, "nav_active": "slots"})


def slot_edit(request, public_id):
    slot, booking = _managed(request, public_id)
    initial = {
        name: getattr(slot, name) for name in ("starts_wall", "zone", "minutes", "buffer_minutes", "place", "link")
    }
    form = SlotEditForm(posted(request), initial=initial, is_booked=booking is not None)
    if request.method == "POST" and form.is_valid():
        try:
            slot = slots.edit_slot(slot, by=request.user, **form.cleaned_data)
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("Saved. Whoever booked it has been told.") if booking else _("Saved."))
            return redirect(_in_its_week(slot, request.user))
    return render(
        request, "coaching/slot_edit.html", {"form": form, "slot": slot, "booking": booking, "nav_active": "slots"}
    )


def slot_withdraw(request, public_id):
    slot, booking = _managed(request, public_id)
    form = SlotWithdrawForm(posted(request), is_booked=booking is not None)
    if request.method == "POST" and form.is_valid():
        try:
            slots.withdraw_slot(slot, by=request.user, reason=form.cleaned_data.get("reason", ""))
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("The slot is withdrawn."))
            return redirect(_in_its_week(slot, request.user))
    return render(
        request, "coaching/slot_withdraw.html", {"form": form, "slot": slot, "booking": booking, "nav_active": "slots"}
    )


@dataclass(frozen=True)
class Week:
    """Monday to Sunday on the reader's wall."""

    monday: date
    start: datetime
    end: datetime
    zone: str

    @classmethod
    def of(cls, text, now, zone):
        """The week named like 2026-W48; this one where the name makes no sense."""
        today = when.to_wall(now, zone).date()
        try:
            monday = datetime.strptime(f"{text}-1", "%G-W%V-%u").date()  # noqa: DTZ007 -- a week has no zone
            if not 2020 <= monday.year <= 2100:
                raise ValueError(text)
        except ValueError:
            monday = today - timedelta(days=today.weekday())
        bounds = (when.to_instant(datetime.combine(monday + timedelta(days=days), time()), zone) for days in (0, 7))
        return cls(monday, *bounds, zone)

    @property
    def name(self):
        return f"{self.monday:%G-W%V}"

    @property
    def next(self):
        return f"{self.monday + timedelta(days=7):%G-W%V}"

    @property
    def previous(self):
        return f"{self.monday - timedelta(days=7):%G-W%V}"

    @property
    def title(self):
        first, last = self.monday, self.monday + timedelta(days=6)
        return f"{when.print_date(first, translate=_, year=first.year != last.year)} – {when.print_date(last, translate=_)}"


def week_name(instant, zone):
    """The week in which an instant lies for this reader."""
    return f"{when.to_wall(instant, zone):%G-W%V}"


def by_day(rows, zone):
    """[(the day in words, [(slot, its hours in words), …]), …] on the reader's wall."""
    days = []
    for day, group in groupby(rows, key=lambda slot: when.to_wall(slot.starts_at, zone).date()):
        words = when.print_date(day, translate=_)
        days.append((words, [(slot, _hours(slot, zone).removeprefix(f"{words}, ")) for slot in group]))
    return days


def _hours(slot, zone):
    return when.print_range(slot.starts_at, slot.ends_at, reader_zone=zone, event_zone=slot.zone, translate=_)


def _shown_to(user, now):
    slots_seen = MockSlot.objects.visible_to(user)
    if user.is_candidate:
        return slots_seen.free(now)
    return slots_seen.exclude(status=MockSlot.Status.WITHDRAWN)


def her_coaches(user):
    """Ids of the coaches a candidate works with, to tell theirs from others' slots."""
    if not user.is_candidate:
        return set()
    return set(Engagement.objects.coaches_of(user).values_list("coach_id", flat=True))


def _coaches(shown, user):
    """To choose from; a coach sees her own slots only, so there is nothing to choose."""
    if user.is_coach and not user.is_admin:
        return []
    return list(User.objects.filter(pk__in=shown.order_by().values("coach_id")).order_by("name", "id"))


def _coach_of(text):
    return User.objects.filter(is_coach=True, public_id=uuid_or_none(text)).first() if text else None


def uuid_or_none(text):
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _seen(request, public_id):
    return get_object_or_404(MockSlot.objects.visible_to(request.user).select_related("coach"), public_id=public_id)


def _managed(request, public_id):
    slot = _seen(request, public_id)
    if not can_manage_slots(request.user):
        raise PermissionDenied
    return slot, Booking.objects.filter(slot=slot, status="booked").select_related("candidate").first()


def _in_its_week(slot, user):
    return f"{reverse('slot-list')}?week={week_name(slot.starts_at, user.zone)}"
