"""Forms about referees and what they are told. Whether something may go is the services' to say."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import WallTimeFormField
from followups.forms.letter import Autosaved, SendForm
from followups.models import Referee, RefereeBrief


class RefereeForm(forms.ModelForm):
    """Somebody who may speak for her."""

    has_agreed = forms.BooleanField(
        label=gettext_lazy("I have asked, and they agreed"),
        required=False,
        help_text=gettext_lazy("A word on the telephone is enough. Nobody is named as a referee without knowing it."),
    )

    class Meta:
        model = Referee
        fields = ["name", "relation", "email"]
        labels = {
            "name": gettext_lazy("Their name"),
            "relation": gettext_lazy("How do they know your work?"),
            "email": gettext_lazy("Their e-mail address"),
        }
        help_texts = {
            "relation": gettext_lazy("For yourself: “my manager at the library”. They never see it."),
            "email": gettext_lazy("Only needed if Afterword shall write to them. Your own phone needs none."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["has_agreed"].initial = self.instance.has_agreed

    def _post_clean(self):
        """The service assigns and checks; two rows of one person are the database's to refuse."""


class BriefNewForm(forms.Form):
    """Who shall mention it."""

    referee = forms.ModelChoiceField(
        label=gettext_lazy("Who saw this work?"),
        queryset=None,
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose one, or add somebody.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["referee"].queryset = people
        self.fields["referee"].label_from_instance = lambda person: (
            f"{person.name}, {person.relation}" if person.relation else person.name
        )
        first = people.first()
        self.fields["referee"].initial = first and first.public_id


class BriefForm(Autosaved):
    """What they are told."""

    class Meta:
        model = RefereeBrief
        fields = ["skill", "project", "words", "job", "who_may_ring"]
        labels = {
            "skill": gettext_lazy("Which one skill?"),
            "project": gettext_lazy("One project they saw it in"),
            "words": gettext_lazy("In your words, two sentences at most"),
            "job": gettext_lazy("Which job is it?"),
            "who_may_ring": gettext_lazy("Who may ring them?"),
        }
        help_texts = {
            "skill": gettext_lazy("The one that did not come across. “Keeping accounts under pressure.”"),
            "project": gettext_lazy("So that they know at once what to tell: “the move of the archive, 2024”."),
            "words": gettext_lazy("Facts they can repeat on the telephone. No reasons, no worry."),
        }
        widgets = {"words": forms.Textarea(attrs={"rows": 3, "spellcheck": "true"})}

    def for_page(self, who_reads, kind):
        """Say above each text who can read it; thanks are her words alone."""
        if kind == RefereeBrief.Kind.THANKS:
            for name in ("skill", "project", "job", "who_may_ring"):
                del self.fields[name]
            self.fields["words"].label = gettext_lazy("Two lines of thanks")
            self.fields["words"].help_text = gettext_lazy("What they did, and how it ended.")
        self.is_valid()
        for name in ("skill", "words"):
            if name in self.fields:
                self.fields[name].required = True
        self.fields["words"].who_reads = who_reads
        return self


class BriefSendForm(SendForm):
    """When Afterword sends it: the form of notes, beside another letter."""

    send_wall = WallTimeFormField(
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "form": "brief-form"}, format="%Y-%m-%dT%H:%M"),
    )


class ToldForm(forms.Form):
    """She told them herself; by her own clock."""

    at = WallTimeFormField(label=gettext_lazy("When did you tell them?"), required=False)


class AnswerForm(forms.Form):
    """What a referee says, without an account."""

    answer = forms.ChoiceField(choices=RefereeBrief.Answer.choices)
