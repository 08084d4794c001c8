"""What was done to accounts and engagements."""

from django.conf import settings
from django.db import models


class AuditQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins see what was done to accounts and engagements, and by whom; who read an interview only its owner sees."""
        return self.exclude(verb="read") if user.is_active and user.is_admin else self.none()

    def for_list(self):
        return self.select_related("by", "on_behalf_of")


class AuditEntry(models.Model):
    """Who did what to whose account or engagement, and when. Append-only, never content."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Whose affair somebody else saw to.",
    )
    request_id = models.CharField(max_length=64, default="", db_default="", help_text="As in the log; empty: a task's.")

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["at", "id"], name="audit_by_time")]

    def __str__(self):
        return f"{self.verb} {self.subject_type}"
