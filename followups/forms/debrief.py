"""Forms of the debrief: five plain lines, then only the questions that can still change the answer."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followups.forms.interview import only_you
from interviews.models import Interview, Mistake

Kind = Mistake.Kind


@dataclass(frozen=True)
class Line:
    """One of the five ways to say it, with the kinds behind it in plain words."""

    slug: str
    label: str
    example: str
    kinds: tuple


LINES = (
    Line(
        "left-out",
        gettext_lazy("I left something out"),
        gettext_lazy("A job, a skill, a result they never heard of."),
        ((Kind.OMITTED_INFORMATION, gettext_lazy("I left something out")),),
    ),
    Line(
        "answered-badly",
        gettext_lazy("I answered badly"),
        gettext_lazy("I rambled, went blank, or got something technical wrong."),
        (
            (Kind.WEAK_ANSWER, gettext_lazy("It came out weak, or I talked around it")),
            (Kind.TECHNICAL_ERROR, gettext_lazy("Something technical was wrong")),
        ),
    ),
    Line(
        "not-true",
        gettext_lazy("I said something wrong or not quite true"),
        gettext_lazy("A wrong date, or a skill that sounded like more than it is."),
        (
            (Kind.WRONG_FACT, gettext_lazy("A fact was wrong: a date, a figure, a name")),
            (Kind.MISLEADING_CLAIM, gettext_lazy("It sounded like more than it is")),
        ),
    ),
    Line(
        "awkward",
        gettext_lazy("I said or did something awkward"),
        gettext_lazy("A joke that fell flat, being late, speaking ill of somebody."),
        (
            (Kind.REGRETTED_REMARK, gettext_lazy("Something I said")),
            (Kind.CONDUCT, gettext_lazy("Something I did")),
        ),
    ),
    Line(
        "around-it",
        gettext_lazy("Something went wrong around it"),
        gettext_lazy("The line dropped, a file was missing, the room was the wrong one."),
        ((Kind.LOGISTICS, gettext_lazy("Something went wrong around it")),),
    ),
)
LINE_BY_SLUG = {line.slug: line for line in LINES}
LINE_BY_KIND = {kind: line for line in LINES for kind, _label in line.kinds}

YES, NO, UNSURE = "yes", "no", "unsure"
YES_NO_UNSURE = [(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No")), (UNSURE, gettext_lazy("Not sure"))]
TRUTH = {YES: True, NO: False, UNSURE: None}


class WentWellForm(forms.ModelForm):
    class Meta:
        model = Interview
        fields = ["went_well"]
        labels = {"went_well": gettext_lazy("What went well?")}
        help_texts = {"went_well": gettext_lazy("One line. Something did.")}
        widgets = {"went_well": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, coach=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["went_well"].who_reads = only_you(self.instance, coach)

    def _post_clean(self):
        """The service checks and assigns."""


class OneByOne:
    """On a phone one question stands there at a time (`.question` in the stylesheet), so the browser must not ask for hidden ones."""

    use_required_attribute = False


# What the stylesheet knows an empty text by.
EMPTY = {"placeholder": " "}


class MistakeForm(OneByOne, forms.Form):
    """Her words, and which of the two kinds where her line stands for two."""

    kind = forms.ChoiceField(label=gettext_lazy("Which is closer?"), widget=forms.RadioSelect)
    text = Mistake._meta.get_field("text").formfield(
        label=gettext_lazy("What happened, in your words?"), widget=forms.Textarea(attrs={"rows": 3, **EMPTY})
    )
    topic = Mistake._meta.get_field("topic").formfield(
        label=gettext_lazy("What were you talking about?"),
        help_text=gettext_lazy("A word or two, such as “writing”. The note can then refer to it."),
    )
    drop = forms.ModelChoiceField(
        label=gettext_lazy("Which of these can you drop?"),
        queryset=Mistake.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, line, interview, coach=None, ask_drop=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = line.kinds
        if len(line.kinds) == 1:
            self.fields["kind"].initial = line.kinds[0][0]
            self.fields["kind"].widget = forms.HiddenInput()
        self.fields["text"].who_reads = only_you(interview, coach)
        live = interview.mistakes.live()
        if ask_drop:
            self.fields["drop"].queryset = live
            self.fields["drop"].asked = True
            self.fields["drop"].label_from_instance = lambda mistake: mistake.text
        else:
            del self.fields["drop"]


class QuestionForm(OneByOne, forms.Form):
    """One screen of the debrief: `names` are the facts it asks. `answers()` gives them as the service wants them."""

    def __init__(self, *args, names, mistake, coach=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.names, self.mistake, self.coach = tuple(names), mistake, coach
        self._matters()
        self._in_the_room()
        self._said()
        self._correction()

    def _asks(self, name):
        return name in self.names

    def _initial_truth(self, name):
        """What she answered before; an answer of “not sure” is remembered by `answered`."""
        value = getattr(self.mistake, name)
        if value is None or value == "":
            return UNSURE if name in self.mistake.answered else None
        return {True: YES, False: NO, "unknown": UNSURE}.get(value, value)

    def _truth_field(self, name, label, help_text=""):
        self.fields[name] = forms.ChoiceField(
            label=label,
            help_text=help_text,
            choices=YES_NO_UNSURE,
            initial=self._initial_truth(name),
            widget=forms.RadioSelect,
        )

    def _matters(self):
        labels = {
            "touches_must_have": _("It touches something this job cannot do without"),
            "asked_for": _("They asked for it, or I promised it"),
            "doubt_voiced": _("They said aloud that they doubt it"),
        }
        choices = [(name, label) for name, label in labels.items() if self._asks(name)]
        if not choices:
            return
        self.fields["matters"] = forms.MultipleChoiceField(
            label=_("Is any of this so?"),
            help_text=_("None, or not sure: leave it empty and go on. Most things are none of these."),
            choices=choices,
            required=False,
            initial=[name for name, _label in choices if getattr(self.mistake, name)],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["matters"].asked = True
        if self._asks("touches_must_have"):
            self.fields["must_have"] = forms.CharField(
                label=_("Which must-have?"),
                max_length=120,
                required=False,
                initial=self.mistake.requirement.text if self.mistake.requirement else "",
                widget=forms.TextInput(attrs={"list": "must-haves", "autocomplete": "off", **EMPTY}),
            )

    def _in_the_room(self):
        both = self._asks("noticed") and self._asks("settled_in_the_room")
        if both:
            self.fields["room"] = forms.ChoiceField(
                label=_("How was it taken, there and then?"),
                choices=[
                    ("settled", _("We put it right there and then")),
                    ("noticed", _("They reacted, and it was left at that")),
                    ("unnoticed", _("Nobody seemed to react")),
                    (UNSURE, _("Not sure")),
                ],
                initial=self._initial_room(),
                widget=forms.RadioSelect,
            )
        elif self._asks("noticed"):
            self._truth_field("noticed", _("Did the interviewer react to it?"))
        elif self._asks("settled_in_the_room"):
            self._truth_field("settled_in_the_room", _("Was it put right there and then?"))
        if self._asks("hurt_someone"):
            self._truth_field("hurt_someone", _("Was somebody offended, or kept waiting without a word?"))

    def _initial_room(self):
        if self.mistake.settled_in_the_room == YES:
            return "settled"
        known = {YES: "noticed", NO: "unnoticed", UNSURE: UNSURE}
        return known.get(self.mistake.noticed, UNSURE if "noticed" in self.mistake.answered else None)

    def _said(self):
        if self._asks("relied_on"):
            self._truth_field("relied_on", _("Would they rely on it, or check it?"))
        if self._asks("private_matter"):
            self._truth_field(
                "private_matter", _("Was it something they had no right to ask?"), _("Family, health, age, faith.")
            )
        if self._asks("has_new_information"):
            self._truth_field(
                "has_new_information",
                _("Is there a fact they have not heard that would change the picture?"),
                _("A fact, not a better way to say the same."),
            )

    def _correction(self):
        if not self._asks("repair_sentences"):
            return
        # What shows that she has it is most of the sentence; until she has answered it stands there to begin from.
        begun = self.mistake.requirement.evidence if self.mistake.requirement else ""
        untouched = self.mistake.kind == Kind.OMITTED_INFORMATION and "repair_sentences" not in self.mistake.answered
        self.fields["correction"] = Mistake._meta.get_field("correction").formfield(
            label=_("The two sentences, as they would stand in your note"),
            help_text=_("New facts only, two sentences at most. No reasons, and no word of regret."),
            initial=self.mistake.correction or (begun if untouched else ""),
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
        )
        self.fields["correction"].asked = True
        self.fields["correction"].who_reads = only_you(self.mistake.interview, self.coach)
        people = self.mistake.interview.interviewers.all()
        if len(people) > 1:
            self.fields["heard_by"] = forms.ModelMultipleChoiceField(
                label=_("Who heard it?"),
                help_text=_("Nobody ticked means everybody."),
                queryset=people,
                to_field_name="public_id",
                required=False,
                initial=[person.public_id for person in self.mistake.heard_by.all()],
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields["heard_by"].label_from_instance = lambda person: person.name

    def clean(self):
        data = super().clean()
        if "correction" in self.fields and not self._put_off() and not data.get("correction", "").strip():
            self.add_error("correction", _("Write it as it would stand in the note, or choose another button below."))
        return data

    def _put_off(self):
        return any(button in self.data for button in ("later", "beyond_words", "count"))

    def answers(self):
        """The arguments of `debrief.answer`."""
        data = self.cleaned_data
        answers = {name: name in data["matters"] for name in self._concerns()}
        if "room" in data:
            answers |= ROOM[data["room"]]
        for name in ("hurt_someone", "private_matter", "has_new_information"):
            if name in data:
                answers[name] = TRUTH[data[name]]
        for name in ("settled_in_the_room", "relied_on"):
            if name in data:
                answers[name] = "unknown" if data[name] == UNSURE else data[name]
        if "noticed" in data:
            answers["noticed"] = data["noticed"]
        if "correction" in self.fields:
            answers |= {"correction": data["correction"], "beyond_words": "beyond_words" in self.data}
            if "heard_by" in data:
                answers["heard_by"] = list(data["heard_by"])
        return {**answers, "answered": self.names}

    def _concerns(self):
        return [name for name, _label in self.fields["matters"].choices] if "matters" in self.fields else []


ROOM = {
    "settled": {"noticed": "unsure", "settled_in_the_room": "yes"},
    "noticed": {"noticed": "yes", "settled_in_the_room": "no"},
    "unnoticed": {"noticed": "no", "settled_in_the_room": "no"},
    UNSURE: {"noticed": "unsure", "settled_in_the_room": "unknown"},
}


class ReopenForm(forms.Form):
    new_fact = forms.CharField(
        label=gettext_lazy("Something new came to mind?"),
        max_length=1000,
        help_text=gettext_lazy("A fact you did not have then. It is looked at afresh."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChooseForm(forms.Form):
    """Which of several mistakes the note carries."""

    mistake = forms.ModelChoiceField(queryset=Mistake.objects.none(), to_field_name="public_id")

    def __init__(self, *args, interview, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mistake"].queryset = interview.mistakes.filter(status=Mistake.Status.DECIDED)
