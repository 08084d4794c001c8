"""Absences: when a coach is away. Why is nobody's business, so there is no column for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import WallTimeField, ZoneField
from accounts.records import Event, Record
from coaching.models.change import CalendarChange


class CoachAbsenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins all, a coach her own. Clients learn of it by what it means for them."""
        if user.is_admin:
            return self
        return self.filter(coach=user) if user.is_coach else self.none()

    def standing(self):
        """Those that hold: carried out, and not taken back."""
        return self.filter(status=CoachAbsence.Status.STANDING)

    def planned(self):
        """Those that hold, and those that are about to."""
        return self.filter(status__in=[CoachAbsence.Status.WAITING, CoachAbsence.Status.STANDING])

    def touching(self, coach, start, end):
        """Those of a coach that have a moment in common with this span."""
        return self.filter(coach=coach, starts_at__lt=end, ends_at__gt=start)

    def at(self, moment):
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)

    def for_list(self):
        return self.select_related("coach", "change").order_by("-ends_at", "-id")


class CoachAbsence(Record):
    """A coach is away from … to …, on the wall of her zone. What it does to slots and sessions is its `change`."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits before it is sent")
        STANDING = "standing", _("stands")
        UNDONE = "undone", pgettext_lazy("absence", "undone")

    MOVES = {"waiting": {"standing", "undone"}, "standing": {"undone"}, "undone": set()}

    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences", verbose_name=_("coach")
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    zone = ZoneField(_("time zone"))
    from_wall = WallTimeField(_("away from"))
    until_wall = WallTimeField(_("until"), help_text=_("Back from this moment on."))
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    change = models.OneToOneField(CalendarChange, models.SET_NULL, null=True, blank=True, related_name="absence")

    objects = CoachAbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_start",
                condition=Q(ends_at__gte=F("starts_at")),
                violation_error_message=_("An absence ends after it begins."),
            )
        ]
        indexes = [
            models.Index(
                fields=["coach", "ends_at"], condition=Q(status__in=["waiting", "standing"]), name="absence_of_coach"
            ),
            models.Index(fields=["-ends_at", "-id"], name="absence_for_list"),
        ]


class CoachAbsenceEvent(Event):
    subject = models.ForeignKey(CoachAbsence, models.CASCADE, related_name="events")
