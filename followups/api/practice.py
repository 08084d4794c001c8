"""Lessons: what she took up, practising alone, and whether it held; the sheet before an interview."""

import django_filters
from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from followups.api.fields import OneOf
from followups.models import Attempt, Lesson, Recall, Rehearsal
from followups.permissions import can_practise_lesson
from followups.services import lessons, preps, recalls, rehearsals
from interviews.models import Interview


class LessonSerializer(serializers.ModelSerializer):
    mistake = serializers.SerializerMethodField(help_text="Where it came from, for whoever may read that.")
    joined_into = serializers.SerializerMethodField()
    to_do = serializers.SerializerMethodField(help_text="What to do next time, in one line.")

    class Meta:
        model = Lesson
        fields = ["public_id", "title", "status", "mistake", "joined_into", "to_do", "created_at", "updated_at"]
        read_only_fields = ["status"]

    @extend_schema_field({"type": ["string", "null"], "format": "uuid"})
    def get_mistake(self, lesson):
        return str(lesson.mistake.public_id) if lesson.mistake and self._sees_source(lesson) else None

    @extend_schema_field({"type": ["string", "null"], "format": "uuid"})
    def get_joined_into(self, lesson):
        is_seen = self._is_hers(lesson) or getattr(lesson, "is_whole_seen", False)
        return str(lesson.joined_into.public_id) if lesson.joined_into and is_seen else None

    def get_to_do(self, lesson) -> str:
        return lessons.to_do_of(lesson) if self._sees_source(lesson) else lesson.title

    def _sees_source(self, lesson):
        return self._is_hers(lesson) or getattr(lesson, "is_source_seen", False)

    def _is_hers(self, lesson):
        return lesson.candidate_id == self.context["request"].user.pk


class RehearsalSerializer(serializers.ModelSerializer):
    asked = serializers.SerializerMethodField(help_text="The question to answer aloud: hers, else the one that fits.")

    class Meta:
        model = Rehearsal
        fields = ["asked", "question", "situation", "task", "action", "result"]

    def get_asked(self, rehearsal) -> str:
        return rehearsals.question_of(rehearsal)


class AttemptSerializer(serializers.ModelSerializer):
    class Meta:
        model = Attempt
        fields = ["public_id", "result", "created_at"]


class OtherSerializer(serializers.Serializer):
    other = OneOf(queryset=Lesson.objects.none())


class PairSerializer(serializers.Serializer):
    pair = LessonSerializer(many=True, help_text="Two that are alike, or none.")


class AskedSerializer(serializers.Serializer):
    lesson = serializers.UUIDField(source="lesson.public_id", read_only=True)
    title = serializers.CharField(source="lesson.title", read_only=True)
    answer = serializers.CharField(read_only=True, help_text="Empty: not answered.")


class RecallSerializer(serializers.Serializer):
    lesson = OneOf(queryset=Lesson.objects.none())
    answer = serializers.ChoiceField(choices=Recall.Answer)


class MustHaveLineSerializer(serializers.Serializer):
    text = serializers.CharField()
    evidence = serializers.CharField(help_text="What she can show for it.")
    heard = serializers.CharField(help_text="How it stood in an earlier round, in words.")


class SheetSerializer(serializers.Serializer):
    people = serializers.ListField(child=serializers.CharField())
    say_there = serializers.ListField(child=serializers.CharField(), help_text="Worth saying when they meet again.")
    practise = serializers.ListField(child=serializers.CharField(), help_text="What to do, never what went wrong.")
    must_haves = MustHaveLineSerializer(many=True)
    went_well = serializers.ListField(child=serializers.CharField())
    links = serializers.ListField(child=serializers.CharField())
    jottings = serializers.CharField()


class LessonFilter(django_filters.FilterSet):
    class Meta:
        model = Lesson
        fields = ["status"]


