"""Logging interviews and changing them."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.records import Conflict, Refused
from accounts.when import to_instant
from interviews import services
from interviews.models import Interview, InterviewGrant
from tests.factories import CoachFactory, EngagementFactory, InterviewFactory

NOW = datetime.fromisoformat("2026-11-20T15:30:20+00:00")
WALL = datetime(2026, 11, 20, 18, 30)  # noqa: DTZ001 -- wall time in Nairobi


def log(candidate, **fields):
    return services.log_interview(candidate=candidate, by=candidate, now=NOW, **{"company": "Kijani Foods", **fields})


def refused(candidate, **fields):
    with pytest.raises(Refused) as refusal:
        log(candidate, **fields)
    assert not Interview.objects.exists()
    return refusal.value.field


def test_company_alone_is_enough(candidate):
    interview = log(candidate)
    assert (interview.status, interview.zone, interview.ends_wall) == ("held", "Africa/Nairobi", WALL)
    assert interview.ends_at == to_instant(WALL, "Africa/Nairobi")
    assert not interview.shared_with_coach
    assert [(event.old, event.new, event.by) for event in interview.events.all()] == [("", "held", candidate)]


def test_just_now_is_read_off_the_clock_of_the_interviews_zone(candidate):
    assert log(candidate, zone="Europe/London").ends_wall == datetime(2026, 11, 20, 15, 30)  # noqa: DTZ001


def test_a_new_one_is_shared_if_the_engagement_says_so(candidate):
    engagement = EngagementFactory(candidate=candidate, share_new_interviews=True)
    assert log(candidate).shared_with_coach
    type(engagement).objects.update(status="ended")
    assert not log(candidate).shared_with_coach


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"ends_wall": WALL, "starts_wall": WALL}, "ends_wall"),
        ({"ends_wall": WALL, "starts_wall": WALL + timedelta(hours=1)}, "ends_wall"),
        ({"ends_wall": WALL, "starts_wall": WALL - timedelta(days=9)}, "ends_wall"),
        ({"ends_wall": WALL + timedelta(hours=1)}, "ends_wall"),
        ({"ends_wall": datetime(1, 1, 1)}, "ends_wall"),  # noqa: DTZ001
        ({"ends_wall": datetime(9999, 12, 31, 23)}, "ends_wall"),  # noqa: DTZ001
        ({"planned": True, "ends_wall": WALL + timedelta(days=900)}, "ends_wall"),
        ({"zone": "Nairobi"}, "zone"),
        ({"zone": "Africa/Atlantis"}, "zone"),
        ({"decision_on": date(2026, 11, 19)}, "decision_on"),
        ({"decision_on": date(2026, 11, 20), "decision_time": time(18, 30)}, "decision_on"),
        ({"decision_time": time(9)}, "decision_on"),
        ({"decision_on": date(9999, 1, 1)}, "decision_on"),
        ({"company": ""}, "company"),
        ({"company": "Kijani\r\nBcc: all@example.org"}, "company"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(candidate, fields, at):
    assert refused(candidate, **fields) == at


def test_a_decision_later_the_same_day_is_fine(candidate):
    assert log(candidate, decision_on=date(2026, 11, 20), decision_time=time(19)).decision_time == time(19)


def test_editing_derives_the_instants_anew(candidate):
    interview = log(candidate)
    edited = services.edit_interview(
        interview, by=candidate, zone="Europe/London", ends_wall=WALL - timedelta(hours=4), now=NOW
    )
    assert edited.ends_at == to_instant(WALL - timedelta(hours=4), "Europe/London")


def test_a_refused_edit_leaves_everything_as_it_was(candidate):
    interview = log(candidate)
    with pytest.raises(Refused):
        services.edit_interview(interview, by=candidate, company="Other", zone="Mars/Base", now=NOW)
    interview.refresh_from_db()
    assert (interview.company, interview.zone) == ("Kijani Foods", "Africa/Nairobi")


def test_status_and_owner_cannot_be_assigned(candidate, stranger):
    for field, value in {"status": "planned", "candidate": stranger, "shared_with_coach": True}.items():
        with pytest.raises(TypeError):
            services.edit_interview(log(candidate), by=candidate, **{field: value})


def test_rounds_are_of_ones_own_and_never_circular(candidate, stranger):
    first, foreign = log(candidate), log(stranger)
    second = log(candidate, previous=first)
    for interview, previous in ((first, second), (first, first), (first, foreign)):
        with pytest.raises(Refused) as refusal:
            services.edit_interview(interview, by=candidate, previous=previous, now=NOW)
        assert refusal.value.field == "previous"


def test_holding_one_early_ends_it_now(candidate):
    interview = log(candidate, planned=True, ends_wall=WALL + timedelta(hours=3), starts_wall=WALL + timedelta(hours=2))
    services.hold_interview(interview, by=candidate, now=NOW)
    assert (interview.status, interview.ends_wall, interview.starts_wall) == ("held", WALL, None)


def test_states_move_by_the_map_only(candidate):
    interview = log(candidate, planned=True, ends_wall=WALL + timedelta(days=1))
    services.cancel_interview(interview, by=candidate)
    services.plan_again(interview, by=candidate)
    services.miss_interview(interview, by=candidate)
    with pytest.raises(Conflict):
        services.hold_interview(interview, by=candidate, now=NOW)
    assert [event.new for event in interview.events.all()] == ["planned", "cancelled", "planned", "missed"]


def test_an_outcome_has_its_time_and_can_be_taken_back(candidate):
    interview = services.record_outcome(log(candidate), "offer", by=candidate, now=NOW)
    assert (interview.outcome, interview.outcome_at) == ("offer", NOW)
    interview = services.record_outcome(interview, "none", by=candidate, now=NOW)
    assert (interview.outcome, interview.outcome_at) == ("none", None)


def test_an_outcome_needs_an_interview_that_was_held(candidate):
    with pytest.raises(Refused):
        services.record_outcome(log(candidate, planned=True, ends_wall=WALL + timedelta(days=1)), "offer", by=candidate)


def test_sharing_is_a_switch(candidate):
    interview = services.share(log(candidate), by=candidate)
    assert interview.shared_with_coach
    assert not services.unshare(interview, by=candidate).shared_with_coach


def test_a_grant_opens_one_interview_to_one_coach_until_its_end(candidate, other_coach):
    now = timezone.now()
    open_one, past, _other = (InterviewFactory(candidate=candidate) for _ in range(3))
    for interview, hours in ((open_one, 1), (past, -1)):
        InterviewGrant.objects.create(interview=interview, coach=other_coach, ends_at=now + timedelta(hours=hours))
    assert list(Interview.objects.visible_to(other_coach)) == [open_one]
    assert not Interview.objects.visible_to(CoachFactory()).exists()


def test_reads_by_others_are_kept_once_an_hour(candidate, coach, interview):
    now = timezone.now()
    services.record_read(interview, by=candidate, now=now)
    for minutes in (0, 30, 59):
        services.record_read(interview, by=coach, now=now + timedelta(minutes=minutes))
    assert AuditEntry.objects.filter(verb="read", subject_id=interview.public_id).count() == 1
    services.record_read(interview, by=coach, now=now + timedelta(minutes=61))
    assert AuditEntry.objects.filter(verb="read", subject_id=interview.public_id).count() == 2


def test_people_and_must_haves(candidate):
    interview = InterviewFactory(candidate=candidate)
    person = services.add_interviewer(interview, by=candidate, name="Grace Wanjiru", email="grace@kijani.example")
    services.edit_interviewer(person, by=candidate, title="Editor")
    for field, value in {"name": "", "email": "grace", "zone": "Mars/Base"}.items():
        with pytest.raises(Refused) as refusal:
            services.edit_interviewer(person, by=candidate, **{field: value})
        assert refusal.value.field == field
        person.refresh_from_db()
    assert (person.name, person.title, person.email) == ("Grace Wanjiru", "Editor", "grace@kijani.example")
    first = services.add_requirement(interview, by=candidate, text="Writes every week")
    assert services.add_requirement(interview, by=candidate, text="writes every week ") == first
    services.remove_interviewer(person, by=candidate)
    services.remove_requirement(first, by=candidate)
    assert (interview.interviewers.count(), interview.requirements.count()) == (0, 0)


def test_a_panel_of_hundreds_is_refused(candidate):
    interview = InterviewFactory(candidate=candidate)
    for number in range(20):
        services.add_interviewer(interview, by=candidate, name=f"Person {number}")
        services.add_requirement(interview, by=candidate, text=f"Skill {number}")
    with pytest.raises(Refused):
        services.add_interviewer(interview, by=candidate, name="One more")
    with pytest.raises(Refused):
        services.add_requirement(interview, by=candidate, text="One more")
