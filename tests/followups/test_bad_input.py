"""What meets a text box: pasted lists, comments, mail headers, a book, HTML, invisible signs. A clear word at the field, and everything kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from followups.models import ThankYouNote
from followups.services import notes
from tests import factories
from tests.mailing import trust

pytestmark = pytest.mark.django_db
TEXT = "Dear Grace,\n\nThank you for the talk about the new reading room.\n\nAchieng\n"
JSON = {"content_type": "application/json"}
ONE_LINE = "Please use one line of plain characters: no line breaks or invisible signs."
ALONE = "The address alone, please, without a name, quotes or brackets: grace@example.org."
ONE = "One address, please: a letter goes to one person. Write another note for somebody else."

ADDRESSES = [
    ("grace@company.example, peter@company.example", ONE),
    ("grace@company.example;peter@company.example", ONE),
    ("grace@company.example peter@company.example", ONE),
    ("Grace Wanjiru <grace@company.example>", ALONE),
    ("grace@company.example (Grace)", ALONE),
    ('"grace w"@company.example', ALONE),
    ("x" * 310 + "@company.example", "This is too long for an e-mail address (254 characters at most)."),
    ("grace@company.example\r\nBcc: all@company.example", "An address has no line breaks or invisible signs. Please type it anew."),
    ("grace\u200b@company.example", "An address has no line breaks or invisible signs. Please type it anew."),
    ("grâce@company.example", "Our mail server needs plain letters before and after the @: grace@example.org."),
    ("grace at company.example", "Enter one e-mail address, such as grace@example.org."),
    ("grace@company", "Enter a valid email address."),
]  # fmt: skip
LINES = [
    ("to_name", "Grace\r\nBcc: all@company.example", ONE_LINE),
    ("to_name", "Grace \u202eirujnaW", ONE_LINE),
    ("to_name", "Grace\u2066\u2069", ONE_LINE),
    ("to_name", "Gr\x07ace", ONE_LINE),
    ("to_name", "Gr\u200bace", ONE_LINE),
    ("subject", "Thank you\nX-Other: 1", ONE_LINE),
    ("subject", "Thank you\u2028and more", ONE_LINE),
    ("subject", "See https://company.example", "Please leave out links and @ signs here."),
    ("to_name", "grace@company.example", "Please leave out links and @ signs here."),
]


@pytest.fixture
def note(candidate):
    trust(candidate)
    interview = factories.InterviewFactory(candidate=candidate)
    person = factories.InterviewerFactory(interview=interview, name="Grace Wanjiru", email="grace@company.example")
    return factories.ThankYouNoteFactory(
        interview=interview, interviewer=person, body=TEXT, due_at=timezone.now() + timedelta(hours=20)
    )


@pytest.fixture
def browser(candidate, client_of):
    return client_of(candidate)


def page(note, name="edit"):
    return reverse(f"note-{name}", args=[note.public_id])


def typed(note, **more):
    return {name: getattr(note, name) for name in notes.WRITTEN} | more


@pytest.mark.parametrize(("field", "value", "why"), [*(("to_email", value, why) for value, why in ADDRESSES), *LINES])
def test_it_is_told_at_the_field_and_everything_typed_is_kept(browser, note, field, value, why):
    answer = browser.post(page(note), typed(note, **{field: value, "body": "Something new\n", "stayed_with_me": "A."}))
    assert answer.context["form"].errors == {field: [why]}
    assert answer.context["form"][field].value() == value
    assert escape(value) in answer.content.decode()
    saved = ThankYouNote.objects.get(pk=note.pk)
    assert (getattr(saved, field), saved.body, saved.stayed_with_me) == (getattr(note, field), "Something new\n", "A.")


@pytest.mark.parametrize(("field", "value", "why"), [*(("to_email", *pair) for pair in ADDRESSES), *LINES])
def test_the_api_says_the_same(browser, note, field, value, why):
    answer = browser.patch(f"/api/v1/notes/{note.public_id}/", {field: value}, **JSON)
    assert (answer.status_code, answer.json()["errors"]) == (400, {field: [why]})


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("grace@büro.example", "grace@xn--bro-hoa.example"),
        ("  grace@company.example ", "grace@company.example"),
        ("grace+jobs@company.example", "grace+jobs@company.example"),
        ("o'neill@company.example", "o'neill@company.example"),
        ("grace@例え.テスト", "grace@xn--r8jz45g.xn--zckzah"),
    ],
)
def test_an_address_of_another_script_is_kept_as_mail_servers_write_it(browser, note, value, kept):
    browser.post(page(note), typed(note, to_email=value))
    assert ThankYouNote.objects.get(pk=note.pk).to_email == kept
    ThankYouNote.objects.update(to_email="")
    browser.patch(f"/api/v1/notes/{note.public_id}/", {"to_email": value}, **JSON)
    assert ThankYouNote.objects.get(pk=note.pk).to_email == kept


def test_a_pasted_book_is_refused_at_the_text_and_stays_on_the_page(browser, note):
    book = "All work and no play. " * 4600
    for name in ("edit", "check", "schedule"):
        answer = browser.post(page(note, name), typed(note, body=book, when="now"))
        assert list(answer.context["form"].errors) == ["body"]
        assert book in answer.content.decode()
    answer = browser.post(page(note, "check"), typed(note, body=book), headers={"HX-Request": "true"})
    assert "20000" in answer.content.decode()
    assert ThankYouNote.objects.get(pk=note.pk).body == TEXT


@pytest.mark.parametrize(
    "body", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><b>", "&lt;&amp;"]
)
def test_html_is_text(browser, note, body):
    words = "I am so sorry. " + body
    browser.post(page(note), typed(note, body=words, stayed_with_me=body, subject=body[:100]))
    text = browser.get(page(note, "detail")).content.decode()
    assert body not in text.replace("&lt;&amp;", "") or body == "&lt;&amp;"
    assert escape(body) in text


def test_her_words_are_never_a_template(browser, note):
    words = "{name} {addition} %(name)s %s {{ note.body }} ${x} {0} 100 %"
    note.interview.role_title = "{name} %(role)s"
    note.interview.save()
    browser.post(page(note, "compose"), typed(note, stayed_with_me=words, like_them_to_know=words))
    saved = ThankYouNote.objects.get(pk=note.pk)
    assert saved.body.count(words) == 2
    assert "about the {name} %(role)s role." in saved.body
    assert browser.get(page(note, "detail")).status_code == 200


@pytest.mark.parametrize(
    "body", ["\x00", "\x00\x00Hello\x00", "\r\n\r\n\r\n", "\n" * 500 + "Hello" + "\n" * 500, "\u202e" * 50]
)
def test_what_has_no_letters_in_it_is_kept_or_dropped_but_never_a_failure(browser, note, body):
    answer = browser.post(page(note), typed(note, body=body), follow=True)
    assert answer.status_code == 200
    assert "\x00" not in ThankYouNote.objects.get(pk=note.pk).body


def test_half_a_character_by_the_api_is_refused(browser, note):
    answer = browser.patch(f"/api/v1/notes/{note.public_id}/", '{"body": "\\ud800"}', **JSON)
    assert (answer.status_code, answer.json()["detail"][:27]) == (400, "This holds half a character")


@pytest.mark.parametrize("name", ["rewrite", "restore", "carry", "compose", "readdress", "schedule"])
def test_nonsense_from_a_button_is_no_failure(browser, note, name):
    for value in ("nonsense", "9" * 400, "\x00", "²", "apology:0:99999999999999999999"):
        fields = {"finding": value, "text": value, "carries": value, "other-reader": value, "when": value}
        answer = browser.post(page(note, name), typed(note, **fields))
        assert answer.status_code in (302, 404, 422)
    assert ThankYouNote.objects.get(pk=note.pk).status == "draft"
