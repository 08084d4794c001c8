"""Seeds of second steps: from them follow all codes, so they lie sealed in the database."""

from django.db import transaction

from accounts.keys import box

SEALED = "sealed:"
PURPOSE = b"second step"
KINDS = ("totp", "recovery_codes")


def seal(text):
    return SEALED + box(PURPOSE).encrypt(text.encode()).decode()


def unseal(text):
    """What `seal` was given. A plain one, from before there was sealing, is taken as it is."""
    return box(PURPOSE).decrypt(text.removeprefix(SEALED).encode()).decode() if text.startswith(SEALED) else text


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


def _changed(name, value, change):
    if name in ("secret", "seed"):
        return change(value)
    return [change(code) for code in value] if name == "migrated_codes" else value
