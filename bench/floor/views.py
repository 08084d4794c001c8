"""What Django and its REST framework need for the same rows with nothing around them."""

import json

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import JsonResponse
from django.views.decorators.http import require_POST
from django.views.generic import ListView
from rest_framework import authentication, generics, pagination, permissions, serializers

from coaching.models import Booking, MockSlot, Review
from followups.api.decisions import DecisionSerializer
from followups.api.interviews import InterviewSerializer
from followups.models import TriageDecision
from interviews.models import Interview

ROWS = 25


class Interviews(LoginRequiredMixin, ListView):
    template_name = "bench/interviews.html"

    def get_queryset(self):
        mine = Interview.objects.filter(candidate=self.request.user).select_related("candidate")
        return mine.order_by("-ends_at", "-id")[:ROWS]


class Reviews(LoginRequiredMixin, ListView):
    template_name = "bench/reviews.html"

    def get_queryset(self):
        mine = Review.objects.filter(coach=self.request.user, status="open").select_related("candidate", "interview")
        return mine.order_by("answer_by", "id")[:ROWS]


class Cursor(pagination.CursorPagination):
    page_size = ROWS
    ordering = "-id"


def readable(serializer):
    """The columns that ours shows."""
    columns = {column.name for column in serializer.Meta.model._meta.concrete_fields}
    return [name for name in serializer.Meta.fields if name in columns]


class PlainInterview(serializers.ModelSerializer):
    class Meta:
        model = Interview
        fields = readable(InterviewSerializer)


class PlainDecision(serializers.ModelSerializer):
    class Meta:
        model = TriageDecision
        fields = readable(DecisionSerializer)


class Api(generics.ListAPIView):
    authentication_classes = [authentication.SessionAuthentication]
    permission_classes = [permissions.IsAuthenticated]
    pagination_class = Cursor
    filter_backends = []
    throttle_classes = []


class InterviewApi(Api):
    serializer_class = PlainInterview

    def get_queryset(self):
        return Interview.objects.filter(candidate=self.request.user)


class DecisionApi(Api):
    serializer_class = PlainDecision

    def get_queryset(self):
        return TriageDecision.objects.filter(mistake__interview__candidate=self.request.user)


@login_required
@require_POST
def book(request):
    """Reads the slot and writes the row: whoever comes second gets the constraint's error, and nobody is told anything."""
    slot = MockSlot.objects.get(public_id=json.loads(request.body)["slot"])
    booking = Booking.objects.create(
        slot=slot,
        candidate=request.user,
        coach_id=slot.coach_id,
        booked_by=request.user,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
    )
    return JsonResponse({"public_id": booking.public_id, "status": booking.status}, status=201)
