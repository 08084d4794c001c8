"""Addresses of people without an account: which are forgotten when, and keeping them a while longer."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followups.permissions import can_keep_referees
from followups.services import addresses


def address_list(request):
    """What goes soon, and how long the others stay."""
    if not can_keep_referees(request.user):
        raise PermissionDenied
    context = {
        "announced": addresses.announced_to(request.user, timezone.now()),
        "days": settings.AFTERWORD_FORGET_ADDRESSES_DAYS,
        "nav_active": "referees",
    }
    return render(request, "followups/address_list.html", context)


@require_POST
def address_keep(request):
    """Keep them for as long again."""
    if not can_keep_referees(request.user):
        raise PermissionDenied
    addresses.keep(request.user, by=request.user)
    messages.success(request, _("They are kept. You will be told again before they go."))
    return redirect("address-list")
