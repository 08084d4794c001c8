"""Many people want one place, through real HTTP to the real server: one gets it, the others are told so, and nobody sees an error."""

import itertools
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.when import to_wall
from coaching import invariants
from coaching.models import Booking, Review, ReviewItem, WaitlistEntry
from coaching.services import bookings, offers, series, sweep, waitlist
from coaching.services.line import Line
from followups.services import decisions
from tests import factories
from tests.faults.crowd import CROWDED, Caller, at_once, web_server
from tests.faults.pump_process import Fork

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ROUNDS = [
    pytest.param(1, marks=pytest.mark.suite),
    pytest.param(3, marks=pytest.mark.quick),
    pytest.param(100, marks=pytest.mark.long),
]
FEW_ROUNDS = [
    pytest.param(2, marks=pytest.mark.suite),
    pytest.param(4, marks=pytest.mark.quick),
    pytest.param(50, marks=pytest.mark.long),
]
hours = itertools.count()


def slot_of(coach, **fields):
    """Open, an hour of its own: who has taken some part in many rounds is never in two places at once."""
    begins = (timezone.now() + 3 * DAY).replace(minute=0, second=0, microsecond=0) + (next(hours) % 1300) * HOUR
    return factories.SlotFactory(coach=coach, starts_at=begins, **fields)


def broken():
    return {one.promise: one.count for one in invariants.check(timezone.now()) if one.code == "I6" and one.count}


def book(slot):
    return {"slot": str(slot.public_id)}


@pytest.fixture(scope="module")
def site(django_db_setup):
    """One server for all tests here: it keeps nothing of them."""
    with web_server("config.wsgi", CROWDED) as address:
        yield address


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_hundred_people_and_one_slot(site, rounds):
    coach = factories.CoachFactory()
    callers = [Caller(person) for person in factories.UserFactory.create_batch(200)]
    for _near in range(3):
        slot_of(coach)
    for number in range(rounds):
        slot = slot_of(coach)
        if number % 2:
            page = reverse("slot-book", args=[slot.public_id])
            answers, won = at_once(site, [caller.form(page) for caller in callers]), 302
        else:
            answers, won = (
                at_once(site, [caller.post(reverse("api:booking-list"), **book(slot)) for caller in callers]),
                201,
            )
            assert {len(answer.data["choices"]) for answer in answers if answer.status == 409} == {3}
        assert Counter(answer.status for answer in answers) == {won: 1, 409: 199}
        winner = Booking.objects.get(slot=slot, status="booked")
        assert callers[[answer.status for answer in answers].index(won)].person == winner.candidate
        bookings.cancel(winner, by=winner.candidate)
    assert broken() == {}


@pytest.fixture
def unprotected(transactional_db):
    """A web server without the locks, on a database without the backstop."""
    constraint = next(one for one in Booking._meta.constraints if one.name == "booking_one_live_per_slot")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Booking, constraint)
    with web_server("tests.faults.unlocked_web", CROWDED) as address:
        yield address
    Booking.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Booking, constraint)


def test_control_without_locks_and_constraint_many_get_the_same_slot(unprotected):
    slot = slot_of(factories.CoachFactory())
    callers = [Caller(person) for person in factories.UserFactory.create_batch(24)]
    answers = at_once(unprotected, [caller.post(reverse("api:booking-list"), **book(slot)) for caller in callers])
    assert Counter(answer.status for answer in answers)[201] > 1
    assert broken().keys() == {"no slot has two live bookings"}


CLEAR = {200, 201, 409, 422}


