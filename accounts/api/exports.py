"""One's own data, to take along."""

import json

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import mixins, serializers, status
from rest_framework.exceptions import APIException
from rest_framework.renderers import BaseRenderer

from accounts import services
from accounts.describing import extend_schema
from accounts.endpoints import RecordViewSet
from accounts.export_download import export_file
from accounts.models import Export
from accounts.records import Conflict
from accounts.sign_in import require_confirmed


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
