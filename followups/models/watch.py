"""How the outbox is doing: signs of life, counts, punctuality by week, and what admins are alerted to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.records import Record
from followups.models.outbound_email import OutboundEmail


class Heartbeat(models.Model):
    """When something last ran: the pump, say. Watched by /readyz."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name


class Tally(models.Model):
    """How often something happened that leaves no row of its own: a forged bounce, say."""

    name = models.CharField(max_length=40, unique=True)
    count = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.count}"


class PunctualityWeek(models.Model):
    """What the rows of one week say, kept because the rows themselves are scrubbed and archived.

    One row for each class, and one with no class for all together. Seconds; empty where nothing was sent.
    """

    week = models.DateField(help_text="Its Monday, in UTC.")
    urgency = models.PositiveSmallIntegerField(choices=OutboundEmail.Urgency, null=True)
    sent = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0, help_text="Accepted within a minute of the due moment.")
    p50 = models.FloatField(null=True)
    p95 = models.FloatField(null=True)
    worst = models.FloatField(null=True)
    lost = models.PositiveIntegerField(default=0)
    doubled = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["week", "urgency"], name="punctuality_once_per_week_and_class", nulls_distinct=False
            )
        ]

    def __str__(self):
        return f"{self.week} {self.urgency if self.urgency is not None else '-'}"


class AlertQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_admin else self.none()

    def open(self):
        return self.filter(closed_at=None)


class Alert(Record):
    """Something admins must know about mail. It opens once for each cause and is closed when the cause is over."""

    class Cause(models.TextChoices):
        UNREACHABLE = "unreachable", _("The mail server cannot be reached")
        AUTHENTICATION = "authentication", _("The mail server does not accept our sign-in")
        REFUSALS = "refusals", _("The mail server refuses many mails")
        QUEUE_LATE = "queue_late", _("Mails are waiting past their time")
        UNKNOWN_OPEN = "unknown_open", _("Letters of which nobody can see whether they arrived")
        PUMP_SILENT = "pump_silent", _("The pump was silent")
        BREAKER = "breaker", _("Unusually many letters: no more are taken this hour")
        PAUSED = "paused", _("Letters are paused")
        ALL_PAUSED = "all_paused", _("All mail is paused")
        INVARIANTS = "invariants", _("A promise about mails or bookings is broken")

    cause = models.CharField(max_length=16, choices=Cause)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="When its cause was last found.")
    closed_at = models.DateTimeField(null=True)
    figure = models.PositiveIntegerField(default=0, help_text="How many, or how many seconds: see followups/alerts.py.")
    told = models.PositiveSmallIntegerField(default=1, help_text="How often admins were told; once a day while open.")

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        constraints = [
            models.UniqueConstraint(fields=["cause"], condition=Q(closed_at=None), name="alert_one_open_per_cause"),
        ]
        indexes = [models.Index(fields=["-opened_at", "-id"], name="alert_for_list")]
