"""Signing in, which may bring along what was answered before, and having confirmed who one is a moment ago."""

from allauth.account.forms import LoginForm
from allauth.account.internal.flows import reauthentication
from django import forms

from accounts import kept


class SignInForm(LoginForm):
    kept = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def login(self, request, redirect_url=None):
        """Before the session begins: where it leads to depends on it. The password was right."""
        kept.keep(self.user, self.cleaned_data["kept"])
        return super().login(request, redirect_url=redirect_url)


def has_confirmed(request):
    """Whether she gave her password or second factor within five minutes (ACCOUNT_REAUTHENTICATION_TIMEOUT).

    Pages use allauth's decorator, which asks and goes on; the API has nobody to ask and says so.
    """
    return reauthentication.did_recently_reauthenticate(request._request)
