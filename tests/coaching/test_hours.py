"""Working hours and days away: said by the coach alone, on page and API, and followed by digests and deadlines."""

# ruff: noqa: DTZ001 -- wall times are naive on purpose
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.records import Refused
from accounts.when import to_instant, to_wall
from coaching import availability
from coaching.models import DayAway, Review, WorkingHours
from coaching.reminders import refresh_review
from coaching.services import absences, answer_times, hours, reviews
from coaching.working_hours import Stretch
from followups.models import Reminder
from followups.services import decisions
from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1/working-hours/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NINE_TO_FIVE = [Stretch(day, time(9), time(17)) for day in range(5)]


def at(day, hour):
    """In Nairobi, in March 2027: the 1st is a Monday."""
    return to_instant(datetime(2027, 3, day, hour), "Africa/Nairobi")


def today_of(coach):
    return to_wall(timezone.now(), coach.zone).date()


@pytest.fixture
def office(coach):
    hours.set_week(coach, NINE_TO_FIVE, by=coach)
    return coach


def test_a_week_replaces_the_week(office):
    hours.set_week(office, [Stretch(0, time(8), time(12)), Stretch(0, time(13), time())], by=office)
    rows = [(row.weekday, row.opens, row.closes) for row in WorkingHours.objects.filter(coach=office)]
    assert rows == [(0, time(8), time(12)), (0, time(13), time())]
    hours.set_week(office, [], by=office)
    assert availability.next_working_moment(office, at(6, 3)) == at(6, 3)


