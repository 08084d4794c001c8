"""A coach's clients: who they are, what each of them shares, and what the two have together."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.models import Engagement, User
from coaching import margin, timeline
from coaching.forms.engagement import CapacityForm
from coaching.models import Booking, MockSlot, Review
from coaching.views import comments
from coaching.views.engagements import goal_readers
from coaching.views.slots import by_day
from interviews import services as facts

SESSIONS = 6


def client_list(request):
    """Her clients; those who wait for an answer first."""
    if not request.user.is_coach:
        raise PermissionDenied
    waiting = Q(reviews_asked__coach=request.user, reviews_asked__status=Review.Status.OPEN)
    clients = (
        User.objects.filter(pk__in=Engagement.objects.clients_of(request.user))
        .annotate(
            waiting=Count("reviews_asked", filter=waiting, distinct=True),
            answer_by=Min("reviews_asked__answer_by", filter=waiting),
        )
        .order_by("answer_by", "name", "id")
    )
    context = {
        "clients": clients[:200],
        "capacity_form": CapacityForm(initial={"capacity": request.user.capacity}),
        "nav_active": "clients",
    }
    return render(request, "coaching/client_list.html", context)


def client_detail(request, public_id):
    """One client: what waits, what has been, what they work towards together, and free times to offer."""
    engagement = engagement_with(request, public_id)
    client, coach, now = engagement.candidate, request.user, timezone.now()
    stretch = timeline.of_client(client, reader=coach, now=now, cursor=request.GET.get("before", ""))
    facts.record_reads_of({moment.about for moment in stretch.moments if moment.about}, by=coach)
    beside = margin.of_client(engagement, reader=coach)
    ahead = Booking.objects.filter(
        candidate=client, coach=coach, status=Booking.Status.BOOKED, ends_at__gt=now
    ).select_related("slot", "coach", "candidate")
    context = {
        "client": client,
        "engagement": engagement,
        "reviews": beside.reviews,
        "stretch": stretch,
        "lessons": beside.lessons,
        "bookings": ahead.order_by("starts_at", "id")[:SESSIONS],
        "days": by_day(MockSlot.objects.free(now).filter(coach=coach).for_list()[:12], coach.zone),
        "goals": beside.goals,
        "can_write": True,
        "readers": goal_readers(coach, engagement),
        "nav_active": "clients",
        "now": now,
        **comments.about_client(coach, client),
        "replies": beside.replies,
    }
    return render(request, "coaching/client_detail.html", context)


def engagement_with(request, public_id):
    """The engagement with a client she has now; for everybody else there is no such page."""
    if not request.user.is_coach:
        raise Http404
    rows = Engagement.objects.active().filter(coach=request.user).select_related("candidate", "coach")
    return get_object_or_404(rows, candidate__public_id=public_id)
