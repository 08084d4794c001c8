"""Forms of slots."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import WallTimeFormField, validate_clean_line
from accounts.forms import zone_field
from accounts.models import User


class SlotForm(forms.Form):
    """One slot: when, how long, where. The rules are the service's."""

    starts_wall = WallTimeFormField(label=_("Start"))
    zone = zone_field(label=_("Time zone of the start"))
    minutes = forms.IntegerField(label=_("Length in minutes"), initial=45, min_value=10, max_value=240)
    buffer_minutes = forms.IntegerField(
        label=_("Minutes free afterwards"),
        initial=15,
        min_value=0,
        max_value=120,
        help_text=_("For a breath and some notes."),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False, validators=[validate_clean_line])
    link = forms.URLField(label=_("Link of the call"), max_length=300, required=False, assume_scheme="https")


class SlotNewForm(SlotForm):
    coach = forms.ModelChoiceField(label=_("Coach"), queryset=User.objects.none(), to_field_name="public_id")
    field_order = ["coach"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = User.objects.filter(is_coach=True, is_active=True).order_by("name", "id")
        self.fields["coach"].label_from_instance = User.get_full_name


class SlotEditForm(SlotForm):
    move_booked = forms.BooleanField(
        label=_("Ask the person who booked whether the new time suits them"),
        required=False,
        help_text=_(
            "They keep the place, get a new calendar file at once, and may confirm, choose another time or cancel."
        ),
    )

    def __init__(self, *args, is_booked, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_booked:
            del self.fields["move_booked"]


class SlotWithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, in a line"),
        max_length=200,
        validators=[validate_clean_line],
        required=False,
        help_text=_("The person who booked reads this."),
    )

    def __init__(self, *args, is_booked, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_booked:
            del self.fields["reason"]