def statuses(answers):
    return [answer.status for answer in answers]


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_crossed_moves(site, rounds):
    """Each of three wants the place of the next: nobody waits in a circle, and nobody ends without one."""
    coach = factories.CoachFactory()
    callers = [Caller(person) for person in factories.UserFactory.create_batch(3)]
    for _ in range(rounds):
        slots = [slot_of(coach) for _ in callers]
        held = [
            bookings.book(slot, candidate=caller.person, by=caller.person)
            for slot, caller in zip(slots, callers, strict=True)
        ]
        answers = at_once(
            site,
            [
                callers[n].post(reverse("api:booking-move", args=[held[n].public_id]), **book(slots[(n + 1) % 3]))
                for n in range(3)
            ],
        )
        assert statuses(answers) == [409, 409, 409]
        assert Counter(Booking.objects.filter(status="booked").values_list("candidate", flat=True)) == {
            caller.person.pk: 1 for caller in callers
        }
        for booking in Booking.objects.filter(status="booked"):
            bookings.cancel(booking, by=booking.candidate)
    assert broken() == {}


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_cancelled_and_booked_anew(site, rounds):
    coach = factories.CoachFactory()
    first, *others = [Caller(person) for person in factories.UserFactory.create_batch(12)]
    for _ in range(rounds):
        slot = slot_of(coach)
        booking = bookings.book(slot, candidate=first.person, by=first.person)
        cancel = first.post(reverse("api:booking-cancel", args=[booking.public_id]))
        answers = statuses(
            at_once(site, [cancel, *(one.post(reverse("api:booking-list"), **book(slot)) for one in others)])
        )
        assert answers[0] == 200
        assert set(answers[1:]) <= {201, 409}
        live = list(Booking.objects.filter(slot=slot, status="booked"))
        assert len(live) == answers[1:].count(201) <= 1
        for one in live:
            bookings.cancel(one, by=one.candidate)
    assert broken() == {}


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
@pytest.mark.parametrize("what", ["moved", "withdrawn"])
def test_a_slot_that_is_moved_or_withdrawn_while_it_is_booked(site, rounds, what):
    coach, admin = factories.CoachFactory(), Caller(factories.AdminFactory())
    callers = [Caller(person) for person in factories.UserFactory.create_batch(10)]
    for _ in range(rounds):
        slot = slot_of(coach, starts_wall=(timezone.now() + 30 * DAY).replace(tzinfo=None))
        if what == "withdrawn":
            change = admin.post(reverse("api:slot-withdraw", args=[slot.public_id]))
        else:
            later = (slot.starts_at + 3 * HOUR + timedelta(minutes=10)).replace(tzinfo=None)
            change = admin.patch(
                reverse("api:slot-detail", args=[slot.public_id]), starts_wall=f"{later:%Y-%m-%dT%H:%M}"
            )
        wanted = [caller.post(reverse("api:booking-list"), **book(slot)) for caller in callers]
        answers = statuses(at_once(site, [*wanted[:5], change, *wanted[5:]]))
        # Whoever comes after a withdrawal names a slot that is not there.
        assert set(answers) <= CLEAR | ({400} if what == "withdrawn" else set())
        slot.refresh_from_db()
        live = list(Booking.objects.filter(slot=slot).live())
        assert len(live) == answers.count(201) <= 1
        assert slot.status == "open" or not live
        for one in live:
            bookings.cancel(one, by=one.candidate)
    assert broken() == {}


def test_too_near_is_told_to_everybody_alike(site):
    slot = factories.SlotFactory(starts_at=timezone.now() + HOUR)
    callers = [Caller(person) for person in factories.UserFactory.create_batch(20)]
    answers = at_once(site, [caller.post(reverse("api:booking-list"), **book(slot)) for caller in callers])
    assert Counter(statuses(answers)) == {422: 20}
    assert not Booking.objects.exists()


def test_after_the_cut_off_the_place_stays(site):
    caller = Caller(factories.UserFactory())
    near = factories.SlotFactory(starts_at=timezone.now() + 6 * HOUR)
    booking = bookings.book(near, candidate=caller.person, by=caller.person)
    other = slot_of(factories.CoachFactory())
    answers = at_once(
        site,
        [
            *(caller.post(reverse("api:booking-cancel", args=[booking.public_id])) for _ in range(4)),
            *(caller.post(reverse("api:booking-move", args=[booking.public_id]), **book(other)) for _ in range(4)),
        ],
    )
    assert Counter(statuses(answers)) == {422: 8}
    booking.refresh_from_db()
    assert booking.status == "booked"


