"""A coach is away: what it means is shown first, done in one act, and answered by each person without signing in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import when
from accounts.records import Conflict, Refused
from coaching import availability
from coaching.models import Booking, CoachAbsence, MockSlot
from coaching.reminders import review_urgent, reviews_waiting
from coaching.services import absences, bookings, changes, closures, relocation, reviews, slots, sweep
from coaching.services.agenda import agenda_for
from followups.models import OutboundEmail, Reminder
from tests.coaching.places import booked, in_hours, slot_of, statuses
from tests.factories import CoachFactory, EngagementFactory, InterviewFactory, LessonFactory, SeriesFactory, UserFactory
from tests.mailing import text_of

pytestmark = pytest.mark.django_db
ZONE = "Africa/Nairobi"


def span(first, last):
    """From and until, in hours from now, on the coach's wall."""
    return {
        "zone": ZONE,
        "from_wall": when.to_wall(in_hours(first), ZONE),
        "until_wall": when.to_wall(in_hours(last), ZONE),
    }


@pytest.fixture(autouse=True)
def _nobody_sleeps(django_user_model, candidate, stranger):
    """These tests run at any hour: nobody has quiet hours."""
    django_user_model.objects.update(quiet_from="00:00", quiet_until="00:00")
    for person in (candidate, stranger):
        person.refresh_from_db()


@pytest.fixture
def away(coach, admin):
    def plan(first=24, last=72, **fields):
        return absences.plan(coach, **{"by": admin, **span(first, last), **fields})

    return plan


def sent(absence):
    changes.send_now(absence.change, by=absence.by)
    absence.refresh_from_db()
    return absence


def told():
    return [(mail.recipient.get_short_name(), mail.kind) for mail in OutboundEmail.objects.order_by("pk")]


def rows_of(seen):
    return {row.booking: (row.proposed, row.why) for row in seen.rows}


def test_it_is_shown_before_anything_is_stored(coach, candidate, other_coach):
    booking, free = booked(coach, candidate, 48), slot_of(coach, 50)
    slot_of(coach, 80), slot_of(coach, 20)
    standing_in = slot_of(other_coach, 48)

    seen = absences.outlook(coach, **span(24, 72))

    assert (list(seen.free), rows_of(seen)) == ([free], {booking: (standing_in, "same_time")})
    assert CoachAbsence.objects.count() == 0


def test_a_slot_belongs_to_it_by_its_first_and_by_its_last_minute(coach):
    first, last = slot_of(coach, 24), slot_of(coach, 71)
    slot_of(coach, 72)
    half = absences.outlook(coach, **span(24, 72) | {"from_wall": first.starts_wall + timedelta(minutes=44)})

    assert list(absences.outlook(coach, **span(24, 72)).free) == [first, last]
    assert list(half.free) == [first, last]


def test_before_her_next_interview_and_in_the_first_week_back(coach, candidate, stranger, other_coach):
    InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-60)
    mine, theirs = booked(coach, candidate, 48), booked(coach, stranger, 50)
    before, back = slot_of(other_coach, 30), slot_of(coach, 80)

    seen = absences.outlook(coach, **span(24, 72))

    assert rows_of(seen) == {mine: (before, "before_interview"), theirs: (back, "first_week")}


def test_a_session_of_hers_that_stays_is_minded(coach, candidate, other_coach):
    booked(CoachFactory(), candidate, 48)
    hers = Booking.objects.get()
    hers.starts_at, hers.ends_at = hers.starts_at + timedelta(minutes=30), hers.ends_at + timedelta(minutes=30)
    hers.save()
    gone = booked(coach, candidate, 47)
    slot_of(other_coach, 48)

    assert rows_of(absences.outlook(coach, **span(24, 72))) == {gone: (None, "")}


def test_it_is_done_in_one_act_ten_minutes_later(away, coach, candidate, stranger, other_coach):
    mine, theirs, free = booked(coach, candidate, 48), booked(coach, stranger, 60), slot_of(coach, 50)
    standing_in = slot_of(other_coach, 48)
    absence = away()

    assert statuses(absence, absence.change, mine, theirs, free) == ["waiting", "waiting", "booked", "booked", "open"]
    assert told() == []
    sweep.run(absence.change.leaves_at)

    assert statuses(absence, mine, theirs, free) == ["standing", "moved", "cancelled", "withdrawn"]
    offer = Booking.objects.get(slot=standing_in)
    assert (offer.candidate, offer.by_house, offer.confirmed_at) == (candidate, True, None)
    assert sorted(told()) == [("Achieng", "session"), ("Brian", "session"), ("Ruth", "session"), ("Tom", "session")]


