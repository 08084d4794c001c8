"""What each role's first page gathers: what is due, by deadline, each with one next step, and nothing else."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    FETCH_RAISE,
    BooleanField,
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import live, when
from accounts.addresses import address
from accounts.models import Engagement, Invitation, User
from accounts.written import Written
from coaching import news
from coaching.attendance import SAID_UNTIL
from coaching.day import Day, Item, grouped
from coaching.models import Booking, CalendarChange, MockSlot, Review, ReviewItem, WaitlistEntry
from coaching.services.agenda import agendas_of
from followups import alerts, outbox, steps
from followups.models import OutboundEmail, RefereeBrief
from followups.services import closing
from followups.services.story import Ahead
from interviews.models import Interview

RECENT = timedelta(days=14)
TOLD_SINCE = timedelta(days=90)
FEW = 5
# Beyond, an admin reads "500+": counting all of many is what takes long, and says no more.
COUNTED = 500
# Nobody has so many evenings open; beyond, the list of interviews has them.
MANY = 100
# As many as a page of the queue.
SHOWN = 25
# What each part of what others ask is told by.
COLUMNS = ("kind", "public_id", "name", "email", "about", "at", "zone", "is_settled")


@dataclass(frozen=True)
class Today:
    """`is_cut`: there is more than fits; `is_first_use`: she has never logged anything."""

    day: Day
    is_cut: bool
    is_first_use: bool


def of_candidate(user, now):
    """Her evening, in a fixed number of queries: interviews that are not done, whom to thank, sessions, answers of her coach."""
    interviews = hers.rows(user=user.pk, now=now)
    for interview in interviews:
        interview.candidate = user
    told = steps.told_of(interviews)
    items = [item for interview in interviews if (item := _of_interview(interview, now, told[interview.pk]))]
    items += [_of_others(row) for row in asked_by_others.rows(user=user.pk, now=now)]
    items += [
        _thanks(brief, interview)
        for interview in interviews
        for brief in closing.to_thank(told[interview.pk].briefs, interview)
    ]
    return Today(
        day=grouped(items, now=now, zone=user.zone),
        is_cut=len(interviews) == MANY,
        is_first_use=not items and not Interview.objects.filter(candidate=user).exists(),
    )


@Written
def hers(*, user, now):
    wanted = Q(pk__in=closing.open_interviews(user, now).values("pk")) | Q(Exists(_may_be_thanked(now)))
    return Interview.objects.filter(wanted, candidate=user).order_by("-ends_at", "-id")[:MANY]


def ahead_of(user, now):
    """What this layer knows of the days to come: for the closing page, which promises quiet ones."""
    items = [_of_others(row) for row in asked_by_others.rows(user=user.pk, now=now)]
    return Ahead(
        needs_her=any(item.needs_her for item in items), moments=tuple(item.at for item in items if not item.label)
    )


def _of_interview(interview, now, told):
    step = steps.step_of_interview(interview, now, told)
    if step.label:
        return Item(interview.company, step.text, step.url, step.label, step.at, interview.zone, step.tone)
    if interview.status == Interview.Status.PLANNED:
        url = address("prep-sheet", interview.public_id)
        at = interview.starts_at or interview.ends_at
        return Item(interview.company, interview.role_title, url, at=at, zone=interview.zone)
    if step.at:
        url = address("interview-detail", interview.public_id)
        return Item(interview.company, step.text, url, at=step.at, zone=interview.zone, tone="kept")
    return None


@Written
def asked_by_others(*, user, now):
    """Sessions ahead and their reports, slots kept for her, answers of her coach, and engagements that wait for her word, in one query."""
    no_time, no_word = Value(None, output_field=DateTimeField()), Value("", output_field=CharField())
    sessions = Booking.objects.filter(candidate=user, status=Booking.Status.BOOKED, starts_at__gt=now).annotate(
        kind=Value("session"),
        name=F("coach__name"),
        email=F("coach__email"),
        about=no_word,
        at=Case(When(confirmed_at=None, then="confirm_by"), default="starts_at"),
        zone=F("slot__zone"),
        is_settled=ExpressionWrapper(Q(confirmed_at__isnull=False), output_field=BooleanField()),
    )
    asking = ReviewItem.objects.filter(review=OuterRef("pk"), answer=ReviewItem.Answer.ASK)
    # While the note they are about is still hers to change.
    suggestion = ~Q(suggestion="") & Q(note__status__in=["draft", "scheduled", "failed"])
    answers = (
        Review.objects.filter(candidate=user, status=Review.Status.ANSWERED, suggestion_taken_at=None)
        .filter(Q(Exists(asking)) | suggestion, interview__closed_at=None)
        .annotate(
            kind=Value("answer"),
            name=F("coach__name"),
            email=F("coach__email"),
            about=F("interview__company"),
            at=Coalesce("note__send_at", "note__due_at"),
            zone=F("interview__zone"),
            is_settled=Value(False),
        )
    )
    offers = Booking.objects.offers().filter(candidate=user, status=Booking.Status.HELD, hold_until__gt=now)
    offers = offers.annotate(
        kind=Value("offer"),
        name=F("coach__name"),
        email=F("coach__email"),
        about=no_word,
        at=F("hold_until"),
        zone=F("slot__zone"),
        is_settled=Value(False),
    )
    resting = WaitlistEntry.objects.filter(candidate=user, status=WaitlistEntry.Status.RESTING).annotate(
        kind=Value("resting"), name=no_word, email=no_word, about=no_word, at=no_time, is_settled=Value(False)
    )
    reports = Booking.objects.filter(candidate=user, report__read_at=None, report__sent_at__gt=now - RECENT).annotate(
        kind=Value("report"),
        name=F("coach__name"),
        email=F("coach__email"),
        about=no_word,
        at=no_time,
        zone=no_word,
        is_settled=Value(False),
    )
    parts = [
        part.order_by().values(*COLUMNS) for part in (sessions, answers, _engagements(user), offers, resting, reports)
    ]
    return parts[0].union(*parts[1:], all=True).order_by("at", "public_id")[:MANY]


def _engagements(user):
    """Those that wait for this person's word, be it a candidate's or a coach's."""
    waiting = Q(candidate=user, candidate_agreed_at=None) | Q(coach=user, coach_agreed_at=None)
    return Engagement.objects.filter(waiting, status=Engagement.Status.INVITED).annotate(
        kind=Value("engagement"),
        name=F("candidate__name"),
        email=F("candidate__email"),
        about=Case(When(coach__name="", then="coach__email"), default="coach__name", output_field=CharField()),
        at=Value(None, output_field=DateTimeField()),
        zone=Value("", output_field=CharField()),
        is_settled=Value(False),
    )