@pytest.mark.parametrize(
    ("stretches", "field"),
    [
        ([Stretch(1, time(9), time(9))], "closes-1"),
        ([Stretch(1, time(9), time(12)), Stretch(1, time(11), time(13))], "opens-1"),
        ([Stretch(1, time(hour), time(hour, 30)) for hour in range(5)], "opens-1"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(office, stretches, field):
    with pytest.raises(Refused) as refused:
        hours.set_week(office, stretches, by=office)
    assert refused.value.field == field
    assert WorkingHours.objects.filter(coach=office).count() == 5


def test_only_coaches_say_when_they_work_and_only_for_themselves(coach, admin):
    with pytest.raises(Refused):
        hours.set_week(coach, [], by=admin)


def test_availability_knows_days_away(office):
    hours.add_day_away(office, date(2027, 3, 2), by=office, now=at(1, 8))
    assert availability.next_working_moment(office, at(1, 17)) == at(3, 9)
    assert [availability.is_away(office, at(day, 3)) for day in (1, 2, 3)] == [False, True, False]
    hours.remove_day_away(office, date(2027, 3, 2), by=office, now=at(1, 8))
    assert availability.next_working_moment(office, at(1, 17)) == at(2, 9)


def test_availability_knows_absences(office, admin):
    wall = [to_wall(moment, office.zone) for moment in (at(2, 0), at(4, 12))]
    absences.plan(office, zone=office.zone, from_wall=wall[0], until_wall=wall[1], by=admin, now=at(1, 8))
    assert availability.next_working_moment(office, at(1, 17)) == at(4, 12)
    assert [availability.is_away(office, moment) for moment in (at(1, 23), at(3, 3), at(4, 12))] == [False, True, False]


def test_several_coaches_are_read_in_as_many_queries_as_one(office, other_coach, django_assert_num_queries):
    with django_assert_num_queries(3):
        of_one = availability.hours_of(office, since=at(1, 0))
    with django_assert_num_queries(3):
        of_both = availability.hours_of_all([office, other_coach], since=at(1, 0))
    assert (of_both[office.pk], of_both[other_coach.pk].week) == (of_one, ())


@pytest.mark.parametrize("days", [-1, 500])
def test_a_day_away_is_ahead_and_foreseeable(coach, days):
    with pytest.raises(Refused):
        hours.add_day_away(coach, today_of(coach) + days * DAY, by=coach)


def test_the_page_keeps_a_week_and_shows_it_again(coach, client_of):
    client = client_of(coach)
    assert "You have not said when you work" in client.get(reverse("hours-edit")).text
    body = {"opens-0-0": "09:00", "closes-0-0": "12:30", "opens-0-1": "14:00", "closes-0-1": "00:00"}
    assert client.post(reverse("hours-edit"), body).status_code == 302
    rows = [(row.weekday, row.opens, row.closes) for row in WorkingHours.objects.filter(coach=coach)]
    assert rows == [(0, time(9), time(12, 30)), (0, time(14), time())]
    page = client.get(reverse("hours-edit"))
    shown = {name: str(page.context["form"].initial[name]) for name in body}
    assert shown == {
        "opens-0-0": "09:00:00",
        "closes-0-0": "12:30:00",
        "opens-0-1": "14:00:00",
        "closes-0-1": "00:00:00",
    }


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({"opens-2-0": "09:00"}, "closes-2-0", "From and until go together."),
        ({"opens-2-0": "09:00", "closes-2-0": "08:00"}, "closes-2-0", "The end comes after the beginning."),
        ({"opens-2-0": "9 Uhr", "closes-2-0": "10:00"}, "opens-2-0", "Enter a valid time."),
        (
            {"opens-2-0": "09:00", "closes-2-0": "12:00", "opens-2-1": "11:00", "closes-2-1": "13:00"},
            "opens-2-0",
            "Two parts of this day overlap.",
        ),
    ],
)
def test_a_refused_week_keeps_what_was_typed(coach, client_of, body, field, words):
    answer = client_of(coach).post(reverse("hours-edit"), body)
    assert (answer.status_code, list(answer.context["form"].errors[field])) == (422, [words])
    assert 'value="09:00"' in answer.text or "9 Uhr" in answer.text
    assert not WorkingHours.objects.filter(coach=coach).exists()


def test_days_away_come_and_go_on_the_page(coach, client_of):
    client, day = client_of(coach), today_of(coach) + 2 * DAY
    for _twice in range(2):
        assert client.post(reverse("day-away-add"), {"day": day.isoformat()}).status_code == 302
    assert [when for when, *_more in client.get(reverse("hours-edit")).context["days"]] == [day]
    past = client.post(reverse("day-away-add"), {"day": "2020-01-01"})
    assert (past.status_code, list(past.context["away"].errors)) == (422, ["day"])
    assert client.post(reverse("day-away-remove"), {"day": day.isoformat()}).status_code == 302
    assert not DayAway.objects.exists()


def test_the_api_says_the_same(coach, client_of):
    client, day = client_of(coach), today_of(coach) + 3 * DAY
    empty = client.get(API).json()
    assert (empty["zone"], empty["week"], empty["days_away"]) == ("Africa/Nairobi", [], [])
    body = {"week": [{"weekday": 4, "opens": "10:00", "closes": "00:00"}], "days_away": [day.isoformat()]}
    put = client.put(API, body, content_type="application/json")
    assert put.status_code == 200
    again = client.get(API).json()
    assert again["week"] == [{"weekday": 4, "opens": "10:00:00", "closes": "00:00:00"}]
    assert again["days_away"] == [day.isoformat()]
    assert client.put(API, {"week": [], "days_away": []}, content_type="application/json").json()["days_away"] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"week": [{"weekday": 7, "opens": "10:00", "closes": "12:00"}], "days_away": []}, 400),
        ({"week": [{"weekday": 1, "opens": "12:00", "closes": "10:00"}], "days_away": []}, 422),
        ({"week": [], "days_away": ["2020-01-01"]}, 422),
        ({"week": [], "days_away": ["soon"]}, 400),
        ({"days_away": []}, 400),
    ],
)
def test_the_api_refuses_clearly_and_changes_nothing(office, client_of, body, status):
    assert client_of(office).put(API, body, content_type="application/json").status_code == status
    assert (WorkingHours.objects.filter(coach=office).count(), DayAway.objects.count()) == (5, 0)


def ask(coach, asked, *, by):
    interview = factories.InterviewFactory(shared_with_coach=True)
    factories.EngagementFactory(candidate=interview.candidate, coach=coach)
    review = Review.objects.create(interview=interview, candidate=interview.candidate, coach=coach, answer_by=by)
    Review.objects.filter(pk=review.pk).update(created_at=asked)
    review.refresh_from_db()
    refresh_review(review, now=asked)
    return review


def due(kind, coach):
    rows = Reminder.objects.filter(kind=kind, recipient=coach, status="waiting")
    return list(rows.order_by("due_at").values_list("due_at", flat=True))


