"""The front door, and what Afterword advises."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from accounts import guides
from accounts.models import User
from accounts.sign_in import enter

DEMO_USERS = {role: f"{role}@demo.example" for role in ("candidate", "coach", "admin")}


@login_not_required
def home(request):
    """The landing page; whoever is signed in goes on to Today."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "accounts/home.html")


@login_not_required
def help_page(request):
    """What Afterword advises and why, who reads what, and its limits; other pages link to the anchors."""
    return render(request, "accounts/help.html", {"guides": guides.GUIDES})


@login_not_required
@require_safe
def help_guide(request, name):
    """The guide of a role, from the file of that name in docs/, or in the folder there of the reader's language."""
    if name not in guides.GUIDES:
        raise Http404
    guide = guides.guide(name, get_language())
    return render(request, "accounts/help_guide.html", {"guide": guide, "guides": guides.GUIDES})


@login_not_required
@require_POST
def demo_enter(request, role):
    """The demo's "enter as …" buttons: three known people and nobody else."""
    if not settings.AFTERWORD_DEMO or role not in DEMO_USERS:
        raise Http404
    user = get_object_or_404(User, email=DEMO_USERS[role])
    enter(request, user)
    return redirect("today")
