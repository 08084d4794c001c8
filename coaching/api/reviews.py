"""Reviews: read, ask, answer, take a suggestion, stop waiting."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from accounts.fields import validate_zone
from coaching.api.fields import OnePerson, PersonSerializer, read
from coaching.models import Review, ReviewItem
from coaching.permissions import can_answer_review, can_ask_review, can_take_suggestion, can_withdraw_review
from coaching.services import answer_times, answers, reviews
from followups.api.decisions import DecisionSerializer
from followups.api.fields import OneOf, WallTime
from followups.models import ThankYouNote, TriageDecision
from followups.services import notes
from interviews import services as facts
from interviews.models import Interview


class ItemSerializer(serializers.ModelSerializer):
    decision = DecisionSerializer(read_only=True)

    class Meta:
        model = ReviewItem
        fields = ["public_id", "decision", "answer", "action", "message"]
        read_only_fields = fields


class ReviewSerializer(serializers.ModelSerializer):
    interview = serializers.UUIDField(source="interview.public_id", read_only=True)
    note = serializers.UUIDField(source="note.public_id", read_only=True, default=None, allow_null=True)
    candidate = PersonSerializer(read_only=True)
    coach = PersonSerializer(read_only=True, allow_null=True, help_text="null while it waits at the desk.")
    items = ItemSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields = [
            "public_id",
            "interview",
            "note",
            "candidate",
            "coach",
            "status",
            "question",
            "answer_by",
            "opened_at",
            "answered_at",
            "items",
            "suggestion",
            "suggestion_taken_at",
            "message",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class AskSerializer(serializers.Serializer):
    interview = OneOf(queryset=Interview.objects.none())
    coach = OnePerson(
        role="coach", required=False, allow_null=True, help_text="Left out by whoever has none: the team at the desk."
    )
    decisions = OneOf(
        queryset=TriageDecision.objects.none(),
        many=True,
        required=False,
        help_text="Left out: those that wait by themselves.",
    )
    note = OneOf(queryset=ThankYouNote.objects.none(), required=False, allow_null=True)
    send_wall = WallTime(
        required=False, help_text="When the note goes, if it is still a draft: asking approves text and time."
    )
    send_zone = serializers.CharField(max_length=64, required=False, validators=[validate_zone])
    despite_findings = serializers.BooleanField(default=False)
    if_unreviewed = serializers.ChoiceField(choices=ThankYouNote.IfUnreviewed.choices, default="send")
    question = serializers.CharField(max_length=1000, default="", allow_blank=True)

    def validate(self, data):
        for decision in data.get("decisions", ()):
            if decision.mistake.interview_id != data["interview"].pk or not decision.is_current:
                raise serializers.ValidationError({"decisions": ["Name standing decisions of this interview."]})
        if bool(data.get("send_wall")) != bool(data.get("send_zone")):
            raise serializers.ValidationError({"send_zone": ["Time and zone go together."]})
        return data


class AnswerItemSerializer(serializers.Serializer):
    item = serializers.UUIDField(help_text="The item's public_id.")
    answer = serializers.ChoiceField(choices=ReviewItem.Answer.choices)
    action = serializers.ChoiceField(
        choices=TriageDecision.Action.choices, required=False, help_text="With `change`: what instead."
    )
    message = serializers.CharField(max_length=2000, default="", allow_blank=True)
    stop = serializers.BooleanField(
        default=False,
        help_text="With `change`: the sentence is false or would hurt; it is taken out of a scheduled note.",
    )


class AnswerSerializer(serializers.Serializer):
    items = AnswerItemSerializer(many=True)
    suggestion = serializers.CharField(max_length=20000, default="", allow_blank=True)
    message = serializers.CharField(max_length=2000, default="", allow_blank=True)


class TakeSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=20000, required=False, help_text="Left out: the suggestion as it is.")
    parts = serializers.ListField(
        source="accepted",
        child=serializers.IntegerField(min_value=0),
        required=False,
        help_text="The numbers of the changes to take, from `parts`; the others stay as they are.",
    )
    base = serializers.CharField(
        default="",
        allow_blank=True,
        help_text="With `parts`: the `base` they came with. 409 if the note is another now.",
    )
    despite_findings = serializers.BooleanField(default=False)

    def validate(self, data):
        if "text" in data and "accepted" in data:
            raise serializers.ValidationError({"parts": ["Give a text or the parts, not both."]})
        if "accepted" in data and not data["base"]:
            raise serializers.ValidationError({"base": ["Give the `base` that came with the parts."]})
        return data


class PartSerializer(serializers.Serializer):
    number = serializers.IntegerField(allow_null=True, help_text="null: the same in both.")
    gone = serializers.CharField(help_text="As it stands in the note.")
    come = serializers.CharField(help_text="As the coach suggests it.")


class PartsSerializer(serializers.Serializer):
    base = serializers.CharField(help_text="Names the note's text; give it back with `take`.")
    parts = PartSerializer(many=True)


class OutlookQuery(serializers.Serializer):
    interview = serializers.UUIDField()


class CoachOutlookSerializer(serializers.Serializer):
    coach = PersonSerializer()
    answer_by = serializers.DateTimeField(source="outlook.by", help_text="Until when an answer would help.")
    can_answer = serializers.BooleanField(
        source="outlook.can_answer", help_text="Whether the coach works enough before that to read it."
    )
    is_at_work = serializers.BooleanField(source="outlook.is_at_work")
    next_working_moment = serializers.DateTimeField(
        source="outlook.next_at", allow_null=True, help_text="Now, if at work; null: none is foreseen."
    )
    has_said = serializers.BooleanField(
        source="outlook.is_said", help_text="False: they have not said when they work, so any hour counts."
    )


class OutlookSerializer(serializers.Serializer):
    note = serializers.UUIDField(
        source="note.public_id", default=None, allow_null=True, help_text="The note there is still time to look at."
    )
    send_at = serializers.DateTimeField(allow_null=True, help_text="When it goes, answered or not.")
    decisions = OneOf(
        queryset=TriageDecision.objects.none(),
        many=True,
        help_text="Those that would be asked about if none are named.",
    )
    coaches = CoachOutlookSerializer(many=True, help_text="Empty where there is nothing to ask.")


class EffectSerializer(serializers.Serializer):
    code = serializers.CharField()
    text = serializers.CharField()


class ChoiceSerializer(serializers.Serializer):
    action = serializers.ChoiceField(choices=TriageDecision.Action.choices)
    label = serializers.CharField()
    obstacle = serializers.CharField(help_text="Why it cannot be chosen; empty: it can.")
    follows = EffectSerializer(many=True)
    if_stopped = EffectSerializer(many=True, help_text="With `stop`, where that makes a difference.")


class ItemChoicesSerializer(serializers.Serializer):
    item = serializers.UUIDField()
    choices = ChoiceSerializer(many=True)


class ReviewFilter(django_filters.FilterSet):
    interview = django_filters.UUIDFilter(field_name="interview__public_id")

    class Meta:
        model = Review
        fields = ["status"]


@extend_schema_view(
    create=extend_schema(request=AskSerializer, responses={201: ReviewSerializer}, summary="Ask a coach"),
    answer_it=extend_schema(request=AnswerSerializer, summary="Agree, change or ask, for every item"),
    outlook=extend_schema(
        parameters=[OutlookQuery],
        responses=OutlookSerializer,
        summary="What can be said before a coach is asked",
    ),
    choices=extend_schema(
        responses=ItemChoicesSerializer(many=True),
        summary="What could be decided instead, and what would follow, before it is done",
    ),
    parts=extend_schema(responses=PartsSerializer, summary="The suggestion as changes that can be taken one by one"),
    take=extend_schema(request=TakeSerializer, summary="Take the suggested text, in whole or in parts"),
    withdraw=extend_schema(request=None, summary="Don't wait for an answer"),
)
class ReviewViewSet(ReadRecords):
    """The candidate's own; a coach's, as long as the two work together and the interview is shared."""

    queryset = Review.objects.none()
    serializer_class = ReviewSerializer
    filterset_class = ReviewFilter

    def get_queryset(self):
        rows = super().get_queryset().select_related("interview", "note", "candidate", "coach")
        return rows.prefetch_related("items__decision__mistake")

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        facts.record_reads([review.interview for review in page], by=self.request.user)
        return page

    def retrieve(self, request, *args, **kwargs):
        review = self.get_object()
        facts.record_read(review.interview, by=request.user)
        reviews.open_review(review, by=request.user)
        return self.answer(review)

    def create(self, request):
        data = read(AskSerializer, self)
        interview = data.pop("interview")
        if not can_ask_review(request.user, interview):
            raise PermissionDenied
        sending = {name: data.pop(name) for name in ("send_wall", "send_zone", "despite_findings") if name in data}
        sending = sending if "send_wall" in sending else {}
        review = reviews.ask_review(interview, by=request.user, **{"coach": None, **data}, **sending)
        return self.answer(review, status=status.HTTP_201_CREATED)

    @action(detail=True, methods=["post"], url_path="answer", url_name="answer")
    def answer_it(self, request, public_id):
        review = self.get_object()
        if request.user.pk != review.coach_id:
            raise PermissionDenied
        data = read(AnswerSerializer, self)
        answers = {str(one.pop("item")): one for one in data.pop("items")}
        return self.answer(reviews.answer_review(review, by=request.user, answers=answers, **data))

    @action(detail=False, filterset_class=None, pagination_class=None)
    def outlook(self, request):
        wanted = OutlookQuery(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        interviews = Interview.objects.visible_to(request.user).select_related("candidate")
        interview = get_object_or_404(interviews, public_id=wanted.validated_data["interview"])
        if not can_ask_review(request.user, interview):
            raise PermissionDenied
        asking = answer_times.asking(interview, timezone.now())
        coaches = [{"coach": coach, "outlook": outlook} for coach, outlook in asking.coaches if outlook]
        body = {
            "note": asking.note,
            "send_at": asking.send_at,
            "decisions": asking.decisions,
            "coaches": coaches,
        }
        return Response(OutlookSerializer(body).data)

    @action(detail=True, filterset_class=None, pagination_class=None)
    def choices(self, request, public_id):
        review = self.get_object()
        if not can_answer_review(request.user, review):
            raise PermissionDenied
        facts.record_read(review.interview, by=request.user)
        items = review.items.select_related("decision__mistake__interview__candidate")
        body = [
            {"item": item.public_id, "choices": [_shown(one) for one in answers.choices_for(item)]} for item in items
        ]
        return Response(ItemChoicesSerializer(body, many=True).data)

    @action(detail=True, filterset_class=None, pagination_class=None)
    def parts(self, request, public_id):
        review = self.get_object()
        if not can_take_suggestion(request.user, review) or review.note is None:
            raise PermissionDenied
        body = {"base": notes.version_of(review.note), "parts": reviews.parts_of(review)}
        return Response(PartsSerializer(body).data)

    @action(detail=True, methods=["post"])
    def take(self, request, public_id):
        review = self.get_object()
        if not can_take_suggestion(request.user, review):
            raise PermissionDenied
        return self.answer(reviews.take_suggestion(review, by=request.user, **read(TakeSerializer, self)))

    @action(detail=True, methods=["post"])
    def withdraw(self, request, public_id):
        review = self.get_object()
        if not can_withdraw_review(request.user, review):
            raise PermissionDenied
        return self.answer(reviews.withdraw_review(review, by=request.user))


def _shown(choice):
    return {
        "action": choice.action,
        "label": choice.label,
        "obstacle": choice.obstacle,
        "follows": _effects(choice.follows),
        "if_stopped": _effects(choice.if_stopped),
    }


def _effects(effects):
    return [{"code": effect, "text": text} for effect, text in zip(effects, answers.in_words(effects), strict=True)]
