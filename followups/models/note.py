"""Thank-you notes and correction letters: one writer, one map of moves, one event row per change."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField, CleanLineField, WallTimeField, ZoneField
from accounts.records import Event, Record
from interviews.models import Interview, Interviewer, Mistake, OfInterviewQuerySet


class ThankYouNoteQuerySet(OfInterviewQuerySet):
    def for_list(self):
        return self.select_related("interview__candidate", "interviewer").order_by(
            F("due_at").desc(nulls_last=True), "-id"
        )

    def due(self, now):
        return self.filter(status=ThankYouNote.Status.SCHEDULED, send_at__lte=now)


class ThankYouNote(Record):
    """A letter in the candidate's name. Review is a flag on it, never a state that could keep it from going."""

    class Kind(models.TextChoices):
        THANK_YOU = "thank_you", _("thank-you note")
        CORRECTION = "correction", _("correction")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        SENDING = "sending", _("on its way")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        UNKNOWN = "unknown", _("we can't see whether it arrived")
        SENT_BY_SELF = "sent_by_self", _("sent from your own mailbox")
        SKIPPED = "skipped", _("skipped")
        EXPIRED = "expired", _("too late")

    MOVES = {
        "draft": {"scheduled", "sent_by_self", "skipped", "expired"},
        "scheduled": {"draft", "sending", "sent_by_self", "skipped", "failed", "expired"},
        "sending": {"sent", "failed", "unknown", "scheduled", "draft"},
        "failed": {"draft", "scheduled", "sent_by_self", "skipped", "expired"},
        "unknown": {"sent", "scheduled", "sent_by_self", "failed"},
        "skipped": {"draft"},
        "expired": {"draft"},
        # It came back after the server had accepted it.
        "sent": {"failed"},
        "sent_by_self": {"draft"},
    }
    EDITABLE = ("draft", "failed")
    # Out by her own hand, or out of no use: nothing of it waits for a coach.
    OVERTAKEN = ("sent_by_self", "skipped", "expired")
    UNFINISHED = ("draft", "scheduled", "sending", "failed", "unknown")
    GONE = ("sending", "sent", "unknown", "sent_by_self")

    class IfUnreviewed(models.TextChoices):
        SEND = "send", _("send it as I approved it")
        HOLD = "hold", _("keep it until I say so")

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="thank_you_notes")
    interviewer = models.ForeignKey(Interviewer, models.SET_NULL, null=True, blank=True, related_name="thank_you_notes")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.THANK_YOU)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    to_name = CleanLineField(_("to"), max_length=50, blank=True)
    to_email = AddressField(_("e-mail address"), blank=True)
    subject = CleanLineField(_("subject"), max_length=120, blank=True)
    stayed_with_me = models.TextField(_("what stayed with you?"), blank=True, validators=[MaxLengthValidator(2000)])
    like_them_to_know = models.TextField(
        _("what would you like them to know?"), blank=True, validators=[MaxLengthValidator(2000)]
    )
    body = models.TextField(_("the note"), blank=True, validators=[MaxLengthValidator(20000)])
    carries = models.ForeignKey(Mistake, models.SET_NULL, null=True, blank=True, related_name="carried_by")
    send_wall = WallTimeField(_("send at"), null=True, blank=True)
    send_zone = ZoneField(_("in the time zone of"), blank=True)
    send_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    approved_hash = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    despite_findings = models.BooleanField(default=False, help_text="Sent as it is, after one question.")
    review_asked_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    if_unreviewed = models.CharField(max_length=4, choices=IfUnreviewed, default=IfUnreviewed.SEND)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=40, blank=True, help_text="Why it did not go: a code, never content.")
    written_in = models.CharField(
        max_length=16,
        blank=True,
        editable=False,
        help_text="Which open page wrote last: two windows are told apart by it.",
    )
    round = models.PositiveSmallIntegerField(
        default=0, help_text="Counts letters handed to the outbox; a person's “send again” adds one."
    )

    objects = ThankYouNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "interviewer", "kind"],
                name="note_one_per_recipient_and_kind",
                nulls_distinct=False,
                condition=~Q(status__in=["skipped", "expired"]),
                violation_error_message=_("There is a note to this person already."),
            ),
            models.CheckConstraint(
                name="note_scheduled_has_its_time",
                condition=~Q(status="scheduled") | (Q(send_at__isnull=False) & ~Q(approved_hash="")),
            ),
            models.CheckConstraint(
                name="note_sent_has_its_time",
                condition=~Q(status__in=["sent", "sent_by_self"]) | Q(sent_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["send_at"], condition=Q(status__in=["scheduled", "sending"]), name="note_under_way_by_time"
            ),
            models.Index(fields=["due_at"], condition=Q(status__in=["draft", "failed"]), name="note_unwritten_by_due"),
            models.Index("interview", F("due_at").desc(nulls_last=True), F("id").desc(), name="note_for_list"),
        ]

    @property
    def candidate(self):
        return self.interview.candidate

    @property
    def is_unwelcome(self):
        """Whether it goes against what they asked. HR and recruiters may be told what is so all the same."""
        if not self.interview.contact_prohibited:
            return False
        is_for_papers = self.interviewer and self.interviewer.kind in (
            Interviewer.Kind.HR,
            Interviewer.Kind.RECRUITER,
        )
        return not (self.kind == self.Kind.CORRECTION and is_for_papers)


class NoteEvent(Event):
    subject = models.ForeignKey(ThankYouNote, models.CASCADE, related_name="events")
    text_hash = models.CharField(max_length=64, blank=True)

    class Meta(Event.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["at"], condition=Q(new__in=ThankYouNote.OVERTAKEN), name="note_event_overtaken")
        ]


class NoteText(models.Model):
    """An earlier text of a note, kept whenever something else than her typing changes it, so that every click can be undone."""

    KEPT = 10

    note = models.ForeignKey(ThankYouNote, models.CASCADE, related_name="earlier_texts")
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return "earlier text"
