"""Forms of practising: notes for an answer in four parts, a lesson's name, and whether it held."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from followups.models import Lesson, Recall, Rehearsal
from followups.models.lesson import LONGEST


class RehearsalForm(forms.ModelForm):
    """Autosaved: nothing is required, and parts that are too long are told while the others are kept."""

    use_required_attribute = False
    # Stands apart from the form, where saving replaces it (lesson_detail.html#kept).
    version = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)

    class Meta:
        model = Rehearsal
        fields = ["question", "situation", "task", "action", "result"]
        labels = {
            "question": gettext_lazy("A question of your own"),
            "situation": gettext_lazy("Situation"),
            "task": gettext_lazy("Task"),
            "action": gettext_lazy("What you did"),
            "result": gettext_lazy("Result"),
        }
        help_texts = {
            "question": gettext_lazy("As they might ask it. Leave it empty for ours."),
            "situation": gettext_lazy("Where and when, in one sentence."),
            "task": gettext_lazy("What was yours to do?"),
            "action": gettext_lazy("“I”, not “we”: two or three steps."),
            "result": gettext_lazy("How it ended. A figure or a name, if there is one."),
        }
        widgets = {
            "question": forms.Textarea(attrs={"rows": 2}),
            **{name: forms.Textarea(attrs={"rows": 2}) for name in ("situation", "task", "action", "result")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.asked = True
        # The columns' own check comes too late to keep the other parts.
        for name in ("situation", "task", "action", "result"):
            self.fields[name].validators.append(LONGEST)

    def usable(self):
        """The parts that can be kept as they are."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name in self.data and name != "version"}

    def _post_clean(self):
        """The service assigns and checks."""


class LessonForm(forms.ModelForm):
    class Meta:
        model = Lesson
        fields = ["title"]
        labels = {"title": gettext_lazy("What do you call it?")}

    def _post_clean(self):
        """The service assigns and checks."""


class RecallForm(forms.Form):
    """One question for each of at most three lessons; none must be answered."""

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.lessons = {str(lesson.public_id): lesson for lesson, _answer in asked}
        for lesson, answer in asked:
            self.fields[str(lesson.public_id)] = forms.ChoiceField(
                label=lesson.title,
                choices=[(value, capfirst(label)) for value, label in Recall.Answer.choices],
                initial=answer,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "short"}),
            )
            self.fields[str(lesson.public_id)].asked = True

    def answers(self):
        """Pairs of lesson and answer, of those she has given or changed."""
        return [(self.lessons[name], self.cleaned_data[name]) for name in self.changed_data if self.cleaned_data[name]]
