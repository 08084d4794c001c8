"""Signing up: the form, which says who may."""

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError

from accounts.records import Refused
from accounts.services import check_may_sign_up


class SignUpForm(SignupForm):
    def clean_email(self):
        """The rule is asked whether or not there is such an account: its answer must tell nobody which."""
        email = super().clean_email()
        try:
            check_may_sign_up(email)
        except Refused as problem:
            raise ValidationError(str(problem)) from None
        return email

    def try_save(self, request):
        """For an address that has an account no password is kept, but one is hashed: it takes most of the time."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)
