"""What is kept of a mail to one of our own people when its row and the steps of its way have left the outbox."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from followups.models.outbound_email import OutboundEmail


class ArchivedMail(models.Model):
    """That a mail was, to whom, when, and what the server said. It is final: nothing is ever changed in it but to forget."""

    public_id = models.UUIDField(unique=True, editable=False, help_text="Of its Message-ID.")
    created_at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    urgency = models.PositiveSmallIntegerField(choices=OutboundEmail.Urgency)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True, db_index=True)
    dedupe_key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 -- as in the outbox
    status = models.CharField(max_length=12, choices=OutboundEmail.Status)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField()
    code = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=60, blank=True)
    bounced_at = models.DateTimeField(null=True)
    bounce_code = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("mail")

    def __str__(self):
        return str(self.public_id)
