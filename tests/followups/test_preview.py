"""What she is shown is what arrives: the page's letter against the bytes that the mail server was given."""

import email.policy
from datetime import timedelta
from email.parser import BytesParser

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import outbox
from followups.models import OutboundEmail
from followups.services import notes
from tests import factories
from tests.mailing import trust

pytestmark = pytest.mark.django_db
START = "Dear Grace,\n\nThank you for the talk about the new reading room.\n\n"
BODIES = {
    "plain": "Kind regards,\nAchieng\n",
    "a line longer than any mail server takes": "word " * 2000 + "\n",
    "a dot alone on its line": ".\n.\n..\n",
    "what old mail programs stumble over": "From here on\n>From there\n",
    "emoji and joined ones": "Thank you 🙏🏾 👩‍👩‍👧 and a ☕.\n",
    "right to left and both": "תודה רבה על השיחה\nAsante! \u202bשלום\u202c Kenya\nشكرا جزيلا\n",
    "spaces at the end of a line, and tabs": "two spaces  \n\ttab\n",
    "accents of both kinds": "caf\u00e9 cafe\u0301 Wanjirũ Kĩtale\n",
    "places to fill are not filled": "{name} %(name)s {{ note }} ${x} 100 % %s\n",
    "html": "<b>bold</b> <script>alert(1)</script> &amp; &lt;\n",
    "quoted mail": "> On Monday you wrote:\n> Come at ten.\n-- \nAchieng\n",
    "odd line ends": "one\r\ntwo\rthree\n\n\nfour",
    "separators that are no line ends": "a\u2028b\u2029c\x0bd\x0ce\x85f\n",
}


@pytest.fixture
def note(candidate):
    trust(candidate)
    candidate.name = "Achieng Otieno-Łęcka"
    candidate.save()
    interview = factories.InterviewFactory(candidate=candidate, company="Ünïcode & Söhne")
    person = factories.InterviewerFactory(interview=interview, name="Grâce Wanjirũ, Dr.", email="grace@company.example")
    return factories.ThankYouNoteFactory(
        interview=interview, interviewer=person, subject="Danke für das Gespräch — спасибо 🙏", due_at=timezone.now()
    )


def unfolded(body):
    return body.replace("\r\n", "\n")


@pytest.mark.parametrize("ending", BODIES.values(), ids=BODIES)
def test_the_page_shows_exactly_what_the_mail_server_is_given(sink, note, candidate, client_of, ending):
    notes.edit_note(note, by=candidate, body=START + ending)
    browser = client_of(candidate)
    shown = browser.get(reverse("note-detail", args=[note.public_id])).context["letter"]
    by_api = browser.post(f"/api/v1/notes/{note.public_id}/check/").json()["letter"]
    notes.send_now(note, by=candidate, despite_findings=True)
    OutboundEmail.objects.update(due_at=timezone.now(), next_try_at=timezone.now())

    outbox.pump(now=timezone.now() + timedelta(minutes=2))

    (accepted,) = sink.accepted
    mail = BytesParser(policy=email.policy.default).parsebytes(accepted.content)
    got = {
        "to": (mail["To"].addresses[0].display_name, mail["To"].addresses[0].addr_spec),
        "from": (mail["From"].addresses[0].display_name, mail["From"].addresses[0].addr_spec),
        "reply_to": (mail["Reply-To"].addresses[0].display_name, mail["Reply-To"].addresses[0].addr_spec),
        "subject": mail["Subject"],
        "body": unfolded(mail.get_content()),
    }
    assert got == {
        "to": (shown.to_name, shown.to_email),
        "from": (shown.from_name, shown.from_email),
        "reply_to": (shown.reply_to_name, shown.reply_to_email),
        "subject": shown.subject,
        "body": shown.body,
    }
    assert by_api == {
        "to": shown.to,
        "sender": shown.sender,
        "reply_to": shown.reply_to,
        "subject": shown.subject,
        "body": shown.body,
    }
    assert mail.get_content_type() == "text/plain"
    assert max(len(line) for line in accepted.content.split(b"\r\n")) <= 998


@pytest.mark.parametrize("ending", BODIES.values(), ids=BODIES)
def test_what_is_marked_on_the_page_is_the_letter_to_the_character(note, candidate, ending):
    notes.edit_note(note, by=candidate, body=START + "I am so sorry that I was late. " + ending)
    pieces = notes.marked(note.body, notes.findings_of(note))
    assert "".join(text for text, _tone in pieces) == notes.letter_of(note).body
    assert ("I am so sorry that I was late.", "error") in [(text.strip(), tone) for text, tone in pieces]


@pytest.mark.parametrize("ending", BODIES.values(), ids=BODIES)
def test_the_file_for_her_own_mail_program_has_the_same_words(note, candidate, ending):
    notes.edit_note(note, by=candidate, body=START + ending)
    mail = BytesParser(policy=email.policy.default).parsebytes(notes.eml_of(note))
    assert unfolded(mail.get_content()) == notes.letter_of(note).body
    assert mail["Subject"] == note.subject
