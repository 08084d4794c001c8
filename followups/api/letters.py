"""Letters in her name: what notes and briefs share on their way."""

from django.core.exceptions import PermissionDenied
from rest_framework import serializers
from rest_framework.decorators import action

from accounts.describing import extend_schema
from accounts.fields import validate_zone
from accounts.models import AccessToken
from followups.api.fields import WallTime
from followups.api.reading import WatchedRecords


class LetterSerializer(serializers.Serializer):
    to = serializers.CharField()
    sender = serializers.CharField()
    reply_to = serializers.CharField()
    subject = serializers.CharField()
    body = serializers.CharField()


class SendSerializer(serializers.Serializer):
    now = serializers.BooleanField(default=False, help_text="In a minute, so that it can be taken back.")
    send_wall = WallTime(required=False, help_text="Not needed with `now`.")
    send_zone = serializers.CharField(max_length=64, required=False, validators=[validate_zone])
    despite_findings = serializers.BooleanField(default=False, help_text="Send it as it is, errors and all.")
    seen_hash = serializers.CharField(
        default="", allow_blank=True, help_text="Refused with 409 if it is another letter by now."
    )

    def validate(self, data):
        if not data["now"] and not data.get("send_wall"):
            raise serializers.ValidationError({"send_wall": ["Give a time, or `now`."]})
        return data


class SentBySelfSerializer(serializers.Serializer):
    at = serializers.DateTimeField(required=False, help_text="Left out: now.")


class ResolveSerializer(serializers.Serializer):
    choice = serializers.ChoiceField(
        choices=["leave", "own", "again"], help_text="Leave it, sent from the own mailbox, send it again."
    )


class LetterRecords(WatchedRecords):
    """Letters of one noun: `life` follows them, `can_edit` says who writes and sends them."""

    life = can_edit = None  # set by each
    # A letter that has left stays out: a key says so by name.
    token_scopes = {"schedule": AccessToken.Scope.SEND, "resolve": AccessToken.Scope.SEND}

    def get_queryset(self):
        return super().get_queryset().select_related(*self.life.related)

    @extend_schema(request=SendSerializer, summary="Approve exactly this letter for a time")
    @action(detail=True, methods=["post"])
    def schedule(self, request, public_id):
        record, data = self._mine(), self._valid(SendSerializer)
        approval = {"by": request.user, "despite_findings": data["despite_findings"], "seen_hash": data["seen_hash"]}
        if data["now"]:
            return self.answer(self.life.send_now(record, **approval))
        zone = data.get("send_zone") or self.life.zone_of(record)
        return self.answer(self.life.schedule(record, send_wall=data["send_wall"], send_zone=zone, **approval))

    @extend_schema(request=None, summary="Take it back, while it is not on its way")
    @action(detail=True, methods=["post"])
    def unschedule(self, request, public_id):
        return self.answer(self.life.unschedule(self._mine(), by=request.user))

    @extend_schema(request=None, summary="Leave it")
    @action(detail=True, methods=["post"])
    def skip(self, request, public_id):
        return self.answer(self.life.skip(self._mine(), by=request.user))

    @extend_schema(request=None, summary="Take it up again")
    @action(detail=True, methods=["post"])
    def reopen(self, request, public_id):
        return self.answer(self.life.reopen(self._mine(), by=request.user))

    @extend_schema(request=ResolveSerializer, summary="Settle a letter of which we cannot see whether it arrived")
    @action(detail=True, methods=["post"])
    def resolve(self, request, public_id):
        record, data = self._mine(), self._valid(ResolveSerializer)
        return self.answer(self.life.resolve_unknown(record, data["choice"], by=request.user))

    def _mine(self):
        record = self.get_object()
        if not self.can_edit(self.request.user, record):
            raise PermissionDenied
        return record
