"""A passkey of a real browser, from the page that makes it to the session it opens."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_signs_her_in_alone_and_after_the_password(visit, candidate):
    page = visit(candidate)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    finger = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    device.send("WebAuthn.setAutomaticPresenceSimulation", finger | {"enabled": False})

    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("Your device is asking you now.")).to_be_visible()
    device.send("WebAuthn.setAutomaticPresenceSimulation", finger | {"enabled": True})
    page.reload()
    page.get_by_label("What to call it").fill("My phone")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", name="Codes for a lost phone")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/today/"))

    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/settings/")
    page.get_by_label("Your e-mail address").fill(candidate.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use your passkey").click()
    expect(page).to_have_url(re.compile("/settings/"))

    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Remove My phone").click()
    page.get_by_role("link", name="By a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
