"""Who may see whom."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.records import Event, Record


class EngagementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Candidate and coach see theirs; admins see who works with whom, which holds no content."""
        if user.is_admin:
            return self
        return self.filter(Q(candidate=user) | Q(coach=user))

    def active(self):
        """Both agreed, and both may still sign in. The one definition of who is whose coach."""
        return self.filter(
            status=Engagement.Status.ACTIVE, coach__is_active=True, coach__is_coach=True, candidate__is_active=True
        )

    def clients_of(self, coach):
        """Ids of the candidates whose coach this person is now."""
        return self.active().filter(coach=coach).values("candidate_id")

    def coaches_of(self, candidate):
        """Ids of the coaches this candidate has now."""
        return self.active().filter(candidate=candidate).values("coach_id")

    def overdue(self, now):
        """Asked, and not answered for so long that nobody waits any more."""
        asked_before = now - Engagement.OPEN_FOR
        return self.filter(status=Engagement.Status.INVITED, created_at__lte=asked_before).order_by("created_at", "id")

    def for_list(self):
        return self.select_related("candidate", "coach").order_by("-created_at", "-id")


class Engagement(Record):
    """A candidate and a coach who work together. It is active once both have agreed."""

    class Status(models.TextChoices):
        INVITED = "invited", _("waiting for both to agree")
        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("expired")

    MOVES = {"invited": {"active", "declined", "expired"}, "active": {"ended"}}
    LIVE = (Status.INVITED, Status.ACTIVE)
    OPEN_FOR = timedelta(days=14)
    # Whoever asks for "somebody" is not led back to one with whom it came to nothing within this time.
    NOT_AGAIN_FOR = timedelta(days=90)

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="engagements")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="client_engagements")
    status = models.CharField(max_length=10, choices=Status, default=Status.INVITED)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    for_anybody = models.BooleanField(default=False, help_text="She asked for somebody, not for this coach by name.")
    candidate_agreed_at = models.DateTimeField(null=True, blank=True)
    coach_agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    share_new_interviews = models.BooleanField(
        _("share new interviews with this coach"),
        default=False,
        help_text=_("You can change it for each interview. Earlier interviews stay private."),
    )

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "coach"],
                name="engagement_one_live_per_pair",
                condition=Q(status__in=["invited", "active"]),
                violation_error_message=_("These two already work together, or have been asked to."),
            ),
            models.CheckConstraint(name="engagement_not_with_oneself", condition=~Q(candidate=F("coach"))),
            models.CheckConstraint(
                name="engagement_active_needs_both",
                condition=~Q(status="active") | Q(candidate_agreed_at__isnull=False, coach_agreed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["coach", "status"], name="engagement_by_coach"),
            models.Index(fields=["created_at", "id"], condition=Q(status="invited"), name="engagement_open_since"),
            models.Index(fields=["-created_at", "-id"], name="engagement_for_list"),
        ]

    @property
    def began_at(self):
        """When the second of the two agreed."""
        agreed = [at for at in (self.candidate_agreed_at, self.coach_agreed_at) if at]
        return max(agreed) if len(agreed) == 2 else None

    @property
    def changed_at(self):
        """When it became what it is now: it was asked, it began, it ended."""
        return self.ended_at or self.began_at or self.created_at

    @property
    def open_until(self):
        """Until when it can be answered."""
        return self.created_at + self.OPEN_FOR


class EngagementEvent(Event):
    subject = models.ForeignKey(Engagement, models.CASCADE, related_name="events")
