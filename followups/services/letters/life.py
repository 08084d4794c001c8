"""The life of a letter in her name, from her word that it may go to its fate: the rules that hold for every noun.

A noun's module has a subclass with what differs, and names its verbs after it (`schedule_note = LIFE.schedule`).
"""

from abc import abstractmethod
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Conflict, Refused
from followups import outbox
from followups.models import OutboundEmail
from followups.services.letters.following import WAITING, FollowsItsMail

A_MOMENT = timedelta(minutes=2)
MOMENTS_AHEAD = timedelta(minutes=5)


class BetterChanged(Refused):
    """The check found something better changed: asked once more before it goes. `findings` says what."""

    def __init__(self, findings):
        super().__init__(_("Something in it is better changed before it goes."), field="despite_findings")
        self.findings = findings


def moved_on(record):
    return Conflict(
        _("This has moved on in the meantime: it is “%(state)s” now.") % {"state": record.get_status_display()}
    )


def _on_its_way():
    return Conflict(_("It is on its way already, so it cannot be taken back."))


@dataclass(frozen=True, slots=True)
class Moment:
    """When a letter shall go: a time on a wall, its zone, and the instant they make."""

    wall: datetime
    zone: str
    at: datetime

    @classmethod
    def on_wall(cls, wall, zone):
        try:
            return cls(wall, zone, when.to_instant(wall.replace(tzinfo=None), zone))
        except (when.UnknownZone, ValueError):
            raise Refused(_("This date cannot be right."), field="send_wall") from None

    @classmethod
    def of(cls, at, zone):
        return cls(when.to_wall(at, zone), zone, at)


