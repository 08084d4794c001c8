"""The waiting list as it stands: who waits, as the rules of coaching/waitlist.py want to know it, and her place among them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q

from accounts.models import Engagement, User
from coaching import waitlist
from coaching.models import Booking, WaitlistEntry

COUNTED_FOR = timedelta(days=30)
COLUMNS = (
    "pk",
    "candidate_id",
    "waitlist_entry_id",
    "slot_id",
    "status",
    "starts_at",
    "ends_at",
    "hold_until",
    "confirmed_at",
)


class Line:
    """What is known of everybody who waits, read in two queries (three where only own coaches may be booked).

    `ahead`: sessions and holds to come, by candidate. `offers`: slots kept for them, past ones too, by entry.
    """

    def __init__(self, now):
        self.now = now
        live = WaitlistEntry.objects.live().with_interview(now)
        self.entries = list(live.select_related("candidate", "coach").order_by("id"))
        people = [entry.candidate_id for entry in self.entries]
        self.ahead, self.offers, self.coaches = defaultdict(list), defaultdict(list), defaultdict(set)
        if not people:
            return
        is_ahead = Q(status__in=Booking.LIVE, ends_at__gt=now)
        rows = Booking.objects.filter(is_ahead | Q(waitlist_entry__isnull=False), candidate__in=people)
        for row in rows.order_by("id").values_list(*COLUMNS, named=True):
            if row.status in Booking.LIVE and row.ends_at > now:
                self.ahead[row.candidate_id].append(row)
            if row.waitlist_entry_id:
                self.offers[row.waitlist_entry_id].append(row)
        if not settings.AFTERWORD_ANY_OPEN_SLOT:
            pairs = Engagement.objects.active().filter(candidate__in=people)
            for candidate, coach in pairs.values_list("candidate_id", "coach_id"):
                self.coaches[candidate].add(coach)

    def unanswered(self, entry):
        """Slots that were kept for her since her last word, and went on without one."""
        return sum(
            row.status == Booking.Status.EXPIRED and row.hold_until > entry.answered_at for row in self.offers[entry.pk]
        )

    def kept_for(self, entry):
        """The slot that is kept for her now, or None."""
        for row in self.offers[entry.pk]:
            if row.status == Booking.Status.HELD and row.hold_until > self.now:
                return Booking.objects.select_related("slot", "coach").get(pk=row.pk)
        return None

    def is_full(self, entry):
        """Whether she has as many sessions ahead as one may, so that nothing is offered until one is over."""
        booked = sum(row.status == Booking.Status.BOOKED for row in self.ahead[entry.candidate_id])
        return booked >= settings.BOOKING_LIVE_PER_CANDIDATE

    def before(self, entry):
        """How many are asked before her, as far as they could be asked about the same slot; None while she is not asked."""
        people = [self.waiting(other) for other in self.entries if other.status == WaitlistEntry.Status.WAITING]
        mine = next((waiting for waiting in people if waiting.key == entry.pk), None)
        return None if mine is None else waitlist.before(mine, people)

    def waiting(self, entry):
        """She as the rules want to know her."""
        person, ahead = entry.candidate, self.ahead[entry.candidate_id]
        is_held = any(row.status == Booking.Status.HELD and row.hold_until > self.now for row in ahead)
        return waitlist.Waiting(
            key=entry.pk,
            since=entry.created_at,
            interview_on=entry.interview_ends and entry.interview_ends.date(),
            opens_at=entry.opens_at,
            closes_at=entry.closes_at,
            zone=person.zone,
            quiet=person.quiet,
            coaches=self._coaches_of(entry),
            asked=frozenset((row.slot_id, row.starts_at) for row in self.offers[entry.pk]),
            busy=tuple((row.starts_at, row.ends_at) for row in ahead),
            can_be_asked=not is_held and not self.is_full(entry),
        )

    def _coaches_of(self, entry):
        named = frozenset([entry.coach_id]) if entry.coach_id else None
        if settings.AFTERWORD_ANY_OPEN_SLOT:
            return named
        hers = frozenset(self.coaches[entry.candidate_id])
        return hers if named is None else hers & named


@dataclass(frozen=True)
class Figures:
    """Numbers about the list, for admins: who waits is nobody's business. `by_coach`: pairs of a coach, None for any, and a number."""

    by_coach: tuple
    waiting: int
    resting: int
    asked: int
    taken: int
    given_back: int
    unanswered: int


def figures(now):
    """How many wait, and of the last thirty days how many slots were kept for somebody, and what became of them."""
    rows = WaitlistEntry.objects.live().values("coach", "status").annotate(number=Count("id")).order_by("coach")
    of_state, of_coach = Counter(), Counter()
    for row in rows:
        of_state[row["status"]] += row["number"]
        of_coach[row["coach"]] += row["number"]
    coaches = User.objects.in_bulk([pk for pk in of_coach if pk])
    named = sorted(((coaches[pk], number) for pk, number in of_coach.items() if pk), key=lambda pair: pair[0].name)
    kept = Booking.objects.offers().filter(created_at__gt=now - COUNTED_FOR)
    return Figures(
        waiting=of_state[WaitlistEntry.Status.WAITING],
        resting=of_state[WaitlistEntry.Status.RESTING],
        by_coach=((None, of_coach[None]), *named) if of_coach[None] else tuple(named),
        **kept.aggregate(
            asked=Count("id"),
            taken=Count("id", filter=Q(hold_until=None)),
            given_back=Count("id", filter=Q(status=Booking.Status.CANCELLED, hold_until__isnull=False)),
            unanswered=Count("id", filter=Q(status=Booking.Status.EXPIRED, hold_until__isnull=False)),
        ),
    )
