"""Pages and API of practising: a calm list, one thing at a time, three questions, one sheet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import reminders
from followups.models import Attempt, OutboundEmail, Recall, Rehearsal, Reminder
from followups.services import decisions, rehearsals
from interviews.models import Interview
from tests import mailing
from tests.factories import InterviewerFactory, InterviewFactory, LessonFactory, MistakeFactory, RequirementFactory
from tests.followups.test_lessons import lesson_from

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
API = "/api/v1/lessons/"


def at(name, record):
    return reverse(name, args=[record.public_id])


@pytest.fixture
def lesson(candidate):
    return lesson_from(candidate, kind="weak_answer", text="I talked myself into a corner.")


def text_of(response):
    return response.content.decode()


# The list


def test_an_empty_list_teaches(client_of, candidate):
    page = text_of(client_of(candidate).get(reverse("lesson-list")))

    assert ("nothing missing" in page, 'class="rows"' in page) == (True, False)


def test_the_list_says_where_each_came_from_and_what_to_do(client_of, candidate, lesson):
    page = text_of(client_of(candidate).get(reverse("lesson-list")))

    assert [words in page for words in ("From Savanna Books", ">One example, a minute and a half, then stop.", "Practise these as one?")] == [
        True, True, False,
    ]  # fmt: skip


def test_the_list_needs_the_same_queries_for_one_and_for_thirty(
    client_of, candidate, lesson, django_assert_num_queries
):
    client = client_of(candidate)
    with django_assert_num_queries(7):
        client.get(reverse("lesson-list"))
    for _each in range(29):
        lesson_from(candidate)
    with django_assert_num_queries(7):
        client.get(reverse("lesson-list"))


def test_alike_ones_are_joined_and_taken_apart_on_the_page(client_of, candidate, lesson):
    other = lesson_from(candidate, days_ago=5, kind="weak_answer")
    client = client_of(candidate)
    assert "Practise these as one?" in text_of(client.get(reverse("lesson-list")))

    joined = client.post(at("lesson-join", lesson), {"other": other.public_id})
    page = text_of(client.get(at("lesson-detail", lesson)))

    assert (joined.url, page.count(at("lesson-separate", other))) == (at("lesson-detail", lesson), 1)
    assert "Practised together with" in text_of(client.get(at("lesson-detail", other)))

    client.post(at("lesson-separate", other))
    assert "Practise these as one?" not in text_of(client.get(reverse("lesson-list")))


@pytest.mark.parametrize("other", ["", "nonsense", "6f5ad7b0-0000-4000-8000-000000000000"])
def test_what_is_not_there_cannot_be_joined(client_of, candidate, lesson, other):
    assert client_of(candidate).post(at("lesson-join", lesson), {"other": other}).status_code == 409


def test_somebody_elses_cannot_be_joined(client_of, candidate, stranger, lesson):
    foreign = LessonFactory(candidate=stranger)

    assert client_of(candidate).post(at("lesson-join", lesson), {"other": foreign.public_id}).status_code == 409


# One of them


def test_it_is_left_behind_and_taken_up_again(client_of, candidate, lesson):
    client = client_of(candidate)
    client.post(at("lesson-decline", lesson))
    behind = text_of(client.get(reverse("lesson-list")))
    client.post(at("lesson-take", lesson))

    lesson.refresh_from_db()
    assert ("what you left behind" in behind, lesson.status) == (True, "open")


def test_better_or_again_is_kept_without_a_count(client_of, candidate, lesson):
    client = client_of(candidate)
    for result in ("again", "again", "better"):
        client.post(at("lesson-attempt", lesson), {"result": result})

    page = text_of(client.get(at("lesson-detail", lesson)))

    assert list(Attempt.objects.values_list("result", flat=True)) == ["again", "again", "better"]
    assert ("Last practised" in page, "3 times" in page) == (True, False)


def test_notes_are_kept_with_and_without_scripts(client_of, candidate, lesson):
    client = client_of(candidate)
    seen = client.get(at("lesson-detail", lesson)).context["version"]
    kept = client.post(
        at("lesson-notes", lesson), {"version": seen, "task": "To write it"}, headers={"HX-Request": "true"}
    )
    seen = kept.context["version"]
    plain = client.post(at("lesson-notes", lesson), {"version": seen, "task": "To write it", "question": "Why us?"})

    rehearsal = Rehearsal.objects.get()
    assert (kept.status_code, plain.url) == (200, at("lesson-detail", lesson))
    assert (rehearsal.task, rehearsal.question) == ("To write it", "Why us?")


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {}])
def test_a_second_window_is_told_and_keeps_its_text(client_of, candidate, lesson, headers):
    client = client_of(candidate)
    seen = client.get(at("lesson-detail", lesson)).context["version"]
    rehearsals.keep_rehearsal(lesson, by=candidate, result="First window")

    told = client.post(at("lesson-notes", lesson), {"version": seen, "result": "Second window"}, headers=headers)

    page = text_of(told)
    assert (told.status_code, "in another window" in page, "First window" in page) == (409, True, True)
    # With scripts the form stays where it is, and only what stands there comes.
    assert ("Second window" in page) is (headers == {})
    assert Rehearsal.objects.get().result == "First window"

    client.post(at("lesson-notes", lesson), {"version": [seen, told.context["newest"]], "result": "Second window"})
    assert Rehearsal.objects.get().result == "Second window"


def test_what_is_too_long_is_told_and_the_rest_is_kept(client_of, candidate, lesson):
    client = client_of(candidate)
    notes = {
        "version": client.get(at("lesson-detail", lesson)).context["version"],
        "task": "x" * 2001,
        "result": "Short",
    }

    answer = client.post(at("lesson-notes", lesson), notes)

    assert (answer.status_code, "x" * 2001 in text_of(answer)) == (422, True)
    assert Rehearsal.objects.get().result == "Short"


def test_it_can_be_called_something_else(client_of, candidate, lesson):
    client = client_of(candidate)
    refused = client.post(at("lesson-rename", lesson), {"title": "see www.example.org/"})
    client.post(at("lesson-rename", lesson), {"title": "My story about writing"})

    lesson.refresh_from_db()
    assert (refused.status_code, lesson.title) == (422, "My story about writing")


# After the next interview


def test_the_debrief_ends_with_the_questions(client_of, candidate, lesson):
    interview = InterviewFactory(candidate=candidate, contact_prohibited=True)
    client = client_of(candidate)
    answer = client.post(at("debrief-nothing", interview))
    assert answer.url == at("interview-recall", interview)

    done = client.post(answer.url, {str(lesson.public_id): "held"})

    assert (done.url, Recall.objects.get().answer) == (at("interview-closing", interview), "held")
    assert client.post(at("debrief-nothing", interview)).url == at("interview-closing", interview)


def test_once_all_is_said_the_questions_follow(client_of, candidate, lesson):
    interview = InterviewFactory(candidate=candidate, contact_prohibited=True)
    decision = decisions.decide(MistakeFactory(interview=interview, touches_must_have=False))
    client = client_of(candidate)

    anything_else = client.post(at("decision-accept", decision), follow=True)

    assert anything_else.context["onward"] == at("interview-recall", interview)


def test_the_interview_page_asks_until_it_is_answered(client_of, candidate, lesson):
    interview = InterviewFactory(candidate=candidate)
    client = client_of(candidate)
    before = text_of(client.get(at("interview-detail", interview)))
    client.post(at("interview-recall", interview), {str(lesson.public_id): "not_there"})
    after = text_of(client.get(at("interview-detail", interview)))

    assert ["Did what you practised hold?" in page for page in (before, after)] == [True, False]
    assert at("interview-recall", interview) in after


def test_held_twice_is_said_kindly(client_of, candidate, lesson):
    client = client_of(candidate)
    for hours in (90, 40):
        interview = InterviewFactory(candidate=candidate, ended_hours_ago=hours)
        page = client.post(at("interview-recall", interview), {str(lesson.public_id): "held"}, follow=True)

    assert "It held twice." in text_of(page)


def test_a_planned_interview_asks_nothing(client_of, candidate):
    planned = InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-24)

    assert client_of(candidate).get(at("interview-recall", planned)).status_code == 409


# The sheet


@pytest.fixture
def second_round(candidate):
    """A planned second round; the first left something to say there."""
    first = InterviewFactory(
        candidate=candidate, company="Savanna Books", ended_hours_ago=24 * 9, went_well="They laughed twice."
    )
    RequirementFactory(interview=first, text="Excel", coverage="not_raised")
    InterviewFactory(candidate=candidate, company="Elsewhere", ended_hours_ago=50, went_well="A good end.")
    planned = InterviewFactory(
        candidate=candidate, company="Savanna Books", status="planned", previous=first, ended_hours_ago=-30,
        notes="Room 4, second floor. https://meet.example/abc",
    )  # fmt: skip
    mistake = MistakeFactory(interview=first, text="I forgot my internship, like a fool.")
    Interview.objects.filter(pk=first.pk).update(outcome="next_round", outcome_at=timezone.now())
    mistake.refresh_from_db()
    decisions.accept(decisions.decide(mistake), by=candidate, take_lesson=True)
    RequirementFactory(interview=planned, text="Writes every week")
    InterviewerFactory(interview=planned, name="Grace Wanjiru", title="Head of content")
    return planned


def test_the_sheet_holds_what_helps_and_nothing_that_went_wrong(client_of, candidate, second_round):
    answer = client_of(candidate).get(at("prep-sheet", second_round))

    sheet = answer.context["sheet"]
    assert sheet.say_there == ("During my internship I wrote three posts a week.",)
    assert sheet.practise == ("Bring it up yourself: writing.",)
    assert [(row.text, row.heard) for row in sheet.must_haves] == [
        ("Writes every week", ""),
        ("Excel", "it never came up"),
    ]
    assert sheet.people == ("Grace Wanjiru, Head of content",)
    assert sheet.went_well == ("They laughed twice.", "A good end.")
    assert (sheet.links, sheet.jottings) == (("https://meet.example/abc",), "Room 4, second floor.")
    assert "fool" not in text_of(answer)


def test_what_was_left_behind_is_not_to_be_said(client_of, candidate, second_round):
    mistake = second_round.previous.mistakes.get()
    type(mistake).objects.filter(pk=mistake.pk).update(status="let_go")

    assert client_of(candidate).get(at("prep-sheet", second_round)).context["sheet"].say_there == ()


def test_an_empty_sheet_says_what_could_stand_on_it(client_of, candidate):
    planned = InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-24)

    assert "Nothing on it yet" in text_of(client_of(candidate).get(at("prep-sheet", planned)))


def test_the_interview_page_leads_to_it_while_it_is_ahead(client_of, candidate, second_round):
    client = client_of(candidate)
    ahead = text_of(client.get(at("interview-detail", second_round)))
    client.post(at("interview-hold", second_round))
    over = text_of(client.get(at("interview-detail", second_round)))

    assert [page.count(at("prep-sheet", second_round)) for page in (ahead, over)] == [1, 1]
    assert "What stood on your prep sheet" in over


def test_it_comes_by_mail_a_day_before(candidate, second_round):
    Interview.objects.filter(pk=second_round.pk).update(created_at=timezone.now() - timedelta(days=3))
    second_round.refresh_from_db()
    reminders.refresh(second_round)
    row = Reminder.objects.get(kind="prep", subject_id=second_round.public_id, status="waiting")
    reminders.deliver_due(row.deliver_at)

    mail = OutboundEmail.objects.get(kind="reminder", subject_id=row.public_id)
    text = mailing.text_of(mail)

    expected = [at("prep-sheet", second_round), "- During my internship I wrote", "- Bring it up yourself: writing."]
    assert [words in text for words in expected] == [True] * 3
    assert ("fool" in text, "Savanna" in str(mailing.message_of(mail)["Subject"])) == (False, False)


# The API


def test_practising_by_api(client_of, candidate, lesson):
    client = client_of(candidate)
    one = f"{API}{lesson.public_id}/"
    listed = client.get(API + "?status=open").json()["results"]
    assert [(row["title"], row["to_do"]) for row in listed] == [
        ("writing", "writing: one example, a minute and a half, then stop.")
    ]

    notes = client.patch(one + "rehearsal/", {"situation": "In the library"}, **JSON).json()
    attempt = client.post(one + "attempt/", {"result": "better"}, **JSON)
    renamed = client.patch(one, {"title": "Writing"}, **JSON).json()

    assert (notes["situation"], notes["asked"].count("“writing”")) == ("In the library", 1)
    assert (attempt.status_code, renamed["title"]) == (201, "Writing")
    assert client.post(one + "decline/").json()["status"] == "declined"
    assert client.post(one + "attempt/", {"result": "better"}, **JSON).status_code == 409
    assert client.post(one + "take/").json()["status"] == "open"


def test_joining_by_api(client_of, candidate, stranger, lesson):
    other, foreign = lesson_from(candidate, days_ago=5, kind="weak_answer"), LessonFactory(candidate=stranger)
    client = client_of(candidate)
    one = f"{API}{lesson.public_id}/"
    pair = client.get(API + "alike/").json()["pair"]
    assert [row["public_id"] for row in pair] == [str(lesson.public_id), str(other.public_id)]

    refused = client.post(one + "join/", {"other": str(foreign.public_id)}, **JSON)
    client.post(one + "join/", {"other": str(other.public_id)}, **JSON)

    part = client.get(f"{API}{other.public_id}/").json()
    assert (refused.status_code, part["status"], part["joined_into"]) == (400, "joined", str(lesson.public_id))
    assert client.post(f"{API}{other.public_id}/separate/").json()["status"] == "open"
    assert client.get(API + "alike/").json()["pair"] == []


def test_a_coach_reads_names_and_no_notes(client_of, candidate, coach, lesson):
    Interview.objects.update(shared_with_coach=True)
    rehearsals.keep_rehearsal(lesson, by=candidate, situation="Canary situation")
    client = client_of(coach)

    answers = [client.get(f"{API}{lesson.public_id}/{path}") for path in ("", "rehearsal/")]

    assert [answer.status_code for answer in answers] == [200, 403]
    assert "Canary" not in text_of(answers[0])


def test_recall_and_sheet_by_api(client_of, candidate, second_round):
    old = lesson_from(candidate, days_ago=20, topic="figures")
    held = InterviewFactory(candidate=candidate, ended_hours_ago=3)
    client = client_of(candidate)
    recall = f"/api/v1/interviews/{held.public_id}/recall/"
    questions = client.get(recall).json()
    assert (questions[0]["lesson"], questions[0]["answer"]) == (str(old.public_id), "")

    answer = client.post(recall, {"lesson": str(old.public_id), "answer": "came_back"}, **JSON)

    assert (answer.json()["status"], client.get(recall).json()[0]["answer"]) == ("open", "came_back")
    assert client.post(recall, {"lesson": str(old.public_id), "answer": "perhaps"}, **JSON).status_code == 400
    sheet = client.get(f"/api/v1/interviews/{second_round.public_id}/prep/").json()
    assert sheet["say_there"] == ["During my internship I wrote three posts a week."]
