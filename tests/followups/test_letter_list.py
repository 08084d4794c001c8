"""Letters in my name: she sees each letter's life, decides about one that cannot be seen, and nobody else sees any."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from followups import outbox
from followups.models import OutboundEmail
from followups.outbox import bounces
from followups.outbox.life import answer_to, life_of
from followups.services import notes
from tests import factories
from tests.faults.sink import CUT_AFTER_DOT, Say
from tests.mailing import EMPLOYER, queue_letter, queue_mail, status_of, trust

pytestmark = pytest.mark.django_db(transaction=True)


def words_of(row):
    row = OutboundEmail.objects.get(pk=row.pk)
    return [str(event["words"]) for event in life_of(row)]


def test_a_letter_that_went(candidate, sink):
    row = queue_letter(candidate)
    outbox.pump()
    assert words_of(row) == [
        "Approved, and put in the outbox",
        "Its time has come: picked up for sending",
        "Being handed to the mail server",
        "Accepted by the mail server",
    ]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Say("rcpt", 550), "Refused: no such mailbox, or it does not take mail from here (550)."),
        (Say("rcpt", 552), "Refused: the mailbox is full (552)."),
        (Say("dot", 554), "Refused after it was read (554)."),
        (Say("rcpt", 451), "The mail server asked to wait (451); it is tried again."),
        (CUT_AFTER_DOT, "The line broke after the letter was handed over, before the answer came."),
    ],
)
def test_the_last_answer_in_words(candidate, sink, step, words):
    sink.script(EMPLOYER, step)
    row = queue_letter(candidate)
    outbox.pump()
    row.refresh_from_db()
    assert answer_to(row) == words


def test_a_refusal_stands_in_its_life(candidate, sink):
    sink.script(EMPLOYER, Say("rcpt", 550))
    row = queue_letter(candidate)
    outbox.pump()
    assert words_of(row)[-1] == "Not sent: Refused: no such mailbox, or it does not take mail from here (550)."


def test_one_that_came_back(candidate, sink, settings):
    settings.BOUNCE_ADDRESS = "bounces@afterword.example"
    from tests.followups.test_bounces import bounce_of  # noqa: PLC0415 -- beside the fixture it needs

    row = queue_letter(candidate)
    outbox.pump()
    bounces.ingest(bounce_of(row))
    assert words_of(row)[-1] == "It came back: There is no such mailbox."


def test_a_stopped_one_says_why_to_its_owner(candidate, sink):
    row = queue_letter(candidate)
    outbox.suppress(EMPLOYER, reason="asked")
    outbox.pump()
    assert words_of(row)[-1] == "Stopped before it left: This address does not take mail from here."


def test_only_her_own_letters_are_on_her_page(candidate, stranger, admin, client_of):
    mine = queue_letter(candidate)
    queue_letter(stranger, to="other@company.example")
    queue_mail(candidate)
    shown = {
        person: [row.pk for row in client_of(person).get(reverse("letter-list")).context["page"]]
        for person in (candidate, admin)
    }
    assert shown == {candidate: [mine.pk], admin: []}


def test_both_zones_stand_beside_what_happened(candidate, client_of):
    candidate.zone = "Europe/Berlin"
    candidate.save()
    interview = factories.InterviewFactory(candidate=candidate, zone="Africa/Nairobi")
    note = factories.ThankYouNoteFactory(interview=interview, to_name="Grace", to_email=EMPLOYER)
    queue_letter(candidate, kind="note", subject=note)
    page = client_of(candidate).get(reverse("letter-list")).content.decode()
    assert ("Berlin" in page, "Nairobi" in page) == (True, True)
    assert f"Thank-you note to Grace, {interview.company}" in page


@pytest.mark.parametrize("number", [1, 30])
def test_the_same_number_of_queries_however_many(candidate, client_of, number, django_assert_num_queries, settings):
    settings.LETTERS_PER_SENDER_A_DAY = settings.LETTERS_PER_RECIPIENT_A_DAY = 100
    note = factories.ThankYouNoteFactory(interview__candidate=candidate)
    for _ in range(number):
        queue_letter(candidate, kind="note", subject=note)
    client = client_of(candidate)
    # session, person, letters, events, notes; open? address, pause, her day, the hour; her own address
    with django_assert_num_queries(10):
        client.get(reverse("letter-list"))


@pytest.fixture
def unseen(candidate):
    row = queue_letter(candidate)
    OutboundEmail.objects.filter(pk=row.pk).update(status="unknown", handed_over_at=timezone.now())
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(("choice", "state"), [("leave", "sent"), ("own", "cancelled")])
def test_she_decides_on_the_page(candidate, unseen, client_of, choice, state):
    answer = client_of(candidate).post(reverse("letter-resolve", args=[unseen.public_id]), {"choice": choice})
    assert (answer.status_code, status_of(unseen), unseen.events.last().by) == (302, state, candidate)
    again = client_of(candidate).post(reverse("letter-resolve", args=[unseen.public_id]), {"choice": choice})
    assert again.status_code == 409


def test_an_admin_cannot_decide_for_her(admin, unseen, client_of):
    client = client_of(admin)
    answers = [
        client.post(reverse("letter-resolve", args=[unseen.public_id]), {"choice": "leave"}).status_code,
        client.post(reverse("mail-retry", args=[unseen.public_id])).status_code,
        client.post(reverse("mail-cancel", args=[unseen.public_id])).status_code,
        client.post(
            f"/api/v1/letters/{unseen.public_id}/resolve/", {"choice": "leave"}, "application/json"
        ).status_code,
        client.post(f"/api/v1/mails/{unseen.public_id}/retry/").status_code,
    ]
    assert (answers, status_of(unseen)) == ([404, 409, 409, 404, 409], "unknown")


def test_a_note_is_settled_with_its_letter(candidate, client_of):
    interview = factories.InterviewFactory(candidate=candidate)
    note = factories.ThankYouNoteFactory(interview=interview, status="unknown", round=1, approved_hash="x")
    row = queue_letter(candidate, kind="note", subject=note, dedupe_key=f"note:{note.public_id}:1")
    OutboundEmail.objects.filter(pk=row.pk).update(status="unknown", handed_over_at=timezone.now())
    answer = client_of(candidate).post(
        f"/api/v1/letters/{row.public_id}/resolve/", {"choice": "leave"}, "application/json"
    )
    note.refresh_from_db()
    assert (answer.status_code, answer.json()["status"], note.status) == (200, "sent", "sent")


def test_the_api_tells_the_same(candidate, unseen, client_of):
    body = client_of(candidate).get(f"/api/v1/letters/{unseen.public_id}/").json()
    assert (body["title"], body["status"], body["state"]) == ("A letter", "unknown", "unknown")
    assert [event["words"] for event in body["life"]] == ["Approved, and put in the outbox"]
    listed = client_of(candidate).get(f"/api/v1/letters/?about={uuid.uuid4()}").json()
    assert listed["results"] == []


def test_the_mail_about_a_letter_that_cannot_be_seen_brings_the_way_to_answer(candidate, sink):
    interview = factories.InterviewFactory(candidate=candidate)
    note = factories.ThankYouNoteFactory(interview=interview, interviewer__email=EMPLOYER)
    trust(candidate)
    notes.send_now(note, by=candidate, despite_findings=True)
    sink.script(EMPLOYER, CUT_AFTER_DOT)
    OutboundEmail.objects.filter(kind="note").update(next_try_at=timezone.now())
    outbox.pump()
    outbox.pump()
    row = OutboundEmail.objects.get(kind="note")
    [mail] = [mail for mail in sink.accepted if mail.to == candidate.email]
    text = mail.message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    path = re.search(r"Decide here, without signing in:\s+\S*?(/links/letter/\S+)", text).group(1)
    assert (row.status, Client().get(path).status_code) == ("unknown", 200)


def test_one_she_took_back_is_called_so(candidate, client_of):
    row = queue_letter(candidate)
    outbox.cancel_one(row, by=candidate)
    [shown] = client_of(candidate).get(reverse("letter-list")).context["page"]
    assert shown.state_label == "taken back"
