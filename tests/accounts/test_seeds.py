"""The seeds of second steps lie sealed in the database."""

from importlib import import_module
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from tests.accounts.test_second_step import SECRET, code_of
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
    with pytest.raises(InvalidToken):
        opens(plain)
