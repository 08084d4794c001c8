"""What she works out before she puts a statement right."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.records import Record
from interviews.models import Mistake

LONGEST = MaxLengthValidator(2000)


class CorrectionPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Hers alone, also where the interview is shared: what is told to anybody is the letter, once it goes."""
        return self.filter(mistake__interview__candidate=user)


class CorrectionPlan(Record):
    """What was said, what is true, and what her papers say; and that she has put it off. Nobody else reads it."""

    class Paper(models.TextChoices):
        TRUE = "true", _("What is true")
        SAID = "said", _("What I said")
        NOTHING = "nothing", _("Nothing")
        UNSURE = "unsure", _("Not sure")

    mistake = models.OneToOneField(Mistake, models.CASCADE, related_name="correction_plan")
    said = models.TextField(_("what you said"), blank=True, validators=[LONGEST])
    truth = models.TextField(_("what is true"), blank=True, validators=[LONGEST])
    cv_says = models.CharField(_("what your CV says"), max_length=8, choices=Paper, blank=True)
    form_says = models.CharField(_("what a form you filled in says"), max_length=8, choices=Paper, blank=True)
    put_off_at = models.DateTimeField(null=True, editable=False)

    objects = CorrectionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction plan")

    @property
    def is_answered(self):
        """Enough to offer the sentence."""
        return bool(self.truth.strip())
