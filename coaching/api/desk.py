"""The drop-in desk: what waits for any coach, and taking one."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.records import Conflict
from coaching.api.reviews import ReviewSerializer
from coaching.models import Review
from coaching.permissions import can_take_from_desk
from coaching.services import desk


class WaitingSerializer(serializers.ModelSerializer):
    """Whose it is, nobody sees before taking it."""

    decisions = serializers.IntegerField(read_only=True, help_text="How many decisions there are to look at.")
    with_note = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = ["public_id", "answer_by", "created_at", "decisions", "with_note"]
        read_only_fields = fields

    def get_with_note(self, review) -> bool:
        return review.note_id is not None


@extend_schema_view(
    list=extend_schema(summary="What waits for any coach, without a name"),
    take=extend_schema(
        request=None, responses=ReviewSerializer, summary="Take it: the interview is open until it is answered"
    ),
    put_back=extend_schema(request=None, responses={204: None}, summary="Not for her after all: it waits for another"),
)
class DeskViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    """For coaches, where the installation has a desk; otherwise there is none."""

    queryset = Review.objects.none()
    serializer_class = WaitingSerializer
    filterset_fields = None
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not settings.AFTERWORD_DROP_IN_DESK:
            raise Http404
        if not can_take_from_desk(request.user):
            raise PermissionDenied

    def get_queryset(self):
        return Review.objects.waiting_at_desk(timezone.now()).annotate(decisions=Count("items"))

    @action(detail=True, methods=["post"])
    def take(self, request, public_id):
        review = desk.take(get_object_or_404(Review, public_id=public_id, on_desk=True), by=request.user)
        return Response(ReviewSerializer(review, context=self.get_serializer_context()).data)

    @action(detail=True, methods=["post"], url_path="put-back", url_name="put-back")
    def put_back(self, request, public_id):
        review = get_object_or_404(Review.objects.visible_to(request.user), public_id=public_id, coach=request.user)
        if not desk.put_back(review, by=request.user):
            raise Conflict(_("This does not wait at the desk any more."))
        return Response(status=204)
