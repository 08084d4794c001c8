"""Forms of interviews that begin with a calendar invitation or with one line."""

import json
from functools import cache

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.fields import WallTimeFormField
from accounts.forms import zone_field
from followups.forms.country import country_field
from followups.forms.rounds import RoundField, name_of
from interviews.invitation import MAX_BYTES
from interviews.models import MAX_TEXT, Interview, Interviewer
from interviews.quick_line import MAX_LINE

MAX_OFFERED = 12
MAX_REMARKS = 12
PERSON = ("name", "email", "kind")


def _plain(name, **options):
    return Interview._meta.get_field(name).formfield(**options)


def _carried(kind, **options):
    """A value that the page only brings back; a draft of the form keeps it, too (static/js/afterword.js)."""
    return kind(required=False, widget=forms.HiddenInput(attrs={"data-carried": ""}), **options)


class QuickLineForm(forms.Form):
    """The one field of the quick line."""

    line = forms.CharField(
        label=gettext_lazy("Just out of an interview?"),
        help_text=gettext_lazy("One line is enough: “K Books just now, decide Monday”."),
        max_length=MAX_LINE,
        error_messages={"required": gettext_lazy("Which company? Its name is enough.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "go", "autocapitalize": "words"}),
    )

    @property
    def field(self):
        """The line with its label; the empty one, which stands under every list, is the same each time."""
        return self["line"].as_field_group() if self.is_bound else _empty_line(get_language())


@cache
def _empty_line(language):
    return QuickLineForm()["line"].as_field_group()


class InvitationForm(forms.Form):
    """The invitation itself, as a file or pasted."""

    file = forms.FileField(
        label=gettext_lazy("The file that ends in .ics"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".ics,.ical,.ifb,text/calendar"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 5, "maxlength": MAX_BYTES, "spellcheck": "false", "placeholder": "BEGIN:VCALENDAR"}
        ),
    )
    which = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].asked = self.fields["text"].asked = True

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("This is too large for an invitation (256 kB at most). Save the one event, not the calendar.")
            )
        return file

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("file") and not data.get("text", "").strip():
            self.add_error("file", _("Choose the file, or paste its text below."))
        return data

    def source(self):
        """The field that was used, and what stands in it."""
        file = self.cleaned_data.get("file")
        return ("file", file.read(MAX_BYTES + 1)) if file else ("text", self.cleaned_data["text"])


class FieldWithRemarks(forms.BoundField):
    """A field that also says what could not be read, or was guessed, of the invitation."""

    @property
    def remarks(self):
        return self.form.remarks.get(self.name, [])

    @property
    def aria_describedby(self):
        ids = [super().aria_describedby, f"{self.auto_id}_remarks" if self.remarks else ""]
        return " ".join(filter(None, ids))


