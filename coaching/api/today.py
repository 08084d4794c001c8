"""Today by API: the same groups as on the page."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from accounts.describing import extend_schema
from coaching import today


class LineSerializer(serializers.Serializer):
    title = serializers.CharField()
    text = serializers.CharField()
    label = serializers.CharField(help_text="The one next step; empty for what happens by itself or is coming up.")
    url = serializers.CharField(help_text="The page of that step.")
    at = serializers.DateTimeField(
        allow_null=True, help_text="Its deadline, or the moment at which it happens; null: whenever she likes."
    )
    zone = serializers.CharField(help_text="Of the place it is about; may be empty.")
    needs_her = serializers.BooleanField()


class TodaySerializer(serializers.Serializer):
    now = LineSerializer(many=True, help_text="At most one: the step with the nearest deadline.")
    today = LineSerializer(
        many=True, help_text="Other steps whose deadline comes before her day ends, at four in the morning."
    )
    later = LineSerializer(many=True, help_text="Everything else, by its time.")
    nothing_else = serializers.BooleanField(help_text="False only if there is more than fits here.")


class TodayView(viewsets.ViewSet):
    """Of the candidate who asks."""

    @extend_schema(responses=TodaySerializer, summary="What is due, each with one next step, and that nothing else is")
    def retrieve(self, request):
        if not request.user.is_candidate:
            raise PermissionDenied
        mine = today.of_candidate(request.user, timezone.now())
        groups = {name: getattr(mine.day, name) for name in ("now", "today", "later")}
        return Response(TodaySerializer({**groups, "nothing_else": not mine.is_cut}).data)
