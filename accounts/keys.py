"""What is sealed at rest, by the first of AFTERWORD_MAIL_KEYS, and opened with any of them; each purpose has a key derived from it."""

import base64
import hmac
from functools import lru_cache

from django.conf import settings


def box(purpose):
    """Encrypts and decrypts bytes for this purpose. Raises cryptography.fernet.InvalidToken."""
    return _box(tuple(settings.AFTERWORD_MAIL_KEYS), purpose)


@lru_cache(maxsize=8)
def _box(keys, purpose):
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415 -- nine megabytes that a worker with nothing to seal does without

    # The keys may be any strings; Fernet wants 32 bytes.
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derived(key, purpose))) for key in keys])


@lru_cache(maxsize=16)
def derived(key, purpose):
    return hmac.digest(key.encode(), b"afterword " + purpose, "sha256")
