"""A letter in her name follows its mail, and the outbox asks it before each hand-over."""

from abc import ABC, abstractmethod
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.records import Conflict
from accounts.records import move as move_record
from followups import outbox, reminders
from followups.models import OutboundEmail

# The state of a letter by that of its mail.
FOLLOWS = {
    "queued": "scheduled",
    "claimed": "sending",
    "handing_over": "sending",
    "sent": "sent",
    "failed": "failed",
    "suppressed": "failed",
    "cancelled": "draft",
    "unknown": "unknown",
}
WAITING = ("scheduled", "sending")
LATE_BY = timedelta(minutes=2)
A_PASS = 50


class FollowsItsMail(ABC):
    """Its row, its one mail, and the outbox's word on it. First what each noun says for itself, then what holds for all."""

    model: type
    kind: str  # of its mails
    related: tuple[str, ...]  # what is read with it
    page: str  # the name of the address that shows it

    @abstractmethod
    def letter_of(self, record):
        """What its reader would receive now."""

    @abstractmethod
    def title_of(self, record):
        """What she calls it in her list of letters."""

    @abstractmethod
    def against(self, record):
        """Why an approved letter must not go after all, as a code; "" if it may. The guard's last question."""

    @abstractmethod
    def drafts_over(self, now):
        """Drafts of which no use is left, the oldest first."""

    @abstractmethod
    def moved(self, record, *, by, now):
        """What follows elsewhere from a change of its state."""

    @abstractmethod
    def taken_back(self, record, *, by_staff):
        """Somebody else than she took it back: an admin, or the restoring of a backup."""

    @abstractmethod
    def resolve_unknown(self, record, choice, *, by, now=None):
        """Her answer to "we can't see whether it arrived"."""

    def locked(self, record):
        """The record as its row is now, held until the transaction ends.

        Whoever also needs its mail takes the mail's row first: the pump holds that one when it tells the record.
        """
        rows = self.model.objects.select_for_update(of=("self",), no_key=True)
        record.refresh_from_db(from_queryset=rows.select_related(*self.related))
        return record

    def hold(self, records):
        """Hold the mails and rows of these records, in the order in which the pump takes them: mail, record, interview.

        For whoever changes what they are about and then them; without it two could wait for each other. Call it first.
        """
        ids = list(records.filter(status__in=WAITING).values_list("public_id", flat=True))
        mails = OutboundEmail.objects.filter(subject_type=self.model._meta.label_lower, subject_id__in=ids)
        list(mails.order_by("pk").select_for_update(no_key=True).values_list("pk"))
        list(records.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))

    def move(self, record, new, *, by=None, reason="", now=None, **fields):
        """The one way to change its state; what follows and what she is told does so in the same transaction."""
        move_record(record, new, by=by, reason=reason[:60], **fields)
        self.moved(record, by=by, now=now)
        reminders.refresh(record, now=now)
        return record

    def key_of(self, record):
        """Names one letter of a record: a person's “send again” is another one."""
        return f"{self.kind}:{record.public_id}:{record.round}"

    def mail_of(self, record, *statuses):
        """The mail of its current letter, if that is in one of these states."""
        return OutboundEmail.objects.filter(dedupe_key=self.key_of(record), status__in=statuses).first()

    def _subject_of(self, row):
        return self.model.objects.select_related(*self.related).filter(public_id=row.subject_id).first()

    # The outbox's word

    def register(self):
        """Let the outbox ask and tell it."""
        outbox.register_guard(self.kind, self.still_wanted)
        outbox.register_follower(self.kind, self.follow)
        outbox.register_letter(self.kind, titles=self.titles_of, came_back=self.came_back, resolve=self.resolve_letter)
        outbox.register_source(f"{self.kind}s", self.catch_up)

    def still_wanted(self, row):
        """Why this letter must not go now; "" if she still wants exactly this."""
        record = self._subject_of(row)
        if record is None:
            return f"{self.kind}_gone"
        if row.dedupe_key != self.key_of(record) or record.status not in WAITING:
            return "not_approved"
        if not row.content_hash == record.approved_hash == self.letter_of(record).hash:
            return "changed"
        return self.against(record) if record.candidate.is_active else "sender_gone"

    def follow(self, row, old, new):
        """Take over the state of the mail. Its event says who did it and why."""
        record = self._subject_of(row)
        if record is None:
            return
        record = self.locked(record)
        state = FOLLOWS[new]
        if row.dedupe_key != self.key_of(record) or state == record.status or not self._follows(record, state):
            return
        event = row.events.select_related("by").order_by("pk").last()
        fields = {"failure": ""}
        if state == "sent":
            fields["sent_at"] = row.sent_at
        elif state == "failed":
            fields["failure"] = (row.error or event.reason)[:40]
        if record.status == "scheduled" and state in ("sent", "unknown"):
            self.move(record, "sending", reason=event.reason)
        self.move(record, state, by=event.by, reason=event.reason, **fields)
        if state == "draft" and event.by != record.candidate and (event.by or event.reason == "restored"):
            self.taken_back(record, by_staff=event.by is not None)

    def _follows(self, record, state):
        """Only what is under way follows; what she has settled herself stays as it is."""
        if record.status == "scheduled" and state in ("sent", "unknown"):
            return True  # the news that it was under way got lost
        under_way = record.status in (*WAITING, "failed") or (
            record.status == "unknown" and state in ("sent", "failed")
        )
        return under_way and state in self.model.MOVES[record.status]

    def came_back(self, row):
        """The letter came back after the server had accepted it: it did not arrive, and she is told at once."""
        record = self._subject_of(row)
        if record is None:
            return
        record = self.locked(record)
        if row.dedupe_key == self.key_of(record) and record.status == "sent":
            self.move(record, "failed", reason="bounced", failure="bounced", sent_at=None)

    def titles_of(self, rows):
        """What her letters are called, the page of each, and the zone of its reader."""
        records = self.model.objects.filter(public_id__in=[row.subject_id for row in rows])
        by_id = {record.public_id: record for record in records.select_related(*self.related)}
        return {
            row.pk: (
                self.title_of(record),
                reverse(self.page, args=[record.public_id]),
                record.send_zone or record.interview.zone,
            )
            for row in rows
            if (record := by_id.get(row.subject_id))
        }

    def resolve_letter(self, row, choice, *, by):
        """Her answer about a letter of which nobody can see whether it arrived."""
        record = self._subject_of(row)
        if record is None or row.dedupe_key != self.key_of(record):
            raise Conflict(_("This is settled already."))
        self.resolve_unknown(record, choice, by=by)

    def catch_up(self, now):
        """With each pass of the pump: follow mails whose news did not arrive, and put away drafts of which no use is left."""
        late = self.model.objects.filter(status__in=WAITING, send_at__lt=now - LATE_BY)
        for record in late[:A_PASS]:
            row = OutboundEmail.objects.filter(kind=self.kind, dedupe_key=self.key_of(record)).first()
            if row and FOLLOWS[row.status] != record.status:
                self.follow(row, "", row.status)
        for record in self.drafts_over(now)[:A_PASS]:
            self.move(record, "expired", reason="too_late", now=now)
