"""Own notes of a session: kept while typing, for whoever writes them and nobody else."""

import pytest
from django.urls import reverse

from accounts.records import Overtaken
from coaching.models import SessionNote
from coaching.services import bookings, session_notes
from tests.factories import BookingFactory, SlotFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def booking(candidate, coach):
    return BookingFactory(slot=SlotFactory(coach=coach), candidate=candidate)


def texts(client, booking):
    page = client.get(reverse("booking-detail", args=[booking.public_id])).text
    return [text for text in ("Hers: breathe", "His: ask about figures") if text in page]


def test_each_keeps_their_own_and_nobody_reads_the_others(booking, candidate, coach, admin, client_of):
    address = reverse("booking-notes", args=[booking.public_id])
    for user, text in ((candidate, "Hers: breathe"), (coach, "His: ask about figures")):
        kept = client_of(user).post(address, {"text": text, "version": session_notes.version(SessionNote())}, **HTMX)
        assert (kept.status_code, "Kept." in kept.text) == (200, True)
    assert [texts(client_of(user), booking) for user in (candidate, coach, admin)] == [
        ["Hers: breathe"],
        ["His: ask about figures"],
        [],
    ]
    assert client_of(admin).post(address, {"text": "Mine"}).status_code == 403
    assert [note.text for note in SessionNote.objects.visible_to(admin)] == []
    # It is there on any device, also after signing out.
    assert texts(client_of(candidate), booking) == ["Hers: breathe"]


def test_two_windows_neither_loses_a_word(booking, candidate, client_of):
    client, address = client_of(candidate), reverse("booking-notes", args=[booking.public_id])
    empty = session_notes.version(SessionNote())
    client.post(address, {"text": "First window", "version": empty})
    second = client.post(address, {"text": "Second window", "version": empty}, **HTMX)
    assert (second.status_code, second.context["there"], second.context["notes_version"]) == (
        409,
        "First window",
        empty,
    )
    plain = client.post(address, {"text": "Second window", "version": empty})
    assert (plain.status_code, "Second window" in plain.text, "First window" in plain.text) == (409, True, True)
    client.post(address, {"text": "Second window", "version": second.context["newest"]})
    assert SessionNote.objects.get().text == "Second window"


def test_what_is_too_long_is_told_and_what_stood_stays(booking, candidate, client_of):
    session_notes.keep_note(booking, by=candidate, text="Stays")
    answer = client_of(candidate).post(
        reverse("booking-notes", args=[booking.public_id]), {"text": "x" * 20_001, "version": ""}, **HTMX
    )
    assert (answer.status_code, SessionNote.objects.get().text) == (422, "Stays")


def test_they_go_along_when_the_session_moves(booking, candidate, coach, other_coach):
    for user in (candidate, coach):
        session_notes.keep_note(booking, by=user, text="Mine")
    moved = bookings.move_booking(booking, slot=SlotFactory(coach=coach), by=candidate)
    assert SessionNote.objects.filter(booking=moved).count() == 2
    again = bookings.move_booking(moved, slot=SlotFactory(coach=other_coach), by=candidate)
    assert [note.writer for note in SessionNote.objects.filter(booking=again)] == [candidate]


def test_by_api_too(booking, candidate, coach, admin, client_of):
    address = reverse("api:booking-notes", args=[booking.public_id])

    def put(user, **data):
        return client_of(user).put(address, data, content_type="application/json")

    first = put(candidate, text="Breathe").json()
    assert first["text"] == "Breathe"
    assert put(candidate, text="Breathe twice", version=first["version"]).status_code == 200
    assert put(candidate, text="Another", version=first["version"]).status_code == 409
    assert client_of(candidate).get(address).json()["text"] == "Breathe twice"
    assert client_of(coach).get(address).json()["text"] == ""
    assert client_of(admin).get(address).status_code == 403
    with pytest.raises(Overtaken):
        session_notes.keep_note(booking, by=candidate, text="Another", seen=first["version"])
