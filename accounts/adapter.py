"""How allauth behaves here: sign-up makes candidates, and its limits and mails are ours."""

from contextlib import nullcontext
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import installation, kept, languages, leaving, seeds, services
from accounts.devices import name_device
from accounts.fields import ascii_domain, validate_one_address
from accounts.mail import dress
from accounts.services import check_may_sign_up

# What its owner is told by mail stands in the audit too, which the mail's reader cannot delete.
AUDITED = {
    "account/email/email_changed": "main address changed",
    "account/email/password_changed": "password changed",
    "account/email/password_reset": "password set anew",
    "mfa/email/recovery_codes_generated": "codes for a lost phone made",
    "mfa/email/totp_activated": "second step set up",
    "mfa/email/totp_deactivated": "second step given up",
    "mfa/email/webauthn_added": "second step set up",
    "mfa/email/webauthn_removed": "second step given up",
    "socialaccount/email/account_connected": "organisation's account joined",
    "socialaccount/email/account_disconnected": "organisation's account taken away",
}

# Whoever gave the address: there may be no account.
TO_ANYBODY = {"account/email/email_confirmation", "account/email/unknown_account"}
TO_LEAVING = {"account/email/password_reset_key", "account/email/password_reset"}


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return installation.current(fresh=True).is_open

    def clean_email(self, email):
        """As our mail server can write it: with the domain in ASCII, and nothing around it."""
        email = ascii_domain(email.strip())
        validate_one_address(email)
        return email

    def save_user(self, request, user, form, commit=True):
        """The last door before the account; the form has said it at its field already."""
        check_may_sign_up(form.cleaned_data["email"])
        return super().save_user(request, user, form, commit)

    def get_from_email(self):
        return installation.sender()

    def new_user(self, request):
        user = super().new_user(request)
        user.is_candidate = True
        user.language = languages.chosen()
        return user

    def pre_login(self, request, user, **kwargs):
        """Whoever is leaving comes in, past her second factor too, to the one page she has; other closed accounts do not."""
        if not user.is_active and leaving.may_sign_in(user):
            return None
        return super().pre_login(request, user, **kwargs)

    def send_mail(self, template_prefix, email, context):
        """Links begin with the address of the installation, not with the name by which somebody has asked it.

        Whoever has no account is written to in the language of the page.
        """
        ours = {name: _ours(url) for name, url in context.items() if name.endswith("_url")}
        person = context.get("user")
        with languages.written_for(person) if person is not None else nullcontext():
            return super().send_mail(template_prefix, email, {**context, **ours})

    def render_mail(self, template_prefix, email, context, headers=None):
        """As our mails look. To whoever is leaving the outbox lets one kind through, and by a new password she can still stay."""
        message = super().render_mail(template_prefix, email, context, headers)
        user = context.get("user")
        dress(message, is_known=template_prefix not in TO_ANYBODY)
        if template_prefix in TO_LEAVING and user and user.pk and not user.is_active and leaving.may_sign_in(user):
            message.outbox_options = services.MAIL_TO_LEAVING | {"recipient": user}
        return message

    def get_login_redirect_url(self, request):
        """To Today; whoever came with something on her mind goes on with that."""
        if kept.answers_of(request.user):
            return reverse("one-thing-kept")
        return super().get_login_redirect_url(request)

    get_signup_redirect_url = get_login_redirect_url

    def confirm_email(self, request, email_address):
        """Whoever confirms an address first has it."""
        with transaction.atomic():
            is_hers = super().confirm_email(request, email_address)
            if is_hers:
                services.release_address(email_address.email, to=email_address.user)
        return is_hers

    def set_password(self, user, password):
        """Changed or set anew: whoever else was let in is out. The browser in which it is changed stays."""
        with transaction.atomic():
            super().set_password(user, password)
            here = context.request.session.session_key if context.request.user.is_authenticated else None
            services.end_access(user, by=user, but=here)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if verb := AUDITED.get(template_prefix):
            services.audit(verb, user, by=user)
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def post_login(self, request, user, **kwargs):
        """Whoever comes in while her second step is being taken away hears of it here too."""
        response = super().post_login(request, user, **kwargs)
        if user.step_removals.waiting().exists():
            messages.warning(
                request, _("Somebody asked to take away your second step. You can say no: see your settings.")
            )
        return response

    def populate_username(self, request, user):
        """There are no user names."""

    def get_reauthentication_methods(self, user):
        """In our words."""
        words = {
            "reauthenticate": _("By your password"),
            "mfa_reauthenticate": _("By a code"),
            "mfa_reauthenticate:webauthn": _("By a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": words.get(method["id"], method["description"])} for method in methods]


class SecondStepAdapter(DefaultMFAAdapter):
    def get_public_key_credential_rp_entity(self):
        """What the browser's window calls us."""
        return super().get_public_key_credential_rp_entity() | {"name": installation.name()}

    def encrypt(self, text):
        return seeds.seal(text)

    def decrypt(self, encrypted_text):
        return seeds.unseal(encrypted_text)

    def generate_authenticator_name(self, user, type):
        """After the browser that makes it, so that she knows it again in the list."""
        agent = context.request.META.get("HTTP_USER_AGENT", "") if context.request else ""
        return name_device(agent, translate=_)


def _ours(url):
    return settings.BASE_URL + urlsplit(url)._replace(scheme="", netloc="").geturl()
