"""The client page and what stands on it: the timeline, goals, and words in three circles; each with the cast."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import services as accounts
from accounts.models import AuditEntry, Engagement
from accounts.records import Conflict, Refused
from coaching import timeline
from coaching.models import Comment, Goal, Review
from coaching.services import comments, engagements, goals, sweep
from followups import reminders
from followups.models import Reminder
from followups.services import decisions
from interviews.models import Interview
from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1/"
JSON = {"content_type": "application/json"}
DAY = timedelta(days=1)
PRIVATE, COACHES, SHARED = Comment.Visibility


def at(name, record):
    return reverse(name, args=[record.public_id])


@pytest.fixture
def engagement(candidate, coach):
    return Engagement.objects.get(candidate=candidate, coach=coach)


@pytest.fixture
def second(candidate):
    """Her other coach."""
    ruth = factories.CoachFactory(name="Ruth Njeri")
    factories.EngagementFactory(candidate=candidate, coach=ruth)
    return ruth


@pytest.fixture
def decision(interview):
    return decisions.decide(factories.MistakeFactory(interview=interview))


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [(PRIVATE, {"coach"}), (COACHES, {"coach", "second"}), (SHARED, {"coach", "second", "candidate"})],
)
@pytest.mark.parametrize("where", ["client", "interview", "decision"])
def test_each_circle_reads_what_it_is_meant_to(
    request,
    client_of,
    candidate,
    coach,
    second,
    other_coach,
    admin,
    stranger,
    interview,
    decision,
    visibility,
    readers,
    where,
):
    about = {"client": {}, "interview": {"interview": interview}, "decision": {"decision": decision}}[where]
    written = comments.write_comment(by=coach, candidate=candidate, text="Kanari.", visibility=visibility, **about)

    for name in ("coach", "second", "candidate", "other_coach", "admin", "stranger"):
        found = client_of(request.getfixturevalue(name)).get(f"{API}comments/{written.public_id}/").status_code
        assert (name, found) == (name, 200 if name in readers else 404)


@pytest.mark.parametrize("visibility", [PRIVATE, COACHES, SHARED])
def test_they_stand_where_they_belong(client_of, candidate, coach, interview, decision, engagement, visibility):
    words = {"client": "Kanari one.", "interview": "Kanari two.", "decision": "Kanari three."}
    about = {"client": {}, "interview": {"interview": interview}, "decision": {"decision": decision}}
    for where, text in words.items():
        comments.write_comment(by=coach, candidate=candidate, text=text, visibility=visibility, **about[where])

    def seen(person, address):
        page = client_of(person).get(address).text
        return [where for where, text in words.items() if text in page]

    pages = at("interview-detail", interview), at("mistake-detail", decision.mistake)
    assert [seen(coach, page) for page in pages] == [["interview"], ["decision"]]
    assert seen(coach, at("client-detail", candidate)) == ["client", "interview", "decision"]
    hers = [seen(candidate, page) for page in (*pages, at("engagement-detail", engagement))]
    shared = [["interview"], ["decision"], ["client", "interview", "decision"]]
    assert hers == (shared if visibility == SHARED else [[], [], []])


def test_nobody_writes_where_the_circle_could_not_read_it(candidate, coach, other_coach, interview, stranger):
    Interview.objects.filter(pk=interview.pk).update(shared_with_coach=False)
    interview.refresh_from_db()
    tries = [
        (other_coach, candidate, {}),
        (coach, candidate, {"interview": interview}),
        (coach, stranger, {}),
        (candidate, candidate, {"interview": interview}),
        (candidate, candidate, {"visibility": PRIVATE}),
        (stranger, stranger, {}),
        (coach, candidate, {"visibility": "everybody"}),
        (coach, candidate, {"interview": factories.InterviewFactory()}),
    ]

    for by, about, more in tries:
        with pytest.raises(Refused):
            comments.write_comment(by=by, candidate=about, text="Words.", **more)
    assert Comment.objects.count() == 0


def test_she_writes_back_and_her_coach_is_told(client_of, candidate, coach, interview, engagement):
    comments.write_comment(by=coach, candidate=candidate, text="Well told.", interview=interview)
    browser = client_of(candidate)
    assert "Tom can read this" in browser.get(at("interview-detail", interview)).text

    answer = browser.post(
        reverse("comment-new"),
        {"about": "interview", "about_id": str(interview.public_id), "text": "Thank you."},
    )

    assert answer.url == at("interview-detail", interview) + "#words"
    mine = Comment.objects.get(author=candidate)
    assert (mine.visibility, list(Comment.objects.visible_to(coach).filter(pk=mine.pk))) == (SHARED, [mine])
    assert set(Reminder.objects.filter(kind="comment", status="waiting").values_list("recipient", flat=True)) == {
        candidate.pk,
        coach.pk,
    }


@pytest.mark.parametrize(
    ("visibility", "told"), [(PRIVATE, []), (COACHES, ["second"]), (SHARED, ["candidate", "second"])]
)
def test_whoever_can_read_it_is_told_once_without_a_word_of_it(request, candidate, coach, second, visibility, told):
    for text in ("Kanari.", "Kanari again."):
        comments.write_comment(by=coach, candidate=candidate, text=text, visibility=visibility)

    waiting = Reminder.objects.filter(kind="comment", status="waiting").order_by("recipient__name")
    assert [row.recipient for row in waiting] == [request.getfixturevalue(name) for name in told]
    assert waiting.count() == len(told)


def test_the_mail_about_it_leads_each_to_their_page(client_of, candidate, coach, engagement):
    address = at("engagement-words", engagement)

    assert [client_of(person).get(address).url for person in (candidate, coach)] == [
        at("engagement-detail", engagement) + "#words",
        at("client-detail", candidate) + "#words",
    ]


def test_its_writer_changes_it_and_she_may_remove_what_is_about_her(client_of, candidate, coach, second):
    words = comments.write_comment(by=coach, candidate=candidate, text="Well tld.")
    address = at("comment-edit", words)
    assert [client_of(person).post(address, {"text": "x"}).status_code for person in (candidate, second)] == [403, 403]

    client_of(coach).post(address, {"text": "Well told.", "visibility": SHARED})
    words.refresh_from_db()
    assert (words.text, words.edited_at is not None) == ("Well told.", True)

    assert client_of(second).post(at("comment-remove", words)).status_code == 403
    client_of(candidate).post(at("comment-remove", words))
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_words_that_cannot_be_are_said_at_the_field_and_kept(client_of, candidate, coach, text):
    fields = {"about": "client", "about_id": str(candidate.public_id), "text": text, "visibility": PRIVATE}

    page = client_of(coach).post(reverse("comment-new"), fields)

    assert (page.status_code, list(page.context["form"].errors), Comment.objects.count()) == (422, ["text"], 0)
    body = {"candidate": str(candidate.public_id), "text": text}
    assert client_of(coach).post(f"{API}comments/", body, **JSON).status_code == 400


def test_a_reply_of_hers_is_put_in_without_scripts(client_of, candidate, coach):
    reply = factories.CannedReplyFactory(coach=coach, text="Leave it where it is.")
    fields = {"about": "client", "about_id": str(candidate.public_id), "text": "Good.", "visibility": SHARED}

    page = client_of(coach).post(reverse("comment-new"), fields | {"insert": f"text:{reply.public_id}"})

    assert (page.status_code, Comment.objects.count()) == (200, 0)
    form = page.context["form"]
    assert (form["text"].value(), form["visibility"].value()) == ("Good.\n\nLeave it where it is.", SHARED)


def test_what_she_kept_from_her_is_erased_ninety_days_after_the_end(candidate, coach, second, engagement):
    _kept, _for_coaches, shared = (
        comments.write_comment(by=coach, candidate=candidate, text=text, visibility=circle)
        for text, circle in (("One.", PRIVATE), ("Two.", COACHES), ("Three.", SHARED))
    )
    others = comments.write_comment(by=second, candidate=candidate, text="Four.", visibility=PRIVATE)
    end = timezone.now()
    engagements.end(engagement, by=candidate, now=end)

    sweep.run(end + 90 * DAY - timedelta(minutes=1))
    assert Comment.objects.count() == 4
    sweep.run(end + 90 * DAY)

    assert set(Comment.objects.all()) == {shared, others}
    assert list(Comment.objects.visible_to(candidate)) == [shared]


def test_whoever_works_together_again_keeps_the_notes(candidate, coach, engagement):
    comments.write_comment(by=coach, candidate=candidate, text="One.", visibility=PRIVATE)
    engagements.end(engagement, by=coach)
    again = accounts.propose_engagement(candidate=candidate, coach=coach, by=candidate)
    accounts.agree_to_engagement(again, by=coach)

    assert sweep.run(timezone.now() + 91 * DAY) == 0
    assert [words.text for words in Comment.objects.visible_to(coach)] == ["One."]


def test_notes_of_a_closed_account_wait_for_their_end_too(candidate, coach, admin):
    words = comments.write_comment(by=coach, candidate=candidate, text="One.", visibility=PRIVATE)
    accounts.deactivate(coach, by=admin)
    words.refresh_from_db()
    assert words.erase_at is not None

    accounts.activate(coach, by=admin)
    words.refresh_from_db()
    assert words.erase_at is None


def test_deleting_a_mistake_forgets_what_was_said_about_its_decision(client_of, candidate, coach, decision):
    comments.write_comment(by=coach, candidate=candidate, text="Kanari.", decision=decision)

    client_of(candidate).post(at("mistake-delete", decision.mistake))

    assert Comment.objects.count() == 0


@pytest.mark.parametrize("writer", ["candidate", "coach"])
def test_goals_are_written_and_reached_by_either(request, client_of, candidate, coach, engagement, writer):
    browser = client_of(request.getfixturevalue(writer))
    home = at("engagement-detail", engagement) if writer == "candidate" else at("client-detail", candidate)

    answer = browser.post(at("goal-new", engagement), {"text": "  Stop after two\nsentences "})
    goal = Goal.objects.get()
    browser.post(at("goal-edit", goal), {"reached": "yes"})
    browser.post(at("goal-edit", goal), {"text": "Stop after one"})

    goal.refresh_from_db()
    assert (answer.url, goal.text, goal.reached_at is not None) == (f"{home}#goals", "Stop after one", True)
    assert "Stop after one" in browser.get(home).text
    browser.post(at("goal-remove", goal))
    assert Goal.objects.count() == 0


def test_goals_by_api(client_of, candidate, coach, engagement):
    browser = client_of(coach)
    made = browser.post(f"{API}goals/", {"engagement": str(engagement.public_id), "text": "Breathe first"}, **JSON)
    address = f"{API}goals/{made.json()['public_id']}/"

    reached = client_of(candidate).patch(address, {"is_reached": True}, **JSON).json()

    assert (made.status_code, reached["reached_at"] is not None) == (201, True)
    assert len(browser.get(f"{API}goals/").json()["results"]) == 1
    assert client_of(candidate).delete(address).status_code == 204


def test_goals_are_the_twos_alone(client_of, admin, second, other_coach, stranger, engagement):
    goal = factories.GoalFactory(engagement=engagement, text="Kanari")

    for person in (admin, second, other_coach, stranger):
        assert client_of(person).get(f"{API}goals/{goal.public_id}/").status_code == 404
        assert client_of(person).post(at("goal-edit", goal), {"text": "x"}).status_code == 404
    assert "Kanari" not in client_of(admin).get(at("engagement-detail", engagement)).text


@pytest.mark.parametrize("text", ["", "  ", "x" * 201])
def test_a_goal_that_cannot_be(client_of, candidate, engagement, text):
    assert client_of(candidate).post(at("goal-new", engagement), {"text": text}).status_code == 422
    with pytest.raises(Refused):
        goals.add_goal(engagement, by=candidate, text=text)


def test_after_the_end_her_goals_stay_hers_and_nobody_writes_more(client_of, candidate, coach, engagement):
    goal = factories.GoalFactory(engagement=engagement, text="Kanari")
    page = at("engagement-detail", engagement)
    engagements.end(engagement, by=coach)

    assert "Kanari" in client_of(candidate).get(page).text
    assert "Kanari" not in client_of(coach).get(page).text
    assert client_of(coach).post(at("goal-edit", goal), {"text": "x"}).status_code == 404
    with pytest.raises(Conflict):
        goals.add_goal(engagement, by=candidate, text="One more")
    client_of(candidate).post(at("goal-remove", goal))
    assert Goal.objects.count() == 0


@pytest.fixture
def told(candidate, coach, interview, decision):
    """One of each kind, a minute apart, the comment last."""
    now = timezone.now()
    slot = factories.SlotFactory(coach=coach, starts_at=now - timedelta(hours=1))
    factories.BookingFactory(slot=slot, candidate=candidate, status="done")
    factories.ThankYouNoteFactory(interview=interview, status="sent", sent_at=now - timedelta(minutes=30))
    comments.write_comment(by=coach, candidate=candidate, text="Well told.", interview=interview, visibility=PRIVATE)
    return now + timedelta(seconds=1)


def kinds(stretch):
    return [moment.kind for moment in stretch.moments]


def test_the_timeline_tells_what_is_shared_the_latest_first(candidate, coach, told):
    factories.InterviewFactory(candidate=candidate, company="Kept to herself")

    found = timeline.of_client(candidate, reader=coach, now=told)

    assert kinds(found) == ["comment", "decision", "note", "session", "interview"]
    assert [moment.at for moment in found.moments] == sorted((moment.at for moment in found.moments), reverse=True)


def test_it_goes_on_where_it_ended_with_nothing_twice(candidate, coach, told, monkeypatch):
    whole = timeline.of_client(candidate, reader=coach, now=told).moments
    monkeypatch.setattr(timeline, "SIZE", 2)

    found, cursor = [], ""
    for _page in range(3):
        stretch = timeline.of_client(candidate, reader=coach, now=told, cursor=cursor)
        found, cursor = found + stretch.moments, stretch.cursor

    assert (found, cursor) == (whole, "")


def test_moments_of_one_instant_are_told_once_each(candidate, coach, monkeypatch):
    now = timezone.now()
    for _number in range(5):
        factories.CommentFactory(candidate=candidate, author=coach)
        factories.InterviewFactory(candidate=candidate, shared_with_coach=True)
    Comment.objects.update(created_at=now)
    Interview.objects.update(ends_at=now)
    monkeypatch.setattr(timeline, "SIZE", 3)

    found, cursor = [], None
    while cursor != "":
        stretch = timeline.of_client(candidate, reader=coach, now=now, cursor=cursor or "")
        found, cursor = found + stretch.moments, stretch.cursor

    assert sorted(moment.kind for moment in found) == ["comment"] * 5 + ["interview"] * 5
    assert len({moment.about for moment in found if moment.kind == "interview"}) == 5


@pytest.mark.parametrize("cursor", ["nonsense", "W10=", "WyIyMDI2LTAxLTAxIiwgMCwgMV0=", "é"])
def test_a_cursor_that_makes_no_sense_shows_the_latest(client_of, candidate, coach, interview, cursor):
    page = client_of(coach).get(at("client-detail", candidate), {"before": cursor})

    assert kinds(page.context["stretch"]) == ["interview"]


def test_the_timeline_by_api_and_who_has_read_it(client_of, candidate, coach, admin, stranger, interview, told):
    address = f"{API}clients/{candidate.public_id}/timeline/"

    body = client_of(coach).get(address).json()

    assert [moment["kind"] for moment in body["moments"]] == ["comment", "decision", "note", "session", "interview"]
    assert [client_of(person).get(address).status_code for person in (candidate, admin, stranger)] == [404] * 3
    assert list(AuditEntry.objects.filter(verb="read").values_list("subject_id", "by")) == [
        (interview.public_id, coach.pk)
    ]


def test_beside_the_time_stand_goals_lessons_and_replies_in_their_order(
    client_of, candidate, coach, engagement, interview
):
    now = timezone.now()
    for days in (None, 3, 1, None):
        factories.GoalFactory(engagement=engagement, text=f"goal {days}", reached_at=days and now - days * DAY)
    for title in ("B", "A"):
        factories.LessonFactory(candidate=candidate, title=title, mistake=factories.MistakeFactory(interview=interview))
    factories.LessonFactory(candidate=candidate, title="Hers alone")
    for company, hours in (("Kijani", 30), ("Mwamba", 3)):
        interview = factories.InterviewFactory(candidate=candidate, company=company, shared_with_coach=True)
        due = now + timedelta(hours=hours)
        Review.objects.create(candidate=candidate, coach=coach, interview=interview, answer_by=due)
    for title in ("beta", "Alpha"):
        factories.CannedReplyFactory(coach=coach, title=title, text=f"Words of {title}")
    factories.CannedReplyFactory(title="Somebody else's")
    factories.LessonFactory(title="Somebody else's")

    page = client_of(coach).get(at("client-detail", candidate))

    assert [goal.text for goal in page.context["goals"]] == ["goal None", "goal None", "goal 1", "goal 3"]
    assert [lesson.title for lesson in page.context["lessons"]] == ["B", "A"]
    assert [review.interview.company for review in page.context["reviews"]] == ["Mwamba", "Kijani"]
    assert page.text.index("Mwamba</a>") < page.text.index("Kijani</a>")
    assert [reply.text for reply in page.context["replies"]] == ["Words of Alpha", "Words of beta"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_client_page_asks_as_often_for_thirty_as_for_one(
    client_of, candidate, coach, engagement, rows, django_assert_num_queries
):
    now = timezone.now()
    for number in range(rows):
        interview = factories.InterviewFactory(candidate=candidate, shared_with_coach=True)
        comments.write_comment(by=coach, candidate=candidate, text="Words.", interview=interview)
        factories.GoalFactory(engagement=engagement)
        factories.LessonFactory(candidate=candidate, mistake=factories.MistakeFactory(interview=interview))
        Review.objects.create(candidate=candidate, coach=coach, interview=interview, answer_by=now + DAY)
        factories.CannedReplyFactory(coach=coach)
        slot = factories.SlotFactory(coach=coach, starts_at=now + timedelta(days=4, hours=2 * number))
        factories.BookingFactory(slot=slot, candidate=candidate)
    browser = client_of(coach)
    browser.get(at("client-detail", candidate))
    with django_assert_num_queries(8):
        assert browser.get(at("client-detail", candidate)).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_the_two_asks_as_often_for_thirty_as_for_one(
    client_of, candidate, coach, engagement, rows, django_assert_num_queries
):
    for _number in range(rows):
        interview = factories.InterviewFactory(candidate=candidate, shared_with_coach=True)
        comments.write_comment(by=coach, candidate=candidate, text="Words.", interview=interview)
        factories.GoalFactory(engagement=engagement)
    browser = client_of(candidate)
    with django_assert_num_queries(8):
        assert len(browser.get(at("engagement-detail", engagement)).context["page"]) == min(rows, 25)


def test_reminders_of_words_end_with_the_work_together(candidate, coach, engagement):
    comments.write_comment(by=candidate, candidate=candidate, text="A question.")
    assert Reminder.objects.get(recipient=coach, kind="comment").status == "waiting"

    engagements.end(engagement, by=candidate)

    assert Reminder.objects.get(recipient=coach, kind="comment").status == "cancelled"
    assert reminders.deliver_due(timezone.now() + DAY) == 0
