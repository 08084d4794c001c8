"""What each role's first page gathers: what is due, by deadline, each with one next step, and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.models import Engagement, Invitation
from coaching.models import Booking, MockSlot, Review
from followups import alerts, steps
from followups.models import Lesson, OutboundEmail, RefereeBrief
from followups.services import closing, lessons
from interviews.models import Interview

RECENT = timedelta(days=14)
TOLD_SINCE = timedelta(days=90)
FEW = 5


@dataclass(frozen=True)
class Item:
    """One line of Today. `at` is its deadline, or the moment at which it happens."""

    title: str
    text: str
    url: str
    label: str = ""
    at: datetime | None = None
    zone: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Today:
    """`due`: needs her, the nearest deadline first. `by_itself`: goes without her. `ahead`: what is coming up."""

    due: list
    by_itself: list
    ahead: list


def of_candidate(user, now):
    """Her evening: interviews of the last two weeks that are not closed, sessions, answers of her coach."""
    interviews = list(
        steps.with_steps(
            Interview.objects.filter(candidate=user, closed_at=None, ends_at__gt=now - RECENT).exclude(
                status__in=[Interview.Status.CANCELLED, Interview.Status.MISSED]
            )
        ).order_by("ends_at", "id")[:50]
    )
    due, by_itself, ahead = [], [], []
    for interview in interviews:
        step = steps.step_of_interview(interview, now)
        title = interview.company
        if interview.status == Interview.Status.PLANNED and interview.ends_at > now:
            at = interview.starts_at or interview.ends_at
            ahead.append(
                Item(
                    title,
                    interview.role_title,
                    reverse("prep-sheet", args=[interview.public_id]),
                    at=at,
                    zone=interview.zone,
                )
            )
        elif step.label:
            due.append(Item(title, step.text, step.url, step.label, step.at, interview.zone, step.tone))
        elif step.at:
            by_itself.append(
                Item(
                    title,
                    step.text,
                    reverse("interview-detail", args=[interview.public_id]),
                    "",
                    step.at,
                    interview.zone,
                    "kept",
                )
            )
    for booking in Booking.objects.filter(candidate=user, status=Booking.Status.BOOKED, starts_at__gt=now).for_list():
        _booking(booking, due, ahead)
    due += [_thanks(brief) for brief in _to_thank(user, now)]
    due += [_suggestion(review) for review in _answers(user)]
    due += [_engagement(engagement) for engagement in _engagements(user)]
    return Today(sorted(due, key=_by_deadline), sorted(by_itself, key=_by_deadline), sorted(ahead, key=_by_deadline))


def _by_deadline(item):
    return (item.at is None, item.at or timezone.now())


def _booking(booking, due, ahead):
    url = reverse("booking-detail", args=[booking.public_id])
    title = _("Mock session with %(coach)s") % {"coach": booking.coach.get_full_name()}
    if booking.confirmed_at:
        ahead.append(Item(title, "", url, at=booking.starts_at, zone=booking.slot.zone))
    else:
        text = _("Booked for you. Does the time suit you?")
        due.append(Item(title, text, url, _("Answer"), booking.confirm_by, booking.slot.zone, "soon"))


def _answers(user):
    """Reviews with something to take or to answer, while the note they are about is still hers to change."""
    return (
        Review.objects.filter(candidate=user, status=Review.Status.ANSWERED, suggestion_taken_at=None)
        .filter(Q(items__answer="ask") | (~Q(suggestion="") & Q(note__status__in=["draft", "scheduled", "failed"])))
        .filter(interview__closed_at=None)
        .select_related("coach", "interview", "note")
        .distinct()
        .order_by("answered_at", "id")[:20]
    )


def _suggestion(review):
    at = review.note.send_at or review.note.due_at if review.note else None
    title = _("%(coach)s has answered") % {"coach": review.coach.get_short_name()}
    return Item(
        title,
        review.interview.company,
        reverse("review-detail", args=[review.public_id]),
        _("Read it"),
        at,
        review.interview.zone,
    )


def _to_thank(user, now):
    """Referees who stood ready and were not thanked, while it is still fresh."""
    told = RefereeBrief.objects.filter(interview__candidate=user, created_at__gt=now - TOLD_SINCE)
    return closing.to_thank(told.exclude(status__in=["expired"]).for_list()[:50])


def _thanks(brief):
    return Item(
        brief.referee.name,
        _("Stood ready for you at %(company)s. Two lines of thanks?") % {"company": brief.interview.company},
        reverse("brief-detail", args=[brief.public_id]),
        _("Say thank you"),
    )


def _engagements(user):
    mine = Q(candidate=user, candidate_agreed_at=None) | Q(coach=user, coach_agreed_at=None)
    return Engagement.objects.filter(mine, status=Engagement.Status.INVITED).select_related("candidate", "coach")[:20]


def _engagement(engagement):
    who = f"{engagement.candidate.get_full_name()} · {engagement.coach.get_full_name()}"
    return Item(_("Working together?"), who, reverse("engagement-detail", args=[engagement.public_id]), _("Answer"))


@dataclass(frozen=True)
class CoachHome:
    """`sessions`: today's, `next_session` where there is none. `to_close`: over, and nobody has said yet whether they took place.
    `waiting`: reviews, the most urgent first. `asked`: engagements. `went_without`: to read if she likes.
    """

    sessions: list
    next_session: Booking | None
    to_close: list
    waiting: list
    asked: list
    went_without: list


def of_coach(user, now):
    local = when.to_wall(now, user.zone)
    midnight = when.to_instant(local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1), user.zone)
    mine = Review.objects.visible_to(user).filter(coach=user)
    booked = Booking.objects.filter(coach=user, status=Booking.Status.BOOKED).select_related("candidate", "slot")
    booked = booked.order_by("starts_at", "id")
    agenda = Prefetch("agenda", Lesson.objects.select_related("joined_into"))
    sessions = list(booked.filter(ends_at__gt=now, starts_at__lt=midnight).prefetch_related(agenda))
    for booking in sessions:
        booking.to_work_on = lessons.as_practised(booking.agenda.all(), reader=user)
    return CoachHome(
        sessions=sessions,
        next_session=None if sessions else booked.filter(starts_at__gte=midnight).first(),
        to_close=list(booked.filter(starts_at__gt=now - RECENT, ends_at__lte=now)[:10]),
        waiting=list(mine.for_queue()[:25]),
        asked=[_engagement(engagement) for engagement in _engagements(user)],
        went_without=list(mine.went_without().filter(answer_by__gt=now - RECENT)[:5]),
    )


@dataclass(frozen=True)
class AdminHome:
    """Counts only: what people write is nobody's here."""

    free_slots: int
    unconfirmed: int
    sessions: int
    failed: int
    late: int
    invitations: int
    engagements: int
    alerts: list


def of_admin(user, now):
    week = now + timedelta(days=7)
    bookings = Booking.objects.filter(status=Booking.Status.BOOKED, starts_at__range=(now, week)).aggregate(
        all=Count("id"), unconfirmed=Count("id", filter=Q(confirmed_at=None))
    )
    mails = OutboundEmail.objects.filter(due_at__gt=now - RECENT).aggregate(
        failed=Count("id", filter=Q(status="failed")),
        late=Count("id", filter=Q(status="queued", next_try_at__lt=now - timedelta(minutes=5))),
    )
    return AdminHome(
        free_slots=MockSlot.objects.free(now).filter(starts_at__lt=week).count(),
        sessions=bookings["all"],
        unconfirmed=bookings["unconfirmed"],
        failed=mails["failed"],
        late=mails["late"],
        invitations=Invitation.objects.open(now).count(),
        engagements=Engagement.objects.filter(status=Engagement.Status.INVITED).count(),
        alerts=alerts.standing(now),
    )


def few(count):
    """Counts about people are blurred below five, so that nobody can be guessed from them."""
    return _("fewer than 5") if 0 < count < FEW else str(count)
