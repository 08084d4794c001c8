"""When the phone is lost."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.records import Event, Record


class StepRemovalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whose second step it is, and admins."""
        return self if user.is_admin else self.filter(person=user)

    def about(self, user):
        """Whose it is, and what this person asked for."""
        return self.filter(Q(person=user) | Q(asked_by=user))

    def waiting(self):
        return self.filter(status=StepRemoval.Status.WAITING)

    def due(self, now):
        return self.waiting().filter(due_at__lte=now).order_by("due_at", "id")

    def for_list(self):
        return self.select_related("person", "asked_by").order_by("-created_at", "-id")


class StepRemoval(Record):
    """An admin takes somebody's second step away, because the phone is lost. Its owner is told, and has time to say no."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("second step", "waiting")
        STOPPED = "stopped", _("its owner said no")
        WITHDRAWN = "withdrawn", pgettext_lazy("second step", "withdrawn")
        DONE = "done", _("taken away")

    MOVES = {"waiting": {"stopped", "withdrawn", "done"}}

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="step_removals")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    due_at = models.DateTimeField()

    objects = StepRemovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("removal of a second step")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                name="step_removal_one_waiting_per_person",
                condition=Q(status="waiting"),
                violation_error_message=_("It is under way already."),
            ),
            models.CheckConstraint(name="step_removal_by_somebody_else", condition=~Q(person=F("asked_by"))),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(status="waiting"), name="step_removal_due"),
            models.Index(fields=["-created_at", "-id"], name="step_removal_for_list"),
        ]


class StepRemovalEvent(Event):
    subject = models.ForeignKey(StepRemoval, models.CASCADE, related_name="events")
