"""Everybody here, for admins."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, serializers, viewsets
from rest_framework.response import Response

from accounts import services
from accounts.describing import extend_schema
from accounts.models import User
from accounts.permissions import can_manage_people, can_set_admin
from accounts.sign_in import require_confirmed


class AccountSerializer(serializers.ModelSerializer):
    leaves_at = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="When it will be deleted, where its owner has asked for that."
    )
    has_second_step = serializers.BooleanField(read_only=True)
    step_goes_at = serializers.DateTimeField(
        read_only=True,
        allow_null=True,
        help_text="When the second step is taken away, where an admin has asked for that.",
    )

    class Meta:
        model = User
        fields = [
            "public_id",
            "email",
            "name",
            "is_candidate",
            "is_coach",
            "is_admin",
            "is_active",
            "zone",
            "cohort",
            "joined_at",
            "leaves_at",
            "has_second_step",
            "step_goes_at",
        ]


class PeopleView(generics.ListAPIView):
    """Everybody with an account, the latest first; nothing of what they wrote. Admins only."""

    queryset = User.objects.none()
    serializer_class = AccountSerializer

    def get_queryset(self):
        if not can_manage_people(self.request.user):
            raise PermissionDenied
        people = User.objects.for_people().with_second_step()
        return people.in_cohort(self.request.query_params.get("cohort", "").strip())

    @extend_schema(parameters=[OpenApiParameter("cohort", str, description="Only those who came with this one.")])
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)


class PersonAdminSerializer(serializers.Serializer):
    is_admin = serializers.BooleanField()


class PersonAdminView(viewsets.ViewSet):
    """Whether a coach is an admin too. Other admins decide it, with the password confirmed within five minutes before."""

    token_scopes = {"update": None}

    @extend_schema(
        request=PersonAdminSerializer,
        responses=PersonAdminSerializer,
        summary="Let a coach be an admin too, or no more",
    )
    def update(self, request, public_id):
        if not can_manage_people(request.user):
            raise PermissionDenied
        person = get_object_or_404(User, public_id=public_id)
        if not can_set_admin(request.user, person):
            raise PermissionDenied
        require_confirmed(request)
        data = PersonAdminSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        person = services.set_admin(person, data.validated_data["is_admin"], by=request.user)
        return Response(PersonAdminSerializer(person).data)
