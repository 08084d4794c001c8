"""What coaches propose: an admin says yes, and it can be booked, or no, with a word. The coach hears once of each answer."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Refused, move
from coaching.models import MockSlot, SlotSeries
from coaching.services.locks import places_of
from followups import outbox, reminders

MOST = 500


@dataclass
class Offer:
    """What one coach proposes: series as a whole, and single slots beside them."""

    coach: object
    series: list = field(default_factory=list)
    slots: list = field(default_factory=list)


def offers(user, now):
    """What waits for an answer, coach by coach, the soonest first; three queries."""
    mine = SlotSeries.objects.visible_to(user).filter(status=SlotSeries.Status.PROPOSED)
    found = defaultdict(list)
    for one in mine.select_related("coach").order_by("starts_wall", "id")[:MOST]:
        found[one.coach].append(one)
    singles = (
        MockSlot.objects.visible_to(user)
        .filter(status=MockSlot.Status.PROPOSED, starts_at__gt=now)
        .exclude(series__status=SlotSeries.Status.PROPOSED)
        .select_related("coach")
        .order_by("coach__name", "coach_id", "starts_at", "id")[:MOST]
    )
    rows = {coach: Offer(coach, series=series) for coach, series in found.items()}
    for coach, slots in groupby(singles, key=lambda slot: slot.coach):
        rows.setdefault(coach, Offer(coach)).slots = list(slots)
    return sorted(rows.values(), key=lambda offer: offer.coach.get_full_name())


def accept(*, by, slots=(), series=(), now=None):
    """Open what was proposed; the number of slots that can be booked now. What was answered meanwhile is left as it is."""
    return _answer(by=by, slots=slots, series=series, word="", accepts=True, now=now)


def decline(*, by, word, slots=(), series=(), now=None):
    """Say no, with a word for the coach; the number of slots that are gone."""
    word = word.strip()[:200]
    if not word:
        raise Refused(_("Say in a line why: the coach reads it."), field="word")
    return _answer(by=by, slots=slots, series=series, word=word, accepts=False, now=now)


def _answer(*, by, slots, series, word, accepts, now):
    now = now or timezone.now()
    slots, series = list(slots), list(series)
    coaches = {one.coach_id: one.coach for one in [*slots, *series]}
    to_slot, to_series = (
        (MockSlot.Status.OPEN, SlotSeries.Status.RUNNING)
        if accepts
        else (MockSlot.Status.WITHDRAWN, SlotSeries.Status.ENDED)
    )
    with places_of(*coaches.values()):
        answered = defaultdict(list)
        for one in SlotSeries.objects.filter(pk__in=[one.pk for one in series], status=SlotSeries.Status.PROPOSED):
            move(one, to_series, by=by)
            slots += list(one.slots.filter(status=MockSlot.Status.PROPOSED))
        waiting = MockSlot.objects.filter(
            pk__in={slot.pk for slot in slots}, status=MockSlot.Status.PROPOSED, starts_at__gt=now
        ).order_by("starts_at", "id")
        for slot in waiting:
            answered[slot.coach_id].append(move(slot, to_slot, by=by))
        for coach_id, rows in answered.items():
            if coach_id != by.pk:
                _tell(coaches[coach_id], rows, by=by, word=word, accepts=accepts)
    return sum(len(rows) for rows in answered.values())


def _tell(coach, rows, *, by, word, accepts):
    first = rows[0]
    message = reminders.compose_unless_muted(
        "slots",
        "slots_answered",
        to=coach,
        context={
            "by": by,
            "word": word,
            "accepts": accepts,
            "number": len(rows),
            "first": first,
            "link": settings.BASE_URL + reverse("slot-list"),
        },
    )
    if message is not None:
        outbox.queue(
            message,
            kind="slots_answered",
            recipient=coach,
            subject=first,
            dedupe_key=f"slots_answered:{first.public_id}:{accepts}",
        )
