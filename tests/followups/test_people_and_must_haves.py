"""Interviewers and must-haves of an interview."""

import pytest

from followups.services import decisions
from interviews.models import Interviewer, Requirement
from tests.factories import InterviewerFactory, MistakeFactory, RequirementFactory

PERSON = {"name": "Grace Wanjiru", "kind": "interviewer", "email": "grace@kijani.example"}
MUST_HAVE = {"text": "Writes every week", "coverage": "partly"}


def new(interview, noun):
    return f"/interviews/{interview.public_id}/{noun}/new/"


def test_a_person_is_added_changed_removed(client_of, candidate, interview):
    client = client_of(candidate)
    assert client.post(new(interview, "interviewers"), PERSON).url == f"/interviews/{interview.public_id}/"
    person = Interviewer.objects.get()
    address = f"/interviewers/{person.public_id}/"
    assert client.get(address + "edit/").context["form"]["name"].value() == "Grace Wanjiru"
    client.post(address + "edit/", {**PERSON, "title": "Editor", "zone": "Europe/London"})
    person.refresh_from_db()
    assert (person.title, person.zone) == ("Editor", "Europe/London")
    client.post(address + "remove/")
    assert not Interviewer.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Grace\r\nBcc: all@example.org"}, "name"),
        ({"email": "grace"}, "email"),
        ({"email": "a@example.org, b@example.org"}, "email"),
        ({"zone": "Atlantis"}, "zone"),
        ({"kind": "boss"}, "kind"),
    ],
)
def test_bad_input_stands_at_its_field_and_nothing_is_lost(client_of, candidate, interview, fields, field):
    response = client_of(candidate).post(new(interview, "interviewers"), {**PERSON, "title": "Editor", **fields})
    assert list(response.context["form"].errors) == [field]
    assert 'value="Editor"' in response.content.decode()
    assert not Interviewer.objects.exists()


def test_a_must_have_is_added_changed_removed(client_of, candidate, interview):
    client = client_of(candidate)
    client.post(new(interview, "must-haves"), MUST_HAVE)
    requirement = Requirement.objects.get()
    client.post(f"/must-haves/{requirement.public_id}/edit/", {**MUST_HAVE, "coverage": "raised"})
    requirement.refresh_from_db()
    assert requirement.coverage == "raised"
    client.post(f"/must-haves/{requirement.public_id}/remove/")
    assert not Requirement.objects.exists()


def test_a_must_have_needs_words(client_of, candidate, interview):
    response = client_of(candidate).post(new(interview, "must-haves"), {"text": " ", "coverage": "raised"})
    assert list(response.context["form"].errors) == ["text"]


def test_removing_a_person_leaves_decisions_standing(client_of, candidate, interview):
    person = InterviewerFactory(interview=interview)
    mistake = MistakeFactory(interview=interview)
    mistake.heard_by.set([person])
    decisions.decide(mistake)
    client_of(candidate).post(f"/interviewers/{person.public_id}/remove/")
    assert decisions.current_decision(mistake).action == "thank_you_note"


@pytest.mark.parametrize("verb", ["edit", "remove"])
def test_only_the_owner_touches_them(client_of, coach, other_coach, admin, stranger, interview, verb):
    person, requirement = InterviewerFactory(interview=interview), RequirementFactory(interview=interview)
    for address in (f"/interviewers/{person.public_id}/{verb}/", f"/must-haves/{requirement.public_id}/{verb}/"):
        statuses = [client_of(user).post(address).status_code for user in (coach, other_coach, admin, stranger)]
        assert statuses == [403, 404, 404, 404]
    for noun in ("interviewers", "must-haves"):
        statuses = [
            client_of(user).post(new(interview, noun)).status_code for user in (coach, other_coach, admin, stranger)
        ]
        assert statuses == [403, 404, 404, 404]
    assert Interviewer.objects.count() == Requirement.objects.count() == 1
