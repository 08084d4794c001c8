"""Addresses of people who have no account here are forgotten some time after the outcome, and she is told before.

Of an interview: those of the people met and of its notes and mails; of a referee: once no interview keeps it. Rows carry
the moment of the next look in an indexed column, so that a pass which finds nothing costs two seeks in an index.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import when
from accounts.models import User
from followups import keeping, reminders
from followups.models import OutboundEmail, Referee, Reminder, ThankYouNote
from followups.services.facts import decision_instant
from interviews.models import Interview

logger = logging.getLogger(__name__)
A_PASS = 100
HELD_BY_QUIET_HOURS = timedelta(days=1)
CLOSE_OF_BUSINESS = time(17)
OPEN_ENDED = (Interview.Outcome.NONE, Interview.Outcome.NEXT_ROUND)


@dataclass(frozen=True)
class Announced:
    """What goes at `forget_at`: `number` addresses of an interview or of a referee."""

    record: Interview | Referee
    forget_at: datetime
    number: int

    @property
    def interview(self):
        return self.record if isinstance(self.record, Interview) else None

    @property
    def referee(self):
        return self.record if isinstance(self.record, Referee) else None


def forget_due(now=None, *, limit=A_PASS):
    """Announce what is to be forgotten in two weeks, and forget what was announced; the number of records looked at."""
    now = now or timezone.now()
    since = now - max(timedelta(days=settings.AFTERWORD_FORGET_ADDRESSES_DAYS) - keeping.NOTICE, timedelta(0))
    looked = 0
    for model, began in ((Interview, "ends_at"), (Referee, "created_at")):
        for due in (Q(addresses_look_at__lte=now), Q(addresses_look_at=None, **{f"{began}__lte": since})):
            ids = model.objects.filter(due, addresses_forgotten_at=None).values_list("pk", flat=True)[:limit]
            looked += sum(_look(model, pk, now) for pk in list(ids))
    return looked


@transaction.atomic
def _look(model, pk, now):
    record = model.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk=pk).first()
    if record is None:
        return 0
    moment, announced = _moment(record), record.addresses_forget_at
    if announced and announced <= now and moment <= now and _was_told(record, now):
        _forget(record, now)
    elif announced and announced > now:
        _save(record, addresses_look_at=announced)
    elif moment - keeping.NOTICE > now:
        may_come_sooner = isinstance(record, Referee) or record.outcome in OPEN_ENDED
        days = settings.AFTERWORD_FORGET_ADDRESSES_DAYS
        look = keeping.next_look(moment, now, may_come_sooner=may_come_sooner, days=days)
        _save(record, addresses_forget_at=None, addresses_look_at=look)
    elif not _addresses_of(record):
        _save(record, addresses_forget_at=None, addresses_look_at=now, addresses_forgotten_at=now)
    else:
        forget_at = keeping.announced_for(moment, now)
        _save(record, addresses_forget_at=forget_at, addresses_look_at=forget_at)
    if record.addresses_forget_at != announced:
        # `reminders` knows kinds by the class of what they are about.
        reminders.refresh(User.objects.get(pk=record.candidate_id), now=now)
    return 1


def _was_told(record, now):
    """Whether the notice left two weeks ago, or she wants none. After an outage it is sent first, and the two weeks begin."""
    if not record.candidate.is_active:
        return True
    notice = Reminder.objects.filter(
        kind="addresses", recipient=record.candidate_id, occurrence=day_of(record.addresses_forget_at)
    ).first()
    if notice is None or notice.status == Reminder.Status.WAITING:
        return False
    if notice.status == Reminder.Status.SENT:
        return notice.sent_at <= now - keeping.NOTICE + HELD_BY_QUIET_HOURS
    return notice.events.filter(reason__in=["muted", "coalesced"]).exists()


def day_of(forget_at):
    """Names the notice of all that goes on one day."""
    return f"{forget_at:%Y%m%d}"


def _moment(record):
    days = settings.AFTERWORD_FORGET_ADDRESSES_DAYS
    if isinstance(record, Referee):
        interviews = Interview.objects.filter(referee_briefs__referee=record).distinct()
        return keeping.of_referee(
            added_at=record.created_at,
            used=[_moment(interview) for interview in interviews],
            kept_until=record.addresses_kept_until,
            days=days,
        )
    return keeping.of_interview(
        ended_at=record.ends_at,
        decision_at=_decision_of(record),
        ended_with_outcome_at=None if record.outcome in OPEN_ENDED else record.outcome_at,
        kept_until=record.addresses_kept_until,
        days=days,
    )


def _decision_of(interview):
    if interview.decision_on is None:
        return None
    day = datetime.combine(interview.decision_on, CLOSE_OF_BUSINESS)
    return decision_instant(interview) or when.to_instant(day, interview.zone)


def _addresses_of(record):
    """Different addresses, as a set."""
    if isinstance(record, Referee):
        return {record.email.lower()} - {""}
    people = record.interviewers.values_list("email", flat=True)
    notes = record.thank_you_notes.values_list("to_email", flat=True)
    return {address.lower() for address in (*people, *notes)} - {""}


def _forget(record, now):
    """Empty every column with an address, and the mails to them that are over."""
    number = len(_addresses_of(record))
    if isinstance(record, Referee):
        Referee.objects.filter(pk=record.pk).update(email="", updated_at=now)
        record.briefs.exclude(sent_to="").update(sent_to="", updated_at=now)
        _scrub(record.briefs.all(), now)
    else:
        record.interviewers.exclude(email="").update(email="", updated_at=now)
        over = record.thank_you_notes.exclude(status__in=[ThankYouNote.Status.SCHEDULED, ThankYouNote.Status.SENDING])
        over.exclude(to_email="").update(to_email="", updated_at=now)
        _scrub(record.thank_you_notes.all(), now)
    _save(record, addresses_forget_at=None, addresses_look_at=now, addresses_forgotten_at=now)
    logger.info("addresses_forgotten of=%s number=%s", record._meta.model_name, number)


def _scrub(rows, now):
    """What the outbox still holds of mails that are over; most is gone after thirty days."""
    mails = OutboundEmail.objects.filter(
        subject_type=rows.model._meta.label_lower,
        subject_id__in=rows.values("public_id"),
        status__in=OutboundEmail.FINAL,
        scrubbed_at=None,
    )
    mails.update(to_address_encrypted=None, message_encrypted=None, scrubbed_at=now)


def _save(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    type(record).objects.filter(pk=record.pk).update(**fields)


def announced_to(user, now):
    """What goes next of hers, the soonest first."""
    records = [
        *Interview.objects.filter(candidate=user, addresses_forget_at__gt=now),
        *Referee.objects.filter(candidate=user, addresses_forget_at__gt=now),
    ]
    found = [Announced(record, record.addresses_forget_at, len(_addresses_of(record))) for record in records]
    return sorted((each for each in found if each.number), key=lambda each: each.forget_at)


@transaction.atomic
def keep(user, *, by, now=None):
    """Keep everything that was announced as long again; the number of records."""
    now = now or timezone.now()
    longer = timedelta(days=settings.AFTERWORD_FORGET_ADDRESSES_DAYS)
    kept = 0
    for model in (Interview, Referee):
        announced = model.objects.filter(candidate=user, addresses_forget_at__isnull=False)
        for record in announced.select_for_update(of=("self",), no_key=True).order_by("pk"):
            until = record.addresses_forget_at + longer
            look = keeping.next_look(until, now, may_come_sooner=False, days=longer.days)
            _save(record, addresses_kept_until=until, addresses_forget_at=None, addresses_look_at=look)
            kept += 1
    reminders.refresh(User.objects.get(pk=user.pk), now=now)
    return kept


def seen_again(interview, *, now=None):
    """An address was written into an interview whose addresses were forgotten: it is new, and counts from now."""
    if interview.addresses_forgotten_at is None or not _addresses_of(interview):
        return
    now = now or timezone.now()
    longer = timedelta(days=settings.AFTERWORD_FORGET_ADDRESSES_DAYS)
    look = keeping.next_look(now + longer, now, may_come_sooner=False, days=longer.days)
    _save(
        interview,
        addresses_forgotten_at=None,
        addresses_forget_at=None,
        addresses_kept_until=now + longer,
        addresses_look_at=look,
    )
