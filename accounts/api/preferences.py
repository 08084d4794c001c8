"""When and of what one is reminded."""

from django.utils.translation import gettext as _
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from accounts import languages, preferences
from accounts.describing import extend_schema
from accounts.fields import validate_zone
from accounts.models import Language, User


class ReminderChoiceSerializer(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField(read_only=True)
    wanted = serializers.BooleanField()

    def validate(self, choice):
        # A change of part of the preferences names whole choices: the framework asks for nothing below a partial one.
        if missing := {"name", "wanted"} - set(choice):
            raise serializers.ValidationError(dict.fromkeys(missing, self.fields["name"].error_messages["required"]))
        return choice


class PreferencesSerializer(serializers.Serializer):
    language = serializers.ChoiceField(
        Language.choices,
        allow_blank=True,
        help_text="Of pages and mails. Empty: as the browser asks for, and mails in English.",
    )
    zone = serializers.CharField(max_length=64, validators=[validate_zone], help_text="IANA name.")
    quiet_from = serializers.TimeField(help_text="By one's own clock. The same as `quiet_until`: no quiet hours.")
    quiet_until = serializers.TimeField()
    reminders = ReminderChoiceSerializer(many=True, help_text="A change may name only some of them.")
    unread = serializers.IntegerField(read_only=True, help_text="Messages not read yet.")

    def validate_language(self, code):
        if code and not languages.is_offered(code):
            raise serializers.ValidationError(_("This language is not offered here."))
        return code

    def validate_reminders(self, choices):
        known = {kind.name for kind in preferences.reminders_for(self.context["request"].user)}
        if unknown := sorted({choice["name"] for choice in choices} - known):
            raise serializers.ValidationError(
                [_("There is no kind %(name)s for you.") % {"name": name} for name in unknown]
            )
        return choices


class PreferencesView(viewsets.ViewSet):
    """Those of the person who asks; nobody else's can be seen."""

    @extend_schema(responses=PreferencesSerializer, summary="When and of what one is reminded")
    def retrieve(self, request):
        return Response(PreferencesSerializer(_of(request.user)).data)

    @extend_schema(request=PreferencesSerializer(partial=True), responses=PreferencesSerializer, summary="Choose anew")
    def partial_update(self, request):
        data = PreferencesSerializer(data=request.data, partial=True, context={"request": request})
        data.is_valid(raise_exception=True)
        fields = dict(data.validated_data)
        choices = {choice["name"]: choice["wanted"] for choice in fields.pop("reminders", [])}
        user = User.objects.get(pk=request.user.pk)
        if choices:
            now = {kind.name: kind.name not in user.muted_reminders for kind in preferences.reminders_for(user)}
            fields["wanted"] = [name for name, wanted in (now | choices).items() if wanted]
        preferences.choose(user, **fields)
        user.unread = getattr(request.user, "unread", 0)
        return Response(PreferencesSerializer(_of(user)).data)


def _of(user):
    return {
        "language": user.language,
        "zone": user.zone,
        "quiet_from": user.quiet_from,
        "quiet_until": user.quiet_until,
        "reminders": [
            {"name": kind.name, "label": str(kind.label), "wanted": kind.name not in user.muted_reminders}
            for kind in preferences.reminders_for(user)
        ],
        "unread": getattr(user, "unread", 0),
    }
