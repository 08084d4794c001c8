"""Addresses of records, as lists write them: 25 times the same but for the id."""

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse

ANY_ID = UUID(int=2**128 - 1)


def address(name, public_id):
    """What `reverse(name, args=[public_id])` gives, which looks through what each address of that name may be made of every time."""
    if type(public_id) is not UUID:
        return reverse(name, args=[public_id])
    before, after = _around(name, get_urlconf(), get_script_prefix())
    return f"{before}{public_id}{after}"


@lru_cache(maxsize=256)
def _around(name, urlconf, prefix):
    before, after = reverse(name, urlconf=urlconf, args=[ANY_ID]).split(str(ANY_ID))
    return before, after
