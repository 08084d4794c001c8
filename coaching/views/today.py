"""Today: the first page of every role."""

from django.shortcuts import render
from django.utils import timezone

from coaching import news
from coaching import today as gather
from followups.forms.invitation import QuickLineForm
from followups.views.one_thing import kept_context


def today(request):
    """What needs this person, in the order of its deadlines; a coach who is an admin too sees both halves."""
    user, now = request.user, timezone.now()
    context = {"nav_active": "today", "now": now}
    if user.is_candidate:
        mine = gather.of_candidate(user, now)
        context |= {"mine": mine, "day": mine.day, "quick": QuickLineForm(), **kept_context(user)}
        context["news"] = news.part("today", now=now)
    if user.is_coach:
        context["coach_home"] = gather.of_coach(user, now)
    if user.is_admin:
        home = gather.of_admin(user, now)
        context["admin_home"] = home
        context["waiting_people"] = gather.few(home.invitations + home.engagements)
    return render(request, "coaching/today.html", context)
