"""Working together: asking by name or for somebody, room, what runs out, what is shared, and the end with all it touches."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts import services as accounts
from accounts.models import AuditEntry, Engagement, User
from accounts.records import Conflict, Refused
from coaching.models import Booking, Review
from coaching.services import engagements, reviews, sweep
from followups import reminders
from followups.models import OutboundEmail
from interviews.models import Interview
from tests import factories
from tests.mailing import text_of

pytestmark = pytest.mark.django_db
API = "/api/v1/engagements/"
JSON = {"content_type": "application/json"}
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOON = datetime(2027, 3, 3, 9, tzinfo=UTC)  # in Nairobi


def at(name, record):
    return reverse(name, args=[record.public_id])


def told(kind="engagement"):
    """Who was mailed about it since the last look, and each one's subject."""
    rows = list(OutboundEmail.objects.filter(kind=kind).order_by("id"))
    found = [(row.recipient.name, text_of(row)) for row in rows]
    OutboundEmail.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return found


def engagement_of(candidate, coach):
    return Engagement.objects.get(candidate=candidate, coach=coach)


def make_room(**room):
    """Coaches by name with so much room each."""
    return {name: factories.CoachFactory(name=name, capacity=number) for name, number in room.items()}


def test_somebody_is_whoever_has_most_room(candidate):
    coaches = make_room(Ann=2, Bea=5, Cyd=1)
    factories.EngagementFactory.create_batch(4, coach=coaches["Bea"])

    asked = accounts.ask_for_coach(candidate=candidate)

    assert (asked.coach, asked.for_anybody, asked.status) == (coaches["Ann"], True, "invited")
    assert [(name, "would like to work" in text) for name, text in told()] == [("Ann", True)]


def test_a_question_not_answered_yet_takes_up_room(candidate, stranger):
    coaches = make_room(Ann=1, Bea=1)

    first, second = (accounts.ask_for_coach(candidate=person) for person in (candidate, stranger))

    assert {first.coach, second.coach} == set(coaches.values())
    assert accounts.ask_for_coach(candidate=factories.UserFactory()) is None


def test_of_two_with_the_same_room_it_is_the_one_asked_longest_ago(candidate, stranger):
    coaches = make_room(Ann=3, Bea=3)
    accounts.decline_engagement(accounts.ask_for_coach(candidate=stranger), by=coaches["Ann"])

    assert accounts.ask_for_coach(candidate=candidate).coach == coaches["Bea"]


def test_whoever_said_no_lately_is_not_asked_again_as_somebody(candidate):
    coaches = make_room(Ann=9, Bea=1)
    accounts.decline_engagement(accounts.ask_for_coach(candidate=candidate), by=coaches["Ann"])

    assert accounts.ask_for_coach(candidate=candidate).coach == coaches["Bea"]


def test_where_nobody_has_room_she_is_told_kindly_and_the_admin_sees_it(candidate, admin, client_of):
    make_room(Ann=0)

    page = client_of(candidate).post(reverse("engagement-new"), {"coach": "somebody"})
    by_api = client_of(candidate).post(API, {}, **JSON)

    assert ("Nobody has room just now" in page.text, by_api.status_code) == (True, 409)
    assert Engagement.objects.count() == 0
    assert "No coach has room." in client_of(admin).get(reverse("engagement-list")).text


