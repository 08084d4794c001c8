"""Putting a statement right: what is so, the ways, today or not now. For whoever said it alone."""

from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema
from followups.api.fields import OneOf
from followups.api.notes import NoteSerializer
from followups.models import CorrectionPlan, ThankYouNote
from followups.services import put_right
from interviews.models import Interviewer


class WaySerializer(serializers.Serializer):
    note = serializers.UUIDField(
        source="note.public_id", default=None, allow_null=True, help_text="In this thank-you note, not sent yet."
    )
    person = serializers.UUIDField(
        source="person.public_id",
        default=None,
        allow_null=True,
        help_text="In a letter to them. Neither: in a new note.",
    )
    name = serializers.SerializerMethodField()
    is_suggested = serializers.BooleanField()

    def get_name(self, way) -> str:
        return way.note.to_name if way.note else way.person.name if way.person else ""


class CorrectionPlanSerializer(serializers.ModelSerializer):
    sentence = serializers.SerializerMethodField(help_text="To begin with: hers, else what is true.")
    due_at = serializers.SerializerMethodField(
        help_text="If today: the end of today there, two hours from now at least."
    )
    ways = serializers.SerializerMethodField(help_text="The suggested one first.")
    letter = serializers.SerializerMethodField(help_text="The note or letter that carries it already.")

    class Meta:
        model = CorrectionPlan
        fields = ["said", "truth", "cv_says", "form_says", "put_off_at", "sentence", "due_at", "ways", "letter"]
        read_only_fields = ["put_off_at"]

    def get_sentence(self, plan) -> str:
        return put_right.sentence_of(plan.mistake, plan)

    def get_due_at(self, plan) -> serializers.DateTimeField():
        return serializers.DateTimeField().to_representation(put_right.due_of(plan.mistake))

    def get_ways(self, plan) -> WaySerializer(many=True):
        return WaySerializer(put_right.ways_of(plan.mistake, plan), many=True).data

    def get_letter(self, plan) -> serializers.UUIDField(allow_null=True):
        letter = put_right.letter_for(plan.mistake)
        return letter and str(letter.public_id)


class BeginSerializer(serializers.Serializer):
    sentence = serializers.CharField(max_length=1000)
    note = OneOf(queryset=ThankYouNote.objects.none(), required=False, allow_null=True)
    person = OneOf(queryset=Interviewer.objects.none(), required=False, allow_null=True)


class PutRightActions:
    """Actions of the mistakes' viewset."""

    @extend_schema(
        methods=["GET"], responses=CorrectionPlanSerializer, summary="What she has worked out, and the ways there are"
    )
    @extend_schema(
        methods=["PATCH"],
        request=CorrectionPlanSerializer,
        responses=CorrectionPlanSerializer,
        summary="What was said, what is true, what the papers say",
    )
    @action(detail=True, methods=["get", "patch"], url_path="put-right")
    def put_right(self, request, public_id):
        mistake = self._mine()
        plan = put_right.plan_of(mistake)
        if request.method == "PATCH":
            answers = CorrectionPlanSerializer(plan, data=request.data, partial=True)
            answers.is_valid(raise_exception=True)
            plan = put_right.keep_answers(mistake, by=request.user, **answers.validated_data)
        return Response(CorrectionPlanSerializer(plan).data)

    @extend_schema(
        request=BeginSerializer, responses={201: NoteSerializer}, summary="Begin the letter, or put it in the note"
    )
    @action(detail=True, methods=["post"], url_path="put-right/begin")
    def begin_putting_right(self, request, public_id):
        mistake = self._mine()
        given = BeginSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        note = put_right.begin(mistake, by=request.user, **given.validated_data)
        body = NoteSerializer(note, context=self.get_serializer_context()).data
        return Response(body, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=CorrectionPlanSerializer, summary="Not now; nobody is told")
    @action(detail=True, methods=["post"], url_path="put-right/later")
    def put_off(self, request, public_id):
        plan = put_right.put_off(self._mine(), by=request.user)
        return Response(CorrectionPlanSerializer(plan).data)
