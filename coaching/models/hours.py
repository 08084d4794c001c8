"""When a coach works: hours of a week by the coach's own clock, and single days away."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.records import Record


class WorkingHours(Record):
    """One stretch of a weekday. A coach without any has not said when they work."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"), help_text="00:00 is the end of the day.")

    class Meta:
        verbose_name = _("working hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["coach", "weekday", "opens"], name="working_hours_begin_once"),
            models.CheckConstraint(name="working_hours_weekday", condition=Q(weekday__range=(0, 6))),
            models.CheckConstraint(
                name="working_hours_end_after_begin",
                condition=Q(closes__gt=F("opens")) | Q(closes=time()),
                violation_error_message=_("The end comes after the beginning."),
            ),
        ]


class Midnight(Func):
    """The instant at which a day begins by the clock of a zone, or so many `days` later."""

    template = "TIMEZONE(%(expressions)s + INTERVAL '%(days)s day')"
    output_field = models.DateTimeField()


class DayAwayQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins all, a coach her own. Clients learn of it by what is not offered."""
        if user.is_admin:
            return self
        return self.filter(coach=user) if user.is_coach else self.none()

    def touching(self, starts_at, ends_at):
        """Those that have a moment in common with this span; two instants, or what names them in the query around."""
        zone, day = F("coach__zone"), F("day")
        rows = self.alias(begins=Midnight(zone, day, days=0), ends=Midnight(zone, day, days=1))
        return rows.filter(begins__lt=ends_at, ends__gt=starts_at)

    def around(self):
        """Those of the coach, and at the time, of the row in the query around."""
        return self.filter(coach=OuterRef("coach")).touching(OuterRef("starts_at"), OuterRef("ends_at"))


class DayAway(Record):
    """A single day, by the coach's own clock, on which they do not work: nothing is offered on it, and what is booked stands.

    Longer ones, and those on which the booked are to have another time, are absences.
    """

    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="days_away")
    day = models.DateField(_("day"))

    objects = DayAwayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day away")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["coach", "day"], name="day_away_once")]
