"""Lessons: what she took up to practise."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import CleanLineField
from accounts.records import Event, Record
from interviews.models import Mistake


class LessonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Her own; a coach sees lessons through the interview they came from, or on a session's agenda."""
        return self.filter(Q(candidate=user) | Q(mistake__in=Mistake.objects.visible_to(user)))

    def open(self):
        return self.filter(status=Lesson.Status.OPEN)


class Lesson(Record):
    """An offer to practise that she took. Held twice closes it."""

    class Status(models.TextChoices):
        OPEN = "open", _("to practise")
        CLOSED = "closed", _("held")
        DECLINED = "declined", _("left behind")

    MOVES = {"open": {"closed", "declined"}, "closed": {"open"}, "declined": {"open"}}

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="lessons")
    mistake = models.OneToOneField(Mistake, models.SET_NULL, null=True, blank=True, related_name="lesson")
    title = CleanLineField(_("what to practise"), max_length=120)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        ordering = ["id"]


class LessonEvent(Event):
    subject = models.ForeignKey(Lesson, models.CASCADE, related_name="events")