def _of_others(row):
    name = User(name=row["name"], email=row["email"])
    if row["kind"] == "engagement":
        text = f"{name.get_full_name()} · {row['about']}"
        return Item(_("Working together?"), text, address("engagement-detail", row["public_id"]), _("Answer"))
    if row["kind"] == "answer":
        title = _("%(coach)s has answered") % {"coach": name.get_short_name()}
        url = address("review-detail", row["public_id"])
        return Item(title, row["about"], url, _("Read it"), row["at"], row["zone"])
    if row["kind"] == "report":
        title = _("%(coach)s has written about your session") % {"coach": name.get_short_name()}
        return Item(title, "", address("booking-report", row["public_id"]), _("Read it"), is_offer=True)
    if row["kind"] == "resting":
        text = _("Two slots went on without a word.")
        return Item(_("Do you still look for a session?"), text, reverse("waiting-list"), _("Answer"))
    title = _("Mock session with %(coach)s") % {"coach": name.get_full_name()}
    if row["kind"] == "offer":
        text = _("It has become free, and is kept for you.")
        return Item(title, text, reverse("waiting-list"), _("Take it or leave it"), row["at"], row["zone"], "soon")
    url = address("booking-detail", row["public_id"])
    if row["is_settled"]:
        return Item(title, "", url, at=row["at"], zone=row["zone"])
    text = _("Booked for you. Does the time suit you?")
    return Item(title, text, url, _("Answer"), row["at"], row["zone"], "soon")


def _may_be_thanked(now):
    """Briefs whose referees stood ready, while it is still fresh; whether they were thanked is seen from all of them."""
    is_known = Q(called_at__isnull=False) | ~Q(interview__outcome=Interview.Outcome.NONE)
    return RefereeBrief.objects.filter(
        is_known,
        interview=OuterRef("pk"),
        kind=RefereeBrief.Kind.BRIEF,
        status__in=RefereeBrief.OUT,
        created_at__gt=now - TOLD_SINCE,
    )


def _thanks(brief, interview):
    text = _("Stood ready for you at %(company)s. Two lines of thanks?") % {"company": interview.company}
    url = address("brief-detail", brief.public_id)
    return Item(brief.referee.name, text, url, _("Say thank you"), is_offer=True)


@dataclass(frozen=True)
class CoachHome:
    """`sessions`: today's, `next_session` where there is none. `to_close`: over, and nobody has said yet whether they took
    place; `to_report`: they did, and the report is not written.
    `waiting`: reviews, the most urgent first, and how many `more` there are. `asked`: engagements. `went_without`: to read if
    she likes. `news`: what follows the queue while the page is open.
    """

    sessions: list
    next_session: Booking | None
    to_close: list
    to_report: list
    waiting: list
    more: int
    asked: list
    went_without: list
    news: live.Part


