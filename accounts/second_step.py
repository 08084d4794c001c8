"""The second step of signing in: forms for passkeys."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import validate_clean_line


def _name_field(**kwargs):
    return forms.CharField(label=_("What to call it"), max_length=50, validators=[validate_clean_line], **kwargs)


class PasskeyForm(AddWebAuthnForm):
    """What the browser made, and under which name."""

    name = _name_field(required=False)
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        initial=True,
        help_text=_(
            "Untick it for an older security key that cannot do this: it is then asked for after the password."
        ),
    )


class PasskeyNameForm(EditWebAuthnForm):
    name = _name_field()
