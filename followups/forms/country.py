"""The country of an interview."""

from django import forms
from django.utils.translation import gettext_lazy

from interviews.countries import country_names
from interviews.finding import fold


def country_field(**kwargs):
    """A country of the zone database, by its name there; its use is the weekend."""
    names = sorted(country_names().items(), key=lambda pair: fold(pair[1]))
    kwargs = {"label": gettext_lazy("Country"), "required": False} | kwargs
    help_text = gettext_lazy("Says which days are the weekend.")
    field = forms.ChoiceField(choices=[("", gettext_lazy("Not said")), *names], help_text=help_text, **kwargs)
    field.asked = True
    return field
