"""Who has a review open: told to the candidate and to others who are asked, for as long as the page goes on asking."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from coaching import presence
from coaching.services import reviews

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
SECOND = timedelta(seconds=1)


def state(client, review, was="open", **headers):
    address = reverse("review-state", args=[review.public_id])
    return client.get(address, {"status": was}, headers=headers)


def test_there_as_long_as_the_page_asks(review, coach, candidate):
    now = timezone.now()
    presence.enter(review, by=coach, now=now)
    presence.enter(review, by=coach, now=now + 60 * SECOND)
    [reader] = presence.readers(review, but=candidate, now=now + 120 * SECOND)
    assert (reader.name, reader.since) == ("Tom", now)
    assert presence.readers(review, but=candidate, now=now + 161 * SECOND) == []
    assert presence.readers(review, but=coach, now=now) == []
    presence.leave(review, by=coach, now=now)
    assert presence.readers(review, but=candidate, now=now) == []


def test_a_second_reader_sees_the_first(review, coach, other_coach):
    now = timezone.now()
    presence.enter(review, by=coach, now=now)
    presence.enter(review, by=other_coach, now=now + SECOND)
    assert [reader.name for reader in presence.readers(review, but=other_coach, now=now + SECOND)] == ["Tom"]
    assert [reader.name for reader in presence.readers(review, but=coach, now=now + SECOND)] == ["Ruth"]


def test_without_a_cache_nobody_is_there_and_nothing_breaks(review, coach, candidate, client_of):
    presence.enter(review, by=coach, now=timezone.now())
    cache.clear()
    assert "has this open" not in state(client_of(candidate), review).text


def test_she_sees_it_without_reloading(review, coach, candidate, client_of):
    before = state(client_of(candidate), review)
    assert state(client_of(candidate), review, if_none_match=before["ETag"]).status_code == 304
    client_of(coach).get(reverse("review-detail", args=[review.public_id]))
    after = state(client_of(candidate), review, if_none_match=before["ETag"])
    assert (after.status_code, "Tom has this open, since " in after.text) == (200, True)


@pytest.mark.parametrize("role", ["coach", "candidate"])
def test_asking_is_one_query_beside_who_asks(role, request, review, client_of, django_assert_num_queries):
    client = client_of(request.getfixturevalue(role))
    tag = state(client, review)["ETag"]
    with django_assert_num_queries(3):
        assert state(client, review, if_none_match=tag).status_code == 304


def test_what_became_of_it_meanwhile(review, coach, candidate, client_of):
    reviews.answer_review(review, by=coach, answers={item: {"answer": "agree"} for item in review.items.all()})
    hers, his = state(client_of(candidate), review).text, state(client_of(coach), review).text
    assert "Tom has just answered." in hers and "data-live-over" in hers
    assert "You have answered this in another window." in his and "data-live-over" in his


def test_a_coach_who_writes_learns_that_it_is_for_next_time(review, coach, candidate, client_of):
    reviews.open_review(review, by=coach)
    reviews.withdraw_review(review, by=candidate)
    his = state(client_of(coach), review).text
    assert "Achieng did not wait for an answer. What you write is kept for next time." in his
    assert "data-live-over" not in his


def test_nobody_else_is_told(review, other_coach, stranger, admin, client_of):
    assert [state(client_of(user), review).status_code for user in (other_coach, stranger, admin)] == [404] * 3
    assert state(client_of(review.coach), review, was="lost").status_code == 400
