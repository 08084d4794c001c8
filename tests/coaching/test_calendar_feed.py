"""The private feed: an address that is a key, and a calendar that tells no more than when."""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import AuditEntry, Engagement, IdempotentRequest
from accounts.services import activate, deactivate, end_engagement
from coaching.models import CalendarFeed
from coaching.services import bookings, feeds
from config.logs import WithoutValues
from followups.models import Lesson
from tests.factories import BookingFactory, InterviewFactory, SlotFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("calendar-feed")
API = "/api/v1/calendar-feed/"


def path_of(user):
    """The address of a new feed, as a calendar program calls it."""
    return urlsplit(feeds.make_feed(user)).path


def events(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [(str(event["SUMMARY"]), event.start) for event in Calendar.from_ical(answer.content).events]


@pytest.fixture
def planned(candidate):
    start = timezone.now().replace(microsecond=0) + timedelta(days=9)
    return InterviewFactory(
        candidate=candidate, company="Canary Ltd", role_title="Canary job", status="planned", starts_at=start, ends_at=start + timedelta(hours=1)
    )  # fmt: skip


@pytest.fixture
def booking(candidate, coach, planned):
    slot = SlotFactory(coach=coach, place="Canary room", link="https://calls.example/canary")
    lesson = Lesson.objects.create(candidate=candidate, title="Canary lesson")
    BookingFactory()
    return bookings.book(slot, candidate=candidate, by=candidate, agenda=[lesson])


def test_each_has_their_own_sessions_and_she_her_planned_interviews(
    booking, planned, candidate, coach, other_coach, client_of
):
    nobody = client_of(None)
    session = ("Mock session", booking.starts_at)
    assert events(nobody, path_of(candidate)) == [session, ("Interview", planned.starts_at)]
    assert events(nobody, path_of(coach)) == [session]
    assert events(nobody, path_of(other_coach)) == []


def test_it_tells_that_there_is_something_and_when(booking, candidate, coach, client_of):
    for user in (candidate, coach):
        text = client_of(None).get(path_of(user)).text
        assert [word for word in ("Canary", "canary", "Tom", "Barasa", "Achieng", "Otieno") if word in text] == []
        assert "LOCATION" not in text


def test_moved_and_cancelled_sessions_go_along(booking, candidate, coach, client_of):
    nobody, path = client_of(None), path_of(coach)
    moved = bookings.move_booking(booking, slot=SlotFactory(coach=coach), by=candidate)
    assert events(nobody, path) == [("Mock session", moved.starts_at)]
    uid = Calendar.from_ical(nobody.get(path).content).events[0]["UID"]
    assert uid.partition("@")[0] == str(booking.public_id)
    bookings.cancel(moved, by=candidate)
    assert events(nobody, path) == []


def test_an_engagement_that_ends_leaves_only_what_stays_booked(booking, candidate, coach, client_of):
    path = path_of(coach)
    end_engagement(Engagement.objects.get(candidate=candidate, coach=coach), by=candidate)
    assert events(client_of(None), path) == [("Mock session", booking.starts_at)]
    bookings.cancel(booking, by=candidate)
    assert events(client_of(None), path) == []


def test_a_planned_interview_without_a_start_is_no_span(candidate, client_of):
    InterviewFactory(candidate=candidate, status="planned", ends_at=timezone.now() + timedelta(days=3))
    event = Calendar.from_ical(client_of(None).get(path_of(candidate)).content).events[0]
    assert (str(event["SUMMARY"]), "DTEND" in event) == ("Interview", False)


def test_nothing_new_is_answered_with_nothing(booking, candidate, client_of):
    nobody, path = client_of(None), path_of(candidate)
    first = nobody.get(path)
    again = nobody.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    bookings.cancel(booking, by=candidate)
    assert nobody.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_it_asks_three_times_for_any_number(count, candidate, client_of, django_assert_num_queries):
    BookingFactory.create_batch(count, candidate=candidate)
    path = path_of(candidate)
    with django_assert_num_queries(3):
        assert len(events(client_of(None), path)) == count


def test_a_new_address_ends_the_old_one_and_stopping_ends_both(candidate, client_of):
    first = path_of(candidate)
    second = path_of(candidate)
    statuses = [client_of(None).get(path).status_code for path in (first, second)]
    feeds.stop_feed(candidate)
    assert (statuses, client_of(None).get(second).status_code) == ([404, 200], 404)
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True)) == [
        "calendar feed made",
        "calendar feed made",
        "calendar feed stopped",
    ]


def test_it_dies_with_the_account(candidate, admin, client_of):
    path = path_of(candidate)
    deactivate(candidate, by=admin)
    assert client_of(None).get(path).status_code == 404
    activate(candidate, by=admin)
    assert client_of(None).get(path).status_code == 200


def test_the_token_plays_no_part_beside_its_path(candidate, coach, client_of):
    """Signed in as somebody else, the calendar stays the owner's, and looking changes nothing."""
    path = path_of(candidate)
    assert client_of(coach).get(path).content == client_of(None).get(path).content
    assert [client_of(None).post(path).status_code, client_of(None).head(path).status_code] == [405, 200]


def test_the_address_is_shown_once_and_kept_nowhere(candidate, client_of, confirmed_client_of):
    client = confirmed_client_of(candidate)
    assert "Make the address" in client.get(PAGE).text
    made = client.post(reverse("calendar-feed-make"))
    address = made.context["address"]
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert (len(token), address in made.text, token in client.get(PAGE).text) == (43, True, False)
    assert CalendarFeed.objects.get().token_hash != token
    assert client_of(None).get(urlsplit(address).path).status_code == 200
    assert client.post(reverse("calendar-feed-stop")).url == PAGE
    assert not CalendarFeed.objects.exists()


def test_its_address_is_masked_in_every_log(candidate):
    path = path_of(candidate)
    record = logging.LogRecord("gunicorn.access", logging.INFO, __file__, 1, "GET %s 200", (path,), None)
    assert WithoutValues().filter(record)
    assert record.msg == "GET /calendar/….ics 200"


def test_by_api_it_is_told_once_and_no_retry_is_kept(candidate, client_of, confirmed_client_of):
    client = confirmed_client_of(candidate)
    assert client.get(API).json() == {"created_at": None}
    made = [client.post(API, headers={"Idempotency-Key": "k"}) for _again in range(2)]
    paths = [urlsplit(answer.json()["address"]).path for answer in made]
    assert [client_of(None).get(path).status_code for path in paths] == [404, 200]
    assert not IdempotentRequest.objects.exists()
    assert set(client.get(API).json()) == {"created_at"}
    assert client.delete(API).status_code == 204
    assert client.get(API).json() == {"created_at": None}
