"""A page on which somebody is about to book says at once that somebody else was quicker."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.services import bookings, slots
from tests import factories
from tests.html_forms import said_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(coach):
    return factories.SlotFactory(coach=coach)


def at(name, slot):
    return reverse(name, args=[slot.public_id])


def test_somebody_looks_and_somebody_was_quicker(slot, candidate, stranger, client_of):
    client = client_of(candidate)
    part = client.get(at("slot-book", slot)).context["state"]
    tag = {"if-none-match": f'"{part.version}"'}
    assert client.get(part.url, headers=tag).status_code == 304
    held = bookings.hold(slot, candidate=stranger)
    assert "Somebody else is looking at this time just now." in client.get(part.url, headers=tag).text
    bookings.book(slot, candidate=stranger, by=stranger)
    told = client.get(part.url, headers=tag)
    assert "Somebody was quicker: this time is taken." in told.text
    assert held.candidate.get_full_name() not in told.text
    assert "Somebody was quicker: this time is taken." in client.get(at("slot-book", slot)).text


def test_her_own_hold_is_nobody_else(slot, candidate, client_of):
    client = client_of(candidate)
    bookings.hold(slot, candidate=candidate)
    part = client.get(at("slot-book", slot)).context["state"]
    assert client.get(part.url, headers={"if-none-match": f'"{part.version}"'}).status_code == 304


def test_what_has_begun_is_not_offered(slot, coach, candidate, client_of):
    type(slot).objects.filter(pk=slot.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    assert "This time is not offered any more." in client_of(coach).get(at("slot-state", slot)).text


def test_taken_back_under_her_eyes_it_says_so_with_others(settings, coach, other_coach, candidate, admin, client_of):
    settings.AFTERWORD_ANY_OPEN_SLOT = False
    slot = factories.SlotFactory(coach=coach)
    near, foreign = factories.SlotFactory(coach=coach), factories.SlotFactory(coach=other_coach)
    lesson = factories.LessonFactory(candidate=candidate)
    client = client_of(candidate)
    part = client.get(at("slot-book", slot)).context["state"]
    slots.withdraw_slot(slot, by=admin)

    told = client.get(part.url, headers={"if-none-match": f'"{part.version}"'})
    assert "This time was taken back. These are the nearest free ones." in told.text
    assert (at("slot-hold", near) in told.text, at("slot-hold", foreign) in told.text) == (True, False)
    assert client.get(part.url, headers={"if-none-match": told["ETag"]}).status_code == 304
    # The button stands in the form beside it, so that what is ticked goes along.
    page = client.get(at("slot-book", slot))
    assert ('form="book"' in page.text, 'id="book"' in page.text, "Book it" in page.text) == (True, True, False)
    assert client.post(at("slot-hold", near), {"agenda": str(lesson.public_id)}).url.endswith(
        f"?agenda={lesson.public_id}"
    )


def test_who_presses_before_she_is_told_is_shown_others_too(slot, coach, candidate, admin, client_of):
    near, client = factories.SlotFactory(coach=coach), client_of(candidate)
    slots.withdraw_slot(slot, by=admin)
    for name in ("slot-book", "slot-hold"):
        answer = client.post(at(name, slot))
        assert (answer.status_code, at("slot-hold", near) in answer.text) == (409, True)


def test_of_a_slot_that_was_none_of_hers_nothing_is_told(settings, other_coach, candidate, admin, client_of):
    settings.AFTERWORD_ANY_OPEN_SLOT = False
    foreign = factories.SlotFactory(coach=other_coach)
    slots.withdraw_slot(foreign, by=admin)
    client = client_of(candidate)
    never = client.get(reverse("slot-state", args=[uuid4()]))
    assert said_by(client.get(at("slot-state", foreign))) == said_by(never)
    assert "not offered any more" in never.text and "taken back" not in never.text
    assert client.get(at("slot-book", foreign)).status_code == 404


def test_asking_is_one_query_beside_who_asks(slot, candidate, client_of, django_assert_num_queries):
    client = client_of(candidate)
    client.get(at("slot-state", slot))
    with django_assert_num_queries(3):
        client.get(at("slot-state", slot))
