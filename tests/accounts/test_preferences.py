"""What she chooses about reminders: by page and by API, with what waits for her following."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from followups import reminders
from followups.models import Reminder
from tests.followups.test_reminders_plan import interview_that_ended

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
AHEAD = datetime(2099, 3, 4, 9, tzinfo=UTC)  # noon in Nairobi


@pytest.fixture
def waiting(candidate):
    """A reminder to write things down, due at one o'clock her time."""
    reminders.refresh(interview_that_ended(AHEAD, candidate=candidate, contact_prohibited=True))
    return Reminder.objects.get(kind="debrief")


def by_page(client, **data):
    form = {"name": "Achieng Otieno", "zone": "Africa/Nairobi", "quiet_from": "22:00", "quiet_until": "07:00"}
    return client.post(reverse("settings-edit"), {**form, **data})


def by_api(client, **data):
    return client.patch(reverse("api:preferences"), data, content_type="application/json")


@pytest.mark.parametrize("save", [by_page, by_api])
def test_new_quiet_hours_move_what_waits(candidate, client_of, waiting, save):
    save(client_of(candidate), quiet_from="12:30", quiet_until="15:00")
    waiting.refresh_from_db()
    assert (waiting.due_at, waiting.deliver_at) == (AHEAD + HOUR, AHEAD + 3 * HOUR)


@pytest.mark.parametrize("save", [by_page, by_api])
def test_a_new_zone_moves_what_waits(candidate, client_of, waiting, save):
    save(client_of(candidate), zone="Asia/Tokyo")  # seven in the evening there
    waiting.refresh_from_db()
    assert waiting.deliver_at == AHEAD + HOUR
    save(client_of(candidate), zone="Pacific/Auckland")  # eleven at night
    waiting.refresh_from_db()
    assert waiting.deliver_at == datetime(2099, 3, 4, 18, tzinfo=UTC)


@pytest.mark.parametrize("save", [by_page, by_api])
def test_the_same_time_twice_means_no_quiet_hours(candidate, client_of, waiting, save):
    assert save(client_of(candidate), quiet_from="13:00", quiet_until="13:00").status_code in (200, 302)
    candidate.refresh_from_db()
    assert (candidate.quiet_from, candidate.quiet_until) == (time(13), time(13))
    waiting.refresh_from_db()
    assert waiting.deliver_at == waiting.due_at


def test_one_kind_turned_off_and_on_leaves_the_others(candidate, client_of):
    client = client_of(candidate)
    off = by_api(client, reminders=[{"name": "debrief", "wanted": False}]).json()
    assert [kind["name"] for kind in off["reminders"] if not kind["wanted"]] == ["debrief"]
    by_api(client, reminders=[{"name": "closing", "wanted": False}])
    candidate.refresh_from_db()
    assert sorted(candidate.muted_reminders) == ["closing", "debrief"]
    on = by_api(client, reminders=[{"name": "debrief", "wanted": True}]).json()
    assert [kind["name"] for kind in on["reminders"] if not kind["wanted"]] == ["closing"]


@pytest.mark.parametrize(
    "data",
    [
        {"reminders": [{"name": "few-slots", "wanted": False}]},  # an admin's
        {"reminders": [{"name": "nonsense", "wanted": True}]},
        {"zone": "Mars/Olympus"},
        {"quiet_from": "25:00"},
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(candidate, client_of, data):
    assert by_api(client_of(candidate), **data).status_code == 400
    before = candidate.muted_reminders, candidate.zone, candidate.quiet_from
    candidate.refresh_from_db()
    assert (candidate.muted_reminders, candidate.zone, candidate.quiet_from) == before


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("candidate", {"debrief", "thank-you", "note-out", "closing", "prep", "outcome", "brief-out", "referee-answer", "addresses", "mock-session", "report", "slot-offered", "waiting-list", "desk-untaken", "comment", "review", "session"}),
        ("coach", {"mock-session", "report-due", "desk", "comment", "review", "session", "slots", "reviews-waiting", "review-urgent", "invitation-over"}),
        ("admin", {"few-slots", "no-room", "mail-alert", "invitation-over"}),
    ],
)  # fmt: skip
def test_each_role_chooses_among_its_own(request, client_of, role, kinds):
    person = request.getfixturevalue(role)
    body = client_of(person).get(reverse("api:preferences")).json()
    assert {kind["name"] for kind in body["reminders"]} == kinds
    offered = client_of(person).get(reverse("settings-edit")).context["form"].fields["reminders"].choices
    assert {name for name, _label in offered} == kinds


@pytest.mark.parametrize("choice", [{"wanted": False}, {"name": "debrief"}, {}])
def test_half_a_choice_is_refused_in_words(candidate, client_of, choice):
    answer = by_api(client_of(candidate), reminders=[choice])
    assert answer.status_code == 400
    assert "required" in str(answer.json()["errors"]["reminders"])
