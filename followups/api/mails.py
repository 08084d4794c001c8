"""The outbox through the API: her own letters with their lives; every mail by class and state for admins."""

import django_filters
from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from followups import outbox
from followups.answers import words_for_admins
from followups.models import OutboundEmail
from followups.outbox import letters
from followups.outbox.life import answer_to, life_of, state_of
from followups.permissions import can_manage_mail
from followups.views.own_letters import with_life


class LifeSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    words = serializers.CharField()
    by = serializers.SerializerMethodField(help_text="Who did it; empty for the machine.")

    def get_by(self, event) -> str:
        return event["by"].get_full_name() if event["by"] else ""


class LetterStateSerializer(serializers.ModelSerializer):
    title = serializers.SerializerMethodField(help_text="What it is called on the page.")
    about = serializers.UUIDField(source="subject_id", allow_null=True, help_text="The note or brief it carries.")
    state = serializers.SerializerMethodField(help_text="As `status`, or `bounced` once it has come back.")
    answer = serializers.SerializerMethodField(help_text="The last answer of a mail server, in words.")
    life = serializers.SerializerMethodField()

    class Meta:
        model = OutboundEmail
        fields = [
            "public_id",
            "title",
            "about",
            "status",
            "state",
            "answer",
            "due_at",
            "next_try_at",
            "sent_at",
            "bounced_at",
            "bounce_code",
            "attempts",
            "life",
        ]
        read_only_fields = fields

    def get_title(self, row) -> str:
        titles = self.context.get("titles")
        return (titles or outbox.titles_of([row]))[row.pk][0]

    def get_state(self, row) -> str:
        return state_of(row)[0]

    def get_answer(self, row) -> str:
        return str(answer_to(row))

    @extend_schema_field(LifeSerializer(many=True))
    def get_life(self, row):
        return LifeSerializer(life_of(row), many=True).data


class LetterChoiceSerializer(serializers.Serializer):
    choice = serializers.ChoiceField(
        choices=letters.CHOICES, help_text="Leave it, sent from the own mailbox, send it again."
    )


class LetterFilter(django_filters.FilterSet):
    about = django_filters.UUIDFilter(field_name="subject_id")

    class Meta:
        model = OutboundEmail
        fields = ["status"]


@extend_schema_view(
    list=extend_schema(summary="Letters in your name, and what became of each"),
    retrieve=extend_schema(summary="One letter with its life"),
)
class LetterViewSet(ReadRecords):
    """Her own only; being a coach or an admin opens nothing here."""

    queryset = OutboundEmail.objects.none()
    serializer_class = LetterStateSerializer
    filterset_class = LetterFilter

    def get_queryset(self):
        return with_life(OutboundEmail.objects.letters_of(self.request.user))

    def paginate_queryset(self, queryset):
        self.page_rows = super().paginate_queryset(queryset)
        return self.page_rows

    def get_serializer_context(self):
        rows = getattr(self, "page_rows", None)
        return {**super().get_serializer_context(), "titles": outbox.titles_of(rows) if rows else None}

    @extend_schema(request=LetterChoiceSerializer, summary="Settle a letter of which we cannot see whether it arrived")
    @action(detail=True, methods=["post"])
    def resolve(self, request, public_id):
        row = self.get_object()
        data = LetterChoiceSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        letters.resolve(row, data.validated_data["choice"], by=request.user)
        return self.answer(self.get_queryset().get(pk=row.pk))


class MailSerializer(serializers.ModelSerializer):
    mail_class = serializers.SerializerMethodField(help_text="account, letter, deadline or routine; nothing finer.")
    answer = serializers.SerializerMethodField(help_text="The last answer, without what would tell of its content.")

    class Meta:
        model = OutboundEmail
        fields = [
            "public_id",
            "mail_class",
            "status",
            "due_at",
            "next_try_at",
            "sent_at",
            "bounced_at",
            "bounce_code",
            "attempts",
            "code",
            "answer",
        ]
        read_only_fields = fields

    def get_mail_class(self, row) -> str:
        return OutboundEmail.Urgency(row.urgency).name.lower()

    def get_answer(self, row) -> str:
        return str(words_for_admins(row.status, row.stage, row.code, row.error, row.bounce_code))


class MailFilter(django_filters.FilterSet):
    mail_class = django_filters.ChoiceFilter(
        choices=[(name.lower(), name) for name in OutboundEmail.Urgency.names], method="of_class"
    )
    bounced = django_filters.BooleanFilter(field_name="bounced_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = OutboundEmail
        fields = ["status"]

    def of_class(self, queryset, name, value):
        return queryset.filter(urgency=OutboundEmail.Urgency[value.upper()])


class ForAdmins:
    """403 for everybody else, whatever is asked."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.check(request)

    @staticmethod
    def check(request):
        if not can_manage_mail(request.user):
            raise PermissionDenied


class PauseSerializer(serializers.Serializer):
    is_paused = serializers.BooleanField()


@extend_schema_view(
    list=extend_schema(summary="Every mail by class, state, answer and time"),
    retrieve=extend_schema(summary="One mail"),
)
class MailViewSet(ForAdmins, ReadRecords):
    """For admins. Neither kind nor sender nor address nor anything of what it says."""

    queryset = OutboundEmail.objects.none()
    serializer_class = MailSerializer
    filterset_class = MailFilter

    @extend_schema(request=None, summary="Try again what has failed")
    @action(detail=True, methods=["post"])
    def retry(self, request, public_id):
        return self._answer_again(outbox.retry(self.get_object(), by=request.user))

    @extend_schema(request=None, summary="Take back what waits")
    @action(detail=True, methods=["post"])
    def cancel(self, request, public_id):
        return self._answer_again(outbox.cancel_one(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=PauseSerializer, summary="Let no letter to a third party leave")
    @action(detail=False, methods=["post"], url_path="pause-letters")
    def pause_letters(self, request):
        outbox.pause_letters(by=request.user)
        return Response({"is_paused": True})

    @extend_schema(request=None, responses=PauseSerializer, summary="Let letters go again")
    @action(detail=False, methods=["post"], url_path="resume-letters")
    def resume_letters(self, request):
        outbox.resume_letters(by=request.user)
        return Response({"is_paused": False})

    @extend_schema(request=None, responses=PauseSerializer, summary="Let no mail leave, to whomever it goes")
    @action(detail=False, methods=["post"])
    def pause(self, request):
        outbox.pause_mail(by=request.user)
        return Response({"is_paused": True})

    @extend_schema(request=None, responses=PauseSerializer, summary="Let mail leave again")
    @action(detail=False, methods=["post"])
    def resume(self, request):
        outbox.resume_mail(by=request.user)
        return Response({"is_paused": False})

    def _answer_again(self, row):
        return self.answer(self.get_queryset().get(pk=row.pk))
