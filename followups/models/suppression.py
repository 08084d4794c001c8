"""Addresses that must not be written to, and the switches that pause all letters, or all mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import CleanLineField
from accounts.records import Record


class SuppressionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_admin else self.none()

    def for_list(self):
        return self.select_related("by").order_by("-created_at", "-id")


class Suppression(models.Model):
    """An address that must not be written to again, as a keyed hash that outlives erasure."""

    class Source(models.TextChoices):
        BOUNCE = "bounce", _("mail to it came back")
        COMPLAINT = "complaint", _("complained")
        ASKED = "asked", _("asked not to be written to")
        ADMIN = "admin", _("added by an admin")

    address_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=20, choices=Source)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="suppression_for_list")]

    def __str__(self):
        return f"suppression ({self.reason})"


class SuppressionChange(models.Model):
    """Who put an address on the list or took it off, when and why. Append-only."""

    class Verb(models.TextChoices):
        ADDED = "added", _("put on the list")
        LIFTED = "lifted", _("taken off the list")

    address_hash = models.CharField(max_length=64, db_index=True)
    verb = models.CharField(max_length=6, choices=Verb)
    reason = models.CharField(max_length=20, blank=True, choices=Suppression.Source)
    why = CleanLineField(max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.verb


class LetterPause(Record):
    """While one is open, no letter to a third party leaves: the brake for an admin who sees something go wrong."""

    began_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("pause of letters")
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(ended_at=None),
                name="letter_pause_one_open",
                violation_error_message=_("Letters are paused already."),
            )
        ]


class MailPause(Record):
    """While one is open, nothing at all leaves the outbox: asked for by an admin or operator, or begun by a restored backup.

    `manage.py restore` begins one in the schema that the backup had, so every column it does not know has a default there.
    """

    began_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Empty: from the command line.",
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True, help_text="When the backup was taken that was restored.")
    settled_at = models.DateTimeField(null=True, help_text="When what waited in the backup had been looked through.")
    found = models.JSONField(default=dict, db_default={}, help_text="What was made of it, as counts.")

    class Meta:
        verbose_name = _("pause of all mail")
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(ended_at=None),
                name="mail_pause_one_open",
                violation_error_message=_("All mail is paused already."),
            )
        ]
