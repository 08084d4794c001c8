"""Forms of a session: own notes, and the coach's report."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.models.session import LONGEST_LINE, LONGEST_NOTE
from coaching.scores import SCORES
from followups.models import LessonResult


class NotesForm(forms.Form):
    """Autosaved; it may be empty."""

    text = forms.CharField(
        label=gettext_lazy("Your own notes"),
        max_length=LONGEST_NOTE,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].who_reads = _("Only you can read this")


def _line(label, help_text):
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST_LINE, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReportForm(forms.Form):
    """Two sentences, a result for each thing on the list, and scores if the coach likes."""

    worked = _line(gettext_lazy("One thing that worked"), gettext_lazy("What to do again, as you heard it."))
    change = _line(gettext_lazy("One thing to change"), gettext_lazy("What to do next time, not what went wrong."))

    def __init__(self, *args, agenda, candidate, given, **kwargs):
        """`given`: what was sent before, by the names of the fields."""
        super().__init__(*args, initial=given, **kwargs)
        self.lessons = {f"lesson-{lesson.public_id}": lesson for lesson in agenda}
        reads = _("%(name)s reads this at once") % {"name": candidate.get_short_name()}
        for name in ("worked", "change"):
            self.fields[name].who_reads = reads
        for name, lesson in self.lessons.items():
            self.fields[name] = forms.ChoiceField(
                label=lesson.title,
                choices=[(value, capfirst(label)) for value, label in LessonResult.Result.choices],
                widget=forms.RadioSelect(attrs={"class": "short"}),
                error_messages={"required": gettext_lazy("Practised, held or again: one of the three.")},
            )
        for score in SCORES:
            numbered = [(str(number), f"{number} · {score.in_words(number)}") for number in range(1, 5)]
            self.fields[score.name] = forms.ChoiceField(
                label=score.label,
                choices=[("", gettext_lazy("No score")), *numbered],
                required=False,
                widget=forms.RadioSelect,
                template_name="coaching/score_field.html",
            )

    def lesson_fields(self):
        return [self[name] for name in self.lessons]

    def score_fields(self):
        return [self[score.name] for score in SCORES]

    def has_scores(self):
        """Whether the fold of scores holds something to see."""
        return any(field.value() or field.errors for field in self.score_fields())

    def report(self):
        """What the service takes."""
        data = self.cleaned_data
        return {
            "worked": data["worked"],
            "change": data["change"],
            "results": {lesson: data[name] for name, lesson in self.lessons.items()},
            "scores": {score.name: int(data[score.name]) for score in SCORES if data[score.name]},
        }

    def refuse(self, problem):
        """A refusal where it belongs; lessons are named by their public id."""
        field = getattr(problem, "field", None)
        name = next((each for each in (field, f"lesson-{field}") if each in self.fields), None)
        self.add_error(name, str(problem))
