"""Goals, written and reached on the page of the two, and on the coach's page of the client."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import Engagement
from coaching.models import Goal
from coaching.permissions import can_write_goal
from coaching.services import goals


@require_POST
def goal_new(request, public_id):
    engagement = get_object_or_404(Engagement.objects.visible_to(request.user), public_id=public_id)
    if not can_write_goal(request.user, engagement):
        raise PermissionDenied
    goals.add_goal(engagement, by=request.user, text=request.POST.get("text", ""))
    return redirect(_place(request.user, engagement))


@require_POST
def goal_edit(request, public_id):
    """Other words (`text`), or `reached` as yes or no."""
    goal = _seen(request, public_id)
    if not can_write_goal(request.user, goal.engagement):
        raise PermissionDenied
    reached = {"yes": True, "no": False}.get(request.POST.get("reached"))
    goals.edit_goal(goal, by=request.user, text=request.POST.get("text"), is_reached=reached)
    return redirect(_place(request.user, goal.engagement))


@require_POST
def goal_remove(request, public_id):
    goal = _seen(request, public_id)
    goals.remove_goal(goal, by=request.user)
    return redirect(_place(request.user, goal.engagement))


def _seen(request, public_id):
    rows = Goal.objects.visible_to(request.user).select_related("engagement__candidate")
    return get_object_or_404(rows, public_id=public_id)


def _place(user, engagement):
    if user.pk == engagement.coach_id:
        return reverse("client-detail", args=[engagement.candidate.public_id]) + "#goals"
    return reverse("engagement-detail", args=[engagement.public_id]) + "#goals"
