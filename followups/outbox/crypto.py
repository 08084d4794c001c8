"""Addresses and messages at rest: sealed with the first of AFTERWORD_MAIL_KEYS, opened with any of them."""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _box(keys):
    # The keys may be any strings; Fernet wants 32 bytes.
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, b"seal"))) for key in keys])


@lru_cache(maxsize=16)
def _derived(key, purpose):
    return hmac.digest(key.encode(), b"afterword mail " + purpose, "sha256")


def seal(content):
    """Encrypt bytes."""
    return _box(tuple(settings.AFTERWORD_MAIL_KEYS)).encrypt(content)


def unseal(sealed):
    """Decrypt what `seal` made, under any of the keys. Raises cryptography.fernet.InvalidToken."""
    return _box(tuple(settings.AFTERWORD_MAIL_KEYS)).decrypt(bytes(sealed))


def hashes_of(address):
    """Keyed hashes of an address, one per key, the one to store first: they find it again without telling it."""
    plain = address.strip().lower().encode()
    return [
        hmac.new(_derived(key, b"address"), plain, hashlib.sha256).hexdigest() for key in settings.AFTERWORD_MAIL_KEYS
    ]


def tokens_of(content):
    """Keyed digests of what only we can vouch for, one per key, that of the first key first."""
    return [hmac.digest(_derived(key, b"bounce"), content, "sha256") for key in settings.AFTERWORD_MAIL_KEYS]


def address_of(row):
    """The recipient's address of a row; empty once it is scrubbed."""
    return unseal(row.to_address_encrypted).decode() if row.to_address_encrypted is not None else ""
