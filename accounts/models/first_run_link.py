"""How the first admin comes in."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class FirstRunLink(models.Model):
    """Lets whoever reads what the server prints become the first admin. None of them opens anything once there is an admin."""

    LIVES = timedelta(days=1)

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("link of the first run")

    def __str__(self):
        return "link of the first run"
