"""Signing in with the organisation's own accounts (OpenID Connect). The provider comes from the environment and nowhere else.

An account there and one here become one only where both sides have proved the address; who may sign up is the same rule as at
the form.
"""

import secrets

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.crypto import constant_time_compare

from accounts.fields import ascii_domain, validate_clean_line, validate_one_address
from accounts.records import Refused
from accounts.services import check_may_sign_up

NONCES = "oidc_nonces"
# Somebody may have pressed the button in several windows.
MOST_NONCES = 5


class Provider(OpenIDConnectProvider):
    """allauth's, with a nonce, and with nothing kept of what the provider tells but who it is."""

    def get_auth_params_from_request(self, request, action):
        nonce = secrets.token_urlsafe(24)
        request.session[NONCES] = [*request.session.get(NONCES, []), nonce][-MOST_NONCES:]
        return self.get_auth_params() | {"nonce": nonce}

    def sociallogin_from_response(self, request, response):
        token = response.get("id_token") or {}
        nonces = request.session.get(NONCES, [])
        said = [nonce for nonce in nonces if constant_time_compare(nonce, str(token.get("nonce", "")))]
        if not said:
            raise OAuth2Error("The answer belongs to no question of this session.")
        request.session[NONCES] = [nonce for nonce in nonces if nonce not in said]
        if "userinfo" in response and response["userinfo"].get("sub") != token.get("sub"):
            raise OAuth2Error("The answers are about two people.")
        return super().sociallogin_from_response(request, response)

    def extract_email_addresses(self, data):
        """Some providers say “false” as a text, which would count as true."""
        addresses = super().extract_email_addresses(data)
        said = (data.get("userinfo") or data.get("id_token") or {}).get("email_verified")
        for address in addresses:
            address.email = ascii_domain(address.email.strip()).lower()
            address.verified = said is True or said == "true"
        return addresses

    def extract_extra_data(self, data):
        return {}


class OidcAdapter(DefaultSocialAccountAdapter):
    def list_apps(self, request, provider=None, client_id=None):
        """From the environment alone, without a look into the database."""
        apps = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for several in apps.values() for app in several]

    def get_provider(self, request, provider, client_id=None):
        return Provider(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def pre_social_login(self, request, sociallogin):
        """Whoever is new needs an address that the provider has proved; nobody joins the two while signed in otherwise."""
        if sociallogin.state.get("process", "login") != "login":
            raise OAuth2Error("Accounts are joined by signing in.")
        if sociallogin.is_existing:
            return
        addresses = [address.email for address in sociallogin.email_addresses if address.verified]
        if not addresses or not _is_one_address(addresses[0]):
            raise ImmediateHttpResponse(render(request, "socialaccount/unverified.html", status=403))
        try:
            check_may_sign_up(addresses[0])
        except Refused as problem:
            page = render(request, "socialaccount/refused.html", {"reason": str(problem)}, status=403)
            raise ImmediateHttpResponse(page) from None

    def authenticate_by_email(self, sociallogin):
        """The account with this address, where it was proved here too."""
        for address in sociallogin.email_addresses:
            there = EmailAddress.objects.filter(email=address.email, verified=True).select_related("user").first()
            if address.verified and there:
                return there.user, there.email
        return None

    def is_open_for_signup(self, request, sociallogin):
        """It was asked with the address (`pre_social_login`)."""
        return True

    def populate_user(self, request, sociallogin, data):
        user = super().populate_user(request, sociallogin, data)
        user.email = ascii_domain(user.email.strip()).lower()
        name = " ".join(str(data.get("name") or "").split())[:50]
        try:
            validate_clean_line(name)
            user.name = name
        except ValidationError:
            user.name = ""
        return user


def _is_one_address(email):
    try:
        validate_one_address(email)
    except ValidationError:
        return False
    return True
