"""Goals: what a candidate and one of her coaches are working towards. Theirs alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Engagement
from accounts.records import Record


class GoalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The candidate's, for good; her coach's while they work together. Being an admin opens none."""
        together = Engagement.objects.active().filter(coach=user)
        return self.filter(Q(engagement__candidate=user) | Q(engagement__in=together))

    def for_page(self):
        """Those to reach first, then those that were."""
        return self.order_by(F("reached_at").desc(nulls_first=True), "id")


class Goal(Record):
    """One thing the two want to reach, in a line; either of them writes it."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="goals")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.CharField(_("goal"), max_length=200)
    reached_at = models.DateTimeField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        indexes = [models.Index(fields=["engagement", "id"], name="goal_by_engagement")]
