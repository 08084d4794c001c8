"""One's own data, to take along."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.records import Event, Record


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own only, whoever else one is."""
        return self.filter(user=user)

    def to_build(self, now):
        """Those that wait, and those whose worker has given no sign of life for so long that it is gone."""
        return self.filter(status__in=Export.UNDER_WAY, look_at__lte=now)

    def outlived(self, now):
        return self.filter(status=Export.Status.READY, expires_at__lte=now)

    def for_list(self):
        return self.order_by("-created_at", "-id")


class Export(Record):
    """What is held about a person, put together at that person's wish and kept for a day (accounts/services/exports.py)."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("export", "waiting")
        BUILDING = "building", _("being put together")
        READY = "ready", _("ready")
        FAILED = "failed", _("not put together")
        EXPIRED = "expired", _("deleted")

    MOVES = {
        "waiting": {"building", "failed"},
        "building": {"waiting", "ready"},
        "ready": {"expired"},
        "failed": set(),
        "expired": set(),
    }
    UNDER_WAY = (Status.WAITING, Status.BUILDING)
    MOST_A_DAY = 3

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    look_at = models.DateTimeField(
        default=timezone.now, help_text="While it waits: not before. While it is built: its worker is gone by then."
    )
    claim_id = models.UUIDField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    size = models.PositiveIntegerField(default=0, help_text="In bytes.")
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    downloaded_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="The last time.")

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(status__in=["waiting", "building"]),
                name="export_one_at_a_time",
                violation_error_message=_("Your data is being put together already."),
            ),
            models.CheckConstraint(
                name="export_ready_has_its_end", condition=~Q(status="ready") | Q(expires_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["look_at"], condition=Q(status__in=["waiting", "building"]), name="export_to_build"),
            models.Index(fields=["expires_at"], condition=Q(status="ready"), name="export_to_delete"),
            models.Index(fields=["user", "-created_at"], name="export_for_list"),
        ]

    def is_open(self, now):
        return self.status == self.Status.READY and self.expires_at > now

    def is_over(self, now):
        """Whether it was there once, and is deleted or about to be."""
        return self.status == self.Status.EXPIRED or (self.status == self.Status.READY and self.expires_at <= now)


class ExportEvent(Event):
    subject = models.ForeignKey(Export, models.CASCADE, related_name="events")


class ExportChunk(models.Model):
    """A piece of the ZIP. In the database, which every web server and worker reaches, and which loses it with its person."""

    SIZE = 256 * 1024

    export = models.ForeignKey(Export, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="export_chunk_once")]

    def __str__(self):
        return f"chunk {self.number}"
