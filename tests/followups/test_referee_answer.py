"""The page behind a referee's link: three answers by POST, no account, no sight of anything else."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User, hash_token
from config.logs import mask
from followups import outbox, reminders
from followups.models import OutboundEmail, Referee, RefereeBrief, Reminder, Suppression
from followups.services import briefs, decisions
from interviews.models import Interview, Mistake
from tests.factories import (
    InterviewFactory,
    MistakeFactory,
    RefereeBriefFactory,
    RefereeFactory,
    ThankYouNoteFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TOKEN = "t" * 43
CANARY = "canary-7f3a"
URL = f"/referee/{TOKEN}/"


@pytest.fixture
def brief(candidate):
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.quiet_from = candidate.quiet_until = "00:00"
    candidate.save()
    interview = InterviewFactory(
        candidate=candidate, company="Savanna Books", notes=CANARY, went_well=CANARY, shared_with_coach=True
    )
    mistake = MistakeFactory(interview=interview, text=f"I left out {CANARY}.", correction="One. Two. Three. Four.")
    referee = RefereeFactory(candidate=candidate, relation=CANARY)
    decision = decisions.decide(mistake)
    assert decision.action == "referee"
    decisions.accept(decision, by=candidate)
    now = timezone.now()
    brief = RefereeBriefFactory(
        interview=interview, referee=referee, mistake=mistake, status="sent", sent_at=now, send_at=now, round=1,
        token_hash=hash_token(TOKEN), sent_to=referee.email,
    )  # fmt: skip
    brief.events.create(new="sent")
    return brief


@pytest.fixture
def visit(client):
    def ask(method="get", **data):
        return getattr(client, method)(URL, data)

    return ask


def answer(visit, brief, choice):
    response = visit("post", answer=choice)
    brief.refresh_from_db()
    return response


def everything():
    """All rows of all tables of the app, to see that nothing changed."""
    models = (RefereeBrief, Referee, Suppression, OutboundEmail, Reminder, Mistake, Interview)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(visit, brief, method):
    before = everything()
    assert visit(method).status_code == 200
    assert visit(method, answer="do_not_write").status_code == 200
    assert everything() == before


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(visit, brief, method):
    assert visit(method).status_code == 405


def test_it_needs_no_account_and_shows_nothing_else(visit, brief):
    text = visit().content.decode()
    assert text.count("Achieng Otieno") > 0
    assert (CANARY in text, brief.words in text, "@" in text, "sessionid" in text) == (False, False, False, False)


def test_it_is_kept_nowhere(visit, brief):
    headers = visit().headers
    assert (headers["Referrer-Policy"], headers["X-Robots-Tag"], headers["Cache-Control"]) == (
        "no-referrer",
        "noindex, nofollow",
        "no-store, private",
    )


@pytest.mark.parametrize("choice", ["happy", "not_this_one", "do_not_write"])
def test_an_answer_is_kept_and_shown_again(visit, brief, choice):
    response = answer(visit, brief, choice)
    assert (response.status_code, response.url) == (302, URL)
    assert (brief.answer, brief.events.last().reason) == (choice, f"answered_{choice}")
    again = visit().content.decode()
    assert again.count(f'value="{choice}"') == 0
    assert again.count('name="answer"') == 2


def test_it_works_with_csrf_checks_and_without_cookies(brief):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(URL, {"answer": "happy"}).status_code == 302
    brief.refresh_from_db()
    assert brief.answer == "happy"


@pytest.mark.parametrize("choice", ["", "yes", "<script>"])
def test_anything_else_is_no_answer(visit, brief, choice):
    assert answer(visit, brief, choice).status_code == 200
    assert brief.answer == ""


def test_a_mind_may_change_until_the_link_ends(visit, brief):
    answer(visit, brief, "do_not_write")
    answer(visit, brief, "happy")
    assert (brief.answer, brief.referee.refused_at, Suppression.objects.exists()) == ("happy", None, False)
    assert [event.reason for event in brief.events.all()] == ["", "answered_do_not_write", "answered_happy"]


@pytest.mark.parametrize(
    ("decision_in", "days", "is_open"), [(7, 66, True), (7, 69, False), (None, 59, True), (None, 62, False)]
)
def test_the_link_ends_sixty_days_after_the_decision_or_after_sending(visit, brief, decision_in, days, is_open):
    now = timezone.now()
    on = (now + timedelta(days=decision_in)).date() if decision_in else None
    Interview.objects.update(decision_on=on)
    assert (briefs.brief_of(TOKEN, now + timedelta(days=days)) is not None) is is_open


@pytest.mark.parametrize("token", ["x" * 43, "x", "é" * 43, f"{TOKEN}x", "x" * 5000])
def test_forged_links_end_on_a_kind_page(client, brief, token):
    response = client.post(reverse("referee-answer", args=[token]), {"answer": "do_not_write"})
    assert (response.status_code, response.headers["Referrer-Policy"]) == (410, "no-referrer")
    assert "Nothing is asked of you." in response.content.decode()
    assert not Suppression.objects.exists()


def test_an_ended_link_answers_nothing(visit, brief):
    Interview.objects.update(decision_on=None)
    RefereeBrief.objects.update(send_at=timezone.now() - timedelta(days=62))
    assert answer(visit, brief, "do_not_write").status_code == 410
    assert (brief.answer, Suppression.objects.exists()) == ("", False)


def test_the_link_ends_with_its_writers_account(visit, brief):
    User.objects.update(is_active=False)
    assert visit().status_code == 410


def test_a_referees_token_is_masked_in_logs(visit, brief, caplog):
    with caplog.at_level(logging.INFO):
        visit()
    assert mask(f"GET {URL}") == "GET /referee/…/"
    assert TOKEN not in mask(caplog.text)


# Don't write to me again


def test_nobody_here_writes_to_them_any_more(visit, brief):
    answer(visit, brief, "do_not_write")
    other = RefereeFactory(candidate=UserFactory(vouched_at=timezone.now()), email=brief.sent_to)
    theirs = RefereeBriefFactory(interview__candidate=other.candidate, referee=other)
    assert (brief.referee.refused_at is not None, Suppression.objects.get().reason) == (True, "asked")
    assert briefs.why_not_by_afterword(theirs) == (
        "This address does not take mail from here. Your own mailbox stays open."
    )


def test_what_waits_for_them_does_not_go(visit, brief):
    waiting = RefereeBriefFactory(interview=InterviewFactory(candidate=brief.candidate), referee=brief.referee)
    waiting.events.create(new="draft")
    briefs.send_now(waiting, by=brief.candidate)
    note = ThankYouNoteFactory(interview=brief.interview, to_email=brief.sent_to.upper())
    outbox.queue(
        _message(note), kind="test-letter", to_third_party=True, sender=brief.candidate,
        due_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    answer(visit, brief, "do_not_write")
    waiting.refresh_from_db()
    assert (waiting.status, waiting.failure) == ("failed", "suppressed")
    assert list(OutboundEmail.objects.values_list("status", flat=True)) == ["suppressed", "suppressed"]


def _message(note):
    from django.core.mail import EmailMessage  # noqa: PLC0415

    return EmailMessage("Thank you", "Dear Lydia", "A <a@b.example>", [note.to_email], reply_to=["a@b.example"])


def test_the_refusal_holds_where_the_address_is_forgotten(visit, brief):
    OutboundEmail.objects.create(
        kind="brief", subject_type="followups.refereebrief", subject_id=brief.public_id, status="sent",
        sent_at=timezone.now(), due_at=timezone.now(), next_try_at=timezone.now(),
        to_address_hash=outbox.hashes_of(brief.sent_to)[0],
    )  # fmt: skip
    RefereeBrief.objects.update(sent_to="")
    answer(visit, brief, "do_not_write")
    assert Suppression.objects.get().address_hash == outbox.hashes_of(brief.referee.email)[0]


# What follows for her


def standing(brief):
    brief.mistake.refresh_from_db()
    decision = decisions.current_decision(brief.mistake)
    return brief.mistake.status, decision.action, decision.reasons[0]["code"], decision.accepted_at


@pytest.mark.parametrize("choice", ["not_this_one", "do_not_write"])
def test_the_decision_is_looked_at_afresh(visit, brief, choice):
    assert standing(brief)[:2] == ("done", "referee")
    answer(visit, brief, choice)
    assert standing(brief) == ("decided", "practice", "no_referee", None)
    brief.interview.refresh_from_db()
    assert brief.interview.closed_at is None


def test_where_somebody_else_can_vouch_she_is_asked_for_her_word_again(visit, brief):
    RefereeFactory(candidate=brief.candidate, name="Samuel Kibet")
    answer(visit, brief, "not_this_one")
    assert standing(brief)[:2] == ("decided", "referee")
    assert standing(brief)[3] is None


def test_a_happy_referee_changes_nothing(visit, brief):
    answer(visit, brief, "happy")
    assert standing(brief)[:2] == ("done", "referee")


def test_what_is_decided_by_the_employer_stays_behind_her(visit, brief):
    Interview.objects.update(outcome="rejected", outcome_at=timezone.now())
    answer(visit, brief, "not_this_one")
    assert standing(brief)[:2] == ("done", "referee")


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("happy", "Lydia Were has read your letter and is happy to mention it"),
        ("not_this_one", "Lydia Were would rather not speak about this one."),
        ("do_not_write", "Lydia Were would rather get no more mail from here"),
    ],
)
def test_she_is_told_kindly_once_by_mail_and_in_the_app(visit, brief, choice, words):
    answer(visit, brief, choice)
    reminders.deliver_due(timezone.now() + timedelta(seconds=1))
    answer(visit, brief, choice)
    reminders.deliver_due(timezone.now() + timedelta(seconds=2))
    told = Reminder.objects.get(kind="referee-answer")
    mail = OutboundEmail.objects.get(kind="reminder", subject_id=told.public_id)
    assert (told.status, told.recipient, mail.recipient) == ("sent", brief.candidate, brief.candidate)
    text = _text_of(mail)
    assert words in text
    assert f"/briefs/{brief.public_id}/" in text
    assert "Savanna" not in text


def _text_of(mail):
    import email  # noqa: PLC0415

    from followups.outbox.crypto import unseal  # noqa: PLC0415

    message = email.message_from_bytes(unseal(mail.message_encrypted), policy=email.policy.default)
    return message.get_body(preferencelist=("plain",)).get_content()


def test_she_may_turn_that_off(visit, brief):
    User.objects.filter(pk=brief.candidate.pk).update(muted_reminders=["referee-answer"])
    answer(visit, brief, "not_this_one")
    reminders.deliver_due(timezone.now() + timedelta(seconds=1))
    told = Reminder.objects.get(kind="referee-answer")
    assert (told.status, told.events.last().reason) == ("skipped", "muted")
    assert not OutboundEmail.objects.filter(subject_id=told.public_id).exists()


def test_the_same_answer_again_does_nothing(brief):
    briefs.answer_brief(RefereeBrief.objects.get(pk=brief.pk), "happy")
    briefs.answer_brief(RefereeBrief.objects.get(pk=brief.pk), "happy")
    assert [event.reason for event in brief.events.all()] == ["", "answered_happy"]
