"""Comments: what coaches write about a client, an interview or a decision, to themselves, to each other, or to her."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Engagement
from accounts.records import Record
from followups.models import TriageDecision
from interviews.models import Interview

MAX_TEXT = 2000


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Shared ones are hers, for good. A coach sees those of clients she has now, private ones only if she wrote them."""
        if not user.is_coach:
            return self.filter(candidate=user, visibility=Comment.Visibility.SHARED)
        open_to_her = Q(interview=None) | Q(interview__in=Interview.objects.visible_to(user))
        return self.filter(
            open_to_her,
            ~Q(visibility=Comment.Visibility.PRIVATE) | Q(author=user),
            candidate__in=Engagement.objects.clients_of(user),
        )

    def to_erase(self, now):
        return self.filter(erase_at__lte=now).order_by("erase_at", "id")

    def for_page(self):
        return self.select_related("author", "interview", "decision__mistake").order_by("-created_at", "-id")


class Comment(Record):
    """A few words with the circle of those who can read them. Without an interview it is about the client."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("only you")
        COACHES = "coaches", _("her coaches")
        SHARED = "shared", _("her and her coaches")

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comments_about")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comments_written")
    interview = models.ForeignKey(Interview, models.CASCADE, null=True, blank=True, related_name="comments")
    decision = models.ForeignKey(TriageDecision, models.CASCADE, null=True, blank=True, related_name="comments")
    visibility = models.CharField(max_length=8, choices=Visibility)
    text = models.TextField(_("words"), validators=[MaxLengthValidator(MAX_TEXT)])
    edited_at = models.DateTimeField(null=True, blank=True)
    erase_at = models.DateTimeField(
        null=True, editable=False, help_text="What she may not read any more, its writer's work with her having ended."
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        constraints = [
            models.CheckConstraint(
                name="comment_on_decision_names_interview", condition=Q(decision=None) | Q(interview__isnull=False)
            ),
            models.CheckConstraint(
                name="comment_of_candidate_is_shared", condition=~Q(author=F("candidate")) | Q(visibility="shared")
            ),
        ]
        indexes = [
            models.Index(fields=["candidate", "-created_at", "-id"], name="comment_by_candidate"),
            models.Index(fields=["interview", "-created_at"], name="comment_by_interview"),
            models.Index(fields=["erase_at"], condition=Q(erase_at__isnull=False), name="comment_to_erase"),
        ]
