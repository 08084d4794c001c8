"""Changes of the calendar: what waits, and taking it back or sending it now."""

from django.core.exceptions import PermissionDenied
from rest_framework import serializers
from rest_framework.decorators import action

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from coaching.api.fields import PersonSerializer
from coaching.models import CalendarChange, ChangeItem
from coaching.permissions import can_end_change
from coaching.services import changes


class ChangeItemSerializer(serializers.ModelSerializer):
    slot = serializers.UUIDField(source="slot.public_id", read_only=True)
    booking = serializers.UUIDField(source="booking.public_id", read_only=True, default=None, allow_null=True)
    candidate = PersonSerializer(source="booking.candidate", read_only=True, default=None, allow_null=True)
    target = serializers.UUIDField(
        source="target.public_id",
        read_only=True,
        default=None,
        allow_null=True,
        help_text="The slot that is offered instead.",
    )

    class Meta:
        model = ChangeItem
        fields = ["slot", "starts_at", "ends_at", "act", "booking", "candidate", "target", "outcome", "why"]
        read_only_fields = fields


class CalendarChangeSerializer(serializers.ModelSerializer):
    coach = PersonSerializer(read_only=True)
    by = PersonSerializer(read_only=True)
    items = ChangeItemSerializer(many=True, read_only=True)

    class Meta:
        model = CalendarChange
        fields = [
            "public_id",
            "kind",
            "status",
            "coach",
            "by",
            "reason",
            "leaves_at",
            "items",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


@extend_schema_view(
    undo=extend_schema(request=None, summary="Let everything be as it was, before anybody hears of it"),
    send=extend_schema(request=None, summary="Do not wait any longer"),
)
class ChangeViewSet(ReadRecords):
    """Admins see all, a coach those of her calendar. While one waits, its slots are kept and nobody has been told."""

    queryset = CalendarChange.objects.none()
    serializer_class = CalendarChangeSerializer
    filterset_fields = ["status", "kind"]

    def get_queryset(self):
        items = "items__slot", "items__target", "items__booking__candidate"
        return super().get_queryset().select_related("coach", "by").prefetch_related(*items)

    @action(detail=True, methods=["post"])
    def undo(self, request, public_id):
        changes.undo(self._allowed(), by=request.user)
        return self.answer(self.get_object())

    @action(detail=True, methods=["post"])
    def send(self, request, public_id):
        changes.send_now(self._allowed(), by=request.user)
        return self.answer(self.get_object())

    def _allowed(self):
        change = self.get_object()
        # One that has ended answers 409 to whoever might have ended it.
        if not (
            self.request.user.is_admin or change.by == self.request.user or can_end_change(self.request.user, change)
        ):
            raise PermissionDenied
        return change
