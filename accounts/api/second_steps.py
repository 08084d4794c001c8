"""The second step, and what an admin does when a phone is lost."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.response import Response

from accounts import services
from accounts.describing import extend_schema
from accounts.endpoints import RecordViewSet
from accounts.models import StepRemoval, User
from accounts.permissions import can_manage_people, can_stop_step_removal, can_withdraw_step_removal
from accounts.second_step import must_have_one
from accounts.sign_in import require_confirmed


class PasskeySerializer(serializers.Serializer):
    name = serializers.CharField()
    made_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class SecondStepSerializer(serializers.Serializer):
    required = serializers.BooleanField(help_text="Whether this installation asks it of you.")
    app = serializers.BooleanField(help_text="A code from an app.")
    passkeys = PasskeySerializer(many=True)
    codes_left = serializers.IntegerField(help_text="Codes for a lost phone that were not used yet.")


class SecondStepView(viewsets.ViewSet):
    """One's own; it is set up and taken away on the pages, where the browser or an app has its part in it."""

    @extend_schema(responses=SecondStepSerializer, summary="What follows the password when signing in")
    def retrieve(self, request):
        rows = Authenticator.objects.filter(user=request.user).order_by("id")
        by_type = {kind: [row for row in rows if row.type == kind] for kind in Authenticator.Type}
        codes = by_type[Authenticator.Type.RECOVERY_CODES]
        data = {
            "required": must_have_one(request.user),
            "app": bool(by_type[Authenticator.Type.TOTP]),
            "passkeys": [
                {"name": str(row), "made_at": row.created_at, "last_used_at": row.last_used_at}
                for row in by_type[Authenticator.Type.WEBAUTHN]
            ],
            "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
        }
        return Response(SecondStepSerializer(data).data)


class StepRemovalSerializer(serializers.ModelSerializer):
    person = serializers.SlugRelatedField(
        slug_field="public_id", queryset=User.objects.all(), help_text="Whose second step is taken away."
    )
    asked_by = serializers.UUIDField(source="asked_by.public_id", default=None, allow_null=True, read_only=True)

    class Meta:
        model = StepRemoval
        fields = ["public_id", "person", "asked_by", "status", "due_at", "created_at"]
        read_only_fields = ["public_id", "status", "due_at", "created_at"]
        # The service says what stands in the way, as 409 or 422.
        validators = []


class StepRemovalViewSet(mixins.ListModelMixin, RecordViewSet):
    """An admin takes away the second step of somebody who lost the phone; its owner is told by mail and can say no."""

    queryset = StepRemoval.objects.none()
    serializer_class = StepRemovalSerializer
    token_scopes = {"create": None}

    def get_queryset(self):
        return super().get_queryset().for_list()

    @extend_schema(summary="Ask for it; admins, with the password confirmed within five minutes before")
    def create(self, request):
        if not can_manage_people(request.user):
            raise PermissionDenied
        require_confirmed(request)
        removal = services.ask_step_removal(self._read(request)["person"], by=request.user)
        return self.answer(removal, status=status.HTTP_201_CREATED)

    def retrieve(self, request, *args, **kwargs):
        return self.answer(self.get_object())

    @extend_schema(request=None, responses=StepRemovalSerializer, summary="Say no; its owner")
    def stop(self, request, *args, **kwargs):
        removal = self.get_object()
        if not can_stop_step_removal(request.user, removal):
            raise PermissionDenied
        return self.answer(services.stop_step_removal(removal, by=request.user))

    @extend_schema(request=None, responses=StepRemovalSerializer, summary="Take it back; admins")
    def withdraw(self, request, *args, **kwargs):
        removal = self.get_object()
        if not can_withdraw_step_removal(request.user, removal):
            raise PermissionDenied
        return self.answer(services.withdraw_step_removal(removal, by=request.user))
