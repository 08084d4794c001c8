"""What the admins choose for the whole installation."""

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers, status, viewsets
from rest_framework.response import Response

from accounts import installation, services
from accounts.describing import extend_schema
from accounts.endpoints import PreconditionFailed
from accounts.models import Installation
from accounts.permissions import can_change_installation
from accounts.records import Overtaken


class MailRecordSerializer(serializers.Serializer):
    kind = serializers.CharField(help_text="SPF, DKIM or DMARC; each is a TXT record.")
    host = serializers.CharField()
    value = serializers.CharField()


class InstallationSerializer(serializers.ModelSerializer):
    sign_up_domains = serializers.ListField(
        child=serializers.CharField(max_length=253),
        max_length=Installation.MOST_DOMAINS,
        help_text="Each stands for itself alone; kept in lower case and ASCII.",
    )
    sender = serializers.SerializerMethodField(help_text="The From of mails to your own people.")
    mail_records = serializers.SerializerMethodField(
        help_text="What the DNS of the sender's domain should say; empty as long as the environment names none."
    )

    class Meta:
        model = Installation
        fields = ["name", "sender_name", "sign_up", "sign_up_domains", "panel_rule", "sender", "mail_records"]

    def get_sender(self, row) -> str:
        return installation.sender()

    @extend_schema(responses=MailRecordSerializer(many=True))
    def get_mail_records(self, row) -> list:
        return MailRecordSerializer(services.mail_records_now(), many=True).data


class InstallationView(viewsets.ViewSet):
    """One for all; admins only. An empty name means the one that the environment gives."""

    @extend_schema(responses=InstallationSerializer, summary="What was chosen for all")
    def retrieve(self, request):
        self._check(request)
        return self._answer(installation.current(fresh=True))

    @extend_schema(
        request=InstallationSerializer(partial=True),
        responses=InstallationSerializer,
        summary="Choose some of it anew",
        examples=[
            OpenApiExample(
                "Sign-up by mail domain",
                {"sign_up": "domains", "sign_up_domains": ["office.example"]},
                request_only=True,
            )
        ],
    )
    def partial_update(self, request):
        self._check(request)
        data = InstallationSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        seen = request.headers.get("If-Match", "").strip().strip('"')
        try:
            row = services.change_installation(by=request.user, seen="" if seen == "*" else seen, **data.validated_data)
        except Overtaken:
            raise PreconditionFailed from None
        return self._answer(row)

    @extend_schema(request=None, responses={202: None}, summary="A test mail to oneself")
    def test_mail(self, request):
        self._check(request)
        services.send_test_mail(by=request.user)
        return Response(status=status.HTTP_202_ACCEPTED)

    def _check(self, request):
        if not can_change_installation(request.user):
            raise PermissionDenied

    def _answer(self, row):
        etag = f'"{services.version_of_installation(row)}"'
        return Response(InstallationSerializer(row).data, headers={"ETag": etag})