def line_up(people):
    """Each of them in the waiting list, awake day and night."""
    today = timezone.now().date()
    for person in people:
        type(person).objects.filter(pk=person.pk).update(quiet_from="00:00", quiet_until="00:00")
        person.refresh_from_db()
    return [waitlist.join(person, by=person, first_on=today, last_on=today + 59 * DAY) for person in people]


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_an_offer_taken_when_its_half_hour_is_over(site, rounds):
    """The one who is late, two pumps, and somebody from outside, at once: one of them has the slot, and nobody an error."""
    coach = factories.CoachFactory()
    for _ in range(rounds):
        late, following, outsider = [Caller(person) for person in factories.UserFactory.create_batch(3)]
        first, _second = line_up([late.person, following.person])
        slot = slot_of(coach)
        offers.look(timezone.now())
        offer = Line(timezone.now()).kept_for(first)
        assert offer.slot == slot
        Booking.objects.filter(pk=offer.pk).update(hold_until=timezone.now())
        with Fork(lambda: sweep.run(timezone.now())) as one, Fork(lambda: sweep.run(timezone.now())) as two:
            take = late.post(reverse("api:waitlist-take", args=[first.public_id]), offer=str(offer.public_id))
            answers = at_once(site, [take, take, outsider.post(reverse("api:booking-list"), **book(slot)), take])
            assert (one.wait(), two.wait()) == (0, 0)
        assert set(statuses(answers)) <= {201, 409}
        holder = Booking.objects.filter(slot=slot).live().get()
        booked = {answer.data["public_id"] for answer in answers if answer.status == 201}
        assert booked <= {str(holder.public_id)}
        assert (holder.status == "booked") == bool(booked)
        first.refresh_from_db()
        assert (first.status == "booked") == (holder.candidate == late.person)
        WaitlistEntry.objects.update(status="left")
        Booking.objects.filter(status__in=["held", "booked"]).update(status="cancelled")
    assert broken() == {}


def test_many_pumps_ask_each_of_the_line_once(transactional_db):
    people = factories.UserFactory.create_batch(6)
    entries = line_up(people)
    for _ in range(4):
        slot_of(factories.CoachFactory())
    pumps = [Fork(lambda: sweep.run(timezone.now())) for _ in range(6)]
    assert [pump.wait() for pump in pumps] == [0] * 6
    held = Booking.objects.filter(status="held")
    assert sorted(held.values_list("waitlist_entry", flat=True)) == [entry.pk for entry in entries[:4]]
    assert held.values("slot").distinct().count() == 4
    assert broken() == {}


