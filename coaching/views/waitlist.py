"""The waiting list: one page, on which she joins, sees her place, and takes what is kept for her. Admins read counts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Engagement
from accounts.records import Conflict, Refused
from coaching import news
from coaching.forms import posted, refuse
from coaching.forms.waitlist import WaitlistForm, first_days
from coaching.models import Booking, MockSlot, WaitlistEntry
from coaching.permissions import can_count_waiting, can_wait_for_slot
from coaching.services import waitlist
from coaching.services.line import Line, figures
from coaching.today import few
from coaching.views.slots import by_day

FREE_SHOWN = 6


def waiting_list(request):
    """Hers with the form, the counts for admins."""
    if can_count_waiting(request.user):
        context = {"shown": _blurred(figures(timezone.now())), "nav_active": "slots"}
        return render(request, "coaching/waiting_list_figures.html", context)
    _check(request)
    return _page(request)


@require_POST
def waitlist_join(request):
    _check(request)
    form = WaitlistForm(posted(request), user=request.user)
    if form.is_valid():
        try:
            waitlist.join(request.user, by=request.user, **form.cleaned_data)
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            return redirect("waiting-list")
    return _page(request, form, status=422)


@require_POST
def waitlist_change(request):
    entry = _mine(request)
    form = WaitlistForm(posted(request), user=request.user)
    if form.is_valid():
        try:
            waitlist.change(entry, by=request.user, **form.cleaned_data)
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("Changed. Your place in the line is as it was."))
            return redirect("waiting-list")
    return _page(request, form, status=422)


@require_POST
def waitlist_leave(request):
    waitlist.leave(_mine(request), by=request.user)
    messages.success(request, _("You are no longer in the waiting list."))
    return redirect("waiting-list")


@require_POST
def waitlist_still(request):
    waitlist.still_looking(_mine(request), by=request.user)
    return redirect("waiting-list")


@require_POST
def offer_take(request, public_id):
    booking = waitlist.take(_offer(request, public_id), by=request.user)
    return redirect("booking-detail", booking.public_id)


@require_POST
def offer_decline(request, public_id):
    waitlist.decline(_offer(request, public_id), by=request.user)
    messages.success(request, _("It goes to the next. Your place in the line is as it was."))
    return redirect("waiting-list")


def _blurred(found):
    """The counts in words: below five they would be somebody's."""
    shown = {name: few(number) for name, number in vars(found).items() if name != "by_coach"}
    return shown | {"by_coach": [(coach, few(number)) for coach, number in found.by_coach]}


def _page(request, form=None, *, status=200):
    user, now = request.user, timezone.now()
    latest = WaitlistEntry.objects.visible_to(user).with_interview(now).select_related("coach").order_by("-id").first()
    entry = latest if latest and latest.status in WaitlistEntry.LIVE else None
    standing = Line(now) if entry else None
    offer = standing and standing.kept_for(entry)
    # Whoever holds one is to say yes or no to it first.
    free = [] if offer else _free(user, entry, now)
    state = {"status": latest.status if latest else "", "kept": offer and offer.public_id}
    context = {
        "news": news.line_part(**state, was_status=state["status"], was_kept=state["kept"]),
        "entry": entry,
        "ended": None if entry else latest,
        "form": form or WaitlistForm(user=user, instance=entry, initial=None if entry else first_days(user, now)),
        "offer": offer,
        "before": standing and standing.before(entry),
        "is_full": standing and standing.is_full(entry),
        "days": by_day(free, user.zone),
        "her_coaches": set(Engagement.objects.coaches_of(user).values_list("coach_id", flat=True)) if free else (),
        "nav_active": "slots",
    }
    return render(request, "coaching/waiting_list.html", context, status=status)


def _free(user, entry, now):
    """What could be booked without waiting: on her days, once she has named them."""
    free = MockSlot.objects.visible_to(user).free(now).for_list()
    if entry:
        free = free.filter(starts_at__gte=entry.opens_at, starts_at__lt=entry.closes_at)
        free = free.filter(coach=entry.coach) if entry.coach_id else free
    return list(free[:FREE_SHOWN])


def _check(request):
    if not can_wait_for_slot(request.user):
        raise PermissionDenied


def _mine(request):
    _check(request)
    return get_object_or_404(WaitlistEntry.objects.visible_to(request.user).live().select_related("candidate"))


def _offer(request, public_id):
    _check(request)
    rows = Booking.objects.visible_to(request.user).offers().filter(candidate=request.user)
    return get_object_or_404(
        rows.select_related("slot__coach", "coach", "candidate", "waitlist_entry"), public_id=public_id
    )
