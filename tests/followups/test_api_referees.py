"""The API of referees, briefs and addresses: the same doors as the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from followups.models import OutboundEmail, Referee, RefereeBrief
from followups.services import addresses
from tests.factories import InterviewerFactory, InterviewFactory, MistakeFactory, RefereeBriefFactory, RefereeFactory

pytestmark = pytest.mark.django_db
REFEREES, BRIEFS, ADDRESSES = "/api/v1/referees/", "/api/v1/briefs/", "/api/v1/addresses/"
JSON = {"content_type": "application/json"}


@pytest.fixture
def writer(candidate):
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.save()
    return candidate


@pytest.fixture
def client(writer, client_of):
    return client_of(writer)


@pytest.fixture
def brief(interview, writer):
    brief = RefereeBriefFactory(interview=interview, referee__email="lydia@friends.example")
    brief.events.create(new="draft")
    return brief


def one(base, record, action=""):
    return f"{base}{record.public_id}/{action + '/' if action else ''}"


def test_a_referee_is_added_changed_and_removed(client):
    added = client.post(REFEREES, {"name": "Lydia Were", "email": "lydia@friends.example", "has_agreed": True}, **JSON)
    referee = Referee.objects.get()
    assert (added.status_code, added.json()["has_agreed"], added.json()["agreed_at"] is None) == (201, True, False)
    changed = client.patch(one(REFEREES, referee), {"has_agreed": False}, **JSON).json()
    assert (changed["has_agreed"], changed["name"]) == (False, "Lydia Were")
    assert client.delete(one(REFEREES, referee)).status_code == 204
    assert client.get(REFEREES).json()["results"] == []


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"name": "Lydia\nWere"}, 400, "name"),
        ({"name": "Lydia", "email": "a@b.example,c@d.example"}, 400, "email"),
        ({"name": "Lydia", "email": "candidate@cast.example"}, 422, "email"),
        ({"name": "Lydia", "email": "SAMUEL@friends.example"}, 422, "email"),
    ],
)
def test_bad_input_is_told_at_its_field(client, writer, body, status, field):
    RefereeFactory(candidate=writer, email="samuel@friends.example")
    response = client.post(REFEREES, body, **JSON)
    assert (response.status_code, list(response.json()["errors"])) == (status, [field])


def test_what_only_the_house_may_set_is_ignored(client):
    moment = "2020-01-01T00:00:00Z"
    response = client.post(REFEREES, {"name": "Lydia", "agreed_at": moment, "refused_at": moment}, **JSON).json()
    assert (response["agreed_at"], response["refused_at"]) == (None, None)


def test_a_brief_from_draft_to_letter(client, writer, interview):
    referee = RefereeFactory(candidate=writer)
    mistake = MistakeFactory(interview=interview)
    body = {"interview": str(interview.public_id), "referee": str(referee.public_id), "mistake": str(mistake.public_id)}
    begun = client.post(BRIEFS, body | {"skill": "Sums"}, **JSON)
    brief = RefereeBrief.objects.get()
    assert (begun.status_code, begun.json()["skill"], begun.json()["words"]) == (
        201,
        "Sums",
        "During my internship I wrote three posts a week.",
    )
    checked = client.post(one(BRIEFS, brief, "check"), **JSON).json()
    assert (checked["ok"], checked["not_by_afterword"], checked["letter"]["to"]) == (
        True,
        "",
        f"Lydia Were <{referee.email}>",
    )
    sent = client.post(one(BRIEFS, brief, "schedule"), {"now": True, "seen_hash": checked["hash"]}, **JSON)
    assert (sent.status_code, sent.json()["status"]) == (200, "scheduled")
    assert client.post(one(BRIEFS, brief, "unschedule"), **JSON).json()["status"] == "draft"


def test_it_was_told_and_they_rang_and_were_thanked(client, brief):
    assert client.post(one(BRIEFS, brief, "told"), **JSON).json()["status"] == "shared_by_self"
    assert client.post(one(BRIEFS, brief, "called"), **JSON).json()["called_at"] is not None
    thanks = client.post(one(BRIEFS, brief, "thank"), **JSON)
    assert (thanks.status_code, thanks.json()["kind"]) == (201, "thanks")


def test_a_false_statement_is_refused_with_the_reason(client, writer, interview):
    referee, mistake = RefereeFactory(candidate=writer), MistakeFactory(interview=interview, kind="wrong_fact")
    body = {"interview": str(interview.public_id), "referee": str(referee.public_id), "mistake": str(mistake.public_id)}
    response = client.post(BRIEFS, body, **JSON)
    assert (response.status_code, list(response.json()["errors"])) == (422, ["mistake"])


def test_another_letter_than_the_one_seen_is_refused(client, brief):
    response = client.post(one(BRIEFS, brief, "schedule"), {"now": True, "seen_hash": "0" * 64}, **JSON)
    assert (response.status_code, OutboundEmail.objects.exists()) == (409, False)


def test_a_referee_of_somebody_else_is_not_found(client, interview):
    body = {"interview": str(interview.public_id), "referee": str(RefereeFactory().public_id)}
    assert client.post(BRIEFS, body, **JSON).status_code == 400


def test_her_coach_reads_it_without_the_address(client_of, coach, brief):
    reader = client_of(coach)
    row = reader.get(one(BRIEFS, brief))
    checked = reader.post(one(BRIEFS, brief, "check"), **JSON)
    assert (row.json()["referee_name"], checked.json()["letter"]["to"]) == ("Lydia Were", "Lydia Were")
    assert "friends.example" not in row.content.decode() + checked.content.decode()
    assert reader.get(REFEREES).json()["results"] == []
    assert reader.post(one(BRIEFS, brief, "told"), **JSON).status_code == 403


def test_addresses_that_go_next_and_keeping_them(client, writer):
    interview = InterviewFactory(candidate=writer, ends_at=timezone.now() - timedelta(days=300), decision_on=None)
    InterviewerFactory(interview=interview)
    addresses.forget_due()
    announced = client.get(ADDRESSES).json()
    assert [(each["interview"], each["referee"], each["number"]) for each in announced] == [
        (str(interview.public_id), None, 1)
    ]
    assert client.post(f"{ADDRESSES}keep/").json() == {"kept": 1}
    assert client.get(ADDRESSES).json() == []
