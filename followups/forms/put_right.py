"""Forms for putting a statement right: first what is so, then the sentence and the way."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followups.models import CorrectionPlan
from followups.services import put_right

Paper = CorrectionPlan.Paper


class AnswersForm(forms.ModelForm):
    """What was said, what is true, what the papers say. Only the truth is needed to go on."""

    class Meta:
        model = CorrectionPlan
        fields = ["said", "truth", "cv_says", "form_says"]
        labels = {
            "said": gettext_lazy("What did you say, as near as you remember?"),
            "truth": gettext_lazy("And what is true?"),
        }
        help_texts = {"truth": gettext_lazy("One plain line, as you would tell a friend.")}
        widgets = {
            "said": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "truth": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }

    cv_says = forms.ChoiceField(
        label=gettext_lazy("What does your CV say?"),
        choices=Paper.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "short"}),
    )
    form_says = forms.ChoiceField(
        label=gettext_lazy("And a form, if you filled one in?"),
        choices=Paper.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "short"}),
    )

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["truth"].required = True
        self.fields["truth"].error_messages["required"] = _("Without what is true there is no sentence to write.")
        for name in ("said", "truth"):
            self.fields[name].who_reads = _("Only you can read this")

    def _post_clean(self):
        """The service assigns."""


class WayForm(forms.Form):
    """The sentence, and to whom."""

    sentence = forms.CharField(
        label=gettext_lazy("The sentence"),
        help_text=gettext_lazy("What is true, and no more: no reasons, no word of regret. Two sentences at most."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("The sentence itself is still missing.")},
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Who should have it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the ways there are.")},
    )

    use_required_attribute = False

    def __init__(self, *args, ways, reader=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ways = {way.key: way for way in ways}
        self.fields["way"].choices = [(key, _told(way)) for key, way in self.ways.items()]
        self.fields["way"].initial = next(iter(self.ways), None)
        self.fields["sentence"].who_reads = (
            _("%(coach)s can read this once you begin the letter") % {"coach": reader.get_short_name()}
            if reader
            else _("Only you can read this, until you send it")
        )

    def chosen(self):
        """The arguments of `put_right.begin`."""
        way = self.ways[self.cleaned_data["way"]]
        return {"sentence": self.cleaned_data["sentence"], "note": way.note, "person": way.person}


def _told(way):
    if way.note:
        if not way.note.to_name:
            return _("In the thank-you note that is still to go")
        return _("In the thank-you note to %(name)s, which is still to go") % {"name": way.note.to_name}
    if way.person is None:
        return _("In the thank-you note, which is still to be written")
    if put_right.passes_on(way.person):
        return _("A short letter to %(name)s (%(kind)s), to pass on") % {
            "name": way.person.name,
            "kind": way.person.get_kind_display(),
        }
    return _("A short letter to %(name)s") % {"name": way.person.name}
