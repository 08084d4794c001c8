"""Forms of absences."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import WallTimeFormField
from accounts.models import User
from accounts.when import zone_label


def label_of(coach):
    """A name with the clock it lives by."""
    return f"{coach.get_full_name()} ({zone_label(coach.zone, timezone.now())})"


class AbsenceForm(forms.Form):
    """Who is away, and when; not why."""

    coach = forms.ModelChoiceField(
        label=_("Who is away?"), queryset=User.objects.none(), to_field_name="public_id", empty_label=_("Choose …")
    )
    from_wall = WallTimeFormField(label=_("Away from"))
    until_wall = WallTimeFormField(label=_("Back from"), help_text=_("Both by the clock of whoever is away."))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        if by.is_admin:
            self.fields["coach"].queryset = User.objects.filter(is_coach=True, is_active=True).order_by("name", "id")
            self.fields["coach"].label_from_instance = label_of
        else:
            del self.fields["coach"]

    @property
    def who(self):
        return self.cleaned_data.get("coach", self.by)

    @property
    def span(self):
        return {"zone": self.who.zone, **{name: self.cleaned_data[name] for name in ("from_wall", "until_wall")}}


class ReturnForm(forms.Form):
    """Back sooner than said."""

    until_wall = WallTimeFormField(label=_("Back from"), required=False, help_text=_("Leave it empty for “now”."))
    reopen = forms.BooleanField(
        label=_("Offer the slots again that were withdrawn and are still to come"), required=False, initial=True
    )
