"""Bookings: who has which slot. Rows are never deleted; only live ones hold a place."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.records import Event, Record
from coaching.attendance import SAID_UNTIL
from coaching.models.review import Review
from coaching.models.slot import MockSlot, TsTzRange
from coaching.models.waitlist import WaitlistEntry
from followups.models import Lesson


class BookingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The candidate's own, the coach's own sessions, and all for admins: a booking holds no content."""
        if user.is_admin:
            return self
        return self.filter(Q(candidate=user) | Q(coach=user))

    def live(self, now=None):
        """Those that hold a place: booked ones, and holds of a form whose minutes are not over."""
        return self.filter(
            Q(status=Booking.Status.BOOKED) | Q(status=Booking.Status.HELD, hold_until__gt=now or timezone.now())
        )

    def offers(self):
        """Slots kept for somebody of the waiting list, those of the past too that nobody took."""
        return self.filter(waitlist_entry__isnull=False)

    def overdue_holds(self, now):
        return self.filter(status=Booking.Status.HELD, hold_until__lte=now)

    def lapsing(self, now):
        """Made by somebody else, and not confirmed in time."""
        return self.filter(status=Booking.Status.BOOKED, confirmed_at=None, confirm_by__lte=now)

    def shown(self):
        """Without the holds of open forms, past ones too, which nobody decided."""
        return self.filter(hold_until=None)

    def unsaid(self, now):
        """Over for a week, and nobody said whether they took place."""
        return self.filter(status=Booking.Status.BOOKED, ends_at__lte=now - SAID_UNTIL)

    def for_list(self):
        return self.select_related("slot", "coach", "candidate").order_by("-starts_at", "-id")


class Booking(Record):
    """A candidate's place in a slot. Coach and times are copies of the slot's, kept equal in the same transaction."""

    class Status(models.TextChoices):
        HELD = "held", _("held for you")
        BOOKED = "booked", pgettext_lazy("session", "booked")
        DONE = "done", _("took place")
        NO_SHOW = "no_show", pgettext_lazy("session", "missed")
        CANCELLED = "cancelled", pgettext_lazy("session", "cancelled")
        MOVED = "moved", _("moved")
        EXPIRED = "expired", _("lapsed")

    class MissedBy(models.TextChoices):
        CANDIDATE = "candidate", _("the candidate")
        COACH = "coach", _("the coach")
        UNSETTLED = "unsettled", _("not settled")

    MOVES = {
        "held": {"booked", "cancelled", "expired"},
        "booked": {"done", "no_show", "cancelled", "moved", "expired"},
        "done": {"no_show"},
        "no_show": {"done"},
        "cancelled": set(),
        "moved": set(),
        "expired": set(),
    }
    LIVE = ("held", "booked")
    GONE = ("cancelled", "expired")
    # What counts as missed: by the candidate, and not what its coach missed or what the two do not agree on.
    MISSED = Q(status="no_show", missed_by__in=["", "candidate"])

    slot = models.ForeignKey(MockSlot, models.PROTECT, related_name="bookings")
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookings", verbose_name=_("candidate")
    )
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions")
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    review = models.ForeignKey(Review, models.SET_NULL, null=True, blank=True, related_name="bookings")
    status = models.CharField(max_length=10, choices=Status, default=Status.BOOKED)
    missed_by = models.CharField(
        max_length=10,
        choices=MissedBy,
        blank=True,
        help_text="Of one that did not take place. Empty: by the candidate, said before this was asked.",
    )
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    hold_until = models.DateTimeField(null=True, blank=True)
    waitlist_entry = models.ForeignKey(
        WaitlistEntry,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        help_text="The place in the waiting list for which this slot was kept.",
    )
    confirm_by = models.DateTimeField(
        null=True, blank=True, help_text="A coach's booking lapses here unless the client confirms."
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    by_house = models.BooleanField(
        default=False,
        editable=False,
        help_text="The house moved her here, or took her place away: until she has answered, no rule counts against her.",
    )
    calendar_id = models.UUIDField(
        null=True,
        editable=False,
        help_text="The first booking's address once it has moved: calendars follow one event.",
    )
    sequence = models.PositiveIntegerField(
        default=0, help_text="SEQUENCE of the last calendar file sent; they begin at 1."
    )
    override_reason = models.CharField(max_length=200, blank=True)
    given_reason = models.CharField(
        max_length=200,
        blank=True,
        help_text="Why she moved or cancelled it, if she said so: for her coach, not for admins.",
    )
    agenda = models.ManyToManyField(Lesson, blank=True, related_name="bookings")

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(status__in=["held", "booked"]),
                name="booking_one_live_per_slot",
                violation_error_message=_("Somebody was quicker: this slot has just been taken."),
            ),
            ExclusionConstraint(
                name="booking_no_overlap_per_candidate",
                expressions=[
                    ("candidate", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=["held", "booked"]),
                violation_error_message=_("There is another session at that time already."),
            ),
            models.UniqueConstraint(
                fields=["waitlist_entry"],
                condition=Q(status="held"),
                name="booking_one_offer_at_a_time",
                violation_error_message=_("Another slot is being kept for this person."),
            ),
            models.CheckConstraint(
                name="booking_held_has_its_end", condition=~Q(status="held") | Q(hold_until__isnull=False)
            ),
            models.CheckConstraint(
                name="booking_missed_by_of_no_show", condition=Q(missed_by="") | Q(status="no_show")
            ),
            models.CheckConstraint(name="booking_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(status="booked"), name="booking_over"),
            models.Index(fields=["candidate", "-starts_at", "-id"], name="booking_by_candidate"),
            models.Index(fields=["coach", "-starts_at", "-id"], name="booking_by_coach"),
            models.Index(fields=["-starts_at", "-id"], name="booking_for_list"),
            models.Index(
                fields=["created_at"], condition=Q(waitlist_entry__isnull=False), name="booking_offers_by_time"
            ),
            models.Index(
                fields=["confirm_by"], condition=Q(status="booked", confirmed_at=None), name="booking_unconfirmed"
            ),
        ]


class BookingEvent(Event):
    subject = models.ForeignKey(Booking, models.CASCADE, related_name="events")

    @property
    def new_words(self):
        return Booking.Status(self.new).label
