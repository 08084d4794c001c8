"""A person's private calendar feed: an address that is its own key."""

import secrets

from django.conf import settings
from django.db import models

from accounts.models import hash_token


class CalendarFeedQuerySet(models.QuerySet):
    def of_token(self, token):
        """The feed behind an address, if its owner may still sign in."""
        return self.filter(token_hash=hash_token(token), user__is_active=True).select_related("user").first()


class CalendarFeed(models.Model):
    """Who may read a calendar without signing in: whoever knows the token, which we keep as a hash only."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self):
        return "calendar feed"

    @staticmethod
    def new_token():
        """256 bits, shown once."""
        return secrets.token_urlsafe(32)
