"""Addresses that are not written to, and how punctual mail is: for admins, the summary for everybody where it is shown."""

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from drf_spectacular.helpers import forced_singular_serializer
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.fields import validate_clean_line, validate_one_address
from followups import alerts, outbox, punctuality
from followups.api.mails import ForAdmins
from followups.models import Alert, Suppression, SuppressionChange


class AddressSerializer(serializers.Serializer):
    address = serializers.CharField(max_length=254, validators=[validate_one_address], help_text="Read, not kept.")


class SuppressSerializer(AddressSerializer):
    reason = serializers.ChoiceField(choices=Suppression.Source, default=Suppression.Source.ADMIN)


class LiftSerializer(AddressSerializer):
    why = serializers.CharField(
        max_length=120, validators=[validate_clean_line], help_text="One line that names nobody; it is kept."
    )


class SuppressionSerializer(serializers.ModelSerializer):
    by = serializers.CharField(source="by.get_full_name", default="", help_text="Empty where the machine did it.")

    class Meta:
        model = Suppression
        fields = ["reason", "by", "created_at"]


class SuppressionChangeSerializer(serializers.ModelSerializer):
    by = serializers.CharField(source="by.get_full_name", default="")

    class Meta:
        model = SuppressionChange
        fields = ["at", "verb", "reason", "why", "by"]


class FoundSerializer(serializers.Serializer):
    is_suppressed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)
    changes = SuppressionChangeSerializer(many=True)


@extend_schema_view(list=extend_schema(summary="The list, without addresses: none is kept"))
class SuppressionViewSet(ForAdmins, mixins.ListModelMixin, viewsets.GenericViewSet):
    """Addresses that are not written to. An address is named in each request and found again by its keyed hash."""

    queryset = Suppression.objects.none()
    serializer_class = SuppressionSerializer
    filter_backends = ()

    def get_queryset(self):
        return Suppression.objects.visible_to(self.request.user).select_related("by")

    @extend_schema(request=SuppressSerializer, responses={201: FoundSerializer}, summary="Put an address on the list")
    def create(self, request):
        data = self._valid(SuppressSerializer)
        outbox.suppress(data["address"], reason=data["reason"], by=request.user)
        return self._found(data["address"], status=status.HTTP_201_CREATED)

    @extend_schema(request=AddressSerializer, responses=FoundSerializer, summary="Look an address up")
    @action(detail=False, methods=["post"])
    def find(self, request):
        return self._found(self._valid(AddressSerializer)["address"])

    @extend_schema(request=LiftSerializer, responses=FoundSerializer, summary="Take an address off the list")
    @action(detail=False, methods=["post"])
    def lift(self, request):
        data = self._valid(LiftSerializer)
        outbox.lift_suppression(data["address"], why=data["why"], by=request.user)
        return self._found(data["address"])

    def _valid(self, serializer_class):
        data = serializer_class(data=self.request.data)
        data.is_valid(raise_exception=True)
        return data.validated_data

    def _found(self, address, *, status=status.HTTP_200_OK):
        entry = outbox.suppression_of(address)
        body = {
            "is_suppressed": entry is not None,
            "reason": entry.reason if entry else "",
            "changes": outbox.changes_of(address),
        }
        return Response(FoundSerializer(body).data, status=status)


class FiguresSerializer(serializers.Serializer):
    week = serializers.DateField(help_text="Its Monday, in UTC.")
    mail_class = serializers.SerializerMethodField(help_text="account, letter, deadline, routine; all: together.")
    sent = serializers.IntegerField()
    on_time = serializers.IntegerField(help_text="Accepted within a minute of the due moment.")
    p50 = serializers.FloatField(allow_null=True, help_text="Seconds; null where too few were sent to say.")
    p95 = serializers.FloatField(allow_null=True)
    worst = serializers.FloatField(allow_null=True)
    lost = serializers.IntegerField()
    doubled = serializers.IntegerField()
    unknown = serializers.IntegerField()
    refused = serializers.IntegerField()

    def get_mail_class(self, cell) -> str:
        return punctuality.class_name(cell.urgency)


class AlertSerializer(serializers.ModelSerializer):
    words = serializers.SerializerMethodField()

    class Meta:
        model = Alert
        fields = ["public_id", "cause", "words", "opened_at", "seen_at", "closed_at"]

    def get_words(self, alert) -> str:
        return str(alerts.words_of(alert))


class PunctualitySerializer(serializers.Serializer):
    pump_age_seconds = serializers.FloatField(allow_null=True)
    oldest_due_seconds = serializers.FloatField(allow_null=True)
    letters_paused = serializers.BooleanField()
    mail_paused_since = serializers.DateTimeField(allow_null=True, help_text="All mail, to whomever; empty: it goes.")
    restored_from = serializers.DateTimeField(
        allow_null=True, help_text="When the backup was taken, if a restored one paused it."
    )
    alerts = AlertSerializer(many=True)
    weeks = FiguresSerializer(many=True)


class PunctualityViewSet(viewsets.ViewSet):
    """Computed from the rows of the outbox, by class and week."""

    @extend_schema(
        responses=forced_singular_serializer(PunctualitySerializer),
        summary="Punctuality by class and week, and what is wrong just now",
    )
    def list(self, request):
        ForAdmins.check(request)
        now = timezone.now()
        age, wait, pause = outbox.pump_age(now), outbox.oldest_due(now), outbox.mail_pause()
        body = {
            "pump_age_seconds": age and age.total_seconds(),
            "oldest_due_seconds": wait and wait.total_seconds(),
            "letters_paused": outbox.is_paused(),
            "mail_paused_since": pause and pause.began_at,
            "restored_from": pause and pause.taken_at,
            "alerts": alerts.standing(now, age=age, pause=pause),
            "weeks": [cell for cells in punctuality.by_week(now) for cell in cells],
        }
        return Response(PunctualitySerializer(body).data)

    @extend_schema(
        responses=FiguresSerializer(many=True), summary="All classes together; 404 unless the installation shows it"
    )
    @action(detail=False, methods=["get"], permission_classes=[AllowAny])
    def summary(self, request):
        if not settings.AFTERWORD_PUBLIC_PUNCTUALITY:
            raise Http404
        cells = [cell for cells in punctuality.by_week(timezone.now(), classes=False) for cell in cells]
        return Response(FiguresSerializer([punctuality.for_everybody(cell) for cell in cells], many=True).data)
