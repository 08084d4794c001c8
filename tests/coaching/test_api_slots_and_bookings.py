"""The API of slots and bookings: the same doors as the pages."""

import base64
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from coaching.models import Booking, MockSlot
from coaching.services import bookings
from coaching.services.agenda import set_agenda
from followups.models import Lesson, OutboundEmail, Reminder
from tests.factories import BookingFactory, CoachFactory, SlotFactory

pytestmark = pytest.mark.django_db
SLOTS, BOOKINGS = "/api/v1/slots/", "/api/v1/bookings/"


def post(client, address, **body):
    return client.post(address, body, content_type="application/json")


def wall(days=5):
    return (timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT10:00")


def ids(answer):
    return [row["public_id"] for row in answer.json()["results"]]


def test_slots_for_the_cast(candidate, coach, other_coach, admin, client_of):
    mine, others = SlotFactory(coach=coach), SlotFactory(coach=other_coach)
    taken = BookingFactory(slot__coach=coach).slot
    every = [str(slot.public_id) for slot in (mine, others, taken)]
    assert ids(client_of(admin).get(SLOTS)) == every
    assert ids(client_of(candidate).get(SLOTS, {"free": "true"})) == every[:2]
    assert ids(client_of(coach).get(SLOTS)) == [every[0], every[2]]
    assert ids(client_of(other_coach).get(SLOTS)) == [every[1]]
    assert client_of(other_coach).get(f"{SLOTS}{mine.public_id}/").status_code == 404
    assert client_of(None).get(SLOTS).status_code == 401
    assert set(client_of(candidate).get(f"{SLOTS}{mine.public_id}/").json()) == {
        "public_id", "coach", "status", "zone", "starts_wall", "minutes", "buffer_minutes", "starts_at", "ends_at", "place", "link",
    }  # fmt: skip


def test_a_booking_asks_the_database_no_more_than_this(coach, candidate, client_of, django_assert_num_queries):
    """Two mails, five reminders and all that has happened among them: written together, whatever their number."""
    first, second = SlotFactory.create_batch(2, coach=coach)
    client = client_of(candidate)
    post(client, BOOKINGS, slot=str(first.public_id))
    with django_assert_num_queries(18):
        answer = post(client, BOOKINGS, slot=str(second.public_id))
    assert answer.status_code == 201
    booking = Booking.objects.get(public_id=answer.json()["public_id"])
    mails = OutboundEmail.objects.filter(subject_id=booking.public_id)
    assert {mail.recipient for mail in mails} == {candidate, coach}
    assert [mail.events.get().new for mail in mails] == ["queued", "queued"]
    assert Reminder.objects.filter(subject_id=booking.public_id, status="waiting").count() == 5


@pytest.mark.parametrize("inside", ["p=\0", "p=%00", "p=9999-99-99", "p=0001-01-01T00:00:00+14:00", "p=", "o=-1&r=x"])
@pytest.mark.parametrize("address", [SLOTS, BOOKINGS])
def test_a_cursor_that_nobody_gave_out_is_no_fault_of_ours(admin, client_of, address, inside):
    SlotFactory()
    answer = client_of(admin).get(address, {"cursor": base64.b64encode(inside.encode()).decode()})
    assert answer.status_code in (200, 404)
    assert client_of(admin).get(address, {"cursor": "nonsense", "page_size": "-1"}).status_code == 404


def test_slots_by_coach_and_time(coach, admin, client_of):
    near, far = SlotFactory(coach=coach), SlotFactory(coach=CoachFactory())
    client = client_of(admin)
    assert ids(client.get(SLOTS, {"coach": str(coach.public_id)})) == [str(near.public_id)]
    after = far.starts_at.isoformat()
    assert str(near.public_id) not in ids(client.get(SLOTS, {"starts_after": after}))


def test_an_admin_makes_moves_and_withdraws(coach, candidate, admin, client_of):
    client = client_of(admin)
    body = {"coach": str(coach.public_id), "zone": "Africa/Nairobi", "starts_wall": wall(), "minutes": 30}
    made = post(client, SLOTS, **body)
    assert made.status_code == 201
    address = f"{SLOTS}{made.json()['public_id']}/"
    assert (made.json()["minutes"], made.headers["ETag"][:1]) == (30, '"')

    again = post(client, SLOTS, **body)
    assert (again.status_code, list(again.json()["errors"])) == (422, ["starts_wall"])
    assert again.headers["Content-Type"] == "application/problem+json"

    moved = client.patch(address, {"starts_wall": wall(6), "place": "Room 2"}, content_type="application/json")
    assert (moved.status_code, moved.json()["place"]) == (200, "Room 2")
    stale = client.patch(
        address, {"place": "x"}, content_type="application/json", headers={"If-Match": made.headers["ETag"]}
    )
    assert stale.status_code == 412
    assert post(client, f"{address}withdraw/").json()["status"] == "withdrawn"


def test_nobody_else_makes_or_moves_slots(coach, candidate, other_coach, client_of):
    slot = SlotFactory(coach=coach)
    address = f"{SLOTS}{slot.public_id}/"
    for user, status in ((candidate, 403), (coach, 403), (other_coach, 404)):
        client = client_of(user)
        assert client.patch(address, {"minutes": 60}, content_type="application/json").status_code == status
        assert post(client, f"{address}withdraw/").status_code == status
    assert MockSlot.objects.get() == slot


def test_candidates_offer_nothing_and_coaches_only_their_own(coach, candidate, other_coach, client_of):
    body = {"coach": str(coach.public_id), "zone": "UTC", "starts_wall": wall()}
    answers = [post(client_of(user), SLOTS, **body) for user in (candidate, other_coach, coach)]
    assert [answer.status_code for answer in answers] == [403, 400, 201]
    assert answers[2].json()["status"] == "proposed"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"starts_wall": "2001-01-01T10:00"}, 422, "starts_wall"),
        ({"starts_wall": "2026-11-20T09:30Z"}, 400, "starts_wall"),
        ({"zone": "Africa/Atlantis"}, 400, "zone"),
        ({"minutes": 5}, 422, "minutes"),
        ({"minutes": -1}, 400, "minutes"),
        ({"place": "a\r\nb"}, 400, "place"),
        ({"coach": "nonsense"}, 400, "coach"),
    ],
)
def test_a_bad_slot_is_said_at_its_field(body, status, field, coach, admin, client_of):
    fields = {"coach": str(coach.public_id), "zone": "Africa/Nairobi", "starts_wall": wall()}
    answer = post(client_of(admin), SLOTS, **(fields | body))
    assert (answer.status_code, list(answer.json()["errors"])) == (status, [field])