class InvitationCheckForm(forms.Form):
    """What an invitation said, for her to check. Nothing is stored before she saves this.

    It carries whom the invitation named (`offered`) and what is to be looked at (`remarks`), since nothing else keeps them.
    """

    bound_field_class = FieldWithRemarks

    company = _plain(
        "company",
        label=gettext_lazy("Which company?"),
        error_messages={"required": gettext_lazy("Which company? Its name is enough.")},
    )
    previous = RoundField()
    starts_wall = WallTimeFormField(label=gettext_lazy("Start"))
    ends_wall = WallTimeFormField(label=gettext_lazy("End"))
    zone = zone_field(label=gettext_lazy("Time zone of the interview"))
    country = country_field()
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who will be there?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    role_title = _plain("role_title", label=gettext_lazy("What is the job called?"))
    notes = forms.CharField(
        label=gettext_lazy("Jottings"), required=False, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 6})
    )
    offered = _carried(forms.CharField)
    remarked = _carried(forms.CharField)
    invitation_uid = _carried(forms.CharField, max_length=255)
    invitation_sequence = _carried(forms.IntegerField, min_value=0, max_value=2**31 - 1)
    seen = _carried(forms.CharField, max_length=40)

    def __init__(self, *args, rounds, who_reads="", **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.remarks = self._people(), self._remarks()
        self.fields["notes"].who_reads = who_reads
        self.fields["people"].asked = True
        self.fields["people"].choices = [
            (str(number), f"{person['name']}, {person['email']}" if person["email"] else person["name"])
            for number, person in enumerate(self.people)
        ]
        self.fields["previous"].offer(*rounds)
        if not self.people:
            del self.fields["people"]
        if not self.fields["previous"].rounds:
            del self.fields["previous"]

    def _brought(self, name):
        """Rows of words that the page carries, whatever was sent back of them."""
        try:
            found = json.loads((self.data if self.is_bound else self.initial).get(name) or "[]")
        except (ValueError, RecursionError):
            return []
        rows = [each for each in found if isinstance(each, list)] if isinstance(found, list) else []
        return [[str(word)[:300].encode(errors="replace").decode() for word in row] for row in rows]

    def _people(self):
        """Those the invitation named."""
        people = [dict(zip(PERSON, row, strict=True)) for row in self._brought("offered") if len(row) == len(PERSON)]
        return [each for each in people if each["name"] and each["kind"] in Interviewer.Kind][:MAX_OFFERED]

    def _remarks(self):
        """Field → what is to be looked at there."""
        found = {}
        for row in self._brought("remarked")[:MAX_REMARKS]:
            if len(row) == 2:
                found.setdefault(row[0], []).append(row[1])
        return found

    @staticmethod
    def carry(people, remarks):
        """The initial values by which the page brings both back."""
        return {
            "offered": json.dumps([[each[name] for name in PERSON] for each in people]),
            "remarked": json.dumps(remarks),
            "people": [str(number) for number in range(len(people))],
        }

    @staticmethod
    def begun(fields):
        """The initial values from a draft, in which a ticked box stands as "people=0"."""
        ticked = [name.removeprefix("people=") for name in fields if name.startswith("people=")]
        return {**fields, "people": ticked}

    @property
    def to_look_at(self):
        """The fields that say something to be looked at, in the order in which they stand."""
        return [field for field in self.visible_fields() if field.remarks]

    def clean_seen(self):
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None

    def clean_notes(self):
        # Browsers send CRLF; what an update brings is compared with what is stored.
        return self.cleaned_data["notes"].replace("\r\n", "\n")

    def facts(self):
        """The arguments of `log_invitation` and `take_over`."""
        data = self.cleaned_data
        names = ("company", "role_title", "starts_wall", "ends_wall", "zone", "country", "notes", "invitation_uid")
        return {
            **{name: data[name] for name in names},
            **({"previous": data["previous"]} if "previous" in data else {}),
            "invitation_sequence": data["invitation_sequence"] or 0,
            "people": [self.people[int(number)] for number in data.get("people", [])],
        }


class InterviewLoggedForm(forms.Form):
    """What one line was understood as, to put right."""

    company = _plain("company", label=gettext_lazy("Which company?"))
    starts_wall = WallTimeFormField(label=gettext_lazy("Start"), required=False)
    ends_wall = WallTimeFormField(label=gettext_lazy("End"))
    decision_on = forms.DateField(
        label=gettext_lazy("They decide on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    previous = forms.ChoiceField(
        label=gettext_lazy("Is this a next round of …?"),
        required=False,
        widget=forms.RadioSelect,
    )
    notes = forms.CharField(
        label=gettext_lazy("Jottings"), required=False, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, interview, rounds, who_reads, **kwargs):
        chosen = str(interview.previous.public_id) if interview.previous else ""
        initial = {
            name: getattr(interview, name) for name in ("company", "starts_wall", "ends_wall", "decision_on", "notes")
        }
        super().__init__(*args, initial={**initial, "previous": chosen}, **kwargs)
        self.rounds = {str(each.public_id): each for each in rounds}
        self.fields["previous"].choices = [
            *((key, name_of(each)) for key, each in self.rounds.items()),
            ("", _("No, it is the first")),
        ]
        self.fields["previous"].asked = True
        self.fields["notes"].who_reads = who_reads
        if not rounds:
            del self.fields["previous"]
        if interview.status != Interview.Status.PLANNED and not interview.starts_wall:
            del self.fields["starts_wall"]
        if not interview.notes:
            del self.fields["notes"]

    def facts(self):
        data = dict(self.cleaned_data)
        if "previous" in data:
            data["previous"] = self.rounds.get(data["previous"])
        return data
