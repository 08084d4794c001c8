"""When a coach works: read and said by the coach alone."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from accounts.describing import extend_schema
from accounts.when import to_wall
from coaching import availability, working_hours
from coaching.api.fields import PersonSerializer, read
from coaching.models import Booking, DayAway
from coaching.permissions import can_set_hours
from coaching.services import hours
from coaching.working_hours import Stretch


class StretchSerializer(serializers.Serializer):
    weekday = serializers.IntegerField(min_value=0, max_value=6, help_text="Monday is 0.")
    opens = serializers.TimeField()
    closes = serializers.TimeField(help_text="00:00 is the end of the day.")


class StandingSessionSerializer(serializers.ModelSerializer):
    day = serializers.DateField(source="away_on", help_text="The day away on which it stands.")
    candidate = PersonSerializer()

    class Meta:
        model = Booking
        fields = ["public_id", "day", "candidate", "starts_at", "ends_at"]
        read_only_fields = fields


class HoursSerializer(serializers.Serializer):
    zone = serializers.CharField(read_only=True, help_text="The coach's own; it is chosen among the preferences.")
    week = StretchSerializer(many=True, max_length=28, help_text="Empty: not said, any hour counts.")
    days_away = serializers.ListField(
        child=serializers.DateField(),
        max_length=400,
        help_text="From today on: nothing is offered on them. Longer ones are absences.",
    )
    sessions_on_days_away = StandingSessionSerializer(
        many=True, read_only=True, help_text="They stay booked; an absence offers another time."
    )
    next_working_moment = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Now, if at work; null: none is foreseen."
    )


class HoursView(viewsets.ViewSet):
    """Those of the coach who asks."""

    @extend_schema(responses=HoursSerializer, summary="When one works")
    def retrieve(self, request):
        return Response(HoursSerializer(_of(self._coach())).data)

    @extend_schema(request=HoursSerializer, responses=HoursSerializer, summary="Say anew when one works")
    def update(self, request):
        coach, now = self._coach(), timezone.now()
        data = read(HoursSerializer, self)
        with transaction.atomic():
            hours.set_week(coach, [Stretch(**one) for one in data["week"]], by=coach, now=now)
            for day in set(_days_of(coach, now)) - set(data["days_away"]):
                hours.remove_day_away(coach, day, by=coach, now=now)
            for day in data["days_away"]:
                hours.add_day_away(coach, day, by=coach, now=now)
        return Response(HoursSerializer(_of(coach)).data)

    def get_serializer_context(self):
        return {"request": self.request}

    def _coach(self):
        if not can_set_hours(self.request.user):
            raise PermissionDenied
        return self.request.user


def _days_of(coach, now):
    today = to_wall(now, coach.zone).date()
    return DayAway.objects.filter(coach=coach, day__gte=today).values_list("day", flat=True)


def _of(coach):
    now = timezone.now()
    said = availability.hours_of(coach, since=now)
    return {
        "zone": coach.zone,
        "week": said.week,
        "days_away": list(_days_of(coach, now)),
        "sessions_on_days_away": [one for day in hours.sessions_on_days_away(coach, now).values() for one in day],
        "next_working_moment": working_hours.next_working_moment(said, now),
    }