def test_she_books_confirms_nothing_and_cancels(candidate, coach, client_of):
    slot = SlotFactory(coach=coach)
    lesson = Lesson.objects.create(candidate=candidate, title="Say numbers")
    client = client_of(candidate)
    made = post(client, BOOKINGS, slot=str(slot.public_id), agenda=[str(lesson.public_id)])
    assert made.status_code == 201
    assert (made.json()["status"], made.json()["agenda"], made.json()["confirm_by"]) == (
        "booked",
        ["Say numbers"],
        None,
    )
    address = f"{BOOKINGS}{made.json()['public_id']}/"
    assert post(client, f"{address}confirm/").status_code == 403
    assert post(client, f"{address}cancel/").json()["status"] == "cancelled"
    assert post(client, f"{address}cancel/").status_code == 403


def test_the_second_gets_409_and_what_is_free(candidate, stranger, coach, client_of):
    slot, near = SlotFactory(coach=coach), SlotFactory(coach=coach)
    bookings.book(slot, candidate=candidate, by=candidate)
    answer = post(client_of(stranger), BOOKINGS, slot=str(slot.public_id))
    assert (answer.status_code, answer.headers["Content-Type"]) == (409, "application/problem+json")
    assert [choice["public_id"] for choice in answer.json()["choices"]] == [str(near.public_id)]


def test_a_coach_books_for_a_client_who_confirms(candidate, stranger, coach, other_coach, client_of):
    slot, later = SlotFactory(coach=coach), SlotFactory(coach=coach)
    client = client_of(coach)
    refused = post(client, BOOKINGS, slot=str(slot.public_id), candidate=str(stranger.public_id))
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["candidate"])
    made = post(client, BOOKINGS, slot=str(slot.public_id), candidate=str(candidate.public_id))
    address = f"{BOOKINGS}{made.json()['public_id']}/"
    assert made.json()["confirm_by"]
    assert client_of(other_coach).get(address).status_code == 404
    assert client_of(stranger).get(address).status_code == 404
    assert post(client, f"{address}confirm/").status_code == 403
    assert post(client_of(candidate), f"{address}confirm/").json()["confirmed_at"]
    moved = post(client_of(candidate), f"{address}move/", slot=str(later.public_id))
    assert moved.json()["slot"] == str(later.public_id)
    assert Booking.objects.get(slot=slot).status == "moved"


