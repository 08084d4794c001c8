"""The second step of signing in: who must have one, and its forms."""

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.fields import validate_clean_line


def must_have_one(user):
    """Coaches and admins, where the installation says so."""
    return settings.AFTERWORD_SECOND_STEP_FOR_STAFF and (user.is_coach or user.is_admin)


def lacks_one(user):
    """Of the person of a request, as `followups/sign_in.py` fetches her."""
    return must_have_one(user) and not user.has_second_step


class CodeForm(AuthenticateForm):
    """A code from an app, or one for a lost phone: only what she has is spoken of."""

    @property
    def kinds(self):
        return {each.type for each in self.user.authenticator_set.all()}


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
