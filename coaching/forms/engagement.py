"""Forms about working together: asking, bringing together, agreeing, how many clients."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.services.people import MAX_CAPACITY

SOMEBODY = "somebody"
MOST_NAMED = 200


class EngagementAgreeForm(forms.Form):
    share_new_interviews = forms.BooleanField(
        label=gettext_lazy("Share each new interview with my coach"),
        required=False,
        help_text=gettext_lazy("You can change it for every interview. Earlier interviews stay private."),
    )


class EngagementAskForm(EngagementAgreeForm):
    """A candidate asks one by name, or whoever has room."""

    coach = forms.ChoiceField(label=gettext_lazy("Whom?"), widget=forms.RadioSelect, initial=SOMEBODY)
    field_order = ["coach", "share_new_interviews"]

    def __init__(self, *args, coaches, **kwargs):
        super().__init__(*args, **kwargs)
        self.coaches = {str(coach.public_id): coach for coach in coaches}
        named = [(name, _with_zone(coach)) for name, coach in self.coaches.items()]
        self.fields["coach"].choices = [(SOMEBODY, _("Somebody: whoever has most room")), *named]

    def chosen(self):
        """The coach she named; None for somebody."""
        return (self.cleaned_data["coach"] != SOMEBODY and self.coaches[self.cleaned_data["coach"]]) or None


class EngagementPairForm(forms.Form):
    """An admin brings two people together."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        candidates = User.objects.filter(is_candidate=True, is_active=True)
        self.fields["candidate"] = _choice(candidates, _("Candidate"), User.get_full_name)
        self.fields["coach"] = _choice(User.objects.coaches().with_room(), _("Coach"), _with_room)


def _choice(people, label, name):
    """One of them, from a list; where that would be too long to look through, by address."""
    if not people[MOST_NAMED:].exists():
        people = people.order_by("name", "id")
        field = forms.ModelChoiceField(people, label=label, to_field_name="public_id", empty_label=_("Choose …"))
        field.label_from_instance = name
        return field
    return forms.ModelChoiceField(
        people,
        label=label,
        to_field_name="email",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The e-mail address."),
        error_messages={"invalid_choice": _("Nobody here has this address.")},
    )


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(
        label=gettext_lazy("Clients at once"),
        min_value=0,
        max_value=MAX_CAPACITY,
        help_text=gettext_lazy("0 for nobody new. Those who are clients stay."),
    )


def _with_zone(coach):
    return f"{coach.get_full_name()} · {coach.zone.rpartition('/')[2].replace('_', ' ')}"


def _with_room(coach):
    room = ngettext("room for %(number)s", "room for %(number)s", max(coach.room, 0)) % {"number": max(coach.room, 0)}
    return f"{coach.get_full_name()} ({room})"
