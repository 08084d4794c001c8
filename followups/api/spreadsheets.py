"""A list of interviews from elsewhere, by API: the file in, what it would become out, and then her word."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from accounts.describing import extend_schema
from accounts.endpoints import ReadRecords
from followups.api.fields import WallTime
from followups.models import InterviewImport
from followups.services import spreadsheets as services
from interviews import spreadsheet
from interviews.models import Interview
from interviews.permissions import can_log_interview
from interviews.spreadsheet.reading import MAX_COLUMNS

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
    header = serializers.SerializerMethodField(help_text="The columns of the file, in their order.")
    meanings = serializers.SerializerMethodField(
        help_text="What each of them means; empty: left aside. PATCH them where we understood another."
    )
    encoding = serializers.CharField(source="sheet.encoding", read_only=True)
    missing = serializers.SerializerMethodField(
        help_text="What is to be asked about the columns: PATCH `meanings` first. Until then there are no rows."
    )
    unclear = serializers.SerializerMethodField(
        help_text="A date that can mean two days: say `order` first. Until then there are no rows."
    )
    rows = serializers.SerializerMethodField()

    class Meta:
        model = InterviewImport
        fields = [
            "public_id",
            "order",
            "header",
            "meanings",
            "encoding",
            "missing",
            "unclear",
            "rows",
            "created_at",
            "updated_at",
        ]

    def to_representation(self, kept):
        self.found = services.preview(kept)
        return super().to_representation(kept)

    def get_header(self, kept) -> list[str]:
        return self.found.sheet.names

    def get_meanings(self, kept) -> list[str]:
        return self.found.sheet.meanings

    def get_missing(self, kept) -> str:
        return self.found.missing

    def get_unclear(self, kept) -> str:
        return self.found.unclear

    @extend_schema(responses=RowOfListSerializer(many=True))
    def get_rows(self, kept) -> list:
        return RowOfListSerializer(self.found.rows, many=True).data


class ListOfImportsSerializer(serializers.ModelSerializer):
    class Meta:
        model = InterviewImport
        fields = ["public_id", "order", "created_at"]


class ReadOtherwiseSerializer(serializers.Serializer):
    """How the list is meant, where that was not understood."""

    order = serializers.ChoiceField(choices=InterviewImport.Order, required=False)
    meanings = serializers.ListField(
        child=serializers.ChoiceField(choices=["", *spreadsheet.MEANINGS]),
        required=False,
        max_length=MAX_COLUMNS,
        help_text="One for each column of `header`, each at most once; empty: left aside. company and a day are needed.",
    )

    def validate(self, data):
        if not data:
            raise serializers.ValidationError(_("Say `order`, `meanings`, or both."))
        return data


class ConfirmSerializer(serializers.Serializer):
    with_known = serializers.BooleanField(default=False, help_text="Also those she seems to have.")
    seen = serializers.DateTimeField(
        required=False, help_text="`updated_at` of what she looked at: if it is read otherwise since, 409."
    )


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
        # Called before the action is known.
        is_file = self.request is not None and self.request.method == "POST" and self.action_map.get("post") == "create"
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

    @extend_schema(request=ReadOtherwiseSerializer, responses=ImportSerializer, summary="Say how the list is meant")
    def partial_update(self, request, public_id):
        kept, data = self.get_object(), ReadOtherwiseSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return self.answer(services.read_otherwise(kept, by=request.user, **data.validated_data))

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
        made = services.bring_in(kept, by=request.user, **data.validated_data)
        return Response({"interviews": [interview.public_id for interview in made]})
