"""Forms of slots and of the days without any."""

from datetime import date
from itertools import groupby

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import when
from accounts.fields import WallTimeFormField, validate_clean_line
from accounts.forms import zone_field
from accounts.models import User
from accounts.when import WEEKDAYS
from coaching import recurrence
from coaching.models import MockSlot, SlotSeries

REPEATS = (
    ("", _("Only once")),
    ("1", _("Every week")),
    ("2", _("Every second week")),
    ("3", _("Every 3 weeks")),
    ("4", _("Every 4 weeks")),
)


class CoachField(forms.ModelChoiceField):
    """One of the coaches who work here, by name."""

    def __init__(self, **kwargs):
        coaches = User.objects.filter(is_coach=True, is_active=True).order_by("name", "id")
        told = {"label": _("Coach"), "queryset": coaches, "to_field_name": "public_id", "empty_label": _("Choose …")}
        super().__init__(**told | kwargs)

    def label_from_instance(self, coach):
        return coach.get_full_name()


class DaysField(forms.CharField):
    """Several days, one after the other, as 2026-12-24."""

    def to_python(self, value):
        words = super().to_python(value).replace(",", " ").replace(";", " ").split()
        try:
            return [date.fromisoformat(word) for word in words[:200]]
        except ValueError:
            raise forms.ValidationError(_("Write days as 2026-12-24, with a comma between them.")) from None

    def prepare_value(self, value):
        return ", ".join(day.isoformat() for day in value) if isinstance(value, list) else value


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


class PatternFields(forms.Form):
    """What makes a series of a slot: how many a day, on which days, how long."""

    in_a_row = forms.IntegerField(
        label=_("Sessions in a row"),
        initial=1,
        min_value=1,
        max_value=recurrence.MOST_IN_A_ROW,
        required=False,
        help_text=_("So many one after the other, each with its free minutes."),
    )
    repeat = forms.ChoiceField(label=_("Repeats"), choices=REPEATS, required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("On these days"),
        choices=[(number, _(name)) for number, name in enumerate(WEEKDAYS)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "short"}),
        help_text=_("None ticked: the weekday of the start."),
    )
    until_on = forms.DateField(
        label=_("Until this day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Left empty it goes on; slots are made as far ahead as can be booked."),
    )

    def clean_in_a_row(self):
        return self.cleaned_data["in_a_row"] or 1

    def rule(self):
        """The pattern as RRULE."""
        data = self.cleaned_data
        parts = ["FREQ=WEEKLY", f"INTERVAL={data['repeat'] or 1}"]
        if data["days"]:
            parts.append("BYDAY=" + ",".join(recurrence.DAYS[day] for day in sorted(data["days"])))
        return ";".join(parts)


