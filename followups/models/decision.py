"""Triage decisions: append-only, each with the facts it was made from."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.records import Record
from interviews.models import Interview, Mistake


class TriageDecisionQuerySet(models.QuerySet):
    def visible_to(self, user, now=None):
        return self.filter(mistake__interview__in=Interview.objects.visible_to(user, now))

    def current(self):
        return self.filter(is_current=True)

    def for_list(self):
        return self.select_related("mistake__interview", "by").order_by("-created_at", "-id")


class TriageDecision(Record):
    """What to do about one mistake, and why. Rows are added, never changed; `is_current` marks the one that stands.

    Once a person has decided, later results of the engine are kept as opinions: rows that never become current.
    """

    class Action(models.TextChoices):
        LET_GO = "let_go", _("Let it go")
        THANK_YOU_NOTE = "thank_you_note", _("Two sentences in your thank-you note")
        REFEREE = "referee", _("Ask a referee to mention it")
        PRACTICE = "practice", _("Practise it")
        CORRECT_NOW = "correct_now", _("Put it right, gently")

    class Made(models.TextChoices):
        ENGINE = "engine", _("by the rules")
        CANDIDATE = "candidate", _("by you")
        COACH = "coach", _("by your coach")

    mistake = models.ForeignKey(Mistake, models.CASCADE, related_name="decisions")
    action = models.CharField(max_length=16, choices=Action)
    also = ArrayField(models.CharField(max_length=16, choices=Action), default=list, blank=True)
    facts = models.JSONField()
    reasons = models.JSONField(default=list, help_text="Code, text, stance and strength of each reason.")
    rule = models.PositiveSmallIntegerField(null=True)
    needs_coach = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)
    act_within_hours = models.FloatField(null=True)
    policy_version = models.PositiveIntegerField()
    made = models.CharField(max_length=10, choices=Made, default=Made.ENGINE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    message = models.TextField(blank=True, help_text="What the coach wrote to a change.")
    is_current = models.BooleanField(default=True)
    accepted_at = models.DateTimeField(null=True, blank=True, help_text="Done with it: the candidate agreed.")
    disputed_at = models.DateTimeField(null=True, blank=True, help_text="Not so sure.")
    answer_by = models.DateTimeField(null=True, blank=True)

    objects = TriageDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mistake"], condition=Q(is_current=True), name="decision_one_current_per_mistake"
            ),
        ]

    def _texts(self, stance):
        return [reason["text"] for reason in self.reasons if reason["stance"] == stance]

    @property
    def why(self):
        return self._texts("rule")

    @property
    def reasons_for(self):
        return self._texts("for")

    @property
    def reasons_against(self):
        return self._texts("against")
