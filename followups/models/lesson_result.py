"""What came of a lesson in a session with somebody who listened."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from followups.models.lesson import Lesson, OfLessonQuerySet


class LessonResult(models.Model):
    """One for each lesson and session. *Held* counts as it does after an interview; the others leave the lesson open.

    `subject_id` is the public id of the session, a row of an upper app, as in `LessonGrant`. Whoever may read that session's
    report reads it there.
    """

    class Result(models.TextChoices):
        PRACTISED = "practised", _("practised")
        HELD = "held", pgettext_lazy("lesson", "held")
        AGAIN = "again", _("again")

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="results")
    subject_id = models.UUIDField(db_index=True)
    result = models.CharField(max_length=10, choices=Result)
    at = models.DateTimeField(help_text="When the session ended.")
    answered_at = models.DateTimeField()

    objects = OfLessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a lesson")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["lesson", "subject_id"], name="lesson_result_once_per_session")]

    def __str__(self):
        return "result of a lesson"
