"""A session's report: three required parts, sent at once, and her lessons follow."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.records import Conflict, Overtaken, Refused
from coaching import today
from coaching.models import DayAway, SessionReport, WorkingHours
from coaching.report_reminders import report_due
from coaching.services import attendance, session_reports
from coaching.services.agenda import set_agenda
from followups.models import LessonResult, OutboundEmail
from followups.services import recalls
from tests.factories import BookingFactory, InterviewFactory, LessonFactory, SlotFactory
from tests.mailing import message_of, text_of

pytestmark = pytest.mark.django_db
WORDS = {"worked": "Canary: you stopped when it was said", "change": "Canary: say the figure first"}


@pytest.fixture
def lessons(candidate):
    return [LessonFactory(candidate=candidate, title=title) for title in ("Say numbers", "Breathe")]


@pytest.fixture
def booking(candidate, coach, lessons):
    """It ended an hour ago, with two things on the list."""
    start = timezone.now() - timedelta(hours=2)
    booking = BookingFactory(slot=SlotFactory(coach=coach, starts_at=start), candidate=candidate)
    set_agenda(booking, lessons, by=candidate)
    return booking


def send(booking, lessons, results=("practised", "held"), **more):
    given = {**WORDS, "results": dict(zip(lessons, results, strict=False)), **more}
    return session_reports.send_report(booking, by=booking.coach, **given)


def test_it_is_there_at_once_on_the_page_and_as_a_mail(booking, lessons, candidate, coach, client_of):
    send(booking, lessons, scores={"structure": 3})
    page = client_of(candidate).get(reverse("booking-report", args=[booking.public_id]))
    assert [text in page.text for text in (*WORDS.values(), "Say numbers", "3 of 4")] == [True] * 4
    assert "Situation, task, action, result, in that order, with one detour." in page.text
    mail = OutboundEmail.objects.get(kind="session-report")
    assert (mail.recipient, message_of(mail)["Subject"]) == (candidate, "Tom has written about your session")
    sent = text_of(mail)
    assert [text in sent for text in (*WORDS.values(), "Say numbers", "Structure")] == [True, True, False, False]
    booking.refresh_from_db()
    assert booking.status == "done"
    assert [(event.new, event.reason, event.by) for event in booking.events.all()] == [
        ("booked", "report", coach),
        ("done", "", coach),
    ]


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"worked": " "}, "worked"),
        ({"change": ""}, "change"),
        ({"results": {}}, None),
        ({"scores": {"delivery": 5}}, "delivery"),
    ],
)
def test_each_part_is_needed_and_scores_go_to_four(booking, lessons, missing, field):
    with pytest.raises(Refused) as no:
        send(booking, lessons, **missing)
    assert no.value.field == (field or str(lessons[0].public_id))
    assert not SessionReport.objects.exists() and not LessonResult.objects.exists()


def test_what_was_not_on_the_list_has_no_result(booking, lessons, candidate):
    other = LessonFactory(candidate=candidate)
    with pytest.raises(Refused):
        send(booking, [*lessons, other], ("held", "held", "held"))


def test_held_twice_closes_a_lesson_and_again_keeps_it(booking, lessons, candidate):
    interview = InterviewFactory(candidate=candidate, ended_hours_ago=-1)
    interview.ends_at = timezone.now() + timedelta(hours=1)
    interview.save()
    for lesson in lessons:
        recalls.answer_recall(lesson, interview, by=candidate, answer="held")
    send(booking, lessons, ("held", "again"))
    for lesson in lessons:
        lesson.refresh_from_db()
    assert [lesson.status for lesson in lessons] == ["closed", "open"]
    # Within a day it may be said otherwise, and the lesson follows.
    send(booking, lessons, ("practised", "held"))
    for lesson in lessons:
        lesson.refresh_from_db()
    assert [lesson.status for lesson in lessons] == ["open", "closed"]


def test_sent_twice_it_is_sent_once(booking, lessons):
    first, second = send(booking, lessons), send(booking, lessons, seen="")
    assert first == second
    assert (OutboundEmail.objects.filter(kind="session-report").count(), LessonResult.objects.count()) == (1, 2)
    assert booking.events.filter(reason__startswith="report").count() == 1


def test_two_windows_and_a_day_to_change_it(booking, lessons):
    report = send(booking, lessons)
    with pytest.raises(Overtaken):
        send(booking, lessons, worked="Another", seen="")
    seen = session_reports.version(booking, report)
    changed = send(booking, lessons, worked="Better said", seen=seen)
    assert (changed.worked, changed.changed_at is not None) == ("Better said", True)
    assert OutboundEmail.objects.filter(kind="session-report").count() == 1
    with pytest.raises(Conflict, match="more than a day ago"):
        send(booking, lessons, worked="Too late", now=report.sent_at + timedelta(hours=24))


def test_not_before_it_began_nor_of_one_that_did_not_take_place(booking, lessons, coach):
    with pytest.raises(Conflict, match="once the session has begun"):
        send(booking, lessons, now=booking.starts_at)
    attendance.say(booking, by=coach, said="candidate_missed")
    with pytest.raises(Conflict, match="say first that it took place"):
        send(booking, lessons)
    attendance.say(booking, by=coach, said="took_place")
    send(booking, lessons)
    with pytest.raises(Refused, match="Your report of it is there"):
        attendance.say(booking, by=coach, said="candidate_missed")


def test_only_the_two_read_it_and_no_admin(booking, lessons, candidate, coach, other_coach, admin, client_of):
    send(booking, lessons, scores={"structure": 2})
    page, form, detail = (
        reverse(name, args=[booking.public_id]) for name in ("booking-report", "booking-report-write", "booking-detail")
    )
    people = (candidate, coach, other_coach, admin)
    assert [client_of(user).get(page).status_code for user in people] == [200, 200, 404, 404]
    assert [client_of(user).get(form).status_code for user in people] == [403, 200, 404, 403]
    text = client_of(admin).get(detail).text
    assert [word in text for word in ("Canary", "Say numbers", "report written")] == [False, False, True]
    answer = client_of(admin).get(reverse("api:booking-detail", args=[booking.public_id])).json()
    assert "Canary" not in str(answer)


def test_once_the_agenda_is_closed_the_coach_reads_no_names_by_the_report(booking, lessons, coach, client_of):
    from followups.models import LessonGrant  # noqa: PLC0415

    send(booking, lessons)
    LessonGrant.objects.update(ends_at=timezone.now())
    text = client_of(coach).get(reverse("booking-report", args=[booking.public_id])).text
    assert ("Canary: say the figure first" in text, "Say numbers" in text) == (True, False)


def test_on_a_page_with_everything_at_its_field_and_what_was_typed_kept(booking, lessons, coach, client_of):
    client, address = client_of(coach), reverse("booking-report-write", args=[booking.public_id])
    typed = {"worked": "You stopped in time", "change": "", f"lesson-{lessons[0].public_id}": "held", "version": ""}
    answer = client.post(address, typed)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (
        422,
        ["change", f"lesson-{lessons[1].public_id}"],
    )
    assert "You stopped in time" in answer.text
    typed |= {"change": "Figures first", f"lesson-{lessons[1].public_id}": "again", "recovery": "4"}
    assert client.post(address, typed).status_code == 302
    report = SessionReport.objects.get()
    assert (report.change, report.recovery, report.structure) == ("Figures first", 4, None)
    # The other window sends something else: shown both.
    late = client.post(address, typed | {"worked": "The other window"})
    assert (late.status_code, "The other window" in late.text, "You stopped in time" in late.text) == (409, True, True)


def test_by_api_too(booking, lessons, candidate, coach, client_of):
    address = reverse("api:booking-report", args=[booking.public_id])
    body = {
        **WORDS,
        "results": [{"lesson": str(lesson.public_id), "result": "held"} for lesson in lessons],
        "scores": {"evidence": 2},
    }

    def put(user, **more):
        return client_of(user).put(address, {**body, **more}, content_type="application/json")

    assert client_of(candidate).get(address).status_code == 404
    assert (put(candidate).status_code, put(coach, results=[]).status_code, put(coach, worked="").status_code) == (
        403,
        422,
        400,
    )
    sent = put(coach)
    assert (sent.status_code, sent.json()["scores"]["evidence"]) == (200, 2)
    assert put(coach, worked="Another", version="").status_code == 409
    read = client_of(candidate).get(address).json()
    assert [row["title"] for row in read["results"]] == ["Say numbers", "Breathe"]


def test_it_stands_on_her_day_until_she_reads_it_and_asks_nothing(booking, lessons, candidate, client_of):
    send(booking, lessons)

    def items():
        day = today.of_candidate(candidate, timezone.now()).day
        return [(item.title, item.label, item.needs_her) for item in (*day.now, *day.today, *day.later)]

    assert items() == [("Tom has written about your session", "Read it", False)]
    client_of(candidate).get(reverse("booking-report", args=[booking.public_id]))
    assert items() == []


def test_the_coachs_home_names_sessions_without_a_report_for_a_week(booking, lessons, coach):
    attendance.say(booking, by=coach, said="took_place")
    home = today.of_coach(coach, timezone.now())
    assert (home.to_close, home.to_report) == ([], [booking])
    assert today.of_coach(coach, booking.ends_at + timedelta(days=7)).to_report == []
    send(booking, lessons)
    assert today.of_coach(coach, timezone.now()).to_report == []


def test_practice_says_what_came_of_it(booking, lessons, candidate, client_of):
    send(booking, lessons, ("practised", "again"))
    text = client_of(candidate).get(reverse("lesson-detail", args=[lessons[1].public_id])).text
    assert "In your last session: again." in text
    assert client_of(candidate).get(reverse("lesson-list")).text.count("In your last session") == 2


FRIDAY = datetime(2027, 3, 5, 13, tzinfo=UTC)  # four in the afternoon in Nairobi


@pytest.mark.parametrize(
    ("week", "away", "due"),
    [
        ((), None, datetime(2027, 3, 8, 9, tzinfo=UTC)),
        ((5,), None, datetime(2027, 3, 6, 9, tzinfo=UTC)),
        ((), 8, datetime(2027, 3, 9, 9, tzinfo=UTC)),
        ((0, 3), 8, datetime(2027, 3, 11, 9, tzinfo=UTC)),
    ],
)
def test_the_coach_is_asked_once_at_the_next_working_noon(candidate, coach, week, away, due):
    booking = BookingFactory(slot=SlotFactory(coach=coach, starts_at=FRIDAY), candidate=candidate)
    for weekday in week:
        WorkingHours.objects.create(coach=coach, weekday=weekday, opens=time(9), closes=time(17))
    if away:
        DayAway.objects.create(coach=coach, day=FRIDAY.date().replace(day=away))
    assert [(one.recipient, one.due_at) for one in report_due(booking, FRIDAY)] == [(coach, due)]
