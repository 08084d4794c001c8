"""Signing up: the form, which says who may."""

from allauth.account.forms import SignupForm
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
