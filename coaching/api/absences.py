"""Absences: look at what one means, make it, change what is proposed, come back sooner. Undone and sent by its change."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.settings import api_settings

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from coaching.api.changes import CalendarChangeSerializer
from coaching.api.fields import OnePerson, PersonSerializer, read
from coaching.models import Booking, CoachAbsence, MockSlot
from coaching.permissions import can_plan_absence
from coaching.proposals import Why
from coaching.services import absences
from coaching.today import few
from followups.api.fields import OneOf, WallTime


class ByEnd(api_settings.DEFAULT_PAGINATION_CLASS):
    ordering = ("-ends_at", "-id")


class AbsenceSerializer(serializers.ModelSerializer):
    coach = PersonSerializer(read_only=True)
    from_wall = WallTime(read_only=True)
    until_wall = WallTime(read_only=True)
    change = CalendarChangeSerializer(read_only=True)

    class Meta:
        model = CoachAbsence
        fields = [
            "public_id",
            "coach",
            "status",
            "zone",
            "from_wall",
            "until_wall",
            "starts_at",
            "ends_at",
            "change",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class SpanSerializer(serializers.Serializer):
    coach = OnePerson(role="coach", required=False, help_text="Left out: you.")
    from_wall = WallTime(help_text="By the coach's clock.")
    until_wall = WallTime(help_text="Back from this moment on.")


class PlaceSerializer(serializers.Serializer):
    booking = OneOf(queryset=Booking.objects.none())
    slot = serializers.UUIDField(allow_null=True, help_text="Of the choices; null: she chooses herself.")

    def validate_slot(self, public_id):
        # A stand-in's slot, which the coach herself need not be able to see.
        slot = MockSlot.objects.select_related("coach").filter(public_id=public_id).first()
        if slot is None and public_id is not None:
            raise serializers.ValidationError(_("There is no such slot."))
        return slot


class PlacesSerializer(serializers.Serializer):
    places = PlaceSerializer(many=True, required=False, help_text="Whoever is not named gets what is proposed.")


class AbsenceNewSerializer(SpanSerializer, PlacesSerializer):
    pass


class AbsenceChoiceSerializer(serializers.Serializer):
    slot = serializers.UUIDField(source="slot.public_id")
    coach = PersonSerializer(source="slot.coach")
    starts_at = serializers.DateTimeField(source="slot.starts_at")
    ends_at = serializers.DateTimeField(source="slot.ends_at")
    why = serializers.ChoiceField(choices=[why.value for why in Why])


class RowSerializer(serializers.Serializer):
    booking = serializers.UUIDField(source="booking.public_id")
    candidate = PersonSerializer(source="booking.candidate")
    starts_at = serializers.DateTimeField(source="booking.starts_at")
    ends_at = serializers.DateTimeField(source="booking.ends_at")
    proposed = serializers.UUIDField(source="proposed.public_id", default=None, allow_null=True)
    choices = AbsenceChoiceSerializer(many=True)


class AbsenceOutlookSerializer(serializers.Serializer):
    coach = PersonSerializer()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    free_slots = serializers.SerializerMethodField(help_text="How many are withdrawn.")
    reviews = serializers.SerializerMethodField(help_text="How many are due meanwhile; below five: fewer than 5.")
    people = RowSerializer(source="rows", many=True)

    def get_free_slots(self, seen) -> int:
        return len(seen.free)

    def get_reviews(self, seen) -> str:
        return few(seen.reviews)


class ReturnSerializer(serializers.Serializer):
    until_wall = WallTime(required=False, help_text="Left out: now.")
    reopen = serializers.BooleanField(default=True, help_text="Offer again what was withdrawn and is still to come.")


@extend_schema_view(
    create=extend_schema(
        request=AbsenceNewSerializer, responses={201: AbsenceSerializer}, summary="Say that a coach is away"
    ),
    preview=extend_schema(
        request=SpanSerializer,
        responses={200: AbsenceOutlookSerializer},
        summary="What it would mean; nothing is stored",
    ),
    rearrange=extend_schema(request=PlacesSerializer, summary="Other places, while nobody has been told"),
    come_back=extend_schema(request=ReturnSerializer, summary="Back sooner than said"),
)
class AbsenceViewSet(ReadRecords):
    """A coach's own, all for admins. Its `change` is undone or sent under `changes/`; why is asked by nobody."""

    queryset = CoachAbsence.objects.none()
    serializer_class = AbsenceSerializer
    pagination_class = ByEnd
    filterset_fields = ["status"]

    def get_queryset(self):
        change = "change__coach", "change__by"
        items = "change__items__slot", "change__items__target", "change__items__booking__candidate"
        return super().get_queryset().select_related("coach", *change).prefetch_related(*items)

    def create(self, request):
        coach, span, places = self._asked(AbsenceNewSerializer)
        if places:
            _check_places(places, absences.outlook(coach, **span))
        absence = absences.plan(coach, by=request.user, choices=_choices(places), **span)
        return self.answer(self.get_queryset().get(pk=absence.pk), status=status.HTTP_201_CREATED)

    @action(detail=False, methods=["post"])
    def preview(self, request):
        coach, span, _places = self._asked(SpanSerializer)
        return Response(AbsenceOutlookSerializer(absences.outlook(coach, **span)).data)

    @action(detail=True, methods=["post"])
    def rearrange(self, request, public_id):
        absence, places = self.get_object(), read(PlacesSerializer, self).get("places", ())
        # One that has left answers 409, whoever is named.
        if places and absence.status == CoachAbsence.Status.WAITING:
            _check_places(places, absences.outlook_of(absence))
        absences.rearrange(absence, by=request.user, choices=_choices(places))
        return self.answer(self.get_object())

    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def come_back(self, request, public_id):
        absences.come_back(self.get_object(), by=request.user, **read(ReturnSerializer, self))
        return self.answer(self.get_object())

    def _asked(self, serializer_class):
        user = self.request.user
        if not (user.is_admin or user.is_coach):
            raise PermissionDenied
        data = read(serializer_class, self)
        coach = data.get("coach", user)
        if not can_plan_absence(user, coach):
            raise PermissionDenied
        span = {"zone": coach.zone, "from_wall": data["from_wall"], "until_wall": data["until_wall"]}
        return coach, span, data.get("places", ())


def _check_places(places, seen):
    """Each is for somebody whose session it concerns, and for each once. Raises ValidationError at the booking that is not."""
    concerned, named, wrong = {row.booking for row in seen.rows}, set(), []
    for place in places:
        booking = place["booking"]
        if booking not in concerned:
            wrong.append({"booking": [_("This session is not within the absence.")]})
        elif booking in named:
            wrong.append({"booking": [_("This session is named twice.")]})
        else:
            wrong.append({})
        named.add(booking)
    if any(wrong):
        raise serializers.ValidationError({"places": wrong})


def _choices(places):
    return {place["booking"]: place["slot"] for place in places}
