"""Forms of working hours: a week of up to two parts a day, and one day away."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.models import WorkingHours
from coaching.working_hours import Stretch

# More than the usual two (before and after a break) can be said through the API, and are shown as they are.
PARTS = 2


def _time_field(label):
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), localize=False
    )


class WeekForm(forms.Form):
    """Fields `opens-<weekday>-<part>` and `closes-…`; a day left empty is free."""

    def __init__(self, *args, week=(), **kwargs):
        super().__init__(*args, **kwargs)
        by_day = {day: [one for one in week if one.weekday == day] for day in WorkingHours.Weekday.values}
        self.days = []
        for day, name in WorkingHours.Weekday.choices:
            parts = range(max(PARTS, len(by_day[day])))
            for part in parts:
                there = by_day[day][part] if part < len(by_day[day]) else None
                for word, label in (("opens", _("from")), ("closes", _("until"))):
                    self.fields[f"{word}-{day}-{part}"] = _time_field(label)
                    self.initial[f"{word}-{day}-{part}"] = getattr(there, word, None)
            self.days.append((name, day, parts))

    def rows(self):
        """For the page: each day's name with its pairs of fields."""
        return [
            (name, [(self[f"opens-{day}-{part}"], self[f"closes-{day}-{part}"]) for part in parts])
            for name, day, parts in self.days
        ]

    def clean(self):
        data = super().clean()
        for _name, day, parts in self.days:
            for part in parts:
                opens, closes = data.get(f"opens-{day}-{part}"), data.get(f"closes-{day}-{part}")
                if (opens is None) == (closes is None):
                    continue
                missing = "opens" if opens is None else "closes"
                if f"{missing}-{day}-{part}" not in self.errors:
                    self.add_error(f"{missing}-{day}-{part}", _("From and until go together."))
        return data

    def stretches(self):
        """What was filled in, as values."""
        pairs = (
            (day, self.cleaned_data[f"opens-{day}-{part}"], self.cleaned_data[f"closes-{day}-{part}"])
            for _name, day, parts in self.days
            for part in parts
        )
        return [
            Stretch(day, opens, time() if closes == time(23, 59) else closes)
            for day, opens, closes in pairs
            if opens is not None
        ]

    def refuse(self, problem):
        """A rule of the service names the day; its words stand at the day's first field."""
        field = f"{problem.field}-0" if problem.field else None
        self.add_error(field if field in self.fields else None, str(problem))


class DayAwayForm(forms.Form):
    day = forms.DateField(label=_("A day away"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
