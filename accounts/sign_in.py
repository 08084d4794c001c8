"""The form of signing in, which may bring along what was answered before."""

from allauth.account.forms import LoginForm
from django import forms

from accounts import kept


class SignInForm(LoginForm):
    kept = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def login(self, request, redirect_url=None):
        """Before the session begins: where it leads to depends on it. The password was right."""
        kept.keep(self.user, self.cleaned_data["kept"])
        return super().login(request, redirect_url=redirect_url)
