"""Forms of interviews and the people in them. Rules that need more than one field are the services'."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import when
from accounts.fields import WallTimeFormField
from accounts.forms import zone_field
from followups.forms.country import country_field
from followups.forms.rounds import RoundField, name_of
from interviews.models import Interview, Interviewer, Requirement
from interviews.services import earlier_rounds, rounds_to_choose

MONDAY, FRIDAY = 0, 4
NOW, EARLIER, PLANNED = "now", "earlier", "planned"


def only_you(interview=None, coach=None):
    """The line above a text that says who can read it. `coach`: the Readers of this interview."""
    readers = coach.reading(interview) if interview is not None and coach is not None else None
    if readers:
        return _("%(coach)s can read this") % {"coach": readers.get_short_name()}
    return _("Only you can read this")


def _wall(label, **kwargs):
    return WallTimeFormField(label=label, required=False, **kwargs)


class InterviewNewForm(forms.Form):
    """One minute: company, when it ended, when they decide. Everything else is asked where it is first used."""

    company = Interview._meta.get_field("company").formfield(
        label=gettext_lazy("Which company?"),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
    )
    ended = forms.ChoiceField(
        label=gettext_lazy("When did it end?"),
        choices=[
            (NOW, gettext_lazy("Just now")),
            (EARLIER, gettext_lazy("Earlier")),
            (PLANNED, gettext_lazy("It is still to come")),
        ],
        initial=NOW,
        widget=forms.RadioSelect(attrs={"class": "short"}),
    )
    ends_wall = _wall(gettext_lazy("It ended, or will end, at"), help_text=gettext_lazy("Not needed for “just now”."))
    decides = forms.ChoiceField(
        label=gettext_lazy("When do they decide?"),
        initial="unknown",
        widget=forms.RadioSelect(attrs={"class": "short"}),
        choices=[
            ("today", gettext_lazy("Today")),
            ("monday", gettext_lazy("Monday")),
            ("this_week", gettext_lazy("This week")),
            ("date", gettext_lazy("On a day I know")),
            ("unknown", gettext_lazy("Don't know")),
        ],
    )
    decision_on = forms.DateField(
        label=gettext_lazy("The day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    role_title = Interview._meta.get_field("role_title").formfield(label=gettext_lazy("What is the job called?"))
    zone = zone_field(label=gettext_lazy("Time zone of the interview"))
    previous = forms.CharField(required=False, max_length=40)
    round_of = RoundField(
        label=gettext_lazy("A next round of one under another name?"), help_text=gettext_lazy("Such as a recruiter's.")
    )

    def __init__(self, *args, candidate, now=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round_of"].offer(*rounds_to_choose(candidate=candidate, company=self.data.get("company", "")))
        if not self.fields["round_of"].rounds:
            del self.fields["round_of"]
        self.candidate = candidate
        self.now = now or timezone.now()
        for name in ("ends_wall", "decision_on"):
            self.fields[name].asked = True
        self.fields["zone"].initial = candidate.zone

    def clean(self):
        data = super().clean()
        if data.get("ended") in (EARLIER, PLANNED) and not data.get("ends_wall") and "ends_wall" not in self.errors:
            self.add_error("ends_wall", _("Which day, and about what time?"))
        if data.get("decides") == "date" and not data.get("decision_on") and "decision_on" not in self.errors:
            self.add_error("decision_on", _("Which day is that?"))
        return data

    def facts(self):
        """The arguments of `log_interview`."""
        data = self.cleaned_data
        return {
            "company": data["company"],
            "role_title": data["role_title"],
            "zone": data["zone"],
            "planned": data["ended"] == PLANNED,
            "ends_wall": None if data["ended"] == NOW else data["ends_wall"],
            "decision_on": self._decision_on(),
            "previous": self._previous(),
        }

    def _previous(self):
        """The round before: the one she tapped on below the company's name, else what she chose from the list."""
        rounds = earlier_rounds(candidate=self.candidate, company=self.cleaned_data["company"])
        tapped = next((each for each in rounds if str(each.public_id) == self.cleaned_data["previous"]), None)
        return tapped or self.cleaned_data.get("round_of")

    def _decision_on(self):
        data = self.cleaned_data
        today = when.to_wall(self.now, data["zone"]).date()
        days = {
            "today": today,
            "monday": today + timedelta(days=(MONDAY - today.weekday() - 1) % 7 + 1),
            "this_week": today + timedelta(days=(FRIDAY - today.weekday()) % 7),
            "date": data["decision_on"],
        }
        return days.get(data["decides"])


