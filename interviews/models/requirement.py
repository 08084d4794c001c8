"""What the job cannot do without."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import CleanLineField
from accounts.records import Record
from interviews.models.interview import Interview, OfInterviewQuerySet


class Requirement(Record):
    """A must-have: something this job cannot do without."""

    class Coverage(models.TextChoices):
        UNKNOWN = "unknown", _("don't know")
        RAISED = "raised", _("they heard it")
        PARTLY = "partly", _("partly")
        NOT_RAISED = "not_raised", _("it never came up")

    class Suggestion(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("must-have", "taken")
        DECLINED = "declined", _("left as it is")

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="requirements")
    text = CleanLineField(_("must-have"), max_length=120)
    evidence = CleanLineField(_("what shows that you have it"), max_length=200, blank=True)
    coverage = models.CharField(_("heard?"), max_length=12, choices=Coverage, default=Coverage.UNKNOWN)
    suggestion = models.CharField(
        max_length=8,
        choices=Suggestion,
        blank=True,
        editable=False,
        help_text="Her answer to “one thing they did not hear”, which is offered once.",
    )

    objects = OfInterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("must-have")
        ordering = ["id"]
