"""One's own preferences and keys, the same choices as on the settings pages; for admins, what was done to accounts."""

import json

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics, mixins, serializers, status, viewsets
from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from accounts import installation_api, invitations_api, languages, people_api, preferences, services
from accounts.devices import name_device
from accounts.endpoints import RecordViewSet, etag_of
from accounts.fields import validate_clean_line, validate_zone
from accounts.leaving import LeavingSession
from accounts.models import AccessToken, AuditEntry, Export, Language, StepRemoval, User
from accounts.permissions import can_manage_people, can_set_admin, can_stop_step_removal, can_withdraw_step_removal
from accounts.records import Conflict
from accounts.second_step import must_have_one
from accounts.sign_in import require_confirmed
from accounts.token_access import TokenAuthentication
from accounts.views import export_file


class ReminderChoiceSerializer(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField(read_only=True)
    wanted = serializers.BooleanField()

    def validate(self, choice):
        # A change of part of the preferences names whole choices: the framework asks for nothing below a partial one.
        if missing := {"name", "wanted"} - set(choice):
            raise serializers.ValidationError(dict.fromkeys(missing, self.fields["name"].error_messages["required"]))
        return choice


class PreferencesSerializer(serializers.Serializer):
    language = serializers.ChoiceField(
        Language.choices,
        allow_blank=True,
        help_text="Of pages and mails. Empty: as the browser asks for, and mails in English.",
    )
    zone = serializers.CharField(max_length=64, validators=[validate_zone], help_text="IANA name.")
    quiet_from = serializers.TimeField(help_text="By one's own clock. The same as `quiet_until`: no quiet hours.")
    quiet_until = serializers.TimeField()
    reminders = ReminderChoiceSerializer(many=True, help_text="A change may name only some of them.")
    unread = serializers.IntegerField(read_only=True, help_text="Messages not read yet.")

    def validate_language(self, code):
        if code and not languages.is_offered(code):
            raise serializers.ValidationError(_("This language is not offered here."))
        return code

    def validate_reminders(self, choices):
        known = {kind.name for kind in preferences.reminders_for(self.context["request"].user)}
        if unknown := sorted({choice["name"] for choice in choices} - known):
            raise serializers.ValidationError([_("There is no kind %(name)s for you.") % {"name": name} for name in unknown])
        return choices


class PreferencesView(viewsets.ViewSet):
    """Those of the person who asks; nobody else's can be seen."""

    @extend_schema(responses=PreferencesSerializer, summary="When and of what one is reminded")
    def retrieve(self, request):
        return Response(PreferencesSerializer(_of(request.user)).data)

    @extend_schema(request=PreferencesSerializer(partial=True), responses=PreferencesSerializer, summary="Choose anew")
    def partial_update(self, request):
        data = PreferencesSerializer(data=request.data, partial=True, context={"request": request})
        data.is_valid(raise_exception=True)
        fields = dict(data.validated_data)
        choices = {choice["name"]: choice["wanted"] for choice in fields.pop("reminders", [])}
        user = User.objects.get(pk=request.user.pk)
        if choices:
            now = {kind.name: kind.name not in user.muted_reminders for kind in preferences.reminders_for(user)}
            fields["wanted"] = [name for name, wanted in (now | choices).items() if wanted]
        preferences.choose(user, **fields)
        user.unread = getattr(request.user, "unread", 0)
        return Response(PreferencesSerializer(_of(user)).data)


def _of(user):
    return {
        "language": user.language,
        "zone": user.zone,
        "quiet_from": user.quiet_from,
        "quiet_until": user.quiet_until,
        "reminders": [
            {"name": kind.name, "label": str(kind.label), "wanted": kind.name not in user.muted_reminders}
            for kind in preferences.reminders_for(user)
        ],
        "unread": getattr(user, "unread", 0),
    }


class AccessTokenSerializer(serializers.ModelSerializer):
    name = serializers.CharField(max_length=50, validators=[validate_clean_line])
    scopes = serializers.MultipleChoiceField(choices=AccessToken.Scope, allow_empty=False)
    days = serializers.IntegerField(min_value=1, max_value=AccessToken.LONGEST_DAYS, write_only=True)

    class Meta:
        model = AccessToken
        fields = ["public_id", "name", "scopes", "start", "expires_at", "last_used_at", "created_at", "days"]
        read_only_fields = ["public_id", "start", "expires_at", "last_used_at", "created_at"]

    def to_representation(self, token):
        return super().to_representation(token) | {"scopes": token.scopes}


class NewAccessTokenSerializer(AccessTokenSerializer):
    key = serializers.CharField(read_only=True, help_text="Told in this answer and nowhere else.")

    class Meta(AccessTokenSerializer.Meta):
        fields = [*AccessTokenSerializer.Meta.fields, "key"]


class AccessTokenViewSet(mixins.ListModelMixin, RecordViewSet):
    """Keys of programs to this API: made and ended with a session, never by another key."""

    queryset = AccessToken.objects.none()
    serializer_class = AccessTokenSerializer
    token_scopes = {"create": None, "destroy": None}

    def get_queryset(self):
        return super().get_queryset().for_list()

    @extend_schema(
        request=AccessTokenSerializer,
        responses={201: NewAccessTokenSerializer},
        summary="A new key; confirm your password within five minutes before",
        description="An Idempotency-Key is not kept here: the answer is a key, and is stored nowhere.",
    )
    def create(self, request):
        require_confirmed(request)
        token, token.key = services.make_token(request.user, **self._read(request))
        data = NewAccessTokenSerializer(token).data
        return Response(data, status=status.HTTP_201_CREATED, headers={"ETag": etag_of(token)})

    def retrieve(self, request, *args, **kwargs):
        return self.answer(self.get_object())

    @extend_schema(responses={204: None}, summary="End it: it opens nothing from now on")
    def destroy(self, request, *args, **kwargs):
        services.revoke_token(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ExportSerializer(serializers.ModelSerializer):
    class Meta:
        model = Export
        fields = [
            *("public_id", "status", "done", "total", "size"),
            *("created_at", "ready_at", "expires_at", "downloaded_at"),
        ]
        read_only_fields = fields


class ZipRenderer(BaseRenderer):
    """Lets programs ask for application/zip; what it writes itself is refusals only."""

    media_type, format = "application/zip", "zip"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return json.dumps(data)


class Gone(APIException):
    status_code = status.HTTP_410_GONE
    default_detail = "It has had its day and is deleted. Ask for another."


class ExportViewSet(mixins.ListModelMixin, RecordViewSet):
    """What is held about oneself: asked for, put together within moments, fetched within a day."""

    queryset = Export.objects.none()
    serializer_class = ExportSerializer
    token_scopes = {"create": None, "download": None}

    def get_queryset(self):
        return super().get_queryset().for_list()

    @extend_schema(
        request=None,
        responses={202: ExportSerializer},
        summary="Ask for it; 409 while another is under way, and after three within a day",
    )
    def create(self, request):
        return self.answer(services.ask_for_export(request.user), status=status.HTTP_202_ACCEPTED)

    @extend_schema(summary="How far it is: `done` of `total` tables")
    def retrieve(self, request, *args, **kwargs):
        return self.answer(self.get_object())

    @extend_schema(
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
        summary="The ZIP; confirm your password within five minutes before",
        description="Only with a session, never with a token. 409 while it is not ready, 410 once it is deleted.",
    )
    def download(self, request, *args, **kwargs):
        export = self.get_object()
        if export.is_over(timezone.now()):
            raise Gone
        if not export.is_open(timezone.now()):
            raise Conflict(_("It is not ready."))
        require_confirmed(request)
        return export_file(export, by=request.user)


class AccountDeletionSerializer(serializers.Serializer):
    asked_at = serializers.DateTimeField(source="created_at", allow_null=True)
    erase_at = serializers.DateTimeField(allow_null=True, help_text="Until then it can be undone.")


class AccountDeletionView(viewsets.ViewSet):
    """Deleting one's own account: with a session, never by an access token."""

    authentication_classes = (TokenAuthentication, LeavingSession)
    token_scopes = {"retrieve": None, "create": None, "destroy": None}

    @extend_schema(responses=AccountDeletionSerializer, summary="Whether it was asked for, and when it will be")
    def retrieve(self, request):
        return self._answer(services.erasure_of(request.user))

    @extend_schema(
        request=None,
        responses={202: AccountDeletionSerializer},
        summary="Close it now and delete it after the days of grace; confirm your password within five minutes before",
    )
    def create(self, request):
        require_confirmed(request)
        erasure = services.ask_erasure(request.user, keep_session=request.session.session_key)
        return self._answer(erasure, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses={204: None}, summary="Keep it after all: sign in and ask within the days of grace")
    def destroy(self, request):
        services.undo_erasure(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _answer(self, erasure, **options):
        shown = erasure or {"created_at": None, "erase_at": None}
        return Response(AccountDeletionSerializer(shown).data, **options)


class SessionSerializer(serializers.ModelSerializer):
    device = serializers.SerializerMethodField()
    is_this = serializers.SerializerMethodField(help_text="The one that asks.")

    class Meta:
        model = UserSession
        fields = ["id", "device", "ip", "created_at", "is_this"]

    def get_device(self, session) -> str:
        return name_device(session.user_agent, translate=_)

    def get_is_this(self, session) -> bool:
        return session.session_key == self.context["request"].session.session_key


class SessionViewSet(viewsets.GenericViewSet):
    """Where one is signed in; ended with a session that confirmed the password just now, never by a key."""

    queryset = UserSession.objects.none()
    serializer_class = SessionSerializer
    pagination_class = None
    filter_backends = []
    token_scopes = {"destroy": None, "end_others": None}

    @extend_schema(summary="Each browser, the oldest first")
    def list(self, request):
        return Response(self.get_serializer(services.sessions_of(request.user), many=True).data)

    @extend_schema(responses={204: None}, summary="Sign one out; confirm your password within five minutes before")
    def destroy(self, request, pk):
        session = get_object_or_404(UserSession.objects.filter(user=request.user), pk=pk)
        require_confirmed(request)
        session.end()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        request=None, responses={204: None}, summary="Sign out everywhere else; confirm your password before"
    )
    def end_others(self, request):
        require_confirmed(request)
        services.end_sessions(request.user, but=request.session.session_key)
        return Response(status=status.HTTP_204_NO_CONTENT)


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


class StepRemovalSerializer(serializers.ModelSerializer):
    person = serializers.SlugRelatedField(
        slug_field="public_id", queryset=User.objects.all(), help_text="Whose second step is taken away."
    )
    asked_by = serializers.UUIDField(source="asked_by.public_id", default=None, read_only=True)

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


class AuditEntrySerializer(serializers.ModelSerializer):
    by = serializers.UUIDField(
        source="by.public_id", default=None, help_text="Null: by itself, or the account is gone."
    )
    on_behalf_of = serializers.UUIDField(
        source="on_behalf_of.public_id", default=None, help_text="Whose affair somebody else saw to; null: their own."
    )
    words = serializers.SerializerMethodField()

    class Meta:
        model = AuditEntry
        fields = ["at", "by", "on_behalf_of", "verb", "words", "subject_type", "subject_id", "request_id"]
        extra_kwargs = {"request_id": {"help_text": "As in the log; empty where a task did it."}}

    def get_words(self, entry) -> str:
        return str(services.in_words(entry))


class AuditView(generics.ListAPIView):
    """Who did what to whose account or engagement, the latest first. Admins only; it holds nothing anybody wrote."""

    queryset = AuditEntry.objects.none()
    serializer_class = AuditEntrySerializer

    def get_queryset(self):
        if not can_manage_people(self.request.user):
            raise PermissionDenied
        return AuditEntry.objects.visible_to(self.request.user).for_list()


urlpatterns = [
    *installation_api.urlpatterns,
    *invitations_api.urlpatterns,
    *people_api.urlpatterns,
    path("tokens/", AccessTokenViewSet.as_view({"get": "list", "post": "create"}), name="token-list"),
    path(
        "tokens/<uuid:public_id>/",
        AccessTokenViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="token-detail",
    ),
    path("exports/", ExportViewSet.as_view({"get": "list", "post": "create"}), name="export-list"),
    path("exports/<uuid:public_id>/", ExportViewSet.as_view({"get": "retrieve"}), name="export-detail"),
    path(
        "exports/<uuid:public_id>/download/",
        ExportViewSet.as_view({"get": "download"}, renderer_classes=[JSONRenderer, ZipRenderer]),
        name="export-download",
    ),
    path(
        "account-deletion/",
        AccountDeletionView.as_view({"get": "retrieve", "post": "create", "delete": "destroy"}),
        name="account-deletion",
    ),
    path("sessions/", SessionViewSet.as_view({"get": "list"}), name="session-list"),
    path("sessions/end-others/", SessionViewSet.as_view({"post": "end_others"}), name="session-end-others"),
    path("sessions/<int:pk>/", SessionViewSet.as_view({"delete": "destroy"}), name="session-detail"),
    path("people/<uuid:public_id>/admin/", PersonAdminView.as_view({"put": "update"}), name="person-admin"),
    path("second-step/", SecondStepView.as_view({"get": "retrieve"}), name="second-step"),
    path(
        "step-removals/",
        StepRemovalViewSet.as_view({"get": "list", "post": "create"}),
        name="step-removal-list",
    ),
    path(
        "step-removals/<uuid:public_id>/", StepRemovalViewSet.as_view({"get": "retrieve"}), name="step-removal-detail"
    ),
    path(
        "step-removals/<uuid:public_id>/stop/", StepRemovalViewSet.as_view({"post": "stop"}), name="step-removal-stop"
    ),
    path(
        "step-removals/<uuid:public_id>/withdraw/",
        StepRemovalViewSet.as_view({"post": "withdraw"}),
        name="step-removal-withdraw",
    ),
    path("audit/", AuditView.as_view(), name="audit"),
    path(
        "preferences/",
        PreferencesView.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="preferences",
    ),
]
