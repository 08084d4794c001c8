"""Bookings: book, confirm, cancel, move, and say afterwards whether it took place."""

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from accounts.fields import validate_clean_line
from accounts.models import User
from accounts.written import Written
from coaching.api.fields import OnePerson, PersonSerializer, read
from coaching.api.sessions import SessionActions
from coaching.models import Attendance, Booking, MockSlot, Review
from coaching.permissions import (
    can_book_for,
    can_cancel_booking,
    can_close_booking,
    can_confirm_booking,
    can_move_booking,
    can_read_reason,
    can_rebook_booking,
    can_set_agenda,
)
from coaching.services import attendance, bookings, relocation
from coaching.services.agenda import agenda_for, agendas_of, choose_agenda
from followups.api.fields import OneOf
from followups.models import Lesson


class WordSerializer(serializers.ModelSerializer):
    class Meta:
        model = Attendance
        fields = ["role", "said", "said_at"]
        read_only_fields = ["role", "said_at"]


class BookingSerializer(serializers.ModelSerializer):
    slot = serializers.UUIDField(source="slot.public_id", read_only=True)
    coach = PersonSerializer(read_only=True)
    candidate = PersonSerializer(read_only=True)
    given_reason = serializers.SerializerMethodField(
        help_text="Why she gave the place back, if she said so; empty for whoever may not read it."
    )
    words = WordSerializer(
        source="attendances", many=True, read_only=True, help_text="What each said about whether it took place."
    )
    agenda = serializers.SerializerMethodField(help_text="Lessons to work on; empty for whoever may not see them.")

    class Meta:
        model = Booking
        fields = [
            "public_id",
            "slot",
            "coach",
            "candidate",
            "status",
            "missed_by",
            "words",
            "starts_at",
            "ends_at",
            "confirm_by",
            "confirmed_at",
            "by_house",
            "override_reason",
            "given_reason",
            "agenda",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    def get_given_reason(self, booking) -> str:
        return booking.given_reason if can_read_reason(self.context["request"].user, booking) else ""

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_agenda(self, booking) -> list:
        agendas = self.context.get("agendas") or {}
        if booking.pk in agendas:
            return [lesson.title for lesson in agendas[booking.pk]]
        return [lesson.title for lesson in agenda_for(booking, self.context["request"].user, timezone.now())]


def _slot(is_admin, is_coach, _any_open_slot, *, user, public_id):
    reader = User(pk=user, is_admin=is_admin, is_coach=is_coach)
    return MockSlot.objects.visible_to(reader).filter(public_id=public_id)


SLOT = Written(_slot)


def _find_slot(user, public_id):
    shape = user.is_admin, user.is_coach, settings.AFTERWORD_ANY_OPEN_SLOT
    return SLOT.rows(*shape, user=user.pk, public_id=public_id)


class BookSerializer(serializers.Serializer):
    slot = OneOf(queryset=MockSlot.objects.none(), find=_find_slot)
    candidate = OnePerson(role="candidate", required=False, help_text="Left out: you. A coach names a client.")
    agenda = OneOf(queryset=Lesson.objects.none(), many=True, required=False)
    review = OneOf(queryset=Review.objects.none(), required=False, allow_null=True)
    override_reason = serializers.CharField(
        max_length=200,
        default="",
        allow_blank=True,
        validators=[validate_clean_line],
        help_text="With it staff may pass notice, horizon and number.",
    )


class AgendaSerializer(serializers.Serializer):
    agenda = OneOf(
        queryset=Lesson.objects.none(), many=True, help_text="Lessons of hers; that session's coach reads their names."
    )


class SettleSerializer(AgendaSerializer):
    agenda = OneOf(
        queryset=Lesson.objects.none(),
        many=True,
        required=False,
        help_text="Left out: the list stays, and opens nothing new.",
    )


class EndSerializer(serializers.Serializer):
    reason = serializers.CharField(
        max_length=200,
        default="",
        allow_blank=True,
        validators=[validate_clean_line],
        help_text="Needed of staff when it is late. Hers is read by the coach alone.",
    )


class MoveSerializer(EndSerializer):
    slot = OneOf(queryset=MockSlot.objects.none())
    agenda = OneOf(
        queryset=Lesson.objects.none(),
        many=True,
        required=False,
        help_text="From the candidate. Left out: it goes along to the same coach, and is empty with another.",
    )


class RebookSerializer(serializers.Serializer):
    slot = OneOf(queryset=MockSlot.objects.none())


class BookingFilter(django_filters.FilterSet):
    starts_after = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="gte")
    starts_before = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="lt")

    class Meta:
        model = Booking
        fields = ["status"]


