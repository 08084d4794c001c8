"""Series of slots and days without any: who offers sessions reads and makes them; everybody else sees the slots."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from accounts.fields import validate_clean_line, validate_zone
from coaching.api.changes import CalendarChangeSerializer
from coaching.api.fields import OnePerson, PersonSerializer, read
from coaching.models import Closure, SlotSeries
from coaching.permissions import can_close_days, can_manage_slot, can_offer_for, can_offer_slots
from coaching.services import closures, series, series_changes
from followups.api.fields import WallTime


class SeriesSerializer(serializers.ModelSerializer):
    coach = PersonSerializer(read_only=True)
    starts_wall = WallTime(read_only=True)

    class Meta:
        model = SlotSeries
        fields = [
            "public_id",
            "coach",
            "status",
            "rule",
            "zone",
            "starts_wall",
            "until_on",
            "in_a_row",
            "minutes",
            "buffer_minutes",
            "place",
            "link",
            "exceptions",
            "rolled_until",
        ]
        read_only_fields = fields


class SeriesNewSerializer(serializers.ModelSerializer):
    coach = OnePerson(role="coach", required=False, help_text="Left out: you.")
    rule = serializers.CharField(
        max_length=1000,
        help_text="An RRULE of RFC 5545: FREQ=WEEKLY with INTERVAL, BYDAY, WKST, COUNT or UNTIL. COUNT and UNTIL become `until_on`.",
    )
    starts_wall = WallTime()
    zone = serializers.CharField(max_length=64, validators=[validate_zone])
    exceptions = serializers.ListField(child=serializers.DateField(), max_length=series.MOST_EXCEPTIONS, required=False)

    class Meta:
        model = SlotSeries
        fields = [
            "coach",
            "rule",
            "zone",
            "starts_wall",
            "until_on",
            "in_a_row",
            "minutes",
            "buffer_minutes",
            "place",
            "link",
            "exceptions",
        ]


class GapSerializer(serializers.Serializer):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    why = serializers.CharField(help_text="What stands in the way; empty if nothing does any more.")


class FromOnSerializer(serializers.Serializer):
    from_on = serializers.DateField(help_text="The first day of which something changes; today at the earliest.")


class SeriesValuesSerializer(FromOnSerializer):
    """What is left out stays as it is."""

    starts = serializers.TimeField(required=False, help_text="On the wall of its zone.")
    days = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), max_length=7, required=False, help_text="Monday is 0."
    )
    in_a_row = serializers.IntegerField(required=False)
    minutes = serializers.IntegerField(required=False)
    buffer_minutes = serializers.IntegerField(required=False)
    until_on = serializers.DateField(required=False, allow_null=True)
    place = serializers.CharField(max_length=120, required=False, allow_blank=True, validators=[validate_clean_line])
    link = serializers.URLField(max_length=300, required=False, allow_blank=True)


class Choosing(serializers.Serializer):
    choices = serializers.DictField(
        child=serializers.ChoiceField(choices=[series_changes.KEEP, series_changes.ASK, series_changes.CANCEL]),
        default=dict,
        help_text="By slot, for those who have booked: keep, ask (whether the new time suits), cancel. Left out: keep.",
    )
    reason = serializers.CharField(
        max_length=200,
        default="",
        allow_blank=True,
        validators=[validate_clean_line],
        help_text="Needed where somebody's session is cancelled, who reads it.",
    )


class SeriesEditSerializer(SeriesValuesSerializer, Choosing):
    pass


class SeriesEndSerializer(FromOnSerializer, Choosing):
    pass


class PlanRowSerializer(serializers.Serializer):
    slot = serializers.UUIDField(source="slot.public_id")
    act = serializers.CharField(help_text="edit, withdraw, or empty where it stays.")
    was = serializers.DateTimeField(source="slot.starts_at")
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    candidate = PersonSerializer(
        source="booking.candidate", default=None, allow_null=True, help_text="Who has booked it."
    )
    asks = serializers.BooleanField(help_text="Whether a choice is needed for them.")
    in_the_way = serializers.CharField(help_text="Why it cannot be moved there.")


class PlanSerializer(serializers.Serializer):
    from_on = serializers.DateField()
    changed = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    added = serializers.IntegerField()
    rows = PlanRowSerializer(many=True)


class FilledSerializer(serializers.Serializer):
    made = serializers.IntegerField()


@extend_schema_view(
    create=extend_schema(
        request=SeriesNewSerializer, responses={201: SeriesSerializer}, summary="Offer sessions by a weekly pattern"
    ),
    gaps=extend_schema(
        responses=GapSerializer(many=True), summary="Times of the pattern that have no slot", filters=False
    ),
    preview_edit=extend_schema(
        request=SeriesValuesSerializer, responses=PlanSerializer, summary="What another pattern from a day on would do"
    ),
    edit=extend_schema(
        request=SeriesEditSerializer,
        responses={201: CalendarChangeSerializer},
        summary="Change it from a day on; waits, and can be undone, if anybody has to be told",
    ),
    preview_end=extend_schema(
        request=FromOnSerializer, responses=PlanSerializer, summary="What ending it that day would do"
    ),
    end=extend_schema(
        request=SeriesEndSerializer,
        responses={201: CalendarChangeSerializer},
        summary="No more from a day on; waits, and can be undone, if anybody has to be told",
    ),
    fill=extend_schema(
        request=None, responses=FilledSerializer, summary="Make the gaps in whose way nothing stands any more"
    ),
)
class SeriesViewSet(ReadRecords):
    """Admins see all, a coach her own. Its slots stand under slots; new ones are made as far ahead as can be booked."""

    queryset = SlotSeries.objects.none()
    serializer_class = SeriesSerializer

    def get_queryset(self):
        return super().get_queryset().select_related("coach")

    def create(self, request):
        if not can_offer_slots(request.user):
            raise PermissionDenied
        data = {"coach": request.user, **read(SeriesNewSerializer, self)}
        if not can_offer_for(request.user, data["coach"]):
            raise PermissionDenied
        made = series.create_series(by=request.user, **data)
        return self.answer(made, status=status.HTTP_201_CREATED)

    @action(detail=True, pagination_class=None)
    def gaps(self, request, public_id):
        rows = series.gaps(self.get_object(), timezone.now())
        words = [gap.obstacle.words(request.user) if gap.obstacle else "" for gap in rows]
        told = [
            {"starts_at": gap.starts_at, "ends_at": gap.ends_at, "why": why}
            for gap, why in zip(rows, words, strict=True)
        ]
        return Response(GapSerializer(told, many=True).data)

    @action(detail=True, methods=["post"])
    def fill(self, request, public_id):
        return Response({"made": len(series.fill(self._managed(), by=request.user))})

    @action(detail=True, methods=["post"], url_path="preview-edit")
    def preview_edit(self, request, public_id):
        return Response(PlanSerializer(self._edited(self._managed(), read(SeriesValuesSerializer, self))).data)

    @action(detail=True, methods=["post"])
    def edit(self, request, public_id):
        one, data = self._managed(), read(SeriesEditSerializer, self)
        chosen = {name: data.pop(name) for name in ("choices", "reason")}
        return self._carried_out(self._edited(one, data), chosen)

    @action(detail=True, methods=["post"], url_path="preview-end")
    def preview_end(self, request, public_id):
        one, data = self._managed(), read(FromOnSerializer, self)
        return Response(PlanSerializer(series_changes.plan_end(one, now=timezone.now(), **data)).data)

    @action(detail=True, methods=["post"])
    def end(self, request, public_id):
        one, data = self._managed(), read(SeriesEndSerializer, self)
        plan = series_changes.plan_end(one, from_on=data.pop("from_on"), now=timezone.now())
        return self._carried_out(plan, data)

    def _edited(self, one, data):
        values = series_changes.values_of(one) | data
        return series_changes.plan_edit(one, from_on=values.pop("from_on"), values=values, now=timezone.now())

    def _carried_out(self, plan, chosen):
        if strangers := chosen["choices"].keys() - {row.key for row in plan.asking}:
            problems = {key: [_("For this slot there is nothing to choose.")] for key in sorted(strangers)}
            raise serializers.ValidationError({"choices": problems})
        change = series_changes.carry_out(plan, by=self.request.user, **chosen)
        return Response(
            CalendarChangeSerializer(change, context=self.get_serializer_context()).data, status=status.HTTP_201_CREATED
        )

    def _managed(self):
        one = self.get_object()
        if not can_manage_slot(self.request.user, one):
            raise PermissionDenied
        return one


class ClosureSerializer(serializers.ModelSerializer):
    coach = PersonSerializer(read_only=True, help_text="Empty: all coaches.")

    class Meta:
        model = Closure
        fields = ["public_id", "coach", "from_on", "until_on", "title"]
        read_only_fields = fields


class ClosureNewSerializer(serializers.ModelSerializer):
    coach = OnePerson(
        role="coach", required=False, allow_null=True, help_text="Left out: all coaches (admins), or you."
    )
    title = serializers.CharField(max_length=80, validators=[validate_clean_line])

    class Meta:
        model = Closure
        fields = ["coach", "from_on", "until_on", "title"]


@extend_schema_view(
    create=extend_schema(
        request=ClosureNewSerializer,
        responses={201: ClosureSerializer},
        summary="Close days: no slots are made on them",
    ),
    destroy=extend_schema(summary="Open the days again"),
)
class ClosureViewSet(ReadRecords):
    """Days without sessions. What is there already stays until somebody withdraws it."""

    queryset = Closure.objects.none()
    serializer_class = ClosureSerializer

    def get_queryset(self):
        return super().get_queryset().select_related("coach")

    def create(self, request):
        if not can_offer_slots(request.user):
            raise PermissionDenied
        data = {"coach": None if request.user.is_admin else request.user, **read(ClosureNewSerializer, self)}
        if not can_close_days(request.user, data["coach"]):
            raise PermissionDenied
        return self.answer(closures.close_days(by=request.user, **data), status=status.HTTP_201_CREATED)

    def destroy(self, request, public_id):
        closure = self.get_object()
        if not can_close_days(request.user, closure.coach):
            raise PermissionDenied
        closure.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
