"""Forms of reminders and of the pages that mails lead to."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import WallTimeFormField
from accounts.when import to_instant

HOURS, MORNING, CHOSEN = "hours", "morning", "chosen"


class SnoozeForm(forms.Form):
    """When it shall come again: by one of the buttons, or at a time by her own clock."""

    until = forms.ChoiceField(choices=[(name, name) for name in (HOURS, MORNING, CHOSEN)], widget=forms.HiddenInput)
    at = WallTimeFormField(label=gettext_lazy("At another time"), required=False)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self):
        """`moment`: what the service takes."""
        data = super().clean()
        if data.get("until") != CHOSEN or "at" in self.errors:
            return data | {"moment": data.get("until")}
        if not data.get("at"):
            raise forms.ValidationError({"at": _("Choose the day and the time.")})
        try:
            return data | {"moment": to_instant(data["at"], self.person.zone)}
        except ValueError:
            raise forms.ValidationError({"at": _("This date cannot be right.")}) from None


class NoteSentForm(forms.Form):
    """Which note went from her own mailbox, and when by her own clock."""

    note = forms.ChoiceField(label=gettext_lazy("Which one?"), widget=forms.RadioSelect)
    at = WallTimeFormField(
        label=gettext_lazy("When did it go?"), required=False, help_text=gettext_lazy("Empty: just now.")
    )

    def __init__(self, *args, notes, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.notes = person, {str(note.public_id): note for note in notes}
        if len(notes) > 1:
            nobody = _("to nobody in particular")
            self.fields["note"].choices = [(key, note.to_name or nobody) for key, note in self.notes.items()]
        else:
            del self.fields["note"]

    def clean(self):
        """`note` (None: one that was never begun here) and `moment` (None: now)."""
        data, only = super().clean(), next(iter(self.notes.values()), None)
        note = self.notes.get(data.get("note"), only)
        wall = data.get("at")
        try:
            moment = to_instant(wall, self.person.zone) if wall else None
        except ValueError:
            raise forms.ValidationError({"at": _("This date cannot be right.")}) from None
        return {"note": note, "moment": moment}
