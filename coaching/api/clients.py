"""A coach's clients, and the time of one of them as she may see it."""

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from accounts.models import Engagement, User
from coaching import timeline
from interviews import services as facts


class ClientSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="get_full_name", read_only=True)

    class Meta:
        model = User
        fields = ["public_id", "name", "zone"]
        read_only_fields = fields


class MomentSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=["interview", "decision", "note", "review", "session", "comment"])
    at = serializers.DateTimeField()
    title = serializers.CharField()
    text = serializers.CharField(help_text="Somebody's own words; may be empty.")
    status = serializers.CharField(help_text="The state, action or circle, by the name the API gives it elsewhere.")
    interview = serializers.UUIDField(source="about", allow_null=True)
    url = serializers.CharField(help_text="The page it stands on; may be empty.")


class TimelineSerializer(serializers.Serializer):
    moments = MomentSerializer(many=True)
    before = serializers.CharField(help_text="The cursor to what was before; empty where nothing was.")


@extend_schema_view(
    list=extend_schema(summary="Whose coach one is now"),
    timeline=extend_schema(
        parameters=[OpenApiParameter("before", OpenApiTypes.STR)],
        responses=TimelineSerializer,
        summary="What has been, the latest first, as far as it is shared",
    ),
)
class ClientViewSet(ReadRecords):
    """People a coach works with now; nobody has others."""

    queryset = User.objects.none()
    serializer_class = ClientSerializer

    def get_queryset(self):
        user = self.request.user
        return User.objects.filter(pk__in=Engagement.objects.clients_of(user)) if user.is_coach else User.objects.none()

    def retrieve(self, request, *args, **kwargs):
        return Response(self.get_serializer(self.get_object()).data)

    @action(detail=True, pagination_class=None)
    def timeline(self, request, public_id):
        client = self.get_object()
        cursor = request.query_params.get("before", "")
        stretch = timeline.of_client(client, reader=request.user, now=timezone.now(), cursor=cursor)
        facts.record_reads_of({moment.about for moment in stretch.moments if moment.about}, by=request.user)
        body = {"moments": stretch.moments, "before": stretch.cursor}
        return Response(TimelineSerializer(body).data)
