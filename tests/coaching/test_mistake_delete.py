"""Deleting one mistake: told beforehand, gone from every table afterwards, and what has been sent stays sent."""

import re

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import FormDraft, IdempotentRequest
from coaching.models import Review
from coaching.services import reviews
from followups.models import Lesson, OutboundEmail, RefereeBrief
from followups.services import decisions, deletion, lessons, notes
from interviews import services as facts
from interviews.models import Mistake, MistakeEvent
from tests import factories
from tests.coaching.conftest import ADDITION
from tests.mailing import text_of

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
CANARY = re.compile("kanari[a-z]*", re.IGNORECASE)


def found():
    """Every planted word that is left, with its table; stored answers and mails as their readers would see them."""
    left = set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f'SELECT row::text FROM "{table}" row')
            left |= {(table, word) for (row,) in cursor.fetchall() for word in CANARY.findall(row)}
    for row in IdempotentRequest.objects.all():
        left |= {("answers", word) for word in CANARY.findall(bytes(row.answer or b"").decode())}
    for row in OutboundEmail.objects.exclude(message_encrypted=None):
        left |= {(f"mail {row.status}", word) for word in CANARY.findall(text_of(row))}
    return left


def url(mistake):
    return f"/mistakes/{mistake.public_id}/delete/"


@pytest.fixture
def planted(client_of, candidate, coach, interview, mistake, note, in_hours):
    """Its words wherever they can get to: each place has one of its own."""
    client = client_of(candidate)
    client.post(
        "/api/v1/mistakes/",
        {"interview": str(interview.public_id), "kind": "weak_answer", "text": "The kanaristored one."},
        headers={"idempotency-key": "one"},
        **JSON,
    )
    stored = Mistake.objects.exclude(pk=mistake.pk).get()
    facts.answer_mistake(mistake, by=candidate, text="The kanaritext one.", topic="kanaritopic")
    facts.answer_mistake(mistake, by=candidate, correction=f"{ADDITION} The kanaricorrection.")
    decisions.reconsider(mistake)
    note.refresh_from_db()
    # Written with an earlier wording, which stays among the earlier texts.
    notes.edit_note(note, by=candidate, body=note.body.replace(ADDITION, "The kanariearlier."))
    notes.put_together(note, by=candidate)
    lessons.take_lesson(mistake, by=candidate, title="Say kanarilesson")
    referee = factories.RefereeFactory(candidate=candidate)
    factories.RefereeBriefFactory(interview=interview, referee=referee, mistake=mistake, words="The kanaribrief.")
    review = reviews.ask_review(
        interview, coach=coach, by=candidate, note=note, question="kanariquestion?", **in_hours(5)
    )
    note.refresh_from_db()
    item = review.items.get()
    word = {"answer": "change", "action": "practice", "message": "kanarimessage"}
    suggestion = note.body.replace("Kind regards", "Best regards")
    reviews.answer_review(review, by=coach, answers={item: word}, suggestion=suggestion, message="kanariword")
    for user, path in (
        (candidate, f"/mistakes/{mistake.public_id}/edit/"),
        (candidate, f"/interviews/{interview.public_id}/mistakes/new/"),
        (coach, f"/reviews/{review.public_id}/"),
    ):
        FormDraft.objects.create(user=user, path=path, fields={"text": "kanaridraft"})
    mistake.refresh_from_db()
    return mistake, stored


def test_nothing_of_it_is_left_in_any_table(client_of, candidate, planted, note):
    mistake, stored = planted
    assert len(found()) > 12
    client = client_of(candidate)
    for each in (mistake, stored):
        client.post(url(each))
    assert found() == set()
    note.refresh_from_db()
    assert (note.status, note.carries, Lesson.objects.count(), RefereeBrief.objects.count()) == (
        "scheduled",
        None,
        0,
        0,
    )
    assert not MistakeEvent.objects.exists()


def test_a_retry_of_what_wrote_it_down_writes_nothing_again(client_of, candidate, interview):
    client = client_of(candidate)
    sent = {"interview": str(interview.public_id), "kind": "weak_answer", "text": "I rambled."}
    key = {"headers": {"idempotency-key": "one"}, **JSON}
    client.post("/api/v1/mistakes/", sent, **key)
    deletion.delete_mistake(Mistake.objects.get(), by=candidate)
    assert (client.post("/api/v1/mistakes/", sent, **key).status_code, Mistake.objects.count()) == (410, 0)


def test_a_waiting_note_keeps_its_time_and_she_sees_how_it_reads(client_of, candidate, mistake, note, in_hours):
    notes.schedule_note(note, by=candidate, **in_hours(5))
    note.refresh_from_db()
    before = note.send_at
    page = client_of(candidate).get(url(mistake))
    [(letter, text)] = page.context["letters"]
    assert (letter, ADDITION in text, "still goes" in page.content.decode()) == (note, False, True)
    client_of(candidate).post(url(mistake))
    note.refresh_from_db()
    assert (note.status, note.send_at, note.body.strip()) == ("scheduled", before, text)
    assert text_of(OutboundEmail.objects.get(kind="note", status="queued")).split() == text.split()
    assert OutboundEmail.objects.get(kind="note", status="cancelled").message_encrypted is None


def test_a_note_that_says_it_in_other_words_is_left_and_said(client_of, candidate, mistake, note, in_hours):
    note = notes.edit_note(note, by=candidate, body=note.body.replace(ADDITION, "I also wrote weekly."))
    notes.schedule_note(note, by=candidate, **in_hours(5))
    page = client_of(candidate).get(url(mistake)).content.decode()
    assert "says it in other words" in page
    client_of(candidate).post(url(mistake))
    note.refresh_from_db()
    assert (note.status, "I also wrote weekly." in note.body) == ("scheduled", True)


def test_a_letter_about_nothing_else_is_put_away(client_of, candidate, mistake, note):
    type(note).objects.update(kind="correction")
    page = client_of(candidate).get(url(mistake)).content.decode()
    assert "is put away and does not go" in page
    client_of(candidate).post(url(mistake))
    assert not type(note).objects.exists()


def test_what_was_sent_stays_and_is_said(client_of, candidate, mistake, note):
    notes.mark_sent_by_self(note, by=candidate)
    page = client_of(candidate).get(url(mistake)).content.decode()
    assert "Grace Wanjiru has your letter already, and that stays." in page
    client_of(candidate).post(url(mistake))
    note.refresh_from_db()
    assert (note.status, ADDITION in note.body) == ("sent_by_self", True)


def test_not_while_it_is_being_handed_over(client_of, candidate, mistake, note):
    type(note).objects.update(status="sending")
    assert client_of(candidate).post(url(mistake), headers={"hx-request": "true"}).status_code == 409
    assert Mistake.objects.exists()


def test_a_review_about_nothing_else_goes_too(client_of, candidate, coach, mistake):
    decisions.dispute(decisions.current_decision(mistake), by=candidate)
    reviews.ask_review(mistake.interview, coach=coach, by=candidate, decisions=[decisions.current_decision(mistake)])
    deletion.delete_mistake(mistake, by=candidate)
    assert not Review.objects.exists()


def test_the_api_says_it_first_too(client_of, candidate, coach, mistake, note):
    client, api = client_of(candidate), f"/api/v1/mistakes/{mistake.public_id}/"
    assert client.get(api + "deletion/").json() == {
        "goes": ["Those sentences come out of your note to Grace Wanjiru."],
        "stays": [],
    }
    assert client_of(coach).get(api + "deletion/").status_code == 403
    assert client.delete(api).status_code == 204
    note.refresh_from_db()
    assert ADDITION not in note.body
