"""Slots: everybody reads what is theirs to see; admins make, move and withdraw."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.settings import api_settings

from accounts.endpoints import ReadRecords
from accounts.fields import validate_zone
from coaching.api.fields import OnePerson, PersonSerializer, read
from coaching.models import MockSlot
from coaching.permissions import can_manage_slots
from coaching.services import slots
from followups.api.fields import WallTime
from interviews.models import Interview


class ByStart(api_settings.DEFAULT_PAGINATION_CLASS):
    ordering = ("starts_at", "id")


class SlotSerializer(serializers.ModelSerializer):
    coach = PersonSerializer(read_only=True)
    starts_wall = WallTime(read_only=True)

    class Meta:
        model = MockSlot
        fields = [
            "public_id",
            "coach",
            "status",
            "zone",
            "starts_wall",
            "minutes",
            "buffer_minutes",
            "starts_at",
            "ends_at",
            "place",
            "link",
        ]
        read_only_fields = fields


class SlotEditSerializer(serializers.ModelSerializer):
    starts_wall = WallTime()
    zone = serializers.CharField(max_length=64, validators=[validate_zone])
    move_booked = serializers.BooleanField(
        default=False, help_text="A booked slot changes its time only with this: the person is asked again."
    )

    class Meta:
        model = MockSlot
        fields = ["zone", "starts_wall", "minutes", "buffer_minutes", "place", "link", "move_booked"]


class SlotNewSerializer(serializers.ModelSerializer):
    coach = OnePerson(role="coach")
    starts_wall = WallTime()
    zone = serializers.CharField(max_length=64, validators=[validate_zone])

    class Meta:
        model = MockSlot
        fields = ["coach", "zone", "starts_wall", "minutes", "buffer_minutes", "place", "link"]


class WithdrawSerializer(serializers.Serializer):
    reason = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="Needed for a booked slot; its candidate reads it."
    )


class SlotFilter(django_filters.FilterSet):
    coach = django_filters.UUIDFilter(field_name="coach__public_id")
    starts_after = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="gte")
    starts_before = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="lt")
    before_interview = django_filters.UUIDFilter(
        method="before_hers", label="Over before this planned interview of yours begins"
    )
    free = django_filters.BooleanFilter(method="only_free", label="Bookable now")

    class Meta:
        model = MockSlot
        fields = ["status"]

    def only_free(self, rows, name, value):
        """Bookable now; for a candidate only where she has no other session."""
        if not value:
            return rows
        user, now = self.request.user, timezone.now()
        return rows.free_for(user, now) if user.is_candidate else rows.free(now)

    def before_hers(self, rows, name, value):
        interview = Interview.objects.filter(candidate=self.request.user, public_id=value).first()
        return rows.filter(ends_at__lte=interview.begins_at) if interview else rows.none()


@extend_schema_view(
    create=extend_schema(
        request=SlotNewSerializer, responses={201: SlotSerializer}, summary="Offer a session (admins)"
    ),
    partial_update=extend_schema(request=SlotEditSerializer, summary="Change time, length, place or link (admins)"),
    withdraw=extend_schema(request=WithdrawSerializer, summary="Take an offer back (admins)"),
)
class SlotViewSet(ReadRecords):
    """A candidate sees the open ones, a coach her own, an admin all. Who booked one stands under bookings."""

    queryset = MockSlot.objects.none()
    serializer_class = SlotSerializer
    filterset_class = SlotFilter
    pagination_class = ByStart

    def get_queryset(self):
        return super().get_queryset().select_related("coach")

    def create(self, request):
        self._check_admin()
        slot = slots.create_slot(by=request.user, **read(SlotNewSerializer, self))
        return self.answer(slot, status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        slot = self.get_object()
        self._check_admin()
        serializer = SlotEditSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        return self.answer(slots.edit_slot(slot, by=request.user, **serializer.validated_data))

    @action(detail=True, methods=["post"])
    def withdraw(self, request, public_id):
        slot = self.get_object()
        self._check_admin()
        return self.answer(slots.withdraw_slot(slot, by=request.user, **read(WithdrawSerializer, self)))

    def _check_admin(self):
        if not can_manage_slots(self.request.user):
            raise PermissionDenied
