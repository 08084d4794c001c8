"""What reached somebody: read, mark, snooze."""

import django_filters
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from followups import reminders
from followups.models import Reminder
from followups.reminders import kind_named


class ReminderSerializer(serializers.ModelSerializer):
    title = serializers.SerializerMethodField(help_text="What it is about, in words that name nobody.")
    path = serializers.SerializerMethodField(help_text="The page it leads to.")
    snoozed_until = serializers.SerializerMethodField(help_text="When it comes again; null if it was not snoozed.")

    class Meta:
        model = Reminder
        fields = ["public_id", "kind", "title", "path", "subject_id", "sent_at", "read_at", "snoozed_until"]
        read_only_fields = fields

    @extend_schema_field(serializers.CharField())
    def get_title(self, reminder):
        kind = kind_named(reminder.kind)
        return str(kind.title) if kind else reminder.kind

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_path(self, reminder):
        kind = kind_named(reminder.kind)
        return kind.path(reminder.subject_id) if kind else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_snoozed_until(self, reminder):
        return next((row.deliver_at for row in reminder.again.all() if row.status == Reminder.Status.WAITING), None)


class SnoozeSerializer(serializers.Serializer):
    """One of the two."""

    until = serializers.ChoiceField(
        choices=["hours", "morning"], required=False, help_text="In two hours, or tomorrow morning by her clock."
    )
    at = serializers.DateTimeField(required=False, help_text="At this instant.")

    def validate(self, data):
        if len(data) != 1:
            raise serializers.ValidationError({"until": ["Give `until` or `at`."]})
        return data


class ReminderFilter(django_filters.FilterSet):
    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Reminder
        fields = ["kind"]


@extend_schema_view(
    read=extend_schema(request=None, summary="She has read it"),
    unread=extend_schema(request=None, summary="Mark it as new again"),
    snooze=extend_schema(request=SnoozeSerializer, summary="Not now: it comes again, while it is still of use"),
    read_all=extend_schema(request=None, responses={204: None}, summary="She has read them all"),
)
class ReminderViewSet(ReadRecords):
    """One's own messages, newest first."""

    queryset = Reminder.objects.none()
    serializer_class = ReminderSerializer
    filterset_class = ReminderFilter

    def get_queryset(self):
        return super().get_queryset().filter(status=Reminder.Status.SENT).prefetch_related("again")

    @action(detail=True, methods=["post"])
    def read(self, request, public_id):
        reminder = self.get_object()
        Reminder.objects.filter(pk=reminder.pk, read_at=None).update(read_at=timezone.now())
        return self.answer(self.get_object())

    @action(detail=True, methods=["post"])
    def unread(self, request, public_id):
        Reminder.objects.filter(pk=self.get_object().pk).update(read_at=None)
        return self.answer(self.get_object())

    @action(detail=True, methods=["post"])
    def snooze(self, request, public_id):
        reminder = self.get_object()
        data = SnoozeSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        reminders.snooze(reminder, until=next(iter(data.validated_data.values())), by=request.user)
        return self.answer(self.get_object())

    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request):
        Reminder.objects.visible_to(request.user).unread().update(read_at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
