"""What comes back reaches the row it is about, once, and its owner; a forged one reaches nobody."""

import io
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse

from followups import outbox
from followups.models import OutboundEmail, Suppression, Tally
from followups.outbox import bounces, verp
from followups.outbox.clock import database_now
from followups.outbox.life import state_of
from followups.services import decisions, notes
from interviews.models import Interview
from tests import factories
from tests.followups.bounce_samples import EXIM, postfix
from tests.mailing import EMPLOYER, history_of, queue_letter, queue_mail, status_of, trust

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _bounces_come_to_us(settings):
    settings.BOUNCE_ADDRESS = "bounces@afterword.example"


def sent_letter(candidate, sink):
    row = queue_letter(candidate)
    outbox.pump()
    row.refresh_from_db()
    return row


def bounce_of(row, **report):
    return postfix(verp.envelope_sender(row.public_id), **report)


def test_each_mail_leaves_with_an_envelope_of_its_own(candidate, sink):
    row = sent_letter(candidate, sink)
    [mail] = sink.accepted
    assert mail.sender == verp.envelope_sender(row.public_id)
    assert verp.row_of(mail.sender) == verp.row_of(mail.sender.upper()) == row.public_id
    assert len(mail.sender.split("@")[0]) <= 64
    assert mail.message["From"] == "Achieng Otieno <letters@afterword.example>"


def test_without_the_setting_the_envelope_is_the_installations(candidate, sink, settings):
    settings.BOUNCE_ADDRESS, settings.DEFAULT_FROM_EMAIL = "", "Us <us@afterword.example>"
    sent_letter(candidate, sink)
    assert sink.accepted[0].sender == "us@afterword.example"


def test_a_letter_comes_back(candidate, sink):
    row = sent_letter(candidate, sink)
    assert bounces.ingest(bounce_of(row)) == "came_back"
    row.refresh_from_db()
    assert (row.status, row.bounce_code, row.bounced_at is not None) == ("sent", "5.1.1", True)
    assert history_of(row) == ["queued", "claimed", "handing_over", "sent", "sent"]
    told = OutboundEmail.objects.get(kind="letter_came_back")
    assert told.recipient == candidate
    assert outbox.suppression_of(EMPLOYER).reason == "bounce"


def test_the_same_bounce_twice_acts_once(candidate, sink):
    row = sent_letter(candidate, sink)
    assert [bounces.ingest(bounce_of(row)) for _ in range(3)] == ["came_back", "again", "again"]
    assert history_of(row).count("sent") == 2
    assert OutboundEmail.objects.filter(kind="letter_came_back").count() == 1
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "4.4.7", "5.1.0", "5.1.7", "5.1.8"])
def test_a_full_or_strict_mailbox_or_one_that_dislikes_our_sender_may_be_written_to_again(candidate, sink, status):
    row = sent_letter(candidate, sink)
    assert bounces.ingest(bounce_of(row, status=status)) == "came_back"
    assert not Suppression.objects.exists()


def test_what_is_only_delayed_changes_nothing(candidate, sink):
    row = sent_letter(candidate, sink)
    assert bounces.ingest(bounce_of(row, action="delayed", status="4.4.1")) == "delayed"
    row.refresh_from_db()
    assert (row.bounced_at, history_of(row)[-1]) == (None, "sent")


def forged(row):
    address = verp.envelope_sender(row.public_id)
    token = address.partition(".")[2].partition("@")[0]
    other = verp.envelope_sender(uuid.uuid4()).partition(".")[2].partition("@")[0]
    return [
        address.replace(token, guess) for guess in ("a" * 16, token[:-1] + ("a" if token[-1] != "a" else "b"), other)
    ]


def test_a_forged_one_is_counted_and_does_nothing(candidate, sink):
    row = sent_letter(candidate, sink)
    assert [bounces.ingest(postfix(address)) for address in forged(row)] == ["forged"] * 3
    row.refresh_from_db()
    assert (row.bounced_at, Suppression.objects.count()) == (None, 0)
    assert Tally.objects.get(name="bounce_forged").count == 3


