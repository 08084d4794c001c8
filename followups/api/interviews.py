"""Interviews, who was there, and what the job needs."""

import json

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.models import User
from accounts.written import Written
from followups.api.fields import Address, OneOf, WallTime
from followups.api.invitations import LineSerializer, ReadsInvitations
from followups.api.practice import PracticeActions
from followups.api.reading import WatchedRecords
from followups.services import coverage, outcomes
from followups.services import interviews as services
from followups.services.spreadsheets import lines_of
from followups.services.story import tell
from interviews import services as facts
from interviews.models import Interview, Interviewer, Requirement
from interviews.permissions import can_edit_interview, can_log_interview


class InterviewSerializer(serializers.ModelSerializer):
    candidate = serializers.UUIDField(source="candidate.public_id", read_only=True)
    planned = serializers.BooleanField(
        write_only=True, required=False, help_text="Only when logging: it is still to come."
    )
    zone = serializers.CharField(max_length=64, required=False, help_text="IANA name; the candidate's own if left out.")
    starts_wall = WallTime(required=False, allow_null=True)
    ends_wall = WallTime(required=False, help_text="Left out: just now.")
    previous = OneOf(queryset=Interview.objects.none(), required=False, allow_null=True)

    class Meta:
        model = Interview
        fields = [
            "public_id",
            "candidate",
            "company",
            "role_title",
            "status",
            "planned",
            "zone",
            "country",
            "starts_wall",
            "ends_wall",
            "starts_at",
            "ends_at",
            "decision_on",
            "decision_time",
            "contact_prohibited",
            "one_note_to_panel",
            "previous",
            "shared_with_coach",
            "notes",
            "went_well",
            "outcome",
            "outcome_at",
            "not_heard_at",
            "ask_outcome",
            "closed_at",
            "invitation_uid",
            "invitation_sequence",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            "status",
            "starts_at",
            "ends_at",
            "shared_with_coach",
            "outcome",
            "outcome_at",
            "not_heard_at",
            "ask_outcome",
            "closed_at",
        ]


class RequirementSerializer(serializers.ModelSerializer):
    interview = OneOf(queryset=Interview.objects.none())

    class Meta:
        model = Requirement
        fields = ["public_id", "interview", "text", "evidence", "coverage", "suggestion", "created_at", "updated_at"]
        read_only_fields = ["suggestion"]


class OutcomeSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Interview.Outcome)


class NextRoundSerializer(serializers.Serializer):
    starts_wall = WallTime(help_text="In the zone of the round before.")
    ends_wall = WallTime()


class LeftBehindSerializer(serializers.Serializer):
    mistake = serializers.UUIDField(source="mistake.public_id")
    why = serializers.ListField(child=serializers.CharField())


class ClosingSerializer(serializers.Serializer):
    """The closing page: its sentences, and what they are made of."""

    sentences = serializers.ListField(child=serializers.CharField(), source="story.sentences")
    went_well = serializers.CharField(source="interview.went_well")
    needs_her = serializers.BooleanField(source="closing.needs_her")
    closed_at = serializers.DateTimeField(source="interview.closed_at", allow_null=True)
    nothing_has_changed = serializers.BooleanField(
        source="came_back", help_text="Closed some hours ago, and nothing has happened since."
    )
    left_behind = LeftBehindSerializer(source="behind", many=True)


class ReplySerializer(serializers.Serializer):
    subject = serializers.CharField()
    body = serializers.CharField()
    mailto = serializers.CharField()


class CsvRenderer(BaseRenderer):
    """Lets programs ask for text/csv; what it writes itself is refusals only."""

    media_type, format = "text/csv", "csv"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return json.dumps(data)


class InterviewFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        method="find",
        label="Words in company, job or people; a coach's also in the client's name. Without accents and case.",
    )
    show = django_filters.ChoiceFilter(
        choices=Interview.Show, method="narrow", label="As on the page. The month is this one in the reader's own zone."
    )

    class Meta:
        model = Interview
        fields = ["status", "outcome", "shared_with_coach"]

    def find(self, queryset, name, value: str):
        return queryset.search(value, by=self.request.user)

    def narrow(self, queryset, name, value: str):
        return queryset.showing(value, now=timezone.now(), zone=self.request.user.zone)