def a_review(coach, candidate):
    interview = factories.InterviewFactory(candidate=candidate, shared_with_coach=True)
    note = factories.ThankYouNoteFactory(interview=interview)
    mistake = factories.MistakeFactory(interview=interview)
    decision = decisions.decide(mistake)
    review = Review.objects.create(
        interview=interview, candidate=candidate, coach=coach, note=note, answer_by=timezone.now() + 5 * HOUR
    )
    return review, ReviewItem.objects.create(review=review, decision=decision)


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_two_coaches_and_many_windows_on_one_review(site, rounds):
    candidate = factories.UserFactory()
    coach, other = (Caller(person) for person in factories.CoachFactory.create_batch(2))
    for person in (coach.person, other.person):
        factories.EngagementFactory(candidate=candidate, coach=person)
    for _ in range(rounds):
        review, item = a_review(coach.person, candidate)
        address = reverse("api:review-answer", args=[review.public_id])
        said = {"items": [{"item": str(item.public_id), "answer": "agree"}], "message": "Let it go as it is."}
        answers = at_once(site, [caller.post(address, **said) for caller in (coach, other) for _ in range(4)])
        assert Counter(statuses(answers[:4]))[200] == 1
        assert set(statuses(answers[:4])) <= {200, 403, 409}
        assert set(statuses(answers[4:])) == {404}
        review.refresh_from_db()
        assert (review.status, review.events.filter(new="answered").count()) == ("answered", 1)


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_a_coach_who_is_removed_in_the_middle_of_a_review(site, rounds):
    candidate, coach = Caller(factories.UserFactory()), Caller(factories.CoachFactory())
    for _ in range(rounds):
        engagement = factories.EngagementFactory(candidate=candidate.person, coach=coach.person)
        review, item = a_review(coach.person, candidate.person)
        address = reverse("api:review-answer", args=[review.public_id])
        said = {"items": [{"item": str(item.public_id), "answer": "agree"}], "message": "Let it go as it is."}
        removal = candidate.form(reverse("engagement-end", args=[engagement.public_id]))
        answers = at_once(site, [coach.post(address, **said), removal, coach.post(address, **said)])
        assert statuses(answers)[1] == 302
        assert {answers[0].status, answers[2].status} <= {200, 403, 404, 409}
        after = at_once(
            site, [coach.post(address, **said), coach.get(reverse("review-detail", args=[review.public_id]))]
        )
        assert statuses(after) == [404, 404]


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_a_coach_who_goes_away_while_people_book(site, rounds):
    callers = [Caller(person) for person in factories.UserFactory.create_batch(8)]
    for _ in range(rounds):
        coach = Caller(factories.CoachFactory())
        slot = slot_of(coach.person)
        away = {
            name: f"{to_wall(at, coach.person.zone):%Y-%m-%dT%H:%M}"
            for name, at in (("from_wall", slot.starts_at - HOUR), ("until_wall", slot.ends_at + HOUR))
        }
        wanted = [caller.post(reverse("api:booking-list"), **book(slot)) for caller in callers]
        answers = at_once(site, [*wanted[:4], coach.post(reverse("api:absence-list"), **away), *wanted[4:]])
        said = answers[4].status
        assert {said} <= {201, 409, 422}
        booked = [answer for answer in answers if answer.status == 201 and answer is not answers[4]]
        # Whoever asks when she is away already is told at the field that there is no such slot.
        assert set(statuses(answers)) <= CLEAR | ({400} if said == 201 else set()) and len(booked) <= 1
        if said == 201:
            # Whoever was quicker keeps the session until she is told; then it is no longer with this coach.
            change = reverse("api:change-send", args=[answers[4].data["change"]["public_id"]])
            # Nobody to be told: it has left at once.
            assert statuses(at_once(site, [coach.post(change)])) in ([200], [409])
            assert not Booking.objects.filter(slot=slot).live().exists()
        for one in Booking.objects.filter(status="booked"):
            bookings.cancel(one, by=one.candidate)
    assert broken() == {}


def roll_on():
    """What the daily task does four days from now."""
    series.roll_all(timezone.now() + 4 * DAY)


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_a_series_that_is_rolled_on_and_ended_while_people_book(site, rounds):
    admin = Caller(factories.AdminFactory())
    callers = [Caller(person) for person in factories.UserFactory.create_batch(8)]
    for _ in range(rounds):
        coach = factories.CoachFactory()
        first = to_wall(timezone.now() + DAY, "Africa/Nairobi").replace(hour=12, minute=0, second=0, microsecond=0)
        made = series.create_series(
            coach=coach,
            zone="Africa/Nairobi",
            rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
            starts_wall=first,
            by=admin.person,
        )
        slot = made.slots.order_by("starts_at")[2]
        wanted = [caller.post(reverse("api:booking-list"), **book(slot)) for caller in callers]
        end = admin.post(reverse("api:series-end", args=[made.public_id]), from_on=f"{first + 2 * DAY:%Y-%m-%d}")
        with Fork(roll_on) as one, Fork(roll_on) as two:
            answers = statuses(at_once(site, [*wanted[:4], end, *wanted[4:]]))
            assert (one.wait(), two.wait()) == (0, 0)
        # Whoever comes after the end names a slot that is none any more.
        assert answers[4] in CLEAR and set(answers) <= CLEAR | {400}
        slot.refresh_from_db()
        assert Booking.objects.filter(slot=slot).live().count() == (answers[:4] + answers[5:]).count(201) <= 1
        times = made.slots.exclude(status="withdrawn").values_list("starts_at", flat=True)
        assert len(times) == len(set(times))
        for held in Booking.objects.filter(status="booked"):
            bookings.cancel(held, by=held.candidate)
    assert broken() == {}