def test_undone_nobody_was_away(away, coach, candidate, admin):
    booking = booked(coach, candidate, 48)
    absence = away()
    changes.undo(absence.change, by=admin)

    assert statuses(absence, booking, booking.slot) == ["undone", "booked", "open"]
    assert (told(), slot_of(coach, 50).status) == ([], "open")
    assert slots.create_slot(coach=coach, zone=ZONE, starts_wall=span(55, 56)["from_wall"], by=admin).status == "open"


def test_where_nobody_is_to_be_told_it_holds_at_once(away, coach):
    free = slot_of(coach, 50)
    assert statuses(away(), free) == ["standing", "withdrawn"]


def test_a_coach_without_slots_can_be_away(away):
    assert away().status == "standing"


def test_no_slot_is_made_or_moved_into_it(away, coach, admin):
    slot = slot_of(coach, 100)
    away()
    wall = span(48, 49)["from_wall"]

    with pytest.raises(Refused, match=r"^Tom Barasa is away until"):
        slots.create_slot(coach=coach, zone=ZONE, starts_wall=wall, by=admin)
    with pytest.raises(Refused, match=r"^Tom Barasa is away until"):
        slots.edit_slot(slot, by=admin, starts_wall=wall)


def test_what_was_chosen_is_done_instead_of_what_was_proposed(away, coach, candidate, stranger, other_coach):
    mine, theirs = booked(coach, candidate, 48), booked(coach, stranger, 50)
    slot_of(other_coach, 48)
    later = slot_of(coach, 24 * 20)
    sent(away(choices={mine: None, theirs: later}))

    assert statuses(mine, theirs) == ["cancelled", "moved"]
    assert Booking.objects.get(slot=later).candidate == stranger


def test_two_people_are_not_sent_to_one_place(away, coach, candidate, stranger, other_coach):
    mine, theirs, only = booked(coach, candidate, 48), booked(coach, stranger, 50), slot_of(other_coach, 48)

    with pytest.raises(Conflict):
        away(choices={mine: only, theirs: only})
    assert CoachAbsence.objects.count() == 0


def test_while_it_waits_places_can_be_chosen_anew(away, coach, candidate, stranger, other_coach, admin):
    mine, theirs = booked(coach, candidate, 48), booked(coach, stranger, 50)
    first, second = slot_of(other_coach, 48), slot_of(other_coach, 30)
    absence = away()
    old = absence.change
    absence = absences.rearrange(absence, by=admin, choices={mine: second, theirs: first})

    assert statuses(old, absence) == ["undone", "waiting"]
    sent(absence)
    assert {booking.slot: booking.candidate for booking in Booking.objects.filter(by_house=True)} == {
        first: stranger,
        second: candidate,
    }


def test_after_it_has_left_places_stay(away, coach, candidate, admin):
    booking = booked(coach, candidate, 48)
    with pytest.raises(Conflict, match="has left already"):
        absences.rearrange(sent(away()), by=admin, choices={booking: None})


@pytest.mark.parametrize(
    ("first", "last", "field"), [(48, 48, "until_wall"), (48, 24, "until_wall"), (-72, -24, "until_wall"),
        (24, 24 * 400, "until_wall"), (24 * 380, 24 * 390, "from_wall")]
)  # fmt: skip
def test_a_span_that_makes_no_sense_is_refused_at_its_field(away, first, last, field):
    with pytest.raises(Refused) as refused:
        away(first, last)
    assert refused.value.field == field


@pytest.mark.parametrize(("zone", "field"), [("Mars/Olympus", "zone")])
def test_an_unknown_zone_is_refused(away, zone, field):
    with pytest.raises(Refused) as refused:
        away(zone=zone)
    assert refused.value.field == field


def test_only_a_coach_who_works_here_can_be_away(admin, candidate):
    for person in (candidate, CoachFactory(is_active=False)):
        with pytest.raises(Refused):
            absences.plan(person, by=admin, **span(24, 72))


def test_one_that_began_yesterday_minds_what_is_still_to_come(away, coach, candidate):
    running = booked(coach, candidate, 0)
    coming = booked(coach, UserFactory(), 5)
    absence = sent(away(-24, 72))

    assert statuses(absence, running, coming) == ["standing", "booked", "cancelled"]


