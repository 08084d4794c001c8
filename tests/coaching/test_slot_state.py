"""A page on which somebody is about to book says at once that somebody else was quicker."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.services import bookings
from tests import factories

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


def test_asking_is_one_query_beside_who_asks(slot, candidate, client_of, django_assert_num_queries):
    client = client_of(candidate)
    client.get(at("slot-state", slot))
    with django_assert_num_queries(3):
        client.get(at("slot-state", slot))
