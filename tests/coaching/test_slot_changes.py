"""One slot that somebody has booked: who is affected is shown, and what is decided waits some minutes and can be undone."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import when
from accounts.records import Conflict, Refused
from coaching.models import Booking, CalendarChange
from coaching.services import bookings, changes, slot_changes, slots
from followups.models import OutboundEmail
from tests.factories import BookingFactory, SlotFactory

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


@pytest.fixture
def booking(candidate, coach):
    return BookingFactory(slot__coach=coach, candidate=candidate)


@pytest.fixture
def place(coach):
    return SlotFactory(coach=coach, starts_at=timezone.now() + timedelta(days=9))


def later(slot, hours=2):
    return when.to_wall(slot.starts_at + timedelta(hours=hours), slot.zone)


def mails():
    return OutboundEmail.objects.filter(kind="session").count()


def test_an_edit_waits_and_nobody_has_heard_of_it(booking, admin):
    slot, wall = booking.slot, later(booking.slot)

    _slot, change = slot_changes.edit(slot, by=admin, seen=booking, starts_wall=wall, move_booked=True)
    slot.refresh_from_db()
    assert (change.status, slot.starts_at, mails()) == ("waiting", booking.starts_at, 0)

    changes.send_now(change, by=admin)
    slot.refresh_from_db()
    booking.refresh_from_db()
    assert (slot.starts_wall, booking.starts_at, booking.confirmed_at, mails()) == (wall, slot.starts_at, None, 2)


def test_undone_everything_is_as_it_was(booking, admin):
    _slot, change = slot_changes.withdraw(booking.slot, by=admin, seen=booking, reason="The room is gone")

    changes.undo(change, by=admin)

    booking.refresh_from_db()
    assert (booking.status, booking.slot.status, mails()) == ("booked", "open", 0)


def test_another_place_can_be_offered_instead(booking, place, admin):
    assert slot_changes.outlook(booking.slot, by=admin).places == (place,)

    _slot, change = slot_changes.withdraw(booking.slot, by=admin, seen=booking, place=place)
    changes.send_now(change, by=admin)

    new = Booking.objects.get(slot=place)
    booking.refresh_from_db()
    assert (booking.status, new.status, new.candidate, new.confirmed_at) == ("moved", "booked", booking.candidate, None)


def test_what_cannot_be_is_said_at_once_at_its_field(booking, place, coach, admin, stranger):
    slot = booking.slot

    def field_of(act, **values):
        with pytest.raises(Refused) as refused:
            act(slot, by=admin, seen=booking, **values)
        return refused.value.field

    bookings.book(place, candidate=stranger, by=admin, override_reason="x")
    past = when.to_wall(timezone.now() - timedelta(days=1), slot.zone)
    assert [
        field_of(slot_changes.withdraw),
        field_of(slot_changes.withdraw, place=place),
        field_of(slot_changes.edit, starts_wall=later(slot)),
        field_of(slot_changes.edit, starts_wall=past, move_booked=True),
        field_of(slot_changes.edit, starts_wall=when.to_wall(place.starts_at, slot.zone), move_booked=True),
        field_of(slot_changes.edit, minutes=5),
    ] == ["reason", "place", "move_booked", "starts_wall", "starts_wall", "minutes"]
    assert CalendarChange.objects.count() == mails() - 2 == 0


@pytest.mark.parametrize("shown", ["nobody", "somebody else"])
def test_whoever_books_after_the_look_is_not_moved_by_it(shown, coach, candidate, stranger, admin):
    slot = SlotFactory(coach=coach)
    seen = None
    if shown == "somebody else":
        seen = BookingFactory(slot=slot, candidate=stranger, status="cancelled")
    booking = BookingFactory(slot=slot, candidate=candidate)

    for act, values in (
        (slot_changes.withdraw, {"reason": "Ill"}),
        (slot_changes.edit, {"starts_wall": later(slot), "move_booked": True}),
    ):
        with pytest.raises(Conflict):
            act(slot, by=admin, seen=seen, **values)

    booking.refresh_from_db()
    assert (booking.status, CalendarChange.objects.count()) == ("booked", 0)


def test_a_free_slot_changes_at_once(coach, admin):
    slot = SlotFactory(coach=coach)

    assert slot_changes.edit(slot, by=admin, seen=None, place="Room 2")[1] is None
    assert slot_changes.withdraw(slot, by=admin, seen=None)[0].status == "withdrawn"


def test_the_page_shows_whom_it_concerns_and_where_they_could_go(booking, place, admin, client_of):
    client, address = client_of(admin), reverse("slot-withdraw", args=[booking.slot.public_id])
    page = client.get(address)

    assert booking.candidate.get_full_name() in page.text
    sent = client.post(address, {"seen": booking.public_id, "place": place.public_id})
    assert sent.url == reverse("change-detail", args=[CalendarChange.objects.get().public_id])
    assert "Undo it" in client.get(sent.url).text


def test_the_page_offers_the_places_by_day(booking, coach, admin, client_of):
    monday = when.to_wall(booking.starts_at, admin.zone).date() + timedelta(days=2)
    walls = [datetime.combine(monday + timedelta(days=days), time(hour)) for days, hour in ((0, 9), (0, 15), (1, 9))]
    places = [str(SlotFactory(coach=coach, starts_wall=wall).public_id) for wall in walls]
    page = client_of(admin).get(reverse("slot-withdraw", args=[booking.slot.public_id]))

    cancel, *days = page.context["form"].fields["place"].choices
    assert cancel[0] == ""
    assert [(day, [key for key, _words in offers]) for day, offers in days] == [
        (when.print_date(monday), places[:2]),
        (when.print_date(monday + timedelta(days=1)), places[2:]),
    ]
    assert page.text.count("<optgroup") == 2


def test_the_page_asks_once_more_when_somebody_has_booked_meanwhile(coach, candidate, admin, client_of):
    slot = SlotFactory(coach=coach)
    client, address = client_of(admin), reverse("slot-withdraw", args=[slot.public_id])
    client.get(address)
    booking = BookingFactory(slot=slot, candidate=candidate)

    again = client.post(address, {"seen": "", "reason": "Ill"})
    assert (again.status_code, "has booked meanwhile" in again.text) == (200, True)
    assert f'value="{booking.public_id}"' in again.text
    assert client.post(address, {"seen": booking.public_id, "reason": "Ill"}).status_code == 302


def test_by_api(booking, place, admin, client_of):
    client, address = client_of(admin), f"/api/v1/slots/{booking.slot.public_id}/"

    seen = client.get(f"{address}outlook/").json()
    assert (seen["booking"], [one["public_id"] for one in seen["places"]]) == (
        str(booking.public_id),
        [str(place.public_id)],
    )
    stale = client.post(f"{address}withdraw/", {"seen": None, "reason": "Ill"}, **JSON)
    waits = client.patch(address, {"seen": seen["booking"], "place": "Room 2"}, **JSON)
    assert (stale.status_code, waits.status_code, waits.json()["status"]) == (409, 202, "waiting")
    assert client.post(f"/api/v1/changes/{waits.json()['public_id']}/undo/").status_code == 200
    moved = client.post(f"{address}withdraw/", {"place": str(place.public_id)}, **JSON)
    assert (moved.status_code, moved.json()["items"][0]["target"]) == (202, str(place.public_id))
    assert client.post(f"{address}withdraw/", {"reason": "Ill"}, **JSON).status_code == 409


def test_the_answer_to_whoever_was_overtaken_says_who_is_there_now(coach, candidate, admin, client_of):
    slot, place = SlotFactory(coach=coach), SlotFactory(coach=coach)
    client, address = client_of(admin), f"/api/v1/slots/{slot.public_id}/withdraw/"
    booking = BookingFactory(slot=slot, candidate=candidate)

    stale = client.post(address, {"seen": None, "reason": "Ill"}, **JSON)

    now = stale.json()["outlook"]
    assert (stale.status_code, now["booking"], now["places"][0]["public_id"]) == (
        409,
        str(booking.public_id),
        str(place.public_id),
    )
    assert client.post(address, {"seen": now["booking"], "reason": "Ill"}, **JSON).status_code == 202


@pytest.mark.parametrize("name", ["slot-edit", "slot-withdraw"])
def test_what_another_window_changed_is_not_changed_back_unseen(name, booking, admin, client_of):
    client, address, slot = client_of(admin), reverse(name, args=[booking.slot.public_id]), booking.slot
    form = client.get(address).context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    typed |= {"reason": "Ill", "link": "https://meet.example/typed"}
    wall = later(slot)
    slots.edit_slot(slot, by=admin, starts_wall=wall, move_booked=True)

    again = client.post(address, typed)

    assert (CalendarChange.objects.count(), "in another window meanwhile" in again.text) == (0, True)
    kept = {field.html_name: field.value() for field in again.context["form"]}
    assert ("https://meet.example/typed" if name == "slot-edit" else "Ill") in kept.values()
    assert client.post(address, typed | {name: kept[name] for name in ("seen", "version")} | {"move_booked": "on"}).url
    assert CalendarChange.objects.get().status == "waiting"
