"""Slots: times at which a coach offers one mock session each."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import CleanLineField, WallTimeField, ZoneField
from accounts.models import Engagement
from accounts.records import Event, Record
from coaching.models.hours import DayAway
from coaching.models.series import SlotSeries


class TsTzRange(Func):
    """PostgreSQL's tstzrange(from, to, '[)')."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class MockSlotQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins all; a coach her own; a candidate the open ones of her coaches, or of all where the installation allows, and those she booked."""
        return self._seen_by(user, [MockSlot.Status.OPEN])

    def known_to(self, user):
        """Those, and to a candidate also what she could see until it was taken back: only to tell her so."""
        return self._seen_by(user, [MockSlot.Status.OPEN, MockSlot.Status.WITHDRAWN])

    def _seen_by(self, user, statuses):
        if user.is_admin:
            return self
        if user.is_coach:
            return self.filter(coach=user)
        coaches = Engagement.objects.coaches_of(user)
        offered = Q(status__in=statuses)
        if not settings.AFTERWORD_ANY_OPEN_SLOT:
            offered &= Q(coach__in=coaches)
        return self.filter(offered | Q(pk__in=MockSlot.objects.filter(bookings__candidate=user).values("pk")))

    def for_list(self):
        return self.select_related("coach").order_by("starts_at", "id")

    def upcoming(self, now=None):
        return self.filter(starts_at__gt=now or timezone.now())

    def with_day_away(self):
        """Each with `is_day_away`: its coach does not work that day, so that it is not offered."""
        return self.annotate(is_day_away=Exists(DayAway.objects.around()))

    def offered(self, now, *, leaving=None):
        """Still to come, open, held or booked by nobody, on no day away, and in no change that waits (other than `leaving`)."""
        from coaching.models.booking import Booking  # noqa: PLC0415 -- bookings know slots
        from coaching.models.change import ChangeItem  # noqa: PLC0415 -- as do changes

        waiting = ChangeItem.objects.filter(is_waiting=True)
        if leaving is not None:
            waiting = waiting.exclude(change=leaving)
        return self.filter(
            ~Exists(Booking.objects.live(now).filter(slot=OuterRef("pk"))),
            ~Exists(waiting.filter(slot=OuterRef("pk"))),
            ~Exists(waiting.filter(target=OuterRef("pk"))),
            ~Exists(DayAway.objects.around()),
            status=MockSlot.Status.OPEN,
            coach__is_active=True,
            starts_at__gt=now,
        )

    def free(self, now):
        """Those offered within notice and horizon of the installation."""
        first = now + timedelta(hours=settings.BOOKING_NOTICE_HOURS)
        last = now + timedelta(days=settings.BOOKING_HORIZON_DAYS)
        return self.offered(now).filter(starts_at__range=(first, last))

    def free_for(self, candidate, now, *, moving=None):
        """The free ones at whose time she has no session; `moving` is a booking that would be given up for it."""
        from coaching.models.booking import Booking  # noqa: PLC0415 -- bookings know slots

        hers = Booking.objects.filter(
            candidate=candidate,
            status=Booking.Status.BOOKED,
            starts_at__lt=OuterRef("ends_at"),
            ends_at__gt=OuterRef("starts_at"),
        )
        return self.free(now).filter(~Exists(hers.exclude(pk=moving.pk) if moving else hers))


class MockSlot(Record):
    """A coach's offer of one mock session for one candidate."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        OPEN = "open", pgettext_lazy("slot", "open")
        WITHDRAWN = "withdrawn", pgettext_lazy("slot", "withdrawn")
        DONE = "done", pgettext_lazy("slot", "done")

    MOVES = {"proposed": {"open", "withdrawn"}, "open": {"withdrawn", "done"}, "withdrawn": set(), "done": set()}

    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="slots", verbose_name=_("coach"))
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    zone = ZoneField(_("time zone"))
    starts_wall = WallTimeField(_("start"))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=45)
    buffer_minutes = models.PositiveSmallIntegerField(_("minutes free afterwards"), default=15)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    blocked_until = models.DateTimeField(
        editable=False, help_text="End and buffer; kept as a column because the exclusion needs it."
    )
    place = CleanLineField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("link of the call"), blank=True, max_length=300)
    series = models.ForeignKey(SlotSeries, models.SET_NULL, null=True, blank=True, related_name="slots")
    occurs_wall = WallTimeField(
        null=True, blank=True, editable=False, help_text="Its time in the pattern, whatever became of it since."
    )

    objects = MockSlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("slot")
        constraints = [
            models.CheckConstraint(
                name="slot_has_length", condition=Q(ends_at__gt=F("starts_at"), blocked_until__gte=F("ends_at"))
            ),
            models.UniqueConstraint(fields=["series", "occurs_wall"], name="slot_once_per_occurrence"),
            ExclusionConstraint(
                name="slot_no_overlap_per_coach",
                expressions=[
                    ("coach", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "blocked_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=["proposed", "open"]),
                violation_error_message=_(
                    "This coach already has a slot at that time (with its free minutes afterwards)."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="slot_by_time"),
            models.Index(fields=["coach", "starts_at"], name="slot_by_coach"),
            models.Index(fields=["starts_at", "id"], condition=Q(status="proposed"), name="slot_proposed"),
        ]


class SlotEvent(Event):
    subject = models.ForeignKey(MockSlot, models.CASCADE, related_name="events")
