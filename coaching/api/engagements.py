"""Working together: ask, agree, decline, end; which coaches there are, and who of them has room."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts import services as accounts
from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from accounts.models import Engagement, User
from accounts.permissions import can_answer_engagement, can_end_engagement, can_set_capacity
from accounts.records import Conflict, Refused
from accounts.services.people import MAX_CAPACITY
from coaching.api.fields import PersonSerializer, read
from coaching.services import engagements


class EngagementSerializer(serializers.ModelSerializer):
    candidate = PersonSerializer(read_only=True)
    coach = PersonSerializer(read_only=True)
    open_until = serializers.DateTimeField(read_only=True, help_text="Until when it can be answered while `invited`.")

    class Meta:
        model = Engagement
        fields = [
            "public_id",
            "candidate",
            "coach",
            "status",
            "for_anybody",
            "candidate_agreed_at",
            "coach_agreed_at",
            "share_new_interviews",
            "open_until",
            "ended_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class ProposeSerializer(serializers.Serializer):
    coach = serializers.UUIDField(
        required=False, allow_null=True, help_text="Left out by a candidate: somebody, whoever has most room."
    )
    candidate = serializers.UUIDField(required=False, help_text="By admins only, with `coach`: both are asked.")
    share_new_interviews = serializers.BooleanField(
        default=False,
        help_text="By a candidate: whether interviews logged from then on can be read. Earlier ones stay.",
    )


class AgreeSerializer(serializers.Serializer):
    share_new_interviews = serializers.BooleanField(
        default=False, help_text="A candidate's choice for interviews logged from now on, for all her coaches."
    )


class SharingSerializer(serializers.Serializer):
    share_new_interviews = serializers.BooleanField()


class EndTogetherSerializer(serializers.Serializer):
    cancel = serializers.ListField(
        child=serializers.UUIDField(),
        default=list,
        max_length=engagements.MANY,
        help_text="Sessions ahead, by the bookings' public_id, that shall not take place; the others stay booked.",
    )


class SessionAheadSerializer(serializers.Serializer):
    public_id = serializers.UUIDField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class EndingSerializer(serializers.Serializer):
    sessions = SessionAheadSerializer(many=True, help_text="They stay booked unless named in `cancel`.")
    handed_on = serializers.IntegerField(help_text="Open reviews that go to her other coach.")
    unanswered = serializers.IntegerField(help_text="Open reviews that count as unanswered: what was approved goes.")


@extend_schema_view(
    create=extend_schema(
        request=ProposeSerializer,
        responses={201: EngagementSerializer},
        summary="Ask a coach, or somebody; as an admin, bring two together",
    ),
    agree=extend_schema(request=AgreeSerializer, summary="Agree; only the candidate says what is shared"),
    decline=extend_schema(request=None, summary="Say no; the other side is told without a reason"),
    ending=extend_schema(responses=EndingSerializer, summary="What an end would touch, before it happens"),
    end=extend_schema(request=EndTogetherSerializer, summary="End it, or take the question back; sight ends at once"),
    sharing=extend_schema(
        request=SharingSerializer, responses={204: None}, summary="Share each new interview with one's coaches, or not"
    ),
)
class EngagementViewSet(ReadRecords):
    """One's own; for admins all, which hold no content."""

    queryset = Engagement.objects.none()
    serializer_class = EngagementSerializer
    filterset_fields = ["status"]

    def get_queryset(self):
        return super().get_queryset().select_related("candidate", "coach")

    def create(self, request):
        data = read(ProposeSerializer, self)
        user = request.user
        if user.is_admin:
            people = {role: _person(data.get(role), role) for role in ("candidate", "coach")}
            return self.answer(accounts.propose_engagement(by=user, **people), status=status.HTTP_201_CREATED)
        if not user.is_candidate:
            raise PermissionDenied
        coach = _person(data["coach"], "coach") if data.get("coach") else None
        asked = accounts.ask_for_coach(candidate=user, coach=coach, share_new_interviews=data["share_new_interviews"])
        if asked is None:
            raise Conflict(
                _(
                    "Every coach here has as many people as they can look after well. The admins hear today that somebody asks, not who. Ask again later."
                )
            )
        return self.answer(asked, status=status.HTTP_201_CREATED)

    @action(detail=True, methods=["post"])
    def agree(self, request, public_id):
        data = read(AgreeSerializer, self)
        return self.answer(accounts.agree_to_engagement(self._answerable(), by=request.user, **data))

    @action(detail=True, methods=["post"])
    def decline(self, request, public_id):
        engagement = self._answerable()
        accounts.decline_engagement(engagement, by=request.user)
        return self.answer(engagement)

    @action(detail=True, filterset_fields=None, pagination_class=None)
    def ending(self, request, public_id):
        return Response(EndingSerializer(engagements.what_ends(self._endable())).data)

    @action(detail=True, methods=["post"])
    def end(self, request, public_id):
        engagement = self._endable()
        return self.answer(engagements.end(engagement, by=request.user, **read(EndTogetherSerializer, self)))

    @action(detail=False, methods=["post"], filterset_fields=None, pagination_class=None)
    def sharing(self, request):
        if not request.user.is_candidate:
            raise PermissionDenied
        data = read(SharingSerializer, self)
        accounts.share_new_interviews_of(request.user, wanted=data["share_new_interviews"])
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _answerable(self):
        engagement = self.get_object()
        if not can_answer_engagement(self.request.user, engagement):
            raise PermissionDenied
        return engagement

    def _endable(self):
        engagement = self.get_object()
        if not can_end_engagement(self.request.user, engagement):
            raise PermissionDenied
        return engagement


