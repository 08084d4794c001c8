"""With the commit that ends an engagement, everything her former coach had open is closed: one test each."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import services as accounts
from accounts.models import Engagement, FormDraft
from coaching.models import Comment, Goal, Review
from coaching.services import comments, desk, engagements, feeds
from coaching.services.agenda import set_agenda
from followups import outbox, reminders
from followups.models import OutboundEmail, Reminder
from interviews import services as facts
from tests import factories

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


def at(name, record):
    return reverse(name, args=[record.public_id])


@pytest.fixture
def engagement(candidate, coach):
    return Engagement.objects.get(candidate=candidate, coach=coach)


@pytest.fixture(params=["ended by her", "ended by an admin", "account closed"])
def close(request, engagement, candidate, coach, admin):
    """Each way in which sight ends."""
    return {
        "ended by her": lambda: engagements.end(engagement, by=candidate),
        "ended by an admin": lambda: engagements.end(engagement, by=admin),
        "account closed": lambda: accounts.deactivate(coach, by=admin),
    }[request.param]


@pytest.fixture
def her_page(client_of, coach):
    """Signed in, with every page opened before."""
    return client_of(coach)


def refused(answer):
    """Nothing is there for her, or, with her account closed, she is asked to sign in."""
    return answer.status_code in (302, 401, 403, 404) and "Savanna" not in answer.text


PAGES = {
    "client-detail": "candidate",
    "interview-detail": "interview",
    "mistake-detail": "mistake",
    "note-detail": "note",
    "review-detail": "review",
}


@pytest.mark.parametrize("name", PAGES)
def test_open_pages(request, her_page, close, review, name):
    address = at(name, request.getfixturevalue(PAGES[name]))
    assert her_page.get(address).status_code == 200

    close()

    assert refused(her_page.get(address))


def test_lists(her_page, close, review):
    addresses = [reverse(name) for name in ("interview-list", "note-list", "review-list", "client-list", "today")]
    assert ["Company" in her_page.get(address).text for address in addresses[:3]] == [True, True, True]

    close()

    for address in addresses:
        text = her_page.get(address).text
        assert (address, "Company" in text, "Achieng" in text) == (address, False, False)


def test_a_save_of_an_answer_begun_before_keeps_what_she_typed(her_page, engagement, candidate, review):
    item = review.items.get()
    engagements.end(engagement, by=candidate)

    answer = her_page.post(
        at("review-answer", review),
        {f"{item.public_id}-answer": "ask", f"{item.public_id}-message": "Was it a long internship?"},
    )

    assert (answer.status_code, "Was it a long internship?" in answer.text) == (404, True)
    assert Review.objects.get(pk=review.pk).status == "went_without"


@pytest.mark.parametrize("about", ["client", "interview"])
def test_a_save_of_words_begun_before_keeps_what_she_typed(her_page, engagement, candidate, interview, about):
    subject = {"client": candidate, "interview": interview}[about]
    engagements.end(engagement, by=candidate)

    answer = her_page.post(
        reverse("comment-new"),
        {"about": about, "about_id": str(subject.public_id), "text": "It was well told.", "visibility": "private"},
    )

    assert (answer.status_code, "It was well told." in answer.text) == (404, True)
    assert Comment.objects.count() == 0


def test_a_save_of_words_on_an_interview_made_private_meanwhile(her_page, interview, candidate):
    facts.unshare(interview, by=candidate)

    answer = her_page.post(
        reverse("comment-new"),
        {
            "about": "interview",
            "about_id": str(interview.public_id),
            "text": "It was well told.",
            "visibility": "private",
        },
    )

    assert (answer.status_code, Comment.objects.count()) == (404, 0)


def test_her_own_earlier_words_and_goals(her_page, close, candidate, coach, engagement):
    words = comments.write_comment(by=coach, candidate=candidate, text="Savanna.", visibility="private")
    goal = factories.GoalFactory(engagement=engagement, text="Savanna")
    close()

    assert refused(her_page.get(at("comment-edit", words)))
    assert refused(her_page.post(at("comment-edit", words), {"text": "Other words", "visibility": "shared"}))
    assert refused(her_page.post(at("goal-edit", goal), {"text": "Other words"}))
    assert (Comment.objects.get().text, Goal.objects.get().text) == ("Savanna.", "Savanna")


ENDPOINTS = [
    "interviews",
    "mistakes",
    "decisions",
    "notes",
    "briefs",
    "reviews",
    "comments",
    "goals",
    "clients",
    "lessons",
]


@pytest.mark.parametrize("name", ENDPOINTS)
def test_the_api_of_a_session_that_goes_on(
    her_page, close, review, candidate, coach, interview, mistake, engagement, name
):
    comments.write_comment(by=coach, candidate=candidate, text="Words.")
    factories.GoalFactory(engagement=engagement)
    factories.LessonFactory(candidate=candidate, mistake=mistake)
    factories.RefereeBriefFactory(interview=interview)
    address = f"/api/v1/{name}/"
    assert len(her_page.get(address).json()["results"]) >= 1

    close()

    answer = her_page.get(address)
    assert answer.status_code in (401, 403) or answer.json()["results"] == []


def test_one_record_by_api(her_page, close, review):
    address = f"/api/v1/reviews/{review.public_id}/"
    assert her_page.get(address).status_code == 200

    close()

    assert refused(her_page.get(address))
    assert refused(her_page.post(f"{address}answer/", {"items": []}, **JSON))


def test_the_mail_that_asked_her_and_waits(close, coach, review):
    row = OutboundEmail.objects.get(kind="review_asked", recipient=coach)
    assert row.status == "queued"

    close()
    outbox.pump(now=row.next_try_at + timedelta(seconds=1))

    row.refresh_from_db()
    assert row.status in ("cancelled", "suppressed")


def test_the_digest_and_the_urgent_word_that_wait(close, coach, review):
    reminders.refresh(coach, now=timezone.now() + timedelta(days=3))
    assert Reminder.objects.filter(recipient=coach, status="waiting").count() >= 1

    close()

    assert reminders.deliver_due(timezone.now() + timedelta(days=3)) == 0
    assert Reminder.objects.filter(recipient=coach, status="sent").count() == 0


def test_a_digest_that_is_in_the_outbox_already(engagement, candidate, coach, review):
    later = timezone.now() + timedelta(days=3)
    reminders.refresh(coach, now=later)
    row = Reminder.objects.filter(recipient=coach, kind="reviews-waiting").latest("due_at")
    Reminder.objects.exclude(pk=row.pk).delete()
    assert reminders.deliver_due(max(row.deliver_at, later)) == 1
    mail = OutboundEmail.objects.get(kind="reminder", recipient=coach)
    assert mail.status == "queued"

    engagements.end(engagement, by=candidate)

    mail.refresh_from_db()
    assert mail.status == "cancelled"


def test_booking_for_her(her_page, close, candidate, coach):
    slot = factories.SlotFactory(coach=coach)
    close()

    assert her_page.post(at("slot-book", slot), {"client": str(candidate.public_id)}).status_code in (
        200,
        302,
        403,
        404,
    )
    assert candidate.bookings.count() == 0


def test_the_agenda_of_a_session_that_is_cancelled_with_it(her_page, engagement, candidate, coach):
    lesson = factories.LessonFactory(candidate=candidate, title="Savanna in two sentences")
    booking = factories.BookingFactory(slot=factories.SlotFactory(coach=coach), candidate=candidate)
    set_agenda(booking, [lesson], by=candidate)
    address = at("booking-detail", booking)
    assert "Savanna" in her_page.get(address).text

    engagements.end(engagement, by=candidate, cancel=[booking])

    assert "Savanna" not in her_page.get(address).text


def test_the_agenda_of_a_session_that_stays(her_page, engagement, candidate, coach):
    lesson = factories.LessonFactory(candidate=candidate, title="Savanna in two sentences")
    booking = factories.BookingFactory(slot=factories.SlotFactory(coach=coach), candidate=candidate)
    set_agenda(booking, [lesson], by=candidate)

    engagements.end(engagement, by=candidate)

    assert "Savanna" in her_page.get(at("booking-detail", booking)).text


def test_what_she_had_typed_and_not_sent_is_hers_to_read_nowhere_else(her_page, engagement, candidate, coach):
    """A draft of a form is its writer's own words; it opens nothing of her client's."""
    path = at("client-detail", candidate)
    FormDraft.objects.create(user=coach, path=path, fields={"text": "My own words"})
    engagements.end(engagement, by=candidate)

    assert her_page.get(path).status_code == 404
    assert her_page.get(reverse("form-draft"), {"path": path}).json() == {"fields": {"text": "My own words"}}


def test_the_part_of_an_open_page_that_follows_a_review(her_page, close, review):
    address = at("review-state", review) + "?status=open"
    assert her_page.get(address).status_code == 200

    close()

    assert refused(her_page.get(address))


def test_the_part_of_an_open_page_that_follows_the_queue(her_page, engagement, candidate, review):
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    query = {"page": "review-list", "waiting": "0", "since": since}
    assert her_page.get(reverse("review-news"), query).context["new"] == 1

    engagements.end(engagement, by=candidate)

    assert her_page.get(reverse("review-news"), query).context["new"] == 0


def test_her_calendar_feed_lets_go_of_a_cancelled_session_and_of_everything_once_closed(
    client, engagement, candidate, coach, admin
):
    kept, cancelled = (
        factories.BookingFactory(slot=factories.SlotFactory(coach=coach), candidate=candidate) for _number in range(2)
    )
    address = urlsplit(feeds.make_feed(coach)).path
    assert client.get(address).content.count(b"BEGIN:VEVENT") == 2

    engagements.end(engagement, by=candidate, cancel=[cancelled])
    assert client.get(address).content.count(b"BEGIN:VEVENT") == 1

    accounts.deactivate(coach, by=admin)
    assert client.get(address).status_code == 404
    kept.refresh_from_db()
    assert kept.status == "cancelled"


def test_the_desk_after_her_account_is_closed(settings, her_page, coach, admin):
    settings.AFTERWORD_DROP_IN_DESK = True
    review = factories.DeskReviewFactory()
    desk.take(review, by=coach)
    assert her_page.get(at("interview-detail", review.interview)).status_code == 200

    accounts.deactivate(coach, by=admin)

    assert refused(her_page.get(at("interview-detail", review.interview)))
