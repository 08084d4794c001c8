"""Engagements: both agree, sight begins and ends with it."""

import base64

import pytest
from django.urls import reverse

from accounts import services
from accounts.models import AuditEntry, Engagement
from accounts.records import Conflict
from followups.models import OutboundEmail
from interviews.models import Interview
from tests.factories import CoachFactory, EngagementFactory, InterviewFactory

pytestmark = pytest.mark.django_db


def states(engagement):
    return list(engagement.events.values_list("old", "new"))


def test_becomes_active_when_both_agreed(candidate, admin):
    coach = CoachFactory()
    engagement = services.propose_engagement(candidate=candidate, coach=coach, by=admin)

    services.agree_to_engagement(engagement, by=coach)
    engagement.refresh_from_db()
    assert engagement.status == "invited"

    services.agree_to_engagement(engagement, by=candidate, share_new_interviews=True)
    engagement.refresh_from_db()
    assert (engagement.status, engagement.share_new_interviews) == ("active", True)
    assert states(engagement) == [("", "invited"), ("invited", "active")]
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True)) == [
        "engagement proposed",
        "engagement began",
    ]


def test_only_one_live_engagement_per_pair(candidate, coach):
    with pytest.raises(Conflict):
        services.propose_engagement(candidate=candidate, coach=coach, by=candidate)


def test_ending_it_ends_sight_at_once(candidate, coach, interview):
    assert list(Interview.objects.visible_to(coach)) == [interview]

    services.end_engagement(Engagement.objects.get(coach=coach), by=candidate)

    assert list(Interview.objects.visible_to(coach)) == []


def test_a_deactivated_coach_sees_nothing(coach, interview, admin):
    services.deactivate(coach, by=admin)

    assert list(Interview.objects.visible_to(coach)) == []


def test_admins_and_other_coaches_see_no_interview(admin, other_coach, stranger, interview):
    assert [list(Interview.objects.visible_to(user)) for user in (admin, other_coach, stranger)] == [[], [], []]


def test_unshared_interviews_stay_private(candidate, coach):
    InterviewFactory(candidate=candidate, shared_with_coach=False)

    assert list(Interview.objects.visible_to(coach)) == []


def test_candidate_agrees_on_the_page_and_chooses_sharing(client_of, candidate):
    engagement = services.propose_engagement(candidate=candidate, coach=CoachFactory(), by=candidate)
    engagement.candidate_agreed_at = None
    engagement.save()

    response = client_of(candidate).post(
        reverse("engagement-agree", args=[engagement.public_id]), {"share_new_interviews": "on"}
    )

    engagement.refresh_from_db()
    assert response.status_code == 302
    assert (engagement.candidate_agreed_at is not None, engagement.share_new_interviews) == (True, True)


def test_nobody_agrees_for_somebody_else(client_of, admin, stranger, candidate):
    engagement = services.propose_engagement(candidate=candidate, coach=CoachFactory(), by=candidate)
    address = reverse("engagement-agree", args=[engagement.public_id])

    assert [client_of(user).post(address).status_code for user in (admin, stranger, candidate)] == [403, 404, 403]


def test_pages_by_role(client_of, candidate, coach, other_coach, admin, stranger):
    address = reverse("engagement-detail", args=[Engagement.objects.get(coach=coach).public_id])

    statuses = [
        client_of(user).get(address).status_code for user in (candidate, coach, admin, other_coach, stranger, None)
    ]

    assert statuses == [200, 200, 200, 404, 404, 302]


def test_second_page_follows_the_first(client_of, admin):
    made = [EngagementFactory() for _ in range(30)]
    browser = client_of(admin)

    first = browser.get(reverse("engagement-list")).context["page"]
    second = browser.get(reverse("engagement-list") + first.next_url).context["page"]

    assert [row.pk for row in [*first, *second]] == [row.pk for row in reversed(made)]
    assert browser.get(reverse("engagement-list") + second.previous_url).context["page"].rows == first.rows


@pytest.mark.parametrize(
    "inside",
    [
        b"\0nonsense",
        b'["2026-01-01T00:00:00+00:00", Infinity]',
        b'["0001-01-01T00:00:00+14:00", 1]',
        b'["2026-01-01", 1]',
        b"[" * 5000,
        b"{}",
    ],
)
def test_a_broken_cursor_shows_a_page_all_the_same(client_of, admin, inside):
    EngagementFactory()
    cursor = base64.urlsafe_b64encode(inside).decode()

    assert client_of(admin).get(reverse("engagement-list"), {"after": cursor}).status_code == 200


def test_a_coach_sees_whom_she_has_invited(client_of, coach, other_coach):
    services.invite(email="newcomer@example.org", role="candidate", by=coach, coach=coach)

    pages = [client_of(user).get(reverse("engagement-list")).text for user in (coach, other_coach)]

    assert ["newcomer@example.org" in page for page in pages] == [True, False]


@pytest.mark.parametrize(("who", "words"), [("candidate", "Nothing of yours"), ("coach", "What was shared is closed")])
def test_the_end_is_told_to_each_in_their_words(client_of, request, coach, candidate, who, words):
    browser = client_of(request.getfixturevalue(who))
    address = [Engagement.objects.get(coach=coach).public_id]
    assert "Yes, end it" in browser.get(reverse("engagement-end", args=address)).text

    assert words in browser.post(reverse("engagement-end", args=address), follow=True).text


@pytest.mark.parametrize(("who", "told"), [("candidate", ["coach"]), ("admin", ["candidate", "coach"])])
def test_the_other_side_is_told_of_the_end(request, candidate, coach, who, told):
    services.end_engagement(Engagement.objects.get(coach=coach), by=request.getfixturevalue(who))

    readers = (
        OutboundEmail.objects.filter(kind="engagement").order_by("recipient__email").values_list("recipient", flat=True)
    )
    assert list(readers) == [request.getfixturevalue(name).pk for name in told]
