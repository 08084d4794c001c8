"""The API of mistakes and decisions: the same doors as the pages."""

import pytest

from followups.models import Lesson
from followups.services import decisions
from interviews.models import Mistake
from tests.factories import InterviewFactory, MistakeFactory

URL = "/api/v1/mistakes/"
DECISIONS = "/api/v1/decisions/"
JSON = {"content_type": "application/json"}


def new(of, **fields):
    sent = {"interview": str(of.public_id), "kind": "omitted_information", "text": "I left out my internship."}
    return {**sent, **fields}


def one(mistake):
    return f"{URL}{mistake.public_id}/"


def test_questions_are_asked_until_it_is_decided(client_of, candidate, interview):
    client = client_of(candidate)
    mistake = client.post(URL, new(interview), **JSON).json()
    assert (mistake["status"], mistake["decision"], mistake["questions_left"][0]) == ("open", None, "touches_must_have")
    url = f"{URL}{mistake['public_id']}/"
    client.patch(url, {"touches_must_have": True, "settled_in_the_room": "no", "has_new_information": True}, **JSON)
    mistake = client.patch(
        url, {"correction": "I wrote three posts a week.", "asked_for": None, "doubt_voiced": None}, **JSON
    ).json()
    assert (mistake["status"], mistake["questions_left"]) == ("decided", [])
    decision = mistake["decision"]
    assert (decision["action"], decision["made"], decision["is_current"]) == ("thank_you_note", "engine", True)
    assert {reason["stance"] for reason in decision["reasons"]} == {"rule", "for", "against"}


def test_all_answers_at_once_are_decided_at_once(client_of, candidate, interview):
    answered = ["touches_must_have", "asked_for", "doubt_voiced"]
    response = client_of(candidate).post(URL, new(interview, kind="weak_answer", answered=answered), **JSON)
    assert (response.status_code, response.json()["decision"]["action"]) == (201, "let_go")


def test_the_sixth_is_refused_until_one_is_dropped(client_of, candidate, interview):
    five = [MistakeFactory(interview=interview) for _ in range(5)]
    client = client_of(candidate)
    refused = client.post(URL, new(interview), **JSON)
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["drop"])
    assert [each["public_id"] for each in refused.json()["choices"]] == [str(mistake.public_id) for mistake in five]
    assert client.post(URL, new(interview, drop=str(five[0].public_id)), **JSON).status_code == 201
    assert interview.mistakes.live().count() == 5


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "sin"}, "kind"),
        ({"text": ""}, "text"),
        ({"answered": ["everything"]}, "answered"),
        ({"noticed": "maybe"}, "noticed"),
        ({"requirement": "00000000-0000-4000-8000-000000000000"}, "requirement"),
        ({"interview": "x"}, "interview"),
    ],
)
def test_bad_input_is_named(client_of, candidate, interview, fields, field):
    response = client_of(candidate).post(URL, new(interview, **fields), **JSON)
    assert (response.status_code, list(response.json()["errors"])) == (400, [field])


def test_status_cannot_be_assigned(client_of, candidate, interview):
    mistake = MistakeFactory(interview=interview)
    client_of(candidate).patch(one(mistake), {"status": "done"}, **JSON)
    mistake.refresh_from_db()
    assert mistake.status != "done"


def test_who_sees_and_who_writes(client_of, candidate, coach, other_coach, admin, stranger, interview):
    mistake = MistakeFactory(interview=interview)
    decision = decisions.decide(mistake)
    people = (coach, other_coach, admin, stranger)
    decided = f"{DECISIONS}{decision.public_id}/"
    for address in (one(mistake), decided):
        assert [client_of(user).get(address).status_code for user in people] == [200, 404, 404, 404]
    writes = [one(mistake) + verb for verb in ("drop/", "reopen/", "decide/")] + [
        decided + "accept/",
        decided + "dispute/",
    ]
    for address in writes:
        assert [client_of(user).post(address).status_code for user in people] == [403, 404, 404, 404]
    assert [client_of(user).patch(one(mistake), {}, **JSON).status_code for user in people] == [403, 404, 404, 404]
    assert [client_of(user).delete(one(mistake)).status_code for user in people] == [403, 404, 404, 404]
    assert client_of(coach).post(URL, new(interview), **JSON).status_code == 403
    assert client_of(stranger).post(URL, new(interview), **JSON).status_code == 400


def test_decisions_are_read_said_yes_to_or_doubted(client_of, candidate, interview):
    mistake = MistakeFactory(interview=interview, kind="weak_answer", noticed="no")
    decision = decisions.decide(mistake)
    client = client_of(candidate)
    url = f"{DECISIONS}{decision.public_id}/"
    assert client.post(url + "dispute/").json()["disputed_at"] is not None
    assert client.post(url + "accept/", {"take_lesson": True}, **JSON).json()["accepted_at"] is not None
    assert Lesson.objects.count() == 1
    assert client.post(url + "accept/", {}, **JSON).status_code == 409
    assert client.patch(url, {"action": "let_go"}, **JSON).status_code == 405


def test_deciding_otherwise_keeps_both(client_of, candidate, interview):
    mistake = MistakeFactory(interview=interview)
    decisions.decide(mistake)
    client = client_of(candidate)
    changed = client.post(one(mistake) + "decide/", {"action": "let_go"}, **JSON).json()
    assert (changed["status"], changed["decision"]["made"]) == ("let_go", "candidate")
    rows = client.get(DECISIONS, {"mistake": str(mistake.public_id)}).json()["results"]
    assert [(row["action"], row["is_current"]) for row in rows] == [("let_go", True), ("thank_you_note", False)]
    assert client.post(one(mistake) + "decide/", {"action": "practice"}, **JSON).status_code == 409


def test_dropping_and_opening_again(client_of, candidate, interview):
    mistake = MistakeFactory(interview=interview)
    client = client_of(candidate)
    assert client.post(one(mistake) + "drop/").json()["status"] == "dropped"
    assert client.post(one(mistake) + "reopen/", {"new_fact": " "}, **JSON).status_code == 400
    assert client.post(one(mistake) + "reopen/", {"new_fact": "They asked."}, **JSON).json()["status"] == "open"
    assert client.delete(one(mistake)).status_code == 204
    assert not Mistake.objects.exists()


@pytest.mark.parametrize("rows", [1, 25])
def test_lists_cost_the_same_for_any_number(client_of, candidate, rows, django_assert_num_queries):
    for _ in range(rows):
        decisions.decide(MistakeFactory(interview=InterviewFactory(candidate=candidate)))
    client = client_of(candidate)
    with django_assert_num_queries(5):  # session, person, mistakes, who heard them, decisions
        assert len(client.get(URL).json()["results"]) == rows
    with django_assert_num_queries(3):  # session, person, decisions
        assert len(client.get(DECISIONS).json()["results"]) == rows


def test_what_else_she_may_choose(client_of, candidate, coach, interview):
    """The same as on the page: other ways with both sides, and both outcomes of a sentence too many."""
    mistake = MistakeFactory(interview=interview, correction="One. Two. Three.")
    client = client_of(candidate)
    assert client.get(one(mistake) + "choices/").json()["others"] == []
    decisions.decide(mistake)
    found = client.get(one(mistake) + "choices/").json()
    assert found["trimming"] == {"now": "practice", "trimmed": "thank_you_note"}
    assert [other["action"] for other in found["others"]] == ["let_go", "thank_you_note"]
    assert all(other["speaks_for"] and other["speaks_against"] for other in found["others"][1:2])
    assert client_of(coach).get(one(mistake) + "choices/").status_code == 403
