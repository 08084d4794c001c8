"""Pages of bookings, each with the cast."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.mail import compose
from coaching.models import Booking
from coaching.reminders import booking_url
from coaching.services import bookings
from coaching.services.agenda import follow, set_agenda
from followups.models import Lesson
from tests.factories import BookingFactory, CoachFactory, LessonFactory, MistakeFactory, SlotFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking(candidate, coach, other_coach):
    BookingFactory(slot__coach=other_coach)
    return bookings.book(SlotFactory(coach=coach), candidate=candidate, by=coach)


def rows(client, **query):
    page = client.get(reverse("booking-list"), query)
    assert page.status_code == 200
    return {one.pk for one in page.context["page"]}


def test_booking_list_for_the_cast(booking, candidate, coach, other_coach, stranger, admin, client_of):
    everybody = set(Booking.objects.values_list("pk", flat=True))
    assert rows(client_of(candidate)) == rows(client_of(coach)) == {booking.pk}
    assert rows(client_of(other_coach)) == everybody - {booking.pk}
    assert rows(client_of(stranger)) == set()
    assert rows(client_of(admin)) == everybody


def test_past_ones_have_a_page_of_their_own_and_holds_none(booking, candidate, client_of):
    past = timezone.now() - timedelta(days=2)
    over = BookingFactory(candidate=candidate, status="done", starts_at=past, ends_at=past + timedelta(minutes=45))
    bookings.hold(SlotFactory(), candidate=candidate)
    assert rows(client_of(candidate)) == {booking.pk}
    assert rows(client_of(candidate), show="past") == {over.pk}


def test_a_session_that_runs_is_not_past_yet(booking, candidate, client_of):
    begun = timezone.now() - timedelta(minutes=10)
    Booking.objects.filter(pk=booking.pk).update(starts_at=begun, ends_at=begun + timedelta(minutes=45))
    client = client_of(candidate)
    assert (rows(client), rows(client, show="past")) == ({booking.pk}, set())
    Booking.objects.filter(pk=booking.pk).update(ends_at=begun + timedelta(minutes=5))
    assert (rows(client), rows(client, show="past")) == (set(), {booking.pk})


def test_not_confirmed_is_said_alike_on_list_and_page(candidate, coach, client_of):
    booking = bookings.book(SlotFactory(coach=coach), candidate=candidate, by=coach)
    client = client_of(coach)
    for address in (
        reverse("booking-list"),
        reverse("booking-detail", args=[booking.public_id]),
        reverse("client-detail", args=[candidate.public_id]),
    ):
        assert "To be confirmed" in client.get(address).text


@pytest.mark.parametrize("show", ["", "past"])
@pytest.mark.parametrize("role", ["candidate", "coach", "admin"])
def test_booking_list_asks_as_often_for_thirty_as_for_one(role, show, request, client_of, django_assert_num_queries):
    user = request.getfixturevalue(role)
    client = client_of(user)

    def make():
        at = timezone.now() + timedelta(days=3 if show == "" else -300, hours=Booking.objects.count())
        slot = SlotFactory(coach=user if role == "coach" else CoachFactory())
        whose = user if role == "candidate" else UserFactory()
        BookingFactory(slot=slot, candidate=whose, starts_at=at, ends_at=at + timedelta(minutes=45))

    make()
    client.get(reverse("booking-list"), {"show": show})
    for _again in range(2):
        with django_assert_num_queries(3):
            client.get(reverse("booking-list"), {"show": show})
        for _number in range(29):
            make()


def test_booking_detail_for_the_cast(booking, candidate, coach, other_coach, stranger, admin, client_of):
    address = reverse("booking-detail", args=[booking.public_id])
    for user, status in (
        (candidate, 200),
        (coach, 200),
        (admin, 200),
        (other_coach, 404),
        (stranger, 404),
        (None, 302),
    ):
        assert client_of(user).get(address).status_code == status


def test_the_agenda_is_hers_and_for_a_week_that_coachs(booking, candidate, coach, admin, client_of):
    set_agenda(booking, [Lesson.objects.create(candidate=candidate, title="Canary lesson")], by=candidate)
    address = reverse("booking-detail", args=[booking.public_id])
    assert [("Canary" in client_of(user).get(address).text) for user in (candidate, coach, admin)] == [
        True,
        True,
        False,
    ]
    Booking.objects.filter(pk=booking.pk).update(
        starts_at=timezone.now() - timedelta(days=8), ends_at=timezone.now() - timedelta(days=7, minutes=1)
    )
    booking.refresh_from_db()
    follow(booking)
    assert [("Canary" in client_of(user).get(address).text) for user in (candidate, coach)] == [True, False]


def test_only_she_confirms(booking, candidate, coach, admin, stranger, client_of):
    address = reverse("booking-confirm", args=[booking.public_id])
    assert client_of(coach).post(address).status_code == 403
    assert client_of(admin).post(address).status_code == 403
    assert client_of(stranger).post(address).status_code == 404
    assert client_of(candidate).get(address).status_code == 405
    assert client_of(candidate).post(address).status_code == 302
    booking.refresh_from_db()
    assert booking.confirmed_at


def test_cancelling_shows_first_and_acts_by_post(booking, candidate, client_of):
    client, address = client_of(candidate), reverse("booking-cancel", args=[booking.public_id])
    assert client.get(address).status_code == 200
    booking.refresh_from_db()
    assert booking.status == "booked"
    assert client.post(address).status_code == 302
    booking.refresh_from_db()
    assert booking.status == "cancelled"
    assert client.get(address).status_code == 403


def test_too_late_is_said_on_the_form(candidate, coach, client_of):
    booking = bookings.book(SlotFactory(coach=coach), candidate=candidate, by=candidate)
    soon = timezone.now() + timedelta(hours=3)
    Booking.objects.filter(pk=booking.pk).update(starts_at=soon, ends_at=soon + timedelta(minutes=45))
    address = reverse("booking-cancel", args=[booking.public_id])
    assert "Less than 12 hours are left" in client_of(candidate).post(address).text
    assert "reason" in client_of(coach).post(address).context["form"].errors
    assert client_of(coach).post(address, {"reason": "I am ill"}).status_code == 302


def test_her_reason_is_not_the_admins(booking, candidate, coach, admin, client_of):
    page = reverse("booking-detail", args=[booking.public_id])
    cancelling = reverse("booking-cancel", args=[booking.public_id])
    assert "Tom can read this" in client_of(candidate).get(cancelling).text
    client_of(candidate).post(cancelling, {"reason": "Canary reason"})
    assert [("Canary" in client_of(user).get(page).text) for user in (candidate, coach, admin)] == [True, True, False]
    api = f"/api/v1/bookings/{booking.public_id}/"
    given = [client_of(user).get(api).json()["given_reason"] for user in (candidate, coach, admin)]
    assert given == ["Canary reason", "Canary reason", ""]


def test_what_to_work_on_is_ticked_anew(booking, candidate, coach, admin, client_of):
    first, second = (Lesson.objects.create(candidate=candidate, title=title) for title in ("First", "Second"))
    address, page = (reverse(name, args=[booking.public_id]) for name in ("booking-agenda", "booking-detail"))
    client = client_of(candidate)
    assert "Tom can read what you tick" in client.get(address).text
    assert client.post(address, {"agenda": [str(first.public_id)]}).url == page
    assert [box.data["selected"] for box in client.get(address).context["form"]["agenda"]] == [True, False]
    client.post(address, {"agenda": [str(second.public_id)]})
    assert [("First" in one, "Second" in one) for one in [client_of(coach).get(page).text]] == [(False, True)]
    assert [client_of(user).get(address).status_code for user in (coach, admin)] == [403, 403]
    bookings.cancel(booking, by=candidate)
    assert client.post(address, {"agenda": []}).status_code == 403


def test_her_word_takes_over_what_her_coach_had_ticked(candidate, coach, interview, client_of):
    lesson = LessonFactory(candidate=candidate, mistake=MistakeFactory(interview=interview), title="Say numbers")
    booking = bookings.book(SlotFactory(coach=coach), candidate=candidate, by=coach, agenda=[lesson])
    client_of(candidate).post(reverse("booking-confirm", args=[booking.public_id]))
    type(interview).objects.update(shared_with_coach=False)
    assert "Say numbers" in client_of(coach).get(reverse("booking-detail", args=[booking.public_id])).text


def test_from_a_mail_she_says_yes_to_the_time_and_not_to_a_list_she_did_not_see(candidate, coach, interview, client_of):
    lesson = LessonFactory(candidate=candidate, mistake=MistakeFactory(interview=interview), title="Say numbers")
    booking = bookings.book(SlotFactory(coach=coach), candidate=candidate, by=coach, agenda=[lesson])
    link = urlsplit(booking_url(booking)).path
    assert client_of(None).post(link, {"answer": "take"}).status_code == 302
    booking.refresh_from_db()
    assert (booking.confirmed_at is not None, list(booking.agenda.all())) == (True, [lesson])
    type(interview).objects.update(shared_with_coach=False)
    assert "Say numbers" not in client_of(coach).get(reverse("booking-detail", args=[booking.public_id])).text


def test_moving_to_another_coach_asks_what_that_one_may_read(booking, candidate, other_coach, client_of):
    kept, left = (Lesson.objects.create(candidate=candidate, title=title) for title in ("Kept", "Left"))
    set_agenda(booking, [kept, left], by=candidate)
    slot = SlotFactory(coach=other_coach)
    client, address = client_of(candidate), reverse("booking-move", args=[booking.public_id])
    form = client.get(address).context["agenda_form"]
    assert [box.data["selected"] for box in form["agenda"]] == [True, True]
    client.post(address, {"slot": str(slot.public_id), "agenda": [str(kept.public_id)]})
    moved = Booking.objects.get(slot=slot)
    page = client_of(other_coach).get(reverse("booking-detail", args=[moved.public_id]))
    assert ("Kept" in page.text, "Left" in page.text) == (True, False)


def test_the_second_to_move_is_told_and_shown_what_is_free(booking, candidate, stranger, coach, client_of):
    wanted, free = SlotFactory(coach=coach), SlotFactory(coach=coach)
    bookings.book(wanted, candidate=stranger, by=stranger)
    address = reverse("booking-move", args=[booking.public_id])
    page = client_of(candidate).post(address, {"slot": str(wanted.public_id)})
    assert (page.status_code, str(free.public_id) in page.text) == (409, True)
    assert "Somebody was quicker" in page.text
    booking.refresh_from_db()
    assert booking.status == "booked"


def test_whoever_books_twice_is_led_to_the_booking(candidate, coach, client_of):
    slot = SlotFactory(coach=coach)
    address, her, his = reverse("slot-book", args=[slot.public_id]), client_of(candidate), client_of(coach)
    first, second = (her.post(address) for _tab in range(2))
    of_a_client = his.post(address, {"candidate": str(candidate.public_id)})
    booking = Booking.objects.get(slot=slot)
    assert {answer.url for answer in (first, second, of_a_client)} == {
        reverse("booking-detail", args=[booking.public_id])
    }
    assert "This one is booked already." in her.get(second.url).text


def test_moving_offers_the_nearest_and_moves(booking, candidate, coach, client_of):
    free = SlotFactory(coach=coach)
    client, address = client_of(candidate), reverse("booking-move", args=[booking.public_id])
    assert str(free.public_id) in client.get(address).text
    answer = client.post(address, {"slot": str(free.public_id)})
    moved = Booking.objects.get(slot=free)
    assert answer.url == reverse("booking-detail", args=[moved.public_id])
    assert moved.confirmed_at
    old = client.get(reverse("booking-detail", args=[booking.public_id]))
    assert (old.context["moved_to"], reverse("booking-detail", args=[moved.public_id]) in old.text) == (moved, True)
    assert client.post(reverse("booking-move", args=[moved.public_id]), {"slot": "nonsense"}).status_code == 404


def test_the_calendar_file_is_that_of_the_mail(booking, candidate, stranger, client_of):
    address = reverse("booking-calendar", args=[booking.public_id])
    assert client_of(stranger).get(address).status_code == 404
    answer = client_of(candidate).get(address)
    calendar = Calendar.from_ical(answer.content)
    assert answer["Content-Type"].startswith("text/calendar")
    assert (str(calendar["METHOD"]), int(calendar.events[0]["SEQUENCE"])) == ("REQUEST", 1)
    assert calendar.events[0].start == booking.starts_at


@pytest.mark.parametrize(
    ("is_candidate", "subject"),
    [(True, "Does this time suit you? A mock session"), (False, "A mock session, to be confirmed")],
)
def test_only_she_is_asked_whether_the_time_suits(is_candidate, subject, candidate, coach):
    booking = bookings.book(SlotFactory(coach=coach), candidate=candidate, by=coach)
    reader, other = (candidate, coach) if is_candidate else (coach, candidate)
    context = {"booking": booking, "slot": booking.slot, "change": "asked", "is_candidate": is_candidate, "by": coach}
    message = compose("session", to=reader, context=context | {"other": other, "link": "http://localhost/"})
    assert message.subject == subject
