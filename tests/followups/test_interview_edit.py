"""Changing the facts: everything that hangs on them moves along, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from followups.models import ThankYouNote
from followups.services import decisions
from tests.factories import InterviewFactory, MistakeFactory, ThankYouNoteFactory


def url(interview):
    return f"/interviews/{interview.public_id}/edit/"


def sent(interview, **fields):
    return {
        "company": interview.company,
        "ends_wall": interview.ends_wall.isoformat(timespec="minutes"),
        "zone": interview.zone,
        "went_well": "They laughed.",
        **fields,
    }


def test_it_saves(client_of, candidate, interview):
    earlier = InterviewFactory(candidate=candidate, ended_hours_ago=200)
    response = client_of(candidate).post(
        url(interview), sent(interview, company="Other", previous=str(earlier.public_id))
    )
    interview.refresh_from_db()
    assert response.url == f"/interviews/{interview.public_id}/"
    assert (interview.company, interview.previous, interview.went_well) == ("Other", earlier, "They laughed.")


def test_it_shows_what_is_there(client_of, candidate, interview):
    earlier = InterviewFactory(candidate=candidate, ended_hours_ago=200)
    type(interview).objects.filter(pk=interview.pk).update(previous=earlier)
    form = client_of(candidate).get(url(interview)).context["form"]
    assert (form["company"].value(), form["previous"].value()) == (interview.company, earlier.public_id)


def test_the_country_decides_which_days_are_the_weekend(client_of, candidate, interview):
    client = client_of(candidate)
    client.post(url(interview), sent(interview, country="EG"))
    interview.refresh_from_db()
    form = client.get(url(interview)).context["form"]
    assert (interview.country, form["country"].value()) == ("EG", "EG")
    refused = client.post(url(interview), sent(interview, country="Egypt"))
    assert list(refused.context["form"].errors) == ["country"]


def test_the_notes_deadline_moves_with_the_end(client_of, candidate, interview):
    note = ThankYouNoteFactory(interview=interview)
    earlier = interview.ends_wall - timedelta(hours=3)
    client_of(candidate).post(url(interview), sent(interview, ends_wall=earlier.isoformat(timespec="minutes")))
    note.refresh_from_db()
    interview.refresh_from_db()
    assert note.due_at == interview.ends_at + timedelta(hours=24)


def test_contact_forbidden_turns_the_decision(client_of, candidate, interview):
    mistake = MistakeFactory(interview=interview)
    decisions.decide(mistake)
    client_of(candidate).post(url(interview), sent(interview, contact_prohibited="on"))
    assert decisions.current_decision(mistake).action == "practice"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"company": ""}, "company"),
        ({"starts_wall": "2026-01-01T10:00", "ends_wall": "2026-01-01T09:00"}, "ends_wall"),
        ({"ends_wall": "2199-01-01T10:00"}, "ends_wall"),
        ({"ends_wall": ""}, "ends_wall"),
        ({"zone": "Atlantis"}, "zone"),
        ({"decision_on": "2020-01-01"}, "decision_on"),
        ({"decision_time": "09:00"}, "decision_on"),
        ({"went_well": "x" * 4001}, "went_well"),
    ],
)
def test_bad_input_stands_at_its_field_and_nothing_is_lost(client_of, candidate, interview, fields, field):
    response = client_of(candidate).post(url(interview), sent(interview, notes="Keep this", **fields))
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert "Keep this" in response.content.decode()
    interview.refresh_from_db()
    assert interview.notes == ""


def test_an_earlier_round_of_somebody_else_is_none(client_of, candidate, stranger, interview):
    foreign = InterviewFactory(candidate=stranger)
    for previous in (foreign.public_id, interview.public_id, "x"):
        response = client_of(candidate).post(url(interview), sent(interview, previous=str(previous)))
        assert list(response.context["form"].errors) == ["previous"]


def test_cancelling_skips_notes(client_of, candidate, interview):
    note = ThankYouNoteFactory(interview=interview)
    client_of(candidate).post(f"/interviews/{interview.public_id}/cancel/")
    interview.refresh_from_db()
    note.refresh_from_db()
    assert (interview.status, note.status) == ("cancelled", ThankYouNote.Status.SKIPPED)


def test_holding_a_planned_one_leads_to_the_debrief(client_of, candidate):
    interview = InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-1)
    response = client_of(candidate).post(f"/interviews/{interview.public_id}/hold/")
    interview.refresh_from_db()
    assert (interview.status, response.url) == ("held", f"/interviews/{interview.public_id}/debrief/")
    assert interview.ends_at <= timezone.now()


def test_a_cancelled_one_gets_a_new_date(client_of, candidate):
    interview = InterviewFactory(candidate=candidate, status="cancelled")
    response = client_of(candidate).post(f"/interviews/{interview.public_id}/plan/")
    interview.refresh_from_db()
    assert (interview.status, response.url) == ("planned", url(interview))


def test_a_move_that_is_none_is_told(client_of, candidate, interview):
    page = f"/interviews/{interview.public_id}/"
    response = client_of(candidate).post(page + "miss/", headers={"referer": f"http://testserver{page}"}, follow=True)
    assert "This has moved on in the meantime" in response.content.decode()


def test_an_outcome_is_noted(client_of, candidate, interview):
    client = client_of(candidate)
    client.post(f"/interviews/{interview.public_id}/outcome/", {"outcome": "rejected"})
    interview.refresh_from_db()
    assert interview.outcome == "rejected"
    client.post(f"/interviews/{interview.public_id}/outcome/", {"outcome": "glory"})
    interview.refresh_from_db()
    assert interview.outcome == "rejected"


def test_a_second_window_is_told_and_keeps_its_words(client_of, candidate, interview):
    client = client_of(candidate)
    seen = client.get(url(interview)).context["seen"]
    client.post(url(interview), sent(interview, notes="Floor two.", seen=seen))
    told = client.post(url(interview), sent(interview, notes="Ask for Mary.", seen=seen))
    interview.refresh_from_db()
    assert (told.status_code, told.context["form"].elsewhere) == (409, [("Jottings", "Floor two.")])
    assert interview.notes == "Floor two."
    assert "Ask for Mary." in told.content.decode()
    client.post(url(interview), sent(interview, notes="Ask for Mary.", seen=told.context["seen"]))
    interview.refresh_from_db()
    assert interview.notes == "Ask for Mary."
