"""Links that open one thing."""

import hashlib


def hash_token(token):
    """One-time links are kept as hashes, so that a copy of the database opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