class LetterLife(FollowsItsMail):
    """Her word on it. First what each noun says for itself, then what holds for all."""

    by_self: str  # the state in which she has told it herself
    changed: str  # in words: the text is another by now
    there_already: str  # in words: there is another to the same person

    @abstractmethod
    def zone_of(self, record):
        """The zone in which its reader lives, as far as we know."""

    @abstractmethod
    def suggested_at(self, record, now):
        """When it had best go."""

    def earliest(self, record, now):
        """Before then it does not go, not even “now”."""
        return now

    @abstractmethod
    def check_can_go(self, record, send_at, now):
        """Refuse, with the reason, what Afterword cannot send at that time."""

    @abstractmethod
    def findings_of(self, record, now):
        """What she is asked about once before it goes."""

    @abstractmethod
    def put_in_outbox(self, record, letter, moment, *, findings, by, now, reason=""):
        """Approve this letter for that moment; by `queue`, with what is the noun's own."""

    @abstractmethod
    def again(self, record, moment, *, by, now):
        """Send once more what may not have arrived, because she asks for it."""

    @abstractmethod
    def check_by_self(self, record, at):
        """Refuse that she has told it herself at that time."""

    # Her word

    @transaction.atomic
    def schedule(self, record, *, send_wall, send_zone, by, despite_findings=False, seen_hash="", now=None):
        """Approve exactly this letter for a wall time in a zone, and queue it.

        Raises BetterChanged if the check finds something and `despite_findings` is not set, Conflict if it has moved on or,
        with `seen_hash`, is not what she saw, Refused for what cannot be sent.
        """
        now = now or timezone.now()
        moment = Moment.on_wall(send_wall, send_zone)
        record = self.locked(record)
        if record.status not in self.model.EDITABLE:
            raise moved_on(record)
        return self.approve(record, moment, by=by, now=now, despite_findings=despite_findings, seen_hash=seen_hash)

    def send_now(self, record, *, by, despite_findings=False, seen_hash="", now=None):
        """Schedule it for a moment from now, so that she can take it back (settings.UNDO_SECONDS)."""
        now = now or timezone.now()
        at = max(now + timedelta(seconds=settings.UNDO_SECONDS), self.earliest(record, now))
        zone = self.zone_of(record)
        return self.schedule(
            record,
            send_wall=when.to_wall(at, zone),
            send_zone=zone,
            by=by,
            despite_findings=despite_findings,
            seen_hash=seen_hash,
            now=now,
        )

    def approve(self, record, moment, *, by, now, despite_findings, seen_hash="", reason=""):
        """Approve it as it stands now, after all that could be against it. Call it with the record locked."""
        self.check_can_go(record, moment.at, now)
        letter = self.letter_of(record)
        if seen_hash and seen_hash != letter.hash:
            raise Conflict(self.changed)
        findings = self.findings_of(record, now)
        if findings and not despite_findings:
            raise BetterChanged(findings)
        return self.put_in_outbox(record, letter, moment, findings=findings, by=by, now=now, reason=reason)

    def queue(self, record, letter, moment, *, by, now, reason, useless_after, body="", is_secret=False, **fields):
        """Approve and queue in one. `body`: what goes instead, where she must not see all of it; `fields` are the noun's own."""
        self.move(
            record,
            "scheduled",
            by=by,
            reason=reason,
            now=now,
            send_wall=moment.wall,
            send_zone=moment.zone,
            send_at=moment.at,
            approved_hash=letter.hash,
            approved_at=now,
            failure="",
            round=record.round + 1,
            **fields,
        )
        outbox.queue(
            replace(letter, body=body or letter.body).as_message(),
            kind=self.kind,
            urgency=OutboundEmail.Urgency.LETTER,
            to_third_party=True,
            sender=record.candidate,
            subject=record,
            due_at=moment.at,
            useless_after=useless_after,
            dedupe_key=self.key_of(record),
            content_hash=letter.hash,
            is_secret=is_secret,
        )
        return record

    def check_not_past(self, send_at, now):
        if send_at < now - A_MOMENT:
            raise Refused(_("That moment has passed. Choose a later one, or send it now."), field="send_wall")

    @transaction.atomic
    def unschedule(self, record, *, by=None, reason="", now=None):
        """Take a letter back: it is a draft again. Raises Conflict if it is on its way already."""
        # The mail first: the pump takes its row first too. Its follower makes the record a draft.
        outbox.cancel(record, kind=self.kind, by=by, reason=reason or "taken_back")
        record = self.locked(record)
        if record.status == "scheduled":
            # No mail waits any more, or it has been lost: nothing will go.
            if self.mail_of(record, "handing_over", "sent", "unknown"):
                raise _on_its_way()
            self.move(record, "draft", by=by, reason=reason or "taken_back", now=now)
        elif record.status != "draft":
            raise _on_its_way()
        return record

    @transaction.atomic
    def told_by_self(self, record, *, by, at=None, now=None):
        """She has sent or told it herself at `at` (default: now). A letter still waiting here is taken back."""
        now = now or timezone.now()
        at = at or now
        if at > now + MOMENTS_AHEAD:
            raise Refused(_("That moment is still to come."), field="at")
        self.check_by_self(record, at)
        self._settle(record, by=by, reason=self.by_self, now=now)
        return self.move(self.locked(record), self.by_self, by=by, now=now, sent_at=at, failure="")

    @transaction.atomic
    def skip(self, record, *, by=None, reason="", now=None):
        """Leave it. It can be taken up again."""
        self._settle(record, by=by, reason=reason or "skipped", now=now)
        return self.move(self.locked(record), "skipped", by=by, reason=reason, now=now)

    def _settle(self, record, *, by, reason, now):
        """Whatever letter of it waits or hangs in the balance: it is not to go any more."""
        record = self.model.objects.get(pk=record.pk)
        if record.status in WAITING:
            self.unschedule(record, by=by, reason=reason, now=now)
        elif record.status == "unknown" and (row := self.mail_of(record, "unknown")):
            outbox.resolve_unknown(row, by=by, arrived=False)

    @transaction.atomic
    def reopen(self, record, *, by, now=None):
        """Take up again what was left, or was marked as told by mistake."""
        try:
            with transaction.atomic():
                return self.move(self.locked(record), "draft", by=by, reason="reopened", now=now, sent_at=None)
        except IntegrityError:
            raise Conflict(self.there_already) from None

    @transaction.atomic
    def resolve_unknown(self, record, choice, *, by, now=None):
        """Her answer to "we can't see whether it arrived": leave it, own (she has told it herself), or again."""
        now = now or timezone.now()
        row = self.mail_of(record, "unknown")
        if record.status != "unknown" or row is None:
            raise moved_on(record)
        if choice == "own":
            return self.told_by_self(record, by=by, now=now)
        if choice not in ("leave", "again"):
            raise Refused(_("Choose one of the answers."), field="choice")
        outbox.resolve_unknown(row, by=by, arrived=choice == "leave")
        record = self.locked(record)
        if choice == "again":
            at = now + timedelta(seconds=settings.UNDO_SECONDS)
            return self.again(record, Moment.of(at, self.zone_of(record)), by=by, now=now)
        if record.status == "unknown":
            self.move(record, "sent", by=by, reason="left", now=now, sent_at=row.handed_over_at or now)
        return record