def test_absences_may_overlap(away, coach):
    first, second = slot_of(coach, 30), slot_of(coach, 90)
    away(24, 72)
    seen = absences.outlook(coach, **span(48, 100))
    away(48, 100)

    assert len(seen.others) == 1
    assert statuses(first, second) == ["withdrawn", "withdrawn"]


def test_she_takes_the_place_and_ticks_what_the_other_coach_may_see(away, coach, candidate, other_coach, admin):
    shown, kept = (LessonFactory(candidate=candidate, title=title) for title in ("Slow down", "Salary"))
    booking = booked(coach, candidate, 48)
    booking.agenda.set([shown, kept])
    slot_of(other_coach, 48)
    sent(away())
    offer = Booking.objects.get(by_house=True, status="booked")
    assert relocation.agenda_before(offer) == [shown, kept]
    assert agenda_for(offer, other_coach, timezone.now()) == []

    offer = bookings.confirm(offer, by=candidate, agenda=[shown])

    assert (offer.status, list(offer.agenda.all())) == ("booked", [shown])
    assert [one.title for one in agenda_for(offer, other_coach, timezone.now())] == ["Slow down"]
    assert agenda_for(offer, admin, timezone.now()) == []


def test_with_the_coach_she_had_her_agenda_comes_along(away, coach, candidate):
    lesson = LessonFactory(candidate=candidate)
    booking = booked(coach, candidate, 48)
    booking.agenda.add(lesson)
    slot_of(coach, 80)
    sent(away())
    offer = Booking.objects.get(by_house=True, status="booked")

    assert (list(offer.agenda.all()), relocation.agenda_before(offer)) == ([lesson], [])


def test_she_may_take_another_time_or_cancel_however_late_it_is(away, coach, candidate, other_coach, settings):
    booked(coach, candidate, 26)
    slot_of(other_coach, 26)
    another = slot_of(other_coach, 30)
    sent(away(24, 72))
    offer = Booking.objects.get(by_house=True, status="booked")
    late = offer.starts_at - timedelta(minutes=30)
    settings.BOOKING_LIVE_PER_CANDIDATE = 0

    moved = bookings.move_booking(offer, slot=another, by=candidate, now=late)
    assert (moved.confirmed_at, moved.override_reason) == (late, "")


def test_she_may_refuse_it_however_late_it_is(away, coach, candidate, other_coach):
    booked(coach, candidate, 26)
    slot_of(other_coach, 26)
    sent(away(24, 72))
    offer = Booking.objects.get(by_house=True, status="booked")

    assert bookings.cancel(offer, by=candidate, now=offer.starts_at - timedelta(minutes=5)).status == "cancelled"


def test_unanswered_it_lapses_a_day_before_and_she_is_told(away, coach, candidate, other_coach):
    booked(coach, candidate, 48)
    slot_of(other_coach, 48)
    sent(away())
    offer = Booking.objects.get(by_house=True, status="booked")
    assert offer.confirm_by == offer.starts_at - timedelta(hours=24)

    sweep.run(offer.confirm_by - timedelta(seconds=1))
    assert statuses(offer) == ["booked"]
    sweep.run(offer.confirm_by)

    assert statuses(offer) == ["expired"]
    last = OutboundEmail.objects.filter(kind="session", recipient=candidate).latest("pk")
    assert "not confirmed in time, so its place is free again" in text_of(last)


def test_whoever_got_no_place_takes_one_herself_without_counting(away, coach, candidate, other_coach, settings):
    booking = booked(coach, candidate, 48)
    sent(away())
    settings.BOOKING_LIVE_PER_CANDIDATE = 0
    late = slot_of(other_coach, 60)
    booking.refresh_from_db()

    new = relocation.rebook(booking, slot=late, by=candidate)

    assert (new.status, new.calendar_id, new.sequence > booking.sequence) == ("booked", booking.public_id, True)
    assert new.confirmed_at is not None
    with pytest.raises(Conflict, match="another time already"):
        relocation.rebook(booking, slot=slot_of(other_coach, 62), by=candidate)


def test_nobody_rebooks_what_she_gave_back_herself(coach, candidate):
    booking = booked(coach, candidate, 48)
    bookings.cancel(booking, by=candidate)
    booking.refresh_from_db()

    with pytest.raises(Conflict):
        relocation.rebook(booking, slot=slot_of(coach, 50), by=candidate)


