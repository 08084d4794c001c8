"""How often one address may ask what is open to everybody."""

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

PER_MINUTE = 120  # One evening's questions are about ten; a library or a phone network shares an address.


def seconds_to_wait(request, purpose, *, per_minute=None):
    """Count this request; 0 if it may go on, else the seconds until it may. Exact, however many workers count at once.

    By address as the trusted proxy saw it, in IPv6 by the /64 of a household. Only a keyed hash of it is written, for a
    minute. Without Redis nobody is refused.
    """
    number, seconds = count(purpose, household(request))
    return 0 if number <= (per_minute or PER_MINUTE) else seconds


def count(purpose, who):
    """Which request of this minute this is (from 1; 0 while Redis is away), and the seconds until the next minute.

    One increment, so that two workers never take the same number.
    """
    now = time.time()
    minute = int(now // 60)
    mark = salted_hmac("accounts.rates", who, algorithm="sha256").hexdigest()
    number = cache.count(f"rate:{purpose}:{minute}:{mark}", 60)
    return number, int((minute + 1) * 60 - now) + 1


def household(request):
    """The address as the trusted proxy saw it: what a client writes into X-Forwarded-For itself is not read."""
    address = get_adapter(request).get_client_ip(request)
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False))
