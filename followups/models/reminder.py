"""Reminders: rows derived from state, one per (kind, subject, recipient, occurrence)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.records import Event, Record

SNOOZED = "~"


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user)

    def for_list(self):
        """What reached her, newest first."""
        return self.filter(status=Reminder.Status.SENT).order_by("-sent_at", "-id")

    def unread(self):
        return self.filter(status=Reminder.Status.SENT, read_at=None)


class Reminder(Record):
    """A nudge with a due time. Re-derived whenever its subject changes (followups/reminders)."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("reminder", "waiting")
        SENT = "sent", pgettext_lazy("reminder", "sent")
        CANCELLED = "cancelled", pgettext_lazy("reminder", "cancelled")
        SKIPPED = "skipped", pgettext_lazy("reminder", "skipped")

    MOVES = {"waiting": {"sent", "cancelled", "skipped"}, "cancelled": {"waiting"}, "skipped": set(), "sent": set()}

    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders")
    occurrence = models.CharField(max_length=40, default="1")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    due_at = models.DateTimeField(help_text="The moment it is meant for.")
    deliver_at = models.DateTimeField(help_text="The moment outside quiet hours at which it goes.")
    useless_after = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    snoozed = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        related_name="again",
        help_text="The one that reached her and that she snoozed: this is how it comes again.",
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "recipient", "occurrence"],
                name="reminder_once_per_occurrence",
            ),
            models.UniqueConstraint(
                fields=["snoozed"], condition=Q(status="waiting"), name="reminder_snoozed_once_at_a_time"
            ),
            models.CheckConstraint(
                name="reminder_sent_has_its_time", condition=~Q(status="sent") | Q(sent_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["deliver_at", "id"], condition=Q(status="waiting"), name="reminder_waiting_by_time"),
            models.Index(fields=["recipient", "-sent_at", "-id"], name="reminder_for_list"),
            models.Index(fields=["subject_type", "subject_id"], name="reminder_by_subject"),
            models.Index(fields=["recipient"], condition=Q(status="sent", read_at=None), name="reminder_unread"),
        ]

    @property
    def named(self):
        """The occurrence it is about: that of the first one, however often it was snoozed."""
        return self.occurrence.partition(SNOOZED)[0]


class ReminderEvent(Event):
    subject = models.ForeignKey(Reminder, models.CASCADE, related_name="events")
