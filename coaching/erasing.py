"""Erasing what this app holds of a person. Of a candidate everything but that slots were booked; of a coach what is theirs alone."""

from collections import Counter

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts import personal_data
from accounts.records import move
from coaching import presence
from coaching.models import (
    Booking,
    CalendarChange,
    ChangeItem,
    Comment,
    Goal,
    MockSlot,
    Review,
    ReviewItem,
    SessionNote,
    SessionReport,
    WaitlistEntry,
)
from coaching.services.locks import lock_people
from followups.erasing import forget_about


def register_kept():
    personal_data.keep("coaching.Booking.candidate", "that a slot was booked is its history, without a name")
    personal_data.keep("coaching.Booking.coach", "a candidate's session is hers, whoever held it")
    personal_data.keep("coaching.MockSlot.coach", "slots that were booked are part of a candidate's sessions")
    personal_data.keep("coaching.Review.coach", "what was answered stays with whoever asked")
    personal_data.keep("coaching.Comment.author", "what was written to a candidate stays with her")


def erase(person):
    lock_people(person)
    gone = Counter()
    reviews = Review.objects.filter(candidate=person)
    presence.forget(list(reviews.values_list("pk", flat=True)))
    forget_about(_ids_of(person))
    gone.update(_end_sessions(person))
    for rows in (
        reviews,
        Comment.objects.filter(candidate=person),
        Comment.objects.filter(author=person).exclude(visibility=Comment.Visibility.SHARED),
        Goal.objects.filter(engagement__candidate=person),
        WaitlistEntry.objects.filter(candidate=person),
    ):
        gone.update(rows.delete()[1])
    gone.update(_end_slots(person))
    return gone


def _ids_of(person):
    named = [
        Review.objects.filter(candidate=person),
        ReviewItem.objects.filter(review__candidate=person),
        Booking.objects.filter(candidate=person),
        Comment.objects.filter(candidate=person),
        Goal.objects.filter(engagement__candidate=person),
        WaitlistEntry.objects.filter(candidate=person),
    ]
    return {public_id for rows in named for public_id in rows.values_list("public_id", flat=True)}


def _end_sessions(person):
    """What was said in and about the sessions of a candidate. The booking itself stays, and says nothing."""
    hers = Booking.objects.filter(candidate=person)
    # What is over and has no word on it yet gets one like others.
    over = Q(status=Booking.Status.BOOKED, starts_at__lte=timezone.now())
    for booking in hers.filter(status__in=Booking.LIVE).exclude(over).order_by("pk"):
        move(booking, Booking.Status.CANCELLED, reason="account deleted")
    gone = Counter()
    for model in (SessionReport, SessionNote):
        gone.update(model.objects.filter(booking__candidate=person).delete()[1])
    Booking.agenda.through.objects.filter(booking__candidate=person).delete()
    ChangeItem.objects.filter(booking__candidate=person).update(why="")
    items = ChangeItem.objects.filter(change=OuterRef("pk"), booking__isnull=False)
    only_hers = CalendarChange.objects.filter(
        Exists(items.filter(booking__candidate=person)), ~Exists(items.exclude(booking__candidate=person))
    )
    only_hers.update(reason="")
    hers.update(given_reason="", override_reason="", review=None)
    return gone


def _end_slots(person):
    """A coach's slots: what nobody booked goes; what was booked keeps its time and loses place and link."""
    gone = Counter()
    slots = MockSlot.objects.filter(coach=person)
    booked = Booking.objects.filter(slot=OuterRef("pk"))
    gone.update(slots.filter(~Exists(booked)).delete()[1])
    for slot in slots.filter(status__in=[MockSlot.Status.OPEN, MockSlot.Status.PROPOSED]).order_by("pk"):
        move(slot, MockSlot.Status.WITHDRAWN, reason="account deleted")
    slots.update(place="", link="")
    return gone
