"""Forms of accounts."""

import re

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts import kept, languages, preferences
from accounts.fields import AddressFormField, validate_clean_line, validate_one_address, validate_zone
from accounts.models import AccessToken, Installation, Invitation, User
from accounts.services import version_of_installation
from accounts.when import zone_names


class ZoneInput(forms.TextInput):
    """A text field with all zones as suggestions: quicker on a phone than a list of 400."""

    template_name = "accounts/zone_input.html"
    names = staticmethod(zone_names)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["zones"] = self.names()
        context["widget"]["attrs"].update({"list": f"zones-{name}", "autocomplete": "off"})
        return context


def zone_field(**kwargs):
    kwargs = {"label": _("Your time zone"), "max_length": 64, "initial": "Africa/Nairobi", **kwargs}
    return forms.CharField(validators=[validate_zone], widget=ZoneInput(), **kwargs)


SEEN_BY_OTHERS = _("As others here see it.")


def name_field(**kwargs):
    kwargs = {"label": _("Your name"), "max_length": 50, "help_text": _("As you sign your letters."), **kwargs}
    return forms.CharField(
        validators=[validate_clean_line], widget=forms.TextInput(attrs={"autocomplete": "name"}), **kwargs
    )


class SignupFields(forms.Form):
    """What signing up asks beside address and password."""

    name = name_field()
    zone = zone_field()
    kept = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def signup(self, request, user):
        user.name = self.cleaned_data["name"]
        user.zone = self.cleaned_data["zone"]
        user.save(update_fields=["name", "zone"])
        kept.keep(user, self.cleaned_data["kept"])


class InvitationAcceptForm(SignupFields):
    kept = None
    password = forms.CharField(
        label=_("A password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ten characters or more, without the name of this place; a few words in a row are good."),
    )

    def clean_password(self):
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class FirstRunForm(InvitationAcceptForm):
    """The first admin's own address comes first; nobody has invited her, so nobody knows it."""

    email = AddressFormField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    name = name_field(help_text=SEEN_BY_OTHERS)
    field_order = ["email", "name", "zone", "password"]


class InvitationForm(forms.Form):
    """Who is asked in, as what. A coach invites clients of her own, so the role is not asked then."""

    email = forms.CharField(
        label=_("E-mail address"), max_length=254, validators=[validate_one_address], widget=forms.EmailInput()
    )
    name = name_field(label=_("Their name"), required=False, help_text="")
    role = forms.ChoiceField(label=_("Role"), choices=Invitation.Role, initial=Invitation.Role.CANDIDATE)
    coach = forms.ModelChoiceField(
        label=_("Their coach"),
        queryset=User.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=lazy(lambda: _("Nobody yet"), str)(),
        help_text=_("They are asked whether they want to work together."),
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if by.is_admin:
            self.fields["coach"].queryset = User.objects.filter(is_coach=True, is_active=True).order_by("name", "id")
            self.fields["coach"].label_from_instance = User.get_full_name
        else:
            del self.fields["role"], self.fields["coach"]


class SettingsForm(forms.ModelForm):
    reminders = forms.MultipleChoiceField(
        label=_("Mails you want"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Account mails always come."),
    )

    class Meta:
        model = User
        fields = ["name", "language", "zone", "quiet_from", "quiet_until"]
        widgets = {
            "language": forms.RadioSelect,
            "zone": ZoneInput(),
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {
            "language": _("Of pages, and of mails to you. What you wrote stays as you wrote it."),
            "quiet_from": _("No reminder reaches you in these hours; those with a deadline come just before."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = preferences.reminders_for(self.instance)
        if len(languages.offered()) > 1:
            self.fields["language"].choices = [("", _("As my browser asks for")), *languages.offered()]
        else:
            del self.fields["language"]
        self.fields["name"].required = True
        for name in ("language", "reminders"):
            if name in self.fields:
                self.fields[name].asked = True
        if not self.instance.is_candidate:
            self.fields["name"].help_text = SEEN_BY_OTHERS
        self.fields["reminders"].choices = [(kind.name, kind.label) for kind in self.kinds]
        self.fields["reminders"].initial = [
            kind.name for kind in self.kinds if kind.name not in self.instance.muted_reminders
        ]

    def save(self, commit=True):
        fields = {name: self.cleaned_data[name] for name in self._meta.fields if name in self.fields}
        return preferences.choose(self.instance, wanted=self.cleaned_data["reminders"], **fields)


class RosterForm(forms.Form):
    file = forms.FileField(
        label=_("The list, as a CSV file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        help_text=_("At most 1 MB and 2,000 people. The file itself is not kept."),
    )


class InstallationForm(forms.ModelForm):
    """What the admins choose for all; saved by services.change_installation."""

    sign_up_domains = forms.CharField(
        label=_("Mail domains"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_(
            "One on each line, such as office.example. Each stands for itself: mail.office.example is another one."
        ),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = Installation
        fields = ["name", "sender_name", "sign_up", "sign_up_domains", "panel_rule"]
        widgets = {"sign_up": forms.RadioSelect, "panel_rule": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["sign_up_domains"] = "\n".join(self.instance.sign_up_domains)
        self.initial["seen"] = version_of_installation(self.instance)
        self.fields["name"].help_text = _("In titles, mails and calendars. Empty: %(name)s.") % {
            "name": settings.INSTALLATION_NAME
        }
        self.fields["sender_name"].help_text = _("What mails from here show as their sender. Empty: the name above.")
        for field in ("sign_up", "panel_rule"):
            self.fields[field].choices = self._meta.model._meta.get_field(field).choices

    def clean_sign_up_domains(self):
        return re.split(r"[\s,;]+", self.cleaned_data["sign_up_domains"].strip())

    def _post_clean(self):
        """The rules are the service's."""

    @property
    def chosen(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class AccessTokenForm(forms.Form):
    """A key for a program: what for, what it may do, how long."""

    DAYS = ((7, _("a week")), (30, _("a month")), (90, _("three months")), (365, _("a year")))

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=50,
        validators=[validate_clean_line],
        help_text=_("To know it again by, such as “backup script”."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=AccessToken.Scope,
        initial=[AccessToken.Scope.READ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what it may do.")},
    )
    days = forms.TypedChoiceField(label=_("For how long?"), choices=DAYS, coerce=int, initial=30)
