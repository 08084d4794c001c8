"""Around a session: own notes, and the report. Actions of the bookings' viewset."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema
from coaching.api.fields import read
from coaching.models import SessionReport
from coaching.models.session import LONGEST_LINE, LONGEST_NOTE, SCORES
from coaching.permissions import can_keep_session_note, can_write_report
from coaching.services import session_notes, session_reports
from followups.api.fields import OneOf
from followups.models import Lesson, LessonResult


class SessionNoteSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, trim_whitespace=False)
    version = serializers.CharField(
        max_length=24,
        required=False,
        help_text="As it was read: 409 if another window wrote meanwhile. Left out: no look.",
    )


class ResultSerializer(serializers.Serializer):
    lesson = OneOf(queryset=Lesson.objects.none())
    result = serializers.ChoiceField(choices=LessonResult.Result)


class ScoresSerializer(serializers.Serializer):
    def get_fields(self):
        return {
            name: serializers.IntegerField(min_value=1, max_value=4, required=False, allow_null=True) for name in SCORES
        }


class ReportSerializer(serializers.Serializer):
    worked = serializers.CharField(max_length=LONGEST_LINE, help_text="One thing that worked.")
    change = serializers.CharField(max_length=LONGEST_LINE, help_text="One thing to change.")
    results = ResultSerializer(many=True, required=False, help_text="One for each lesson of the agenda.")
    scores = ScoresSerializer(required=False)
    version = serializers.CharField(
        max_length=24,
        required=False,
        allow_blank=True,
        help_text="As it was read, empty before: 409 if it is another now.",
    )


class ReadResultSerializer(serializers.ModelSerializer):
    lesson = serializers.UUIDField(source="lesson.public_id", read_only=True)
    title = serializers.CharField(source="lesson.title", read_only=True)

    class Meta:
        model = LessonResult
        fields = ["lesson", "title", "result"]
        read_only_fields = fields


class ReadReportSerializer(serializers.ModelSerializer):
    scores = serializers.SerializerMethodField(help_text="1 to 4, or null.")
    results = ReadResultSerializer(many=True, read_only=True)
    version = serializers.CharField(read_only=True)

    class Meta:
        model = SessionReport
        fields = ["worked", "change", "results", "scores", "version", "sent_at", "changed_at"]
        read_only_fields = fields

    @extend_schema_field({"type": "object", "additionalProperties": {"type": ["integer", "null"]}})
    def get_scores(self, report) -> dict:
        return {name: getattr(report, name) for name in SCORES}


class SessionActions:
    """What the two people of a session write about it; admins neither read nor write it."""

    @extend_schema(methods=["GET"], responses=SessionNoteSerializer, summary="Own notes; nobody else's to read")
    @extend_schema(
        methods=["PUT"], request=SessionNoteSerializer, responses=SessionNoteSerializer, summary="Keep own notes"
    )
    @action(detail=True, methods=["get", "put"])
    def notes(self, request, public_id):
        booking = self._allowed(can_keep_session_note)
        if request.method == "PUT":
            data = read(SessionNoteSerializer, self)
            session_notes.keep_note(booking, by=request.user, text=data["text"], seen=data.get("version"))
        note = session_notes.note_of(booking, request.user)
        return Response(SessionNoteSerializer({"text": note.text, "version": session_notes.version(note)}).data)

    @extend_schema(methods=["GET"], responses=ReadReportSerializer, summary="The session's report")
    @extend_schema(
        methods=["PUT"],
        request=ReportSerializer,
        responses=ReadReportSerializer,
        summary="Send the report, or within a day send it anew",
    )
    @action(detail=True, methods=["get", "put"])
    def report(self, request, public_id):
        booking = self.get_object()
        if request.method == "PUT":
            if not can_write_report(request.user, booking):
                raise PermissionDenied
            data = read(ReportSerializer, self)
            results = {row["lesson"]: row["result"] for row in data.pop("results", [])}
            seen = data.pop("version", None)
            session_reports.send_report(booking, by=request.user, results=results, seen=seen, **data)
        report = session_reports.report_of(booking, request.user)
        if report is None:
            raise Http404
        session_reports.read_report(report, by=request.user, now=timezone.now())
        report.results = session_reports.results_of(booking, request.user)
        report.version = session_reports.version(booking, report)
        return Response(ReadReportSerializer(report).data, status=status.HTTP_200_OK)
