"""A coach's clients: who they are, and what each of them shares."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.models import Engagement, User
from coaching.models import Booking, MockSlot, Review
from coaching.views.slots import by_day
from followups import steps
from followups.models import Lesson
from interviews import services as facts
from interviews.models import Interview

SHOWN = 25


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
    return render(request, "coaching/client_list.html", {"clients": clients[:200], "nav_active": "clients"})


def client_detail(request, public_id):
    """One client: what is shared, what is to be practised, the sessions, and free times to offer."""
    if not request.user.is_coach:
        raise Http404
    client = get_object_or_404(User, public_id=public_id, pk__in=Engagement.objects.clients_of(request.user))
    now = timezone.now()
    shared = Interview.objects.visible_to(request.user).filter(candidate=client)
    interviews = list(steps.with_steps(shared.for_list())[:SHOWN])
    facts.record_reads(interviews, by=request.user)
    context = {
        "client": client,
        "interviews": interviews,
        "reviews": Review.objects.visible_to(request.user).filter(candidate=client, coach=request.user).for_queue(),
        "lessons": Lesson.objects.to_work_on(request.user).filter(candidate=client)[:SHOWN],
        "bookings": Booking.objects.filter(candidate=client, coach=request.user).shown().for_list()[:SHOWN],
        "days": by_day(MockSlot.objects.free(now).filter(coach=request.user).for_list()[:12], request.user.zone),
        "nav_active": "clients",
        "now": now,
    }
    return render(request, "coaching/client_detail.html", context)
