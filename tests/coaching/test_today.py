"""Today: the first page of every role, and a coach's clients."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Engagement
from accounts.services import end_engagement
from coaching import today
from coaching.models import Review
from coaching.services import bookings, reviews
from followups.models import Lesson
from followups.services import decisions, notes
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = "/today/"


def text_of(client_of, user, address=TODAY):
    answer = client_of(user).get(address)
    assert answer.status_code == 200
    return answer.text


def test_an_empty_evening_is_said_to_be_one(stranger, client_of):
    assert "Nothing is due" in text_of(client_of, stranger)


def test_what_is_due_stands_by_deadline_each_with_one_step(candidate, coach, mistake, client_of):
    booking = bookings.book(factories.SlotFactory(coach=coach), candidate=candidate, by=coach)
    day = today.of_candidate(candidate, timezone.now())
    assert [item.at for item in day.due] == sorted(item.at for item in day.due)
    assert {item.label for item in day.due} == {"Look at it", "Answer"}
    assert booking.confirm_by in [item.at for item in day.due]
    bookings.confirm(booking, by=candidate)
    day = today.of_candidate(candidate, timezone.now())
    assert ([item.label for item in day.due], [item.at for item in day.ahead]) == (["Look at it"], [booking.starts_at])


def test_what_goes_by_itself_is_not_due(review, candidate, mistake, client_of):
    decisions.accept(decisions.current_decision(mistake), by=candidate)
    day = today.of_candidate(candidate, timezone.now())
    assert (day.due, [item.at for item in day.by_itself]) == ([], [review.note.send_at])
    assert "goes without you" in text_of(client_of, candidate)


def test_a_coachs_answer_with_a_question_comes_up(review, candidate, coach):
    answers = {review.items.get(): {"answer": "ask", "message": "Did they ask?"}}
    reviews.answer_review(review, by=coach, answers=answers)
    titles = [item.title for item in today.of_candidate(candidate, timezone.now()).due]
    assert "Tom has answered" in titles


def test_a_coachs_home_sessions_waiting_and_gone_without(review, candidate, coach, other_coach, client_of):
    soon = timezone.now() + timedelta(minutes=1)
    session = bookings.book(factories.SlotFactory(coach=coach), candidate=candidate, by=candidate)
    type(session).objects.filter(pk=session.pk).update(starts_at=soon, ends_at=soon + timedelta(minutes=45))
    now = timezone.now()
    home = today.of_coach(coach, now)
    assert home.waiting == [review]
    assert home.went_without == []
    nothing = today.of_coach(other_coach, now)
    assert (nothing.sessions, nothing.waiting, nothing.went_without) == ([], [], [])
    assert "Too much?" in text_of(client_of, coach)
    reviews.go_without(review, now=now)
    home = today.of_coach(coach, now)
    assert (home.waiting, home.went_without) == ([], [review])


def test_a_coachs_home_names_the_next_session_and_asks_about_those_that_are_over(candidate, coach, client_of):
    now = timezone.now()
    ahead = factories.BookingFactory(candidate=candidate, slot=factories.SlotFactory(coach=coach))
    over = factories.BookingFactory(candidate=candidate, slot=factories.SlotFactory(coach=coach))
    for booking, at in ((ahead, now + timedelta(days=3)), (over, now - timedelta(days=1))):
        type(over).objects.filter(pk=booking.pk).update(starts_at=at, ends_at=at + timedelta(minutes=45))
    home = today.of_coach(coach, now)
    assert (home.sessions, home.next_session, home.to_close) == ([], ahead, [over])
    assert "Did it take place?" in text_of(client_of, coach)
    over.refresh_from_db()
    bookings.close(over, by=coach, came=True)
    assert today.of_coach(coach, now).to_close == []


def test_what_ends_with_the_engagement(review, candidate, coach, client_of):
    assert candidate.name in text_of(client_of, coach)
    end_engagement(Engagement.objects.get(coach=coach, candidate=candidate), by=coach)
    assert candidate.name not in text_of(client_of, coach)
    assert client_of(coach).get(reverse("client-detail", args=[candidate.public_id])).status_code == 404
    assert candidate.name not in text_of(client_of, coach, reverse("client-list"))


def test_an_admin_sees_counts_and_never_content(note, candidate, coach, admin, client_of, in_hours):
    interview = note.interview
    interview.company, interview.role_title = "Canary Company", "Canary role"
    interview.save()
    notes.edit_note(note, by=candidate, body=note.body.replace("reading room", "canary room"))
    review = reviews.ask_review(
        interview, coach=coach, by=candidate, note=note, question="Canary question?", **in_hours(5)
    )
    reviews.answer_review(
        review,
        by=coach,
        answers={review.items.get(): {"answer": "ask", "message": "Canary answer"}},
        message="Canary word",
    )
    booking = bookings.book(factories.SlotFactory(coach=coach), candidate=candidate, by=candidate)
    booking.agenda.add(Lesson.objects.create(candidate=candidate, title="Canary lesson"))
    pages = [
        TODAY,
        "/slots/",
        "/bookings/",
        "/people/",
        "/mail/",
        "/engagements/",
        reverse("booking-detail", args=[booking.public_id]),
    ]
    for page in pages:
        assert "canary" not in text_of(client_of, admin, page).lower(), page


def test_small_counts_of_people_are_blurred():
    assert [today.few(number) for number in (0, 1, 4, 5)] == ["0", "fewer than 5", "fewer than 5", "5"]


def test_client_page_leads_to_a_session_for_this_client_and_review(review, candidate, coach, client_of):
    slot = factories.SlotFactory(coach=coach)
    address = reverse("client-detail", args=[candidate.public_id]) + f"?review={review.public_id}"
    link = f"{reverse('slot-book', args=[slot.public_id])}?client={candidate.public_id}&amp;review={review.public_id}"
    client = client_of(coach)
    assert link in client.get(address).text
    answer = client.post(link.replace("&amp;", "&"), {"candidate": str(candidate.public_id)})
    booking = slot.bookings.get()
    assert answer.url == reverse("booking-detail", args=[booking.public_id])
    assert (booking.review, booking.confirmed_at) == (review, None)


def test_what_is_not_shared_is_not_on_the_client_page(interview, candidate, coach, client_of):
    interview.shared_with_coach, interview.company = False, "Canary Company"
    interview.save()
    assert "Canary" not in text_of(client_of, coach, reverse("client-detail", args=[candidate.public_id]))


def make_for_candidate(candidate, coach):
    factories.MistakeFactory(interview=factories.InterviewFactory(candidate=candidate, shared_with_coach=True))


def make_for_coach(candidate, coach):
    client = factories.EngagementFactory(coach=coach).candidate
    interview = factories.InterviewFactory(candidate=client, shared_with_coach=True)
    Review.objects.create(
        interview=interview, candidate=client, coach=coach, answer_by=timezone.now() + timedelta(hours=5)
    )


def make_for_admin(candidate, coach):
    factories.BookingFactory()


@pytest.mark.parametrize(
    ("role", "make", "address"),
    [
        ("candidate", make_for_candidate, "today"),
        ("coach", make_for_coach, "today"),
        ("admin", make_for_admin, "today"),
        ("coach", make_for_coach, "client-list"),
    ],
)
def test_pages_ask_as_often_for_thirty_as_for_one(
    role, make, address, request, candidate, coach, client_of, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(request.getfixturevalue(role))
    make(candidate, coach)
    client.get(reverse(address))
    with django_assert_max_num_queries(11) as asked:
        client.get(reverse(address))
    asked = len(asked)
    for _number in range(29):
        make(candidate, coach)
    with django_assert_num_queries(asked):
        assert client.get(reverse(address)).status_code == 200


def test_client_page_asks_as_often_for_twenty_five_interviews_as_for_one(
    candidate, coach, client_of, django_assert_num_queries
):
    client, address = client_of(coach), reverse("client-detail", args=[candidate.public_id])
    for more in (1, 29):
        for _number in range(more):
            make_for_candidate(candidate, coach)
        client.get(address)
        with django_assert_num_queries(12):
            client.get(address)
