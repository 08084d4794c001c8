"""The coach's desk: what is new while a page is open, one review after the other, and what follows from a change."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.records import Conflict
from coaching import consequences
from coaching.models import Review
from coaching.services import reviews
from followups.models import ThankYouNote
from tests import factories
from tests.coaching.conftest import ADDITION

pytestmark = pytest.mark.django_db
NEWS = "/reviews/news/"


def at(name, record):
    return reverse(name, args=[record.public_id])


def another(candidate, coach, **fields):
    """One more that waits."""
    interview = factories.InterviewFactory(candidate=candidate, shared_with_coach=True)
    fields = {"answer_by": timezone.now() + timedelta(hours=9)} | fields
    return Review.objects.create(interview=interview, candidate=candidate, coach=coach, **fields)


def the_item(review):
    return review.items.get()


def answering(review, **given):
    """The form's fields for one item."""
    return {f"{the_item(review).public_id}-{name}": value for name, value in given.items()} | {"message": ""}


@pytest.mark.parametrize("page", ["review-list", "today"])
def test_what_is_new_is_said_on_an_open_page(page, review, candidate, coach, client_of):
    client = client_of(coach)
    context = client.get(reverse(page)).context
    part = context["news"] if page == "review-list" else context["coach_home"].news
    unchanged = client.get(part.url, headers={"if-none-match": f'"{part.version}"'})
    assert unchanged.status_code == 304
    another(candidate, coach)
    another(candidate, coach)
    reviews.withdraw_review(review, by=candidate)
    news = client.get(part.url, headers={"if-none-match": f'"{part.version}"'})
    assert (news.status_code, news.context["new"], news.context["gone"]) == (200, 2, 1)
    assert f'2 new. 1 waits no longer. <a href="{reverse(page)}">Show</a>' in news.text


@pytest.mark.parametrize("page", ["review-list", "today"])
def test_an_answer_is_said_on_her_open_page(page, review, candidate, coach, stranger, client_of):
    client = client_of(candidate)
    part = client.get(reverse(page)).context["news"]
    tag = {"if-none-match": f'"{part.version}"'}
    assert client.get(part.url, headers=tag).status_code == 304
    reviews.answer_review(review, by=coach, answers={the_item(review): {"answer": "agree"}})
    assert "An answer of your coach has come." in client.get(part.url, headers=tag).text
    assert client_of(stranger).get(part.url, headers=tag).status_code == 304


def test_news_are_one_query_beside_who_asks_and_of_her_own_queue(
    review, candidate, coach, other_coach, client_of, django_assert_num_queries
):
    part = client_of(coach).get(reverse("review-list")).context["news"]
    another(candidate, other_coach)
    client = client_of(coach)
    with django_assert_num_queries(3):
        answer = client.get(part.url)
    assert (answer.context["new"], answer.context["gone"]) == (0, 0)


@pytest.mark.parametrize("query", [{}, {"since": "2026", "waiting": "1", "page": "today"}, {"waiting": "-1"}])
def test_news_of_nothing_are_refused(query, coach, client_of):
    assert client_of(coach).get(NEWS, query).status_code == 400


def test_the_next_review_opens_by_itself(review, candidate, coach, client_of):
    later, sooner = another(candidate, coach), another(candidate, coach, answer_by=timezone.now() + timedelta(hours=7))
    client = client_of(coach)
    assert client.get(at("review-detail", review)).context["following"] == sooner
    answered = client.post(at("review-answer", review), answering(review, answer="agree"))
    assert answered.url == at("review-detail", sooner)
    assert client.get(at("review-detail", sooner)).context["following"] == later
    assert client.get(at("review-detail", later)).context["following"] is None


def test_after_the_last_one_back_to_the_queue(review, coach, client_of):
    answered = client_of(coach).post(at("review-answer", review), answering(review, answer="agree"))
    assert answered.url == reverse("review-list")


def test_a_review_asks_as_often_whatever_waits_behind_it(
    review, candidate, coach, client_of, django_assert_max_num_queries
):
    client = client_of(coach)
    client.get(at("review-detail", review))
    with django_assert_max_num_queries(40) as before:
        client.get(at("review-detail", review))
    for _number in range(33):
        another(candidate, coach)
    with django_assert_max_num_queries(len(before)):
        client.get(at("review-detail", review))


def test_what_follows_is_said_before_it_is_done(review, coach, client_of):
    page = client_of(coach).get(at("review-detail", review)).text
    asked = consequences.WORDS[consequences.Effect.ASKED]
    stopped = consequences.WORDS[consequences.Effect.GOES_WITHOUT]
    assert page.count(asked) == page.count(stopped) == 3  # for letting go, a referee, practice
    assert 'data-follows="thank_you_note"' not in page  # that is what stands


def test_the_api_says_what_follows(review, coach, candidate, client_of):
    [item] = client_of(coach).get(f"/api/v1/reviews/{review.public_id}/choices/").json()
    assert item["item"] == str(the_item(review).public_id)
    follows = {choice["action"]: [effect["code"] for effect in choice["follows"]] for choice in item["choices"]}
    assert follows == {
        "let_go": ["asked", "left_behind"],
        "referee": ["asked", "to_referee"],
        "practice": ["asked", "to_practise"],
        "correct_now": ["to_put_right"],
    }
    stopped = {choice["action"]: [effect["code"] for effect in choice["if_stopped"]] for choice in item["choices"]}
    assert stopped["let_go"] == ["goes_without", "left_behind"]
    assert client_of(candidate).get(f"/api/v1/reviews/{review.public_id}/choices/").status_code == 403


