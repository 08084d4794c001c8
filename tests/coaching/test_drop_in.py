"""The drop-in desk: asking without a coach, whose it is unseen until it is taken, sight of one interview until it is answered."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import services as accounts
from accounts.records import Conflict, Refused
from coaching.models import Review
from coaching.services import desk, reviews, sweep
from followups.models import OutboundEmail, Reminder
from followups.services import decisions
from interviews.models import Interview
from tests import factories
from tests.mailing import text_of

pytestmark = pytest.mark.django_db
API = "/api/v1/"
JSON = {"content_type": "application/json"}


def at(name, record):
    return reverse(name, args=[record.public_id])


@pytest.fixture(autouse=True)
def _with_a_desk(settings):
    settings.AFTERWORD_DROP_IN_DESK = True


@pytest.fixture
def theirs(stranger):
    """An interview of somebody without a coach, with a decision she is not so sure about."""
    interview = factories.InterviewFactory(candidate=stranger, company="Kanari Books", notes="kanarinotes")
    mistake = factories.MistakeFactory(interview=interview, text="kanaritext")
    decisions.dispute(decisions.decide(mistake), by=stranger)
    return interview


@pytest.fixture
def asked(theirs, stranger):
    return reviews.ask_review(theirs, coach=None, by=stranger, question="kanariquestion")


def answers(review):
    return {item: {"answer": "agree"} for item in review.items.all()}


@pytest.mark.parametrize("way", ["page", "api"])
def test_somebody_without_a_coach_asks_the_team(theirs, stranger, client_of, way):
    browser = client_of(stranger)
    if way == "page":
        assert "Ask the team" in browser.get(at("interview-detail", theirs)).text
        assert "no company" in browser.get(at("review-ask", theirs)).text
        decision = str(theirs.mistakes.get().decisions.current().get().public_id)
        browser.post(at("review-ask", theirs), {"decisions": [decision], "question": "Too much?"})
    else:
        browser.post(f"{API}reviews/", {"interview": str(theirs.public_id)}, **JSON)

    review = Review.objects.get()
    assert (review.coach, review.on_desk, review.status, review.items.count()) == (None, True, "open", 1)
    theirs.refresh_from_db()
    assert not theirs.shared_with_coach
    page = browser.get(at("review-detail", review)).text
    assert "Only you can read this page, until a coach takes it." in page


def test_it_is_offered_on_the_card_of_a_decision_she_doubts(theirs, stranger, client_of):
    page = client_of(stranger).get(at("mistake-detail", theirs.mistakes.get())).text

    assert (at("review-ask", theirs) in page, "Ask the team" in page) == (True, True)


def test_whoever_has_a_coach_asks_them(candidate, coach, interview, mistake, client_of):
    with pytest.raises(Refused):
        reviews.ask_review(interview, coach=None, by=candidate)
    assert "Ask the team" not in client_of(candidate).get(at("interview-detail", interview)).text


def test_without_the_setting_there_is_no_desk(settings, theirs, stranger, coach, client_of):
    settings.AFTERWORD_DROP_IN_DESK = False

    assert "Ask the team" not in client_of(stranger).get(at("interview-detail", theirs)).text
    assert client_of(stranger).get(at("review-ask", theirs)).status_code == 403
    assert client_of(coach).get(reverse("desk-list")).status_code == 404
    assert client_of(coach).get(f"{API}desk/").status_code == 404


def test_the_desk_shows_when_and_how_much_and_not_whose(asked, coach, stranger, admin, client_of):
    page = client_of(coach).get(reverse("desk-list"))
    listed = client_of(coach).get(f"{API}desk/").json()["results"]

    assert [review.pk for review in page.context["page"]] == [asked.pk]
    assert ("kanari" in page.text.lower(), stranger.name in page.text) == (False, False)
    assert [(sorted(row), row["decisions"], row["with_note"]) for row in listed] == [
        (["answer_by", "created_at", "decisions", "public_id", "with_note"], 1, False)
    ]
    for address in (
        at("review-detail", asked),
        at("interview-detail", asked.interview),
        f"{API}reviews/{asked.public_id}/",
    ):
        assert client_of(coach).get(address).status_code == 404
    assert [client_of(person).get(reverse("desk-list")).status_code for person in (stranger, admin)] == [403, 403]


@pytest.mark.parametrize("way", ["page", "api"])
def test_whoever_takes_it_sees_that_interview_and_nothing_else(asked, coach, stranger, client_of, way):
    other = factories.InterviewFactory(candidate=stranger)
    browser = client_of(coach)

    taken = browser.post(at("desk-take", asked) if way == "page" else f"{API}desk/{asked.public_id}/take/")

    asked.refresh_from_db()
    assert (taken.status_code, asked.coach) == (302 if way == "page" else 200, coach)
    assert list(Interview.objects.visible_to(coach)) == [asked.interview]
    assert [browser.get(at("interview-detail", one)).status_code for one in (asked.interview, other)] == [200, 404]
    assert browser.get(at("client-detail", stranger)).status_code == 404
    assert f"Taken by {coach.name}" in client_of(stranger).get(at("review-detail", asked)).text
    assert "Tom can read this" in client_of(stranger).get(at("interview-detail", asked.interview)).text


def test_the_second_is_refused_kindly(asked, coach, other_coach, client_of):
    desk.take(asked, by=coach)

    answer = client_of(other_coach).post(at("desk-take", asked), follow=True)
    by_api = client_of(other_coach).post(f"{API}desk/{asked.public_id}/take/")

    assert ("Tom Barasa has just taken it." in answer.text, by_api.status_code) == (True, 409)
    assert list(Interview.objects.visible_to(other_coach)) == []


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_has_it(asked):
    coaches = factories.CoachFactory.create_batch(6)
    begin, outcomes = threading.Barrier(6), []

    def grab(coach):
        try:
            begin.wait()
            desk.take(asked, by=coach)
            outcomes.append("taken")
        except Conflict:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=grab, args=(coach,)) for coach in coaches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    asked.refresh_from_db()
    assert (sorted(outcomes), asked.coach in coaches) == (["refused"] * 5 + ["taken"], True)
    assert [Interview.objects.visible_to(coach).count() for coach in coaches].count(1) == 1


def _let_time_pass(review):
    Review.objects.filter(pk=review.pk).update(answer_by=timezone.now())
    sweep.run(timezone.now())


ENDS = {
    "answered": lambda review: reviews.answer_review(review, by=review.coach, answers=answers(review)),
    "withdrawn": lambda review: reviews.withdraw_review(review, by=review.candidate),
    "its time is over": _let_time_pass,
    "put back": lambda review: desk.put_back(review, by=review.coach),
    "account closed": lambda review: accounts.deactivate(review.coach, by=factories.AdminFactory()),
}


@pytest.mark.parametrize("end", ENDS)
def test_sight_ends_with_it(asked, coach, client_of, end):
    desk.take(asked, by=coach)
    asked.refresh_from_db()
    browser = client_of(coach)
    assert browser.get(at("review-detail", asked)).status_code == 200

    ENDS[end](asked)

    assert list(Interview.objects.visible_to(coach)) == []
    for address in (
        at("review-detail", asked),
        at("interview-detail", asked.interview),
        f"{API}interviews/{asked.interview.public_id}/",
    ):
        assert browser.get(address).status_code in (302, 401, 403, 404)
    item = asked.items.get()
    typed = {f"{item.public_id}-answer": "ask", f"{item.public_id}-message": "Was it long ago?"}
    assert browser.post(at("review-answer", asked), typed).status_code in (302, 401, 404)


def test_what_is_put_back_or_left_waits_for_another(asked, coach, other_coach, admin):
    desk.take(asked, by=coach)
    desk.put_back(asked, by=coach)
    asked.refresh_from_db()
    assert (asked.coach, asked.opened_at, asked.status) == (None, None, "open")

    desk.take(asked, by=other_coach)
    accounts.deactivate(other_coach, by=admin)
    asked.refresh_from_db()
    assert (asked.coach, asked.status) == (None, "open")


def test_untaken_it_counts_as_unanswered_and_she_is_told(asked, stranger):
    sweep.run(asked.answer_by - timedelta(minutes=1))
    asked.refresh_from_db()
    assert asked.status == "open"

    sweep.run(asked.answer_by)

    asked.refresh_from_db()
    mail = OutboundEmail.objects.get(kind="review_went_without")
    assert (asked.status, mail.recipient) == ("went_without", stranger)
    assert "Nobody of the team could look at it in time." in text_of(mail)
    with pytest.raises(Conflict):
        desk.take(asked, by=factories.CoachFactory())


def test_she_is_told_in_time_and_every_coach_at_once(coach, other_coach, asked, stranger):
    untaken = Reminder.objects.get(kind="desk-untaken")
    waiting = Reminder.objects.filter(kind="desk", status="waiting")
    assert (untaken.recipient, untaken.due_at) == (stranger, asked.answer_by - timedelta(hours=2))
    assert set(waiting.values_list("recipient", flat=True)) >= {coach.pk, other_coach.pk}

    desk.take(asked, by=coach)

    untaken.refresh_from_db()
    assert (untaken.status, waiting.count()) == ("cancelled", 0)


def test_the_note_goes_as_approved_whether_or_not_somebody_takes_it(theirs, stranger, coach, in_hours):
    stranger.joined_at = timezone.now() - timedelta(days=30)
    stranger.save()
    note = factories.ThankYouNoteFactory(interview=theirs)
    review = reviews.ask_review(theirs, coach=None, by=stranger, note=note, despite_findings=True, **in_hours(5))
    note.refresh_from_db()
    send_at = note.send_at

    sweep.run(review.answer_by)

    note.refresh_from_db()
    assert (note.status, note.send_at) == ("scheduled", send_at)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_desk_asks_as_often_for_thirty_as_for_one(coach, client_of, rows, django_assert_num_queries):
    factories.DeskReviewFactory.create_batch(rows)
    browser = client_of(coach)
    with django_assert_num_queries(4):
        assert len(browser.get(reverse("desk-list")).context["page"]) == min(rows, 25)


def test_the_open_desk_says_what_came_and_what_went(
    coach, other_coach, candidate, client_of, django_assert_num_queries
):
    first, second = factories.DeskReviewFactory.create_batch(2)
    browser = client_of(coach)
    part = browser.get(reverse("desk-list")).context["news"]
    tag = {"if-none-match": f'"{part.version}"'}
    with django_assert_num_queries(3):
        assert browser.get(part.url, headers=tag).status_code == 304
    desk.take(first, by=other_coach)
    factories.DeskReviewFactory()
    told = browser.get(part.url, headers=tag)
    assert "1 new." in told.text and "1 waits no longer." in told.text
    desk.take(second, by=other_coach)
    loaded = browser.get(reverse("desk-list")).context["news"]
    desk.put_back(second, by=other_coach)
    assert "1 new." in browser.get(loaded.url).text
    assert [browser.get(reverse("desk-news"), bad).status_code for bad in ({}, {"since": "x", "waiting": "1"})] == [
        400,
        400,
    ]
    assert client_of(candidate).get(part.url).status_code == 403
