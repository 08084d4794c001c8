"""Notes: write, check, send at a time or say that they went from the own mailbox."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.records import Conflict
from followups import outbox
from followups.api.fields import Address, OneOf, WallTime
from followups.api.letters import LetterRecords, LetterSerializer, SentBySelfSerializer
from followups.models import NoteText, ThankYouNote, TriageDecision
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
    to_email = Address(required=False, allow_blank=True)
    together = serializers.BooleanField(
        write_only=True, required=False, help_text="When it is begun: one note to all who were there."
    )

    class Meta:
        model = ThankYouNote
        fields = [
            "public_id",
            "interview",
            "interviewer",
            "together",
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
    key = serializers.CharField(help_text="Names it for `mend`.")
    code = serializers.CharField()
    severity = serializers.ChoiceField(choices=["error", "warning"])
    start = serializers.IntegerField(help_text="Offset into the text, in characters.")
    end = serializers.IntegerField()
    message = serializers.CharField(help_text="Why, in a line.")
    suggestion = serializers.CharField()
    mend = MendSerializer(allow_null=True)


class CountsSerializer(serializers.Serializer):
    words = serializers.IntegerField()
    sentences = serializers.IntegerField()
    addition = serializers.IntegerField(allow_null=True, help_text="Sentences of the one addition; null without one.")
    room = serializers.IntegerField(help_text="How many of these there is room for.")


class CheckedSerializer(serializers.Serializer):
    ok = serializers.BooleanField(help_text="No finding is an error.")
    findings = FindingSerializer(many=True)
    counts = CountsSerializer()
    letter = LetterSerializer(help_text="Exactly what the reader receives.")
    hash = serializers.CharField(help_text="Of that letter; give it as `seen_hash` when you approve.")
    not_by_afterword = serializers.CharField(
        allow_blank=True, help_text="Why Afterword cannot send it; empty if it can."
    )


class MendSentenceSerializer(serializers.Serializer):
    finding = serializers.CharField(help_text="The finding's `key`, from `check`.")


class EarlierTextSerializer(serializers.ModelSerializer):
    class Meta:
        model = NoteText
        fields = ["id", "body", "at"]


class RestoreSerializer(serializers.Serializer):
    text = serializers.IntegerField(help_text="The `id` of an earlier text.")


class ReaddressSerializer(serializers.Serializer):
    interviewer = OneOf(queryset=Interviewer.objects.none(), allow_null=True, help_text="null: nobody in particular.")


class InsteadSerializer(serializers.Serializer):
    mistake = serializers.UUIDField()
    action = serializers.ChoiceField(choices=TriageDecision.Action.choices)

    def to_representation(self, pair):
        mistake, decision = pair
        return {"mistake": str(mistake.public_id), "action": decision.action.value}


class OutcomeSerializer(serializers.Serializer):
    mistake = serializers.UUIDField(source="mistake.public_id", help_text="Give it as `carries`.")
    is_suggested = serializers.BooleanField(source="is_ours")
    others = InsteadSerializer(many=True, help_text="What becomes of the others then.")


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
    compose=extend_schema(
        request=None, summary="Write it anew from her two answers; the text that stood there is kept"
    ),
    mend=extend_schema(request=MendSentenceSerializer, summary="Do what one click on a finding does"),
    texts=extend_schema(responses=EarlierTextSerializer(many=True), summary="The earlier texts, the latest first"),
    restore=extend_schema(request=RestoreSerializer, summary="Bring an earlier text back; this undoes a click too"),
    readdress=extend_schema(request=ReaddressSerializer, summary="To somebody else; greeting and passing on follow"),
    choices=extend_schema(
        responses=OutcomeSerializer(many=True), summary="What wants its one place, and what becomes of the others"
    ),
    eml=extend_schema(
        responses={(200, "message/rfc822"): OpenApiTypes.BINARY}, summary="As a file for her own mail program"
    ),
    sent_by_self=extend_schema(request=SentBySelfSerializer, summary="It went from the own mailbox"),
    skip=extend_schema(request=None, summary="No note to this person"),
)
class NoteViewSet(LetterRecords):
    """The candidate's own, or those of interviews shared with a coach. Only the candidate writes and sends."""

    queryset = ThankYouNote.objects.none()
    serializer_class = NoteSerializer
    filterset_class = NoteFilter
    life = notes.LIFE
    can_edit = staticmethod(can_edit_note)

    @transaction.atomic
    def create(self, request):
        data = self._read(request)
        interview = data.pop("interview")
        if not can_edit_interview(request.user, interview):
            raise PermissionDenied
        kind = data.pop("kind", ThankYouNote.Kind.THANK_YOU)
        reader, carries = data.pop("interviewer", None), data.pop("carries", None)
        if data.pop("together", False):
            note = notes.draft_panel_note(interview, by=request.user)
        else:
            note = notes.draft_note(interview, reader, kind=kind, carries=carries, by=request.user)
        note = notes.edit_note(note, by=request.user, **data) if data else note
        return self.answer(note, status=status.HTTP_201_CREATED)

    @transaction.atomic
    def partial_update(self, request, public_id):
        note = self._mine()
        data = self._read(request, note, partial=True)
        for fixed in ("interview", "interviewer", "kind", "together"):
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
            "counts": notes.counts_of(note),
            "letter": letter,
            "hash": letter.hash,
            "not_by_afterword": notes.why_not_by_afterword(note)
            or outbox.against_address(note.candidate, note.to_email, timezone.now()),
        }
        return Response(CheckedSerializer(body).data)

    @action(detail=True, methods=["post"])
    def compose(self, request, public_id):
        return self.answer(notes.put_together(self._mine(), by=request.user))

    @action(detail=True, methods=["post"])
    def mend(self, request, public_id):
        note = self._mine()
        mended = notes.mend_note(note, self._valid(MendSentenceSerializer)["finding"], by=request.user)
        if mended is None:
            raise Conflict(_("That sentence is no longer there as it was."))
        return self.answer(mended)

    @action(detail=True, filterset_class=None, pagination_class=None)
    def texts(self, request, public_id):
        return Response(EarlierTextSerializer(self._mine().earlier_texts.all(), many=True).data)

    @action(detail=True, methods=["post"])
    def restore(self, request, public_id):
        note = self._mine()
        text = get_object_or_404(note.earlier_texts, pk=self._valid(RestoreSerializer)["text"])
        return self.answer(notes.bring_back_text(note, text, by=request.user))

    @action(detail=True, methods=["post"])
    def readdress(self, request, public_id):
        note = self._mine()
        reader = self._valid(ReaddressSerializer)["interviewer"]
        return self.answer(notes.readdress_note(note, reader, by=request.user))

    @action(detail=True, filterset_class=None, pagination_class=None)
    def choices(self, request, public_id):
        return Response(OutcomeSerializer(notes.outcomes_of(self._mine()), many=True).data)

    @action(detail=True)
    def eml(self, request, public_id):
        headers = {"Content-Disposition": 'attachment; filename="note.eml"'}
        return HttpResponse(notes.eml_of(self._mine()), content_type="message/rfc822", headers=headers)

    @action(detail=True, methods=["post"], url_path="sent-by-self")
    def sent_by_self(self, request, public_id):
        note, data = self._mine(), self._valid(SentBySelfSerializer)
        return self.answer(notes.mark_sent_by_self(note, by=request.user, at=data.get("at")))