@extend_schema_view(partial_update=extend_schema(summary="Call it something else"))
class LessonViewSet(ReadRecords):
    """Her own; a coach reads the names of those out of shared interviews or on a session's agenda, nothing else."""

    queryset = Lesson.objects.none()
    serializer_class = LessonSerializer
    filterset_class = LessonFilter

    def get_queryset(self):
        rows = super().get_queryset().select_related("mistake__requirement", "joined_into")
        return rows.with_source_seen(self.request.user)

    def partial_update(self, request, public_id):
        lesson = self._mine()
        data = self._read(LessonSerializer, instance=lesson, partial=True)
        return self.answer(lessons.rename_lesson(lesson, by=request.user, **data) if data else lesson)

    @extend_schema(
        methods=["GET"], responses=RehearsalSerializer, summary="Her question and notes; nobody else's to read"
    )
    @extend_schema(
        methods=["PATCH"], request=RehearsalSerializer, responses=RehearsalSerializer, summary="Keep question and notes"
    )
    @action(detail=True, methods=["get", "patch"])
    def rehearsal(self, request, public_id):
        lesson = self._mine()
        rehearsal = rehearsals.rehearsal_of(lesson)
        if request.method == "PATCH":
            data = self._read(RehearsalSerializer, instance=rehearsal, partial=True)
            rehearsal = rehearsals.keep_rehearsal(lesson, by=request.user, **data)
        return Response(RehearsalSerializer(rehearsal).data)

    @extend_schema(request=AttemptSerializer, responses={201: AttemptSerializer}, summary="Said aloud once")
    @action(detail=True, methods=["post"])
    def attempt(self, request, public_id):
        lesson = self._mine()
        attempt = rehearsals.record_attempt(lesson, by=request.user, **self._read(AttemptSerializer))
        return Response(AttemptSerializer(attempt).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=LessonSerializer, summary="Leave it behind")
    @action(detail=True, methods=["post"])
    def decline(self, request, public_id):
        return self.answer(lessons.decline_lesson(self._mine(), by=request.user))

    @extend_schema(
        request=None, responses=LessonSerializer, summary="Take it up again; what is joined goes on in its whole"
    )
    @action(detail=True, methods=["post"])
    def take(self, request, public_id):
        return self.answer(lessons.take_again(self._mine(), by=request.user))

    @extend_schema(
        request=OtherSerializer, responses=LessonSerializer, summary="Practise both as one: the older goes on"
    )
    @action(detail=True, methods=["post"])
    def join(self, request, public_id):
        return self.answer(lessons.join_lessons(self._mine(), by=request.user, **self._read(OtherSerializer)))

    @extend_schema(
        request=OtherSerializer, responses=LessonSerializer, summary="They are two things: not offered again"
    )
    @action(detail=True, methods=["post"])
    def apart(self, request, public_id):
        return self.answer(lessons.keep_apart(self._mine(), by=request.user, **self._read(OtherSerializer)))

    @extend_schema(request=None, responses=LessonSerializer, summary="Practise what was joined on its own again")
    @action(detail=True, methods=["post"])
    def separate(self, request, public_id):
        return self.answer(lessons.separate_lesson(self._mine(), by=request.user))

    @extend_schema(responses=PairSerializer, filters=False, summary="The two that are most alike, to be joined or not")
    @action(detail=False, methods=["get"], pagination_class=None)
    def alike(self, request):
        there = list(Lesson.objects.filter(candidate=request.user).open().for_list()[: lessons.SHOWN])
        pair = lessons.pair_to_join(there)
        return Response(PairSerializer({"pair": pair or []}, context=self.get_serializer_context()).data)

    def _mine(self):
        lesson = self.get_object()
        if not can_practise_lesson(self.request.user, lesson):
            raise PermissionDenied
        return lesson

    def _read(self, serializer, **kwargs):
        given = serializer(data=self.request.data, context=self.get_serializer_context(), **kwargs)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class PracticeActions:
    """Actions of the interviews' viewset."""

    @extend_schema(responses=SheetSerializer, summary="The prep sheet: what fits on one page")
    @action(detail=True, methods=["get"])
    def prep(self, request, public_id):
        return Response(SheetSerializer(preps.sheet_of(self._mine())).data)

    @extend_schema(
        methods=["GET"],
        responses=AskedSerializer(many=True),
        filters=False,
        summary="What is asked after it: three at most",
    )
    @extend_schema(
        methods=["POST"],
        request=RecallSerializer,
        responses=LessonSerializer,
        summary="It held, came back, or was not there",
    )
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def recall(self, request, public_id):
        interview: Interview = self._mine()
        if request.method == "GET":
            return Response(AskedSerializer(recalls.asked_after(interview), many=True).data)
        given = RecallSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        recall = recalls.answer_recall(interview=interview, by=request.user, **given.validated_data)
        return Response(LessonSerializer(recall.lesson, context=self.get_serializer_context()).data)
