"""Decisions: read all of a mistake, say a word on the one that stands."""

import django_filters
from django.core.exceptions import PermissionDenied
from rest_framework import serializers
from rest_framework.decorators import action

from accounts.describing import extend_schema
from accounts.models import User
from accounts.written import Written
from followups.api.reading import WatchedRecords
from followups.models import TriageDecision
from followups.permissions import can_decide_mistake
from followups.services import decisions


class ReasonSerializer(serializers.Serializer):
    code = serializers.CharField()
    text = serializers.CharField()
    stance = serializers.ChoiceField(choices=["for", "against", "rule"])
    strength = serializers.ChoiceField(choices=["strong", "medium", "disputed"])


class DecisionSerializer(serializers.ModelSerializer):
    mistake = serializers.UUIDField(source="mistake.public_id", read_only=True)
    reasons = ReasonSerializer(many=True, read_only=True)

    class Meta:
        model = TriageDecision
        fields = [
            "public_id",
            "mistake",
            "action",
            "also",
            "reasons",
            "rule",
            "needs_coach",
            "provisional",
            "act_within_hours",
            "policy_version",
            "made",
            "message",
            "is_current",
            "accepted_at",
            "disputed_at",
            "created_at",
        ]
        read_only_fields = fields


class AcceptSerializer(serializers.Serializer):
    take_lesson = serializers.BooleanField(
        default=False, help_text="Take it up for practice; otherwise it is left behind."
    )


class DecisionFilter(django_filters.FilterSet):
    mistake = django_filters.UUIDFilter(field_name="mistake__public_id")
    is_current = django_filters.BooleanFilter()


def _first(is_coach, number, *, user, now):
    seen = TriageDecision.objects.visible_to(User(pk=user, is_coach=is_coach), now)
    columns = [*DecisionSerializer.Meta.fields, "mistake__public_id", "mistake__interview__public_id"]
    rows = seen.select_related("mistake__interview").only(*columns, "mistake__interview__candidate")
    return rows.order_by("-id")[:number]


class DecisionViewSet(WatchedRecords):
    """Append-only: a decision is never changed, a new one takes its place."""

    first_page = Written(_first)

    queryset = TriageDecision.objects.none()
    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter

    def get_queryset(self):
        return super().get_queryset().select_related("mistake__interview__candidate")

    def interview_of(self, decision):
        return decision.mistake.interview

    @extend_schema(request=AcceptSerializer, summary="Done with it")
    @action(detail=True, methods=["post"])
    def accept(self, request, public_id):
        decision = self._mine()
        data = AcceptSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return self.answer(decisions.accept(decision, by=request.user, **data.validated_data))

    @extend_schema(request=None, summary="Not so sure")
    @action(detail=True, methods=["post"])
    def dispute(self, request, public_id):
        return self.answer(decisions.dispute(self._mine(), by=request.user))

    def _mine(self):
        decision = self.get_object()
        if not can_decide_mistake(self.request.user, decision.mistake):
            raise PermissionDenied
        return decision
