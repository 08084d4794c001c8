"""Forms of accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import validate_clean_line, validate_zone


class SignupFields(forms.Form):
    """What signing up asks beside address and password."""

    name = forms.CharField(label=_("Your name"), max_length=50, validators=[validate_clean_line], help_text=_("As you sign your letters."))
    zone = forms.CharField(label=_("Your time zone"), max_length=64, validators=[validate_zone], initial="Africa/Nairobi")

    def signup(self, request, user):
        user.name = self.cleaned_data["name"]
        user.zone = self.cleaned_data["zone"]
        user.save(update_fields=["name", "zone"])
