"""Signing in: the form, which may bring along what was answered before, the doors without a password, having confirmed a moment ago."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.account.internal.flows import reauthentication
from allauth.core.exceptions import ReauthenticationRequired
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sites.shortcuts import get_current_site
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied

from accounts import even, kept
from accounts.fields import ascii_domain
from accounts.models import User


class SignInForm(LoginForm):
    kept = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_login(self):
        """büro.example is kept in its ASCII form, whichever of the two she types."""
        return ascii_domain(super().clean_login())

    def clean(self):
        """The library looks for an unconfirmed address only where it found no confirmed one."""
        with even.statements(2):
            return super().clean()

    def login(self, request, redirect_url=None):
        """Before the session begins: where it leads to depends on it. The password was right."""
        kept.keep(self.user, self.cleaned_data["kept"])
        return super().login(request, redirect_url=redirect_url)


class PasswordsInOurWords:
    """The library writes its labels With Capitals."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ours = {
            "oldpassword": _("Current password"),
            "password1": _("New password"),
            "password2": _("New password, again"),
        }
        for name, field in self.fields.items():
            field.label = ours.get(name, field.label)


class ChangeForm(PasswordsInOurWords, ChangePasswordForm):
    pass


class NewPasswordForm(PasswordsInOurWords, ResetPasswordKeyForm):
    pass


class ResetForm(ResetPasswordForm):
    """A new password: for any address both mails are written, and the one that fits is sent, so that both take the same time."""

    def clean_email(self):
        """An address she added and never confirmed may be somebody else's: no way in is sent there.

        Whoever has just signed up has no other, and proves it by this mail. Whoever is leaving needs a password to stay after
        all; that is asked for every address, so that it takes the same time.
        """
        with even.statements(5):
            email = super().clean_email()
            users = {*self.users, *User.objects.leaving(email.lower())}
            self.users = [user for user in users if _is_address_of(user, email.lower())]
        return email

    def save(self, request, **kwargs):
        email, adapter = self.cleaned_data["email"], get_adapter()
        context = {"request": request, "email": email, "current_site": get_current_site(request)}
        if self.users:
            context["signup_url"] = request.build_absolute_uri(reverse("account_signup"))
            adapter.render_mail("account/email/unknown_account", email, context)
        else:
            # With a key for nobody.
            context |= {"user": User(email=email), "password_reset_url": adapter.get_reset_password_from_key_url("0-0")}
            adapter.render_mail("account/email/password_reset_key", email, context)
        with even.statements(10):
            return super().save(request, **kwargs)


def _is_address_of(user, email):
    known = user.emailaddress_set.filter(email=email).values_list("verified", flat=True)
    return True in known or not user.emailaddress_set.filter(verified=True).exists()


def enter(request, user):
    """Begin a session for somebody who proved herself otherwise. allauth counts only sessions that it began itself."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)


def has_confirmed(request):
    """Whether she gave her password or second factor within five minutes (ACCOUNT_REAUTHENTICATION_TIMEOUT).

    Pages use allauth's decorator or `confirm_first`, which ask and go on; the API has nobody to ask and says so.
    """
    return reauthentication.did_recently_reauthenticate(getattr(request, "_request", request))


def confirm_first(request):
    """Lead to the password, and back, unless she gave it within five minutes: for pages that look for the row before."""
    if not has_confirmed(request):
        raise ReauthenticationRequired


def require_confirmed(request):
    """For endpoints that a borrowed session must not reach: 403, and the words say what to do first."""
    if not has_confirmed(request):
        raise PermissionDenied(_("Confirm your password first, at /accounts/reauthenticate/."))