class InterviewEditForm(forms.ModelForm):
    """All facts about one interview, to complete when there is time."""

    zone = zone_field(label=gettext_lazy("Time zone of the interview"))
    country = country_field()
    starts_wall = _wall(gettext_lazy("Start"))
    ends_wall = WallTimeFormField(label=gettext_lazy("End"))
    decision_on = forms.DateField(
        label=gettext_lazy("They decide on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    decision_time = forms.TimeField(
        label=gettext_lazy("At what time, if you know"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )

    class Meta:
        model = Interview
        fields = [
            "company",
            "role_title",
            "starts_wall",
            "ends_wall",
            "zone",
            "country",
            "decision_on",
            "decision_time",
            "previous",
            "contact_prohibited",
            "one_note_to_panel",
            "went_well",
            "notes",
        ]
        labels = {
            "previous": gettext_lazy("Is this a next round of …?"),
            "contact_prohibited": gettext_lazy("They asked not to be contacted"),
            "one_note_to_panel": gettext_lazy("One note to the whole panel"),
            "went_well": gettext_lazy("What went well"),
            "notes": gettext_lazy("Jottings"),
        }
        widgets = {"went_well": forms.Textarea(attrs={"rows": 3}), "notes": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, coach=None, **kwargs):
        super().__init__(*args, **kwargs)
        interview = self.instance
        earlier = Interview.objects.filter(candidate=interview.candidate_id).exclude(pk=interview.pk)
        self.fields["previous"].queryset = earlier.order_by("-ends_at", "-id")
        self.fields["previous"].to_field_name = "public_id"
        self.fields["previous"].empty_label = _("No, it is the first")
        self.fields["previous"].label_from_instance = name_of
        # Their labels say already that they may stay empty.
        self.fields["previous"].asked = self.fields["decision_time"].asked = True
        for name in ("went_well", "notes"):
            self.fields[name].who_reads = only_you(interview, coach)

    def _post_clean(self):
        """The service checks and assigns: a refused edit must not have touched the instance."""

    def facts(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class InterviewerForm(forms.ModelForm):
    class Meta:
        model = Interviewer
        fields = ["name", "kind", "title", "email", "zone"]
        labels = {"zone": gettext_lazy("Their time zone, if another")}
        help_texts = {
            "email": gettext_lazy("Only for the note, when you send it."),
            "kind": gettext_lazy("With HR or a recruiter, the note asks to pass your thanks on."),
        }
        widgets = {"kind": forms.RadioSelect(attrs={"class": "short"})}

    zone = zone_field(label=gettext_lazy("Their time zone, if another"), required=False, initial="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["zone"].asked = True
        self.fields["kind"].choices = [(value, capfirst(label)) for value, label in Interviewer.Kind.choices]

    def _post_clean(self):
        """The service checks and assigns."""


class RequirementForm(forms.ModelForm):
    class Meta:
        model = Requirement
        fields = ["text", "evidence", "coverage"]
        labels = {
            "text": gettext_lazy("What can this job not do without?"),
            "evidence": gettext_lazy("What have you done that shows it?"),
            "coverage": gettext_lazy("Did they hear that you have it?"),
        }
        help_texts = {"evidence": gettext_lazy("One line, such as “two years of the weekly newsletter”.")}
        widgets = {"coverage": forms.RadioSelect(attrs={"class": "short"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coverage"].choices = [(value, capfirst(label)) for value, label in Requirement.Coverage.choices]

    def _post_clean(self):
        """The service checks and assigns."""


class NextRoundForm(forms.Form):
    """When they meet again; for how long is a guess that can be changed."""

    starts_wall = WallTimeFormField(label=gettext_lazy("Day and time"))
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("For how long?"),
        coerce=int,
        initial=60,
        choices=[
            (30, gettext_lazy("Half an hour")),
            (60, gettext_lazy("An hour")),
            (120, gettext_lazy("Two hours")),
            (240, gettext_lazy("Half a day")),
        ],
        widget=forms.RadioSelect(attrs={"class": "short"}),
    )

    def times(self):
        starts = self.cleaned_data["starts_wall"]
        return {"starts_wall": starts, "ends_wall": starts + timedelta(minutes=self.cleaned_data["minutes"])}