def _person(public_id, role):
    found = User.objects.filter(public_id=public_id, is_active=True, **{f"is_{role}": True}).first()
    if found is None:
        raise Refused(_("There is nobody of that id."), field=role)
    return found


class CoachSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="get_full_name", read_only=True)
    has_room = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["public_id", "name", "zone", "has_room"]
        read_only_fields = fields

    def get_has_room(self, coach) -> bool:
        return coach.room > 0


class CoachRoomSerializer(CoachSerializer):
    """With the numbers, for admins and the coach herself."""

    clients = serializers.IntegerField(read_only=True)
    asked = serializers.IntegerField(read_only=True, help_text="Not answered yet; they take up room too.")
    capacity = serializers.IntegerField(min_value=0, max_value=MAX_CAPACITY)

    class Meta(CoachSerializer.Meta):
        fields = [*CoachSerializer.Meta.fields, "clients", "asked", "capacity"]
        read_only_fields = CoachSerializer.Meta.fields


@extend_schema_view(
    list=extend_schema(responses=CoachSerializer(many=True), summary="Who coaches here, and whether they have room"),
    retrieve=extend_schema(responses=CoachSerializer),
)
class CoachViewSet(ReadRecords):
    """Whoever can be asked. The numbers are for admins and the coach herself."""

    queryset = User.objects.none()
    serializer_class = CoachSerializer
    filterset_fields = None

    def get_queryset(self):
        return User.objects.coaches().with_room()

    def retrieve(self, request, *args, **kwargs):
        return self.answer(self.get_object())

    @extend_schema(methods=["GET"], responses=CoachRoomSerializer, summary="How many clients she has, and takes on")
    @extend_schema(
        methods=["PATCH"], request=CoachRoomSerializer, responses=CoachRoomSerializer, summary="Say how many"
    )
    @action(detail=True, methods=["get", "patch"], serializer_class=CoachRoomSerializer)
    def room(self, request, public_id):
        coach = self.get_object()
        if not can_set_capacity(request.user, coach):
            raise PermissionDenied
        if request.method == "PATCH":
            data = self._read(request, coach, partial=True)
            if "capacity" in data:
                accounts.set_capacity(coach, data["capacity"], by=request.user)
            coach = User.objects.coaches().with_room().get(pk=coach.pk)
        return self.answer(coach)
