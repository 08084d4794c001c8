"""Where one is signed in."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import services


@require_safe
def session_list(request):
    """Each browser in which she is signed in."""
    context = {"sessions": services.sessions_of(request.user), "nav_active": "settings"}
    return render(request, "accounts/session_list.html", context)


@require_POST
@reauthentication_required
def session_end_others(request):
    services.end_sessions(request.user, but=request.session.session_key)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("session-list")


@require_POST
@reauthentication_required
def session_end(request, pk):
    get_object_or_404(UserSession.objects.filter(user=request.user), pk=pk).end()
    messages.success(request, _("That browser is signed out."))
    return redirect("session-list")
