"""A coach is away: one act that looks after slots, sessions and reviews, and proposes another place to everybody who had booked.

Why is asked by nobody and kept nowhere. While it waits (changes.py) nothing has happened yet but that the slots are kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.models import Engagement, User
from accounts.records import Conflict, Refused, move, start
from coaching import proposals
from coaching.models import Booking, CalendarChange, ChangeItem, CoachAbsence, CoachAbsenceEvent, MockSlot
from coaching.proposals import FIRST_WEEK, Place, Session
from coaching.services import changes, handing_on
from coaching.services.changes import Step
from coaching.services.closures import closed_by
from coaching.services.kept import check_present
from coaching.services.locks import places_of
from interviews.models import Interview

LONGEST = timedelta(days=366)
LATEST = timedelta(days=366)
# So many places are reckoned with; who needs more chooses with the candidate.
PLACES = 2000
CHOICES = 12


@dataclass(frozen=True)
class Choice:
    slot: MockSlot
    why: str


@dataclass(frozen=True)
class Row:
    """One booked person: what is proposed (None: she chooses herself), and what else there is, the best first."""

    booking: Booking
    proposed: MockSlot | None
    why: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Outlook:
    """What an absence means, before it is made. `reviews`: those that wait for this coach and are due meanwhile."""

    coach: User
    starts_at: datetime
    ends_at: datetime
    free: tuple[MockSlot, ...]
    rows: tuple[Row, ...]
    reviews: int
    others: tuple[CoachAbsence, ...]


def outlook(coach, *, zone, from_wall, until_wall, now=None, leaving=None):
    """What it would mean if this coach were away. Raises Refused, at the field, for a span that makes no sense.

    `leaving`: a change whose slots count as not kept, because this one replaces it.
    """
    now = now or timezone.now()
    starts_at, ends_at = _span(coach, zone, from_wall, until_wall, now)
    slots = _slots(coach, starts_at, ends_at, now)
    booked = {booking.slot_id: booking for booking in _bookings(slots)}
    rows = _rows(list(booked.values()), ends_at, now, leaving)
    return Outlook(
        coach=coach,
        starts_at=starts_at,
        ends_at=ends_at,
        free=tuple(slot for slot in slots if slot.pk not in booked),
        rows=tuple(rows),
        reviews=handing_on.due_within(coach, starts_at, ends_at, now).count(),
        others=tuple(CoachAbsence.objects.planned().touching(coach, starts_at, ends_at).exclude(change=leaving)),
    )


def outlook_of(absence, *, now=None):
    """What an absence that still waits means by now."""
    return outlook(
        absence.coach,
        zone=absence.zone,
        from_wall=absence.from_wall,
        until_wall=absence.until_wall,
        now=now,
        leaving=absence.change,
    )


def plan(coach, *, zone, from_wall, until_wall, by, choices=None, now=None):
    """Say that a coach is away. Its change waits for the minutes of undoing wherever somebody is to be told.

    `choices`: {booking: slot, or None for "she chooses herself"}; whoever is not in it gets what is proposed. Raises
    Refused for a span that makes no sense, Conflict where slots or places have changed since it was looked at.
    """
    now = now or timezone.now()
    seen = outlook(coach, zone=zone, from_wall=from_wall, until_wall=until_wall, now=now)
    steps = _steps(seen, choices or {})
    with places_of(coach, *_target_coaches(steps)):
        _check_as_seen(seen, now)
        absence = start(
            CoachAbsence(
                coach=coach,
                by=by,
                zone=zone,
                from_wall=when.to_wall(seen.starts_at, zone),
                until_wall=when.to_wall(seen.ends_at, zone),
                starts_at=seen.starts_at,
                ends_at=seen.ends_at,
            ),
            by=by,
        )
        _begin(absence, steps, by=by, now=now)
    absence.refresh_from_db()
    return absence


def rearrange(absence, *, by, choices, now=None):
    """Other places for the booked people, while nobody has been told. The minutes of undoing begin anew."""
    now = now or timezone.now()
    if absence.status != CoachAbsence.Status.WAITING:
        raise Conflict(_("This has left already, and people have been told."))
    old = absence.change
    seen = outlook_of(absence, now=now)
    kept = {item.booking: item.target for item in old.items.select_related("booking", "target__coach") if item.booking}
    steps = _steps(seen, {**kept, **choices})
    before = {item.target.coach for item in old.items.select_related("target__coach") if item.target}
    with places_of(absence.coach, *before, *_target_coaches(steps)):
        # Let go of first, so that its end is not this absence's.
        CoachAbsence.objects.filter(pk=absence.pk).update(change=None)
        changes.undo(old, by=by, now=now)
        _check_as_seen(seen, now)
        _begin(absence, steps, by=by, now=now)
    absence.refresh_from_db()
    return absence


def come_back(absence, *, by, until_wall=None, reopen=True, now=None):
    """The coach is back sooner: now, or from `until_wall` on. Called off before it began, it never was.

    `reopen`: offer those slots again that it had withdrawn and that lie after the new end. Whoever was offered another place
    keeps it. Returns (absence, number of slots offered again). Raises Refused for a time that is not sooner.
    """
    now = now or timezone.now()
    with places_of(absence.coach):
        absence = CoachAbsence.objects.select_related("coach").get(pk=absence.pk)
        if absence.status != CoachAbsence.Status.STANDING:
            raise Conflict(_("This absence no longer stands."))
        ends_at = now if until_wall is None else _instant(until_wall, absence.zone, "until_wall")
        if ends_at >= absence.ends_at:
            raise Refused(
                _("This is not sooner. Whoever stays away longer makes another absence that follows this one."),
                field="until_wall",
            )
        if ends_at < now - timedelta(minutes=1):
            raise Refused(_("This time has passed. Leave it empty for “now”."), field="until_wall")
        if ends_at <= absence.starts_at:
            move(absence, CoachAbsence.Status.UNDONE, by=by, reason="called off")
        else:
            CoachAbsence.objects.filter(pk=absence.pk).update(
                ends_at=ends_at, until_wall=when.to_wall(ends_at, absence.zone), updated_at=now
            )
            state = absence.status
            CoachAbsenceEvent.objects.create(subject=absence, old=state, new=state, by=by, reason="back sooner")
            absence.refresh_from_db()
        number = _reopen(absence, since=max(ends_at, now), by=by) if reopen else 0
    return absence, number


def done(change, *, now):
    """Its change has left: from now on it holds. Reviews that are due meanwhile are looked after at once."""
    absence = CoachAbsence.objects.filter(change=change).first()
    if absence is not None:
        move(absence, CoachAbsence.Status.STANDING, by=change.by)
        handing_on.look_after(absence, now=now)


def undone(change, *, now):
    absence = CoachAbsence.objects.filter(change=change).first()
    if absence is not None:
        move(absence, CoachAbsence.Status.UNDONE, by=change.by, reason="undone")


def _span(coach, zone, from_wall, until_wall, now):
    if not (coach.is_coach and coach.is_active):
        raise Refused(_("Only a coach can be away."), field="coach")
    starts_at = _instant(from_wall, zone, "from_wall")
    ends_at = _instant(until_wall, zone, "until_wall")
    if ends_at <= starts_at:
        raise Refused(_("It ends before it begins."), field="until_wall")
    if ends_at <= now:
        raise Refused(_("This is over already. Choose an end that is still to come."), field="until_wall")
    if ends_at - starts_at > LONGEST:
        raise Refused(_("This is longer than a year. Are the dates right?"), field="until_wall")
    if starts_at > now + LATEST:
        raise Refused(_("This is more than a year away. Is the date right?"), field="from_wall")
    return starts_at, ends_at


def _instant(wall, zone, field):
    try:
        return when.to_instant(wall, zone)
    except when.UnknownZone:
        raise Refused(_("This is not a time zone we know. Try a city, such as Africa/Nairobi."), field="zone") from None
    except ValueError:
        raise Refused(_("This date is out of range."), field=field) from None


def _slots(coach, starts_at, ends_at, now):
    """What this coach offers meanwhile and has not begun."""
    rows = MockSlot.objects.filter(coach=coach, status__in=[MockSlot.Status.OPEN, MockSlot.Status.PROPOSED])
    rows = rows.filter(starts_at__gt=max(now, starts_at - timedelta(hours=4)), starts_at__lt=ends_at)
    return list(rows.filter(ends_at__gt=starts_at).select_related("coach").order_by("starts_at", "id"))


def _bookings(slots):
    return (
        Booking.objects.filter(slot__in=[slot.pk for slot in slots], status=Booking.Status.BOOKED)
        .select_related("slot", "coach", "candidate")
        .order_by("starts_at", "id")
    )


def _check_as_seen(seen, now):
    """Under the coach's lock: what was looked at is what there is."""
    slots = _slots(seen.coach, seen.starts_at, seen.ends_at, now)
    shown = {slot.pk for slot in seen.free} | {row.booking.slot_id for row in seen.rows}
    booked = set(_bookings(slots).values_list("pk", flat=True))
    if {slot.pk for slot in slots} != shown or booked != {row.booking.pk for row in seen.rows}:
        raise Conflict(_("Slots or bookings have changed this very moment. Please look once more."))


