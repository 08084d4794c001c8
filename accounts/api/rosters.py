"""Many people invited at once, for admins."""

from django.core.exceptions import PermissionDenied
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers, status
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from accounts import roster_reading, services
from accounts.describing import extend_schema
from accounts.endpoints import ReadRecords
from accounts.models import Roster
from accounts.permissions import can_manage_people

EXAMPLE = (
    "E-mail address,Name,Role,Cohort,Time zone\nzawadi@people.example,Zawadi Kimani,candidate,Spring,Africa/Nairobi\n"
)


class CsvParser(BaseParser):
    """The bytes of a file as they came; one more than is allowed is enough to know."""

    media_type = "text/csv"

    def parse(self, stream, media_type=None, parser_context=None):
        return stream.read(roster_reading.MAX_BYTES + 1)


class ProblemOfLineSerializer(serializers.Serializer):
    column = serializers.CharField()
    reason = serializers.CharField()


class LineOfRosterSerializer(serializers.Serializer):
    line = serializers.IntegerField(source="number")
    email = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField()
    cohort = serializers.CharField()
    zone = serializers.CharField()
    known = serializers.CharField(help_text="Why nobody is invited by it, though nothing is wrong with it.")
    problems = serializers.SerializerMethodField()

    @extend_schema(responses=ProblemOfLineSerializer(many=True))
    def get_problems(self, line) -> list:
        return [{"column": column, "reason": reason} for column, reason in line.problems]


class RosterSerializer(serializers.ModelSerializer):
    unused = serializers.SerializerMethodField(help_text="Columns that nobody knows, left aside.")
    ready = serializers.SerializerMethodField(help_text="How many would be invited.")
    lines = serializers.SerializerMethodField()

    class Meta:
        model = Roster
        fields = ["public_id", "unused", "ready", "lines", "created_at"]

    def to_representation(self, roster):
        self.found = services.preview_roster(roster)
        return super().to_representation(roster)

    def get_unused(self, roster) -> list[str]:
        return self.found.unused

    def get_ready(self, roster) -> int:
        return len(self.found.good)

    @extend_schema(responses=LineOfRosterSerializer(many=True))
    def get_lines(self, roster) -> list:
        return LineOfRosterSerializer(self.found.lines, many=True).data


class ListOfRostersSerializer(serializers.ModelSerializer):
    class Meta:
        model = Roster
        fields = ["public_id", "created_at"]


class PersonOfRosterSerializer(serializers.Serializer):
    email = serializers.CharField(max_length=300)
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    role = serializers.CharField(max_length=200, required=False, allow_blank=True)
    cohort = serializers.CharField(max_length=200, required=False, allow_blank=True)
    zone = serializers.CharField(max_length=200, required=False, allow_blank=True)


class NewRosterSerializer(serializers.Serializer):
    people = serializers.ListField(
        child=PersonOfRosterSerializer(), allow_empty=False, max_length=roster_reading.MAX_ROWS
    )


class InvitedSerializer(serializers.Serializer):
    invited = serializers.IntegerField()


class RosterViewSet(ReadRecords):
    """Lists of people that wait for their admin's word, for a day; nobody else's. Admins only."""

    queryset = Roster.objects.none()
    serializer_class = RosterSerializer

    def get_queryset(self):
        if not can_manage_people(self.request.user):
            raise PermissionDenied
        return super().get_queryset()

    def get_serializer_class(self):
        return ListOfRostersSerializer if self.action == "list" else RosterSerializer

    def get_parsers(self):
        return [*super().get_parsers(), CsvParser()]

    @extend_schema(
        request={"application/json": NewRosterSerializer, "text/csv": OpenApiTypes.BINARY},
        responses={201: RosterSerializer},
        summary="Show who would be invited; nobody is yet",
        examples=[OpenApiExample("A list of people", EXAMPLE, media_type="text/csv", request_only=True)],
    )
    def create(self, request):
        if not can_manage_people(request.user):
            raise PermissionDenied
        if (request.content_type or "").startswith("text/csv"):
            # An empty body reaches no parser.
            roster = services.read_roster(request.data or b"", by=request.user)
        else:
            roster = services.take_roster(self._valid(NewRosterSerializer)["people"], by=request.user)
        return self.answer(roster, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Put it away")
    def destroy(self, request, public_id):
        services.put_roster_away(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=InvitedSerializer, summary="Invite all who are ready")
    def invite(self, request, public_id):
        made = services.invite_roster(self.get_object(), by=request.user)
        return Response({"invited": len(made)})
