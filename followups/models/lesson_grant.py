"""Sight of a lesson beyond an engagement: it stands on the agenda of a session."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from followups.models.lesson import Lesson


class LessonGrantQuerySet(models.QuerySet):
    def open_to(self, coach, now=None):
        """What this coach may read by it now; nothing once she is deactivated."""
        return self.filter(coach=coach, coach__is_active=True, ends_at__gt=now or timezone.now())


class LessonGrant(models.Model):
    """A lesson that its owner ticked for one session: its coach reads the name, for a while.

    `subject_id` is the public id of what it was ticked for, a row of an upper app. Whoever writes that row keeps these equal
    to it (coaching/services/agenda.py), and takes them away with it.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="grants")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    subject_id = models.UUIDField(db_index=True)
    ends_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LessonGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "coach", "subject_id"], name="lesson_grant_one_per_subject")
        ]
        indexes = [models.Index(fields=["coach", "ends_at"], name="lesson_grant_by_coach")]

    def __str__(self):
        return "lesson grant"