class SlotNewForm(PatternFields, SlotForm):
    """One slot or many. A coach who is no admin offers her own."""

    coach = CoachField()
    exceptions = DaysField(
        label=_("But not on"), required=False, max_length=2000, help_text=_("Days as 2026-12-24, with a comma between.")
    )
    field_order = [
        "coach",
        "starts_wall",
        "zone",
        "minutes",
        "buffer_minutes",
        "in_a_row",
        "place",
        "link",
        "repeat",
        "days",
        "until_on",
        "exceptions",
    ]
    PATTERN = ("in_a_row", "repeat", "days", "until_on", "exceptions")

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        if not by.is_admin:
            del self.fields["coach"]

    def asks_for_many(self):
        """Whether the part about several is worth showing at once: it was filled, or something in it is wrong."""
        filled = any(self[name].value() not in (None, "", [], 1, "1") for name in self.PATTERN)
        return filled or any(name in self.errors for name in self.PATTERN)

    def is_series(self):
        return bool(self.cleaned_data["repeat"]) or self.cleaned_data["in_a_row"] > 1

    def slot_values(self):
        """What one slot and a series share."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in self.PATTERN}
        return {"coach": self.by, **values}

    def series_values(self):
        """`slot_values`, and the pattern; several sessions of one day are a series of that day."""
        data = self.cleaned_data
        until_on = data["until_on"] if data["repeat"] else data["starts_wall"].date()
        days = "" if data["repeat"] else "FREQ=WEEKLY"
        return self.slot_values() | {
            "rule": days or self.rule(),
            "in_a_row": data["in_a_row"],
            "until_on": until_on,
            "exceptions": data["exceptions"],
        }


class SlotEditForm(SlotForm):
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    move_booked = forms.BooleanField(
        label=_("Ask the person who booked whether the new time suits them"),
        required=False,
        help_text=_("They keep the place, get a new calendar file, and may confirm, choose another time or cancel."),
    )

    def __init__(self, *args, is_booked, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_booked:
            del self.fields["move_booked"]


class SlotWithdrawForm(forms.Form):
    """For whoever booked it either another place or a reason."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    place = forms.ChoiceField(label=_("What becomes of the session?"), required=False)
    reason = forms.CharField(
        label=_("Why, in a line"),
        max_length=200,
        validators=[validate_clean_line],
        required=False,
        help_text=_("The person who booked reads this. Needed if you cancel."),
    )

    def __init__(self, *args, outlook, reader_zone, initial, **kwargs):
        super().__init__(*args, initial={"place": "", **initial}, **kwargs)
        self.places = {str(slot.public_id): slot for slot in outlook.places}
        if outlook.booking is None:
            del self.fields["reason"], self.fields["place"]
            return
        for field in self.fields.values():
            # One of the two is needed: neither is there to be left out as she likes.
            field.asked = True
        by_time = sorted(outlook.places, key=lambda slot: slot.starts_at)
        days = groupby(by_time, key=lambda slot: when.to_wall(slot.starts_at, reader_zone).date())
        self.fields["place"].choices = [
            ("", _("Cancel it, with the reason below")),
            *(
                (
                    when.print_date(day, translate=gettext),
                    [(str(slot.public_id), self._offer(slot, outlook.booking, reader_zone)) for slot in places],
                )
                for day, places in days
            ),
        ]

    def chosen(self):
        """What the service takes."""
        place = self.places.get(self.cleaned_data.get("place"))
        return {"place": place, "reason": self.cleaned_data.get("reason", "")}

    @staticmethod
    def _offer(slot, booking, zone):
        span = when.print_range(slot.starts_at, slot.ends_at, reader_zone=zone, event_zone=slot.zone, translate=gettext)
        words = {"span": span, "name": slot.coach.get_full_name()}
        if slot.coach_id == booking.coach_id:
            return gettext("Offer %(span)s") % words
        return gettext("Offer %(span)s with %(name)s") % words


class ClosureForm(forms.Form):
    """Days without sessions."""

    title = forms.CharField(
        label=_("What it is"), max_length=80, validators=[validate_clean_line], help_text=_("Public holiday, say.")
    )
    from_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    coach = CoachField(required=False, empty_label=_("All coaches"))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if not by.is_admin:
            del self.fields["coach"]


class ProposalForm(forms.Form):
    """Yes or no to what was ticked among the proposed."""

    slots = forms.ModelMultipleChoiceField(queryset=MockSlot.objects.none(), to_field_name="public_id", required=False)
    series = forms.ModelMultipleChoiceField(
        queryset=SlotSeries.objects.none(), to_field_name="public_id", required=False
    )
    answer = forms.ChoiceField(choices=[("accept", _("Accept")), ("decline", _("Decline"))])
    word = forms.CharField(
        label=_("A word to the coach, if you decline"),
        max_length=200,
        required=False,
        validators=[validate_clean_line],
        help_text=_("It comes with the mail."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slots"].queryset = MockSlot.objects.visible_to(user).select_related("coach")
        self.fields["series"].queryset = SlotSeries.objects.visible_to(user).select_related("coach")

    def clean(self):
        data = super().clean()
        if not (data.get("slots") or data.get("series") or self.errors):
            raise forms.ValidationError(_("Tick what you mean first."))
        return data
