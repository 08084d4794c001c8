"""Mistakes with the decision that stands."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema
from followups import triage
from followups.api.decisions import DecisionSerializer
from followups.api.fields import OneOf
from followups.api.interviews import OfInterviewFilter, editable
from followups.api.put_right import PutRightActions
from followups.api.reading import WatchedRecords
from followups.models import TriageDecision
from followups.permissions import can_decide_mistake
from followups.services import debrief, decisions, deletion, second_look
from interviews.models import Interview, Interviewer, Mistake, Requirement


class MistakeSerializer(serializers.ModelSerializer):
    interview = OneOf(queryset=Interview.objects.none())
    requirement = OneOf(queryset=Requirement.objects.none(), required=False, allow_null=True)
    heard_by = OneOf(queryset=Interviewer.objects.none(), many=True, required=False, help_text="Empty: everybody.")
    answered = serializers.ListField(
        child=serializers.ChoiceField(choices=triage.ASKED), required=False, help_text="Also answered, as “not sure”."
    )
    drop = OneOf(
        queryset=Mistake.objects.none(), write_only=True, required=False, help_text="The one to drop for a sixth."
    )
    decision = serializers.SerializerMethodField(help_text="The one that stands.")

    class Meta:
        model = Mistake
        fields = [
            "public_id",
            "interview",
            "kind",
            "text",
            "topic",
            "status",
            "requirement",
            "touches_must_have",
            "asked_for",
            "doubt_voiced",
            "noticed",
            "settled_in_the_room",
            "hurt_someone",
            "relied_on",
            "private_matter",
            "has_new_information",
            "correction",
            "beyond_words",
            "heard_by",
            "answered",
            "drop",
            "decision",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["status"]

    def get_decision(self, mistake) -> DecisionSerializer(allow_null=True):
        if not mistake.standing:
            return None
        standing = mistake.standing[0]
        standing.mistake = mistake
        return DecisionSerializer(standing, context=self.context).data


class MistakeDetailSerializer(MistakeSerializer):
    questions_left = serializers.SerializerMethodField(help_text="What is still worth asking.")

    class Meta(MistakeSerializer.Meta):
        fields = [*MistakeSerializer.Meta.fields, "questions_left"]

    def get_questions_left(self, mistake) -> list[str]:
        return list(debrief.questions_left(mistake)) if mistake.status == Mistake.Status.OPEN else []


class NewFactSerializer(serializers.Serializer):
    new_fact = serializers.CharField(max_length=1000)


class OtherSerializer(serializers.Serializer):
    action = serializers.CharField(help_text="As `decide` takes it.")
    speaks_for = serializers.ListField(child=serializers.CharField(), source="for")
    speaks_against = serializers.ListField(child=serializers.CharField(), source="against")


class TrimmingSerializer(serializers.Serializer):
    now = serializers.CharField(help_text="The action as it stands.")
    trimmed = serializers.CharField(help_text="The action if it were cut to two sentences.")


class SecondLookSerializer(serializers.Serializer):
    others = OtherSerializer(many=True, help_text="What may be chosen instead, by `decide`.")
    trimming = TrimmingSerializer(
        allow_null=True,
        help_text="Both outcomes of a correction that is too long, where cutting it to two sentences matters.",
    )


class DeletionSerializer(serializers.Serializer):
    goes = serializers.ListField(child=serializers.CharField())
    stays = serializers.ListField(child=serializers.CharField(), help_text="What has been sent stays sent.")


class ChoiceSerializer(serializers.Serializer):
    action = serializers.ChoiceField(choices=TriageDecision.Action)


class MistakeViewSet(PutRightActions, WatchedRecords):
    """Her answers as she gives them; a decision as soon as no answer can change it any more."""

    queryset = Mistake.objects.none()
    serializer_class = MistakeDetailSerializer
    filterset_class = OfInterviewFilter

    def get_serializer_class(self):
        return MistakeSerializer if self.action == "list" else MistakeDetailSerializer

    def get_queryset(self):
        standing = Prefetch("decisions", TriageDecision.objects.current(), to_attr="standing")
        rows = super().get_queryset().select_related("interview__candidate", "requirement")
        return rows.prefetch_related("heard_by", standing)

    @extend_schema(summary="Write down what went wrong")
    def create(self, request):
        data = self._read(request)
        editable(request.user, data["interview"])
        heard_by, answered = data.pop("heard_by", None), data.pop("answered", ())
        mistake = debrief.log_mistake(data.pop("interview"), by=request.user, **data)
        if heard_by or answered:
            mistake = debrief.answer(mistake, by=request.user, heard_by=heard_by, answered=answered)
        return self._answer_again(mistake, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Answer its questions")
    def partial_update(self, request, public_id):
        mistake = self._mine()
        data = self._read(request, mistake, partial=True)
        data.pop("interview", None)
        data.pop("drop", None)
        return self._answer_again(debrief.answer(mistake, by=request.user, **data))

    @extend_schema(summary="Forget it for good")
    def destroy(self, request, public_id):
        deletion.delete_mistake(self._mine(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=SecondLookSerializer, summary="Not so sure: what else, and what speaks for and against it")
    @action(detail=True)
    def choices(self, request, public_id):
        mistake = self._mine()
        found = {
            "others": second_look.others(decisions.current_decision(mistake)),
            "trimming": second_look.trimming(mistake),
        }
        return Response(SecondLookSerializer(found).data)

    @extend_schema(responses=DeletionSerializer, summary="What would go with it, and what would stay")
    @action(detail=True)
    def deletion(self, request, public_id):
        mistake = self._mine()
        return Response({"goes": deletion.what_goes(mistake), "stays": deletion.what_stays(mistake)})

    @extend_schema(request=None, summary="Drop it")
    @action(detail=True, methods=["post"])
    def drop(self, request, public_id):
        return self._answer_again(debrief.drop_mistake(self._mine(), by=request.user))

    @extend_schema(request=NewFactSerializer, summary="Open it again for a new fact")
    @action(detail=True, methods=["post"])
    def reopen(self, request, public_id):
        mistake = self._mine()
        data = NewFactSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return self._answer_again(debrief.reopen_mistake(mistake, by=request.user, **data.validated_data))

    @extend_schema(request=ChoiceSerializer, summary="Decide otherwise")
    @action(detail=True, methods=["post"])
    def decide(self, request, public_id):
        mistake = self._mine()
        data = ChoiceSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        decisions.decide_otherwise(mistake, data.validated_data["action"], by=request.user)
        return self._answer_again(mistake)

    def _mine(self):
        mistake = self.get_object()
        if not can_decide_mistake(self.request.user, mistake):
            raise PermissionDenied
        return mistake

    def _answer_again(self, mistake, **kwargs):
        """As it is now, with the decision that stands now."""
        return self.answer(self.get_queryset().get(pk=mistake.pk), **kwargs)