@extend_schema_view(
    create=extend_schema(request=BookSerializer, responses={201: BookingSerializer}, summary="Book a slot"),
    confirm=extend_schema(request=SettleSerializer, summary="The time suits me"),
    cancel=extend_schema(request=EndSerializer, summary="Give the place back"),
    move=extend_schema(request=MoveSerializer, summary="Cancel and book in one"),
    agenda=extend_schema(request=AgendaSerializer, summary="What to work on, ticked anew"),
    rebook=extend_schema(
        request=RebookSerializer, summary="Another time for a session that the house took from you; no number counts"
    ),
    close=extend_schema(request=WordSerializer, summary="It took place, or one of them did not come"),
)
class BookingViewSet(SessionActions, ReadRecords):
    """The candidate's own, the coach's own sessions, all for admins. 409 names the nearest free slots under `choices`."""

    queryset = Booking.objects.none()
    serializer_class = BookingSerializer
    filterset_class = BookingFilter

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .shown()
            .select_related("slot", "coach", "candidate", "review")
            .prefetch_related("attendances")
        )

    def paginate_queryset(self, queryset):
        rows = super().paginate_queryset(queryset)
        self.agendas = agendas_of(rows, self.request.user, timezone.now())
        return rows

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "agendas": getattr(self, "agendas", {})}

    def create(self, request):
        data = read(BookSerializer, self)
        candidate = data.pop("candidate", request.user)
        if not can_book_for(request.user, data["slot"], candidate):
            raise PermissionDenied
        if data.get("review") and data["review"].candidate != candidate:
            raise serializers.ValidationError({"review": ["This review is not about this person."]})
        booking = bookings.book(data.pop("slot"), candidate=candidate, by=request.user, **data)
        if not data.get("agenda"):
            self.agendas = {booking.pk: []}
        # Nobody can have said yet whether it took place.
        prefetch_related_objects([booking], Prefetch("attendances", Attendance.objects.none()))
        return self.answer(booking, status=status.HTTP_201_CREATED)

    @action(detail=True, methods=["post"])
    def confirm(self, request, public_id):
        booking = self._allowed(can_confirm_booking)
        return self.answer(bookings.confirm(booking, by=request.user, **read(SettleSerializer, self)))

    @action(detail=True, methods=["post"])
    def agenda(self, request, public_id):
        booking = self._allowed(can_set_agenda)
        return self.answer(choose_agenda(booking, read(AgendaSerializer, self)["agenda"], by=request.user))

    @action(detail=True, methods=["post"])
    def cancel(self, request, public_id):
        return self.answer(
            bookings.cancel(self._allowed(can_cancel_booking), by=request.user, **read(EndSerializer, self))
        )

    @action(detail=True, methods=["post"])
    def move(self, request, public_id):
        booking = self._allowed(can_move_booking)
        return self.answer(bookings.move_booking(booking, by=request.user, **read(MoveSerializer, self)))

    @action(detail=True, methods=["post"])
    def rebook(self, request, public_id):
        booking = self._allowed(can_rebook_booking)
        return self.answer(relocation.rebook(booking, by=request.user, **read(RebookSerializer, self)))

    @action(detail=True, methods=["post"])
    def close(self, request, public_id):
        booking = self._allowed(can_close_booking)
        return self.answer(attendance.say(booking, by=request.user, **read(WordSerializer, self)))

    def _allowed(self, can):
        booking = self.get_object()
        if not can(self.request.user, booking):
            raise PermissionDenied
        return booking