def test_mails_never_say_why_nor_what_for(away, coach, candidate, other_coach):
    booking = booked(coach, candidate, 48)
    booking.agenda.add(LessonFactory(candidate=candidate, title="CANARY of the agenda"))
    slot_of(other_coach, 48)
    sent(away())
    texts = {mail.recipient: text_of(mail) for mail in OutboundEmail.objects.filter(kind="session")}

    assert set(texts) == {candidate, coach, other_coach}
    assert [text for text in texts.values() if "CANARY" in text or "away" in text.lower()] == []
    assert "Tom Barasa cannot hold the session you had; we are sorry." in texts[candidate]
    assert [person for person, text in texts.items() if "It was:" in text] == [candidate]


def test_back_sooner_what_is_still_to_come_is_offered_again(away, coach, candidate, admin):
    early, late, had = slot_of(coach, 30), slot_of(coach, 60), booked(coach, candidate, 65)
    absence = sent(away())
    absence, number = absences.come_back(absence, by=admin, until_wall=span(48, 49)["from_wall"])

    assert (absence.status, absence.ends_at, number) == ("standing", in_hours(48), 2)
    again = MockSlot.objects.filter(coach=coach, status="open").order_by("starts_at")
    assert [slot.starts_at for slot in again] == [late.starts_at, had.starts_at]
    assert statuses(early, late) == ["withdrawn", "withdrawn"]


def test_back_now(away, coach, admin):
    absence, _number = absences.come_back(away(-24, 72), by=admin)
    assert abs(absence.ends_at - timezone.now()) < timedelta(minutes=1)


def test_called_off_before_it_began_it_never_was(away, coach, admin):
    slot = slot_of(coach, 50)
    absence, number = absences.come_back(away(), by=admin)

    assert (absence.status, number) == ("undone", 1)
    assert MockSlot.objects.get(status="open").starts_at == slot.starts_at


def test_back_without_offering_anything_again(away, coach, admin):
    slot_of(coach, 50)
    _absence, number = absences.come_back(away(), by=admin, reopen=False)
    assert (number, MockSlot.objects.filter(status="open").count()) == (0, 0)


def test_back_later_is_another_absence(away, admin):
    with pytest.raises(Refused) as refused:
        absences.come_back(away(), by=admin, until_wall=span(90, 91)["from_wall"])
    assert refused.value.field == "until_wall"


def test_back_in_another_absence_nothing_is_offered_again(away, coach, admin):
    slot_of(coach, 50)
    absence = away()
    away(40, 60)
    assert absences.come_back(absence, by=admin)[1] == 0


def test_a_review_due_meanwhile_goes_to_her_other_coach(review, coach, candidate, other_coach, away):
    EngagementFactory(candidate=candidate, coach=other_coach)
    sent(away(0, 72))

    review.refresh_from_db()
    assert (review.status, review.coach, review.opened_at) == ("open", other_coach, None)
    assert list(review.events.values_list("old", "new", "reason")) == [("", "open", ""), ("open", "open", "coach away")]
    mails = [(mail.recipient, mail.kind) for mail in OutboundEmail.objects.filter(status="queued").order_by("pk")]
    assert mails[-2:] == [(other_coach, "review_asked"), (candidate, "review_passed_on")]


def test_a_review_that_comes_back_to_its_first_coach_is_told_again(review, coach, candidate, other_coach, away, admin):
    EngagementFactory(candidate=candidate, coach=other_coach)
    absences.come_back(sent(away(0, 72)), by=admin)
    sent(absences.plan(other_coach, by=admin, **span(0, 72)))
    review.refresh_from_db()
    for tell in (reviews.tell_asked, reviews.tell_passed_on):
        tell(review, now=timezone.now())  # a retry is no news

    rows = OutboundEmail.objects.filter(kind__in=["review_asked", "review_passed_on"]).order_by("pk")
    assert [(row.kind, row.recipient, row.status) for row in rows] == [
        ("review_asked", coach, "cancelled"),
        ("review_asked", other_coach, "cancelled"),
        ("review_passed_on", candidate, "queued"),
        ("review_asked", coach, "queued"),
        ("review_passed_on", candidate, "queued"),
    ]


def test_without_another_coach_it_counts_as_unanswered_and_the_note_goes(review, away, candidate):
    absence = sent(away(0, 72))

    assert statuses(absence, review, review.note) == ["standing", "went_without", "scheduled"]
    assert [mail.recipient for mail in OutboundEmail.objects.filter(kind="review_went_without")] == [candidate]


def test_another_coach_who_is_away_too_or_may_not_read_it_is_no_help(review, away, candidate, other_coach, admin):
    EngagementFactory(candidate=candidate, coach=other_coach)
    absences.plan(other_coach, by=admin, **span(0, 72))
    sent(away(0, 72))

    assert statuses(review) == ["went_without"]


