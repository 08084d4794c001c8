"""The API of interviews, people and must-haves: the same doors as the pages."""

import pytest

from accounts.models import AuditEntry
from accounts.records import Conflict
from followups.models import OutboundEmail, Reminder, ThankYouNote
from followups.services import decisions
from followups.services.interviews import delete_interview
from interviews.models import Interview, Interviewer, Requirement
from tests.everything import checksum_of_everything
from tests.factories import (
    InterviewerFactory,
    InterviewFactory,
    MistakeFactory,
    RequirementFactory,
    ThankYouNoteFactory,
)

URL = "/api/v1/interviews/"
JSON = {"content_type": "application/json"}


def one(interview):
    return f"{URL}{interview.public_id}/"


def test_the_company_is_enough(client_of, candidate):
    response = client_of(candidate).post(URL, {"company": "Kijani Foods"}, **JSON)
    interview = Interview.objects.get()
    assert (response.status_code, response.json()["public_id"]) == (201, str(interview.public_id))
    assert response.json()["ends_wall"] == interview.ends_wall.isoformat(timespec="minutes")
    assert "ETag" in response.headers


def test_it_reads_and_edits(client_of, candidate, interview):
    client = client_of(candidate)
    read = client.get(one(interview))
    change = {"went_well": "They laughed.", "ends_wall": "2026-01-05T10:00", "decision_on": None}
    response = client.patch(one(interview), change, **JSON, headers={"If-Match": read.headers["ETag"]})
    assert (response.status_code, response.json()["ends_at"]) == (200, "2026-01-05T07:00:00Z")
    stale = client.patch(one(interview), change, **JSON, headers={"If-Match": read.headers["ETag"]})
    assert stale.status_code == 412


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("outcome", {"outcome": "rejected"}),
        ("not-heard", {}),
        ("dont-ask", {}),
        ("cancel", {}),
        ("share", {}),
    ],
)
def test_what_was_not_read_is_not_acted_on_either(client_of, candidate, interview, act, body):
    client = client_of(candidate)
    seen = {"If-Match": client.get(one(interview)).headers["ETag"]}
    assert client.patch(one(interview), {"role_title": "Editor"}, **JSON, headers=seen).status_code == 200
    before = checksum_of_everything()
    stale = client.post(f"{one(interview)}{act}/", body, **JSON, headers=seen)
    assert (stale.status_code, stale.json()["status"]) == (412, 412)
    assert checksum_of_everything() == before
    seen = {"If-Match": client.get(one(interview)).headers["ETag"]}
    assert client.post(f"{one(interview)}{act}/", body, **JSON, headers=seen).status_code in (200, 201)


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"zone": "Atlantis"}, 422, "zone"),
        ({"ends_wall": "2199-01-01T10:00"}, 422, "ends_wall"),
        ({"ends_wall": "2026-01-05T10:00Z"}, 400, "ends_wall"),
        ({"ends_wall": "2026-01-05T10:00+03:00"}, 400, "ends_wall"),
        ({"ends_wall": 5}, 400, "ends_wall"),
        ({"decision_on": "2020-01-01"}, 422, "decision_on"),
        ({"company": ""}, 400, "company"),
        ({"company": "a\nb"}, 400, "company"),
        ({"previous": "x"}, 400, "previous"),
        ({"previous": "00000000-0000-4000-8000-000000000000"}, 400, "previous"),
    ],
)
def test_refusals_are_problems_at_their_field(client_of, candidate, interview, change, status, field):
    response = client_of(candidate).patch(one(interview), change, **JSON)
    assert (response.status_code, list(response.json()["errors"])) == (status, [field])
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("field", ["status", "shared_with_coach", "outcome", "closed_at", "candidate", "ends_at"])
def test_what_services_own_cannot_be_assigned(client_of, candidate, stranger, interview, field):
    before = getattr(interview, field)
    value = {"status": "planned", "shared_with_coach": False, "outcome": "offer", "candidate": str(stranger.public_id)}
    client_of(candidate).patch(one(interview), {field: value.get(field, "2020-01-01T00:00:00Z")}, **JSON)
    interview.refresh_from_db()
    assert getattr(interview, field) == before


def test_everybody_sees_their_own_and_no_more(client_of, candidate, coach, other_coach, admin, stranger, interview):
    InterviewFactory(candidate=candidate, shared_with_coach=False)
    counts = [
        len(client_of(user).get(URL).json()["results"]) for user in (candidate, coach, other_coach, admin, stranger)
    ]
    assert counts == [2, 1, 0, 0, 0]
    statuses = [
        client_of(user).get(one(interview)).status_code for user in (candidate, coach, other_coach, admin, stranger)
    ]
    assert statuses == [200, 200, 404, 404, 404]


def test_nobody_gets_nothing(client_of, interview):
    assert client_of(None).get(URL).status_code == 401
    assert client_of(None).post(URL, {"company": "K"}, **JSON).status_code == 401


