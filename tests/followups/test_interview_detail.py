"""One interview with everything about it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, Engagement
from followups import steps
from followups.services import closing, decisions
from interviews.models import Interview
from tests.factories import (
    InterviewerFactory,
    InterviewFactory,
    MistakeFactory,
    RequirementFactory,
    ThankYouNoteFactory,
)


def url(interview):
    return f"/interviews/{interview.public_id}/"


@pytest.fixture
def full(interview):
    type(interview).objects.update(went_well="They liked my portfolio.", notes="Ask about the team.")
    decisions.decide(MistakeFactory(interview=interview, text="I left out the internship."))
    ThankYouNoteFactory(interview=interview)
    InterviewerFactory(interview=interview, name="Grace Wanjiru")
    RequirementFactory(interview=interview, text="Writes every week")
    return interview


WORDS = [
    "They liked my portfolio.",
    "Ask about the team.",
    "I left out the internship.",
    "Grace Wanjiru",
    "Writes every week",
]


def test_who_may_open_it(client_of, candidate, coach, other_coach, admin, stranger, full):
    seen = {
        user: client_of(user).get(url(full)).status_code for user in (candidate, coach, other_coach, admin, stranger)
    }
    assert list(seen.values()) == [200, 200, 404, 404, 404]
    assert client_of(None).get(url(full)).status_code == 302


def test_the_owner_reads_and_changes(client_of, candidate, coach, full):
    page = client_of(candidate).get(url(full)).content.decode()
    assert [word for word in WORDS if word not in page] == []
    assert page.count("Tom can read this") >= 3
    assert f'action="{url(full)}unshare/"' in page


def test_her_coach_reads_only(client_of, coach, full):
    page = client_of(coach).get(url(full)).content.decode()
    assert [word for word in WORDS if word not in page] == []
    assert "/edit/" not in page and f'action="{url(full)}' not in page
    assert AuditEntry.objects.filter(verb="read", by=coach, subject_id=full.public_id).count() == 1


def test_unshared_it_is_gone_for_the_coach_at_once(client_of, candidate, coach, full):
    assert client_of(candidate).post(url(full) + "unshare/").status_code == 302
    assert client_of(coach).get(url(full)).status_code == 404
    assert "Only you can read this" in client_of(candidate).get(url(full)).content.decode()


def test_the_end_of_the_engagement_ends_sight(client_of, coach, full):
    Engagement.objects.update(status="ended")
    assert client_of(coach).get(url(full)).status_code == 404


@pytest.mark.parametrize(
    "page", ["edit/", "closing/", "debrief/", "mistakes/new/", "interviewers/new/", "must-haves/new/", "correction/"]
)
def test_pages_around_it_open_for_the_owner_alone(
    client_of, candidate, coach, other_coach, admin, stranger, full, page
):
    statuses = [
        client_of(user).get(url(full) + page).status_code for user in (candidate, coach, other_coach, admin, stranger)
    ]
    own = 302 if page == "correction/" else 200
    assert statuses == [own, 403, 404, 404, 404]


@pytest.mark.parametrize("verb", ["hold", "cancel", "miss", "plan", "share", "unshare", "outcome"])
def test_only_the_owner_moves_it(client_of, coach, other_coach, admin, stranger, full, verb):
    statuses = [
        client_of(user).post(f"{url(full)}{verb}/").status_code for user in (coach, other_coach, admin, stranger)
    ]
    assert statuses == [403, 404, 404, 404]
    full.refresh_from_db()
    assert (full.status, full.shared_with_coach) == ("held", True)


@pytest.mark.parametrize("verb", ["hold", "cancel", "miss", "plan", "share", "unshare", "next-round"])
def test_a_link_that_is_opened_changes_nothing(client_of, candidate, full, verb):
    assert client_of(candidate).get(f"{url(full)}{verb}/").status_code == 405


def test_what_is_behind_her_is_folded_with_its_reason(client_of, candidate, interview):
    mistake = MistakeFactory(interview=interview, touches_must_have=False)
    decisions.accept(decisions.decide(mistake), by=candidate)
    page = client_of(candidate).get(url(interview)).content.decode()
    assert "Behind you" in page and "It will not decide this job." in page


def test_text_is_text(client_of, candidate, interview):
    type(interview).objects.update(notes="<script>alert(1)</script>", company="<b>K</b>")
    page = client_of(candidate).get(url(interview)).content.decode()
    assert "<script>alert(1)" not in page and "<b>K</b>" not in page


def test_a_planned_one_offers_what_may_have_happened(client_of, candidate):
    interview = InterviewFactory(candidate=candidate, status="planned")
    page = client_of(candidate).get(url(interview)).content.decode()
    assert "It took place" in page and "I missed it" in page


def test_queries_do_not_grow_with_mistakes(client_of, candidate, interview, django_assert_max_num_queries):
    for _ in range(5):
        decisions.decide(MistakeFactory(interview=interview, touches_must_have=False))
    client = client_of(candidate)
    with django_assert_max_num_queries(20):
        client.get(url(interview))


def test_a_closed_one_answers_calmly(client_of, candidate, interview):
    type(interview).objects.update(closed_at=timezone.now(), contact_prohibited=True)
    response = client_of(candidate).get(url(interview))
    assert response.context["step"].text == "Closed. Nothing needs you."


def test_a_sixth_thing_can_be_added_from_the_page_of_the_interview(client_of, candidate, interview):
    MistakeFactory.create_batch(5, interview=interview)
    page = client_of(candidate).get(f"/interviews/{interview.public_id}/").content.decode()
    assert f"/interviews/{interview.public_id}/mistakes/new/" in page


def test_what_comes_before_the_note_says_by_when(interview):
    MistakeFactory(interview=interview)
    now = timezone.now()
    row = steps.with_steps(Interview.objects.filter(pk=interview.pk)).get()
    step = steps.step_of_interview(row, now)
    assert (step.label, step.at) == ("Go on with it", interview.ends_at + timedelta(hours=24))
    late = steps.step_of_interview(row, now + timedelta(hours=30))
    assert late.at is None


def test_a_letter_that_puts_a_fact_right_is_no_thanks(client_of, candidate, interview):
    ThankYouNoteFactory(interview=interview, kind="correction", status="sent_by_self", sent_at=timezone.now())
    assert not closing.close_if_done(interview)
    row = steps.with_steps(Interview.objects.filter(pk=interview.pk)).get()
    assert steps.step_of_interview(row, timezone.now()).label == "Begin the note"
    page = client_of(candidate).get(f"/interviews/{interview.public_id}/").content.decode()
    assert "puts one fact right" in page and "No thank-you note yet." in page
