"""The waiting list: one's own place in it, and the slot that is kept; counts for admins."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from coaching.api.bookings import BookingSerializer
from coaching.api.fields import PersonSerializer, read
from coaching.forms.waitlist import coaches_for
from coaching.models import Booking, WaitlistEntry
from coaching.permissions import can_count_waiting, can_wait_for_slot
from coaching.services import waitlist
from coaching.services.line import Line, figures
from coaching.today import FEW
from followups.api.fields import OneOf
from followups.models import Lesson


class OneCoach(serializers.SlugRelatedField):
    """A coach whose slots she may have, by public id."""

    def __init__(self, **kwargs):
        super().__init__(slug_field="public_id", queryset=WaitlistEntry.objects.none(), **kwargs)

    def get_queryset(self):
        request = self.context.get("request")
        return coaches_for(request.user) if request else super().get_queryset()

    def to_internal_value(self, data):
        return super().to_internal_value(serializers.UUIDField().to_internal_value(data))


class OfferSerializer(serializers.ModelSerializer):
    slot = serializers.UUIDField(source="slot.public_id")
    coach = PersonSerializer()
    zone = serializers.CharField(source="slot.zone")
    kept_until = serializers.DateTimeField(source="hold_until")

    class Meta:
        model = Booking
        fields = ["public_id", "slot", "coach", "starts_at", "ends_at", "zone", "kept_until"]
        read_only_fields = fields


class WaitlistSerializer(serializers.ModelSerializer):
    coach = PersonSerializer(read_only=True, allow_null=True, help_text="Null: any.")
    since = serializers.DateTimeField(source="created_at", read_only=True)
    before = serializers.SerializerMethodField(
        help_text="How many are asked before her; null where she is not waiting now."
    )
    interview_on = serializers.SerializerMethodField(
        help_text="The day of her next interview, by which she is ranked; null: as if one came four weeks after joining."
    )
    offer = serializers.SerializerMethodField(help_text="The slot that is kept for her; null if there is none.")

    class Meta:
        model = WaitlistEntry
        fields = ["public_id", "status", "first_on", "last_on", "coach", "since", "before", "interview_on", "offer"]
        read_only_fields = fields

    @cached_property
    def _line(self):
        return Line(timezone.now())

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_before(self, entry):
        return self._line.before(entry) if entry.status == WaitlistEntry.Status.WAITING else None

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_interview_on(self, entry):
        return entry.interview_ends and entry.interview_ends.date()

    @extend_schema_field(OfferSerializer(allow_null=True))
    def get_offer(self, entry):
        offer = self._line.kept_for(entry) if entry.status in WaitlistEntry.LIVE else None
        return offer and OfferSerializer(offer, context=self.context).data


class JoinSerializer(serializers.Serializer):
    first_on = serializers.DateField(help_text="By her own clock; both days count.")
    last_on = serializers.DateField()
    coach = OneCoach(required=False, allow_null=True, help_text="Left out or null: any.")


class KeptPlaceAnswerSerializer(serializers.Serializer):
    offer = serializers.UUIDField(help_text="Its `public_id`: another may be kept for her meanwhile.")


class OfferTakeSerializer(KeptPlaceAnswerSerializer):
    agenda = OneOf(queryset=Lesson.objects.none(), many=True, required=False)


class CountSerializer(serializers.Serializer):
    """Numbers, null for those from one to four."""

    waiting = serializers.IntegerField(allow_null=True)
    resting = serializers.IntegerField(allow_null=True)
    asked = serializers.IntegerField(allow_null=True, help_text="Slots kept for somebody in the last thirty days.")
    taken = serializers.IntegerField(allow_null=True)
    given_back = serializers.IntegerField(allow_null=True)
    unanswered = serializers.IntegerField(allow_null=True)


@extend_schema_view(
    create=extend_schema(request=JoinSerializer, responses={201: WaitlistSerializer}, summary="Wait for a slot"),
    partial_update=extend_schema(request=JoinSerializer(partial=True), summary="Other days, or another coach"),
    leave=extend_schema(request=None, summary="Wait no longer"),
    still=extend_schema(request=None, summary="I still look: after two slots without a word"),
    take=extend_schema(
        request=OfferTakeSerializer, responses={201: BookingSerializer}, summary="Take the slot that is kept"
    ),
    decline=extend_schema(
        request=KeptPlaceAnswerSerializer, summary="Leave it to the next; the place in the line stays"
    ),
    figures=extend_schema(responses=CountSerializer, summary="How many wait (admins)"),
)
class WaitlistViewSet(ReadRecords):
    """A candidate's own places in the line, at most one of them live, the latest first."""

    queryset = WaitlistEntry.objects.none()
    serializer_class = WaitlistSerializer

    def get_queryset(self):
        return super().get_queryset().with_interview(timezone.now()).select_related("candidate", "coach")

    def answer(self, record, **options):
        return super().answer(self.get_queryset().get(pk=record.pk), **options)

    def create(self, request):
        if not can_wait_for_slot(request.user):
            raise PermissionDenied
        entry = waitlist.join(request.user, by=request.user, **read(JoinSerializer, self))
        return self.answer(entry, status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        entry = self.get_object()
        serializer = JoinSerializer(data=request.data, partial=True, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return self.answer(waitlist.change(entry, by=request.user, **serializer.validated_data))

    @action(detail=True, methods=["post"])
    def leave(self, request, public_id):
        return self.answer(waitlist.leave(self.get_object(), by=request.user))

    @action(detail=True, methods=["post"])
    def still(self, request, public_id):
        return self.answer(waitlist.still_looking(self.get_object(), by=request.user))

    @action(detail=True, methods=["post"])
    def take(self, request, public_id):
        entry, data = self.get_object(), read(OfferTakeSerializer, self)
        offer = self._offer(entry, data["offer"])
        booking = waitlist.take(offer, by=request.user, agenda=data.get("agenda", ()))
        return Response(BookingSerializer(booking, context=self.get_serializer_context()).data, status=201)

    @action(detail=True, methods=["post"])
    def decline(self, request, public_id):
        entry = self.get_object()
        waitlist.decline(self._offer(entry, read(KeptPlaceAnswerSerializer, self)["offer"]), by=request.user)
        return self.answer(self.get_object())

    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def figures(self, request):
        if not can_count_waiting(request.user):
            raise PermissionDenied
        found = vars(figures(timezone.now()))
        names = CountSerializer().fields
        return Response({name: None if 0 < found[name] < FEW else found[name] for name in names})

    def _offer(self, entry, public_id):
        offers = entry.offers.select_related("slot__coach", "coach", "candidate", "waitlist_entry")
        try:
            return offers.get(public_id=public_id)
        except Booking.DoesNotExist:
            raise serializers.ValidationError({"offer": ["There is no such offer of yours."]}) from None
