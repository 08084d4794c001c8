"""Signing in: the form, which may bring along what was answered before, the doors without a password, having confirmed a moment ago."""

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.account.internal.flows import reauthentication
from allauth.core.exceptions import ReauthenticationRequired
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied

from accounts import kept
from accounts.fields import ascii_domain


class SignInForm(LoginForm):
    kept = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_login(self):
        """büro.example is kept in its ASCII form, whichever of the two she types."""
        return ascii_domain(super().clean_login())

    def login(self, request, redirect_url=None):
        """Before the session begins: where it leads to depends on it. The password was right."""
        kept.keep(self.user, self.cleaned_data["kept"])
        return super().login(request, redirect_url=redirect_url)


class ResetForm(ResetPasswordForm):
    def clean_email(self):
        """An address she added and never confirmed may be somebody else's: no way in is sent there.

        Whoever has just signed up has no other, and proves it by this mail.
        """
        email = super().clean_email()
        self.users = [user for user in self.users if _is_address_of(user, email.lower())]
        return email


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
