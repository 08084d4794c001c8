"""Notes: write, check, send at a time or say that they went from the own mailbox."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.fields import validate_zone
from followups.api.fields import OneOf, WallTime
from followups.api.reading import WatchedRecords
from followups.models import ThankYouNote
from followups.permissions import can_edit_note
from followups.services import notes
from interviews.models import Interview, Interviewer, Mistake
from interviews.permissions import can_edit_interview


class NoteSerializer(serializers.ModelSerializer):
    interview = OneOf(queryset=Interview.objects.none())
    interviewer = OneOf(queryset=Interviewer.objects.none(), required=False, allow_null=True)
    carries = OneOf(
        queryset=Mistake.objects.none(),
        required=False,
        allow_null=True,
        help_text="The one mistake whose correction the note adds; chosen by the house unless named.",
    )
    send_wall = WallTime(read_only=True)

    class Meta:
        model = ThankYouNote
        fields = [
            "public_id",
            "interview",
            "interviewer",
            "kind",
            "status",
            "to_name",
            "to_email",
            "subject",
            "stayed_with_me",
            "like_them_to_know",
            "body",
            "carries",
            "send_wall",
            "send_zone",
            "send_at",
            "due_at",
            "approved_at",
            "despite_findings",
            "review_asked_at",
            "answer_by",
            "if_unreviewed",
            "sent_at",
            "failure",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            "status",
            "send_zone",
            "approved_at",
            "despite_findings",
            "review_asked_at",
            "answer_by",
            "if_unreviewed",
            "sent_at",
            "failure",
        ]
        # One to a person: the service returns the note that is there.
        validators = []


class MendSerializer(serializers.Serializer):
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True, help_text="Empty: the words are taken out.")


class FindingSerializer(serializers.Serializer):
    code = serializers.CharField()
    severity = serializers.ChoiceField(choices=["error", "warning"])
    start = serializers.IntegerField(help_text="Offset into the text, in characters.")
    end = serializers.IntegerField()
    message = serializers.CharField(help_text="Why, in a line.")
    suggestion = serializers.CharField()
    mend = MendSerializer(allow_null=True)


class LetterSerializer(serializers.Serializer):
    to = serializers.CharField()
    sender = serializers.CharField()
    reply_to = serializers.CharField()
    subject = serializers.CharField()
    body = serializers.CharField()


class CheckedSerializer(serializers.Serializer):
    ok = serializers.BooleanField(help_text="No finding is an error.")
    findings = FindingSerializer(many=True)
    letter = LetterSerializer(help_text="Exactly what the reader receives.")
    hash = serializers.CharField(help_text="Of that letter; give it as `seen_hash` when you approve.")
    not_by_afterword = serializers.CharField(
        allow_blank=True, help_text="Why Afterword cannot send it; empty if it can."
    )


class SendSerializer(serializers.Serializer):
    now = serializers.BooleanField(default=False, help_text="In a minute, so that it can be taken back.")
    send_wall = WallTime(required=False, help_text="Not needed with `now`.")
    send_zone = serializers.CharField(max_length=64, required=False, validators=[validate_zone])
    despite_findings = serializers.BooleanField(default=False, help_text="Send it as it is, errors and all.")
    seen_hash = serializers.CharField(
        default="", allow_blank=True, help_text="Refused with 409 if it is another letter by now."
    )

    def validate(self, data):
        if not data["now"] and not data.get("send_wall"):
            raise serializers.ValidationError({"send_wall": ["Give a time, or `now`."]})
        return data


class SentBySelfSerializer(serializers.Serializer):
    at = serializers.DateTimeField(required=False, help_text="Left out: now.")


class ResolveSerializer(serializers.Serializer):
    choice = serializers.ChoiceField(
        choices=["leave", "own", "again"], help_text="Leave it, sent from the own mailbox, send it again."
    )


class NoteFilter(django_filters.FilterSet):
    interview = django_filters.UUIDFilter(field_name="interview__public_id")

    class Meta:
        model = ThankYouNote
        fields = ["status", "kind"]


@extend_schema_view(
    create=extend_schema(summary="Begin a note, drafted from her words; one that is there already is returned"),
    check=extend_schema(
        request=None, responses=CheckedSerializer, summary="What to change in it, and what the reader receives"
    ),
    schedule=extend_schema(request=SendSerializer, summary="Approve exactly this letter for a time"),
    unschedule=extend_schema(request=None, summary="Take it back, while it is not on its way"),
    sent_by_self=extend_schema(request=SentBySelfSerializer, summary="It went from the own mailbox"),
    skip=extend_schema(request=None, summary="No note to this person"),
    reopen=extend_schema(request=None, summary="Take it up again"),
    resolve=extend_schema(
        request=ResolveSerializer, summary="Settle a letter of which we cannot see whether it arrived"
    ),
)
class NoteViewSet(WatchedRecords):
    """The candidate's own, or those of interviews shared with a coach. Only the candidate writes and sends."""

    queryset = ThankYouNote.objects.none()
    serializer_class = NoteSerializer
    filterset_class = NoteFilter

    def get_queryset(self):
        return super().get_queryset().select_related("interview__candidate", "interviewer", "carries")

    @transaction.atomic
    def create(self, request):
        data = self._read(request)
        interview = data.pop("interview")
        if not can_edit_interview(request.user, interview):
            raise PermissionDenied
        kind = data.pop("kind", ThankYouNote.Kind.THANK_YOU)
        reader, carries = data.pop("interviewer", None), data.pop("carries", None)
        note = notes.draft_note(interview, reader, kind=kind, carries=carries, by=request.user)
        note = notes.edit_note(note, by=request.user, **data) if data else note
        return self.answer(note, status=status.HTTP_201_CREATED)

    @transaction.atomic
    def partial_update(self, request, public_id):
        note = self._mine()
        data = self._read(request, note, partial=True)
        for fixed in ("interview", "interviewer", "kind"):
            data.pop(fixed, None)
        if "carries" in data and data["carries"] != note.carries:
            notes.carry(note, data["carries"], by=request.user)
        data.pop("carries", None)
        return self.answer(notes.edit_note(note, by=request.user, **data))

    @action(detail=True, methods=["post"])
    def check(self, request, public_id):
        note = self.get_object()
        findings, letter = notes.findings_of(note), notes.letter_of(note)
        body = {
            "ok": all(finding.severity != "error" for finding in findings),
            "findings": findings,
            "letter": letter,
            "hash": letter.hash,
            "not_by_afterword": notes.why_not_by_afterword(note),
        }
        return Response(CheckedSerializer(body).data)

    @action(detail=True, methods=["post"])
    def schedule(self, request, public_id):
        note, data = self._mine(), self._valid(SendSerializer)
        approval = {"by": request.user, "despite_findings": data["despite_findings"], "seen_hash": data["seen_hash"]}
        if data["now"]:
            return self.answer(notes.send_now(note, now=timezone.now(), **approval))
        zone = data.get("send_zone") or notes.zone_of(note)
        return self.answer(notes.schedule_note(note, send_wall=data["send_wall"], send_zone=zone, **approval))

    @action(detail=True, methods=["post"])
    def unschedule(self, request, public_id):
        return self.answer(notes.unschedule_note(self._mine(), by=request.user))

    @action(detail=True, methods=["post"], url_path="sent-by-self")
    def sent_by_self(self, request, public_id):
        note, data = self._mine(), self._valid(SentBySelfSerializer)
        return self.answer(notes.mark_sent_by_self(note, by=request.user, at=data.get("at")))

    @action(detail=True, methods=["post"])
    def skip(self, request, public_id):
        return self.answer(notes.skip_note(self._mine(), by=request.user))

    @action(detail=True, methods=["post"])
    def reopen(self, request, public_id):
        return self.answer(notes.reopen_note(self._mine(), by=request.user))

    @action(detail=True, methods=["post"])
    def resolve(self, request, public_id):
        note, data = self._mine(), self._valid(ResolveSerializer)
        return self.answer(notes.resolve_unknown(note, data["choice"], by=request.user))

    def _mine(self):
        note = self.get_object()
        if not can_edit_note(self.request.user, note):
            raise PermissionDenied
        return note

    def _valid(self, serializer_class):
        data = serializer_class(data=self.request.data)
        data.is_valid(raise_exception=True)
        return data.validated_data

    def _read(self, request, instance=None, *, partial=False):
        serializer = self.get_serializer(instance, data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)
