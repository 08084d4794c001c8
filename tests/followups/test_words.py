"""Page words are not code words: what a candidate reads, in every state of an evening."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from followups.models import RefereeBrief, ThankYouNote
from followups.note_check.messages import TEXTS
from followups.services import decisions
from interviews.models import Interview, Mistake, Requirement
from tests import factories
from tests.access import PAGES, world
from tests.words import code_words_in, code_words_on

pytestmark = pytest.mark.django_db


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


def hers():
    """The addresses of every page that she may open, with what each is about."""
    shown = {name: rule for name, rule in PAGES.items() if rule.method == "get" and rule.answers[1] == 200}
    # Files; and the pages that name the columns of one.
    others = {"note-eml", "booking-calendar", "interview-export", "form-draft", "import-new", "import-detail"}
    return [(name, rule.kwargs) for name, rule in shown.items() if name not in others]


def test_no_page_of_hers_speaks_like_the_code(client_of, candidate, coach, admin, stranger, interview):
    rows = world(candidate=candidate, coach=coach, interview=interview, admin=admin)
    client, found = client_of(candidate), {}

    for name, kwargs in hers():
        page = client.get(reverse(name, kwargs={kwarg: rows[record] for kwarg, record in kwargs.items()}))
        if words := code_words_on(page.text):
            found[name] = sorted({word.lower() for word in words})

    assert found == {}


def letters_in_every_state():
    return [
        *((ThankYouNote, "note-detail", status, kind) for status in ThankYouNote.Status for kind in ThankYouNote.Kind),
        *((RefereeBrief, "brief-detail", status, kind) for status in RefereeBrief.Status for kind in RefereeBrief.Kind),
    ]


def test_no_letter_speaks_like_the_code_in_any_state_of_its_life(client_of, candidate, interview):
    note, brief = factories.ThankYouNoteFactory(interview=interview), factories.RefereeBriefFactory(interview=interview)
    client, found, now = client_of(candidate), {}, timezone.now()
    times = {"send_at": now, "sent_at": now, "approved_hash": "x"}

    for model, name, status, kind in letters_in_every_state():
        record = note if model is ThankYouNote else brief
        model.objects.filter(pk=record.pk).update(status=status, kind=kind, **times)
        if words := code_words_on(client.get(reverse(name, args=[record.public_id])).text):
            found[name, status, kind] = words

    assert found == {}


def test_no_answer_of_the_check_speaks_like_the_code():
    said = [text for _severity, *texts in TEXTS.values() for text in texts]
    assert [text for text in said if code_words_in(text)] == []


def test_the_words_are_found_at_all():
    page = "<main><p>Your <b>misleading</b> claim</p><a title='Triage'></a><textarea>conduct</textarea></main>"
    assert code_words_on(page) == ["misleading", "Triage"]


@pytest.mark.parametrize("text", ["What is true?", "It was not quite true."])
def test_plain_words_are_no_code_words(text):
    assert code_words_on(f"<main>{text}</main>") == []
