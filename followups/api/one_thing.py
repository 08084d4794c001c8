"""One thing on your mind: the public questions and their answer, for other programs. Stores nothing, knows nobody."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts import rates
from accounts.describing import extend_schema
from followups import one_thing, triage
from followups.models import TriageDecision


class StrangerRate(BaseThrottle):
    """By address; counted together with the page."""

    def allow_request(self, request, view):
        self.seconds = rates.seconds_to_wait(request._request, "one-thing")
        return not self.seconds

    def wait(self):
        return self.seconds


class OptionSerializer(serializers.Serializer):
    word = serializers.CharField(help_text="What to send as the answer.")
    text = serializers.CharField()


class QuestionSerializer(serializers.Serializer):
    name = serializers.CharField(help_text="The key to answer it under.")
    text = serializers.CharField()
    help = serializers.CharField(help_text="May be empty.")
    options = OptionSerializer(many=True)


class StrangersReasonSerializer(serializers.Serializer):
    code = serializers.CharField()
    text = serializers.CharField()
    stance = serializers.CharField(help_text="rule (why), for, against.")
    strength = serializers.CharField(help_text="Of the public advice behind it: strong, medium, disputed.")


class AnswerSerializer(serializers.Serializer):
    action = serializers.ChoiceField(TriageDecision.Action.choices)
    also = serializers.ListField(child=serializers.ChoiceField(TriageDecision.Action.choices))
    reasons = StrangersReasonSerializer(many=True)
    next_steps = serializers.ListField(child=serializers.CharField())
    provisional = serializers.BooleanField(help_text="It holds if two sentences turn out to be enough.")
    act_within_hours = serializers.FloatField(allow_null=True)
    policy_version = serializers.IntegerField()


class OneThingSerializer(serializers.Serializer):
    """`kind`, and what has been answered so far: under the name of each question the word of an option."""

    kind = serializers.ChoiceField([*triage.Kind, one_thing.NOTHING], help_text="`nothing`: it cannot be named.")
    around = serializers.CharField(required=False, help_text="What it was like; the words depend on the kind.")
    relied_on = serializers.CharField(required=False, help_text="yes, no, unsure.")
    has_new_information = serializers.CharField(required=False, help_text="yes, no, unsure.")
    noticed = serializers.CharField(required=False, help_text="yes, no, unsure.")
    when = serializers.CharField(required=False, help_text="recent (presumed), week, longer, refused.")
    writing = serializers.CharField(required=False, help_text="Whether they may be written to: yes (presumed), no.")
    referee = serializers.CharField(required=False, help_text="Whether somebody can vouch: no (presumed), yes.")

    def validate(self, data):
        """Where the page asks again, a program is told."""
        wrong = {name: [_("There is no such question.")] for name in set(self.initial_data) - set(self.fields)}
        if data["kind"] != one_thing.NOTHING:
            for question in (*one_thing.questions_of(triage.Kind(data["kind"])), *one_thing.AFTERWARDS):
                if question.name in data and question.option(data[question.name]) is None:
                    words = ", ".join(option.word for option in question.options)
                    wrong[question.name] = [_("One of %(words)s was expected.") % {"words": words}]
        if wrong:
            raise serializers.ValidationError(wrong)
        return data


class LookSerializer(serializers.Serializer):
    answers = serializers.DictField(child=serializers.CharField(), help_text="What counts of what was sent.")
    question = QuestionSerializer(allow_null=True, help_text="The next one; null once there is an answer.")
    decision = AnswerSerializer(allow_null=True, help_text="Null while there is a question, and for `nothing`.")
    could_change = QuestionSerializer(many=True, help_text="Answers to these would still change the decision.")
    facts = serializers.DictField(help_text="What the answers come to, as the triage policy reads it.")


BEGUN = OpenApiExample("The first question", request_only=True, value={"kind": "omitted_information"})
DECIDED = OpenApiExample(
    "An answer",
    request_only=True,
    value={"kind": "omitted_information", "around": "must_have", "has_new_information": "yes"},
)


class OneThingView(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [StrangerRate]

    @extend_schema(
        request=OneThingSerializer,
        responses=LookSerializer,
        examples=[BEGUN, DECIDED],
        auth=[],
        summary="One thing on your mind: the next question, or what to do and why",
    )
    def post(self, request):
        """Open to everybody; nothing is stored. Send what was answered so far, get the next question or the decision."""
        data = OneThingSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        look = one_thing.look(data.validated_data)
        return Response(LookSerializer(_told(look)).data, headers={"Cache-Control": "no-store"})


def _told(look):
    return {
        "answers": look.answers,
        "question": look.question and _asked(look.question),
        "decision": look.decision and _decided(look),
        "could_change": [_asked(question) for question in look.could_change],
        "facts": look.facts,
    }


def _asked(question):
    options = [{"word": option.word, "text": _(option.text)} for option in question.options]
    text_of_help = _(question.help) if question.help else ""
    return {"name": question.name, "text": _(question.text), "help": text_of_help, "options": options}


def _decided(look):
    decision = look.decision
    return {
        "action": decision.action,
        "also": decision.also,
        "reasons": [
            {"code": each.code, "text": _(each.text), "stance": each.stance, "strength": each.strength}
            for each in decision.reasons
        ],
        "next_steps": [_(step) for step in one_thing.next_steps(decision, look.kind)],
        "provisional": decision.provisional,
        "act_within_hours": decision.act_within_hours,
        "policy_version": decision.policy_version,
    }