def test_each_post_with_a_key_acts_once(candidate, coach, client_of):
    """Book, tick, confirm, move, cancel: a retry gets the first answer, and nobody a second mail."""
    slots_ = SlotFactory.create_batch(3, coach=coach)
    lesson = str(Lesson.objects.create(candidate=candidate, title="Say numbers").public_id)
    hers, coachs = client_of(candidate), client_of(coach)

    def twice(client, address, **body):
        answers = [
            client.post(address, body, content_type="application/json", headers={"Idempotency-Key": f"{address}-1"})
            for _again in range(2)
        ]
        assert answers[0].json() == answers[1].json()
        assert [answer.headers.get("Idempotent-Replay") for answer in answers] == [None, "true"]
        return answers[0].json()

    made = twice(coachs, BOOKINGS, slot=str(slots_[0].public_id), candidate=str(candidate.public_id))
    address = f"{BOOKINGS}{made['public_id']}/"
    assert twice(hers, f"{address}confirm/", agenda=[lesson])["agenda"] == ["Say numbers"]
    assert twice(hers, f"{address}agenda/", agenda=[])["agenda"] == []
    moved = twice(hers, f"{address}move/", slot=str(slots_[1].public_id), agenda=[lesson])
    assert moved["agenda"] == ["Say numbers"]
    address = f"{BOOKINGS}{moved['public_id']}/"
    ended = twice(hers, f"{address}cancel/", reason="Another interview")
    assert (ended["status"], ended["given_reason"]) == ("cancelled", "Another interview")
    assert list(Booking.objects.order_by("id").values_list("status", "sequence")) == [("moved", 2), ("cancelled", 4)]
    assert OutboundEmail.objects.filter(kind="session", recipient=coach).count() == 4


def test_what_is_worked_on_is_hers_to_say(candidate, coach, admin, other_coach, stranger, client_of):
    booking = bookings.book(SlotFactory(coach=coach), candidate=candidate, by=candidate)
    foreign = Lesson.objects.create(candidate=stranger, title="Breathe")
    address = f"{BOOKINGS}{booking.public_id}/agenda/"
    statuses = [post(client_of(user), address, agenda=[]).status_code for user in (coach, admin, other_coach, stranger)]
    assert statuses == [403, 403, 404, 404]
    refused = post(client_of(candidate), address, agenda=[str(foreign.public_id)])
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["agenda"])


def test_a_coach_books_nobody_into_herself(coach, client_of):
    assert post(client_of(coach), BOOKINGS, slot=str(SlotFactory(coach=coach).public_id)).status_code == 403


def test_the_agenda_is_not_the_admins(candidate, coach, admin, client_of):
    booking = bookings.book(SlotFactory(coach=coach), candidate=candidate, by=candidate)
    set_agenda(booking, [Lesson.objects.create(candidate=candidate, title="Canary")], by=candidate)
    address = f"{BOOKINGS}{booking.public_id}/"
    assert [client_of(user).get(address).json()["agenda"] for user in (candidate, coach, admin)] == [
        ["Canary"],
        ["Canary"],
        [],
    ]


@pytest.mark.parametrize(("address", "queries"), [(SLOTS, 3), (BOOKINGS, 5)])
@pytest.mark.parametrize("role", ["admin", "coach"])
def test_lists_ask_as_often_for_thirty_as_for_one(
    address, queries, role, request, coach, candidate, client_of, django_assert_num_queries
):
    client = client_of(request.getfixturevalue(role))

    def make(number):
        for _each in range(number):
            booking = BookingFactory(slot__coach=coach)
            set_agenda(booking, [Lesson.objects.create(candidate=booking.candidate, title="x")], by=booking.candidate)

    make(1)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)
    make(29)
    with django_assert_num_queries(queries):
        assert len(client.get(address).json()["results"]) == 25


@pytest.mark.parametrize("role", ["candidate", "coach", "admin", "stranger"])
def test_the_free_slots_between_two_moments_are_those_the_filters_find(
    role, candidate, coach, other_coach, admin, client_of, request, django_assert_num_queries
):
    """What programs ask for most comes by a query of its own; a filter more, and it is the usual way."""
    offered = SlotFactory.create_batch(5, coach=coach)
    SlotFactory(coach=other_coach)
    bookings.book(offered[1], candidate=candidate, by=candidate)
    begin = min(slot.starts_at for slot in offered)
    begin, end = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (begin, begin + timedelta(days=20)))
    client = client_of(request.getfixturevalue(role))
    params = {"free": "true", "starts_after": begin, "starts_before": end, "page_size": 2}
    found, address = [], f"{SLOTS}?{urlencode(params)}"
    while address:
        page = client.get(address).json()
        found, address = found + page["results"], page["next"]
    del params["page_size"]
    with django_assert_num_queries(3):
        quick = client.get(SLOTS, params).json()
    assert quick == {"next": None, "previous": None, "results": found}
    assert found
    answers = [client.get(SLOTS, params | {"starts_after": moment}) for moment in ("", "yesterday")]
    assert [answer.status_code for answer in answers] == [200, 400]