def test_only_the_candidate_writes(client_of, candidate, coach, admin, stranger, interview):
    for verb in ("hold", "cancel", "miss", "plan", "share", "unshare", "outcome"):
        statuses = [client_of(user).post(f"{one(interview)}{verb}/").status_code for user in (coach, admin, stranger)]
        assert statuses == [403, 404, 404]
    assert [client_of(user).patch(one(interview), {}, **JSON).status_code for user in (coach, stranger)] == [403, 404]
    assert [client_of(user).delete(one(interview)).status_code for user in (coach, stranger)] == [403, 404]
    assert [client_of(user).post(URL, {"company": "K"}, **JSON).status_code for user in (coach, admin)] == [403, 403]


def test_states_move_and_refuse(client_of, candidate):
    interview = InterviewFactory(candidate=candidate, status="planned")
    client = client_of(candidate)
    answers = [client.post(f"{one(interview)}{verb}/") for verb in ("cancel", "plan", "hold", "miss")]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 409]
    assert client.post(f"{one(interview)}outcome/", {"outcome": "offer"}, **JSON).json()["outcome"] == "offer"
    assert client.post(f"{one(interview)}share/").json()["shared_with_coach"] is True


@pytest.mark.parametrize("rows", [1, 25])
def test_the_list_costs_the_same_for_any_number(client_of, candidate, rows, django_assert_num_queries):
    for hours in range(rows):
        InterviewFactory(candidate=candidate, ended_hours_ago=hours + 1)
    client = client_of(candidate)
    with django_assert_num_queries(3):  # session, person, interviews
        assert len(client.get(URL).json()["results"]) == rows


def test_an_idempotency_key_logs_once(client_of, candidate):
    client = client_of(candidate)
    answers = [
        client.post(URL, {"company": "Kijani Foods"}, **JSON, headers={"Idempotency-Key": "a"}) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert Interview.objects.count() == 1


def test_deleting_takes_back_what_waits(client_of, candidate, interview):
    note = ThankYouNoteFactory(interview=interview)
    MistakeFactory(interview=interview)
    OutboundEmail.objects.create(
        kind="note",
        subject_type="followups.thankyounote",
        subject_id=note.public_id,
        due_at=note.created_at,
        next_try_at=note.created_at,
    )
    assert client_of(candidate).delete(one(interview)).status_code == 204
    assert not Interview.objects.exists() and not ThankYouNote.objects.exists()
    assert list(OutboundEmail.objects.values_list("status", flat=True)) == ["cancelled"]
    assert not Reminder.objects.filter(status="waiting").exists()


def test_a_note_on_its_way_is_not_deleted_under_the_postman(candidate, interview):
    ThankYouNoteFactory(interview=interview, status="sending")
    with pytest.raises(Conflict):
        delete_interview(interview, by=candidate)
    assert Interview.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "factory", "fields", "model"),
    [
        ("interviewers", InterviewerFactory, {"name": "Grace Wanjiru"}, Interviewer),
        ("must-haves", RequirementFactory, {"text": "Writes every week"}, Requirement),
    ],
)
def test_people_and_must_haves(client_of, candidate, coach, stranger, interview, address, factory, fields, model):
    url, client = f"/api/v1/{address}/", client_of(candidate)
    created = client.post(url, {"interview": str(interview.public_id), **fields}, **JSON)
    assert created.status_code == 201
    record = f"{url}{created.json()['public_id']}/"
    (field,) = fields
    assert client.patch(record, {field: "Changed"}, **JSON).json()[field] == "Changed"
    assert client.patch(record, {field: ""}, **JSON).status_code == 400
    assert [client_of(user).get(record).status_code for user in (coach, stranger)] == [200, 404]
    assert [client_of(user).patch(record, fields, **JSON).status_code for user in (coach, stranger)] == [403, 404]
    assert [client_of(user).delete(record).status_code for user in (coach, stranger)] == [403, 404]
    assert client_of(coach).post(url, {"interview": str(interview.public_id), **fields}, **JSON).status_code == 403
    assert client_of(stranger).post(url, {"interview": str(interview.public_id), **fields}, **JSON).status_code == 400
    factory()
    assert len(client.get(url, {"interview": str(interview.public_id)}).json()["results"]) == 1
    assert client.delete(record).status_code == 204
    assert not model.objects.filter(interview=interview).exists()


@pytest.mark.parametrize("noun", ["interviews", "interviewers", "must-haves", "mistakes", "decisions", "notes"])
@pytest.mark.parametrize("one", [False, True])
def test_her_coachs_reading_is_noted_down_and_her_own_is_not(client_of, candidate, coach, interview, noun, one):
    decisions.decide(MistakeFactory(interview=interview))
    RequirementFactory(interview=interview)
    ThankYouNoteFactory(interview=interview)
    place = f"/api/v1/{noun}/"
    if one:
        place += client_of(candidate).get(place).json()["results"][0]["public_id"] + "/"
    for _ in range(2):
        assert [client_of(person).get(place).status_code for person in (candidate, coach)] == [200, 200]
    reads = AuditEntry.objects.filter(verb="read").values_list("by", "subject_id")
    assert list(reads) == [(coach.pk, interview.public_id)]
