"""Forms that change a series."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import validate_clean_line
from coaching.forms.slot import PatternFields
from coaching.services import series_changes


class FromOn(forms.Form):
    """From which day on, and the line that whoever loses a session reads."""

    from_on = forms.DateField(
        label=_("From this day on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Why, in a line"),
        max_length=200,
        required=False,
        validators=[validate_clean_line],
        help_text=_("Whoever had booked reads it. Needed if you cancel somebody's session."),
    )


class SeriesEditForm(PatternFields, FromOn):
    """What can be changed; how often it repeats stays, and another rhythm is another series."""

    repeat = None
    starts = forms.TimeField(label=_("Start"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=10, max_value=240)
    buffer_minutes = forms.IntegerField(label=_("Minutes free afterwards"), min_value=0, max_value=120)
    place = forms.CharField(label=_("Place"), max_length=120, required=False, validators=[validate_clean_line])
    link = forms.URLField(label=_("Link of the call"), max_length=300, required=False, assume_scheme="https")
    field_order = [
        "from_on", "starts", "minutes", "buffer_minutes", "in_a_row", "days", "until_on", "place", "link", "reason",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].help_text = ""
        self.fields["days"].required = True

    def plan(self, series, *, now):
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("from_on", "reason")}
        return series_changes.plan_edit(series, from_on=self.cleaned_data["from_on"], values=values, now=now)


class SeriesEndForm(FromOn):
    def plan(self, series, *, now):
        return series_changes.plan_end(series, from_on=self.cleaned_data["from_on"], now=now)
