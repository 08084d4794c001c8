"""Signing up: the form, which says who may."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm
from allauth.account.internal.flows.email_verification import get_address_for_user
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import has_verified_email
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import get_random_string

from accounts import languages
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
        what is written takes less time. The outer transaction is committed either way, which waits for the disk. Of the two
        mails that may follow, the one that does not is written here and not sent.
        """
        is_known, email = self.account_already_exists, self.cleaned_data["email"]
        with transaction.atomic(), transaction.atomic():
            if is_known:
                self.account_already_exists = False
                self.cleaned_data["email"] = f"{get_random_string(12).lower()}@{email.rpartition('@')[2]}"
            user = self.save(request)
            if is_known:
                _write_confirmation(request, user)
                transaction.set_rollback(True)
        if not is_known:
            links = {"signup_url": "account_signup", "password_reset_url": "account_reset_password"}
            urls = {name: request.build_absolute_uri(reverse(page)) for name, page in links.items()}
            _write(request, "account_already_exists", email, urls)
            return user, None
        self.account_already_exists, self.cleaned_data["email"] = True, email
        return super().try_save(request)


def _write_confirmation(request, user):
    """What the library does about the address of a new account, up to sending."""
    has_verified_email(user)
    address = get_address_for_user(user)
    url = get_adapter().get_email_confirmation_url(request, EmailConfirmationHMAC.create(address))
    with languages.written_for(address.user):
        _write(request, "email_confirmation_signup", address.email, {"user": address.user, "activate_url": url})


def _write(request, name, email, context):
    context = {"request": request, "email": email, "current_site": get_current_site(request), **context}
    get_adapter().render_mail(f"account/email/{name}", email, context)
