"""What is not sent yet."""

from django.conf import settings
from django.db import models


class FormDraft(models.Model):
    """What somebody typed into a form that is not sent yet: a session that ends, or a phone that dies, loses nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    path = models.CharField(max_length=200)
    fields = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="form_draft_one_per_page")]

    def __str__(self):
        return "form draft"
