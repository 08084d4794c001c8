"""Many people at once."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.records import Record


class RosterQuerySet(models.QuerySet):
    def visible_to(self, user, now=None):
        """One's own, as long as they are kept."""
        return self.filter(by=user, created_at__gt=(now or timezone.now()) - Roster.KEPT)

    def outlived(self, now):
        return self.filter(created_at__lte=now - Roster.KEPT)


class Roster(Record):
    """A list of people that was read from a file, until an admin says that they are to be invited. The file is not kept."""

    KEPT = timedelta(hours=24)

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sheet = models.JSONField(editable=False)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of people")
        indexes = [models.Index(fields=["created_at"], name="roster_by_age")]
