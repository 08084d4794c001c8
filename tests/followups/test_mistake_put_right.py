"""Putting a statement right: asked first, then the sentence, the person, today or not now; nobody is told but by her."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import when
from accounts.records import Conflict, Refused
from followups import clock
from followups.models import CorrectionPlan, OutboundEmail, Reminder
from followups.services import decisions, notes, put_right, story
from followups.steps import step_of_interview, with_steps
from interviews.models import Interview
from tests import factories
from tests.mailing import trust

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
ANSWERS = {
    "said": "That I hold the certificate.",
    "truth": "I sat the course; the exam is in March.",
    "cv_says": "true",
    "form_says": "nothing",
}
SENTENCE = "I sat the accounting course, and the exam is in March."


@pytest.fixture
def talk(candidate):
    """Held two hours ago; its thank-you note has gone."""
    trust(candidate)
    return factories.InterviewFactory(candidate=candidate, shared_with_coach=True)


@pytest.fixture
def grace(talk):
    return factories.InterviewerFactory(interview=talk, name="Grace Wanjiru", email="grace@company.example")


@pytest.fixture
def office(talk):
    return factories.InterviewerFactory(interview=talk, name="Mercy Auma", kind="hr", email="hr@company.example")


@pytest.fixture
def thanked(talk, grace, candidate):
    note = factories.ThankYouNoteFactory(interview=talk, interviewer=grace, due_at=timezone.now())
    return notes.mark_sent_by_self(note, by=candidate)


@pytest.fixture
def claim(talk):
    claim = factories.MistakeFactory(
        interview=talk,
        kind="misleading_claim",
        relied_on="yes",
        topic="accounting",
        text="I said I had finished the certificate.",
        correction="",
    )
    assert decisions.decide(claim).action == "correct_now"
    claim.refresh_from_db()
    return claim


@pytest.fixture
def browser(candidate, client_of):
    return client_of(candidate)


def page(mistake):
    return reverse("mistake-put-right", args=[mistake.public_id])


def ways(mistake, **answers):
    if answers:
        put_right.keep_answers(mistake, by=mistake.interview.candidate, **answers)
    return [(way.note, way.person, way.is_suggested) for way in put_right.ways_of(mistake, put_right.plan_of(mistake))]


# The page --------------------------------------------------------------------


def test_it_asks_first_and_then_offers(browser, claim, grace, thanked):
    text = browser.get(page(claim)).content.decode()
    assert "What did you say, as near as you remember?" in text and "Who should have it?" not in text

    text = browser.post(page(claim), ANSWERS | {"go": "answers"}, follow=True).content.decode()
    assert "Who should have it?" in text and "A short letter to Grace Wanjiru" in text
    assert f">\n{ANSWERS['truth']}</textarea>" in text
    plan = CorrectionPlan.objects.get()
    assert {name: getattr(plan, name) for name in ANSWERS} == ANSWERS
    assert "What did you say, as near as you remember?" in browser.get(page(claim), {"answers": ""}).content.decode()


def test_without_what_is_true_it_does_not_go_on_and_keeps_what_was_typed(browser, claim):
    answer = browser.post(page(claim), {"go": "answers", "said": "Something I said", "truth": " "})
    assert (answer.status_code, list(answer.context["answers"].errors)) == (422, ["truth"])
    assert "Something I said" in answer.content.decode()


def test_today_begins_the_letter_with_her_sentence(browser, claim, grace, thanked):
    browser.post(page(claim), ANSWERS | {"go": "answers"})
    way = put_right.ways_of(claim, put_right.plan_of(claim))[0]
    answer = browser.post(page(claim), {"go": "begin", "sentence": SENTENCE, "way": way.key}, follow=True)
    letter = answer.context["note"]
    assert (letter.kind, letter.interviewer, letter.carries, letter.status) == ("correction", grace, claim, "draft")
    assert letter.body == (
        "Dear Grace Wanjiru,\n\nWhen we spoke about accounting, the fact I would like you to have is this: "
        f"{SENTENCE}\n\nKind regards,\nAchieng Otieno\n"
    )
    assert not OutboundEmail.objects.filter(to_third_party=True).exists()
    assert "You have begun a letter with it." in browser.get(page(claim)).content.decode()


def test_a_sentence_that_is_missing_or_a_way_that_is_none_is_told_at_its_field(browser, claim, grace, thanked):
    browser.post(page(claim), ANSWERS | {"go": "answers"})
    answer = browser.post(page(claim), {"go": "begin", "sentence": " ", "way": "person:nobody"})
    assert (answer.status_code, sorted(answer.context["way"].errors)) == (422, ["sentence", "way"])
    assert not claim.carried_by.exists()


def test_somebody_to_write_to_is_added_here(browser, claim, talk):
    talk.contact_prohibited = True
    talk.save()
    browser.post(page(claim), ANSWERS | {"go": "answers"})
    assert "Who wrote the invitation?" in browser.get(page(claim)).content.decode()
    person = {"name": "Mercy Auma", "kind": "hr", "title": "", "email": "no address", "zone": "", "go": "person"}
    assert browser.post(page(claim), person).context["person"].errors.keys() == {"email"}
    browser.post(page(claim), person | {"email": "hr@company.example"})
    assert [way[1].name for way in ways(claim)] == ["Mercy Auma"]


def test_who_can_read_it_is_said_as_it_is(browser, claim, grace, talk):
    alone = "Only you can read this, until you send it"
    browser.post(page(claim), ANSWERS | {"go": "answers"})
    assert browser.get(page(claim)).context["way"].fields["sentence"].who_reads == alone
    factories.EngagementFactory(candidate=talk.candidate, coach=factories.CoachFactory(name="Tom Barasa"))
    answer = browser.get(page(claim))
    assert answer.context["way"].fields["sentence"].who_reads == "Tom can read this once you begin the letter"
    assert "Tom can read what you said had happened, as before" in answer.content.decode()
    type(talk).objects.filter(pk=talk.pk).update(shared_with_coach=False)
    assert browser.get(page(claim)).context["way"].fields["sentence"].who_reads == alone


def test_not_now_closes_kindly_and_can_be_taken_up_again(browser, claim, grace, thanked):
    answer = browser.post(page(claim), {"go": "later"}, follow=True)
    assert "Nobody was told, and your answers are kept for you alone." in answer.content.decode()
    assert "You put this off, and that is fine." in browser.get(page(claim)).content.decode()
    browser.post(page(claim), ANSWERS | {"go": "answers"})
    put_right.begin(claim, by=claim.interview.candidate, sentence=SENTENCE, person=grace)
    assert CorrectionPlan.objects.get().put_off_at is None


def test_the_card_leads_here_and_says_not_now_at_once(browser, claim):
    text = browser.get(reverse("mistake-detail", args=[claim.public_id])).content.decode()
    assert f'href="{page(claim)}"' in text
    assert f'name="go" value="later" formaction="{page(claim)}"' in text


def test_it_is_said_once_whichever_way_she_chooses_last(claim, grace, office, thanked, candidate):
    first = put_right.begin(claim, by=candidate, sentence=SENTENCE, person=grace)
    second = put_right.begin(claim, by=candidate, sentence=SENTENCE, person=office)
    first.refresh_from_db()
    assert (first.status, second.status, put_right.letter_for(claim)) == ("skipped", "draft", second)
    notes.mark_sent_by_self(second, by=candidate)
    with pytest.raises(Conflict, match="Once is enough"):
        put_right.begin(claim, by=candidate, sentence=SENTENCE, person=grace)


def test_a_note_loses_the_sentence_that_goes_in_a_letter(claim, talk, grace, office, candidate, monkeypatch):
    monkeypatch.setattr(put_right, "_is_in_time", lambda *_args: True)
    note = put_right.begin(claim, by=candidate, sentence=SENTENCE, note=notes.draft_note(talk, grace, by=candidate))
    letter = put_right.begin(claim, by=candidate, sentence=SENTENCE, person=office)
    note.refresh_from_db()
    assert (note.carries, SENTENCE in note.body, letter.carries, SENTENCE in letter.body) == (None, False, claim, True)


def test_what_is_decided_otherwise_is_not_asked(browser, claim, candidate):
    decisions.decide_otherwise(claim, "let_go", by=candidate)
    answer = browser.get(page(claim))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mistake-detail", args=[claim.public_id]))
    with pytest.raises(Conflict):
        put_right.keep_answers(claim, by=candidate, truth="x")


def test_it_is_hers_alone_also_where_the_interview_is_shared(claim, coach, stranger, candidate, client_of):
    put_right.keep_answers(claim, by=candidate, **ANSWERS)
    shared = client_of(coach).get(reverse("mistake-detail", args=[claim.public_id]))
    assert (shared.status_code, ANSWERS["said"] in shared.content.decode()) == (200, False)
    assert client_of(coach).get(page(claim)).status_code == 403
    assert client_of(coach).get(f"/api/v1/mistakes/{claim.public_id}/put-right/").status_code == 403
    assert client_of(stranger).get(page(claim)).status_code == 404
    assert list(CorrectionPlan.objects.visible_to(coach)) == []
    assert [plan.truth for plan in CorrectionPlan.objects.visible_to(candidate)] == [ANSWERS["truth"]]


def test_what_she_typed_is_never_read_as_html_or_as_a_place_to_fill(browser, claim, grace, thanked):
    nasty = "<script>alert(1)</script> {name} %(name)s 100 % \u202eevil"
    browser.post(page(claim), ANSWERS | {"go": "answers", "truth": nasty})
    text = browser.get(page(claim)).content.decode()
    assert "<script>alert" not in text and "&lt;script&gt;" in text
    letter = put_right.begin(claim, by=claim.interview.candidate, sentence=nasty, person=grace)
    assert nasty in letter.body


# The ways --------------------------------------------------------------------


def test_the_people_there_are_and_who_is_suggested(claim, grace, office, thanked):
    assert ways(claim) == [(None, grace, True), (None, office, False)]
    for paper in ("cv_says", "form_says"):
        assert ways(claim, **{"cv_says": "true", "form_says": "true", paper: "said"})[0] == (None, office, True)


def test_where_contact_is_prohibited_only_hr_or_the_recruiter(claim, talk, grace, office):
    talk.contact_prohibited = True
    talk.save()
    factories.ThankYouNoteFactory(interview=talk, interviewer=grace)
    assert ways(claim) == [(None, office, True)]
    with pytest.raises(Refused):
        put_right.begin(claim, by=talk.candidate, sentence=SENTENCE, person=grace)


def test_inside_the_unsent_note_if_that_goes_in_time(claim, talk, grace, candidate, monkeypatch):
    """In time: its suggested moment lies before the letter would be due."""
    note = notes.draft_note(talk, grace, by=candidate)
    for suggested, is_offered in ((timedelta(hours=1), True), (timedelta(hours=30), False)):
        times = notes.note_times(note)
        moved = clock.NoteTimes(
            times.not_before, times.due_at, times.usable_until, times.acceptable_until, timezone.now() + suggested
        )
        monkeypatch.setattr("followups.services.notes.note_times", lambda *_args, moved=moved: moved)
        assert ((note, None, True) in ways(claim)) is is_offered


def test_the_note_then_carries_the_sentence_once_however_often_she_begins(claim, talk, grace, candidate, monkeypatch):
    note = notes.draft_note(talk, grace, by=candidate)
    monkeypatch.setattr(put_right, "_is_in_time", lambda *_args: True)
    for sentence in (SENTENCE, "I sat the course only."):
        note = put_right.begin(claim, by=candidate, sentence=sentence, note=note)
    assert (note.kind, note.carries) == ("thank_you", claim)
    assert note.body.count("one thing I would add: I sat the course only.") == 1
    assert SENTENCE not in note.body


def test_a_note_still_to_be_begun_is_a_way_too(claim, talk, grace, candidate, monkeypatch):
    monkeypatch.setattr(put_right, "_is_in_time", lambda *_args: True)
    assert ways(claim) == [(None, None, True), (None, grace, False)]
    note = put_right.begin(claim, by=candidate, sentence=SENTENCE)
    assert (note.kind, note.interviewer, note.carries) == ("thank_you", grace, claim)
    assert SENTENCE in note.body


def test_a_second_letter_to_the_same_person_is_no_way(claim, talk, grace, office, thanked, candidate):
    other = factories.MistakeFactory(
        interview=talk, kind="wrong_fact", relied_on="yes", correction="It was 2019, not 2018."
    )
    decisions.decide(other)
    other.refresh_from_db()
    put_right.begin(other, by=candidate, sentence="It was 2019.", person=grace)
    assert ways(claim) == [(None, office, True)]


@pytest.mark.parametrize("hour", [1, 12, 21, 23])
def test_it_is_due_by_the_end_of_today_there_but_never_in_less_than_two_hours(claim, hour):
    now = when.to_instant(when.to_wall(timezone.now(), "Africa/Nairobi").replace(hour=hour, minute=0), "Africa/Nairobi")
    due = when.to_wall(put_right.due_of(claim, now), "Africa/Nairobi")
    assert (due.hour, due.minute) == ((1, 0) if hour == 23 else (23, 59))


# Not now ---------------------------------------------------------------------


def test_put_off_keeps_nothing_open_and_nags_nowhere(claim, talk, thanked, candidate):
    put_right.keep_answers(claim, by=candidate, **ANSWERS)
    decisions.accept(decisions.current_decision(claim), by=candidate)
    step = step_of_interview(with_steps(Interview.objects).get(pk=talk.pk), timezone.now())
    assert (step.text, step.url) == ("One plain sentence is still to be written.", page(claim))

    put_right.put_off(claim, by=candidate)

    talk.refresh_from_db()
    assert talk.closed_at is not None
    step = step_of_interview(with_steps(Interview.objects).get(pk=talk.pk), timezone.now())
    assert (step.text, step.at) == ("Closed. Nothing needs you.", None)
    assert "One thing to put right when you like." in story.closing_text(talk, candidate)
    assert not Reminder.objects.filter(status="waiting", kind="note-due").exists()
    assert not OutboundEmail.objects.filter(to_third_party=True).exists()
    claim.refresh_from_db()
    assert claim.status == "decided"


def words_beside(client, talk):
    """What the interview's page says at the side of the statement."""
    page = client.get(reverse("interview-detail", args=[talk.public_id])).content.decode()
    return re.findall(r'<div class="row-side"><span class="badge"[^>]*>([^<]+)</span>\s*</div>', page)


