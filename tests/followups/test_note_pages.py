"""Pages of notes: the list, a new one, the composer and its buttons."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from followups.models import OutboundEmail, ThankYouNote
from followups.services import notes
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began.\n\nAchieng\n"
WORDS = {
    "stayed_with_me": "",
    "like_them_to_know": "",
    "to_name": "Grace Wanjiru",
    "to_email": "grace@company.example",
    "subject": "Thank you",
    "body": TEXT,
}


@pytest.fixture
def writer(candidate):
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.save()
    return candidate


@pytest.fixture
def note(writer):
    interview = factories.InterviewFactory(candidate=writer, shared_with_coach=True)
    person = factories.InterviewerFactory(interview=interview, name="Grace Wanjiru", email="grace@company.example")
    return factories.ThankYouNoteFactory(interview=interview, interviewer=person, body=TEXT, due_at=timezone.now())


@pytest.fixture
def browser(writer, client_of):
    return client_of(writer)


def page(note, name="detail"):
    return reverse(f"note-{name}", args=[note.public_id])


def test_the_composer_shows_the_letter_as_it_arrives(browser, note):
    text = browser.get(page(note)).content.decode()
    assert "Achieng Otieno (via Afterword) &lt;afterword@localhost.localdomain&gt;" in text
    assert "Grace Wanjiru &lt;grace@company.example&gt;" in text
    assert "Only you can read this" in text


def test_a_coach_reads_the_letter_and_has_no_form(coach, note, client_of):
    response = client_of(coach).get(page(note))
    assert response.status_code == 200
    assert "Thank you for the talk" in response.content.decode()
    assert 'id="note-form"' not in response.content.decode()


ACTS = [
    "edit",
    "check",
    "rewrite",
    "compose",
    "restore",
    "carry",
    "readdress",
    "schedule",
    "unschedule",
    "sent",
    "skip",
    "reopen",
    "resolve",
]


@pytest.mark.parametrize("name", ACTS)
def test_nobody_else_writes_or_sends(name, note, coach, stranger, admin, other_coach, client_of):
    answers = {"coach": 403, "stranger": 404, "admin": 404, "other_coach": 404}
    people = {"coach": coach, "stranger": stranger, "admin": admin, "other_coach": other_coach}
    found = {who: client_of(person).post(page(note, name), WORDS).status_code for who, person in people.items()}
    assert found == answers
    assert client_of(None).post(page(note, name), WORDS).status_code == 401
    assert ThankYouNote.objects.get(pk=note.pk).body == TEXT


@pytest.mark.parametrize("name", ["detail", "eml"])
def test_nobody_else_reads(name, note, stranger, admin, other_coach, client_of):
    found = {client_of(person).get(page(note, name)).status_code for person in (stranger, admin, other_coach)}
    assert found == {404}


@pytest.mark.parametrize("name", ACTS)
def test_looking_changes_nothing(name, note, browser):
    assert browser.get(page(note, name)).status_code == 405


def test_typing_is_kept_and_checked(browser, note):
    words = WORDS | {"body": TEXT.replace("I liked", "I am so sorry that I was late. I liked")}
    response = browser.post(page(note, "check"), words, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert '<mark class="flag error">I am so sorry that I was late.</mark>' in text
    assert "<html" not in text
    assert ThankYouNote.objects.get(pk=note.pk).body == words["body"]


def test_typing_into_a_note_that_has_moved_on_says_so(browser, note, writer):
    notes.send_now(note, by=writer)
    response = browser.post(page(note, "check"), WORDS | {"body": "Other"}, headers={"HX-Request": "true"})
    assert "no longer a draft" in response.content.decode()
    response = browser.post(page(note, "edit"), WORDS | {"body": "Something typed"})
    assert response.status_code == 409
    assert "Something typed" in response.content.decode()
    assert ThankYouNote.objects.get(pk=note.pk).body == TEXT


def test_one_click_takes_an_apology_out(browser, note, writer):
    body = TEXT.replace("I liked", "I am so sorry that I was late. I liked")
    notes.edit_note(note, by=writer, body=body)
    finding = next(found for found in notes.findings_of(note) if found.code == "apology")
    browser.post(page(note, "rewrite"), WORDS | {"body": body, "finding": finding.key})
    assert ThankYouNote.objects.get(pk=note.pk).body == TEXT


def test_a_finding_that_is_gone_changes_nothing(browser, note):
    for key in ("apology:0:900", "nonsense", ""):
        browser.post(page(note, "rewrite"), WORDS | {"finding": key})
    assert ThankYouNote.objects.get(pk=note.pk).body == TEXT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("to_name", "Grace\r\nBcc: all@company.example"),
        ("to_name", "Grace \u202eMallory"),
        ("to_name", "https://company.example"),
        ("subject", "Thank you\nX-Other: 1"),
        ("to_email", "grace at company"),
        ("to_email", "a@company.example, b@company.example"),
        ("to_email", '"Grace" <grace@company.example>'),
        ("to_email", "x" * 300 + "@company.example"),
        ("body", "x" * 20_001),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field_and_the_rest_kept(browser, note, field, value):
    response = browser.post(page(note, "edit"), WORDS | {"like_them_to_know": "That I write.", field: value})
    assert response.context["form"].errors.keys() == {field}
    before = getattr(note, field)
    note.refresh_from_db()
    assert (getattr(note, field), note.like_them_to_know) == (before, "That I write.")


def test_an_error_is_asked_about_and_sent_all_the_same(browser, note):
    words = WORDS | {"body": TEXT.replace("I liked", "I am so sorry that I was late. I liked"), "when": "now"}
    response = browser.post(page(note, "schedule"), words)
    assert response.context["send_form"]["send_wall"].label == "Day and time in Nairobi, for another time"
    assert response.status_code == 422
    assert "Send it as it is?" in response.content.decode()
    browser.post(page(note, "schedule"), words | {"despite_findings": "on"})
    note.refresh_from_db()
    assert (note.status, note.despite_findings, note.body) == ("scheduled", True, words["body"])


def test_sent_at_a_chosen_time_of_the_reader(browser, note):
    note.interviewer.zone = "Europe/London"
    note.interviewer.save()
    wall = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT09:30")
    browser.post(page(note, "schedule"), WORDS | {"when": "chosen", "send_wall": wall})
    note.refresh_from_db()
    assert (f"{note.send_wall:%Y-%m-%dT%H:%M}", note.send_zone) == (wall, "Europe/London")


def test_a_time_that_cannot_be_is_told_at_its_field(browser, note):
    for wall in ("", "2020-01-01T09:00", "nonsense", "2999-01-01T09:00"):
        response = browser.post(page(note, "schedule"), WORDS | {"when": "chosen", "send_wall": wall})
        assert response.status_code == 422
        assert "send_wall" in response.context["send_form"].errors


def test_a_time_typed_beside_another_answer_is_asked_about(browser, note):
    wall = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT09:30")
    response = browser.post(page(note, "schedule"), WORDS | {"when": "now", "send_wall": wall})
    assert response.status_code == 422
    assert "send_wall" in response.context["send_form"].errors


def test_an_address_that_is_missing_is_told_at_its_field(browser, note):
    response = browser.post(page(note, "schedule"), WORDS | {"to_email": "", "when": "now"})
    assert response.context["form"].errors.keys() == {"to_email"}


def test_taken_back_within_the_minute(browser, note):
    browser.post(page(note, "schedule"), WORDS | {"when": "now"})
    assert "Take it back" in browser.get(page(note)).content.decode()
    browser.post(page(note, "unschedule"))
    note.refresh_from_db()
    assert note.status == "draft"
    assert browser.get(page(note)).context["send_form"]["send_wall"].value() is None


def test_from_her_own_mailbox(browser, note):
    text = browser.get(page(note)).content.decode()
    assert "mailto:grace@company.example?subject=Thank%20you&amp;body=Dear%20Grace%2C%0D%0A" in text
    eml = browser.get(page(note, "eml"))
    assert eml["Content-Type"] == "message/rfc822"
    assert b"From: Achieng Otieno <candidate@cast.example>" in eml.content
    assert b"X-Unsent: 1" in eml.content
    browser.post(page(note, "sent"), {"at": ""})
    note.refresh_from_db()
    assert note.status == "sent_by_self"


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2999-01-01T10:00", "still to come"),
        ("0001-01-01T00:00", "cannot be right"),
        ("2000-01-01T00:00", "before the interview was over"),
    ],
)
def test_a_time_that_cannot_be_is_not_a_sending(browser, note, at, why):
    response = browser.post(page(note, "sent"), {"at": at})
    assert response.status_code == 422
    assert why in response.content.decode()


@pytest.mark.parametrize("choice", ["leave", "own", "again", "nonsense"])
def test_what_we_cannot_see_is_hers_to_settle(browser, note, writer, choice):
    notes.send_now(note, by=writer)
    OutboundEmail.objects.filter(kind="note").update(status="unknown", handed_over_at=timezone.now())
    ThankYouNote.objects.update(status="unknown")
    assert "A second copy is a small risk; a missing note is one too." in browser.get(page(note)).content.decode()
    browser.post(page(note, "resolve"), {"choice": choice})
    note.refresh_from_db()
    assert note.status == {"leave": "sent", "own": "sent_by_self", "again": "scheduled", "nonsense": "unknown"}[choice]


def test_her_answers_go_into_the_note_and_the_old_text_is_kept(browser, note):
    browser.post(page(note, "compose"), WORDS | {"stayed_with_me": "The shelf {name} built. 100 % oak."})
    note.refresh_from_db()
    assert "The shelf {name} built. 100 % oak." in note.body
    old = note.earlier_texts.get()
    assert old.body == TEXT
    browser.post(page(note, "restore"), WORDS | {"body": note.body, "text": old.pk})
    note.refresh_from_db()
    assert note.body == TEXT


def test_every_state_has_words(browser, note):
    for status in ThankYouNote.Status.values:
        ThankYouNote.objects.filter(pk=note.pk).update(
            status=status, send_at=timezone.now(), sent_at=timezone.now(), approved_hash="x", failure="changed"
        )
        assert browser.get(page(note)).status_code == 200


@pytest.mark.parametrize("hours", [0, 5, 30, 60, 200])
def test_every_hour_has_words(writer, browser, hours):
    interview = factories.InterviewFactory(candidate=writer, ended_hours_ago=hours, contact_prohibited=hours == 30)
    late = factories.ThankYouNoteFactory(interview=interview)
    assert late.interview.candidate == writer
    assert browser.get(page(late)).status_code == 200


def test_a_new_account_reads_why_afterword_does_not_send_yet(candidate, note, client_of):
    candidate.joined_at = timezone.now()
    candidate.save()
    text = client_of(candidate).get(page(note)).content.decode()
    assert "Your account is new." in text
    assert "Open in my mail program" in text


def test_a_new_note_begins_where_there_is_no_choice(browser, writer):
    interview = factories.InterviewFactory(candidate=writer)
    address = reverse("note-new", args=[interview.public_id])
    assert "Nobody is noted down yet" in browser.get(address).content.decode()
    browser.post(address)
    assert interview.thank_you_notes.get().interviewer is None


def test_a_new_note_after_its_time_says_so(browser, writer):
    interview = factories.InterviewFactory(candidate=writer, ended_hours_ago=8 * 24)
    text = browser.get(reverse("note-new", args=[interview.public_id])).content.decode()
    assert "The time for a note has passed" in text


def test_a_new_note_to_one_of_several(browser, writer):
    interview = factories.InterviewFactory(candidate=writer)
    _first, second = factories.InterviewerFactory.create_batch(2, interview=interview)
    address = reverse("note-new", args=[interview.public_id])
    assert second.name in browser.get(address).content.decode()
    response = browser.post(address, {"interviewer": second.public_id})
    assert response["Location"] == page(interview.thank_you_notes.get(interviewer=second))


def test_a_new_note_to_somebody_added_here(browser, writer):
    interview = factories.InterviewFactory(candidate=writer)
    address = reverse("note-new", args=[interview.public_id])
    person = {"name": "Ms Njeri", "kind": "hr", "title": "", "email": "hr@company.example", "zone": ""}
    refused = browser.post(address, person | {"email": "nobody"})
    assert refused.context["person_form"].errors.keys() == {"email"}
    browser.post(address, person)
    assert (interview.thank_you_notes.get().to_email, interview.interviewers.get().kind) == ("hr@company.example", "hr")


def test_one_note_to_all_where_she_prefers_that(browser, writer):
    interview = factories.InterviewFactory(candidate=writer)
    factories.InterviewerFactory(interview=interview, name="Ines Sousa", email="ines@company.example")
    factories.InterviewerFactory(interview=interview, name="Peter Mwangi")
    address = reverse("note-new", args=[interview.public_id])
    assert "One note to all of them" in browser.get(address).content.decode()
    browser.post(address, {"together": "on"})
    note = interview.thank_you_notes.get()
    assert (note.interviewer.kind, note.to_email) == ("panel", "ines@company.example")
    assert note.body.startswith("Dear Ines Sousa and Peter Mwangi,")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": "cancelled"}, "did not take place"),
        ({"outcome": "rejected", "outcome_at": timezone.now()}, "They have decided"),
        ({"outcome": "next_round", "outcome_at": timezone.now()}, "You meet again: thank them there."),
        ({"contact_prohibited": True}, "They asked not to be contacted."),
        ({"status": "planned", "ended_hours_ago": -5}, "The interview is still to come."),
    ],
)
def test_a_new_note_says_why_it_may_not_be_the_thing_to_write(browser, writer, facts, words):
    interview = factories.InterviewFactory(candidate=writer, **facts)
    assert words in browser.get(reverse("note-new", args=[interview.public_id])).content.decode()


def test_a_new_note_is_hers_to_begin(note, coach, stranger, client_of):
    address = reverse("note-new", args=[note.interview.public_id])
    assert client_of(coach).get(address).status_code == 403
    assert client_of(stranger).post(address).status_code == 404


def queries(browser, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("show", ["", "?show=all"])
@pytest.mark.parametrize("who", ["candidate", "coach"])
def test_the_list_asks_the_same_for_one_and_thirty(writer, coach, client_of, who, show):
    browser = client_of({"candidate": writer, "coach": coach}[who])

    def add(number):
        for _ in range(number):
            interview = factories.InterviewFactory(candidate=writer, shared_with_coach=True)
            factories.ThankYouNoteFactory(interview=interview, due_at=timezone.now())

    add(1)
    address = reverse("note-list") + show
    queries(browser, address)
    assert queries(browser, address) == 3
    add(29)
    assert queries(browser, address) == 3
    assert len(browser.get(address).context["page"].rows) == 25


def test_the_list_is_hers(note, stranger, admin, client_of, browser):
    assert [row.pk for row in browser.get(reverse("note-list")).context["page"].rows] == [note.pk]
    assert client_of(stranger).get(reverse("note-list")).context["page"].rows == []
    assert client_of(admin).get(reverse("note-list")).status_code == 404


def test_the_composer_asks_little(browser, note, writer):
    address = page(note)
    queries(browser, address)
    before = queries(browser, address)
    for number in range(10):
        factories.MistakeFactory(interview=note.interview, status="done", place=None, text=f"Thing {number}")
        notes.edit_note(note, by=writer, subject=f"Thank you {number}")
    assert queries(browser, address) == before
    assert before < 30


def test_a_coach_can_be_asked_where_there_is_one(browser, note, coach, writer):
    assert "Ask Tom to look at it first" in browser.get(page(note)).content.decode()
    notes.schedule_note(note, by=writer, **tomorrow())
    assert "Ask Tom to look at it before" in browser.get(page(note)).content.decode()


def test_without_a_coach_nobody_is_offered(browser, note):
    assert "look at it first" not in browser.get(page(note)).content.decode()


def tomorrow():
    return {"send_wall": (timezone.now() + timedelta(hours=20)).replace(tzinfo=None), "send_zone": "UTC"}
