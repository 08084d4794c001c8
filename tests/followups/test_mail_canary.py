"""What people write and whom they write to is on no page of an admin, in no answer of the API, no log and no metric."""

import io
import logging

import pytest
from django.urls import reverse

from config.logs import WithoutValues
from followups import outbox, punctuality
from followups.models import OutboundEmail
from followups.outbox import bounces
from followups.outbox.clock import database_now
from followups.services import notes
from tests import factories
from tests.faults.sink import Say
from tests.mailing import trust

pytestmark = pytest.mark.django_db(transaction=True)
# Each planted in one place. Reasons of a note, and its kind, are as telling as its words.
CANARIES = {
    "company": "Kanarienvogel Ltd",
    "role": "Nightingale keeper",
    "to_name": "Robin Wren",
    "address": "robin.wren@finch.example",
    "subject": "About the goldcrest",
    "body": "the yellowhammer on the third floor",
    "stayed": "a bullfinch stayed with me",
    "sender": "Wagtail Otieno",
}
TELLING = [
    "contact_prohibited",
    "asked not to be contacted",
    "interview_cancelled",
    "cancelled.",
    "thank-you",
    "Thank-you",
    "note_gone",
]
PAGES = [
    "mail-list", "punctuality", "suppression-list", "today", "people-list", "reminder-list", "slot-list",
    "booking-list", "engagement-list", "letter-list",
]  # fmt: skip
ENDPOINTS = ["letters", "mails", "punctuality", "suppressions", "notes", "interviews", "mistakes"]


@pytest.fixture
def log():
    """Everything logged, as it is written down."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutValues())
    handler.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def planted(candidate, sink, settings):
    """A letter in every state an admin may look at: sent and back, refused, stopped for two reasons, waiting, unknown."""
    settings.BOUNCE_ADDRESS = "bounces@afterword.example"
    candidate.name = CANARIES["sender"]
    trust(candidate)
    made = []
    for number in range(6):
        interview = factories.InterviewFactory(
            candidate=candidate, company=CANARIES["company"], role_title=CANARIES["role"]
        )
        address = f"{number}.{CANARIES['address']}"
        reader = factories.InterviewerFactory(interview=interview, name=CANARIES["to_name"], email=address)
        note = factories.ThankYouNoteFactory(
            interview=interview, interviewer=reader, subject=CANARIES["subject"], stayed_with_me=CANARIES["stayed"],
            body=f"Dear Robin,\n\nThank you for {CANARIES['body']}.\n",
        )  # fmt: skip
        notes.send_now(note, by=candidate, despite_findings=True)
        made.append((note, OutboundEmail.objects.get(kind="note", subject_id=note.public_id), address))
    sink.script(made[1][2], Say("rcpt", 550))
    made[2][0].interview.contact_prohibited = True
    made[2][0].interview.save()
    made[2][0].__class__.objects.filter(pk=made[2][0].pk).update(despite_findings=False)
    made[3][0].interview.__class__.objects.filter(pk=made[3][0].interview.pk).update(status="cancelled")
    OutboundEmail.objects.filter(pk__in=[row.pk for _note, row, _to in made[:4]]).update(next_try_at=database_now())
    OutboundEmail.objects.filter(pk=made[4][1].pk).update(status="unknown", finished_at=database_now())
    outbox.pump()
    from tests.followups.test_bounces import bounce_of  # noqa: PLC0415 -- beside its fixtures

    bounces.ingest(bounce_of(made[0][1]))
    now = database_now()
    punctuality.save(punctuality.monday_of(now), now)
    states = [OutboundEmail.objects.get(pk=row.pk).status for _note, row, _to in made]
    assert states == ["sent", "failed", "suppressed", "suppressed", "unknown", "queued"]
    return made


def leaks(text, words):
    return [word for word in words if word in text]


def test_pages_and_api_of_admins(planted, admin, client_of):
    client = client_of(admin)
    words = [*CANARIES.values(), "robin", "finch"]
    found = {}
    for name in PAGES:
        page = client.get(reverse(name)).content.decode()
        # Who is here is an admin's business, and nothing beyond it.
        page = page.replace(CANARIES["sender"], "") if name == "people-list" else page
        found[name] = leaks(page, words)
    for name in ENDPOINTS:
        found[name] = leaks(client.get(f"/api/v1/{name}/").content.decode(), words)
    assert {name: words for name, words in found.items() if words} == {}


def test_no_reason_and_no_kind_of_a_note(planted, admin, client_of):
    client = client_of(admin)
    pages = [
        client.get(reverse("mail-list")).content.decode().split("<main")[1],
        client.get("/api/v1/mails/").content.decode(),
    ]
    assert [leaks(page, TELLING) for page in pages] == [[], []]
    kinds = {row["mail_class"] for row in client.get("/api/v1/mails/").json()["results"]}
    assert kinds <= {"account", "letter", "deadline", "routine"}
    assert set(client.get("/api/v1/mails/").json()["results"][0]) == {
        "public_id", "mail_class", "status", "due_at", "next_try_at", "sent_at", "bounced_at", "bounce_code", "attempts", "code", "answer",
    }  # fmt: skip


def test_logs_and_metrics(log, planted, client_of, settings):
    settings.AFTERWORD_METRICS_TOKEN = "t"
    bounces.ingest(f"From: mailer-daemon\nSubject: undelivered\n\n{CANARIES['body']} {CANARIES['address']}".encode())
    metrics = client_of(None).get("/metrics", headers={"authorization": "Bearer t"}).content.decode()
    words = [*CANARIES.values(), "robin", "finch"]
    # The test's own mail server logs what it is told; ours is asked about.
    ours = "\n".join(line for line in log.getvalue().splitlines() if "('127.0.0.1'" not in line)
    assert (leaks(ours, words), leaks(metrics, words)) == ([], [])


@pytest.mark.parametrize(
    "text", ["{{ name }}", "{name}", "%(name)s", "{% now 'Y' %}", "[Name]", "${name}", "{0.__class__}"]
)
def test_placeholders_in_what_she_wrote_go_out_as_she_wrote_them(candidate, sink, text):
    trust(candidate)
    note = factories.ThankYouNoteFactory(
        interview__candidate=candidate, subject=f"Thanks {text}", body=f"Dear Grace,\n\nThank you {text}.\n"
    )
    notes.send_now(note, by=candidate, despite_findings=True)
    OutboundEmail.objects.filter(kind="note").update(next_try_at=database_now())
    outbox.pump()
    [mail] = [mail for mail in sink.accepted if mail.to == note.to_email]
    assert mail.message["Subject"] == f"Thanks {text}"
    assert mail.message.get_content() == f"Dear Grace,\r\n\r\nThank you {text}.\r\n"
