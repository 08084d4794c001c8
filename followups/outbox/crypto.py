"""Addresses and messages at rest: sealed with the first of AFTERWORD_MAIL_KEYS, opened with any of them."""

import hashlib
import hmac

from django.conf import settings

from accounts.keys import box, derived

SEAL = b"mail seal"


def seal(content):
    """Encrypt bytes."""
    return box(SEAL).encrypt(content)


def unseal(sealed):
    """Decrypt what `seal` made, under any of the keys. Raises cryptography.fernet.InvalidToken."""
    return box(SEAL).decrypt(bytes(sealed))


def hashes_of(address):
    """Keyed hashes of an address, one per key, the one to store first: they find it again without telling it."""
    plain = address.strip().lower().encode()
    return [
        hmac.new(derived(key, b"mail address"), plain, hashlib.sha256).hexdigest()
        for key in settings.AFTERWORD_MAIL_KEYS
    ]


def tokens_of(content):
    """Keyed digests of what only we can vouch for, one per key, that of the first key first."""
    return [hmac.digest(derived(key, b"mail bounce"), content, "sha256") for key in settings.AFTERWORD_MAIL_KEYS]


def address_of(row):
    """The recipient's address of a row; empty once it is scrubbed."""
    return unseal(row.to_address_encrypted).decode() if row.to_address_encrypted is not None else ""