@pytest.mark.parametrize("stop", [False, True])
def test_what_was_said_is_what_happens(review, note, coach, stop):
    choice = next(one for one in reviews.answering.choices_for(the_item(review)) if one.action == "let_go")
    said = choice.if_stopped if stop else choice.follows
    given = {"answer": "change", "action": "let_go", "message": "It is small.", "stop": stop}
    reviews.answer_review(review, by=coach, answers={the_item(review): given})
    note.refresh_from_db()
    assert note.status == "scheduled"
    assert (ADDITION in note.body) == (consequences.Effect.ASKED in said) == (not stop)


def test_of_a_note_that_has_gone_everything_is_for_next_time(review, note, coach, client_of):
    ThankYouNote.objects.filter(pk=note.pk).update(status="sent", sent_at=timezone.now())
    [item] = client_of(coach).get(f"/api/v1/reviews/{review.public_id}/choices/").json()
    assert {tuple(effect["code"] for effect in one["follows"]) for one in item["choices"]} == {("next_time",)}


def test_an_answer_begun_before_she_stopped_waiting_is_for_next_time(review, note, candidate, coach, client_of):
    client = client_of(coach)
    client.get(at("review-detail", review))
    reviews.withdraw_review(review, by=candidate)
    assert "did not wait for an answer" in client.get(at("review-detail", review)).text
    answered = client.post(at("review-answer", review), answering(review, answer="agree") | {"message": "Well put."})
    review.refresh_from_db()
    assert (answered.status_code, review.status, review.message) == (302, "answered", "Well put.")


def test_one_never_opened_is_over_when_she_stops_waiting(review, candidate, coach, client_of):
    reviews.withdraw_review(review, by=candidate)
    with pytest.raises(Conflict):
        reviews.answer_review(review, by=coach, answers={the_item(review): {"answer": "agree"}})
    answer = client_of(coach).post(at("review-answer", review), answering(review, answer="agree", message="Too late?"))
    assert answer.status_code == 409


def test_agreeing_after_she_stopped_waiting_sends_nothing(note, candidate, coach, in_hours):
    review = reviews.ask_review(
        note.interview, coach=coach, by=candidate, note=note, if_unreviewed="hold", **in_hours(5)
    )
    note.refresh_from_db()
    assert note.status == "draft"
    reviews.open_review(review, by=coach)
    reviews.withdraw_review(review, by=candidate)
    reviews.answer_review(review, by=coach, answers={the_item(review): {"answer": "agree"}})
    note.refresh_from_db()
    assert note.status == "draft"


def test_the_keys_are_listed_and_can_be_switched_off(review, coach, candidate, client_of):
    page = client_of(coach).get(at("review-detail", review)).text
    assert 'id="keys"' in page and "data-keys-switch" in page
    assert "data-keys-switch" in client_of(coach).get(reverse("settings-edit")).text
    assert "data-keys-switch" not in client_of(candidate).get(reverse("settings-edit")).text


def test_a_reply_of_her_own_is_put_in_without_judging_the_rest(review, coach, client_of):
    reply = factories.CannedReplyFactory(coach=coach, text="Two sentences are enough.")
    item = the_item(review).public_id
    client = client_of(coach)
    assert reply.title in client.get(at("review-detail", review)).text
    body = answering(review, answer="ask", message="Well.") | {
        "message": "Warm.",
        "insert": f"{item}-message:{reply.public_id}",
    }
    page = client.post(at("review-answer", review), body)
    [row] = page.context["rows"]
    assert (page.status_code, row["form"].is_bound) == (200, False)
    shown = {name: row["form"][name].value() for name in ("answer", "message")}
    assert shown == {"answer": "ask", "message": "Well.\n\nTwo sentences are enough."}
    assert page.context["form"]["message"].value() == "Warm."
    review.refresh_from_db()
    assert review.status == "open"


def test_what_was_typed_is_kept_when_another_coach_has_it_now(review, coach, other_coach, candidate, client_of):
    """Passed on while she was writing; and nobody learns by this whether a review exists."""
    factories.EngagementFactory(candidate=candidate, coach=other_coach)
    client = client_of(coach)
    client.get(at("review-detail", review))
    Review.objects.filter(pk=review.pk).update(coach=other_coach)
    body = answering(review, answer="ask", message="Would one sentence do?")
    refused = client.post(at("review-answer", review), body)
    nowhere = client.post(f"/reviews/{'0' * 8}-0000-4000-8000-{'0' * 12}/answer/", body)
    assert [(answer.status_code, answer.context["typed"]) for answer in (refused, nowhere)] == [
        (404, "Would one sentence do?")
    ] * 2
    assert (
        client_of(other_coach).post(at("review-answer", review), answering(review, answer="agree")).status_code == 302
    )


def test_two_windows_of_a_coach_answer_once(review, coach, client_of):
    first, second = client_of(coach), client_of(coach)
    assert first.post(at("review-answer", review), answering(review, answer="agree")).status_code == 302
    answer = second.post(at("review-answer", review), answering(review, answer="ask", message="And why?"))
    assert (answer.status_code, answer.context["typed"]) == (409, "And why?")
    assert the_item(review).answer == "agree"
