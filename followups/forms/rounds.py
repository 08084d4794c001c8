"""The question whether an interview is a next round of an earlier one."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import when


class RoundField(forms.ChoiceField):
    """Her earlier interviews to choose from, those at the same company first; what it gives is the interview, or None."""

    default_error_messages = {"invalid_choice": gettext_lazy("Choose one of your earlier interviews.")}

    def __init__(self, **kwargs):
        super().__init__(**{"label": gettext_lazy("Is this a next round of …?"), "required": False} | kwargs)
        self.asked = True
        self.rounds = {}

    def offer(self, same, others):
        """`same` are at the company of this one, `others` elsewhere (`interviews.services.rounds_to_choose`)."""
        self.rounds = {str(each.public_id): each for each in [*same, *others]}
        groups = ((_("The same company"), same), (_("Your other interviews") if same else _("Your interviews"), others))
        self.choices = [
            ("", _("No, it is the first")),
            *((title, [(str(each.public_id), name_of(each)) for each in some]) for title, some in groups if some),
        ]

    def clean(self, value):
        return self.rounds.get(super().clean(value))


def name_of(interview):
    """An earlier interview in a few words: "Kijani Foods, Tuesday 3 November 2026"."""
    return f"{interview.company}, {when.print_date(interview.ends_wall.date(), translate=_)}"
