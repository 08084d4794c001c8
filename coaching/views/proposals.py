"""What coaches propose: one list, and one answer for many."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.records import Conflict, Refused
from coaching.forms import refuse
from coaching.forms.slot import ProposalForm
from coaching.permissions import can_accept_slots, can_offer_slots
from coaching.services import proposed
from coaching.views.series import in_words


def slot_proposals(request, form=None, status=200):
    """Admins see what waits for them; a coach what she has proposed and nobody has answered yet."""
    if not can_offer_slots(request.user):
        raise PermissionDenied
    offers = proposed.offers(request.user, timezone.now())
    for offer in offers:
        offer.series = [(one, in_words(one)) for one in offer.series]
    context = {
        "offers": offers,
        "form": form or ProposalForm(user=request.user),
        "can_accept": can_accept_slots(request.user),
        "nav_active": "slots",
    }
    return render(request, "coaching/slot_proposals.html", context, status=status)


@require_POST
def slot_answer(request):
    """Accept or decline what was ticked."""
    if not can_accept_slots(request.user):
        raise PermissionDenied
    form = ProposalForm(request.POST, user=request.user)
    if not form.is_valid():
        return slot_proposals(request, form, status=422)
    data = form.cleaned_data
    picked = {"slots": data["slots"], "series": data["series"], "by": request.user}
    try:
        if data["answer"] == "accept":
            number = proposed.accept(**picked)
            words = ngettext("%(number)s slot can be booked now.", "%(number)s slots can be booked now.", number)
        else:
            number = proposed.decline(word=data["word"], **picked)
            words = ngettext("%(number)s slot declined.", "%(number)s slots declined.", number)
    except (Refused, Conflict) as problem:
        refuse(form, problem)
        return slot_proposals(request, form, status=422)
    messages.success(request, words % {"number": number} if number else _("They were answered meanwhile."))
    return redirect("slot-proposals")
