"""Accounts that are to be deleted, and were."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.records import Event, Record


class ErasureQuerySet(models.QuerySet):
    def waiting(self):
        """Asked for, and can still be undone."""
        return self.filter(status=Erasure.Status.WAITING)

    def due(self, now):
        """Those to carry out, begun ones first: whoever began them did not come to the end."""
        begun = Q(status=Erasure.Status.BEGUN)
        return self.filter(begun | Q(status=Erasure.Status.WAITING, erase_at__lte=now)).order_by("erase_at", "id")


class Erasure(Record):
    """That somebody asked for their account to be deleted, and what became of it. Once done it names nobody.

    What is left is the ledger: by `person_public_id`, which no other row holds any more, a backup that is restored finds whom to
    erase again.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits for its day")
        BEGUN = "begun", _("begun")
        DONE = "done", _("done")
        UNDONE = "undone", _("undone")

    MOVES = {"waiting": {"begun", "undone"}, "begun": {"done"}, "done": set(), "undone": set()}
    OPEN = (Status.WAITING, Status.BEGUN)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="erasures")
    person_public_id = models.UUIDField(db_index=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    erase_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True, help_text="How many rows went, by table.")

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("deletion of an account")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(status__in=["waiting", "begun"]), name="erasure_one_open_per_person"
            ),
            models.CheckConstraint(
                name="erasure_done_names_nobody",
                condition=~Q(status="done") | Q(person=None, erased_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["erase_at", "id"], condition=Q(status__in=["waiting", "begun"]), name="erasure_open")
        ]


class ErasureEvent(Event):
    subject = models.ForeignKey(Erasure, models.CASCADE, related_name="events")