def _begin(absence, steps, *, by, now):
    # Always as one that waits: it has to know its absence before it ends.
    change = changes.begin(steps, kind=CalendarChange.Kind.ABSENCE, by=by, coach=absence.coach, must_wait=True, now=now)
    CoachAbsence.objects.filter(pk=absence.pk).update(change=change, updated_at=now)
    tells = any(item.booking_id for item in change.items.all())
    if not tells and not handing_on.due_within(absence.coach, absence.starts_at, absence.ends_at, now).exists():
        changes.send_now(change, by=by, now=now)


def _steps(seen, choices):
    steps = [Step(slot) for slot in seen.free]
    for row in seen.rows:
        target = choices.get(row.booking, row.proposed)
        steps.append(Step(row.booking.slot, ChangeItem.Act.MOVE, target=target) if target else Step(row.booking.slot))
    return steps


def _target_coaches(steps):
    return {step.target.coach for step in steps if step.target}


def _rows(bookings, back_at, now, leaving):
    if not bookings:
        return []
    # Nobody is asked about a place that begins before she can have read her mail.
    earliest = now + timedelta(hours=settings.BOOKING_NOTICE_HOURS)
    slots = _free(earliest, back_at, now, leaving)
    by_key = {slot.pk: slot for slot in slots}
    places = [Place(slot.pk, slot.coach_id, slot.starts_at, slot.ends_at) for slot in slots]
    sessions = _sessions(bookings, now)
    proposed = proposals.propose(sessions.values(), places, earliest=earliest, back_at=back_at)
    rows = []
    for booking in bookings:
        option = proposed[booking.pk]
        options = proposals.options(sessions[booking.pk], places, earliest=earliest, back_at=back_at)[:CHOICES]
        if option is not None and option not in options:
            options = [option, *options[:-1]]
        rows.append(
            Row(
                booking,
                by_key[option.place.key] if option else None,
                option.why if option else "",
                tuple(Choice(by_key[one.place.key], one.why) for one in options),
            )
        )
    return rows


