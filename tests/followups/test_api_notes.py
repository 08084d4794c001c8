"""The API of notes: the same doors as the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from followups.models import OutboundEmail, ThankYouNote
from followups.services import decisions, notes
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/api/v1/notes/"
JSON = {"content_type": "application/json"}
TEXT = "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began.\n\nAchieng\n"


@pytest.fixture
def writer(candidate):
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.save()
    return candidate


@pytest.fixture
def note(writer):
    interview = factories.InterviewFactory(candidate=writer, shared_with_coach=True)
    person = factories.InterviewerFactory(interview=interview, name="Grace Wanjiru", email="grace@company.example")
    return factories.ThankYouNoteFactory(interview=interview, interviewer=person, body=TEXT)


@pytest.fixture
def client(writer, client_of):
    return client_of(writer)


def one(note, action=""):
    return f"{URL}{note.public_id}/{action + '/' if action else ''}"


def test_it_begins_with_the_draft(client, writer):
    interview = factories.InterviewFactory(candidate=writer)
    person = factories.InterviewerFactory(interview=interview, name="Peter Mwangi")
    body = {"interview": str(interview.public_id), "interviewer": str(person.public_id)}
    response = client.post(URL, body, **JSON)
    assert (response.status_code, response.json()["to_name"], response.json()["status"]) == (
        201,
        "Peter Mwangi",
        "draft",
    )
    assert response.json()["body"].startswith("Dear Peter Mwangi,")
    assert client.post(URL, body, **JSON).json()["public_id"] == response.json()["public_id"]


def test_it_carries_nothing_from_another_interview(client, writer):
    interview, other = factories.InterviewFactory(candidate=writer), factories.InterviewFactory(candidate=writer)
    mistake = factories.MistakeFactory(interview=other)
    response = client.post(URL, {"interview": str(interview.public_id), "carries": str(mistake.public_id)}, **JSON)
    assert (response.status_code, list(response.json()["errors"])) == (422, ["carries"])
    assert not interview.thank_you_notes.exists()


def test_it_reads_and_edits(client, note):
    read = client.get(one(note))
    response = client.patch(one(note), {"body": "Other"}, **JSON, headers={"If-Match": read.headers["ETag"]})
    assert (response.status_code, response.json()["body"]) == (200, "Other\n")
    stale = client.patch(one(note), {"body": "More"}, **JSON, headers={"If-Match": read.headers["ETag"]})
    assert stale.status_code == 412
    stale = client.post(one(note, "skip"), **JSON, headers={"If-Match": read.headers["ETag"]})
    note.refresh_from_db()
    assert (stale.status_code, note.status) == (412, "draft")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"to_name": "Grace\r\nBcc: x"}, "to_name"),
        ({"subject": "a\u2028b"}, "subject"),
        ({"to_email": "a@b.example, c@d.example"}, "to_email"),
        ({"body": "x" * 20_001}, "body"),
    ],
)
def test_refusals_are_at_their_field(client, note, change, field):
    response = client.patch(one(note), change, **JSON)
    assert (response.status_code, list(response.json()["errors"])) == (400, [field])


def test_the_check_says_what_the_reader_receives(client, note, writer):
    notes.edit_note(note, by=writer, body=TEXT.replace("I liked", "I am so sorry that I was late. I liked"))
    checked = client.post(one(note, "check")).json()
    assert (checked["ok"], [finding["code"] for finding in checked["findings"]]) == (False, ["apology"])
    assert checked["letter"]["sender"] == "Achieng Otieno (via Afterword) <afterword@localhost.localdomain>"
    assert checked["hash"] == notes.text_hash(note)


def test_a_life(client, note):
    seen = client.post(one(note, "check")).json()["hash"]
    wall = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT10:00")
    body = {"send_wall": wall, "send_zone": "Africa/Nairobi", "seen_hash": seen}
    answer = client.post(one(note, "schedule"), body, **JSON).json()
    assert (answer["status"], answer["send_wall"], answer["send_zone"]) == ("scheduled", wall, "Africa/Nairobi")
    assert client.patch(one(note), {"body": "Other"}, **JSON).status_code == 409
    assert client.post(one(note, "unschedule")).json()["status"] == "draft"
    assert client.post(one(note, "skip")).json()["status"] == "skipped"
    assert client.post(one(note, "reopen")).json()["status"] == "draft"
    assert client.post(one(note, "sent-by-self"), {}, **JSON).json()["status"] == "sent_by_self"


def test_sending_is_asked_about_once(client, note, writer):
    notes.edit_note(note, by=writer, body=TEXT.replace("I liked", "I am so sorry that I was late. I liked"))
    response = client.post(one(note, "schedule"), {"now": True}, **JSON)
    assert (response.status_code, list(response.json()["errors"])) == (422, ["despite_findings"])
    response = client.post(one(note, "schedule"), {"now": True, "despite_findings": True}, **JSON)
    assert response.json()["status"] == "scheduled"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "send_wall"),
        ({"send_wall": "soon"}, 400, "send_wall"),
        ({"send_wall": "2020-01-01T10:00"}, 422, "send_wall"),
        ({"send_wall": "2026-01-01T10:00", "send_zone": "Atlantis"}, 400, "send_zone"),
    ],
)
def test_a_time_that_cannot_be(client, note, body, status, field):
    response = client.post(one(note, "schedule"), body, **JSON)
    assert (response.status_code, list(response.json()["errors"])) == (status, [field])


def test_another_letter_than_the_one_seen(client, note):
    response = client.post(one(note, "schedule"), {"now": True, "seen_hash": "0" * 64}, **JSON)
    assert response.status_code == 409


def test_unknown_is_settled(client, note, writer):
    notes.send_now(note, by=writer)
    OutboundEmail.objects.update(status="unknown", handed_over_at=timezone.now())
    ThankYouNote.objects.update(status="unknown")
    assert client.post(one(note, "resolve"), {"choice": "maybe"}, **JSON).status_code == 400
    assert client.post(one(note, "resolve"), {"choice": "leave"}, **JSON).json()["status"] == "sent"
    assert client.post(one(note, "resolve"), {"choice": "leave"}, **JSON).status_code == 409


ACTIONS = ["check", "schedule", "unschedule", "sent-by-self", "skip", "reopen", "resolve"]


@pytest.mark.parametrize("action", ACTIONS)
def test_others_get_nothing(note, coach, stranger, admin, other_coach, client_of, action):
    codes = {client_of(person).post(one(note, action), {"now": True, "choice": "leave"}, **JSON).status_code
             for person in (stranger, admin, other_coach)}  # fmt: skip
    assert codes == {404}
    expected = 200 if action == "check" else 403
    assert client_of(coach).post(one(note, action), {"now": True, "choice": "leave"}, **JSON).status_code == expected


def test_a_coach_reads_and_does_not_write(note, coach, stranger, client_of):
    assert client_of(coach).get(one(note)).status_code == 200
    assert client_of(coach).patch(one(note), {"body": "Other"}, **JSON).status_code == 403
    assert client_of(coach).post(URL, {"interview": str(note.interview.public_id)}, **JSON).status_code == 403
    assert client_of(stranger).get(one(note)).status_code == 404
    assert client_of(stranger).post(URL, {"interview": str(note.interview.public_id)}, **JSON).status_code == 400


def test_the_list_is_cut_into_pages_and_filtered(client, note, django_assert_num_queries):
    for _ in range(29):
        factories.ThankYouNoteFactory(interview=factories.InterviewFactory(candidate=note.candidate))
    with django_assert_num_queries(3):
        page = client.get(URL).json()
    assert len(page["results"]) == 25
    found = client.get(URL, {"interview": note.interview.public_id}).json()["results"]
    assert [row["public_id"] for row in found] == [str(note.public_id)]
    assert client.get(URL, {"status": "sent"}).json()["results"] == []


SORRY = TEXT.replace("I liked", "I am so sorry that I was late. I liked")


def test_every_click_of_the_composer_is_there_with_its_undo(client, note):
    client.patch(one(note), {"body": SORRY, "stayed_with_me": "The shelf you built."}, **JSON)
    checked = client.post(one(note, "check")).json()
    assert (checked["counts"]["sentences"], checked["counts"]["addition"]) == (3, None)
    key = next(found["key"] for found in checked["findings"] if found["code"] == "apology")
    assert client.post(one(note, "mend"), {"finding": key}, **JSON).json()["body"] == TEXT
    assert client.post(one(note, "mend"), {"finding": key}, **JSON).status_code == 409

    (earlier,) = client.get(one(note, "texts")).json()
    assert earlier["body"] == SORRY
    assert client.post(one(note, "restore"), {"text": earlier["id"]}, **JSON).json()["body"] == SORRY
    assert client.post(one(note, "restore"), {"text": earlier["id"]}, **JSON).status_code == 404
    assert "The shelf you built." in client.post(one(note, "compose")).json()["body"]


def test_who_gets_it_is_changed(client, note):
    office = factories.InterviewerFactory(
        interview=note.interview, name="Mercy Auma", kind="hr", email="hr@company.example"
    )
    elsewhere = factories.InterviewerFactory(interview__candidate=note.candidate)
    moved = client.post(one(note, "readdress"), {"interviewer": str(office.public_id)}, **JSON).json()
    assert (moved["to_name"], moved["to_email"], "Please pass this on" in moved["body"]) == (
        "Mercy Auma",
        "hr@company.example",
        True,
    )
    refused = client.post(one(note, "readdress"), {"interviewer": str(elsewhere.public_id)}, **JSON)
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["interviewer"])
    assert client.post(one(note, "readdress"), {"interviewer": None}, **JSON).json()["to_email"] == ""


def test_one_note_to_all(client, writer):
    interview = factories.InterviewFactory(candidate=writer)
    factories.InterviewerFactory.create_batch(2, interview=interview)
    begun = client.post(URL, {"interview": str(interview.public_id), "together": True}, **JSON).json()
    assert interview.thank_you_notes.get().interviewer.kind == "panel"
    assert (
        client.patch(one(interview.thank_you_notes.get()), {"together": True, "subject": "Thanks"}, **JSON).json()[
            "public_id"
        ]
        == begun["public_id"]
    )


def test_what_wants_its_place_with_both_outcomes(client, note):
    assert client.get(one(note, "choices")).json() == []
    first = factories.MistakeFactory(interview=note.interview)
    second = factories.MistakeFactory(interview=note.interview, doubt_voiced=True)
    for mistake in (first, second):
        decisions.decide(mistake)

    def found():
        return [
            (each["mistake"], each["is_suggested"], each["others"]) for each in client.get(one(note, "choices")).json()
        ]

    ids = [str(first.public_id), str(second.public_id)]
    instead = [[{"mistake": which, "action": "practice"}] for which in ids]
    assert found() == [(ids[1], True, instead[0]), (ids[0], False, instead[1])]
    client.patch(one(note), {"carries": ids[0]}, **JSON)
    assert [which for which, _ours, _others in found()] == ids


def test_the_file_for_her_own_mail_program(client, note):
    answer = client.get(one(note, "eml"))
    assert (answer["Content-Type"], b"X-Unsent: 1" in answer.content) == ("message/rfc822", True)
