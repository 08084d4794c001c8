"""Referees, and what they are told; addresses of others and when they are forgotten."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.endpoints import ReadRecords
from followups.api.fields import OneOf, WallTime
from followups.api.notes import LetterSerializer, ResolveSerializer, SendSerializer, SentBySelfSerializer
from followups.api.reading import WatchedRecords
from followups.models import Referee, RefereeBrief
from followups.permissions import can_edit_brief, can_keep_referees
from followups.services import addresses, briefs, referees
from interviews.models import Interview, Mistake
from interviews.permissions import can_edit_interview


class RefereeSerializer(serializers.ModelSerializer):
    has_agreed = serializers.BooleanField(default=False, help_text="She has asked, and they said yes.")

    class Meta:
        model = Referee
        fields = [
            "public_id",
            "name",
            "relation",
            "email",
            "has_agreed",
            "agreed_at",
            "refused_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["agreed_at", "refused_at"]
        # One row per address: the service says so at the field.
        validators = []


@extend_schema_view(
    create=extend_schema(summary="Add somebody who may speak for her"),
    destroy=extend_schema(summary="Forget somebody for good, with what was written to them"),
)
class RefereeViewSet(ReadRecords):
    """A candidate's own. Nobody else sees them, a coach neither."""

    queryset = Referee.objects.none()
    serializer_class = RefereeSerializer

    def create(self, request):
        if not can_keep_referees(request.user):
            raise PermissionDenied
        data = self._read(request)
        referee = referees.add_referee(candidate=request.user, by=request.user, **data)
        return self.answer(referee, status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        referee = self.get_object()
        data = self._read(request, referee, partial=True)
        return self.answer(referees.edit_referee(referee, by=request.user, **data))

    def destroy(self, request, public_id):
        referees.remove_referee(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _read(self, request, instance=None, *, partial=False):
        serializer = self.get_serializer(instance, data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


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
    schedule=extend_schema(request=SendSerializer, summary="Approve exactly this letter for a time"),
    unschedule=extend_schema(request=None, summary="Take it back, while it is not on its way"),
    told=extend_schema(request=SentBySelfSerializer, summary="She told them from her own phone"),
    skip=extend_schema(request=None, summary="Leave it"),
    reopen=extend_schema(request=None, summary="Take it up again"),
    resolve=extend_schema(
        request=ResolveSerializer, summary="Settle a letter of which we cannot see whether it arrived"
    ),
    called=extend_schema(request=None, summary="They have rung the referee"),
    thank=extend_schema(request=None, summary="Begin two lines of thanks: another brief, of kind `thanks`"),
)
class BriefViewSet(WatchedRecords):
    """The candidate's own, or those of interviews shared with a coach. Only the candidate writes and sends."""

    queryset = RefereeBrief.objects.none()
    serializer_class = BriefSerializer
    filterset_class = BriefFilter

    def get_queryset(self):
        return super().get_queryset().select_related("interview__candidate", "referee", "mistake")

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
    def schedule(self, request, public_id):
        brief, data = self._mine(), self._valid(SendSerializer)
        approval = {"by": request.user, "despite_findings": data["despite_findings"], "seen_hash": data["seen_hash"]}
        if data["now"]:
            return self.answer(briefs.send_now(brief, now=timezone.now(), **approval))
        zone = data.get("send_zone") or briefs.zone_of(brief)
        return self.answer(briefs.schedule_brief(brief, send_wall=data["send_wall"], send_zone=zone, **approval))

    @action(detail=True, methods=["post"])
    def unschedule(self, request, public_id):
        return self.answer(briefs.unschedule_brief(self._mine(), by=request.user))

    @action(detail=True, methods=["post"])
    def told(self, request, public_id):
        brief, data = self._mine(), self._valid(SentBySelfSerializer)
        return self.answer(briefs.share_by_self(brief, by=request.user, at=data.get("at")))

    @action(detail=True, methods=["post"])
    def skip(self, request, public_id):
        return self.answer(briefs.skip_brief(self._mine(), by=request.user))

    @action(detail=True, methods=["post"])
    def reopen(self, request, public_id):
        return self.answer(briefs.reopen_brief(self._mine(), by=request.user))

    @action(detail=True, methods=["post"])
    def resolve(self, request, public_id):
        brief, data = self._mine(), self._valid(ResolveSerializer)
        return self.answer(briefs.resolve_unknown(brief, data["choice"], by=request.user))

    @action(detail=True, methods=["post"])
    def called(self, request, public_id):
        return self.answer(briefs.mark_called(self._mine(), by=request.user))

    @action(detail=True, methods=["post"])
    def thank(self, request, public_id):
        thanks = briefs.draft_thanks(self._mine(), by=request.user)
        return self.answer(thanks, status=status.HTTP_201_CREATED)

    def _mine(self):
        brief = self.get_object()
        if not can_edit_brief(self.request.user, brief):
            raise PermissionDenied
        self.check_precondition(brief)
        return brief

    def _valid(self, serializer_class):
        data = serializer_class(data=self.request.data)
        data.is_valid(raise_exception=True)
        return data.validated_data

    def _read(self, request, instance=None, *, partial=False):
        serializer = self.get_serializer(instance, data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


class AnnouncedSerializer(serializers.Serializer):
    interview = serializers.UUIDField(source="interview.public_id", allow_null=True, default=None)
    referee = serializers.UUIDField(source="referee.public_id", allow_null=True, default=None)
    number = serializers.IntegerField(help_text="How many addresses.")
    forget_at = serializers.DateTimeField()


class KeptSerializer(serializers.Serializer):
    kept = serializers.IntegerField(help_text="Interviews and referees whose addresses stay.")


@extend_schema_view(
    list=extend_schema(
        responses=AnnouncedSerializer(many=True), summary="Which addresses of others are forgotten next"
    ),
    keep=extend_schema(request=None, responses=KeptSerializer, summary="Keep all of these as long again"),
)
class AddressViewSet(viewsets.ViewSet):
    """Addresses of people without an account. A candidate's own only; not paged, since it is two weeks' worth."""

    def list(self, request):
        self._check(request)
        announced = addresses.announced_to(request.user, timezone.now())
        return Response(AnnouncedSerializer(announced, many=True).data)

    @action(detail=False, methods=["post"])
    def keep(self, request):
        self._check(request)
        return Response({"kept": addresses.keep(request.user, by=request.user)})

    def _check(self, request):
        if not can_keep_referees(request.user):
            raise PermissionDenied
