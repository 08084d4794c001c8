"""What programs asked once."""

from django.conf import settings
from django.db import models


class IdempotentRequest(models.Model):
    """The stored answer of a POST that carried an Idempotency-Key, so that a retry acts once (config/idempotency.py)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.BinaryField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "route", "key"], name="idempotent_request_once_per_key")]

    def __str__(self):
        return f"{self.route} {self.status or 'running'}"
