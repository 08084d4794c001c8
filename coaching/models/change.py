"""Changes of the calendar: one act of staff on many slots, which waits some minutes before anybody hears of it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import when
from accounts.fields import CleanLineField
from accounts.records import Event, Record
from coaching.models.booking import Booking
from coaching.models.slot import MockSlot

LOOKED_AT_FOR = timedelta(days=3)


class CalendarChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins all; a coach those she made, and those about her slots. They hold no content. Candidates none."""
        if user.is_admin:
            return self
        if not user.is_coach:
            return self.none()
        hers = ChangeItem.objects.filter(Q(slot__coach=user) | Q(target__coach=user), change=OuterRef("pk"))
        return self.filter(Q(by=user) | Q(coach=user) | Exists(hers))

    def waiting(self):
        return self.filter(status=CalendarChange.Status.WAITING)

    def due(self, now):
        return self.waiting().filter(leaves_at__lte=now).order_by("leaves_at", "id")

    def for_home(self, now):
        """Those that can still be undone, and those of the last days in which something was left as it was."""
        left = ChangeItem.objects.filter(change=OuterRef("pk"), outcome=ChangeItem.Outcome.LEFT)
        recent = Q(status=CalendarChange.Status.DONE, leaves_at__gt=now - LOOKED_AT_FOR)
        return self.filter(Q(status=CalendarChange.Status.WAITING) | (recent & Exists(left))).for_list()

    def for_list(self):
        return self.select_related("by", "coach").order_by("-created_at", "-id")


class CalendarChange(Record):
    """One act on several slots. While it waits its slots are kept, nothing is changed and nobody has been told."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits before it is sent")
        DONE = "done", pgettext_lazy("change", "done")
        UNDONE = "undone", pgettext_lazy("change", "undone")

    MOVES = {"waiting": {"done", "undone"}, "done": set(), "undone": set()}

    class Kind(models.TextChoices):
        SLOT = "slot", _("a slot")
        SLOTS = "slots", _("several slots")
        SERIES = "series", _("a series of slots")
        ABSENCE = "absence", _("a coach is away")

    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_changes",
        help_text="Whose calendar it is, if it is one person's.",
    )
    reason = CleanLineField(_("why, in a line"), max_length=200, blank=True, help_text="Whoever had booked reads it.")
    leaves_at = models.DateTimeField()
    data = models.JSONField(default=dict, blank=True, editable=False, help_text="What its kind keeps with it.")

    objects = CalendarChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the calendar")
        indexes = [
            models.Index(fields=["leaves_at"], condition=Q(status="waiting"), name="change_waiting"),
            models.Index(fields=["-created_at", "-id"], name="change_for_list"),
        ]


class CalendarChangeEvent(Event):
    subject = models.ForeignKey(CalendarChange, models.CASCADE, related_name="events")


class ChangeItemQuerySet(models.QuerySet):
    def keeping(self, slot):
        """The waiting change that keeps this slot, as the one it changes or as the place of somebody who is to move."""
        return self.filter(Q(slot=slot) | Q(target=slot), is_waiting=True)


class ChangeItem(Record):
    """What a change does to one slot and its booking."""

    class Act(models.TextChoices):
        WITHDRAW = "withdraw", _("withdraw")
        EDIT = "edit", pgettext_lazy("slot", "change")
        MOVE = "move", _("offer another time")

    class Outcome(models.TextChoices):
        WAITS = "", _("waits")
        DONE = "done", pgettext_lazy("change", "done")
        LEFT = "left", _("left as it was")

    change = models.ForeignKey(CalendarChange, models.CASCADE, related_name="items")
    slot = models.ForeignKey(MockSlot, models.CASCADE, related_name="changes")
    booking = models.ForeignKey(Booking, models.CASCADE, null=True, blank=True, related_name="changes")
    act = models.CharField(max_length=10, choices=Act)
    target = models.ForeignKey(MockSlot, models.CASCADE, null=True, blank=True, related_name="arrivals")
    fields = models.JSONField(default=dict, blank=True, help_text="The slot's new values, of an edit.")
    starts_at = models.DateTimeField(help_text="As it was when the change was made.")
    ends_at = models.DateTimeField()
    is_waiting = models.BooleanField(default=True)
    outcome = models.CharField(max_length=5, choices=Outcome, blank=True, default=Outcome.WAITS)
    why = models.CharField(max_length=300, blank=True, help_text="Why it was left as it was.")

    objects = ChangeItemQuerySet.as_manager()

    @property
    def becomes(self):
        """(start, end) of an edited slot, when it changes them; None where only its place or link do."""
        if self.act != self.Act.EDIT:
            return None
        wall = self.fields.get("starts_wall")
        zone = self.fields.get("zone", self.slot.zone)
        starts_at = when.to_instant(datetime.fromisoformat(wall), zone) if wall else self.starts_at
        minutes = self.fields.get("minutes", (self.ends_at - self.starts_at) // timedelta(minutes=1))
        after = starts_at, starts_at + timedelta(minutes=minutes)
        return after if after != (self.starts_at, self.ends_at) else None

    class Meta:
        verbose_name = _("changed slot")
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(is_waiting=True),
                name="change_one_waiting_per_slot",
                violation_error_message=_("Somebody is changing this slot already."),
            ),
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(is_waiting=True),
                name="change_one_arrival_per_slot",
                violation_error_message=_("This slot is kept for somebody else already."),
            ),
            models.CheckConstraint(
                name="change_move_knows_who_and_where",
                condition=~Q(act="move") | Q(booking__isnull=False, target__isnull=False),
            ),
            models.CheckConstraint(name="change_moves_elsewhere", condition=~Q(target=F("slot"))),
        ]