def test_the_interview_says_that_it_waits_to_her_alone(claim, talk, grace, candidate, coach, client_of, browser):
    decisions.accept(decisions.current_decision(claim), by=candidate)
    assert words_beside(browser, talk) == ["Agreed"]
    put_right.put_off(claim, by=candidate)
    assert words_beside(browser, talk) == ["Waits until you are ready"]
    assert words_beside(client_of(coach), talk) == ["Agreed"]
    put_right.begin(claim, by=candidate, sentence=SENTENCE, person=grace)
    assert words_beside(browser, talk)[0] == "Agreed"


def test_put_off_puts_the_unsent_letter_away_and_coming_back_opens_the_interview_again(
    claim, talk, grace, thanked, candidate
):
    letter = put_right.begin(claim, by=candidate, sentence=SENTENCE, person=grace)
    put_right.put_off(claim, by=candidate)
    letter.refresh_from_db()
    assert letter.status == "skipped"
    again = put_right.begin(claim, by=candidate, sentence=SENTENCE, person=grace)
    talk.refresh_from_db()
    assert (again.status, talk.closed_at) == ("draft", None)


def test_once_it_is_said_nothing_is_left(claim, talk, grace, thanked, candidate, browser):
    letter = put_right.begin(claim, by=candidate, sentence=SENTENCE, person=grace)
    notes.mark_sent_by_self(letter, by=candidate)
    claim.refresh_from_db()
    assert claim.status == "done"


