"""Slots: everybody reads what is theirs to see; admins make, move and withdraw, coaches propose."""

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.settings import api_settings

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from accounts.fields import validate_clean_line, validate_zone
from accounts.models import User
from accounts.written import Written
from coaching import slot_figures
from coaching.api.changes import CalendarChangeSerializer
from coaching.api.fields import OnePerson, PersonSerializer, read
from coaching.models import Booking, CalendarChange, MockSlot, SlotSeries
from coaching.permissions import can_accept_slots, can_manage_slot, can_offer_for, can_offer_slots
from coaching.services import proposed, slot_changes, slots
from coaching.views.calendar import Look, coach_of, csv_of
from followups.api.fields import OneOf, WallTime
from followups.api.interviews import CsvRenderer
from interviews.models import Interview


class ByStart(api_settings.DEFAULT_PAGINATION_CLASS):
    ordering = ("starts_at", "id")


class SlotSerializer(serializers.ModelSerializer):
    coach = PersonSerializer(read_only=True)
    starts_wall = WallTime(read_only=True)

    class Meta:
        model = MockSlot
        fields = [
            "public_id",
            "coach",
            "status",
            "zone",
            "starts_wall",
            "minutes",
            "buffer_minutes",
            "starts_at",
            "ends_at",
            "place",
            "link",
        ]
        read_only_fields = fields


class SlotEditSerializer(serializers.ModelSerializer):
    seen = serializers.UUIDField(required=False, allow_null=True, help_text="As in `withdraw`.")
    starts_wall = WallTime()
    zone = serializers.CharField(max_length=64, validators=[validate_zone])
    move_booked = serializers.BooleanField(
        default=False, help_text="A booked slot changes its time only with this: the person is asked again."
    )

    class Meta:
        model = MockSlot
        fields = ["zone", "starts_wall", "minutes", "buffer_minutes", "place", "link", "move_booked", "seen"]


class SlotNewSerializer(serializers.ModelSerializer):
    coach = OnePerson(role="coach", required=False, help_text="Left out: you.")
    starts_wall = WallTime()
    zone = serializers.CharField(max_length=64, validators=[validate_zone])

    class Meta:
        model = MockSlot
        fields = ["coach", "zone", "starts_wall", "minutes", "buffer_minutes", "place", "link"]


class SeenSerializer(serializers.Serializer):
    seen = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="The booking that `outlook` showed, null for none: refused with 409 if it is another by now.",
    )


class WithdrawSerializer(SeenSerializer):
    place = OneOf(
        queryset=MockSlot.objects.none(), required=False, help_text="Of a booked slot: a free one to offer instead."
    )
    reason = serializers.CharField(
        max_length=200,
        default="",
        allow_blank=True,
        help_text="Needed for a booked slot without `place`; its candidate reads it.",
    )


class SlotOutlookSerializer(serializers.Serializer):
    booking = serializers.UUIDField(
        source="booking.public_id", default=None, allow_null=True, help_text="Null: nobody has it."
    )
    candidate = PersonSerializer(source="booking.candidate", default=None, allow_null=True)
    places = SlotSerializer(many=True, help_text="Where they could go, the nearest first.")


class SlotFilter(django_filters.FilterSet):
    coach = django_filters.UUIDFilter(field_name="coach__public_id")
    starts_after = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="gte")
    starts_before = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="lt")
    before_interview = django_filters.UUIDFilter(
        method="before_hers", label="Over before this planned interview of yours begins"
    )
    free = django_filters.BooleanFilter(method="only_free", label="Bookable now")

    class Meta:
        model = MockSlot
        fields = ["status"]

    def only_free(self, rows, name, value):
        """Bookable now; for a candidate only where she has no other session."""
        if not value:
            return rows
        user, now = self.request.user, timezone.now()
        return rows.free_for(user, now) if user.is_candidate else rows.free(now)

    def before_hers(self, rows, name, value):
        interview = Interview.objects.filter(candidate=self.request.user, public_id=value).first()
        return rows.filter(ends_at__lte=interview.begins_at) if interview else rows.none()


