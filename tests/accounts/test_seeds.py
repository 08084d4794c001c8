"""The seeds of second steps lie sealed in the database."""

from importlib import import_module
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import seeds
from coaching import invariants
from tests.accounts.test_second_step import PASSWORD, SECRET, code_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SEED = "5eed" * 20
migration = import_module("accounts.migrations.0016_seal_seeds")


def stored():
    """As a dump of the table shows it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator ORDER BY id")
        return " ".join(data for (data,) in cursor.fetchall())


@pytest.fixture
def plain(empty_cache):
    """A person from before there was sealing, who has used one of her codes."""
    person = UserFactory()
    rows = [("totp", {"secret": SECRET}), ("recovery_codes", {"seed": SEED, "used_mask": 1})]
    Authenticator.objects.bulk_create(Authenticator(user=person, type=kind, data=data) for kind, data in rows)
    return person


def opens(person):
    """Whether a code of the app fits now, and which codes for a lost phone are left."""
    Authenticator.objects.update(last_used_at=None)
    totp, codes = (person.authenticator_set.get(type=kind) for kind in ("totp", "recovery_codes"))
    return TOTP(totp).validate_code(code_of(SECRET)), RecoveryCodes(codes).get_unused_codes()


def test_what_is_set_up_is_sealed(empty_cache):
    person = UserFactory()
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)

    assert (SECRET in stored(), stored().count('": "sealed:')) == (False, 2)
    is_right, codes = opens(person)
    assert (is_right, len(codes)) == (True, 10)


def test_a_plain_row_works_and_is_sealed_and_opened_by_the_migration(plain, empty_cache):
    before = opens(plain)[1]
    assert (len(before), SECRET in stored(), SEED in stored()) == (9, True, True)

    migration.seal(apps, None)
    assert (SECRET in stored(), SEED in stored()) == (False, False)
    assert RecoveryCodes(plain.authenticator_set.get(type="recovery_codes")).get_unused_codes() == before

    migration.unseal(apps, None)
    assert (SECRET in stored(), SEED in stored()) == (True, True)


def test_after_sealing_anew_the_old_key_may_go(plain, settings):
    settings.AFTERWORD_MAIL_KEYS = ["old"]
    migration.seal(apps, None)
    settings.AFTERWORD_MAIL_KEYS = ["new", "old"]
    out = StringIO()
    call_command("reseal_seeds", stdout=out)
    assert out.getvalue() == "2 sealed with the first key.\n"

    settings.AFTERWORD_MAIL_KEYS = ["new"]
    assert opens(plain)[0]
    settings.AFTERWORD_MAIL_KEYS = ["old"]
    with pytest.raises(seeds.Shut):
        opens(plain)


def test_a_key_that_went_too_soon_is_told_to_her_and_to_whoever_runs_it(plain, settings, caplog):
    plain.set_password(PASSWORD)
    plain.save()
    settings.AFTERWORD_MAIL_KEYS = ["old"]
    migration.seal(apps, None)
    settings.AFTERWORD_MAIL_KEYS = ["new"]
    browser = Client()
    browser.post(reverse("account_login"), {"login": plain.email, "password": PASSWORD})
    place = reverse("mfa_authenticate")

    answer = browser.post(
        place, {"code": code_of(SECRET)}, headers={"Referer": f"http://testserver{place}"}, follow=True
    )

    assert (answer.redirect_chain, "Whoever runs it has to put back a key" in answer.text) == (
        [(f"http://testserver{place}", 302)],
        True,
    )
    assert "reseal_seeds" in caplog.text
    browser.force_login(plain)
    assert browser.get(reverse("mfa_index")).status_code == 409
    assert [each.count for each in invariants.check(timezone.now()) if each.code == "I9"] == [2]
    with pytest.raises(CommandError, match="2 are opened by none"):
        call_command("reseal_seeds")

    settings.AFTERWORD_MAIL_KEYS = ["new", "old"]
    assert opens(plain)[0]
