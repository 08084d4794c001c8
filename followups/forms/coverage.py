"""One form for all must-haves of an interview: did they hear it, and what shows it?"""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from followups.forms.interview import only_you
from interviews.models import Requirement

HEARD = [
    Requirement.Coverage.RAISED,
    Requirement.Coverage.PARTLY,
    Requirement.Coverage.NOT_RAISED,
    Requirement.Coverage.UNKNOWN,
]


class CoverageForm(forms.Form):
    def __init__(self, *args, interview, coach=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.requirements = list(interview.requirements.all())
        for number, requirement in enumerate(self.requirements):
            self.fields[f"coverage_{number}"] = forms.ChoiceField(
                label=requirement.text,
                choices=[(value, capfirst(value.label)) for value in HEARD],
                initial=requirement.coverage,
                widget=forms.RadioSelect(attrs={"class": "short"}),
            )
            evidence = Requirement._meta.get_field("evidence").formfield(
                label=_("What have you done that shows it?"), initial=requirement.evidence
            )
            evidence.who_reads = only_you(interview, coach)
            self.fields[f"evidence_{number}"] = evidence
        self.fields["new"] = Requirement._meta.get_field("text").formfield(
            label=_("Another thing this job cannot do without")
            if self.requirements
            else _("What can this job not do without?"),
            help_text=_("A few words from the advert, such as “writes every week”."),
            required=not self.requirements,
        )

    def pairs(self):
        """For the page: the two questions about each must-have, side by side."""
        return [(self[f"coverage_{number}"], self[f"evidence_{number}"]) for number in range(len(self.requirements))]

    def rows(self):
        """The arguments of `record_coverage`."""
        data = self.cleaned_data
        return [
            (requirement, {name: data[f"{name}_{number}"] for name in ("coverage", "evidence")})
            for number, requirement in enumerate(self.requirements)
        ]