def _free(earliest, back_at, now, leaving):
    """Every place somebody could be offered, till the end of the first week back."""
    rows = MockSlot.objects.offered(now, leaving=leaving).filter(
        starts_at__gte=earliest, starts_at__lt=back_at + FIRST_WEEK
    )
    return list(rows.select_related("coach").order_by("starts_at", "id")[:PLACES])


def _sessions(bookings, now):
    people = {booking.candidate_id for booking in bookings}
    going = {booking.pk for booking in bookings}
    interviews = {}
    planned = Interview.objects.filter(candidate__in=people, status=Interview.Status.PLANNED, ends_at__gt=now)
    for candidate, starts_at, ends_at in planned.values_list("candidate_id", "starts_at", "ends_at"):
        at = starts_at or ends_at
        interviews[candidate] = min(at, interviews.get(candidate, at))
    busy = {}
    booked = Booking.objects.filter(candidate__in=people, ends_at__gt=now).live(now).exclude(pk__in=going)
    for candidate, starts_at, ends_at in booked.values_list("candidate_id", "starts_at", "ends_at"):
        busy.setdefault(candidate, []).append((starts_at, ends_at))
    coaches = {}
    for candidate, coach in (
        Engagement.objects.active().filter(candidate__in=people).values_list("candidate_id", "coach_id")
    ):
        coaches.setdefault(candidate, set()).add(coach)
    return {
        booking.pk: Session(
            key=booking.pk,
            candidate=booking.candidate_id,
            coach=booking.coach_id,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            interview_at=interviews.get(booking.candidate_id),
            busy=tuple(busy.get(booking.candidate_id, ())),
            her_coaches=frozenset(coaches.get(booking.candidate_id, ())),
            zone=booking.candidate.zone,
            quiet=booking.candidate.quiet,
        )
        for booking in bookings
    }


def _reopen(absence, *, since, by):
    """Offer again what it had withdrawn; a slot that is gone stays gone, another takes its time."""
    if absence.change is None:
        return 0
    gone = MockSlot.objects.filter(
        changes__change=absence.change, changes__outcome="done", status=MockSlot.Status.WITHDRAWN, starts_at__gte=since
    )
    number = 0
    for slot in gone.order_by("starts_at"):
        try:
            with transaction.atomic():
                _copy(slot, by=by)
        except (Refused, Conflict):
            continue
        number += 1
    return number


def _copy(slot, *, by):
    own = {"id", "public_id", "status", "created_at", "updated_at"}
    fields = {
        field.attname: getattr(slot, field.attname) for field in slot._meta.concrete_fields if field.name not in own
    }
    check_present(slot.coach, slot.starts_at, slot.ends_at)
    in_the_way = MockSlot.objects.filter(coach=slot.coach, status__in=["proposed", "open"])
    if in_the_way.filter(starts_at__lt=slot.blocked_until, blocked_until__gt=slot.starts_at).exists():
        raise Conflict(_("There is another slot at that time."))
    if closed_by(slot.coach, slot.starts_wall.date()):
        raise Conflict(_("That day is closed."))
    # Its place in a pattern goes to the new one; a time of the pattern has one slot.
    MockSlot.objects.filter(pk=slot.pk).update(series=None, occurs_wall=None)
    return start(MockSlot(**fields), by=by, reason="back sooner")
