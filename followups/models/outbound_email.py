"""Every mail is first a row, written in the transaction that causes it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.records import Event, Record


class OutboundEmailQuerySet(models.QuerySet):
    def visible_to(self, user):
        """She sees the life of her own letters; admins see class, state, code and time of every row, never content."""
        return self if user.is_admin else self.filter(sender=user)

    def letters_of(self, user):
        """What went out, or is to go, in this person's name. Being an admin adds nothing here."""
        return self.filter(sender=user, to_third_party=True)

    def for_list(self):
        return self.order_by("-due_at", "-id")

    def due_between(self, begin, end):
        """Those that should have been handed over then; by the index of that moment."""
        moment = Coalesce("deliver_at", "due_at")
        return self.alias(moment=moment).filter(moment__gte=begin, moment__lt=end)


class OutboundEmail(Record):
    """One mail to one recipient. The row is the truth; Celery and SMTP only act on it (followups/outbox)."""

    class Status(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("mail", "waiting")
        CLAIMED = "claimed", _("picked up")
        HANDING_OVER = "handing_over", _("being handed over")
        SENT = "sent", _("accepted by the mail server")
        FAILED = "failed", _("not sent")
        UNKNOWN = "unknown", _("cannot be seen")
        CANCELLED = "cancelled", _("cancelled")
        SUPPRESSED = "suppressed", _("not wanted")

    MOVES = {
        "queued": {"claimed", "cancelled", "suppressed", "failed", "unknown"},
        "claimed": {"handing_over", "queued", "cancelled", "suppressed", "failed"},
        "handing_over": {"sent", "queued", "failed", "unknown"},
        "unknown": {"sent", "cancelled", "failed"},
        "failed": {"queued"},
        "cancelled": set(),
        "suppressed": set(),
        "sent": set(),
    }
    FINAL = ("sent", "failed", "unknown", "cancelled", "suppressed")

    class Urgency(models.IntegerChoices):
        ACCOUNT = 0, _("account and security")
        LETTER = 1, _("letter to a third party")
        DEADLINE = 2, _("reminder with a deadline")
        ROUTINE = 3, _("everything else")

    kind = models.CharField(
        max_length=40, help_text="What it is, e.g. note, account, reminder; names the guard that is asked."
    )
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.ROUTINE)
    to_third_party = models.BooleanField(
        default=False, help_text="At most once by the machine; otherwise at least once."
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", help_text="In whose name."
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", help_text="The person, if one of ours."
    )
    to_address_encrypted = models.BinaryField(null=True)
    to_address_hash = models.CharField(max_length=64, db_index=True)
    message_encrypted = models.BinaryField(null=True, help_text="The finished message; empty once scrubbed.")
    content_hash = models.CharField(max_length=64, blank=True, help_text="Of what was approved; a guard compares it.")
    is_secret = models.BooleanField(
        default=False, help_text="Scrubbed as soon as it is final: account mail, one-time links."
    )
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    dedupe_key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 -- NULL means "never a duplicate"
    status = models.CharField(max_length=12, choices=Status, default=Status.QUEUED)
    due_at = models.DateTimeField(
        help_text="Not before; a retry moves `next_try_at`, never this: lateness is measured from it."
    )
    deliver_at = models.DateTimeField(
        null=True,
        help_text="The moment it should be handed over, where that is not `due_at`: the end of quiet hours, or a person's second try.",
    )
    next_try_at = models.DateTimeField()
    useless_after = models.DateTimeField(null=True, help_text="A retry past this moment gives up.")
    ignores_quiet_hours = models.BooleanField(default=False)
    claim_id = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=12, blank=True, help_text="How far the last SMTP conversation came.")
    code = models.PositiveSmallIntegerField(null=True, help_text="The last SMTP answer.")
    error = models.CharField(max_length=60, blank=True, help_text="A class of error, never its text.")
    handed_over_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    scrubbed_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True, help_text="When it came back after the server had accepted it.")
    bounce_code = models.CharField(max_length=12, blank=True, help_text="Why, as a status code of RFC 3463.")

    objects = OutboundEmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        constraints = [
            models.CheckConstraint(
                name="outbound_email_claim_has_lease",
                condition=~Q(status__in=["claimed", "handing_over"])
                | Q(claim_id__isnull=False, lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="outbound_email_sent_has_answer",
                condition=~Q(status="sent") | Q(sent_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["urgency", "next_try_at", "id"], condition=Q(status="queued"), name="outbound_email_due"
            ),
            models.Index(
                fields=["lease_until"],
                condition=Q(status__in=["claimed", "handing_over"]),
                name="outbound_email_leases",
            ),
            models.Index(fields=["subject_type", "subject_id"], name="outbound_email_by_subject"),
            models.Index(fields=["-due_at", "-id"], name="outbound_email_for_list"),
            models.Index(fields=["created_at"], condition=Q(to_third_party=True), name="outbound_email_letters"),
            models.Index(fields=["finished_at"], condition=Q(scrubbed_at=None), name="outbound_email_to_scrub"),
            models.Index(
                fields=["finished_at"],
                condition=Q(to_third_party=False, scrubbed_at__isnull=False),
                name="outbound_email_to_archive",
            ),
            models.Index(
                "sender",
                F("due_at").desc(),
                F("id").desc(),
                condition=Q(to_third_party=True),
                name="outbound_email_letters_of",
            ),
            # States that few rows ever reach: the admin's filters find them, and the busy path does not pay for it.
            models.Index(
                "status",
                F("due_at").desc(),
                F("id").desc(),
                condition=Q(status__in=["failed", "unknown", "cancelled", "suppressed"]),
                name="outbound_email_rare_states",
            ),
            models.Index(
                fields=["finished_at"],
                condition=Q(status__in=["failed", "unknown"]),
                name="outbound_email_trouble",
            ),
            models.Index(
                fields=["-due_at", "-id"], condition=Q(bounced_at__isnull=False), name="outbound_email_bounced"
            ),
            models.Index(Coalesce("deliver_at", "due_at"), name="outbound_email_punctuality"),
            # Sent without the server's yes: none, but what a person has looked up (coaching.invariants, I4).
            models.Index(
                fields=["id"],
                condition=Q(status="sent") & (Q(sent_at=None) | Q(code=None) | Q(code__lt=200) | Q(code__gte=300)),
                name="outbound_email_sent_unseen",
            ),
        ]


class OutboundEmailEvent(Event):
    subject = models.ForeignKey(OutboundEmail, models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        indexes = [
            # Hand-overs whose answer nobody saw: a handful among millions of events.
            models.Index(
                fields=["subject"],
                condition=Q(old="handing_over", new="queued", reason__in=["lost", "lease_over"]) | Q(new="unknown"),
                name="outbound_event_unseen",
            )
        ]