def _free_between(is_candidate, reader, _settled, rows, *, user, now, starts_after, starts_before):
    reader = User(pk=user, **dict(reader))
    slots = MockSlot.objects.visible_to(reader)
    free = slots.free_for(reader, now) if is_candidate else slots.free(now)
    shown = [field.name for field in MockSlot._meta.concrete_fields if field.name in SlotSerializer.Meta.fields]
    return (
        free.filter(starts_at__gte=starts_after, starts_at__lt=starts_before)
        .select_related("coach")
        .only(*shown, "coach__public_id", *User.columns_of_name("coach"))
        .fetch_mode(models.FETCH_RAISE)
        .order_by(*ByStart.ordering)[:rows]
    )


FREE_BETWEEN = Written(_free_between)


class FreeBetween:
    """To the paginator a queryset: the first page of what programs ask for most, by a query that is written once."""

    asked = frozenset({"free", "starts_after", "starts_before"})

    def __init__(self, reader, *, starts_after, starts_before):
        self.reader, self.span = reader, {"starts_after": starts_after, "starts_before": starts_before}

    def order_by(self, *_order):
        return self

    def __getitem__(self, rows):
        reader = self.reader
        roles = (("is_admin", reader.is_admin), ("is_coach", reader.is_coach))
        settled = (settings.BOOKING_NOTICE_HOURS, settings.BOOKING_HORIZON_DAYS, settings.AFTERWORD_ANY_OPEN_SLOT)
        shape = reader.is_candidate, roles, settled, rows.stop
        return FREE_BETWEEN.rows(*shape, user=reader.pk, now=timezone.now(), **self.span)


class OfferAnswerSerializer(serializers.Serializer):
    slots = OneOf(queryset=MockSlot.objects.none(), many=True, required=False, default=list)
    series = OneOf(queryset=SlotSeries.objects.none(), many=True, required=False, default=list)


class OfferDeclineSerializer(OfferAnswerSerializer):
    word = serializers.CharField(max_length=200, validators=[validate_clean_line], help_text="The coach reads it.")


class OfferAnsweredSerializer(serializers.Serializer):
    slots = serializers.IntegerField(help_text="How many slots were answered; what was answered before is not counted.")


class SlotFiguresSerializer(serializers.Serializer):
    """Times in days. `is_silent`: fewer than five were taken, so that shares and times are left out."""

    week = serializers.DateField(allow_null=True, help_text="Its Monday; empty: all weeks together.")
    offered = serializers.IntegerField()
    taken = serializers.IntegerField()
    came = serializers.IntegerField()
    missed = serializers.IntegerField(help_text="By the candidate.")
    coach_missed = serializers.IntegerField(help_text="What the two do not agree on is in neither.")
    missed_share = serializers.IntegerField(
        allow_null=True, help_text="Percent that the candidate missed, of those that she came to or missed."
    )
    use = serializers.IntegerField(allow_null=True, help_text="Percent of the offered that were taken.")
    lead_days = serializers.FloatField(allow_null=True)
    is_silent = serializers.BooleanField()


