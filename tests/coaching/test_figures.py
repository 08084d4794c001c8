"""Figures of reviews: each with its n, silent about few, and without a word of anybody's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching import figures, tasks
from coaching.models import Review
from followups.services import decisions
from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1/review-figures/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLANTED = "planted-words-of-hers"


@pytest.fixture
def interview(candidate):
    return factories.InterviewFactory(candidate=candidate, shared_with_coach=True, company=PLANTED)


def made(coach, interview, number, status="answered", *, took=HOUR, by=6 * HOUR, ago=10 * DAY):
    """So many reviews asked some days ago; `took`: until the answer."""
    asked = timezone.now() - ago
    rows = Review.objects.bulk_create(
        Review(
            interview=interview,
            candidate=interview.candidate,
            coach=coach,
            status=status,
            question=PLANTED,
            message=PLANTED,
            answer_by=asked + by,
            answered_at=asked + took if status == "answered" else None,
        )
        for _number in range(number)
    )
    Review.objects.filter(pk__in=[row.pk for row in rows]).update(created_at=asked)
    return rows


def test_counted_are_those_that_are_over(coach, interview):
    made(coach, interview, 15)
    made(coach, interview, 3, took=7 * HOUR)  # after its time
    made(coach, interview, 2, "went_without")
    made(coach, interview, 4, "withdrawn")
    made(coach, interview, 1, "open")
    made(coach, interview, 5, ago=200 * DAY)
    own = figures.of_coach(coach, timezone.now())
    assert (own.n, own.in_time, own.without, own.answered) == (20, 15, 5, 18)
    assert (own.in_time_share, own.without_share, own.median_answer) == (75, 25, None)


def test_below_twenty_the_shares_are_silent(coach, interview):
    made(coach, interview, 19)
    own = figures.of_coach(coach, timezone.now())
    assert (own.n, own.in_time_share, own.median_answer) == (19, None, None)
    made(coach, interview, 1, took=3 * HOUR)
    own = figures.of_coach(coach, timezone.now())
    assert (own.n, own.in_time_share, own.median_answer) == (20, 100, HOUR)


def test_the_change_rate_is_of_decisions(coach, interview):
    decision = decisions.decide(factories.MistakeFactory(interview=interview))
    rows = made(coach, interview, 20)
    for number, row in enumerate(rows):
        row.items.create(
            decision=decision, answer="change" if number < 5 else "agree", action="let_go" if number < 5 else ""
        )
    own = figures.of_coach(coach, timezone.now())
    assert (own.items, own.changed, own.changed_share) == (20, 5, 25)


def test_page_for_the_cast(coach, other_coach, admin, candidate, stranger, interview, client_of):
    made(coach, interview, 21)
    statuses = [
        client_of(user).get(reverse("review-figures")).status_code
        for user in (coach, other_coach, admin, candidate, stranger, None)
    ]
    assert statuses == [200, 200, 200, 403, 403, 302]
    assert client_of(other_coach).get(reverse("review-figures")).context["own"].n == 0
    assert "coaches" not in client_of(coach).get(reverse("review-figures")).context


def test_an_admin_sees_numbers_and_below_five_not_even_those(coach, other_coach, admin, interview, client_of):
    made(coach, interview, 21)
    made(other_coach, interview, 4)
    page = client_of(admin).get(reverse("review-figures"))
    assert PLANTED not in page.text
    assert [(one.coach, one.n, one.is_few) for one in page.context["coaches"]] == [
        (other_coach, 4, True),
        (coach, 21, False),
    ]
    assert page.text.count("fewer than 5") == 1
    answer = client_of(admin).get(API)
    assert PLANTED not in answer.text
    told = {one["coach"]["name"]: (one["n"], one["in_time_percent"]) for one in answer.json()["coaches"]}
    assert told == {"Ruth Njeri": (None, None), "Tom Barasa": (21, 100)}
    assert (answer.json()["all"]["n"], answer.json()["own"]) == (21, None)  # not 25: the rest would tell


def test_a_coach_reads_her_own_by_api(coach, other_coach, interview, client_of):
    made(coach, interview, 4)
    body = client_of(coach).get(API).json()
    assert (body["own"]["n"], body["all"], body["coaches"]) == (4, None, [])
    assert body["own"]["median_answer_seconds"] is None


def test_weeks_with_very_few_are_silent(coach, interview, admin, client_of):
    made(coach, interview, 4, ago=20 * DAY)
    made(coach, interview, 6, "went_without", ago=10 * DAY)
    weeks = client_of(admin).get(reverse("review-figures")).context["weeks"]
    assert [(one.in_time, one.without, one.is_silent) for one in weeks] == [(0, 6, False), (4, 0, True)]


def test_the_page_asks_as_often_for_thirty_coaches_as_for_one(
    coach, admin, interview, client_of, django_assert_num_queries
):
    made(coach, interview, 5)
    client = client_of(admin)
    client.get(reverse("review-figures"))
    with django_assert_num_queries(9):
        client.get(reverse("review-figures"))
    for other in factories.CoachFactory.create_batch(29):
        made(other, interview, 5)
    with django_assert_num_queries(9):
        assert len(client.get(reverse("review-figures")).context["coaches"]) == 30


def test_an_admin_without_reviews_is_told_what_will_stand_there(admin, client_of):
    assert "No review is over yet" in client_of(admin).get(reverse("review-figures")).text


@pytest.fixture
def very_many(monkeypatch):
    """As if these few were."""
    monkeypatch.setattr(figures, "KEPT_FROM", 5)


def test_of_very_many_the_sum_is_counted_hourly_and_says_when(
    very_many, coach, other_coach, interview, admin, client_of
):
    made(coach, interview, 21)
    made(other_coach, interview, 4)
    now = timezone.now()
    counted = client_of(admin).get(reverse("review-figures")).context
    tasks.keep_figures()
    made(coach, interview, 5)
    kept = client_of(admin).get(reverse("review-figures"))
    assert (kept.context["all"], kept.context["weeks"]) == (counted["all"], counted["weeks"])
    assert [(one.coach, one.n) for one in kept.context["coaches"]] == [(other_coach, 4), (coach, 26)]
    assert ("Counted every hour, last:" in kept.text, "at" in counted) == (True, False)
    figures.keep(now + timedelta(hours=1))
    assert client_of(admin).get(reverse("review-figures")).context["all"].n == 26


def test_what_was_kept_too_long_ago_counts_no_more(very_many, coach, interview):
    made(coach, interview, 6)
    now = timezone.now()
    figures.keep(now)
    assert [figures.kept(now + timedelta(hours=hours)) is None for hours in (5, 7)] == [False, True]


def test_of_few_nothing_is_kept(very_many, coach, interview):
    rows = made(coach, interview, 6)
    now = timezone.now()
    figures.keep(now)
    assert figures.kept(now) is not None
    rows[0].delete()
    figures.keep(now)
    assert figures.kept(now) is None


def test_of_very_many_coaches_a_page_shows_twenty_five(very_many, interview, admin, client_of):
    for number in range(30):
        made(factories.CoachFactory(name=f"Coach {number:02}"), interview, 6)
    figures.keep(timezone.now())
    client = client_of(admin)
    first = client.get(reverse("review-figures"))
    second = client.get(reverse("review-figures") + first.context["page"].next_url)
    names = [one.coach.name for page in (first, second) for one in page.context["coaches"]]
    assert (len(first.context["coaches"]), names) == (25, [f"Coach {number:02}" for number in range(30)])
