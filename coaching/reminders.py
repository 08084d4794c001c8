"""The reminders about sessions, reviews and slots."""

from datetime import time, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Max, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import links
from accounts.models import Engagement, User
from accounts.preferences import register_reminder
from accounts.when import moments_at
from coaching import availability, report_reminders, room_reminders, waitlist, working_hours
from coaching.models import Booking, Comment, MockSlot, Review, WaitlistEntry
from followups import outbox, reminders
from followups.reminders import Cause, Kind, Wanted, register

HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
# Whoever has written one thing often writes another.
A_PAUSE = timedelta(minutes=5)
BEFORE_SESSION = (("day", timedelta(hours=24)), ("hour", HOUR))
BEFORE_ANSWER = timedelta(hours=2)
LOOKS_BACK = timedelta(days=3)
FEW_SLOTS = Cause("few-slots")
DESK = Cause("desk")
FEW_SLOTS_AT = (time(9),)
LOOKED_AT = timedelta(minutes=15)


def mock_session(booking, now):
    """A day and an hour before, to both. The start is part of the occurrence: a session that moves is announced anew."""
    if booking.status != Booking.Status.BOOKED:
        return []
    start = booking.starts_at
    return [
        Wanted(person, f"{name}:{start:%Y%m%dT%H%M}", start - before, useless_after=start)
        for person in (booking.candidate, booking.coach)
        for name, before in BEFORE_SESSION
    ]


def slot_offered(booking, now):
    """A slot of the waiting list is kept for her: at once, or when her night is over. Then its half hour begins."""
    if booking.status != Booking.Status.HELD or booking.waitlist_entry_id is None:
        return []
    asks_at = booking.hold_until - waitlist.KEPT
    return [Wanted(booking.candidate, f"{asks_at:%Y%m%dT%H%M%S}", asks_at, useless_after=booking.hold_until)]


def waiting_list(entry, now):
    """Two slots went on without a word of hers: does she still look? And, when her days have gone by, that nothing came."""
    if entry.status == WaitlistEntry.Status.RESTING:
        end = entry.closes_at
    elif entry.status == WaitlistEntry.Status.OVER:
        end = entry.updated_at + 2 * A_DAY
    else:
        return []
    return [
        Wanted(entry.candidate, f"{entry.status}:{entry.updated_at:%Y%m%dT%H%M}", entry.updated_at, useless_after=end)
    ]


def review_urgent(review, now):
    """Two working hours before the note goes without an answer; never to a coach who does not work before."""
    if review.status != Review.Status.OPEN or review.coach_id is None:
        return []
    asked, by = review.created_at, review.answer_by
    hours = availability.hours_of(review.coach, since=asked)
    due = working_hours.urgent_at(hours, asked_at=asked, by=by, before=BEFORE_ANSWER)
    if due is None:
        return []
    return [Wanted(review.coach, f"{review.answer_by:%Y%m%dT%H%M}", due, useless_after=review.answer_by)]


def _waiting(coach):
    return Review.objects.filter(coach=coach, status=Review.Status.OPEN).still_with_their_coach()


def reviews_waiting(coach, now):
    """Every four working hours, from an hour after the first was asked, as long as one waits. To her one mail about all."""
    first = _waiting(coach).aggregate(at=Min("created_at"))["at"]
    if first is None:
        return []
    since = max(first + HOUR, now - LOOKS_BACK)
    moments = working_hours.digest_moments(availability.hours_of(coach, since=since), since=since, until=now)
    return [Wanted(coach, f"{at:%Y%m%dT%H%M}", at, useless_after=at + A_DAY) for at in moments]


def last_word_of(coach, recipient):
    """When she last opened or answered a review, or was asked for a new one, which ends the silence too."""
    times = Review.objects.filter(coach=coach).aggregate(Max("opened_at"), Max("answered_at"), Max("created_at"))
    return max((at for at in times.values() if at), default=None)


