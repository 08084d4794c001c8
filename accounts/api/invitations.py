"""Invitations: the same as on the pages, for admins, and for coaches about clients of their own."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts import services
from accounts.describing import extend_schema
from accounts.endpoints import ReadRecords, etag_of
from accounts.fields import ascii_domain, validate_clean_line, validate_one_address
from accounts.models import Engagement, Invitation, User
from accounts.permissions import can_invite


class InvitationSerializer(serializers.ModelSerializer):
    coach = serializers.UUIDField(source="coach.public_id", default=None, allow_null=True)
    invited_by = serializers.UUIDField(source="invited_by.public_id", default=None, allow_null=True)
    state = serializers.ChoiceField(choices=Invitation.State, read_only=True)

    class Meta:
        model = Invitation
        fields = ["public_id", "email", "name", "role", "coach", "invited_by", "state", "expires_at", "created_at"]


class NewInvitationSerializer(serializers.Serializer):
    email = serializers.CharField(max_length=300)
    name = serializers.CharField(max_length=50, default="", allow_blank=True, validators=[validate_clean_line])
    role = serializers.ChoiceField(
        choices=Invitation.Role, default=Invitation.Role.CANDIDATE, help_text="For admins; a coach invites clients."
    )
    coach = serializers.SlugRelatedField(
        slug_field="public_id",
        queryset=User.objects.coaches(),
        default=None,
        allow_null=True,
        help_text="For admins: who is to be their coach. Whoever is invited is asked.",
    )

    def validate_email(self, value):
        value = ascii_domain(value.strip())
        validate_one_address(value)
        return value


class InvitationMadeSerializer(serializers.Serializer):
    """Somebody who is here already as a candidate is asked at once whether they want to work together."""

    invitation = InvitationSerializer(allow_null=True)
    engagement = serializers.UUIDField(allow_null=True, help_text="In its place, where they have an account.")


class InvitationViewSet(ReadRecords):
    """Admins see all, coaches their own. The link is in the mail and nowhere else."""

    queryset = Invitation.objects.none()
    serializer_class = InvitationSerializer

    def get_queryset(self):
        return super().get_queryset().select_related("coach", "invited_by")

    @extend_schema(
        request=NewInvitationSerializer,
        responses={201: InvitationMadeSerializer},
        summary="Ask somebody in by mail",
        examples=[
            OpenApiExample("A client", {"email": "zawadi@people.example", "name": "Zawadi Kimani"}, request_only=True)
        ],
    )
    def create(self, request):
        self._check(request)
        data = self._valid(NewInvitationSerializer)
        if not request.user.is_admin:
            if data["role"] != Invitation.Role.CANDIDATE or data["coach"] not in (None, request.user):
                raise PermissionDenied(_("A coach invites clients of her own."))
            data["coach"] = request.user
        return self._made(services.invite(by=request.user, **data))

    @extend_schema(
        request=None, responses=InvitationSerializer, summary="Take it back: its link opens nothing any more"
    )
    def cancel(self, request, public_id):
        invitation = self.get_object()
        self._check(request)
        return self.answer(services.cancel_invitation(invitation, by=request.user))

    @extend_schema(request=None, responses={201: InvitationMadeSerializer}, summary="The same again, with another link")
    def again(self, request, public_id):
        former = self.get_object()
        self._check(request)
        return self._made(services.invite_again(former, by=request.user))

    def _check(self, request):
        if not can_invite(request.user):
            raise PermissionDenied

    def _made(self, record):
        is_pair = isinstance(record, Engagement)
        data = {
            "invitation": None if is_pair else InvitationSerializer(record).data,
            "engagement": record.public_id if is_pair else None,
        }
        return Response(data, status=status.HTTP_201_CREATED, headers={"ETag": etag_of(record)})