def test_with_tokens_a_message_id_alone_proves_nothing(candidate, sink, settings):
    row = sent_letter(candidate, sink)
    report = postfix("us@afterword.example", f"{row.public_id}@{settings.MAIL_DOMAIN}")
    assert bounces.ingest(report) == "not_ours"
    settings.BOUNCE_ADDRESS = ""
    assert bounces.ingest(report) == "came_back"


def test_words_without_a_report_are_enough(candidate, sink):
    row = sent_letter(candidate, sink)
    text = EXIM.format(to=verp.envelope_sender(row.public_id), id="x")
    assert bounces.ingest(text.encode()) == "came_back"


def test_a_token_of_an_older_key_still_counts(candidate, sink, settings):
    settings.AFTERWORD_MAIL_KEYS = ["old"]
    row = sent_letter(candidate, sink)
    report = bounce_of(row)
    settings.AFTERWORD_MAIL_KEYS = ["new", "old"]
    assert bounces.ingest(report) == "came_back"


def test_one_that_is_quicker_than_our_own_note_is_asked_to_come_again(candidate, sink):
    row = queue_letter(candidate)
    now = database_now()
    OutboundEmail.objects.filter(pk=row.pk).update(status="handing_over", claim_id=uuid.uuid4(), lease_until=now)
    assert bounces.ingest(bounce_of(row)) == "too_early"


def test_a_letter_that_could_not_be_seen_is_seen_now(candidate, sink):
    row = queue_letter(candidate)
    OutboundEmail.objects.filter(pk=row.pk).update(status="unknown")
    assert bounces.ingest(bounce_of(row)) == "came_back"
    row.refresh_from_db()
    assert (row.status, row.error, row.bounce_code) == ("failed", "bounced", "5.1.1")
    assert OutboundEmail.objects.get(kind="letter_came_back").recipient == candidate


def test_tried_again_it_no_longer_counts_as_come_back(candidate, admin, sink):
    row = queue_letter(candidate)
    OutboundEmail.objects.filter(pk=row.pk).update(status="unknown")
    bounces.ingest(bounce_of(row, status="5.2.2"))
    row.refresh_from_db()
    outbox.retry(row, by=admin)
    outbox.pump()
    row.refresh_from_db()
    assert (row.status, row.bounced_at, row.bounce_code, state_of(row)[0]) == ("sent", None, "", "sent")
    assert bounces.ingest(bounce_of(row, status="5.2.2")) == "came_back"


def test_mail_to_our_own_people_comes_back_quietly(candidate, sink):
    row = queue_mail(candidate)
    outbox.pump()
    row.refresh_from_db()
    assert bounces.ingest(bounce_of(row)) == "came_back"
    assert OutboundEmail.objects.count() == 1
    assert outbox.suppression_of(candidate.email).reason == "bounce"


def sent_note(candidate, interview, **fields):
    """A note that the mail server has accepted, and its mail."""
    trust(candidate)
    note = factories.ThankYouNoteFactory(interview=interview, interviewer__email=EMPLOYER, **fields)
    notes.send_now(note, by=candidate, despite_findings=True)
    OutboundEmail.objects.filter(kind="note").update(next_try_at=database_now())
    outbox.pump()
    note.refresh_from_db()
    assert note.status == "sent"
    return note, OutboundEmail.objects.get(kind="note")


@pytest.fixture
def gone_note(candidate, sink):
    return sent_note(candidate, factories.InterviewFactory(candidate=candidate))


def test_the_note_came_back_and_can_go_another_way(gone_note, candidate, client_of):
    note, row = gone_note
    interview = note.interview
    interview.refresh_from_db()
    was_closed = interview.closed_at is not None
    assert bounces.ingest(bounce_of(row)) == "came_back"
    note.refresh_from_db()
    interview.refresh_from_db()
    assert (was_closed, note.status, note.failure, note.sent_at, interview.closed_at) == (
        True,
        "failed",
        "bounced",
        None,
        None,
    )
    page = client_of(candidate).get(reverse("note-detail", args=[note.public_id])).content.decode()
    assert "It came back after the mail server had accepted it" in page
    assert note.candidate.reminders.filter(kind="note-out", occurrence=f"failed:{note.round}").count() == 1
    assert outbox.against_address(candidate, EMPLOYER, database_now()).startswith(
        "Mail from here to this address came back"
    )
    assert notes.mark_sent_by_self(note, by=candidate).status == "sent_by_self"