def few_slots(cause, now):
    """Each morning while hardly any slot is free, to every admin; only where slots are in use."""
    latest = MockSlot.objects.aggregate(at=Max("starts_at"))["at"]
    if latest is None or latest <= now - timedelta(days=60):
        return []
    free = MockSlot.objects.free(now).filter(starts_at__lt=now + timedelta(days=settings.SLOTS_LOW_DAYS))
    if free[: settings.SLOTS_LOW].count() >= settings.SLOTS_LOW:
        return []
    return [
        Wanted(admin, f"{at:%Y%m%dT%H%M}", at, useless_after=at + A_DAY)
        for admin in User.objects.filter(is_admin=True, is_active=True)
        for at in moments_at(FEW_SLOTS_AT, since=now - A_DAY, until=now, zone=admin.zone)
    ]


def last_slot(cause, recipient):
    return MockSlot.objects.aggregate(at=Max("created_at"))["at"]


def look_at_slots(now):
    """Slots become fewer by time alone, so with the sweep somebody looks; a quarter of an hour apart is enough."""
    if outbox.ran_since("few-slots", now - LOOKED_AT):
        return
    outbox.beat("few-slots", now)
    reminders.refresh(FEW_SLOTS, now=now)


def comment(engagement, now):
    """What one of the two has written that the other can read, or another coach of hers: one word about the latest."""
    found = []
    for reader in (engagement.candidate, engagement.coach):
        is_hers = reader.pk == engagement.candidate_id
        if not is_hers and engagement.status != Engagement.Status.ACTIVE:
            continue
        words = Comment.objects.visible_to(reader).filter(candidate=engagement.candidate).exclude(author=reader)
        if is_hers:
            words = words.filter(author=engagement.coach)
        at = words.aggregate(at=Max("created_at"))["at"]
        if at is not None:
            found.append(Wanted(reader, f"{at:%Y%m%dT%H%M%S}", at + A_PAUSE, useless_after=at + A_PAUSE + 2 * A_DAY))
    return found


def desk_waiting(cause, now):
    """Somebody has asked the team, and nobody has taken it: one word to every coach about the latest."""
    latest = Review.objects.waiting_at_desk(now).order_by("-created_at", "-id").first()
    if latest is None:
        return []
    at = latest.created_at + A_PAUSE
    coaches = User.objects.coaches()
    return [Wanted(coach, f"{latest.public_id}", at, useless_after=latest.answer_by) for coach in coaches]


def desk_untaken(review, now):
    """Told in time to whoever asked the team: nobody has taken it yet, and what she approved goes."""
    if review.status != Review.Status.OPEN or not review.on_desk or review.coach_id:
        return []
    # Two hours before; where it was asked later than that, in the middle of the time that was left.
    due = max(review.answer_by - BEFORE_ANSWER, review.created_at + (review.answer_by - review.created_at) / 2)
    return [Wanted(review.candidate, f"{review.answer_by:%Y%m%dT%H%M}", due, useless_after=review.answer_by)]


def refresh_review(review, now=None, former=None):
    """A review has changed: its own reminders, and the digest of its coach, of the one before, or the word about the desk."""
    reminders.refresh(review, now=now)
    for coach in (review.coach, former):
        if coach is not None:
            reminders.refresh(coach, now=now)
    if review.on_desk:
        reminders.refresh(DESK, now=now)


def booking_url(booking):
    """The page of a mail on which the candidate takes a session, moves it or cancels it."""
    return links.url("booking", booking.candidate, booking.public_id, ends_at=booking.starts_at)


def _about_booking(booking, reminder):
    is_hers = reminder.recipient_id == booking.candidate_id
    return {
        "booking": booking,
        "slot": booking.slot,
        "event_zone": booking.slot.zone,
        "other": booking.coach if is_hers else booking.candidate,
        "answer_url": booking_url(booking) if is_hers else "",
    }


def offer_url(booking):
    """The page of a mail on which she takes a slot of the waiting list, or leaves it to the next."""
    return links.url("offer", booking.candidate, booking.public_id, ends_at=booking.starts_at)


def _about_offer(booking, reminder):
    return {
        "booking": booking,
        "slot": booking.slot,
        "event_zone": booking.slot.zone,
        "kept_until": booking.hold_until,
        "answer_url": offer_url(booking),
    }


def _about_waiting_list(entry, reminder):
    return {"entry": entry, "is_over": entry.status == WaitlistEntry.Status.OVER}


def _about_review(review, reminder):
    return {"review": review, "event_zone": review.interview.zone}


def _about_waiting(coach, reminder):
    rows = _waiting(coach)
    return {"number": rows.count(), "first": rows.aggregate(at=Min("answer_by"))["at"]}


