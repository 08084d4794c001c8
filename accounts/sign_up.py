"""Signing up: the form, which says who may."""

from allauth.account.forms import SignupForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string

from accounts.records import Refused
from accounts.services import check_may_sign_up, is_taken


class SignUpForm(SignupForm):
    def clean_email(self):
        """The rule is asked whether or not there is such an account: its answer must tell nobody which."""
        email = super().clean_email()
        try:
            check_may_sign_up(email)
        except Refused as problem:
            raise ValidationError(str(problem)) from None
        return email

    def validate_unique_email(self, value):
        """An address that somebody has added and never confirmed is not hers, and keeps nobody out."""
        email = super().validate_unique_email(value)
        self.account_already_exists = is_taken(email)
        return email

    def try_save(self, request):
        """For an address that has an account, the work of making one is done as well, and undone: neither what is hashed nor
        what is written takes less time. The outer transaction is committed either way, which waits for the disk.
        """
        is_known, email = self.account_already_exists, self.cleaned_data["email"]
        with transaction.atomic(), transaction.atomic():
            if is_known:
                self.account_already_exists = False
                self.cleaned_data["email"] = f"{get_random_string(12).lower()}@{email.rpartition('@')[2]}"
            user = self.save(request)
            if is_known:
                transaction.set_rollback(True)
        if not is_known:
            return user, None
        self.account_already_exists, self.cleaned_data["email"] = True, email
        return super().try_save(request)