def _first(is_coach, number, *, user, now):
    seen = Interview.objects.visible_to(User(pk=user, is_coach=is_coach), now)
    columns = [name for name in InterviewSerializer.Meta.fields if name != "planned"]
    rows = seen.select_related("candidate", "previous").only(*columns, "candidate__public_id", "previous__public_id")
    return rows.order_by("-id")[:number]


def editable(user, interview):
    if not can_edit_interview(user, interview):
        raise PermissionDenied


@extend_schema_view(
    hold=extend_schema(request=None, summary="It has taken place"),
    cancel=extend_schema(request=None, summary="It was called off"),
    miss=extend_schema(request=None, summary="She missed it"),
    plan=extend_schema(request=None, summary="There is a new date"),
    share=extend_schema(request=None, summary="Let the coach read it"),
    unshare=extend_schema(request=None, summary="Keep it to oneself"),
    outcome=extend_schema(request=OutcomeSerializer, responses=InterviewSerializer, summary="What they decided"),
    not_heard=extend_schema(request=None, summary="No word from them yet: it is asked once more, a week later"),
    dont_ask=extend_schema(request=None, summary="How it ended is not asked any more"),
    closing=extend_schema(
        responses=ClosingSerializer, summary="That was the interview: what was done, and what is next"
    ),
    next_round=extend_schema(
        request=NextRoundSerializer,
        responses={201: InterviewSerializer},
        summary="Plan the next round, joined to this one",
    ),
    reply=extend_schema(
        responses=ReplySerializer, summary="Three kind lines after a no, as an option; kept nowhere, sent by herself"
    ),
    create=extend_schema(summary="Log an interview: the company is enough"),
    quick=extend_schema(
        request=LineSerializer, responses={201: InterviewSerializer}, summary="Log an interview from one line"
    ),
    export=extend_schema(
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
        summary="All her interviews as a CSV file, which `imports/` takes",
    ),
)
class InterviewViewSet(PracticeActions, ReadsInvitations, WatchedRecords):
    """The candidate's own, or what clients share. Only the candidate writes."""

    queryset = Interview.objects.none()
    first_page = Written(_first)
    serializer_class = InterviewSerializer
    filterset_class = InterviewFilter

    def get_queryset(self):
        return super().get_queryset().select_related("candidate", "previous")

    def interview_of(self, interview):
        return interview

    def create(self, request):
        if not can_log_interview(request.user):
            raise PermissionDenied
        data = self._read(request)
        interview = services.log_interview(candidate=request.user, by=request.user, **data)
        return self.answer(interview, status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        interview = self._mine()
        data = self._read(request, interview, partial=True)
        data.pop("planned", None)
        return self.answer(services.edit_interview(interview, by=request.user, **data))

    def destroy(self, request, public_id):
        services.delete_interview(self._mine(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @action(detail=False, filterset_class=None, pagination_class=None, renderer_classes=[JSONRenderer, CsvRenderer])
    def export(self, request):
        if not can_log_interview(request.user):
            raise PermissionDenied
        headers = {"Content-Disposition": 'attachment; filename="interviews.csv"'}
        return StreamingHttpResponse(lines_of(request.user), content_type="text/csv; charset=utf-8", headers=headers)

    @action(detail=True, methods=["post"])
    def hold(self, request, public_id):
        return self._move(facts.hold_interview)

    @action(detail=True, methods=["post"])
    def cancel(self, request, public_id):
        return self._move(facts.cancel_interview)

    @action(detail=True, methods=["post"])
    def miss(self, request, public_id):
        return self._move(facts.miss_interview)

    @action(detail=True, methods=["post"])
    def plan(self, request, public_id):
        return self._move(facts.plan_again)

    @action(detail=True, methods=["post"])
    def share(self, request, public_id):
        return self.answer(facts.share(self._mine(), by=request.user))

    @action(detail=True, methods=["post"])
    def unshare(self, request, public_id):
        return self.answer(facts.unshare(self._mine(), by=request.user))

    @action(detail=True, methods=["post"])
    def outcome(self, request, public_id):
        interview = self._mine()
        data = OutcomeSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return self.answer(services.record_outcome(interview, data.validated_data["outcome"], by=request.user))

    @action(detail=True, methods=["post"], url_path="not-heard")
    def not_heard(self, request, public_id):
        return self.answer(services.not_heard_yet(self._mine(), by=request.user))

    @action(detail=True, methods=["post"], url_path="dont-ask")
    def dont_ask(self, request, public_id):
        return self.answer(services.stop_asking(self._mine(), by=request.user))

    @action(detail=True)
    def closing(self, request, public_id):
        return Response(ClosingSerializer(tell(self._mine(), request.user)).data)

    @action(detail=True, methods=["post"], url_path="next-round")
    def next_round(self, request, public_id):
        interview = self._mine()
        data = NextRoundSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        following = outcomes.plan_next_round(interview, by=request.user, **data.validated_data)
        return self.answer(following, status=status.HTTP_201_CREATED)

    @action(detail=True)
    def reply(self, request, public_id):
        interview = self._mine()
        reply = outcomes.gracious_reply(interview)
        return Response({"subject": reply.subject, "body": reply.body, "mailto": outcomes.mailto_of(interview, reply)})

    @extend_schema(
        responses=inline_serializer("Suggestion", {"must_have": RequirementSerializer(allow_null=True)}),
        summary="One thing they did not hear, where there is one",
    )
    @action(detail=True)
    def suggestion(self, request, public_id):
        must_have = coverage.suggestion_for(self._mine())
        return Response(
            {"must_have": must_have and RequirementSerializer(must_have, context={"request": request}).data}
        )

    def _mine(self):
        interview = self.get_object()
        editable(self.request.user, interview)
        return interview

    def _move(self, verb):
        return self.answer(services.move_interview(self._mine(), verb, by=self.request.user))


class OfInterviewViewSet(WatchedRecords):
    """Small records of an interview: whoever reads the interview reads them, the candidate writes them."""

    add = change = remove = None  # services, set by each

    def get_queryset(self):
        return super().get_queryset().select_related("interview__candidate")

    def create(self, request):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = dict(serializer.validated_data)
        interview = data.pop("interview")
        editable(request.user, interview)
        record = type(self).add(interview, by=request.user, **data)
        services.interview_changed(interview, by=request.user)
        return self.answer(record, status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        record = self._mine()
        serializer = self.get_serializer(record, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        data = {name: value for name, value in serializer.validated_data.items() if name != "interview"}
        record = type(self).change(record, by=request.user, **data)
        services.interview_changed(record.interview, by=request.user)
        return self.answer(record)

    def destroy(self, request, public_id):
        record = self._mine()
        interview = record.interview
        type(self).remove(record, by=request.user)
        services.interview_changed(interview, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _mine(self):
        record = self.get_object()
        editable(self.request.user, record.interview)
        return record


class InterviewerSerializer(serializers.ModelSerializer):
    interview = OneOf(queryset=Interview.objects.none())
    email = Address(required=False, allow_blank=True)

    class Meta:
        model = Interviewer
        fields = ["public_id", "interview", "kind", "name", "title", "email", "zone", "created_at", "updated_at"]


class OfInterviewFilter(django_filters.FilterSet):
    interview = django_filters.UUIDFilter(field_name="interview__public_id")


class InterviewerViewSet(OfInterviewViewSet):
    queryset = Interviewer.objects.none()
    serializer_class = InterviewerSerializer
    filterset_class = OfInterviewFilter
    add, change, remove = facts.add_interviewer, facts.edit_interviewer, facts.remove_interviewer


class TakenSerializer(serializers.Serializer):
    mistake = serializers.UUIDField(help_text="Its questions are to be answered like any other's.")


class RequirementViewSet(OfInterviewViewSet):
    """Must-haves: did they hear it, and what shows that she has it?"""

    queryset = Requirement.objects.none()
    serializer_class = RequirementSerializer
    filterset_class = OfInterviewFilter
    add, change, remove = facts.add_requirement, facts.edit_requirement, facts.remove_requirement

    @extend_schema(
        request=None, responses={201: TakenSerializer}, summary="Have them hear it: it becomes something she left out"
    )
    @action(detail=True, methods=["post"])
    def take(self, request, public_id):
        mistake = coverage.take_suggestion(self._mine(), by=request.user)
        return Response({"mistake": mistake.public_id}, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, summary="Leave it; nothing is offered again for this interview")
    @action(detail=True, methods=["post"])
    def leave(self, request, public_id):
        requirement = self._mine()
        coverage.decline_suggestion(requirement, by=request.user)
        return self.answer(self.get_queryset().get(pk=requirement.pk))