# The letter ------------------------------------------------------------------


def test_the_letter_may_go_after_the_outcome_and_long_after_the_note(claim, talk, grace, thanked, candidate):
    talk.outcome, talk.outcome_at = "offer", timezone.now()
    talk.save()
    letter = put_right.begin(claim, by=candidate, sentence=SENTENCE, person=grace)
    assert notes.why_not_by_afterword(letter) == ""
    assert notes.send_now(letter, by=candidate).status == "scheduled"


def test_a_fourth_sentence_is_one_too_many(claim, grace, thanked, candidate):
    for number, is_found in ((3, False), (4, True)):
        sentence = " ".join(f"The course number {place} is done." for place in range(1, number + 1))
        letter = put_right.begin(claim, by=candidate, sentence=sentence, person=grace)
        assert ("too_long" in {found.code for found in notes.findings_of(letter)}) is is_found


# The API ---------------------------------------------------------------------


def api(mistake, action=""):
    return f"/api/v1/mistakes/{mistake.public_id}/put-right/{action + '/' if action else ''}"


def test_the_same_by_the_api(browser, claim, grace, thanked):
    assert browser.get(api(claim)).json()["letter"] is None
    answered = browser.patch(api(claim), ANSWERS, **JSON).json()
    assert {name: answered[name] for name in ANSWERS} == ANSWERS
    assert answered["sentence"] == ANSWERS["truth"]
    assert answered["ways"] == [
        {"note": None, "person": str(grace.public_id), "name": "Grace Wanjiru", "is_suggested": True}
    ]
    begun = browser.post(api(claim, "begin"), {"sentence": SENTENCE, "person": str(grace.public_id)}, **JSON)
    assert (begun.status_code, begun.json()["kind"], begun.json()["carries"]) == (
        201,
        "correction",
        str(claim.public_id),
    )
    assert browser.get(api(claim)).json()["letter"] == begun.json()["public_id"]
    assert browser.post(api(claim, "later"), **JSON).json()["put_off_at"] is not None


def test_a_way_of_somebody_else_is_none(browser, claim, grace, thanked):
    elsewhere = factories.InterviewerFactory()
    answer = browser.post(api(claim, "begin"), {"sentence": SENTENCE, "person": str(elsewhere.public_id)}, **JSON)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["person"])
    other = factories.InterviewerFactory(interview__candidate=claim.interview.candidate)
    answer = browser.post(api(claim, "begin"), {"sentence": SENTENCE, "person": str(other.public_id)}, **JSON)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["way"])
    assert not claim.carried_by.exists()
