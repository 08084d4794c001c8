"""Reviews: one open per interview, answered before the note's deadline or gone without."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Engagement
from accounts.records import Event, Record
from followups.models import ThankYouNote, TriageDecision
from interviews.models import Interview, InterviewGrant


def _together():
    return Engagement.objects.active().filter(coach=OuterRef("coach"), candidate=OuterRef("candidate"))


def _granted():
    mine = {"coach": OuterRef("coach"), "interview": OuterRef("interview")}
    return InterviewGrant.objects.filter(**mine, ends_at__gt=timezone.now(), coach__is_active=True)


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user, now=None):
        """The candidate's own; a coach sees reviews of clients she has now, of interviews that are shared or were brought to her."""
        if not user.is_coach:  # One plain condition: candidates' lists stay an index scan.
            return self.filter(candidate=user)
        return self.filter(Q(candidate=user) | Q(coach=user, interview__in=Interview.objects.visible_to(user, now)))

    def still_with_their_coach(self):
        """Those whose two people work together now, or whose interview was opened to the coach for a while."""
        # What nobody has taken from the desk yet has no coach to lose.
        return self.filter(Exists(_together()) | Exists(_granted()) | Q(coach=None))

    def left_by_their_coach(self):
        """All others. Not as their complement: that compares each with each once there are many."""
        return self.filter(~Exists(_together()), ~Exists(_granted()), coach__isnull=False)

    def waiting_at_desk(self, now):
        """Brought to the team, and taken by nobody yet."""
        return self.filter(status=Review.Status.OPEN, on_desk=True, coach=None, answer_by__gt=now)

    def for_queue(self):
        """Open ones, the most urgent first."""
        return self.filter(status=Review.Status.OPEN).order_by("answer_by", "id")

    def went_without(self):
        return self.filter(status=Review.Status.WENT_WITHOUT).order_by("-answer_by", "-id")


class Review(Record):
    """A coach's look at the decisions that wait in one interview, and at its note if asked. It never costs a deadline."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("review", "waiting")
        ANSWERED = "answered", _("answered")
        WENT_WITHOUT = "went_without", _("went without")
        WITHDRAWN = "withdrawn", pgettext_lazy("review", "withdrawn")

    MOVES = {
        "open": {"answered", "went_without", "withdrawn"},
        "went_without": {"answered"},  # "for next time"
        "answered": set(),
        "withdrawn": {"answered"},  # a coach who was reading when she stopped waiting: "for next time" too
    }

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="reviews")
    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reviews_asked")
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reviews",
        help_text="Empty while it waits at the desk.",
    )
    on_desk = models.BooleanField(default=False, db_default=False, help_text="She asked the team, having no coach.")
    note = models.ForeignKey(ThankYouNote, models.SET_NULL, null=True, blank=True, related_name="reviews")
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    question = models.TextField(_("what would you like to know?"), blank=True, validators=[MaxLengthValidator(1000)])
    answer_by = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    suggestion = models.TextField(_("suggested text of the note"), blank=True, validators=[MaxLengthValidator(20000)])
    suggestion_taken_at = models.DateTimeField(null=True, blank=True)
    message = models.TextField(_("a word to your client"), blank=True, validators=[MaxLengthValidator(2000)])

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        constraints = [
            models.UniqueConstraint(
                fields=["interview"],
                condition=Q(status="open"),
                name="review_one_open_per_interview",
                violation_error_message=_("This interview is with your coach already."),
            ),
            models.CheckConstraint(
                name="review_has_coach_or_desk",
                condition=Q(coach__isnull=False) | (Q(on_desk=True) & ~Q(status="answered")),
            ),
            models.CheckConstraint(
                name="review_answered_has_its_time", condition=~Q(status="answered") | Q(answered_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["answer_by"], name="review_by_deadline"),
            models.Index(fields=["answer_by", "id"], condition=Q(status="open", on_desk=True), name="review_of_desk"),
            models.Index(fields=["coach", "answer_by", "id"], condition=Q(status="open"), name="review_queue"),
            models.Index(fields=["answer_by", "id"], condition=Q(status="open"), name="review_overdue"),
            models.Index(fields=["coach", "status", "-answer_by"], name="review_by_coach"),
        ]

    @property
    def is_untaken(self):
        return self.coach_id is None

    @property
    def who_answers(self):
        """Whose name stands on her page: her coach's, or the team's while nobody has taken it."""
        return self.coach.get_full_name() if self.coach_id else _("The team")

    @property
    def who_answers_short(self):
        return self.coach.get_short_name() if self.coach_id else _("The team")

    @property
    def is_answerable(self):
        """Whether an answer still reaches her: in time, or for next time."""
        if self.status == self.Status.WITHDRAWN:
            return self.opened_at is not None
        return self.status in (self.Status.OPEN, self.Status.WENT_WITHOUT)


class ReviewEvent(Event):
    subject = models.ForeignKey(Review, models.CASCADE, related_name="events")


class ReviewItem(Record):
    """One decision in a review, and what the coach says about it."""

    class Answer(models.TextChoices):
        AGREE = "agree", _("agree")
        CHANGE = "change", _("change")
        ASK = "ask", _("ask")

    review = models.ForeignKey(Review, models.CASCADE, related_name="items")
    decision = models.ForeignKey(TriageDecision, models.CASCADE, related_name="review_items")
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    action = models.CharField(_("what instead?"), max_length=16, choices=TriageDecision.Action, blank=True)
    message = models.TextField(_("message"), blank=True, validators=[MaxLengthValidator(2000)])

    class Meta:
        verbose_name = _("reviewed decision")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "decision"], name="review_item_one_per_decision"),
            models.CheckConstraint(
                name="review_item_change_names_action", condition=~Q(answer="change") | ~Q(action="")
            ),
        ]
