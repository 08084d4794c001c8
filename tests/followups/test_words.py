"""Page words are not code words: what a candidate reads, in every state of an evening."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from followups.services import decisions
from interviews.models import Interview, Mistake, Requirement
from tests import factories

pytestmark = pytest.mark.django_db
# docs/glossary.md has the words that stand on the pages instead.
CODE_WORDS = re.compile(
    r"\b(misleading|conduct|omitted|omission|regretted|logistics|triage|let_go|correct_now|thank_you_note|status|state"
    r"|requirement|coverage|debrief|provisional|engine|policy|mistakes?|correction|enum|null|unknown|true|false)\b",
    re.IGNORECASE,
)
# Good English with the same letters.
FINE = re.compile(r"not quite true|what is true|true is|a wrong fact|is (not )?true", re.IGNORECASE)


class Words(HTMLParser):
    """The words of the main part of a page, as they are read: no tags, no scripts, nothing hidden in attributes but labels."""

    def __init__(self, page):
        super().__init__()
        self.found, self.skips = [], 0
        self.feed(re.search(r"<main.*</main>", page, re.DOTALL)[0])

    def handle_starttag(self, tag, attrs):
        self.skips += tag in ("script", "style", "template", "textarea", "blockquote")
        self.found += [value for name, value in attrs if name in ("aria-label", "title", "alt") and value]

    def handle_endtag(self, tag):
        self.skips -= tag in ("script", "style", "template", "textarea", "blockquote")

    def handle_data(self, data):
        if not self.skips:
            self.found.append(data)


def code_words_on(page):
    return CODE_WORDS.findall(FINE.sub("", " ".join(Words(page).found)))


def pages_of(interview):
    """Every page about one interview."""
    found = [
        reverse(name, args=[interview.public_id])
        for name in ("interview-detail", "interview-edit", "note-new", "interviewer-new", "requirement-new")
    ]
    if interview.status != Interview.Status.HELD:
        return found[:2]
    found += [
        reverse(name, args=[interview.public_id]) for name in ("debrief", "debrief-nothing", "mistake-new", "coverage")
    ]
    found += [
        found[-2] + f"?line={line}" for line in ("left-out", "answered-badly", "not-true", "awkward", "around-it")
    ]
    for mistake in interview.mistakes.all():
        found += [reverse(name, args=[mistake.public_id]) for name in ("mistake-detail", "mistake-delete")]
        if mistake.status in Mistake.LIVE:
            found += [reverse("mistake-edit", args=[mistake.public_id])]
            found += [reverse("mistake-questions", args=[mistake.public_id]) + f"?screen={n}" for n in range(4)]
    return found


@pytest.fixture
def evening(candidate, interview):
    """Each of her mistakes is of another kind and in another state."""
    for must_have in Requirement.Coverage:
        factories.RequirementFactory(interview=interview, text=f"Writes {must_have.label}", coverage=must_have)
    kinds, made = list(Mistake.Kind), []
    for kind in kinds[:4]:
        made.append(factories.MistakeFactory(interview=interview, kind=kind))
        decisions.decide(made[-1])
    decisions.decide_otherwise(made[1], "practice", by=candidate, made="coach", message="Together.")
    for kind, status in zip(kinds[4:], ["let_go", "dropped", "done", "let_go"], strict=True):
        mistake = factories.MistakeFactory(interview=interview, kind=kind, place=1 + len(made) % 5)
        decisions.decide(mistake)
        Mistake.objects.filter(pk=mistake.pk).update(status=status, place=None)
    open_one = factories.MistakeFactory(interview=interview, place=5, answered=[])
    decisions.dispute(decisions.current_decision(made[0]), by=candidate)
    factories.ThankYouNoteFactory(interview=interview)
    factories.ThankYouNoteFactory(interview=interview, kind="correction", to_name="", interviewer=None, to_email="")
    assert open_one.status == "open"
    return interview


def test_no_page_about_an_interview_speaks_like_the_code(client_of, candidate, evening):
    client, found = client_of(candidate), {}
    for status in ("held", "planned", "cancelled", "missed"):
        Interview.objects.filter(pk=evening.pk).update(status=status)
        evening.refresh_from_db()
        for address in pages_of(evening):
            answer = client.get(address)
            if answer.status_code == 200 and (words := code_words_on(answer.content.decode())):
                found[re.sub("[0-9a-f-]{36}", "…", address)] = sorted({word.lower() for word in words})
    assert found == {}


def test_the_words_are_found_at_all():
    page = "<main><p>Your <b>misleading</b> claim</p><a title='Triage'></a><textarea>conduct</textarea></main>"
    assert code_words_on(page) == ["misleading", "Triage"]


@pytest.mark.parametrize("text", ["What is true?", "It was not quite true."])
def test_plain_words_are_no_code_words(text):
    assert code_words_on(f"<main>{text}</main>") == []
