"""Referees; addresses of others and when they are forgotten."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from followups.models import Referee
from followups.permissions import can_keep_referees
from followups.services import addresses, referees


class RefereeSerializer(serializers.ModelSerializer):
    has_agreed = serializers.BooleanField(default=False, help_text="She has asked, and they said yes.")

    class Meta:
        model = Referee
        fields = [
            "public_id",
            "name",
            "relation",
            "email",
            "has_agreed",
            "agreed_at",
            "refused_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["agreed_at", "refused_at"]
        # One row per address: the service says so at the field.
        validators = []


@extend_schema_view(
    create=extend_schema(summary="Add somebody who may speak for her"),
    destroy=extend_schema(summary="Forget somebody for good, with what was written to them"),
)
class RefereeViewSet(ReadRecords):
    """A candidate's own. Nobody else sees them, a coach neither."""

    queryset = Referee.objects.none()
    serializer_class = RefereeSerializer

    def create(self, request):
        if not can_keep_referees(request.user):
            raise PermissionDenied
        data = self._read(request)
        referee = referees.add_referee(candidate=request.user, by=request.user, **data)
        return self.answer(referee, status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        referee = self.get_object()
        data = self._read(request, referee, partial=True)
        return self.answer(referees.edit_referee(referee, by=request.user, **data))

    def destroy(self, request, public_id):
        referees.remove_referee(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AnnouncedSerializer(serializers.Serializer):
    interview = serializers.UUIDField(source="interview.public_id", allow_null=True, default=None)
    referee = serializers.UUIDField(source="referee.public_id", allow_null=True, default=None)
    number = serializers.IntegerField(help_text="How many addresses.")
    forget_at = serializers.DateTimeField()


class KeptSerializer(serializers.Serializer):
    kept = serializers.IntegerField(help_text="Interviews and referees whose addresses stay.")


@extend_schema_view(
    list=extend_schema(
        responses=AnnouncedSerializer(many=True), summary="Which addresses of others are forgotten next"
    ),
    keep=extend_schema(request=None, responses=KeptSerializer, summary="Keep all of these as long again"),
)
class AddressViewSet(viewsets.ViewSet):
    """Addresses of people without an account. A candidate's own only; not paged, since it is two weeks' worth."""

    def list(self, request):
        self._check(request)
        announced = addresses.announced_to(request.user, timezone.now())
        return Response(AnnouncedSerializer(announced, many=True).data)

    @action(detail=False, methods=["post"])
    def keep(self, request):
        self._check(request)
        return Response({"kept": addresses.keep(request.user, by=request.user)})

    def _check(self, request):
        if not can_keep_referees(request.user):
            raise PermissionDenied
