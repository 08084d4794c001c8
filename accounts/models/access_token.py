"""Keys to the API."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import CleanLineField
from accounts.records import Record


class AccessTokenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own only: a token is a key to everything its owner may do."""
        return self.filter(user=user)

    def usable(self, now):
        return self.filter(revoked_at=None, expires_at__gt=now, user__is_active=True)

    def for_list(self):
        return self.filter(revoked_at=None).order_by("-created_at", "-id")


class AccessToken(Record):
    """A key to the API for a program of its owner's: never more than she may do herself, and only until a day she chose."""

    class Scope(models.TextChoices):
        READ = "read", _("read what you can read")
        WRITE = "write", _("change it too")
        SEND = "send", _("let letters leave in your name")

    PREFIX = "aw_"
    # Nobody keeps twenty keys apart.
    MOST = 20
    LONGEST_DAYS = 365

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens")
    name = CleanLineField(_("what it is for"), max_length=50)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope), verbose_name=_("what it may do"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    start = models.CharField(max_length=8, editable=False, help_text="Its first letters, to know it again by.")
    expires_at = models.DateTimeField(_("until"))
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        constraints = [
            models.CheckConstraint(
                name="access_token_may_do_something",
                condition=Q(scopes__len__gt=0),
                violation_error_message=_("Choose what it may do."),
            ),
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="access_token_for_list")]
