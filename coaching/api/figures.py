"""How reviews go, by API: the same figures as on the page, with the same silence."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from accounts.describing import extend_schema
from coaching import figures
from coaching.api.fields import PersonSerializer
from coaching.permissions import can_see_figures


class AnswerFiguresSerializer(serializers.Serializer):
    coach = PersonSerializer(allow_null=True, help_text="null: all together.")
    n = serializers.SerializerMethodField(help_text="Reviews; null for an admin where they are fewer than five.")
    in_time_percent = serializers.IntegerField(
        source="in_time_share", allow_null=True, help_text="null: too few to say."
    )
    without_percent = serializers.IntegerField(source="without_share", allow_null=True)
    changed_percent = serializers.IntegerField(source="changed_share", allow_null=True)
    median_answer_seconds = serializers.SerializerMethodField()

    def get_n(self, one) -> int | None:
        return None if one.is_few and not self.context.get("own") else one.n

    def get_median_answer_seconds(self, one) -> float | None:
        return one.median_answer.total_seconds() if one.median_answer else None


class ReviewFiguresSerializer(serializers.Serializer):
    own = AnswerFiguresSerializer(allow_null=True)
    all = AnswerFiguresSerializer(
        allow_null=True, help_text="For admins, like the following: coaches of fewer than five reviews are not in it."
    )
    coaches = AnswerFiguresSerializer(many=True)


class ReviewFiguresView(viewsets.ViewSet):
    """A coach's own; for admins all together and of each. Numbers only."""

    @extend_schema(responses=ReviewFiguresSerializer, summary="How reviews went in the last three months")
    def retrieve(self, request):
        user, now = request.user, timezone.now()
        if not can_see_figures(user):
            raise PermissionDenied
        own = (
            AnswerFiguresSerializer(figures.of_coach(user, now), context={"own": True}).data if user.is_coach else None
        )
        rows = figures.by_coach(now) if user.is_admin else []
        together = AnswerFiguresSerializer(figures.of_all(now, rows)).data if user.is_admin else None
        coaches = AnswerFiguresSerializer(rows, many=True).data
        return Response({"own": own, "all": together, "coaches": coaches})
