"""Forms of letters in her name. Whether one may go is the services' to say."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import WallTimeFormField


class Autosaved(forms.ModelForm):
    """What she writes, saved as she goes: parts that cannot be used are told, the others are kept."""

    use_required_attribute = False

    def usable(self):
        """The parts that can be kept as they are."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields and name in self.data}


class SendForm(forms.Form):
    """When Afterword sends it: now, at the suggested time, or at a time of the reader's clock."""

    NOW, SUGGESTED, CHOSEN = "now", "suggested", "chosen"

    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        choices=[
            (SUGGESTED, gettext_lazy("At the suggested time")),
            (NOW, gettext_lazy("Now")),
            (CHOSEN, gettext_lazy("At another time")),
        ],
        initial=SUGGESTED,
        widget=forms.RadioSelect,
    )
    # Part of the form with the letter, though it stands further down on the page.
    send_wall = WallTimeFormField(
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "form": "note-form"}, format="%Y-%m-%dT%H:%M"),
    )
    despite_findings = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def for_zone(self, place):
        """Name the place whose clock is meant."""
        label = _("Day and time in %(place)s, for another time") % {"place": place}
        # A form that was checked already has its bound field, with a label of its own.
        self.fields["send_wall"].label = self["send_wall"].label = label
        self.fields["send_wall"].asked = True
        return self

    def clean(self):
        data = super().clean()
        if data.get("when") == self.CHOSEN and not data.get("send_wall") and "send_wall" not in self.errors:
            self.add_error("send_wall", _("Choose the day and the time."))
        if data.get("when") != self.CHOSEN and data.get("send_wall"):
            self.add_error("send_wall", _("Which one? Choose “At another time”, or empty this field."))
        return data
