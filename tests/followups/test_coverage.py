"""What they heard of the must-haves: at most one suggestion, only with evidence, offered once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followups.coverage import Heard, MustHave, suggestion
from followups.services import coverage, decisions
from interviews.models import Mistake, Requirement
from tests.factories import InterviewFactory, MistakeFactory, RequirementFactory, ThankYouNoteFactory

JSON = {"content_type": "application/json"}
EVIDENCE = "Two years of night shifts in Kisumu."


def row(key=1, heard=Heard.NOT_RAISED, evidence="e", **more):
    return MustHave(key=key, heard=heard, evidence=evidence, **more)


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        ([], None),
        ([row()], 1),
        ([row(evidence=" ")], None),
        ([row(heard=Heard.RAISED)], None),
        ([row(heard=Heard.UNKNOWN)], None),
        ([row(named=True)], None),
        ([row(1, Heard.PARTLY), row(2)], 2),
        ([row(2), row(1)], 1),
        ([row(1, Heard.PARTLY), row(2, Heard.PARTLY)], 1),
        ([row(1), row(2, Heard.RAISED, answered=True)], None),
    ],
)
def test_which_one_is_offered(rows, chosen):
    found = suggestion(rows)
    assert (found and found.key) == chosen


@given(
    st.lists(
        st.builds(MustHave, key=st.integers(), heard=st.sampled_from(Heard), evidence=st.text(), named=st.booleans())
    )
)
def test_never_without_evidence_and_never_what_they_heard(rows):
    found = suggestion(rows)
    assert found is None or (found.evidence.strip() and not found.named)
    assert found is None or found.heard in (Heard.NOT_RAISED, Heard.PARTLY)


@pytest.fixture
def unheard(interview):
    return RequirementFactory(interview=interview, text="Night shifts", coverage="not_raised", evidence=EVIDENCE)


def page(interview):
    return f"/interviews/{interview.public_id}/must-haves/"


def test_all_at_once_and_then_the_one_thing(client_of, candidate, interview):
    first, second = (RequirementFactory(interview=interview, text=text) for text in ("Writes", "Night shifts"))
    client = client_of(candidate)
    sent = {
        "coverage_0": "raised", "evidence_0": "", "coverage_1": "not_raised", "evidence_1": EVIDENCE, "new": "",
        "seen": client.get(page(interview)).context["seen"],
    }  # fmt: skip
    assert client.post(page(interview), sent).url == page(interview)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.coverage, second.coverage, second.evidence) == ("raised", "not_raised", EVIDENCE)
    shown = client.get(page(interview))
    assert shown.context["suggestion"] == second
    assert "One thing they did not hear" in shown.content.decode()


def test_with_nothing_to_offer_it_leads_on(client_of, candidate, interview):
    RequirementFactory(interview=interview)
    response = client_of(candidate).post(page(interview), {"coverage_0": "unknown", "evidence_0": EVIDENCE})
    assert response.url == f"/interviews/{interview.public_id}/notes/new/"


def test_a_must_have_is_named_there_and_asked_about_next(client_of, candidate, interview):
    client = client_of(candidate)
    assert client.post(page(interview), {"new": ""}).context["form"].errors["new"]
    assert client.post(page(interview), {"new": "Night shifts"}).url == page(interview)
    assert [bound.label for bound, _evidence in client.get(page(interview)).context["form"].pairs()] == ["Night shifts"]


def test_taking_it_fills_in_what_is_known(client_of, candidate, interview, unheard):
    client = client_of(candidate)
    response = client.post(f"/must-haves/{unheard.public_id}/take/", follow=True)
    mistake = Mistake.objects.get()
    assert (mistake.kind, mistake.text, mistake.requirement, mistake.has_new_information) == (
        "omitted_information", EVIDENCE, unheard, True,
    )  # fmt: skip
    # Only the sentence is left to write, and most of it stands there.
    assert {name: response.context["form"][name].value() for name in response.context["form"].fields} == {
        "correction": EVIDENCE
    }
    client.post(f"/mistakes/{mistake.public_id}/questions/?screen=3", {"correction": EVIDENCE})
    assert decisions.current_decision(mistake).action == "thank_you_note"
    assert coverage.suggestion_for(interview) is None


def test_leaving_it_is_remembered(client_of, candidate, interview, unheard):
    RequirementFactory(interview=interview, text="Other", coverage="not_raised", evidence="Something.")
    client = client_of(candidate)
    client.post(f"/must-haves/{unheard.public_id}/leave/")
    assert coverage.suggestion_for(interview) is None
    assert client.post(f"/must-haves/{unheard.public_id}/take/").status_code == 409
    assert not Mistake.objects.exists()
    assert "they did not hear" not in client.get(f"/interviews/{interview.public_id}/").content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"contact_prohibited": True},
        {"outcome": "rejected", "outcome_at": "2026-01-01T00:00Z"},
        {"outcome": "offer", "outcome_at": "2026-01-01T00:00Z"},
        {"status": "planned"},
    ],
)
def test_never_where_a_note_cannot_carry_it(interview, unheard, changes):
    assert coverage.suggestion_for(interview) == unheard
    type(interview).objects.filter(pk=interview.pk).update(**changes)
    interview.refresh_from_db()
    assert coverage.suggestion_for(interview) is None


def test_never_too_late_never_after_the_note_and_never_as_a_sixth(candidate, interview, unheard):
    old = InterviewFactory(candidate=candidate, ended_hours_ago=200, decision_on=None)
    RequirementFactory(interview=old, coverage="not_raised", evidence=EVIDENCE)
    assert coverage.suggestion_for(old) is None
    note = ThankYouNoteFactory(interview=interview)
    assert coverage.suggestion_for(interview) == unheard
    type(note).objects.update(status="sent_by_self", sent_at=interview.ends_at)
    assert coverage.suggestion_for(interview) is None
    note.delete()
    for _ in range(5):
        MistakeFactory(interview=interview)
    assert coverage.suggestion_for(interview) is None


def test_after_her_own_list_it_is_asked_where_it_can_help(client_of, candidate, interview):
    mistake = MistakeFactory(interview=interview)
    client, lines = client_of(candidate), f"/interviews/{interview.public_id}/mistakes/new/"
    questions = f"/mistakes/{mistake.public_id}/questions/"
    assert f'href="{questions}">That was all' in client.get(lines).content.decode()
    RequirementFactory(interview=interview)
    assert f'href="{page(interview)}">That was all' in client.get(lines).content.decode()
    Requirement.objects.update(coverage="raised")
    assert f'href="{questions}">That was all' in client.get(lines).content.decode()


def test_a_second_window_is_told(client_of, candidate, interview, unheard):
    client = client_of(candidate)
    sent = {"coverage_0": "raised", "evidence_0": EVIDENCE, "seen": client.get(page(interview)).context["seen"]}
    client.post(page(interview), {**sent, "evidence_0": "Other words."})
    told = client.post(page(interview), sent)
    assert (told.status_code, [text for _label, text in told.context["form"].elsewhere]) == (409, ["Other words."])
    unheard.refresh_from_db()
    assert unheard.evidence == "Other words."


def test_the_api_does_the_same(client_of, candidate, coach, stranger, interview, unheard):
    client, url = client_of(candidate), f"/api/v1/interviews/{interview.public_id}/suggestion/"
    assert client.get(url).json()["must_have"]["evidence"] == EVIDENCE
    assert [client_of(other).get(url).status_code for other in (coach, stranger)] == [403, 404]
    must_have = f"/api/v1/must-haves/{unheard.public_id}/"
    taken = client.post(must_have + "take/", **JSON)
    assert (taken.status_code, taken.json()) == (201, {"mistake": str(Mistake.objects.get().public_id)})
    assert (client.get(url).json(), client.post(must_have + "leave/", **JSON).status_code) == ({"must_have": None}, 409)
    assert client.get(must_have).json()["suggestion"] == "taken"


def test_the_api_leaves_it(client_of, candidate, interview, unheard):
    left = client_of(candidate).post(f"/api/v1/must-haves/{unheard.public_id}/leave/", **JSON)
    assert (left.status_code, left.json()["suggestion"]) == (200, "declined")