@pytest.mark.parametrize(
    ("elsewhere", "outcome", "status"),
    [("skipped", {}, "decided"), ("sent_by_self", {}, "done"), ("skipped", {"outcome": "rejected"}, "done")],
    ids=["nobody has read it", "another reader has", "it is known how it ended"],
)
def test_what_the_note_said_is_left_to_do_again(candidate, sink, elsewhere, outcome, status):
    interview = factories.InterviewFactory(candidate=candidate)
    mistake = factories.MistakeFactory(interview=interview)
    decision = decisions.accept(decisions.decide(mistake), by=candidate)
    factories.ThankYouNoteFactory(
        interview=interview, interviewer__name="Peter", carries=mistake, status=elsewhere, sent_at=database_now()
    )
    note, row = sent_note(candidate, interview, carries=mistake)
    mistake.refresh_from_db()
    assert (mistake.status, mistake.place) == ("done", None)
    if outcome:
        Interview.objects.filter(pk=interview.pk).update(**outcome, outcome_at=database_now())

    bounces.ingest(bounce_of(row))

    mistake.refresh_from_db()
    assert (mistake.status, decisions.current_decision(mistake)) == (status, decision)
    note.refresh_from_db()
    notes.mark_sent_by_self(note, by=candidate)
    mistake.refresh_from_db()
    assert mistake.status == "done"


def test_with_five_others_open_it_stays_behind_her(candidate, sink):
    interview = factories.InterviewFactory(candidate=candidate)
    mistake = factories.MistakeFactory(interview=interview)
    decisions.accept(decisions.decide(mistake), by=candidate)
    note, row = sent_note(candidate, interview, carries=mistake)
    factories.MistakeFactory.create_batch(5, interview=interview)
    bounces.ingest(bounce_of(row))
    mistake.refresh_from_db()
    note.refresh_from_db()
    assert (mistake.status, note.status) == ("done", "failed")


def test_what_came_back_late_leaves_a_settled_note_alone(gone_note, candidate):
    note, row = gone_note
    bounces.ingest(bounce_of(row))
    notes.mark_sent_by_self(note, by=candidate)
    OutboundEmail.objects.filter(pk=row.pk).update(bounced_at=None)
    bounces.ingest(bounce_of(row))
    note.refresh_from_db()
    assert note.status == "sent_by_self"


@pytest.mark.parametrize(
    ("content", "answer", "code"),
    [
        (lambda row: bounce_of(row), "came_back", 0),
        (lambda row: postfix(forged(row)[0]), "forged", 0),
        (lambda row: b"Subject: hello\n\nhello", "no_report", 0),
        (lambda row: postfix("us@afterword.example"), "not_ours", 0),
        (
            lambda row: (
                OutboundEmail.objects.update(status="claimed", claim_id=uuid.uuid4(), lease_until=database_now())
                and bounce_of(row)
            ),
            "too_early",
            75,
        ),
    ],
)
def test_the_command(candidate, sink, monkeypatch, capsys, content, answer, code):
    row = sent_letter(candidate, sink)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content(row))))
    try:
        call_command("ingest_bounce")
        ended = 0
    except SystemExit as end:
        ended = end.code
    assert (capsys.readouterr().out, ended) == (f"{answer}\n", code)


def test_the_envelope_of_the_pipe_is_enough(candidate, sink, monkeypatch, capsys):
    row = sent_letter(candidate, sink)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(postfix("undisclosed recipients"))))
    call_command("ingest_bounce", recipient=verp.envelope_sender(row.public_id))
    assert (capsys.readouterr().out, status_of(row)) == ("came_back\n", "sent")