def test_digest_and_urgent_mail_follow_the_hours(office):
    ask(office, at(1, 10), by=at(2, 10))
    assert (due("reviews-waiting", office), due("review-urgent", office)) == ([at(1, 13)], [at(1, 16)])
    hours.set_week(office, [Stretch(0, time(8), time(12)), Stretch(1, time(8), time(12))], by=office, now=at(1, 10))
    assert (due("reviews-waiting", office), due("review-urgent", office)) == ([at(2, 8)], [at(2, 8)])
    hours.add_day_away(office, date(2027, 3, 2), by=office, now=at(1, 10))
    assert (due("reviews-waiting", office), due("review-urgent", office)) == ([at(8, 8)], [at(1, 10)])


def test_a_coach_who_is_not_there_before_the_end_is_not_called_urgently(office):
    ask(office, at(5, 18), by=at(7, 12))
    assert (due("reviews-waiting", office), due("review-urgent", office)) == ([at(8, 9)], [])


@pytest.fixture
def asked_at(interview, office, candidate):
    """Ask about one decision at this moment: until when an answer helps."""

    def ask(now, **fields):
        mistake = factories.MistakeFactory(interview=interview)
        decision = decisions.decide(mistake)
        for name, value in fields.items():
            setattr(decision, name, value)
        return reviews.ask_review(interview, coach=office, by=candidate, decisions=[decision], now=now).answer_by

    return ask


@pytest.mark.parametrize(
    ("asked", "fields", "by"),
    [
        (at(2, 10), {"needs_coach": True}, at(3, 10)),
        (at(5, 18), {"needs_coach": True}, at(8, 11)),
        (at(5, 18), {}, at(8, 18)),
        (at(2, 10), {"action": "correct_now"}, at(2, 12)),
        # What is to be put right by tonight does not wait for Monday.
        (at(5, 18), {"action": "correct_now"}, at(6, 0) - timedelta(minutes=31)),
    ],
)
def test_questions_of_a_friday_evening_wait_for_monday(asked_at, asked, fields, by):
    assert asked_at(asked, **fields) == by


def test_a_note_waits_for_nobody(note, office, candidate, in_hours):
    """However the coach works, the answer is due when the note goes."""
    for days in range(4):
        hours.add_day_away(office, today_of(office) + days * DAY, by=office)
    review = reviews.ask_review(note.interview, coach=office, by=candidate, note=note, **in_hours(5))
    assert review.answer_by == note.__class__.objects.get(pk=note.pk).send_at


def test_she_is_told_before_she_asks(note, office, candidate, client_of):
    address = reverse("review-ask", args=[note.interview.public_id])
    for days in range(4):
        hours.add_day_away(office, today_of(office) + days * DAY, by=office)
    page = client_of(candidate).get(address).text
    assert "Tom is back " in page and "Send your note without one?" in page
    assert reverse("note-detail", args=[note.public_id]) in page
    api = client_of(candidate).get("/api/v1/reviews/outlook/", {"interview": note.interview.public_id}).json()
    [told] = api["coaches"]
    asking = answer_times.asking(note.interview, timezone.now())
    assert (told["coach"]["name"], told["can_answer"], told["is_at_work"], told["has_said"]) == (
        "Tom Barasa",
        False,
        False,
        True,
    )
    assert (api["note"], len(api["decisions"])) == (str(note.public_id), 1)
    assert datetime.fromisoformat(told["next_working_moment"]) == asking.coaches[0][1].next_at


def test_of_a_coach_who_has_not_said_nothing_is_presumed(note, coach, candidate, client_of):
    page = client_of(candidate).get(reverse("review-ask", args=[note.interview.public_id])).text
    assert "An answer helps until " in page
    assert "is back" not in page and "at work" not in page


def test_the_outlook_is_hers_alone(note, coach, other_coach, stranger, admin, candidate, client_of):
    query = {"interview": note.interview.public_id}
    statuses = [
        client_of(user).get("/api/v1/reviews/outlook/", query).status_code
        for user in (candidate, coach, other_coach, stranger, admin, None)
    ]
    assert statuses == [200, 403, 404, 404, 404, 401]
