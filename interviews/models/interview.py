"""One conversation with one employer, and who may see it."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import when
from accounts.any_of import any_of
from accounts.fields import CleanLineField, WallTimeField, ZoneField
from accounts.models import Engagement, User
from accounts.records import Event, HoldsAddresses, Record
from interviews.finding import fold, terms

MAX_TEXT = 4000


def _any_of(field, ids):
    """`field` is one of these ids. Unlike `__in` this can use an index beside an OR: PostgreSQL fetches the ids first."""
    return any_of(field, ArraySubquery(ids))


class InterviewQuerySet(models.QuerySet):
    def visible_to(self, user, now=None):
        """The single place that says whose interviews a user may see. Being an admin opens none."""
        if not user.is_coach:  # One plain condition: candidates' lists stay an index scan.
            return self.filter(candidate=user)
        shared = Q(shared_with_coach=True) & _any_of("candidate", Engagement.objects.clients_of(user))
        granted = Q(grants__coach=user, grants__ends_at__gt=now or timezone.now(), grants__coach__is_active=True)
        return self.filter(Q(candidate=user) | shared | _any_of("pk", Interview.objects.filter(granted).values("pk")))

    def search(self, text, *, by):
        """Those in whose company, job or people every word of `text` occurs; for a coach also the client's own name."""
        words, people = terms(text), {}
        if words and by.is_coach:
            clients = User.objects.filter(pk__in=Engagement.objects.clients_of(by)).values_list("pk", "name")
            people = {pk: fold(name) for pk, name in clients}
        found = self
        for word in words:
            whose = [pk for pk, name in people.items() if word in name]
            found = found.filter(Q(found_by__contains=word) | Q(candidate__in=whose))
        return found

    def showing(self, which, *, now, zone):
        """One of the `Show` kinds; anything else shows all. `zone` says where the month begins."""
        show = Interview.Show
        if which == show.MONTH:
            first = when.to_wall(now, zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
            following = (first + timedelta(days=31)).replace(day=1)
            month = (when.to_instant(first, zone), when.to_instant(following, zone))
            return self.filter(ends_at__gte=month[0], ends_at__lt=month[1])
        narrowed = {
            show.PLANNED: Q(status=Interview.Status.PLANNED),
            show.OPEN: Q(status=Interview.Status.HELD, closed_at=None),
            show.CLOSED: Q(closed_at__isnull=False),
            show.NEXT_ROUND: Q(outcome=Interview.Outcome.NEXT_ROUND),
            show.OFFER: Q(outcome=Interview.Outcome.OFFER),
            show.NO: Q(outcome=Interview.Outcome.REJECTED),
        }
        return self.filter(narrowed.get(which, Q()))


class Interview(HoldsAddresses, Record):
    """One conversation with one employer. Wall time and zone are what people said; the instants are derived from them."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", pgettext_lazy("interview", "held")
        CANCELLED = "cancelled", pgettext_lazy("interview", "cancelled")
        MISSED = "missed", pgettext_lazy("interview", "missed")

    MOVES = {
        "planned": {"held", "cancelled", "missed"},
        "held": {"cancelled"},
        "cancelled": {"planned"},
        "missed": {"planned"},
    }

    class Outcome(models.TextChoices):
        NONE = "none", _("not heard yet")
        NEXT_ROUND = "next_round", _("next round")
        OFFER = "offer", _("an offer")
        REJECTED = "rejected", _("a no")
        WITHDRAWN = "withdrawn", _("I withdrew")
        CLOSED = "closed", pgettext_lazy("interview", "closed")

    class Show(models.TextChoices):
        """What a list can be narrowed to."""

        PLANNED = "planned", _("Still to come")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        MONTH = "month", _("This month")
        NEXT_ROUND = "next-round", _("Next round")
        OFFER = "offer", _("An offer")
        NO = "no", _("A no")

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interviews")
    company = CleanLineField(_("company"), max_length=80)
    role_title = CleanLineField(_("job title"), max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.HELD)
    zone = ZoneField(_("time zone"))
    country = models.CharField(max_length=2, blank=True, help_text="Decides which days are the weekend.")
    starts_wall = WallTimeField(_("start"), null=True, blank=True)
    ends_wall = WallTimeField(_("end"))
    starts_at = models.DateTimeField(null=True, editable=False)
    ends_at = models.DateTimeField(editable=False)
    decision_on = models.DateField(_("they decide on"), null=True, blank=True)
    decision_time = models.TimeField(_("at"), null=True, blank=True)
    contact_prohibited = models.BooleanField(
        _("they asked not to be contacted"),
        default=False,
        help_text=_("Or the advert says that canvassing disqualifies, as many public posts do."),
    )
    one_note_to_panel = models.BooleanField(
        _("one note to the whole panel"),
        default=False,
        help_text=_("Custom in some countries, and kinder to panels over three."),
    )
    previous = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="next_rounds", verbose_name=_("earlier round")
    )
    shared_with_coach = models.BooleanField(_("my coach can read this interview"), default=False)
    notes = models.TextField(_("notes"), blank=True, validators=[MaxLengthValidator(MAX_TEXT)])
    went_well = models.TextField(_("what went well"), blank=True, validators=[MaxLengthValidator(MAX_TEXT)])
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.NONE)
    outcome_at = models.DateTimeField(null=True, blank=True)
    not_heard_at = models.DateTimeField(
        null=True, blank=True, help_text="When she answered “not heard yet”: asked once more a week later."
    )
    ask_outcome = models.BooleanField(default=True, help_text="False: she does not want to be asked.")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When the last thing about it was done.")
    invitation_uid = models.CharField(
        max_length=255, blank=True, help_text="UID of the calendar invitation it came from, by which updates find it."
    )
    invitation_sequence = models.PositiveIntegerField(default=0, help_text="SEQUENCE of the last one taken over.")
    found_by = models.TextField(
        default="",
        db_default="",
        blank=True,
        editable=False,
        help_text="Company, job and people, folded for the search.",
    )

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview")
        constraints = [
            models.CheckConstraint(
                name="interview_ends_after_start",
                condition=Q(starts_wall=None) | Q(ends_wall__gt=F("starts_wall")),
                violation_error_message=_("The interview ends before it starts."),
            ),
            models.CheckConstraint(
                name="interview_outcome_has_its_time",
                condition=Q(outcome="none", outcome_at=None) | (~Q(outcome="none") & Q(outcome_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="interview_not_its_own_round", condition=Q(previous=None) | ~Q(previous=F("pk"))
            ),
            models.UniqueConstraint(
                fields=["candidate", "invitation_uid"],
                condition=~Q(invitation_uid=""),
                name="interview_one_per_invitation",
                violation_error_message=_("You have logged this invitation already."),
            ),
        ]
        indexes = [
            models.Index("candidate", F("ends_at").desc(), F("id").desc(), name="interview_for_list"),
            models.Index(
                fields=["addresses_look_at"], condition=Q(addresses_forgotten_at=None), name="interview_addresses_look"
            ),
            models.Index(
                fields=["ends_at"],
                condition=Q(addresses_look_at=None, addresses_forgotten_at=None),
                name="interview_addresses_new",
            ),
            # What became too late since a moment, and what is decided about these days (followups.services.sweep).
            models.Index(fields=["ends_at"], name="interview_by_end"),
            models.Index(fields=["decision_on"], condition=Q(decision_on__isnull=False), name="interview_decided_on"),
            GinIndex(fields=["found_by"], opclasses=["gin_trgm_ops"], name="interview_found_by"),
        ]

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is None or {"company", "role_title"} & set(update_fields):
            self.found_by = self.words_to_find()
            update_fields = update_fields and {*update_fields, "found_by"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def begins_at(self):
        """Its start; its end, where nobody has said yet when it starts."""
        return self.starts_at or self.ends_at

    def words_to_find(self, people=None):
        """What a search looks through: see `finding.fold`. `people` are the names of those who were there, if at hand."""
        if people is None:
            people = self.interviewers.values_list("name", flat=True) if self.pk else ()
        return fold("\n".join([self.company, self.role_title, *people]))


class InterviewEvent(Event):
    subject = models.ForeignKey(Interview, models.CASCADE, related_name="events")


class InterviewGrant(models.Model):
    """Sight of one interview beyond an engagement, with an end: somebody brought it to the drop-in desk."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="grants")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    ends_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "coach"], name="interview_grant_one_per_coach")]

    def __str__(self):
        return "interview grant"


class OfInterviewQuerySet(models.QuerySet):
    """Rows that belong to an interview are seen by whoever sees the interview."""

    def visible_to(self, user):
        return self.filter(interview__in=Interview.objects.visible_to(user))
