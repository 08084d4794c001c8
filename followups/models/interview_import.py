"""A list of interviews that was read from a file and waits for her word."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.records import Record
from interviews import spreadsheet

KEPT = timedelta(hours=24)


class InterviewImportQuerySet(models.QuerySet):
    def visible_to(self, user, now=None):
        """Hers alone, as long as they are kept."""
        return self.filter(candidate=user, created_at__gt=(now or timezone.now()) - KEPT)

    def outlived(self, now):
        return self.filter(created_at__lte=now - KEPT)


class InterviewImport(Record):
    """The cells of an uploaded list, between preview and confirmation. The file itself is not kept."""

    class Order(models.TextChoices):
        DAY = spreadsheet.DAY_FIRST, _("the day first")
        MONTH = spreadsheet.MONTH_FIRST, _("the month first")

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sheet = models.JSONField(editable=False)
    order = models.CharField(max_length=5, choices=Order, blank=True)

    objects = InterviewImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of interviews")
        indexes = [models.Index(fields=["created_at"], name="interview_import_by_age")]
