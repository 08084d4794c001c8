"""Not now: a reminder comes again at a time of her choice, while it is still of use."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.records import Conflict, Refused
from accounts.when import to_wall
from followups import reminders
from followups.models import OutboundEmail, Reminder
from followups.reminders import snoozing
from tests.followups.test_reminders_plan import interview_that_ended

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = datetime(2027, 3, 3, 9, tzinfo=UTC)  # a Wednesday, noon in Nairobi
SENT_AT = NOON + 14 * HOUR  # two at night; she is an owl in most of these tests


@pytest.fixture
def owl(candidate):
    candidate.quiet_from = candidate.quiet_until = time(0)
    candidate.save()
    return candidate


@pytest.fixture
def reminder(owl):
    """The first about a note that is due at noon tomorrow; it came at two."""
    interview = interview_that_ended(NOON, candidate=owl, went_well="Well.")
    reminders.refresh(interview, now=NOON)
    assert reminders.deliver_due(SENT_AT) == 1
    return Reminder.objects.get(kind="thank-you", occurrence="first")


def snoozed(reminder):
    return list(Reminder.objects.filter(snoozed=reminder).values_list("occurrence", "status", "due_at"))


@pytest.mark.parametrize(
    ("until", "comes"),
    [
        ("hours", SENT_AT + 2 * HOUR),
        ("morning", datetime(2027, 3, 4, 5, tzinfo=UTC)),
        (SENT_AT + 5 * HOUR, SENT_AT + 5 * HOUR),
    ],
)
def test_it_comes_again_once(owl, reminder, until, comes):
    again = snoozing.snooze(reminder, until=until, by=owl, now=SENT_AT)
    assert (again.due_at, again.deliver_at) == (comes, comes)
    reminder.refresh_from_db()
    assert reminder.read_at == SENT_AT
    assert [reminders.deliver_due(at) for at in (comes - HOUR / 2, comes, comes + HOUR / 2)] == [0, 1, 0]
    assert OutboundEmail.objects.count() == 2


def test_only_what_is_in_time_is_offered(reminder):
    kind, one = snoozing.what_it_asks(reminder, SENT_AT)
    assert list(snoozing.choices(kind, one, SENT_AT)) == ["hours", "morning"]
    assert list(snoozing.choices(kind, one, NOON + 21 * HOUR)) == ["hours"]
    assert list(snoozing.choices(kind, one, NOON + 23 * HOUR)) == []


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (NOON + 24 * HOUR, "it is of use until Thursday 4 March 2027, 12:00 Nairobi"),
        (NOON + 30 * HOUR, "it is of use until"),
        (SENT_AT - HOUR, "This time has passed"),
    ],
)
def test_never_past_its_use(owl, reminder, until, words):
    with pytest.raises(Refused, match=words) as refused:
        snoozing.snooze(reminder, until=until, by=owl, now=SENT_AT)
    assert (refused.value.field, snoozed(reminder)) == ("until", [])


@pytest.mark.parametrize("until", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)])
def test_the_ends_of_the_calendar_are_refused_like_any_other_time(owl, reminder, until):
    """Around them there are no days for which quiet hours could be reckoned."""
    owl.quiet_from, owl.quiet_until = time(22), time(7)
    owl.save()
    with pytest.raises(Refused) as refused:
        snoozing.snooze(reminder, until=until, by=owl, now=SENT_AT)
    assert (refused.value.field, snoozed(reminder)) == ("until", [])


def test_in_quiet_hours_it_waits_for_their_end(owl, reminder):
    owl.quiet_from, owl.quiet_until = time(1), time(7)
    owl.save()
    again = snoozing.snooze(reminder, until="hours", by=owl, now=SENT_AT)
    assert to_wall(again.deliver_at, "Africa/Nairobi").time() == time(7)


def test_pressed_twice_it_says_when_it_comes(owl, reminder):
    snoozing.snooze(reminder, until="hours", by=owl, now=SENT_AT)
    with pytest.raises(Conflict, match="It comes again already: Thursday 4 March 2027, 04:00 Nairobi"):
        snoozing.snooze(reminder, until="morning", by=owl, now=SENT_AT)
    assert len(snoozed(reminder)) == 1


def test_the_one_that_came_again_can_be_snoozed_too(owl, reminder):
    again = snoozing.snooze(reminder, until="hours", by=owl, now=SENT_AT)
    reminders.deliver_due(again.due_at)
    again.refresh_from_db()
    third = snoozing.snooze(again, until="hours", by=owl, now=again.due_at)
    assert (third.occurrence, third.named) == ("first~2", "first")


def test_it_ends_with_its_subject(owl, reminder):
    again = snoozing.snooze(reminder, until="hours", by=owl, now=SENT_AT)
    interview = owl.interviews.get()
    interview.contact_prohibited = True
    interview.save()
    reminders.refresh(interview, now=SENT_AT + HOUR)
    again.refresh_from_db()
    assert again.status == "cancelled"
    with pytest.raises(Conflict, match="Nothing is left"):
        snoozing.snooze(reminder, until="morning", by=owl, now=SENT_AT)


def test_a_deadline_that_comes_nearer_pulls_it_in_front(owl, reminder):
    again = snoozing.snooze(reminder, until=NOON + 23 * HOUR, by=owl, now=SENT_AT)
    interview = owl.interviews.get()
    interview.ends_at -= 4 * HOUR
    interview.save()
    reminders.refresh(interview, now=SENT_AT)
    again.refresh_from_db()
    assert (again.status, again.due_at) == ("waiting", NOON + 19 * HOUR)


def test_what_is_not_asked_cannot_be_snoozed(owl):
    interview = interview_that_ended(NOON, candidate=owl, closed_at=NOON)
    reminders.refresh(interview, now=NOON)
    reminders.deliver_due(NOON)
    with pytest.raises(Conflict):
        snoozing.snooze(Reminder.objects.get(kind="closing"), until="hours", by=owl, now=NOON)


@pytest.fixture
def at_night():
    with time_machine.travel(SENT_AT, tick=False):
        yield


@pytest.mark.usefixtures("at_night")
class TestByPage:
    def page(self, reminder):
        return reverse("reminder-snooze", args=[reminder.public_id])

    def test_it_offers_both_and_a_time_of_her_own(self, owl, client_of, reminder):
        page = client_of(owl).get(self.page(reminder))
        assert list(page.context["choices"]) == ["hours", "morning"]
        assert (
            'title="Thursday 4 March 2027, 12:00 Nairobi">today, 12:00 Nairobi</time>; later' in page.content.decode()
        )

    def test_a_button_is_enough(self, owl, client_of, reminder):
        answer = client_of(owl).post(self.page(reminder), {"until": "morning"})
        assert answer.url == reverse("reminder-list")
        assert snoozed(reminder) == [("first~1", "waiting", datetime(2027, 3, 4, 5, tzinfo=UTC))]

    def test_a_time_by_her_clock(self, owl, client_of, reminder):
        client_of(owl).post(self.page(reminder), {"until": "chosen", "at": "2027-03-04T09:30"})
        assert snoozed(reminder) == [("first~1", "waiting", datetime(2027, 3, 4, 6, 30, tzinfo=UTC))]

    @pytest.mark.parametrize(
        ("at", "words"),
        [
            ("", "Choose the day and the time."),
            ("2027-03-04T13:00", "That would be too late"),
            ("0001-01-01T00:00", "This date cannot be right."),
            ("tomorrow", "Enter a valid date/time."),
        ],
    )
    def test_what_cannot_be_stands_at_the_field(self, owl, client_of, reminder, at, words):
        answer = client_of(owl).post(self.page(reminder), {"until": "chosen", "at": at})
        assert answer.status_code == 422
        assert words in answer.context["form"].errors["at"][0]
        assert snoozed(reminder) == []


@pytest.mark.usefixtures("at_night")
class TestByApi:
    def ask(self, client_of, owl, reminder, verb, data=None):
        address = reverse(f"api:reminder-{verb}", args=[reminder.public_id] if reminder else [])
        return client_of(owl).post(address, data or {}, content_type="application/json")

    def test_snooze(self, owl, client_of, reminder):
        answer = self.ask(client_of, owl, reminder, "snooze", {"until": "hours"})
        assert (answer.status_code, answer.json()["snoozed_until"]) == (200, "2027-03-04T01:00:00Z")
        again = self.ask(client_of, owl, reminder, "snooze", {"at": "2027-03-04T05:00:00Z"})
        assert (again.status_code, len(snoozed(reminder))) == (409, 1)

    @pytest.mark.parametrize(
        ("data", "status"),
        [({}, 400), ({"until": "hours", "at": "2027-03-04T05:00:00Z"}, 400), ({"at": "2027-03-04T09:00:00Z"}, 422)],
    )
    def test_what_cannot_be(self, owl, client_of, reminder, data, status):
        assert self.ask(client_of, owl, reminder, "snooze", data).status_code == status
        assert snoozed(reminder) == []

    def test_read_unread_and_all(self, owl, client_of, reminder):
        assert self.ask(client_of, owl, reminder, "read").json()["read_at"] == "2027-03-03T23:00:00Z"
        assert self.ask(client_of, owl, reminder, "unread").json()["read_at"] is None
        assert self.ask(client_of, owl, None, "read-all").status_code == 204
        reminder.refresh_from_db()
        assert reminder.read_at == SENT_AT

    def test_the_list_is_what_reached_her(self, owl, client_of, reminder):
        body = client_of(owl).get(reverse("api:reminder-list"), {"unread": "true"}).json()
        assert [(row["kind"], row["path"]) for row in body["results"]] == [
            ("thank-you", reverse("interview-detail", args=[reminder.subject_id]))
        ]
        assert client_of(owl).get(reverse("api:reminder-list"), {"unread": "false"}).json()["results"] == []

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_same_number_of_queries_however_many(self, owl, client_of, reminder, number, django_assert_num_queries):
        for n in range(1, number):
            Reminder.objects.create(
                kind="debrief", subject_type="interviews.interview", subject_id=reminder.subject_id, recipient=owl,
                occurrence=str(n), status="sent", due_at=NOON, deliver_at=NOON, sent_at=NOON,
            )  # fmt: skip
        client = client_of(owl)
        with django_assert_num_queries(4):  # session, person, reminders, those that come again
            client.get(reverse("api:reminder-list"), {"page_size": 50})
