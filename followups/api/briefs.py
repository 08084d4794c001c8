"""What referees are told: write, send at a time, or say that she told them herself; and the thanks."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from followups.api.fields import OneOf, WallTime
from followups.api.letters import LetterRecords, LetterSerializer, SentBySelfSerializer
from followups.models import Referee, RefereeBrief
from followups.permissions import can_edit_brief
from followups.services import briefs
from interviews.models import Interview, Mistake
from interviews.permissions import can_edit_interview


class BriefSerializer(serializers.ModelSerializer):
    interview = OneOf(queryset=Interview.objects.none())
    referee = OneOf(queryset=Referee.objects.none(), help_text="A coach sees which, and the name, never the address.")
    referee_name = serializers.CharField(source="referee.name", read_only=True)
    mistake = OneOf(queryset=Mistake.objects.none(), required=False, allow_null=True)
    send_wall = WallTime(read_only=True)

    class Meta:
        model = RefereeBrief
        fields = [
            "public_id",
            "interview",
            "referee",
            "referee_name",
            "mistake",
            "kind",
            "status",
            "skill",
            "project",
            "words",
            "job",
            "who_may_ring",
            "send_wall",
            "send_zone",
            "send_at",
            "approved_at",
            "sent_at",
            "failure",
            "answer",
            "answered_at",
            "called_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            "kind",
            "status",
            "send_zone",
            "approved_at",
            "sent_at",
            "failure",
            "answer",
            "answered_at",
            "called_at",
        ]
        # One to a referee and interview: the service returns the one that is there.
        validators = []


class BriefFindingSerializer(serializers.Serializer):
    code = serializers.CharField()
    start = serializers.IntegerField(help_text="Offset into `words`, in characters.")
    end = serializers.IntegerField()
    message = serializers.CharField(help_text="Why, in a line.")
    suggestion = serializers.CharField()


class BriefCheckedSerializer(serializers.Serializer):
    ok = serializers.BooleanField(help_text="Nothing was found, and it is no longer than two sentences.")
    findings = BriefFindingSerializer(many=True)
    message = serializers.CharField(help_text="The text for her own phone.")
    whatsapp = serializers.CharField(help_text="Opens WhatsApp with that text.")
    letter = LetterSerializer(
        help_text="What arrives, the one-time link blotted out. Only its writer sees the address."
    )
    hash = serializers.CharField(help_text="Of that letter; give it as `seen_hash` when you approve.")
    not_by_afterword = serializers.CharField(
        allow_blank=True, help_text="Why Afterword cannot send it; empty if it can."
    )


class BriefFilter(django_filters.FilterSet):
    interview = django_filters.UUIDFilter(field_name="interview__public_id")
    referee = django_filters.UUIDFilter(field_name="referee__public_id")

    class Meta:
        model = RefereeBrief
        fields = ["status", "kind"]


@extend_schema_view(
    create=extend_schema(summary="Begin a brief, drafted from her words; one that is there already is returned"),
    check=extend_schema(request=None, responses=BriefCheckedSerializer, summary="What to change, and what arrives"),
    told=extend_schema(request=SentBySelfSerializer, summary="She told them from her own phone"),
    called=extend_schema(request=None, summary="They have rung the referee"),
    thank=extend_schema(request=None, summary="Begin two lines of thanks: another brief, of kind `thanks`"),
)
class BriefViewSet(LetterRecords):
    """The candidate's own, or those of interviews shared with a coach. Only the candidate writes and sends."""

    queryset = RefereeBrief.objects.none()
    serializer_class = BriefSerializer
    filterset_class = BriefFilter
    life = briefs.LIFE
    can_edit = staticmethod(can_edit_brief)

    @transaction.atomic
    def create(self, request):
        data = self._read(request)
        interview, referee = data.pop("interview"), data.pop("referee")
        if not can_edit_interview(request.user, interview):
            raise PermissionDenied
        brief = briefs.draft_brief(interview, referee, mistake=data.pop("mistake", None), by=request.user)
        brief = briefs.edit_brief(brief, by=request.user, **data) if data else brief
        return self.answer(brief, status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        brief = self._mine()
        data = self._read(request, brief, partial=True)
        for fixed in ("interview", "referee"):
            data.pop(fixed, None)
        return self.answer(briefs.edit_brief(brief, by=request.user, **data))

    @action(detail=True, methods=["post"])
    def check(self, request, public_id):
        brief = self.get_object()
        findings, letter = briefs.findings_of(brief), briefs.letter_of(brief)
        is_mine = can_edit_brief(request.user, brief)
        body = {
            "ok": not findings and not briefs.is_too_long(brief),
            "findings": findings,
            "message": briefs.message_of(brief),
            "whatsapp": briefs.whatsapp_of(brief),
            "letter": {
                "to": letter.to if is_mine else letter.to_name,
                "sender": letter.sender,
                "reply_to": letter.reply_to,
                "subject": letter.subject,
                "body": letter.body,
            },
            "hash": letter.hash,
            "not_by_afterword": briefs.why_not_by_afterword(brief),
        }
        return Response(BriefCheckedSerializer(body).data)

    @action(detail=True, methods=["post"])
    def told(self, request, public_id):
        brief, data = self._mine(), self._valid(SentBySelfSerializer)
        return self.answer(briefs.share_by_self(brief, by=request.user, at=data.get("at")))

    @action(detail=True, methods=["post"])
    def called(self, request, public_id):
        return self.answer(briefs.mark_called(self._mine(), by=request.user))

    @action(detail=True, methods=["post"])
    def thank(self, request, public_id):
        thanks = briefs.draft_thanks(self._mine(), by=request.user)
        return self.answer(thanks, status=status.HTTP_201_CREATED)
