"""Comments and goals: words between coaches and a candidate, and what she and one of them work towards."""

import django_filters
from django.core.exceptions import PermissionDenied
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from accounts.models import Engagement
from coaching.api.fields import OnePerson, PersonSerializer, read
from coaching.models import Comment, Goal
from coaching.permissions import (
    can_edit_comment,
    can_remove_comment,
    can_write_comment,
    can_write_goal,
)
from coaching.services import comments, goals
from followups.api.fields import OneOf
from followups.models import TriageDecision
from interviews import services as facts
from interviews.models import Interview


class CommentSerializer(serializers.ModelSerializer):
    candidate = PersonSerializer(read_only=True)
    author = PersonSerializer(read_only=True)
    interview = serializers.UUIDField(source="interview.public_id", read_only=True, default=None, allow_null=True)
    decision = serializers.UUIDField(source="decision.public_id", read_only=True, default=None, allow_null=True)

    class Meta:
        model = Comment
        fields = [
            "public_id",
            "candidate",
            "author",
            "interview",
            "decision",
            "visibility",
            "text",
            "edited_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["edited_at", "created_at"]


class WriteSerializer(serializers.Serializer):
    candidate = OnePerson(role="candidate", required=False, help_text="Left out: whom the interview or decision is of.")
    interview = OneOf(queryset=Interview.objects.none(), required=False)
    decision = OneOf(queryset=TriageDecision.objects.none(), required=False)
    visibility = serializers.ChoiceField(
        choices=Comment.Visibility.choices, default="shared", help_text="A candidate's own are always shared."
    )
    text = serializers.CharField(max_length=2000)

    def validate(self, data):
        interview = data["decision"].mistake.interview if data.get("decision") else data.get("interview")
        candidate = data.get("candidate") or (interview and interview.candidate)
        if candidate is None:
            raise serializers.ValidationError({"candidate": ["Say whom or what it is about."]})
        return {**data, "candidate": candidate}


class CommentFilter(django_filters.FilterSet):
    candidate = django_filters.UUIDFilter(field_name="candidate__public_id")
    interview = django_filters.UUIDFilter(field_name="interview__public_id")
    decision = django_filters.UUIDFilter(field_name="decision__public_id")

    class Meta:
        model = Comment
        fields = ["visibility"]


@extend_schema_view(
    create=extend_schema(
        request=WriteSerializer,
        responses={201: CommentSerializer},
        summary="Write about a client, an interview or a decision",
    ),
    destroy=extend_schema(summary="Remove one: its writer, or she whom it is about"),
)
class CommentViewSet(ReadRecords):
    """Hers: what is shared with her. A coach's: those of clients she has now; private ones of others never."""

    queryset = Comment.objects.none()
    serializer_class = CommentSerializer
    filterset_class = CommentFilter

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.select_related("candidate", "author", "interview", "decision")

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        facts.record_reads([row.interview for row in page if row.interview], by=self.request.user)
        return page

    def create(self, request):
        data = read(WriteSerializer, self)
        if not can_write_comment(request.user, data["candidate"]):
            raise PermissionDenied
        return self.answer(comments.write_comment(by=request.user, **data), status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        comment = self.get_object()
        if not can_edit_comment(request.user, comment):
            raise PermissionDenied
        data = self._read(request, comment, partial=True)
        return self.answer(comments.edit_comment(comment, by=request.user, **data))

    def destroy(self, request, public_id):
        comment = self.get_object()
        if not can_remove_comment(request.user, comment):
            raise PermissionDenied
        comments.remove_comment(comment, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class GoalEditSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=200, required=False)
    is_reached = serializers.BooleanField(required=False)


class GoalFilter(django_filters.FilterSet):
    engagement = django_filters.UUIDFilter(field_name="engagement__public_id")

    class Meta:
        model = Goal
        fields = []


class GoalSerializer(serializers.ModelSerializer):
    engagement = serializers.UUIDField(source="engagement.public_id", read_only=True)

    class Meta:
        model = Goal
        fields = ["public_id", "engagement", "text", "reached_at", "created_at", "updated_at"]
        read_only_fields = fields


class GoalWriteSerializer(serializers.Serializer):
    engagement = OneOf(queryset=Engagement.objects.none())
    text = serializers.CharField(max_length=200)


@extend_schema_view(
    create=extend_schema(
        request=GoalWriteSerializer, responses={201: GoalSerializer}, summary="Write down what the two work towards"
    ),
    partial_update=extend_schema(request=GoalEditSerializer, responses=GoalSerializer),
)
class GoalViewSet(ReadRecords):
    """The candidate's, and her coach's while they work together; nobody else's."""

    queryset = Goal.objects.none()
    serializer_class = GoalSerializer
    filterset_class = GoalFilter

    def get_queryset(self):
        return super().get_queryset().select_related("engagement")

    def create(self, request):
        data = read(GoalWriteSerializer, self)
        engagement = data.pop("engagement")
        if not can_write_goal(request.user, engagement):
            raise PermissionDenied
        return self.answer(goals.add_goal(engagement, by=request.user, **data), status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        goal = self.get_object()
        if not can_write_goal(request.user, goal.engagement):
            raise PermissionDenied
        return self.answer(goals.edit_goal(goal, by=request.user, **read(GoalEditSerializer, self)))

    def destroy(self, request, public_id):
        goal = self.get_object()
        goals.remove_goal(goal, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
