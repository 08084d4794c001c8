"""Referees: people who have said they will speak for the candidate, and what they are asked to mention."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import AddressField, CleanLineField, WallTimeField, ZoneField
from accounts.records import Event, HoldsAddresses, Record
from interviews.models import Interview, Mistake, OfInterviewQuerySet

MAX_WORDS = 600


class RefereeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(candidate=user)


class Referee(HoldsAddresses, Record):
    """Somebody who can vouch for her when an employer rings. Never asked to cover a false statement."""

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="referees")
    name = CleanLineField(_("name"), max_length=50)
    relation = CleanLineField(_("how you worked together"), max_length=80, blank=True)
    email = AddressField(_("e-mail address"), blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="When she said: I have asked, and they agreed.")
    refused_at = models.DateTimeField(null=True, blank=True, help_text="Asked not to be written to again.")

    objects = RefereeQuerySet.as_manager()

    class Meta:
        verbose_name = _("referee")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                "candidate",
                Lower("email"),
                condition=~Q(email=""),
                name="referee_one_per_address",
                violation_error_message=_("You have somebody with this address already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["addresses_look_at"], condition=Q(addresses_forgotten_at=None), name="referee_addresses_look"
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(addresses_look_at=None, addresses_forgotten_at=None),
                name="referee_addresses_new",
            ),
        ]

    @property
    def has_agreed(self):
        return self.agreed_at is not None


class RefereeBriefQuerySet(OfInterviewQuerySet):
    def for_list(self):
        return self.select_related("interview__candidate", "referee").order_by("-created_at", "-id")


class RefereeBrief(Record):
    """The one thing a referee is asked to mention about one interview; or, afterwards, two lines of thanks."""

    class Kind(models.TextChoices):
        BRIEF = "brief", _("what to mention")
        THANKS = "thanks", _("thanks")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("message", "draft")
        SHARED_BY_SELF = "shared_by_self", _("told by you")
        SCHEDULED = "scheduled", pgettext_lazy("message", "scheduled")
        SENDING = "sending", _("on its way")
        SENT = "sent", pgettext_lazy("message", "sent")
        FAILED = "failed", pgettext_lazy("message", "not sent")
        UNKNOWN = "unknown", _("we can't see whether it arrived")
        SKIPPED = "skipped", pgettext_lazy("message", "left")
        EXPIRED = "expired", _("too late")

    class Answer(models.TextChoices):
        HAPPY = "happy", _("happy to")
        NOT_THIS_ONE = "not_this_one", _("please not this one")
        DO_NOT_WRITE = "do_not_write", _("don't write to me again")

    MOVES = {
        "draft": {"shared_by_self", "scheduled", "skipped", "expired"},
        "scheduled": {"draft", "sending", "shared_by_self", "skipped", "failed", "expired"},
        "sending": {"sent", "failed", "unknown", "scheduled", "draft"},
        "failed": {"draft", "scheduled", "shared_by_self", "skipped", "expired"},
        # It came back after all.
        "unknown": {"sent", "scheduled", "shared_by_self", "failed"},
        "skipped": {"draft"},
        "expired": {"draft"},
        # It came back after the server had accepted it.
        "sent": {"failed"},
        "shared_by_self": {"draft"},
    }
    EDITABLE = ("draft", "failed")
    UNFINISHED = ("draft", "failed", "unknown")
    WAITING = ("scheduled", "sending")
    OUT = ("sent", "shared_by_self")

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="referee_briefs")
    referee = models.ForeignKey(Referee, models.CASCADE, related_name="briefs")
    mistake = models.ForeignKey(Mistake, models.SET_NULL, null=True, blank=True, related_name="referee_briefs")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.BRIEF)
    status = models.CharField(max_length=16, choices=Status, default=Status.DRAFT)
    language = models.CharField(max_length=10, help_text="Of our own words in it: page and pump must write the same.")
    skill = CleanLineField(_("the one skill"), max_length=80, blank=True)
    project = CleanLineField(_("one project that shows it"), max_length=120, blank=True)
    words = models.TextField(
        _("in your words, two sentences at most"), blank=True, validators=[MaxLengthValidator(MAX_WORDS)]
    )
    job = CleanLineField(_("the job"), max_length=160, blank=True)
    who_may_ring = CleanLineField(_("who may ring"), max_length=120, blank=True)
    send_wall = WallTimeField(_("send at"), null=True, blank=True)
    send_zone = ZoneField(_("in the time zone of"), blank=True)
    send_at = models.DateTimeField(null=True, editable=False)
    approved_hash = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_to = AddressField(
        blank=True, editable=False, help_text="Where the last letter went; forgotten like the others."
    )
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When it went, by Afterword or by her own phone.")
    failure = models.CharField(max_length=40, blank=True, help_text="Why it did not go: a code, never content.")
    round = models.PositiveSmallIntegerField(default=0, help_text="Counts letters handed to the outbox.")
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    answer = models.CharField(max_length=14, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True, help_text="When she heard that they had rung.")

    objects = RefereeBriefQuerySet.as_manager()

    class Meta:
        verbose_name = _("referee brief")
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "referee", "kind"],
                condition=~Q(status__in=["skipped", "expired"]),
                name="brief_one_per_referee_and_kind",
                violation_error_message=_("This referee has a brief for this interview already."),
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="brief_one_per_token"),
            models.CheckConstraint(
                name="brief_scheduled_has_its_time",
                condition=~Q(status="scheduled") | (Q(send_at__isnull=False) & ~Q(approved_hash="")),
            ),
            models.CheckConstraint(
                name="brief_gone_has_its_time",
                condition=~Q(status__in=["sent", "shared_by_self"]) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="brief_answer_has_its_time",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(name="brief_answer_came_by_a_link", condition=Q(answer="") | ~Q(token_hash="")),
            models.CheckConstraint(
                name="brief_thanks_ask_for_nothing",
                condition=~Q(kind="thanks") | Q(mistake=None, token_hash="", answer="", called_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["send_at"], condition=Q(status__in=["scheduled", "sending"]), name="brief_under_way_by_time"
            ),
            models.Index(
                fields=["created_at"], condition=Q(status__in=["draft", "failed"]), name="brief_unfinished_by_age"
            ),
            models.Index(fields=["-created_at", "-id"], name="brief_for_list"),
        ]

    @property
    def candidate(self):
        return self.interview.candidate


class BriefEvent(Event):
    """A change of state, or (old and new alike) an answer of the referee, named by the reason."""

    subject = models.ForeignKey(RefereeBrief, models.CASCADE, related_name="events")
