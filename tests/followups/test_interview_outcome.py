"""How an interview ended: one tap, and what is said to it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.records import Conflict
from followups.models import TriageDecision
from followups.services import decisions, outcomes
from followups.steps import step_of_interview, with_steps
from interviews.models import Interview
from tests.everything import checksum_of_everything
from tests.factories import InterviewerFactory, InterviewFactory, MistakeFactory, ThankYouNoteFactory

JSON = {"content_type": "application/json"}


def url(interview, page="outcome"):
    return f"/interviews/{interview.public_id}/{page}/"


def said(client, interview, answer, **more):
    return client.post(url(interview), {"outcome": answer, **more}, follow=True)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("rejected", "There is nothing to do about it today. Be kind to yourself."),
        ("offer", "They chose you. Nothing else is needed; enjoy the evening."),
        ("next_round", "What you would still like to say, you can say there."),
        ("withdrawn", "You decided, and that is a good end, too."),
        ("closed", "They stopped the search, and that is about them, not about you."),
    ],
)
def test_each_answer_has_its_word(client_of, candidate, interview, answer, words):
    page = said(client_of(candidate), interview, answer)
    interview.refresh_from_db()
    assert (interview.outcome, words in page.text) == (answer, True)


def test_not_heard_yet_and_then_not_to_be_asked(client_of, candidate, interview):
    client = client_of(candidate)
    assert "We ask once more" in said(client, interview, "not_heard").text
    assert "ask any more. Whenever you hear, say it here." in said(client, interview, "dont_ask").text
    interview.refresh_from_db()
    assert (interview.outcome, interview.ask_outcome) == ("none", False)


def test_a_slip_is_taken_back(client_of, candidate, interview):
    client = client_of(candidate)
    said(client, interview, "rejected")
    said(client, interview, "none", seen="rejected")
    interview.refresh_from_db()
    assert (interview.outcome, interview.outcome_at) == ("none", None)


def test_a_second_window_is_told_what_the_first_has_said(client_of, candidate, interview):
    client = client_of(candidate)
    said(client, interview, "offer", seen="none")
    second = client.post(url(interview), {"outcome": "rejected", "seen": "none"})
    assert (second.status_code, "In the meantime you have said: an offer." in second.text) == (409, True)
    interview.refresh_from_db()
    assert interview.outcome == "offer"
    assert said(client, interview, "offer", seen="none").status_code == 200


@pytest.mark.parametrize("answer", ["", "glory"])
def test_what_is_no_answer_changes_nothing(client_of, candidate, interview, answer):
    client = client_of(candidate)
    before = checksum_of_everything()
    assert client.post(url(interview), {"outcome": answer}).status_code == 422
    assert checksum_of_everything() == before


def test_nothing_is_to_be_heard_of_one_that_has_not_taken_place(client_of, candidate):
    planned = InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-2)
    client = client_of(candidate)
    assert client.post(url(planned), {"outcome": "offer"}).status_code == 422
    assert "has not taken place" in client.get(url(planned)).text


def test_after_a_no_nothing_needs_her(client_of, candidate, interview):
    decisions.decide(MistakeFactory(interview=interview))
    ThankYouNoteFactory(interview=interview, status="sent", sent_at=timezone.now())
    said(client_of(candidate), interview, "rejected")
    standing = TriageDecision.objects.current().get()
    assert standing.action == "practice"
    decisions.accept(standing, by=candidate)
    step = step_of_interview(with_steps(Interview.objects).get(pk=interview.pk), timezone.now())
    assert (step.text, step.label) == ("Closed. Nothing needs you.", "")


# The next round --------------------------------------------------------------


def test_the_next_round_is_joined_and_what_is_open_is_said_there(client_of, candidate, interview):
    decisions.decide(MistakeFactory(interview=interview))
    ThankYouNoteFactory(interview=interview, status="sent", sent_at=timezone.now())
    client = client_of(candidate)
    said(client, interview, "next_round")
    day = (timezone.now() + timedelta(days=5)).date()
    answer = client.post(url(interview, "next-round"), {"starts_wall": f"{day}T09:00", "minutes": "30"})
    following = interview.next_rounds.get()
    assert answer.url == f"/interviews/{following.public_id}/"
    assert (following.status, following.company, following.role_title) == (
        "planned",
        interview.company,
        interview.role_title,
    )
    assert [f"{wall:%Y-%m-%dT%H:%M}" for wall in (following.starts_wall, following.ends_wall)] == [
        f"{day}T09:00",
        f"{day}T09:30",
    ]
    standing = TriageDecision.objects.current().get()
    assert (standing.action, standing.rule) == ("practice", 3)
    assert "The next round" in client.get(f"/interviews/{interview.public_id}/").text


def test_a_second_window_plans_no_second_round(client_of, candidate, interview):
    client = client_of(candidate)
    times = {"starts_wall": f"{(timezone.now() + timedelta(days=5)).date()}T09:00", "minutes": "60"}
    assert client.post(url(interview, "next-round"), times).status_code == 302
    following = interview.next_rounds.get()
    with pytest.raises(Conflict):
        outcomes.plan_next_round(
            interview, starts_wall=following.starts_wall, ends_wall=following.ends_wall, by=candidate
        )
    client.post(url(interview, "next-round"), times)
    assert interview.next_rounds.count() == 1


@pytest.mark.parametrize(
    "times", [{}, {"starts_wall": "soon", "minutes": "60"}, {"starts_wall": "1800-01-01T09:00", "minutes": "60"}]
)
def test_a_time_that_cannot_be_is_told_where_it_was_typed(client_of, candidate, interview, times):
    said(client_of(candidate), interview, "next_round")
    page = client_of(candidate).post(url(interview, "next-round"), times)
    assert (page.status_code, next(iter(page.context["round_form"].errors))) == (422, "starts_wall")
    assert interview.next_rounds.count() == 0


def test_the_api_plans_it_too(client_of, candidate, interview):
    address = f"/api/v1/interviews/{interview.public_id}/next-round/"
    day = (timezone.now() + timedelta(days=5)).date()
    answer = client_of(candidate).post(
        address, {"starts_wall": f"{day}T09:00:00", "ends_wall": f"{day}T10:00:00"}, **JSON
    )
    interview.refresh_from_db()
    assert (answer.status_code, answer.json()["previous"]) == (201, str(interview.public_id))
    assert (interview.outcome, answer.json()["status"]) == ("next_round", "planned")


# Three kind lines ------------------------------------------------------------


def test_three_kind_lines_from_her_own_mailbox_kept_nowhere(client_of, candidate, interview):
    grace = InterviewerFactory(interview=interview, name="Grace Kamau", email="grace@company.example")
    ThankYouNoteFactory(
        interview=interview,
        interviewer=grace,
        stayed_with_me="The ten-minute huddle.",
        status="sent",
        sent_at=timezone.now(),
    )
    client = client_of(candidate)
    said(client, interview, "rejected")
    interview.refresh_from_db()
    client.get(url(interview, "reply"))
    before = checksum_of_everything()
    page = client.get(url(interview, "reply"))
    assert checksum_of_everything() == before
    assert page.context["reply"].body.startswith("Dear Grace Kamau,\n\nThank you for letting me know")
    assert "What stays with me: The ten-minute huddle." in page.text
    assert page.context["mailto"].startswith("mailto:grace@company.example?subject=Thank%20you")
    answer = client.get(f"/api/v1/interviews/{interview.public_id}/reply/").json()
    assert (answer["body"], answer["mailto"]) == (page.context["reply"].body, page.context["mailto"])


def test_where_several_met_her_nobody_is_guessed_at(candidate, interview):
    InterviewerFactory(interview=interview)
    InterviewerFactory(interview=interview)
    outcomes.say(interview, "rejected", by=candidate)
    reply = outcomes.gracious_reply(interview)
    assert (reply.body.split("\n")[0], outcomes.mailto_of(interview, reply)[:8]) == ("Hello,", "mailto:?")


@pytest.mark.parametrize(("outcome", "prohibited"), [("none", False), ("offer", False), ("rejected", True)])
def test_there_are_none_without_a_no_or_where_writing_is_unwelcome(
    client_of, candidate, interview, outcome, prohibited
):
    Interview.objects.update(contact_prohibited=prohibited)
    interview.refresh_from_db()
    outcomes.say(interview, outcome, by=candidate)
    client = client_of(candidate)
    assert client.get(url(interview, "reply")).url == url(interview)
    assert client.get(f"/api/v1/interviews/{interview.public_id}/reply/").status_code == 422
    assert "lines back" not in client.get(url(interview)).text


@pytest.mark.parametrize("page", ["outcome", "reply"])
def test_who_may_open_it(client_of, candidate, coach, other_coach, admin, stranger, interview, page):
    outcomes.say(interview, "rejected", by=candidate)
    people = (candidate, coach, other_coach, admin, stranger)
    assert [client_of(user).get(url(interview, page)).status_code for user in people] == [200, 403, 404, 404, 404]