@pytest.fixture
def clock():
    """A clock that says noon, and moves only when it is told to."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize("way", ["page", "api"])
def test_admins_hear_once_in_a_day_that_somebody_asked_in_vain_and_not_who(
    candidate, stranger, admin, client_of, clock, way
):
    """Both ask where there is not one place left; the page offers it without a choice of coaches."""
    make_room(Ann=0)
    User.objects.update(quiet_from="00:00", quiet_until="00:00")
    for hour, person in enumerate((candidate, stranger)):
        clock.move_to(NOON + hour * HOUR)
        browser = client_of(person)
        if way == "page":
            assert "Say that I would like a coach" in browser.get(reverse("engagement-new")).text
            answer = browser.post(reverse("engagement-new"), {"coach": "somebody"})
        else:
            answer = browser.post(API, {}, **JSON)
        assert "The admins hear today" in answer.content.decode()
        reminders.deliver_due(timezone.now())

    [(recipient, text)] = [(row.recipient, text_of(row)) for row in OutboundEmail.objects.all()]
    assert (recipient, "no coach has room for them" in text) == (admin, True)
    assert [word for person in (candidate, stranger) for word in (person.name, person.email) if word in text] == []


def test_who_was_found_a_coach_before_the_morning_is_not_told_of(candidate, coach, admin):
    engagements.end(engagement_of(candidate, coach), by=candidate)
    User.objects.filter(pk=coach.pk).update(capacity=0)
    assert accounts.ask_for_coach(candidate=candidate) is None
    accounts.propose_engagement(candidate=candidate, coach=coach, by=admin, tell=False)
    told("reminder")

    assert reminders.deliver_due(timezone.now() + timedelta(hours=20)) == 0


def test_one_who_is_full_cannot_be_asked_by_name(candidate, client_of):
    ann = make_room(Ann=0, Bea=1)["Ann"]

    with pytest.raises(Refused):
        accounts.ask_for_coach(candidate=candidate, coach=ann)
    page = client_of(candidate).get(reverse("engagement-new"))
    assert ([coach.name for coach in page.context["free"]], [coach.name for coach in page.context["full"]]) == (
        ["Bea"],
        ["Ann"],
    )


@pytest.mark.parametrize("way", ["page", "api"])
def test_she_asks_by_name_and_says_what_is_shared(candidate, client_of, way):
    bea = make_room(Ann=9, Bea=1)["Bea"]
    browser = client_of(candidate)
    if way == "page":
        browser.post(reverse("engagement-new"), {"coach": str(bea.public_id), "share_new_interviews": "on"})
    else:
        browser.post(API, {"coach": str(bea.public_id), "share_new_interviews": True}, **JSON)

    asked = engagement_of(candidate, bea)
    assert (asked.status, asked.candidate_agreed_at is not None, asked.coach_agreed_at) == ("invited", True, None)
    accounts.agree_to_engagement(asked, by=bea)
    asked.refresh_from_db()
    assert (asked.status, asked.share_new_interviews) == ("active", True)
    assert [name for name, _text in told()] == ["Bea", candidate.name]


def test_three_questions_at_once_are_the_most(candidate):
    make_room(Ann=1, Bea=1, Cyd=1, Dot=1)
    for _number in range(3):
        accounts.ask_for_coach(candidate=candidate)

    with pytest.raises(Refused):
        accounts.ask_for_coach(candidate=candidate)


def test_two_coaches_are_the_most(candidate, coach):
    asked = [accounts.ask_for_coach(candidate=candidate, coach=one) for one in make_room(Ann=1, Bea=1).values()]
    accounts.agree_to_engagement(asked[0], by=asked[0].coach)

    with pytest.raises(Refused):
        accounts.agree_to_engagement(asked[1], by=asked[1].coach)
    assert set(Engagement.objects.coaches_of(candidate).values_list("coach", flat=True)) == {
        coach.pk,
        asked[0].coach_id,
    }


def test_her_choice_about_new_interviews_is_one_for_both(candidate, coach, client_of):
    ruth = factories.CoachFactory(name="Ruth Njeri")
    asked = accounts.propose_engagement(candidate=candidate, coach=ruth, by=ruth)
    page = client_of(candidate).get(at("engagement-detail", asked)).text
    assert "You work with Tom Barasa too." in page

    accounts.agree_to_engagement(asked, by=candidate, share_new_interviews=False)

    choices = Engagement.objects.active().filter(candidate=candidate).values_list("share_new_interviews", flat=True)
    assert list(choices) == [False, False]


def test_before_she_agrees_she_sees_which_interviews_would_be_read(candidate, coach, interview, client_of):
    private = factories.InterviewFactory(candidate=candidate, company="Nyota Press")
    asked = accounts.propose_engagement(candidate=candidate, coach=factories.CoachFactory(), by=coach)

    page = client_of(candidate).get(at("engagement-detail", asked))

    assert page.context["shared"] == [interview]
    assert private.company not in page.text


def test_both_names_stand_above_her_texts(candidate, coach, interview, client_of):
    factories.EngagementFactory(candidate=candidate, coach=factories.CoachFactory(name="Ruth Njeri"))

    assert "Tom and Ruth can read this" in client_of(candidate).get(at("interview-detail", interview)).text


def test_a_question_runs_out_after_two_weeks_and_both_are_told(candidate):
    bea = make_room(Bea=1)["Bea"]
    asked = accounts.ask_for_coach(candidate=candidate, coach=bea)
    told()

    sweep.run(asked.created_at + 14 * DAY - timedelta(minutes=1))
    asked.refresh_from_db()
    assert asked.status == "invited"
    sweep.run(asked.created_at + 14 * DAY)
    sweep.run(asked.created_at + 15 * DAY)

    asked.refresh_from_db()
    words = {name: "has not answered in two weeks" in text for name, text in told()}
    assert (asked.status, words) == ("expired", {candidate.name: True, "Bea": False})
    with pytest.raises(Conflict):
        accounts.agree_to_engagement(asked, by=bea)


@pytest.mark.parametrize(("by", "reader", "words"), [
    ("asked", "candidate", "says nothing about you"),
    ("candidate", "asked", "you need not answer"),
])  # fmt: skip
def test_the_other_side_hears_of_a_no_and_of_a_question_taken_back(candidate, by, reader, words):
    people = {"candidate": candidate, "asked": make_room(Bea=1)["Bea"]}
    engagement = accounts.ask_for_coach(candidate=candidate, coach=people["asked"])
    told()

    engagements.end(engagement, by=people[by])

    assert [(name, words in text) for name, text in told()] == [(people[reader].name, True)]


def test_she_chooses_what_is_read_interview_by_interview(candidate, coach, interview, client_of):
    other = factories.InterviewFactory(candidate=candidate)
    third = factories.InterviewFactory(candidate=candidate, shared_with_coach=True)
    shown = {str(one.public_id) for one in (interview, third)}
    # Unshared in another window since this page was shown: that stays.
    Interview.objects.filter(pk=third.pk).update(shared_with_coach=False)

    client_of(candidate).post(
        reverse("engagement-sharing"),
        {"stood": list(shown), "shared": [str(other.public_id), str(third.public_id)], "stood_new": "1"},
    )

    shared = Interview.objects.filter(candidate=candidate, shared_with_coach=True)
    assert (list(shared), engagement_of(candidate, coach).share_new_interviews) == ([other], False)


def test_nobody_shares_anothers_interviews(stranger, interview, client_of):
    client_of(stranger).post(reverse("engagement-sharing"), {"stood": str(interview.public_id)})

    interview.refresh_from_db()
    assert interview.shared_with_coach


@pytest.fixture
def ahead(candidate, coach):
    """A session within the cut-off, and one after it."""
    now = timezone.now()
    slots = [factories.SlotFactory(coach=coach, starts_at=now + timedelta(hours=hours)) for hours in (6, 60)]
    return [factories.BookingFactory(slot=slot, candidate=candidate) for slot in slots]


@pytest.mark.parametrize("by", ["candidate", "coach", "admin"])
def test_sessions_stay_unless_whoever_ends_it_cancels_them(request, candidate, coach, ahead, client_of, by):
    person = request.getfixturevalue(by)
    engagement = engagement_of(candidate, coach)
    page = client_of(person).get(at("engagement-end", engagement))
    assert [booking.pk for booking in page.context["ending"].sessions] == [booking.pk for booking in ahead]

    client_of(person).post(at("engagement-end", engagement), {"cancel": str(ahead[0].public_id)})

    assert [Booking.objects.get(pk=booking.pk).status for booking in ahead] == ["cancelled", "booked"]
    assert sorted(name for name, _text in told("session")) == sorted([candidate.name, coach.name])
    assert Engagement.objects.get(pk=engagement.pk).status == "ended"


def test_the_end_by_api_says_first_what_it_touches(candidate, coach, ahead, review, client_of):
    engagement, browser = engagement_of(candidate, coach), client_of(candidate)

    ending = browser.get(f"{API}{engagement.public_id}/ending/").json()
    ended = browser.post(f"{API}{engagement.public_id}/end/", {"cancel": [str(ahead[1].public_id)]}, **JSON)

    assert (len(ending["sessions"]), ending["handed_on"], ending["unanswered"]) == (2, 0, 1)
    assert (ended.status_code, ended.json()["status"]) == (200, "ended")
    assert [Booking.objects.get(pk=booking.pk).status for booking in ahead] == ["booked", "cancelled"]
    assert browser.post(f"{API}{engagement.public_id}/end/", {}, **JSON).status_code == 403


def test_a_session_of_others_is_not_cancelled_and_nothing_ends(candidate, coach, client_of):
    engagement = engagement_of(candidate, coach)
    foreign = factories.BookingFactory()

    answer = client_of(candidate).post(at("engagement-end", engagement), {"cancel": str(foreign.public_id)})

    foreign.refresh_from_db()
    engagement.refresh_from_db()
    assert (answer.status_code, foreign.status, engagement.status) == (422, "booked", "active")


def test_what_waits_goes_to_her_other_coach(candidate, coach, review, client_of):
    ruth = factories.CoachFactory(name="Ruth Njeri")
    factories.EngagementFactory(candidate=candidate, coach=ruth)
    engagement = engagement_of(candidate, coach)
    assert "goes to Ruth Njeri" in client_of(candidate).get(at("engagement-end", engagement)).text
    told("review_asked")

    engagements.end(engagement, by=candidate)

    review.refresh_from_db()
    assert (review.coach, review.status) == (ruth, "open")
    assert [name for name, _text in told("review_asked")] == ["Ruth Njeri"]
    assert client_of(ruth).get(at("review-detail", review)).status_code == 200
    assert client_of(coach).get(at("review-detail", review)).status_code == 404


@pytest.mark.parametrize("why", ["not shared", "no other coach"])
def test_otherwise_it_counts_as_unanswered_at_once(candidate, coach, review, why):
    if why == "not shared":
        factories.EngagementFactory(candidate=candidate)
        Interview.objects.filter(pk=review.interview_id).update(shared_with_coach=False)

    engagements.end(engagement_of(candidate, coach), by=coach)

    review.refresh_from_db()
    assert (review.status, review.coach) == ("went_without", coach)


def test_a_coach_whose_account_is_closed_leaves_nobody_waiting(candidate, coach, admin, review, ahead):
    ruth = factories.CoachFactory(name="Ruth Njeri")
    factories.EngagementFactory(candidate=candidate, coach=ruth)

    accounts.deactivate(coach, by=admin)

    review.refresh_from_db()
    assert (review.coach, review.status) == (ruth, "open")
    assert [Booking.objects.get(pk=booking.pk).status for booking in ahead] == ["cancelled", "cancelled"]
    readers = [name for name, text in told("session") if "not here at the moment" in text]
    assert readers.count(candidate.name) == 2


def test_the_sweep_finds_what_a_lost_coach_left(candidate, coach, review):
    User.objects.filter(pk=coach.pk).update(is_active=False)

    sweep.run(timezone.now())

    review.refresh_from_db()
    assert review.status == "went_without"


def test_what_slipped_through_is_found_within_a_quarter_of_an_hour(candidate, coach, review):
    now = timezone.now()
    sweep.run(now)
    User.objects.filter(pk=coach.pk).update(is_active=False)
    found = []
    for minutes in (1, 14, 15):
        sweep.run(now + timedelta(minutes=minutes))
        review.refresh_from_db()
        found.append(review.status)
    assert found == ["open", "open", "went_without"]


def test_both_end_it_at_once(candidate, coach):
    engagement, same = engagement_of(candidate, coach), engagement_of(candidate, coach)
    engagements.end(engagement, by=candidate)

    with pytest.raises(Conflict):
        engagements.end(same, by=coach)
    assert Engagement.objects.get(pk=engagement.pk).events.filter(new="ended").count() == 1


@pytest.mark.parametrize("number", ["-1", "201", "many"])
def test_room_that_cannot_be_is_refused(admin, coach, client_of, number):
    client_of(admin).post(at("coach-capacity", coach), {"capacity": number})
    answer = client_of(admin).patch(f"/api/v1/coaches/{coach.public_id}/room/", {"capacity": number}, **JSON)

    coach.refresh_from_db()
    assert (coach.capacity, answer.status_code) == (12, 400)


def test_a_coach_and_an_admin_set_how_many_clients(admin, coach, other_coach, client_of):
    client_of(coach).post(at("coach-capacity", coach), {"capacity": "3"})
    coach.refresh_from_db()
    assert coach.capacity == 3

    answer = client_of(admin).patch(f"/api/v1/coaches/{coach.public_id}/room/", {"capacity": 4}, **JSON).json()
    assert (answer["capacity"], answer["clients"], answer["has_room"]) == (4, 1, True)
    listed = client_of(other_coach).get("/api/v1/coaches/").json()["results"]
    assert {tuple(sorted(row)) for row in listed} == {("has_room", "name", "public_id", "zone")}
    assert AuditEntry.objects.filter(verb="capacity set").count() == 2


def test_admins_see_pairs_and_states_and_no_content(admin, candidate, coach, review, client_of):
    Interview.objects.filter(pk=review.interview_id).update(company="Kanari Books", notes="kanarinotes")
    Review.objects.filter(pk=review.pk).update(question="kanariquestion")
    engagement = engagement_of(candidate, coach)

    pages = [
        client_of(admin).get(address).text.lower()
        for address in (
            reverse("engagement-list"),
            at("engagement-detail", engagement),
            at("engagement-end", engagement),
            API,
            f"{API}{engagement.public_id}/",
            f"{API}{engagement.public_id}/ending/",
        )
    ]

    assert [page.count("kanari") for page in pages] == [0] * 6


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("role", "queries"), [("candidate", 4), ("coach", 5), ("admin", 4)])
def test_the_list_asks_as_often_for_thirty_as_for_one(
    request, client_of, coach, rows, role, queries, django_assert_num_queries
):
    person = request.getfixturevalue(role)
    for _number in range(rows):
        pair = {"coach": coach} if role == "coach" else {"candidate": person} if role == "candidate" else {}
        factories.EngagementFactory(status="ended" if role == "candidate" else "active", **pair)
        if role == "candidate":
            factories.InterviewFactory(candidate=person)
    browser = client_of(person)
    with django_assert_num_queries(queries):
        assert len(browser.get(reverse("engagement-list")).context["page"]) == min(
            rows + (role == "coach") + (role == "admin"), 25
        )


def test_reviews_are_asked_of_nobody_who_is_no_longer_there(candidate, coach, interview, mistake):
    engagements.end(engagement_of(candidate, coach), by=candidate)

    with pytest.raises(Refused):
        reviews.ask_review(interview, coach=coach, by=candidate)


def test_coaches_and_their_room_come_in_pages(admin, client_of):
    make_room(**{f"Coach{number:02}": number for number in range(30)})
    client = client_of(admin)
    first = client.get(reverse("engagement-list"))
    assert [coach.name for coach in first.context["coaches"]] == [f"Coach{number:02}" for number in reversed(range(25))]
    second = client.get(reverse("engagement-list") + first.context["coach_page"].next_url)
    assert [coach.name for coach in second.context["coaches"]] == [
        f"Coach{number:02}" for number in reversed(range(25, 30))
    ]
    back = client.get(reverse("engagement-list") + second.context["coach_page"].previous_url)
    assert back.context["coaches"] == first.context["coaches"]
    assert client.get(reverse("engagement-list") + "?coaches_after=xx").context["coaches"] == first.context["coaches"]


def test_with_very_many_people_two_are_brought_together_by_address(candidate, admin, client_of, monkeypatch):
    monkeypatch.setattr("coaching.forms.engagement.MOST_NAMED", 1)
    bea = make_room(Ann=1, Bea=1)["Bea"]
    factories.UserFactory()
    client = client_of(admin)
    assert candidate.name not in client.get(reverse("engagement-new")).text
    wrong = client.post(reverse("engagement-new"), {"candidate": bea.email, "coach": "nobody@nowhere.example"})
    assert wrong.text.count("Nobody here has this address.") == 2
    client.post(reverse("engagement-new"), {"candidate": candidate.email, "coach": bea.email})
    assert engagement_of(candidate, bea).status == "invited"
