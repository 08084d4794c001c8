"""Seeds of second steps: from them follow all codes, so they lie sealed in the database."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.keys import box
from accounts.records import Conflict

logger = logging.getLogger(__name__)
SEALED = "sealed:"
PURPOSE = b"second step"
KINDS = ("totp", "recovery_codes")


def seal(text):
    return SEALED + box(PURPOSE).encrypt(text.encode()).decode()


def unseal(text):
    """What `seal` was given. A plain one, from before there was sealing, is taken as it is."""
    if not text.startswith(SEALED):
        return text
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 -- as in accounts/keys.py

    try:
        return box(PURPOSE).decrypt(text.removeprefix(SEALED).encode()).decode()
    except InvalidToken:
        logger.error(
            "A seed of a second step is opened by none of AFTERWORD_MAIL_KEYS. Was reseal_seeds run before a key went?"
        )
        raise Shut(
            _("This place cannot read your codes just now. Whoever runs it has to put back a key; a passkey works.")
        ) from None


class Shut(Conflict):
    """The key with which a seed was sealed is not there."""


def seal_anew(text):
    """With the key that is first now."""
    return seal(unseal(text))


@transaction.atomic
def change_all(rows, change):
    """Apply `change` to every seed of these rows (allauth's Authenticator); how many rows. A code used meanwhile stays used."""
    number = 0
    for row in rows.filter(type__in=KINDS).order_by("pk").select_for_update().iterator():
        row.data = {name: _changed(name, value, change) for name, value in row.data.items()}
        row.save(update_fields=["data"])
        number += 1
    return number


def shut(rows):
    """How many of these rows no key opens."""
    number = 0
    for row in rows.filter(type__in=KINDS):
        try:
            for name, value in row.data.items():
                _changed(name, value, unseal)
        except Shut:
            number += 1
    return number


def _changed(name, value, change):
    if name in ("secret", "seed"):
        return change(value)
    return [change(code) for code in value] if name == "migrated_codes" else value
