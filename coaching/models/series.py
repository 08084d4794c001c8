"""Series: slots by a weekly pattern, made as far ahead as sessions can be booked. Closures: days without any."""

from dataclasses import replace

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import CleanLineField, WallTimeField, ZoneField
from accounts.records import Event, Record
from coaching import recurrence


class SlotSeriesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins all; a coach her own; candidates none: they see the slots."""
        if user.is_admin:
            return self
        return self.filter(coach=user) if user.is_coach else self.none()

    def to_roll(self, rolled_before):
        """Those that go on and were last rolled to an instant before this one, the longest neglected first."""
        return self.filter(
            Q(rolled_until=None) | Q(rolled_until__lt=rolled_before),
            status__in=SlotSeries.GOES_ON,
            coach__is_active=True,
        ).order_by(F("rolled_until").asc(nulls_first=True), "id")

    def for_list(self):
        """What goes on first."""
        return self.select_related("coach").order_by("-created_at", "-id")


class SlotSeries(Record):
    """A weekly pattern in a coach's zone. Its slots are rows of their own and keep their local time over a change of offset.

    `rule` is the RRULE without its end, which is `until_on`, the last day on the wall; `starts_wall` is the first start.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        RUNNING = "running", _("running")
        ENDED = "ended", pgettext_lazy("series", "ended")

    MOVES = {"proposed": {"running", "ended"}, "running": {"ended"}, "ended": set()}
    GOES_ON = ("proposed", "running")

    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="slot_series")
    status = models.CharField(max_length=10, choices=Status, default=Status.RUNNING)
    rule = models.CharField(max_length=recurrence.LONGEST_TEXT)
    zone = ZoneField(_("time zone"))
    starts_wall = WallTimeField(_("first start"))
    until_on = models.DateField(_("last day"), null=True, blank=True)
    in_a_row = models.PositiveSmallIntegerField(_("sessions in a row"), default=1)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=45)
    buffer_minutes = models.PositiveSmallIntegerField(_("minutes free afterwards"), default=15)
    place = CleanLineField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("link of the call"), blank=True, max_length=300)
    exceptions = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("days without"))
    rolled_until = models.DateTimeField(null=True, editable=False, help_text="Up to here its slots have been made.")

    objects = SlotSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of slots")
        constraints = [
            models.CheckConstraint(name="series_in_a_row_is_a_number", condition=Q(in_a_row__gte=1)),
        ]
        indexes = [
            models.Index(
                fields=["rolled_until", "id"], condition=Q(status__in=["proposed", "running"]), name="series_to_roll"
            ),
            models.Index(fields=["coach", "-created_at"], name="series_by_coach"),
        ]

    @property
    def pattern(self):
        """The rule with its end, for `recurrence.occurrences`."""
        return replace(recurrence.read_rule(self.rule, first=self.starts_wall, zone=self.zone), until=self.until_on)


class SeriesEvent(Event):
    subject = models.ForeignKey(SlotSeries, models.CASCADE, related_name="events")


class ClosureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins all; a coach her own and the installation's."""
        if user.is_admin:
            return self
        return self.filter(Q(coach=None) | Q(coach=user)) if user.is_coach else self.none()

    def touching(self, first_on, last_on):
        return self.filter(from_on__lte=last_on, until_on__gte=first_on)


class Closure(Record):
    """Days on which no slots are made: of everybody, or of one coach. Days are meant as the slot's own wall shows them."""

    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name=_("coach"),
    )
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"))
    title = CleanLineField(_("what it is"), max_length=80)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("days without slots")
        constraints = [
            models.CheckConstraint(
                name="closure_ends_after_it_begins",
                condition=Q(until_on__gte=F("from_on")),
                violation_error_message=_("The last day comes before the first."),
            ),
        ]
        indexes = [models.Index(fields=["until_on", "from_on"], name="closure_by_time")]
