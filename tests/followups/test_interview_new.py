"""Logging an interview takes a minute, and nothing typed is lost."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Engagement
from accounts.when import to_wall
from followups.models import Reminder
from interviews.models import Interview
from tests.factories import EngagementFactory

URL = "/interviews/new/"
SENT = {"company": "Kijani Foods", "ended": "now", "decides": "unknown", "zone": "Africa/Nairobi"}


def wall(**delta):
    return (to_wall(timezone.now(), "Africa/Nairobi") + timedelta(**delta)).replace(second=0, microsecond=0)


def post(client, **fields):
    return client.post(URL, {**SENT, **fields})


def test_only_candidates_log_interviews(client_of, candidate, coach, admin):
    assert client_of(candidate).get(URL).status_code == 200
    assert client_of(coach).get(URL).status_code == 403
    assert client_of(admin).post(URL, SENT).status_code == 403


def test_who_will_read_it_is_said_before_it_is_written(client_of, candidate, coach):
    engagements = Engagement.objects.filter(candidate=candidate)
    engagements.update(share_new_interviews=False)
    assert "Only you will read them." in client_of(candidate).get(URL).content.decode()
    engagements.update(share_new_interviews=True)
    assert f"{coach.get_short_name()} can read them, as you chose" in client_of(candidate).get(URL).content.decode()


def test_three_answers_lead_to_the_debrief(client_of, candidate):
    response = post(client_of(candidate))
    interview = Interview.objects.get()
    assert (interview.candidate, interview.status, interview.ends_wall) == (candidate, "held", wall())
    assert response.url == f"/interviews/{interview.public_id}/debrief/"
    assert set(Reminder.objects.filter(recipient=candidate).values_list("kind", flat=True)) == {"debrief", "thank-you"}


def test_a_planned_one_waits(client_of, candidate):
    response = post(client_of(candidate), ended="planned", ends_wall=wall(days=2).isoformat(timespec="minutes"))
    interview = Interview.objects.get()
    assert (interview.status, interview.ends_wall) == ("planned", wall(days=2))
    assert response.url == f"/interviews/{interview.public_id}/"


@pytest.mark.parametrize(
    ("choice", "day"),
    [("today", "2026-11-20"), ("monday", "2026-11-23"), ("this_week", "2026-11-20"), ("unknown", None)],
)
def test_the_chips_of_the_decision(client_of, candidate, time_machine_at, choice, day):
    time_machine_at("2026-11-20T09:00:00+00:00")  # a Friday
    post(client_of(candidate), decides=choice)
    on = Interview.objects.get().decision_on
    assert (on and on.isoformat()) == day


def test_monday_is_the_next_one(client_of, candidate, time_machine_at):
    time_machine_at("2026-11-23T09:00:00+00:00")  # a Monday
    post(client_of(candidate), decides="monday")
    assert Interview.objects.get().decision_on.isoformat() == "2026-11-30"


@pytest.fixture
def time_machine_at(monkeypatch):
    def travel(instant):
        now = datetime.fromisoformat(instant)
        monkeypatch.setattr("followups.forms.interview.timezone.now", lambda: now)
        monkeypatch.setattr("interviews.services.interviews.timezone.now", lambda: now)

    return travel


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"company": ""}, "company"),
        ({"company": "Kijani\nBcc: all@example.org"}, "company"),
        ({"company": "x" * 81}, "company"),
        ({"ended": "earlier"}, "ends_wall"),
        ({"ended": "earlier", "ends_wall": "yesterday"}, "ends_wall"),
        ({"ended": "earlier", "ends_wall": "2199-01-01T10:00"}, "ends_wall"),
        ({"ended": "earlier", "ends_wall": "0001-01-01T00:00"}, "ends_wall"),
        ({"ended": "planned", "ends_wall": "2199-01-01T10:00"}, "ends_wall"),
        ({"ended": "whenever"}, "ended"),
        ({"zone": "Atlantis"}, "zone"),
        ({"decides": "date"}, "decision_on"),
        ({"decides": "date", "decision_on": "2020-01-01"}, "decision_on"),
        ({"decides": "date", "decision_on": "soon"}, "decision_on"),
    ],
)
def test_bad_input_stands_at_its_field_and_nothing_is_lost(client_of, candidate, fields, field):
    response = post(client_of(candidate), role_title="Content manager", **fields)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert 'value="Content manager"' in response.content.decode()
    assert not Interview.objects.exists()


def test_the_zone_begins_as_hers(client_of, candidate):
    candidate.zone = "Europe/London"
    candidate.save()
    assert client_of(candidate).get(URL).context["form"]["zone"].value() == "Europe/London"


def test_it_is_shared_as_she_chose_when_agreeing(client_of, candidate):
    EngagementFactory(candidate=candidate, share_new_interviews=True)
    post(client_of(candidate))
    assert Interview.objects.get().shared_with_coach
