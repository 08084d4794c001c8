"""Leaving, and staying after all."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services


def account_delete(request):
    """What deleting one's account means, and afterwards when it will be and the one button that undoes it."""
    erasure = services.erasure_of(request.user)
    if erasure is not None:
        return render(request, "accounts/account_leaving.html", {"erasure": erasure})
    if request.method == "POST":
        return _account_delete(request)
    context = {"days": settings.AFTERWORD_ERASE_AFTER_DAYS, "nav_active": "settings"}
    return render(request, "accounts/account_delete.html", context)


@reauthentication_required
def _account_delete(request):
    """The password first."""
    services.ask_erasure(request.user, keep_session=request.session.session_key)
    return redirect("account-delete")


@require_POST
def account_keep(request):
    services.undo_erasure(request.user)
    messages.success(request, _("You keep your account. What was called off meanwhile has to be booked or sent anew."))
    return redirect("today")
