"""The list of interviews: each with its state, its next step and its deadline."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import InterviewFactory, MistakeFactory, ThankYouNoteFactory

URL = "/interviews/"
QUERIES = 6  # session, person, interviews, mistakes, decisions, notes, briefs


def full(candidate, **fields):
    interview = InterviewFactory(candidate=candidate, shared_with_coach=True, **fields)
    MistakeFactory(interview=interview, status="decided")
    MistakeFactory(interview=interview, status="let_go", place=None)
    ThankYouNoteFactory(interview=interview)
    return interview


def companies(response):
    return [interview.company for interview, _step in response.context["rows"]]


def test_everybody_sees_their_own_and_no_more(client_of, candidate, coach, other_coach, stranger, interview):
    InterviewFactory(candidate=candidate, company="Private Ltd.", shared_with_coach=False, ended_hours_ago=5)
    InterviewFactory(candidate=stranger, company="Not yours")
    assert companies(client_of(candidate).get(URL)) == [interview.company, "Private Ltd."]
    assert companies(client_of(coach).get(URL)) == [interview.company]
    assert companies(client_of(other_coach).get(URL)) == []
    assert companies(client_of(stranger).get(URL)) == ["Not yours"]


def test_admins_have_no_such_page(client_of, admin, interview):
    assert client_of(admin).get(URL).status_code == 404


def test_nobody_is_asked_to_sign_in(client_of, db):
    assert client_of(None).get(URL).url == f"{reverse('account_login')}?next={URL}"


@pytest.mark.parametrize(("viewer", "queries"), [("candidate", QUERIES), ("coach", 3)])
@pytest.mark.parametrize("rows", [1, 30])
def test_thirty_rows_cost_what_one_does(client_of, candidate, coach, rows, viewer, queries, django_assert_num_queries):
    for hours in range(rows):
        full(candidate, ended_hours_ago=hours + 1)
    client = client_of({"candidate": candidate, "coach": coach}[viewer])
    with django_assert_num_queries(queries):
        response = client.get(URL)
    assert len(response.context["rows"]) == min(rows, 25)


def test_the_second_page_goes_on_where_the_first_ends(client_of, candidate):
    for hours in range(30):
        InterviewFactory(candidate=candidate, company=f"Number {hours}", ended_hours_ago=hours + 1)
    client = client_of(candidate)
    first = client.get(URL)
    second = client.get(URL + first.context["page"].next_url)
    assert companies(first) + companies(second) == [f"Number {hours}" for hours in range(30)]


def step(client, candidate):
    (_interview, step) = client.get(URL).context["rows"][0]
    return step.text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"status": "planned", "ended_hours_ago": -30}, "Nothing needs you until then."),
        ({"status": "planned"}, "Did it take place?"),
        ({"status": "cancelled"}, "Cancelled. Nothing to do."),
        ({"status": "missed"}, "Missed. Nothing to do."),
        ({}, "Write your thank-you note."),
        ({"contact_prohibited": True}, "How did it go? Three minutes."),
        ({"contact_prohibited": True, "went_well": "They laughed."}, "Nothing needs you."),
        ({"contact_prohibited": True, "closed_at": timezone.now()}, "Closed. Nothing needs you."),
    ],
)
def test_each_has_one_next_step(client_of, candidate, fields, text):
    InterviewFactory(candidate=candidate, **fields)
    assert step(client_of(candidate), candidate) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Your note is not sent yet."),
        ({"status": "failed"}, "A note did not go out."),
        ({"status": "unknown"}, "We can't see whether a note arrived."),
        ({"status": "scheduled", "send_at": timezone.now(), "approved_hash": "x"}, "Your note goes by itself."),
        ({"status": "sent", "sent_at": timezone.now()}, "Your note is out."),
    ],
)
def test_a_note_says_where_it_stands(client_of, candidate, fields, text):
    ThankYouNoteFactory(interview=InterviewFactory(candidate=candidate), **fields)
    assert step(client_of(candidate), candidate) == text


def test_an_open_mistake_comes_first(client_of, interview, candidate):
    ThankYouNoteFactory(interview=interview)
    MistakeFactory(interview=interview)
    assert step(client_of(candidate), candidate) == "A few taps, and one thing is decided."


def test_an_empty_list_teaches(client_of, candidate):
    assert "Log an interview" in client_of(candidate).get(URL).content.decode()
