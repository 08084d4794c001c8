"""What one person says about whether a session took place."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching import attendance
from coaching.models.booking import Booking


class Attendance(models.Model):
    """One word for each side, and one of admins; said anew, the later one stands. All are kept and shown beside each other.

    It holds no content, so whoever sees the booking reads it. What follows from all of them is the booking's own state.
    """

    class Role(models.TextChoices):
        CANDIDATE = attendance.CANDIDATE, _("candidate")
        COACH = attendance.COACH, _("coach")
        ADMIN = attendance.ADMIN, _("admin")

    class Said(models.TextChoices):
        TOOK_PLACE = attendance.TOOK_PLACE, _("it took place")
        CANDIDATE_MISSED = attendance.CANDIDATE_MISSED, _("the candidate did not come")
        COACH_MISSED = attendance.COACH_MISSED, _("the coach did not come")

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="attendances")
    role = models.CharField(max_length=10, choices=Role)
    said = models.CharField(max_length=20, choices=Said)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("word about a session")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["booking", "role"], name="attendance_one_word_per_role")]

    def __str__(self):
        return "word about a session"
