"""What the pump does for the waiting list at every pass, from rows alone: end what is over, and offer what has become free."""

import logging
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from accounts.records import Conflict, Refused, move
from coaching import waitlist
from coaching.models import Booking, MockSlot, WaitlistEntry
from coaching.services import bookings
from coaching.services.line import Line
from coaching.services.waitlist import end
from followups import reminders

logger = logging.getLogger(__name__)
Status = WaitlistEntry.Status
MOST_SLOTS = 500
# Who may not book after all is passed over, and the next is looked for; so many times in one pass.
ROUNDS = 5


def look(now):
    """One look at the line at `now`; how many slots were offered. Run once or by two pumps at a time: nobody is asked twice."""
    line = Line(now)
    if not line.entries:
        return 0
    in_line = []
    for entry in line.entries:
        try:
            stays = not _ended(entry, line, now) and not _rests(entry, line, now)
        except (Conflict, DatabaseError) as error:
            logger.warning("waitlist_failed error=%s", type(error).__name__)
            continue
        if stays:
            in_line.append(line.waiting(entry))
    return _offer_all(free_slots(in_line, now), in_line, {entry.pk: entry for entry in line.entries}, now)


def free_slots(in_line, now):
    """What those in line could be asked about: free, within their days, and free only since the first of them waits."""
    if not in_line:
        return []
    ended = Booking.objects.filter(slot=OuterRef("pk")).exclude(status__in=Booking.LIVE).order_by()
    last = Subquery(ended.values("slot").annotate(at=Max("updated_at")).values("at"))
    rows = (
        MockSlot.objects.free(now)
        .filter(
            starts_at__gte=min(waiting.opens_at for waiting in in_line),
            starts_at__lt=max(waiting.closes_at for waiting in in_line),
        )
        .annotate(free_since=Greatest("updated_at", Coalesce(last, "updated_at")))
        .filter(free_since__gt=min(waiting.since for waiting in in_line))
        .order_by("starts_at", "id")
    )
    return [
        waitlist.Free(slot.pk, slot.coach_id, slot.starts_at, slot.ends_at, slot.free_since)
        for slot in rows[:MOST_SLOTS]
    ]


def _offer_all(free, in_line, entries, now):
    """Everybody who is first for something is asked; whom a rule forbids it is passed over for this slot, not for others."""
    slots = {slot.pk: slot for slot in MockSlot.objects.select_related("coach").filter(pk__in=[s.key for s in free])}
    notice, made = timedelta(hours=settings.BOOKING_NOTICE_HOURS), 0
    for _round in range(ROUNDS):
        asked_again = False
        for found in waitlist.offers(free, in_line, now=now, notice=notice):
            slot, waiting = slots[found.slot.key], found.waiting
            try:
                bookings.keep(slot, entry=entries[waiting.key], until=found.kept_until, now=now)
            except Refused:
                in_line = [_not_about(found.slot, other) if other.key == waiting.key else other for other in in_line]
                asked_again = True
                continue
            except (Conflict, DatabaseError) as error:
                logger.info("waitlist_offer_lost error=%s", type(error).__name__)
            else:
                made += 1
            free = [other for other in free if other.key != slot.pk]
            in_line = [other for other in in_line if other.key != waiting.key]
        if not asked_again:
            break
    return made


def _not_about(slot, waiting):
    return replace(waiting, asked=waiting.asked | {(slot.key, slot.starts_at)})


def _ended(entry, line, now):
    """Whether this place is over: closed account, a session she has settled since, or days that have gone by."""
    if not (entry.candidate.is_active and entry.candidate.is_candidate):
        return end(entry, Status.LEFT, reason="account closed", now=now)
    if any(_is_what_she_waited_for(booking, entry) for booking in line.ahead[entry.candidate_id]):
        return end(entry, Status.BOOKED, now=now)
    if entry.closes_at <= now + timedelta(hours=settings.BOOKING_NOTICE_HOURS):
        return end(entry, Status.OVER, now=now)
    return False


def _is_what_she_waited_for(booking, entry):
    """Settled by her since she waits, within her days, in whatever way: one she asked for, or her coach."""
    return (
        booking.status == Booking.Status.BOOKED
        and booking.confirmed_at is not None
        and booking.confirmed_at >= entry.created_at
        and entry.opens_at <= booking.starts_at < entry.closes_at
    )


def _rests(entry, line, now):
    """Whether others are asked until she gives a sign: after two questions she let pass."""
    if entry.status == Status.RESTING:
        return True
    if line.unanswered(entry) < waitlist.UNANSWERED:
        return False
    with transaction.atomic():
        move(entry, Status.RESTING, reason="two without a word")
        reminders.refresh(entry, now=now)
    return True