def _about_untaken(review, reminder):
    return {"review": review, "note": review.note, "event_zone": review.interview.zone}


def _about_comment(engagement, reminder):
    is_hers = reminder.recipient_id == engagement.candidate_id
    return {"other": engagement.coach if is_hers else engagement.candidate, "is_candidate": is_hers}


def _about_slots(cause, reminder):
    return {"days": settings.SLOTS_LOW_DAYS}


def register_all():
    """Called once, when the app starts."""
    report_reminders.register_all()
    room_reminders.register_all()
    register_reminder("review", _("What a coach is asked, and has answered"), ("candidate", "coach"))
    register_reminder(
        "session", _("Mock sessions booked, moved or cancelled, with the calendar file"), ("candidate", "coach")
    )
    register_reminder("slots", _("What became of the times you offered"), ("coach",))
    register(
        Kind(
            name="mock-session",
            subject_model=Booking,
            related=("candidate", "coach", "slot"),
            derive=mock_session,
            template="reminder_mock_session",
            context=_about_booking,
            title=_("A mock session: a day and an hour before"),
            path=lambda public_id: reverse("booking-detail", args=[public_id]),
            roles=("candidate", "coach"),
        )
    )
    register(
        Kind(
            name="slot-offered",
            subject_model=Booking,
            related=("candidate", "coach", "slot"),
            derive=slot_offered,
            template="reminder_slot_offered",
            context=_about_offer,
            title=_("A slot that is kept for you, when you wait for one"),
            path=lambda public_id: reverse("waiting-list"),
            # The hours are looked at before a slot is kept (coaching/waitlist.py).
            ignores_quiet_hours=True,
        )
    )
    register(
        Kind(
            name="waiting-list",
            subject_model=WaitlistEntry,
            related=("candidate",),
            derive=waiting_list,
            template="reminder_waiting_list",
            context=_about_waiting_list,
            title=_("Your place in the waiting list, when it rests or ends"),
            path=lambda public_id: reverse("waiting-list"),
        )
    )
    register(
        Kind(
            name="reviews-waiting",
            subject_model=get_user_model(),
            derive=reviews_waiting,
            template="reminder_reviews_waiting",
            context=_about_waiting,
            title=_("Reviews that wait for you, every four working hours"),
            path=lambda public_id: reverse("review-list"),
            roles=("coach",),
            asks=True,
            answered_at=last_word_of,
            can_snooze=True,
            repeats=True,
        )
    )
    register(
        Kind(
            name="review-urgent",
            subject_model=Review,
            related=("coach", "interview"),
            derive=review_urgent,
            template="reminder_review_urgent",
            context=_about_review,
            title=_("A review that is waiting: two hours before its time is over"),
            path=lambda public_id: reverse("review-detail", args=[public_id]),
            roles=("coach",),
        )
    )
    register(
        Kind(
            name="desk",
            subject_model=Cause,
            derive=desk_waiting,
            template="reminder_desk",
            context=lambda cause, reminder: {},
            title=_("Somebody without a coach asks the team"),
            path=lambda public_id: reverse("desk-list"),
            roles=("coach",),
        )
    )
    register(
        Kind(
            name="desk-untaken",
            subject_model=Review,
            related=("candidate", "interview", "note"),
            derive=desk_untaken,
            template="reminder_desk_untaken",
            context=_about_untaken,
            title=_("Nobody of the team has taken what you asked, two hours before its time is over"),
            path=lambda public_id: reverse("review-detail", args=[public_id]),
        )
    )
    register(
        Kind(
            name="comment",
            subject_model=Engagement,
            related=("candidate", "coach"),
            derive=comment,
            template="reminder_comment",
            context=_about_comment,
            title=_("What your coach, or your client, writes to you"),
            path=lambda public_id: reverse("engagement-words", args=[public_id]),
            roles=("candidate", "coach"),
        )
    )
    register(
        Kind(
            name="few-slots",
            subject_model=Cause,
            derive=few_slots,
            template="reminder_few_slots",
            context=_about_slots,
            title=_("Hardly any free slot is left, each morning"),
            path=lambda public_id: reverse("slot-list"),
            roles=("admin",),
            asks=True,
            answered_at=last_slot,
            repeats=True,
        )
    )
