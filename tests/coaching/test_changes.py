"""Changes of several slots as one act: kept while they wait, undone without a trace, told once to each person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.records import Conflict, Refused
from coaching.models import Booking, CalendarChange, MockSlot
from coaching.services import bookings, changes, slots, sweep
from coaching.services.changes import Step
from followups.models import OutboundEmail
from tests.coaching.places import booked, slot_of, statuses
from tests.factories import BookingFactory, CoachFactory, UserFactory
from tests.mailing import message_of, text_of

pytestmark = pytest.mark.django_db
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def booking(coach, candidate):
    return booked(coach, candidate, 48)


@pytest.fixture
def begin(admin):
    def begin_change(*steps, **fields):
        return changes.begin(steps, **{"kind": "slots", "by": admin, **fields})

    return begin_change


def mails():
    return list(OutboundEmail.objects.filter(kind="session").order_by("pk"))


def test_while_it_waits_nothing_has_happened_and_nobody_is_told(begin, booking, candidate):
    change = begin(Step(booking.slot), reason="The room is painted")

    assert abs(change.leaves_at - timezone.now() - TEN_MINUTES) < timedelta(minutes=1)
    assert statuses(change, booking, booking.slot) == ["waiting", "booked", "open"]
    assert mails() == []
    assert list(booking.events.values_list("new", flat=True)) == ["booked"]


def test_meanwhile_its_slots_are_kept(begin, booking, admin, stranger, coach):
    free = slot_of(coach, 50)
    begin(Step(booking.slot), Step(free))

    assert not MockSlot.objects.free(timezone.now()).filter(pk=free.pk).exists()
    for act in (
        lambda: bookings.book(free, candidate=stranger, by=stranger),
        lambda: bookings.hold(free, candidate=stranger),
        lambda: slots.withdraw_slot(free, by=admin),
        lambda: slots.edit_slot(free, by=admin, place="Room 9"),
        lambda: begin(Step(free)),
    ):
        with pytest.raises(Conflict):
            act()


def test_a_second_admin_is_told_who_is_at_it(begin, booking, admin):
    begin(Step(booking.slot))

    with pytest.raises(Conflict, match=r"^Mary Wafula is changing this slot at the moment"):
        begin(Step(booking.slot), by=CoachFactory())


def test_it_leaves_with_the_sweep_once_its_time_has_come(begin, booking, candidate):
    change = begin(Step(booking.slot), reason="The room is painted")

    assert sweep.run(change.leaves_at - timedelta(seconds=1)) == 0
    assert sweep.run(change.leaves_at) == 1
    assert sweep.run(change.leaves_at) == 0

    assert statuses(change, booking, booking.slot) == ["done", "cancelled", "withdrawn"]
    assert [mail.recipient for mail in mails()] == [booking.candidate, booking.coach]
    assert "The reason given: The room is painted" in text_of(mails()[0])
    assert [item.outcome for item in change.items.all()] == ["done"]


def test_undone_nobody_has_seen_anything(begin, booking, coach, stranger, admin):
    free = slot_of(coach, 50)
    before = (booking.updated_at, booking.sequence, booking.slot.updated_at)
    change = begin(Step(booking.slot), Step(free))

    changes.undo(change, by=admin)

    assert statuses(change, booking, booking.slot, free) == ["undone", "booked", "open", "open"]
    assert (booking.updated_at, booking.sequence, booking.slot.updated_at) == before
    assert (mails(), booking.events.count()) == ([], 1)
    assert sweep.run(change.leaves_at + TEN_MINUTES) == 0
    assert bookings.book(free, candidate=stranger, by=stranger).status == "booked"


def test_after_it_has_left_it_cannot_be_undone_and_the_other_way_round(begin, booking, admin):
    left, undone = begin(Step(booking.slot)), begin(Step(booked(CoachFactory(), UserFactory(), 48).slot))
    changes.send_now(left, by=admin)
    changes.undo(undone, by=admin)

    with pytest.raises(Conflict, match="has left already"):
        changes.undo(left, by=admin)
    with pytest.raises(Conflict, match="was undone"):
        changes.send_now(undone, by=admin)
    assert len(mails()) == 2


def test_what_nobody_has_to_be_told_of_is_done_at_once(begin, coach):
    one, two = slot_of(coach, 50), slot_of(coach, 52)
    change = begin(Step(one), Step(two))

    assert statuses(change, one, two) == ["done", "withdrawn", "withdrawn"]
    assert mails() == []


def test_it_can_be_made_to_wait_all_the_same(begin, coach):
    assert begin(Step(slot_of(coach, 50)), must_wait=True).status == "waiting"


@pytest.mark.parametrize(
    ("first", "minutes"), [(None, 10), (timedelta(hours=5), 10), (timedelta(minutes=12), 6), (timedelta(minutes=-5), 0)]
)
def test_it_never_waits_longer_than_half_of_the_time_that_is_left(first, minutes):
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert changes.leaves_at(now, first and now + first) == now + timedelta(minutes=minutes)


def test_an_edit_takes_the_booking_along_and_asks_her(begin, booking, admin):
    later = booking.slot.starts_wall + timedelta(minutes=30)
    change = begin(Step(booking.slot, "edit", fields={"starts_wall": later, "place": "Room 5"}))
    changes.send_now(change, by=admin)

    booking.refresh_from_db()
    assert (booking.slot.starts_wall, booking.slot.place) == (later, "Room 5")
    assert (booking.status, booking.starts_at, booking.confirmed_at) == ("booked", booking.slot.starts_at, None)
    assert [mail.recipient for mail in mails()] == [booking.candidate, booking.coach]


def test_a_move_offers_the_other_place_and_withdraws_hers(begin, booking, other_coach, admin):
    target = slot_of(other_coach, 48)
    change = begin(Step(booking.slot, "move", target=target))
    assert not MockSlot.objects.free(timezone.now()).filter(pk=target.pk).exists()

    changes.send_now(change, by=admin)

    new = Booking.objects.get(slot=target)
    assert statuses(booking, booking.slot) == ["moved", "withdrawn"]
    assert (new.status, new.by_house, new.confirmed_at, new.calendar_id) == ("booked", True, None, booking.public_id)
    assert new.confirm_by == new.starts_at - timedelta(hours=24)
    assert [mail.recipient for mail in mails()] == [booking.candidate, other_coach, booking.coach]


def test_an_agenda_stays_with_its_coach(begin, booking, other_coach, coach, admin, candidate):
    lesson = candidate.lessons.create(title="Slow down")
    second = booked(coach, candidate, 60)
    for one in (booking, second):
        one.agenda.add(lesson)
    away, back = slot_of(other_coach, 48), slot_of(coach, 100)
    changes.send_now(begin(Step(booking.slot, "move", target=away), Step(second.slot, "move", target=back)), by=admin)

    assert list(Booking.objects.get(slot=back).agenda.all()) == [lesson]
    assert list(Booking.objects.get(slot=away).agenda.all()) == []


def test_each_person_gets_one_mail_about_all_of_hers(begin, coach, candidate, stranger, admin):
    mine = [booked(coach, candidate, hours) for hours in (48, 72)]
    theirs = booked(coach, stranger, 50)
    change = begin(*[Step(one.slot) for one in [*mine, theirs]])
    changes.send_now(change, by=admin)

    rows = {mail.recipient: mail for mail in mails()}
    assert (len(mails()), set(rows)) == (3, {candidate, stranger, coach})
    files = {
        person: [part.get_filename() for part in message_of(row).iter_attachments()] for person, row in rows.items()
    }
    assert files == {
        candidate: ["mock-session-1.ics", "mock-session-2.ics"],
        stranger: ["mock-session.ics"],
        coach: ["mock-session-1.ics", "mock-session-2.ics", "mock-session-3.ics"],
    }
    assert text_of(rows[candidate]).count("It cannot be held.") == 2
    assert "Brian" not in text_of(rows[candidate])


def test_a_place_that_she_gave_back_meanwhile_is_only_withdrawn(begin, booking, other_coach, admin, candidate):
    target = slot_of(other_coach, 48)
    change = begin(Step(booking.slot, "move", target=target))
    bookings.cancel(booking, by=candidate)
    told = len(mails())

    changes.send_now(change, by=admin)

    assert statuses(booking, booking.slot, target) == ["cancelled", "withdrawn", "open"]
    assert len(mails()) == told
    assert MockSlot.objects.free(timezone.now()).filter(pk=target.pk).exists()


def test_one_that_no_longer_fits_is_left_and_said_so_and_the_others_are_done(
    begin, booking, other_coach, admin, candidate
):
    target = slot_of(other_coach, 48)
    other = booked(booking.coach, UserFactory(), 50)
    change = begin(Step(booking.slot, "move", target=target), Step(other.slot))
    # Its coach leaves the house while the change waits.
    other_coach.is_active = False
    other_coach.save()

    changes.send_now(change, by=admin)

    assert statuses(change, booking, booking.slot, other) == ["done", "booked", "open", "cancelled"]
    assert [item.outcome for item in change.items.all()] == ["left", "done"]
    assert candidate not in {mail.recipient for mail in mails()}


def test_a_session_that_begins_meanwhile_is_left(begin, booking, admin):
    change = begin(Step(booking.slot))
    changes.release(change, now=booking.starts_at + timedelta(minutes=1))

    assert statuses(booking, booking.slot) == ["booked", "open"]
    assert [item.outcome for item in change.items.all()] == ["left"]


def test_a_form_that_is_open_loses_its_hold_and_is_told_like_any_loser(begin, coach, stranger):
    free = slot_of(coach, 50)
    bookings.hold(free, candidate=stranger)
    begin(Step(free), must_wait=True)

    with pytest.raises(Conflict, match=r"^This slot is no longer offered\."):
        bookings.book(free, candidate=stranger, by=stranger)


@pytest.mark.parametrize("case", ["taken", "promised twice", "changing itself", "her other session", "over"])
def test_a_place_that_is_not_free_is_not_promised(begin, booking, other_coach, coach, candidate, case):
    target = slot_of(other_coach, 48)
    steps = [Step(booking.slot, "move", target=target)]
    if case == "taken":
        BookingFactory(slot=target)
    elif case == "promised twice":
        steps.append(Step(booked(coach, UserFactory(), 60).slot, "move", target=target))
    elif case == "changing itself":
        steps.append(Step(target))
    elif case == "her other session":
        booked(CoachFactory(), candidate, 96)
        steps = [Step(booking.slot, "move", target=slot_of(other_coach, 96))]
    else:
        steps = [Step(booking.slot, "move", target=slot_of(other_coach, -3))]

    with pytest.raises((Conflict, Refused)):
        begin(*steps)
    assert CalendarChange.objects.count() == 0


def test_a_slot_that_is_gone_or_begun_cannot_be_changed(begin, coach, candidate):
    gone = slot_of(coach, 50)
    MockSlot.objects.filter(pk=gone.pk).update(status="withdrawn")

    for slot in (gone, booked(coach, candidate, 0).slot):
        with pytest.raises(Refused):
            begin(Step(slot))


def test_who_sees_changes(begin, booking, admin, coach, other_coach, candidate):
    change = begin(Step(booking.slot))
    seen = {
        person.name: list(CalendarChange.objects.visible_to(person))
        for person in (admin, coach, other_coach, candidate)
    }
    assert seen == {"Mary Wafula": [change], "Tom Barasa": [change], "Ruth Njeri": [], "Achieng Otieno": []}


def test_its_kind_is_told_how_it_ended(begin, booking, admin, monkeypatch):
    ended = []
    monkeypatch.setitem(
        changes._followers,
        "slots",
        {"done": lambda change, now: ended.append("done"), "undone": lambda change, now: ended.append("undone")},
    )
    changes.undo(begin(Step(booking.slot)), by=admin)
    changes.send_now(begin(Step(booking.slot)), by=admin)

    assert ended == ["undone", "done"]


def test_what_can_still_be_undone_or_was_left_stands_on_the_admins_home(begin, booking, admin, client_of):
    change = begin(Step(booking.slot))
    address = f"/changes/{change.public_id}/"
    assert address in client_of(admin).get("/today/").text
    changes.send_now(change, by=admin)
    assert address not in client_of(admin).get("/today/").text
    change.items.update(outcome="left")
    assert address in client_of(admin).get("/today/").text
    CalendarChange.objects.update(leaves_at=timezone.now() - timedelta(days=4))
    assert address not in client_of(admin).get("/today/").text


def test_one_that_breaks_holds_up_nobody_else(begin, booking, monkeypatch):
    def broken(change, now):
        raise ZeroDivisionError

    monkeypatch.setitem(changes._followers, "series", {"done": broken, "undone": None})
    bad = begin(Step(booking.slot), kind="series")
    good = begin(Step(booked(CoachFactory(), UserFactory(), 48).slot))
    sweep.run(max(bad.leaves_at, good.leaves_at))

    assert statuses(bad, good, booking) == ["waiting", "done", "booked"]
