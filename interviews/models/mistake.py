"""What the candidate thinks went wrong, with her answers about it."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import CleanLineField
from accounts.records import Event, Record
from interviews.models.interview import MAX_TEXT, Interview, OfInterviewQuerySet
from interviews.models.interviewer import Interviewer
from interviews.models.requirement import Requirement

OPEN_MISTAKES = 5


class MistakeQuerySet(OfInterviewQuerySet):
    def live(self):
        return self.filter(status__in=Mistake.LIVE)


class Mistake(Record):
    """Something the candidate thinks went wrong, with her answers. An answer left empty means "not sure" or "not asked"."""

    class Kind(models.TextChoices):
        OMITTED_INFORMATION = "omitted_information", _("I left something out")
        WEAK_ANSWER = "weak_answer", _("I answered badly")
        TECHNICAL_ERROR = "technical_error", _("I got something technical wrong")
        WRONG_FACT = "wrong_fact", _("I gave a wrong fact")
        MISLEADING_CLAIM = "misleading_claim", _("I said something that was not quite true")
        REGRETTED_REMARK = "regretted_remark", _("I said something awkward")
        CONDUCT = "conduct", _("I did something awkward")
        LOGISTICS = "logistics", _("Something went wrong around it")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        DECIDED = "decided", _("decided")
        DONE = "done", _("done")
        LET_GO = "let_go", _("let go")
        DROPPED = "dropped", _("dropped")

    MOVES = {
        "open": {"decided", "let_go", "dropped", "done"},
        "decided": {"open", "done", "let_go", "dropped"},
        "let_go": {"open"},
        "done": {"open"},
        "dropped": {"open"},
    }
    LIVE = ("open", "decided")

    class Noticed(models.TextChoices):
        NO = "no", _("no")
        UNSURE = "unsure", _("not sure")
        YES = "yes", _("yes")

    class YesNoUnknown(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("not sure")

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="mistakes")
    kind = models.CharField(_("what kind of thing was it?"), max_length=20, choices=Kind)
    text = models.TextField(_("what happened, in your words"), validators=[MaxLengthValidator(MAX_TEXT)])
    topic = CleanLineField(_("what were you talking about?"), max_length=120, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    place = models.PositiveSmallIntegerField(
        null=True, editable=False, help_text="1 to 5 while it is live: at most five at a time."
    )
    requirement = models.ForeignKey(
        Requirement, models.SET_NULL, null=True, blank=True, related_name="mistakes", verbose_name=_("which must-have?")
    )
    touches_must_have = models.BooleanField(null=True, blank=True)
    asked_for = models.BooleanField(null=True, blank=True)
    doubt_voiced = models.BooleanField(null=True, blank=True)
    noticed = models.CharField(max_length=8, choices=Noticed, blank=True)
    settled_in_the_room = models.CharField(max_length=8, choices=YesNoUnknown, blank=True)
    hurt_someone = models.BooleanField(null=True, blank=True)
    relied_on = models.CharField(max_length=8, choices=YesNoUnknown, blank=True)
    private_matter = models.BooleanField(null=True, blank=True)
    has_new_information = models.BooleanField(null=True, blank=True)
    correction = models.TextField(_("the two sentences"), blank=True, validators=[MaxLengthValidator(MAX_TEXT)])
    beyond_words = models.BooleanField(_("words cannot repair it"), null=True, blank=True)
    answered = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        help_text="Questions she has answered, “not sure” included.",
    )
    heard_by = models.ManyToManyField(
        Interviewer, blank=True, related_name="heard", help_text=_("Nobody ticked means everybody.")
    )

    objects = MistakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("mistake")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "place"],
                name="mistake_five_live_per_interview",
                violation_error_message=_("Five is enough for one evening. Which of them can you drop?"),
            ),
            models.CheckConstraint(
                name="mistake_live_has_a_place",
                condition=Q(status__in=["open", "decided"], place__range=(1, OPEN_MISTAKES))
                | (~Q(status__in=["open", "decided"]) & Q(place=None)),
            ),
        ]
        indexes = [models.Index(fields=["interview"], condition=Q(status="decided"), name="mistake_decided")]


class MistakeEvent(Event):
    subject = models.ForeignKey(Mistake, models.CASCADE, related_name="events")
