"""Lessons: what she took up to practise, what she practised it with, and whether it held in the interviews that followed."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import CleanLineField
from accounts.records import Event, Record
from interviews.models import Interview, Mistake

LONGEST = MaxLengthValidator(2000)


class LessonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Her own; a coach sees lessons through the interview they came from, or on the agenda of a session with her."""
        if not user.is_coach:
            return self.filter(candidate=user)
        granted = Q(grants__coach=user, grants__coach__is_active=True, grants__ends_at__gt=timezone.now())
        on_agenda = Lesson.objects.filter(granted).values("pk")
        return self.filter(Q(candidate=user) | Q(mistake__in=Mistake.objects.visible_to(user)) | Q(pk__in=on_agenda))

    def with_source_seen(self, user):
        """With `is_source_seen` and `is_whole_seen`: an agenda opens the name of a lesson, not what it came from or was joined into."""
        source = Mistake.objects.visible_to(user).filter(pk=OuterRef("mistake"))
        whole = Lesson.objects.visible_to(user).filter(pk=OuterRef("joined_into"))
        return self.annotate(is_source_seen=Exists(source), is_whole_seen=Exists(whole))

    def open(self):
        return self.filter(status=Lesson.Status.OPEN)

    def to_work_on(self, user):
        """What `user` may read of what is open. Of what was joined with something private, a coach goes on seeing the shared part."""
        seen = self.visible_to(user)
        hidden = ~Q(joined_into__in=Lesson.objects.visible_to(user))
        alone = Q(status=Lesson.Status.JOINED, joined_into__status=Lesson.Status.OPEN) & hidden
        return seen.filter(Q(status=Lesson.Status.OPEN) | alone)

    def for_list(self):
        """With everything that says what it is about and where it came from, its parts included."""
        source = ("mistake__interview", "mistake__requirement")
        parts = models.Prefetch("parts", Lesson.objects.select_related(*source).order_by("id"))
        return self.select_related(*source).prefetch_related(parts).order_by("id")


class Lesson(Record):
    """An offer to practise that she took. Held twice closes it.

    Alike ones may be joined: the older one goes on for both, the other waits under it (`joined_into`) and can be taken out again.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("to practise")
        CLOSED = "closed", pgettext_lazy("lesson", "held")
        DECLINED = "declined", _("left behind")
        JOINED = "joined", _("joined with another")

    MOVES = {
        "open": {"closed", "declined", "joined"},
        "closed": {"open"},
        "declined": {"open"},
        "joined": {"open", "closed", "declined"},
    }

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="lessons")
    mistake = models.OneToOneField(Mistake, models.SET_NULL, null=True, blank=True, related_name="lesson")
    title = CleanLineField(_("what to practise"), max_length=120)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    joined_into = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    kept_apart = models.ManyToManyField("self", blank=True, help_text="Joining with these is not offered again.")

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="lesson_joined_has_its_whole",
                condition=Q(status="joined", joined_into__isnull=False) | (~Q(status="joined") & Q(joined_into=None)),
            ),
            models.CheckConstraint(name="lesson_not_its_own_part", condition=~Q(joined_into=models.F("pk"))),
        ]
        indexes = [models.Index("candidate", "id", condition=Q(status="open"), name="lesson_open")]


class LessonEvent(Event):
    subject = models.ForeignKey(Lesson, models.CASCADE, related_name="events")


class OfLessonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Hers alone, also where her coach sees the lesson."""
        return self.filter(lesson__candidate=user)


class Rehearsal(Record):
    """What she practises a lesson with: the question, and an answer in four parts. Nobody else reads it."""

    lesson = models.OneToOneField(Lesson, models.CASCADE, related_name="rehearsal")
    question = models.CharField(_("the question"), max_length=300, blank=True, help_text="Empty: ours stands.")
    situation = models.TextField(_("situation"), blank=True, validators=[LONGEST])
    task = models.TextField(_("task"), blank=True, validators=[LONGEST])
    action = models.TextField(_("what I did"), blank=True, validators=[LONGEST])
    result = models.TextField(_("result"), blank=True, validators=[LONGEST])

    objects = OfLessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice notes")


class Attempt(Record):
    """She said it aloud once. Kept for the date; nothing is counted."""

    class Result(models.TextChoices):
        BETTER = "better", _("better")
        AGAIN = "again", _("again")

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="attempts")
    result = models.CharField(max_length=8, choices=Result)

    objects = OfLessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        ordering = ["id"]


class Recall(Record):
    """Whether something practised held in an interview that followed. One answer a lesson and interview; she may change it."""

    class Answer(models.TextChoices):
        HELD = "held", _("it held")
        CAME_BACK = "came_back", _("it came back")
        NOT_THERE = "not_there", _("it didn't come up")

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="recalls")
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="recalls")
    answer = models.CharField(max_length=10, choices=Answer)
    answered_at = models.DateTimeField()

    objects = OfLessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("look back")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["lesson", "interview"], name="recall_once_per_interview")]
