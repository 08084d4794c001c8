"""Forms of notes. Whether a note may go is the service's to say."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import WallTimeFormField
from followups.forms.letter import Autosaved
from followups.models import ThankYouNote
from interviews.models import Interviewer


class NoteForm(Autosaved):
    """What she writes."""

    class Meta:
        model = ThankYouNote
        fields = ["stayed_with_me", "like_them_to_know", "to_name", "to_email", "subject", "body"]
        labels = {
            "stayed_with_me": gettext_lazy("What stayed with you?"),
            "like_them_to_know": gettext_lazy("What would you like them to know?"),
            "to_name": gettext_lazy("To"),
            "to_email": gettext_lazy("Their e-mail address"),
            "body": gettext_lazy("Your note"),
        }
        help_texts = {
            "stayed_with_me": gettext_lazy("Something they said, something you saw there, a question you took home."),
            "like_them_to_know": gettext_lazy("What you look forward to in this work, say. A sentence is enough."),
            "to_email": gettext_lazy("Leave it empty if you do not have one."),
        }
        widgets = {
            "stayed_with_me": forms.Textarea(attrs={"rows": 2}),
            "like_them_to_know": forms.Textarea(attrs={"rows": 2}),
            "to_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "to_email": forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
            "body": forms.Textarea(attrs={"class": "letter-text", "rows": 14, "spellcheck": "true", "dir": "auto"}),
        }

    def for_page(self, who_reads):
        """Say above each text who can read it; and a draft may lack what a letter needs, which is not “if you like”."""
        self.is_valid()
        for name in ("stayed_with_me", "like_them_to_know", "body"):
            self.fields[name].who_reads = who_reads
        for name in ("to_name", "subject", "body"):
            self.fields[name].required = True
        return self

    @property
    def heads_need_her(self):
        """Whether something about address and subject is missing or refused."""
        return not self["to_email"].value() or any(name in self.errors for name in ("to_name", "to_email", "subject"))


class ReaddressForm(forms.Form):
    """Who gets this note instead: somebody else of the interview, or HR, the recruiter, anybody, added right here."""

    SOMEBODY_NEW = "new"

    reader = forms.ChoiceField(label=gettext_lazy("Who is it for?"), widget=forms.RadioSelect)
    kind = Interviewer._meta.get_field("kind").formfield(
        label=gettext_lazy("Who are they?"), initial=Interviewer.Kind.HR, required=False
    )
    name = Interviewer._meta.get_field("name").formfield(label=gettext_lazy("Their name"), required=False)
    email = Interviewer._meta.get_field("email").formfield(label=gettext_lazy("Their e-mail address"), required=False)

    use_required_attribute = False

    def __init__(self, data=None, *, note):
        super().__init__(data, prefix="other")
        taken = note.interview.thank_you_notes.filter(kind=note.kind, interviewer__isnull=False)
        taken = taken.exclude(status__in=["skipped", "expired"]).values("interviewer")
        self.people = list(note.interview.interviewers.exclude(pk__in=taken))
        self.fields["reader"].choices = [(str(person.public_id), named(person)) for person in self.people] + [
            (self.SOMEBODY_NEW, _("Somebody else: HR, the recruiter, or another you met"))
        ]
        self.fields["reader"].initial = self.fields["reader"].choices[0][0]
        if not self.people:
            self.fields["reader"].widget = forms.HiddenInput()
        self.fields["kind"].choices = [(value, capfirst(label)) for value, label in Interviewer.Kind.choices]
        # Part of the form with the letter; the browser's own check would keep back what she types there.
        for name in ("kind", "name", "email"):
            self.fields[name].asked = True

    def clean(self):
        data = super().clean()
        if data.get("reader") == self.SOMEBODY_NEW and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("A name, please; the name of the office will do."))
        return data

    @property
    def person(self):
        """The one chosen; None where she has written down somebody new."""
        wanted = self.cleaned_data["reader"]
        return next((person for person in self.people if str(person.public_id) == wanted), None)


def named(person):
    return f"{person.name}, {person.title}" if person.title else f"{person.name} ({person.get_kind_display()})"


class SentForm(forms.Form):
    """She sent it herself; by her own clock."""

    at = WallTimeFormField(label=gettext_lazy("When did it go?"), required=False)


class ReaderForm(forms.Form):
    """Whom to thank, where several are known."""

    interviewer = forms.ModelChoiceField(
        label=gettext_lazy("Who is it for?"),
        queryset=None,
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose one, or add somebody.")},
    )

    def __init__(self, *args, interview, **kwargs):
        super().__init__(*args, **kwargs)
        taken = interview.thank_you_notes.filter(status__in=(*ThankYouNote.UNFINISHED, *ThankYouNote.GONE))
        self.people = interview.interviewers.exclude(
            pk__in=taken.filter(kind=ThankYouNote.Kind.THANK_YOU, interviewer__isnull=False).values("interviewer")
        )
        self.fields["interviewer"].queryset = self.people
        self.fields["interviewer"].label_from_instance = named
        first = self.people.first()
        self.fields["interviewer"].initial = first and first.public_id