def test_an_interview_that_is_private_again_is_passed_to_nobody(review, away, candidate, other_coach):
    EngagementFactory(candidate=candidate, coach=other_coach)
    review.interview.shared_with_coach = False
    review.interview.save()
    sent(away(0, 72))

    assert statuses(review) == ["went_without"]


def test_a_review_waits_for_whoever_leaves_only_later(review, away, coach):
    absence = away(2, 72)
    assert statuses(absence, review) == ["standing", "open"]

    sweep.run(absence.starts_at - timedelta(seconds=1))
    assert statuses(review) == ["open"]
    sweep.run(absence.starts_at)
    assert statuses(review) == ["went_without"]


def test_one_that_is_due_after_the_return_stays(review, away):
    absence = away(0, 2)
    assert statuses(absence, review) == ["standing", "open"]
    sweep.run(timezone.now())
    assert statuses(review) == ["open"]


def test_nobody_is_reminded_on_days_away(review, coach, away):
    later = timezone.now() + timedelta(days=2)
    assert reviews_waiting(coach, later) != []
    assert review_urgent(review, timezone.now()) != []
    CoachAbsence.objects.create(
        coach=coach, status="standing", starts_at=in_hours(0), ends_at=in_hours(24 * 5), **span(0, 24 * 5)
    )
    assert [one for one in reviews_waiting(coach, later) if one.due_at < in_hours(24 * 5)] == []
    assert review_urgent(review, timezone.now()) == []


def test_who_sees_absences(away, coach, other_coach, admin, candidate):
    absence = away()
    seen = [list(CoachAbsence.objects.visible_to(person)) for person in (admin, coach, other_coach, candidate)]
    assert seen == [[absence], [absence], [], []]


@pytest.mark.parametrize("number", [1, 30])
def test_looking_takes_the_same_queries_at_any_size(coach, other_coach, number, django_assert_num_queries):
    for one in range(number):
        booked(coach, UserFactory(), 24 + 2 * one)
        slot_of(other_coach, 24 + 2 * one)
        slot_of(coach, 25 + 2 * one)

    with django_assert_num_queries(7):
        absences.outlook(coach, **span(24, 24 * 10))


def test_each_booked_person_costs_a_bounded_number_of_queries_when_it_leaves(coach, other_coach, admin):
    """Locks are held meanwhile; reminders of all of them are derived at once, and nothing of it is lost."""
    sizes = []
    for start, number in ((24, 1), (240, 3)):
        for one in range(number):
            booked(coach, UserFactory(), start + 2 * one)
            slot_of(other_coach, start + 2 * one)
        absence = absences.plan(coach, by=admin, **span(start - 1, start + 24))
        with CaptureQueriesContext(connection) as queries:
            sent(absence)
        sizes.append(len(queries))

    new = Booking.objects.filter(coach=other_coach, status="booked")
    assert [(one.sequence, list(one.events.values_list("new", flat=True))) for one in new] == [(1, ["booked"])] * 4
    about = Reminder.objects.filter(subject_id__in=new.values("public_id"), status="waiting")
    assert about.values("subject_id").distinct().count() == 4
    assert all(row.events.count() == 1 for row in about)
    assert (sizes[1] - sizes[0]) / 2 <= 45, sizes


def test_a_slot_of_a_series_that_is_offered_again_keeps_its_place_in_the_pattern(away, coach, admin):
    series = SeriesFactory(coach=coach)
    slot = slot_of(coach, 50, series=series)
    MockSlot.objects.filter(pk=slot.pk).update(occurs_wall=slot.starts_wall)
    _absence, number = absences.come_back(away(), by=admin)

    again = MockSlot.objects.get(status="open")
    assert (number, again.series, again.occurs_wall) == (1, series, slot.starts_wall)


def test_on_a_day_that_was_closed_meanwhile_nothing_is_offered_again(away, coach, admin):
    slot = slot_of(coach, 50)
    absence = away()
    day = slot.starts_wall.date()
    closures.close_days(from_on=day, until_on=day, title="Painting", by=admin)

    assert absences.come_back(absence, by=admin)[1] == 0


def test_whoever_is_away_is_not_counted_on(away, coach):
    assert not availability.is_away(coach, in_hours(48))
    away()
    assert [availability.is_away(coach, in_hours(hours)) for hours in (23, 24, 71, 72)] == [False, True, True, False]
