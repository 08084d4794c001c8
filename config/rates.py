"""How often one person may ask the API."""

from rest_framework.throttling import UserRateThrottle


class UserRate(UserRateThrottle):
    """A generous limit per person; when Redis is away nobody is refused for it."""