@extend_schema_view(
    accept=extend_schema(
        request=OfferAnswerSerializer, responses=OfferAnsweredSerializer, summary="Open what coaches proposed (admins)"
    ),
    decline=extend_schema(
        request=OfferDeclineSerializer,
        responses=OfferAnsweredSerializer,
        summary="Say no to what coaches proposed (admins)",
    ),
    figures=extend_schema(
        parameters=[OpenApiParameter("coach", OpenApiTypes.UUID, description="For admins: one coach's.")],
        responses=SlotFiguresSerializer(many=True),
        summary="How slots were used in the last twelve weeks: all together first, then week by week",
    ),
    export=extend_schema(
        parameters=[
            OpenApiParameter(name, OpenApiTypes.STR, description=words)
            for name, words in (
                ("month", "A month such as 2026-12,"),
                ("week", "or a week such as 2026-W49 (this one if nothing is given),"),
                ("day", "or a day."),
                ("coach", "For admins: one coach's."),
            )
        ],
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
        summary="Slots and who has them, as a CSV file",
    ),
    create=extend_schema(
        request=SlotNewSerializer,
        responses={201: SlotSerializer},
        summary="Offer a session; a coach's is proposed, unless the installation says otherwise",
    ),
    partial_update=extend_schema(
        request=SlotEditSerializer,
        responses={200: SlotSerializer, 202: CalendarChangeSerializer},
        summary="Change time, length, place or link",
        description="Where somebody has booked it, it waits as a change (202) that can be undone under `changes/`.",
    ),
    withdraw=extend_schema(
        request=WithdrawSerializer,
        responses={200: SlotSerializer, 202: CalendarChangeSerializer},
        summary="Take an offer back",
        description="Where somebody has booked it, it waits as a change (202) that can be undone under `changes/`.",
    ),
    outlook=extend_schema(responses=SlotOutlookSerializer, summary="Who is affected, and where they could go"),
)
class SlotViewSet(ReadRecords):
    """A candidate sees the open ones, a coach her own, an admin all. Who booked one stands under bookings."""

    queryset = MockSlot.objects.none()
    serializer_class = SlotSerializer
    filterset_class = SlotFilter
    pagination_class = ByStart

    def get_queryset(self):
        return super().get_queryset().select_related("coach")

    def filter_queryset(self, queryset):
        asked = self.request.query_params
        if self.action == "list" and set(asked) == FreeBetween.asked and asked["free"] == "true":
            narrowed = SlotFilter(asked, queryset=queryset, request=self.request)
            if narrowed.is_valid():
                span = {name: narrowed.form.cleaned_data[name] for name in ("starts_after", "starts_before")}
                # Of a moment left empty the filter takes no notice.
                if all(span.values()):
                    return FreeBetween(self.request.user, **span)
        return super().filter_queryset(queryset)

    def create(self, request):
        if not can_offer_slots(request.user):
            raise PermissionDenied
        data = {"coach": request.user, **read(SlotNewSerializer, self)}
        if not can_offer_for(request.user, data["coach"]):
            raise PermissionDenied
        slot = slots.create_slot(by=request.user, **data)
        return self.answer(slot, status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        slot = self._managed()
        serializer = SlotEditSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        return self._changed(slot_changes.edit, slot, dict(serializer.validated_data))

    @action(detail=True, methods=["post"])
    def withdraw(self, request, public_id):
        slot = self._managed()
        return self._changed(slot_changes.withdraw, slot, read(WithdrawSerializer, self))

    @action(detail=True, filterset_class=None, pagination_class=None)
    def outlook(self, request, public_id):
        return Response(self._outlook(self._managed()))

    def _outlook(self, slot):
        return SlotOutlookSerializer(slot_changes.outlook(slot, by=self.request.user)).data

    def _changed(self, change_it, slot, values):
        """The slot as it is now, or the change that waits."""
        if "seen" in values:
            values["seen"] = Booking.objects.filter(slot=slot, public_id=values["seen"]).first()
        try:
            slot, change = change_it(slot, by=self.request.user, **values)
        except slot_changes.BookedMeanwhile as conflict:
            conflict.now = {"outlook": self._outlook(slot)}
            raise
        if change is None or change.status != CalendarChange.Status.WAITING:
            return self.answer(slot)
        return Response(CalendarChangeSerializer(change).data, status=status.HTTP_202_ACCEPTED)

    def _managed(self):
        slot = self.get_object()
        if not can_manage_slot(self.request.user, slot):
            raise PermissionDenied
        return slot

    @action(detail=False, methods=["post"])
    def accept(self, request):
        return self._answered(proposed.accept, OfferAnswerSerializer)

    @action(detail=False, methods=["post"])
    def decline(self, request):
        return self._answered(proposed.decline, OfferDeclineSerializer)

    def _answered(self, answer, serializer_class):
        if not can_accept_slots(self.request.user):
            raise PermissionDenied
        return Response({"slots": answer(by=self.request.user, **read(serializer_class, self))})

    @action(detail=False, filterset_class=None, pagination_class=None)
    def figures(self, request):
        if not can_offer_slots(request.user):
            raise PermissionDenied
        coach = coach_of(request.query_params.get("coach")) if request.user.is_admin else None
        weeks, together = slot_figures.of_weeks(request.user, timezone.now(), coach=coach)
        return Response(SlotFiguresSerializer([together, *weeks], many=True).data)

    @action(detail=False, filterset_class=None, pagination_class=None, renderer_classes=[JSONRenderer, CsvRenderer])
    def export(self, request):
        if not can_offer_slots(request.user):
            raise PermissionDenied
        return csv_of(Look.of(request, timezone.now()))