def of_coach(user, now):
    local = when.to_wall(now, user.zone)
    midnight = when.to_instant(local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1), user.zone)
    over = just_over.rows(coach=user.pk, now=now)
    sessions = SESSIONS.rows(coach=user.pk, now=now, midnight=midnight)
    agendas = agendas_of(sessions, user, now)
    for booking in sessions:
        booking.to_work_on = agendas[booking.pk]
    waiting = waiting_for.rows(coach=user.pk, now=now)
    number = waiting[0].number if waiting else 0
    return CoachHome(
        sessions=sessions,
        next_session=None if sessions else next(iter(NEXT.rows(coach=user.pk, midnight=midnight)), None),
        to_close=[booking for booking in over if booking.status == Booking.Status.BOOKED][:10],
        to_report=[booking for booking in over if booking.status == Booking.Status.DONE][:10],
        waiting=waiting,
        more=max(0, number - SHOWN),
        asked=[_of_others(row) for row in ENGAGEMENTS.rows(user=user.pk)],
        went_without=gone_without.rows(coach=user.pk, now=now),
        news=news.part("today", waiting=number, now=now),
    )


def _sessions_of(coach):
    return Booking.objects.filter(coach=coach).select_related("candidate", "slot").order_by("starts_at", "id")


def _booked(coach):
    return _sessions_of(coach).filter(status=Booking.Status.BOOKED)


@Written
def just_over(*, coach, now):
    unreported = Q(status=Booking.Status.DONE, report=None, ends_at__gt=now - SAID_UNTIL)
    unsaid = Q(status=Booking.Status.BOOKED)
    return _sessions_of(coach).filter(unsaid | unreported, starts_at__gt=now - RECENT, ends_at__lte=now)[:20]


SESSIONS = Written(lambda *, coach, now, midnight: _booked(coach).filter(ends_at__gt=now, starts_at__lt=midnight))
NEXT = Written(lambda *, coach, midnight: _booked(coach).filter(starts_at__gte=midnight)[:1])
ENGAGEMENTS = Written(lambda *, user: _engagements(user).order_by("public_id").values(*COLUMNS)[:MANY])


def _reviews_of(coach, now):
    seen = Review.objects.visible_to(User(pk=coach, is_coach=True), now).filter(coach=coach)
    columns = ["public_id", "question", "answer_by", "interview__company", "interview__zone"]
    seen = seen.select_related("candidate", "interview").only(*columns, *User.columns_of_name("candidate"))
    return seen.fetch_mode(FETCH_RAISE)


@Written
def waiting_for(*, coach, now):
    return _reviews_of(coach, now).for_queue().annotate(number=Window(Count("id")))[:SHOWN]


@Written
def gone_without(*, coach, now):
    return _reviews_of(coach, now).went_without().filter(answer_by__gt=now - RECENT)[:5]


@dataclass(frozen=True)
class AdminHome:
    """Counts only: what people write is nobody's here. `proposed`: slots of coaches that wait for a yes; `changes`: of the
    calendar, that can still be undone or left something.
    """

    free_slots: int
    proposed: int
    unconfirmed: int
    sessions: int
    failed: int
    late: int
    invitations: int
    engagements: int
    alerts: list
    changes: list

    @property
    def shown(self):
        """What is counted so far only, in words."""
        numbers = {"free_slots": self.free_slots, "failed": self.failed, "late": self.late}
        return {name: f"{COUNTED}+" if number > COUNTED else number for name, number in numbers.items()}


def of_admin(user, now):
    week = now + timedelta(days=7)
    bookings = Booking.objects.filter(status=Booking.Status.BOOKED, starts_at__range=(now, week)).aggregate(
        all=Count("id"), unconfirmed=Count("id", filter=Q(confirmed_at=None))
    )
    recent = OutboundEmail.objects.filter(due_at__gt=now - RECENT)
    # With the classes named, the index of what is due finds them.
    late = recent.filter(
        status="queued", urgency__in=OutboundEmail.Urgency.values, next_try_at__lt=now - timedelta(minutes=5)
    )
    return AdminHome(
        proposed=MockSlot.objects.filter(status=MockSlot.Status.PROPOSED, starts_at__gt=now).count(),
        free_slots=_counted(MockSlot.objects.free(now).filter(starts_at__lt=week)),
        sessions=bookings["all"],
        unconfirmed=bookings["unconfirmed"],
        failed=_counted(recent.filter(status="failed")),
        late=_counted(late),
        invitations=Invitation.objects.open(now).count(),
        engagements=Engagement.objects.filter(status=Engagement.Status.INVITED).count(),
        alerts=alerts.standing(now, pause=outbox.mail_pause()),
        changes=list(CalendarChange.objects.for_home(now)[:5]),
    )


def _counted(rows):
    return rows[: COUNTED + 1].count()


def few(count):
    """Counts about people are blurred below five, so that nobody can be guessed from them."""
    return _("fewer than 5") if 0 < count < FEW else str(count)
