"""Pages of absences: who is away, and one page on which all that follows is settled."""

from django.conf import settings
from django.contrib import messages
from django.db.models import FETCH_RAISE
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts import when
from accounts.pages import keyset_page
from accounts.records import Conflict, Refused
from coaching.forms import posted, refuse
from coaching.forms.absence import AbsenceForm, ReturnForm
from coaching.models import Booking, ChangeItem, CoachAbsence, MockSlot
from coaching.permissions import can_end_change
from coaching.proposals import Why
from coaching.services import absences
from coaching.today import few
from coaching.views.slots import uuid_or_none

WORDS = {
    Why.SAME_TIME: gettext_lazy("The same time, with another coach"),
    Why.BEFORE_INTERVIEW: gettext_lazy("Before their next interview"),
    Why.FIRST_WEEK: gettext_lazy("The first week back"),
    Why.OTHER: gettext_lazy("Any other time"),
}


def absence_list(request):
    """Who is away or will be, and who was: the latest end first."""
    _check_staff(request.user)
    rows = CoachAbsence.objects.visible_to(request.user).for_list().fetch_mode(FETCH_RAISE)
    page = keyset_page(rows.exclude(status="undone"), request, key="ends_at")
    context = {"page": page, "now": timezone.now(), "nav_active": "slots"}
    return render(request, "coaching/absence_list.html", context)


def absence_new(request):
    """Who and when by GET, which shows what it would mean; the table that this makes is sent by POST."""
    _check_staff(request.user)
    data = request.POST if request.method == "POST" else request.GET
    is_asked = request.method == "POST" or "until_wall" in data
    initial = {"coach": data.get("coach"), "from_wall": data.get("from_wall") or _this_hour(request.user)}
    form = AbsenceForm(data if is_asked else None, by=request.user, initial=initial)
    seen, status = None, 200
    if is_asked and form.is_valid():
        try:
            seen = absences.outlook(form.who, **form.span)
            if request.method == "POST":
                choices = _choices(request.POST, seen.rows)
                absence = absences.plan(form.who, by=request.user, choices=choices, **form.span)
                return redirect("absence-detail", absence.public_id)
        except Conflict as conflict:
            # What is free has changed: shown anew, with what is proposed now.
            messages.warning(request, str(conflict))
            seen, status = absences.outlook(form.who, **form.span), 409
        except Refused as problem:
            refuse(form, problem)
    context = {
        "form": form,
        "seen": seen,
        "reviews": seen and few(seen.reviews),
        "table": seen and [(row, _places(row, row.proposed)) for row in seen.rows],
        "hold_minutes": settings.CHANGE_HOLD_MINUTES,
        "nav_active": "slots",
    }
    return render(request, "coaching/absence_new.html", context, status=status)


def absence_detail(request, public_id):
    absence = _seen(request, public_id)
    return _page(request, absence)


@require_POST
def absence_rearrange(request, public_id):
    """Other places, while nobody has been told."""
    absence = _seen(request, public_id)
    try:
        rows = absences.outlook_of(absence).rows if absence.status == CoachAbsence.Status.WAITING else ()
        absences.rearrange(absence, by=request.user, choices=_choices(request.POST, rows))
    except (Conflict, Refused) as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, _("Changed. The minutes in which you can undo it begin anew."))
    return redirect("absence-detail", public_id)


@require_POST
def absence_return(request, public_id):
    """Back sooner."""
    absence = _seen(request, public_id)
    form = ReturnForm(posted(request))
    if form.is_valid():
        try:
            _absence, number = absences.come_back(absence, by=request.user, **form.cleaned_data)
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            again = ngettext("%(number)s slot is offered again.", "%(number)s slots are offered again.", number)
            messages.success(request, _("Kept.") + " " + again % {"number": number} if number else _("Kept."))
            return redirect("absence-detail", public_id)
    return _page(request, absence, form, status=422)


def _page(request, absence, return_form=None, status=200):
    now, change = timezone.now(), absence.change
    is_waiting = absence.status == CoachAbsence.Status.WAITING
    items = list(change.items.select_related("slot", "target__coach", "booking__candidate")) if change else []
    booked = [item for item in items if item.booking]
    rows = _rows_of(absence) if is_waiting and booked else ()
    choices = {row.booking.pk: row for row in rows}
    for item in booked:
        item.places = _places(choices[item.booking.pk], item.target) if item.booking.pk in choices else None
    _add_answers(booked)
    context = {
        "absence": absence,
        "change": change,
        "booked": booked,
        "left": sum(item.outcome == ChangeItem.Outcome.LEFT for item in items),
        "free": len(items) - len(booked),
        "is_waiting": is_waiting,
        "is_over": absence.ends_at <= now,
        "can_end": bool(change) and can_end_change(request.user, change),
        "can_rearrange": bool(choices),
        "can_return": absence.status == CoachAbsence.Status.STANDING and absence.ends_at > now,
        "return_form": return_form or ReturnForm(),
        "nav_active": "slots",
    }
    return render(request, "coaching/absence_detail.html", context, status=status)


def _add_answers(items):
    """What became of each place that was offered."""
    targets = {item.target_id for item in items if item.target_id}
    offered = Booking.objects.filter(slot__in=targets, by_house=True).order_by("pk")
    by_place = {(booking.slot_id, booking.candidate_id): booking for booking in offered}
    for item in items:
        item.offer = by_place.get((item.target_id, item.booking.candidate_id))


def _rows_of(absence):
    """What else there is for each; nothing once the absence no longer makes sense (its end has come, its account is closed)."""
    try:
        return absences.outlook_of(absence).rows
    except Refused:
        return ()


def _choices(data, rows):
    """What was chosen for each person on the page; whoever was not on it yet makes it a conflict."""
    places = {f"place-{row.booking.public_id}": row.booking for row in rows}
    if not places.keys() <= data.keys():
        raise Conflict(_("Somebody has booked in the meantime. Please look once more."))
    wanted = {uuid_or_none(data[name]) for name in places}
    slots = {slot.public_id: slot for slot in MockSlot.objects.filter(public_id__in=wanted).select_related("coach")}
    return {booking: slots.get(uuid_or_none(data[name])) for name, booking in places.items()}


def _places(row, chosen):
    """What one person can be offered: the chosen place, why it is a good one, and [(why in words, [slot, …]), …]."""
    groups = {}
    for choice in row.choices:
        groups.setdefault(choice.why, []).append(choice.slot)
    if chosen is not None and all(chosen not in slots for slots in groups.values()):
        groups.setdefault(Why.OTHER, []).append(chosen)
    why = next((why for why, slots in groups.items() if chosen in slots), None)
    return {
        "chosen": chosen,
        "why": WORDS[why] if why else "",
        "groups": [(WORDS[why], groups[why]) for why in Why if why in groups],
    }


def _this_hour(user):
    return when.to_wall(timezone.now(), user.zone).replace(minute=0, second=0, microsecond=0)


def _check_staff(user):
    if not (user.is_admin or user.is_coach):
        raise Http404


def _seen(request, public_id):
    rows = CoachAbsence.objects.visible_to(request.user).select_related("coach", "by", "change__by")
    return get_object_or_404(rows, public_id=public_id)
