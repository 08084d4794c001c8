"""A list of interviews from elsewhere, by API: the file in, what it would become out, and then her word."""

from django.core.exceptions import PermissionDenied
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from accounts.endpoints import ReadRecords
from followups.api.fields import WallTime
from followups.models import InterviewImport
from followups.services import spreadsheets as services
from interviews import spreadsheet
from interviews.models import Interview
from interviews.permissions import can_log_interview

EXAMPLE = "Company,Date,End,Decision\nKijani Foods,2026-11-03,14:30,2026-11-10\n"


class ListParser(BaseParser):
    """The bytes of a file as they came; one more than is allowed is enough to know."""

    media_type = "text/csv"

    def parse(self, stream, media_type=None, parser_context=None):
        return stream.read(spreadsheet.MAX_BYTES + 1)


class PersonOfListSerializer(serializers.Serializer):
    name = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    email = serializers.CharField()


class RowOfListSerializer(serializers.Serializer):
    """One line of the list as it would become an interview."""

    line = serializers.IntegerField(source="row.number", help_text="In the file; the first is the one with the names.")
    company = serializers.CharField(source="row.company")
    role_title = serializers.CharField(source="row.role_title")
    zone = serializers.CharField(source="row.zone")
    starts_wall = WallTime(source="row.starts_wall", allow_null=True)
    ends_wall = WallTime(source="row.ends_wall", allow_null=True)
    decision_on = serializers.DateField(source="row.decision_on", allow_null=True)
    decision_time = serializers.TimeField(source="row.decision_time", allow_null=True)
    outcome = serializers.ChoiceField(source="row.outcome", choices=Interview.Outcome)
    people = PersonOfListSerializer(source="row.people", many=True)
    problems = serializers.ListField(
        child=serializers.CharField(), help_text="Why it cannot be brought in; empty: it can."
    )
    hints = serializers.ListField(child=serializers.CharField(), help_text="What was assumed or left out.")
    is_known = serializers.BooleanField(help_text="She seems to have it: same company, same day.")


class ImportSerializer(serializers.ModelSerializer):
    columns = serializers.DictField(
        child=serializers.CharField(),
        source="sheet.columns",
        read_only=True,
        help_text="What was understood of the first line.",
    )
    unused = serializers.ListField(child=serializers.CharField(), source="sheet.unused", read_only=True)
    encoding = serializers.CharField(source="sheet.encoding", read_only=True)
    unclear = serializers.SerializerMethodField(
        help_text="A date that can mean two days: say `order` first. Until then there are no rows."
    )
    rows = serializers.SerializerMethodField()

    class Meta:
        model = InterviewImport
        fields = ["public_id", "order", "columns", "unused", "encoding", "unclear", "rows", "created_at"]

    def to_representation(self, kept):
        self.found = services.preview(kept)
        return super().to_representation(kept)

    def get_unclear(self, kept) -> str:
        return self.found.unclear

    @extend_schema(responses=RowOfListSerializer(many=True))
    def get_rows(self, kept) -> list:
        return RowOfListSerializer(self.found.rows, many=True).data


class ListOfImportsSerializer(serializers.ModelSerializer):
    class Meta:
        model = InterviewImport
        fields = ["public_id", "order", "created_at"]


class OrderSerializer(serializers.Serializer):
    order = serializers.ChoiceField(choices=InterviewImport.Order)


class ConfirmSerializer(serializers.Serializer):
    with_known = serializers.BooleanField(default=False, help_text="Also those she seems to have.")


class BroughtInSerializer(serializers.Serializer):
    interviews = serializers.ListField(child=serializers.UUIDField())


class ImportViewSet(ReadRecords):
    """Lists that wait for her word, for a day; nobody else's."""

    queryset = InterviewImport.objects.none()
    serializer_class = ImportSerializer

    def get_queryset(self):
        return super().get_queryset().select_related("candidate")

    def get_serializer_class(self):
        return ListOfImportsSerializer if self.action == "list" else ImportSerializer

    def get_parsers(self):
        is_file = self.request is not None and self.request.method == "POST" and self.kwargs.get("public_id") is None
        return [ListParser()] if is_file else super().get_parsers()

    @extend_schema(
        request={"text/csv": OpenApiTypes.BINARY},
        responses={201: ImportSerializer},
        summary="Read a CSV file and show what it would become; nothing is stored as an interview",
        examples=[OpenApiExample("A list", EXAMPLE, media_type="text/csv", request_only=True)],
    )
    def create(self, request):
        if not can_log_interview(request.user):
            raise PermissionDenied
        kept = services.read_list(request.data or b"", by=request.user)
        return self.answer(kept, status=status.HTTP_201_CREATED)

    @extend_schema(request=OrderSerializer, responses=ImportSerializer, summary="Which comes first in its dates")
    def partial_update(self, request, public_id):
        kept, data = self.get_object(), OrderSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return self.answer(services.choose_order(kept, data.validated_data["order"], by=request.user))

    @extend_schema(summary="Put it away")
    def destroy(self, request, public_id):
        services.put_away(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        request=ConfirmSerializer, responses=BroughtInSerializer, summary="Make interviews of all rows that can be used"
    )
    @action(detail=True, methods=["post"])
    def confirm(self, request, public_id):
        kept, data = self.get_object(), ConfirmSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        made = services.bring_in(kept, by=request.user, with_known=data.validated_data["with_known"])
        return Response({"interviews": [interview.public_id for interview in made]})
