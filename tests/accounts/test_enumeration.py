"""No door tells whether an address has an account: not by its words, its status, where it leads, or the work it does.

The work that takes time is hashing passwords and asking the database, so both are counted; how long everything takes is
measured by bench/enumeration.py.
"""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import Invitation, User, hash_token
from accounts.records import Conflict
from followups.models import OutboundEmail
from tests import factories
from tests.html_forms import said_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
BRACKETS = re.compile("SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT")  # what is undone has one more
PASSWORD = "rain on the roof 7"
NEWCOMER = {"name": "Amani Otieno", "zone": "Africa/Nairobi", "password1": PASSWORD}
DOORS = {
    "account_login": lambda email: {"login": email, "password": "not the right one"},
    "account_reset_password": lambda email: {"email": email},
    "account_signup": lambda email: NEWCOMER | {"email": email},
}


@pytest.fixture
def hashed(monkeypatch):
    """Every password that is hashed or compared from here on."""
    calls, encode = [], MD5PasswordHasher.encode

    def counted(self, *args, **kwargs):
        calls.append(1)
        return encode(self, *args, **kwargs)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return calls


def somebody(kind):
    """An address, and whose it is."""
    email = f"{kind}@people.example"
    if kind == "unknown":
        return email
    user = factories.UserFactory(email=email, is_active=kind != "closed")
    user.set_unusable_password() if kind == "without-password" else user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.update(verified=kind != "unverified")
    if kind == "leaving":
        services.ask_erasure(user)
    return email


def seen_from_outside(name, email, hashed):
    """What somebody at this door learns: status, way, cookies, words; and what it cost."""
    browser, before, mails = Client(), len(hashed), OutboundEmail.objects.count()
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(reverse(name), DOORS[name](email))
    cost = len(hashed) - before, sum(not BRACKETS.match(query["sql"]) for query in asked)
    page = browser.get(answer.url) if answer.status_code == 302 else answer
    words = said_by(page).replace(email, "…")
    return answer.status_code, answer.get("Location", ""), sorted(browser.cookies), words, cost, OutboundEmail.objects.count() - mails  # fmt: skip


@pytest.mark.parametrize("kind", ["known", "closed", "leaving", "unverified", "without-password"])
@pytest.mark.parametrize("name", DOORS)
def test_known_and_unknown_are_the_same_from_outside(name, kind, hashed):
    known, unknown = somebody(kind), somebody("unknown")

    seen = [seen_from_outside(name, email, hashed) for email in (known, unknown)]

    assert seen[0] == seen[1]
    # The doors are open, and this is about something.
    assert seen[1][4][0] == (0 if name == "account_reset_password" else 1)
    assert User.objects.filter(email=unknown).exists() == (name == "account_signup")


def test_the_page_behind_an_invitation_is_the_same_whether_or_not_the_address_has_joined(hashed):
    """Whoever has the link has the mailbox; even so only sending the form tells, and it costs the same."""
    pages, costs = [], []
    for kind in ("known", "unknown"):
        email = somebody(kind)
        token = f"token of {kind}"
        factories.InvitationFactory(email=email, token_hash=hash_token(token))
        browser, address = Client(), reverse("invitation-accept", args=[token])
        pages.append(said_by(browser.get(address)).replace(email, "…").replace(kind, "…"))
        before = len(hashed)
        browser.post(address, {"name": "Amani", "zone": "Africa/Nairobi", "password": PASSWORD})
        costs.append(len(hashed) - before)

    assert re.sub(r"Person \d+", "", pages[0]) == re.sub(r"Person \d+", "", pages[1])
    assert costs == [1, 1]


def test_a_link_that_is_no_good_says_the_same_whoever_it_was_for():
    now = timezone.now()
    for kind in ("known", "unknown"):
        factories.InvitationFactory(email=somebody(kind), token_hash=hash_token(kind), expires_at=now)
    pages = [Client().get(reverse("invitation-accept", args=[token])) for token in ("known", "unknown", "nobody")]
    assert len({(page.status_code, said_by(page)) for page in pages}) == 1
    assert Invitation.objects.open(now).count() == 0
    with pytest.raises(Conflict):
        services.accept_invitation(Invitation.objects.first(), password=PASSWORD, name="A", zone="Africa/Nairobi")
