"""The waiting list: who would take a slot that becomes free, within which days, and of which coach."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import ZoneField
from accounts.records import Event, Record
from interviews.models import Interview


class WaitlistQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Her own. Nobody sees who else waits; admins read counts."""
        return self.filter(candidate=user)

    def live(self):
        return self.filter(status__in=WaitlistEntry.LIVE)

    def with_interview(self, now):
        """Adds `interview_ends`: when her next interview ends, by the clock there; None if none is planned."""
        planned = Interview.objects.filter(
            candidate=OuterRef("candidate"), status=Interview.Status.PLANNED, ends_at__gt=now
        ).order_by("ends_at", "id")
        return self.annotate(interview_ends=Subquery(planned.values("ends_wall")[:1]))


class WaitlistEntry(Record):
    """A candidate's place in the waiting list. `created_at` is since when she waits; slots kept for her are its `offers`."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("person", "waiting")
        RESTING = "resting", _("resting")
        BOOKED = "booked", _("has a session")
        LEFT = "left", pgettext_lazy("person", "left")
        OVER = "over", _("its days are over")

    MOVES = {
        "waiting": {"resting", "booked", "left", "over"},
        "resting": {"waiting", "booked", "left", "over"},
        "booked": set(),
        "left": set(),
        "over": set(),
    }
    LIVE = ("waiting", "resting")

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="waitlist_entries")
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("coach")
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    zone = ZoneField(_("time zone"))
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    opens_at = models.DateTimeField(editable=False)
    closes_at = models.DateTimeField(editable=False)
    answered_at = models.DateTimeField(
        help_text="Her last word about it: after two questions since then without one, others are asked."
    )

    objects = WaitlistQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in the waiting list")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(status__in=["waiting", "resting"]),
                name="waitlist_one_live_per_candidate",
                violation_error_message=_("You are in the waiting list already."),
            ),
            models.CheckConstraint(name="waitlist_closes_after_opening", condition=Q(closes_at__gt=F("opens_at"))),
        ]


class WaitlistEvent(Event):
    subject = models.ForeignKey(WaitlistEntry, models.CASCADE, related_name="events")
