"""Whose mail domain lets them sign up. Pure: texts in, answers out.

A domain stands for itself alone: who may have a mailbox at mail.office.example is not decided by office.example. Letters of
other scripts are compared in the form in which they are looked up (IDNA), so that what only looks alike is another domain.
"""

import re
from collections.abc import Collection

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LONGEST = 253


class NoDomain(ValueError):
    """This text is no domain that people have mailboxes at."""


def normal_domain(text: str) -> str:
    """A domain as people write it ("@Büro.example", "office.example.") in the one form in which it is kept. Raises NoDomain."""
    try:
        domain = text.strip().removeprefix("@").lower().encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise NoDomain(text) from None
    labels = domain.split(".")
    is_one = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()
    if not is_one or len(domain) > LONGEST:
        raise NoDomain(text)
    return domain


def domain_of(address: str) -> str:
    """The domain of an address in the form in which it is kept; "" where there is none."""
    try:
        return normal_domain(address.strip().rpartition("@")[2]) if "@" in address else ""
    except NoDomain:
        return ""


def is_at_one_of(address: str, domains: Collection[str]) -> bool:
    """Whether the address is at one of these domains, exactly."""
    return domain_of(address) in set(domains) - {""}
