"""Admins hear of what is wrong with mail: once for each cause, at most daily, and not any more once it is over."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from coaching import tasks
from followups import alerts, outbox
from followups.models import Alert, Heartbeat, OutboundEmail, Reminder
from followups.outbox.clock import database_now
from tests import factories
from tests.faults.sink import Say
from tests.mailing import queue_letter, queue_mail

pytestmark = pytest.mark.django_db
Cause = Alert.Cause
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def now():
    return database_now()


def open_causes():
    return sorted(Alert.objects.open().values_list("cause", flat=True))


def waiting(minutes, now, number=1, **fields):
    """Mails that have been due for so many minutes."""
    due = now - minutes * MINUTE
    for _ in range(number):
        OutboundEmail.objects.create(kind="test", due_at=due, next_try_at=due, **fields)


def refused(number, now, code=550):
    for _ in range(number):
        OutboundEmail.objects.create(
            kind="test", due_at=now, next_try_at=now, status="failed", error="answer", code=code, finished_at=now
        )


def accepted(number, now):
    for _ in range(number):
        OutboundEmail.objects.create(kind="test", due_at=now - MINUTE, next_try_at=now, status="sent", sent_at=now)


def beat(name, at):
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})


def test_nothing_is_wrong(now):
    accepted(30, now)
    alerts.look(now)
    assert (open_causes(), Reminder.objects.count()) == ([], 0)


@pytest.mark.parametrize(("minutes", "causes"), [(5, []), (6, ["queue_late"])])
def test_a_late_queue(now, minutes, causes):
    waiting(minutes, now)
    alerts.look(now)
    assert open_causes() == causes


@pytest.mark.parametrize("trouble", ["unreachable", "authentication"])
def test_while_the_mail_server_is_away_that_is_the_cause(now, trouble):
    waiting(9, now)
    beat(f"smtp_{trouble}", now - MINUTE)
    alerts.look(now)
    assert open_causes() == [trouble]


def test_a_hiccup_of_the_mail_server_is_none(now):
    beat("smtp_unreachable", now)
    waiting(0.5, now)
    alerts.look(now)
    assert open_causes() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("says", "trouble"), [(None, "smtp_unreachable"), (Say("helo", 421), "smtp_unreachable")])
def test_the_pump_notes_that_there_is_no_line(candidate, sink, says, trouble):
    queue_mail(candidate)
    if says is None:
        sink.stop()
    else:
        sink.default = says
    outbox.pump()
    assert Heartbeat.objects.filter(name__startswith="smtp_").values_list("name", flat=True).get() == trouble


@pytest.mark.parametrize(
    ("bad", "good", "causes"), [(4, 0, []), (5, 0, ["refusals"]), (5, 45, ["refusals"]), (5, 46, [])]
)
def test_many_refusals_are_five_and_a_tenth(now, bad, good, causes):
    refused(bad, now)
    accepted(good, now)
    alerts.look(now + timedelta(seconds=1))
    assert open_causes() == causes


@pytest.mark.parametrize(("age", "causes"), [(14 * MINUTE, []), (16 * MINUTE, ["unknown_open"]), (3 * DAY, [])])
def test_letters_nobody_can_see(now, age, causes):
    then = now - age
    OutboundEmail.objects.create(kind="t", due_at=then, next_try_at=then, status="unknown", finished_at=then)
    alerts.look(now)
    assert open_causes() == causes


def test_the_breaker_and_the_pause(candidate, admin, settings):
    settings.LETTERS_AN_HOUR = 1
    queue_letter(candidate)
    outbox.pause_letters(by=admin)
    alerts.look(database_now())
    assert open_causes() == ["breaker", "paused"]


def test_each_admin_is_told_once_and_again_after_a_day(admin, now):
    other = factories.AdminFactory()
    factories.AdminFactory(is_active=False)
    waiting(6, now)
    for minutes in range(0, 24 * 60, 30):
        beat("alerts", now + (minutes - 1) * MINUTE)
        alerts.look(now + minutes * MINUTE)
    told = sorted(Reminder.objects.filter(kind="mail-alert").values_list("recipient_id", "occurrence"))
    assert told == sorted([(admin.pk, "1"), (other.pk, "1")])
    beat("alerts", now + DAY)
    alerts.look(now + DAY + MINUTE)
    assert Reminder.objects.filter(kind="mail-alert", occurrence="2").count() == 2
    assert Alert.objects.filter(cause="queue_late").count() == 1


def test_one_open_for_each_cause(now):
    fields = {"cause": "paused", "opened_at": now, "seen_at": now}
    Alert.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(**fields)
    Alert.objects.create(**fields, closed_at=now)


def test_it_is_closed_when_it_is_over_and_what_was_not_sent_is_not(admin, now):
    alert = alerts.report(Cause.BREAKER, 3, now=now)
    alerts.over(Cause.BREAKER, now=now + 4 * MINUTE)
    assert open_causes() == ["breaker"]
    alerts.over(Cause.BREAKER, now=now + 5 * MINUTE)
    alert.refresh_from_db()
    assert (alert.closed_at, Reminder.objects.get().status) == (now + 5 * MINUTE, "cancelled")


def test_a_cause_that_flickers_is_told_once_a_day(admin, now):
    for hour in range(5):
        moment = now + hour * timedelta(hours=1)
        alerts.report(Cause.BREAKER, 3, now=moment)
        alerts.over(Cause.BREAKER, now=moment + 10 * MINUTE)
    assert (Alert.objects.count(), Reminder.objects.count()) == (1, 1)
    alerts.report(Cause.BREAKER, 3, now=now + DAY + MINUTE)
    assert Alert.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_it_reaches_admins_by_mail_and_in_the_list(admin, candidate, sink, client_of):
    now = database_now()
    waiting(6, now, message_encrypted=b"unreadable", to_address_encrypted=b"unreadable")
    outbox.pump()
    [mail] = sink.accepted
    assert (mail.to, mail.message["Subject"]) == (admin.email, "Afterword: something about mail needs you")
    text = mail.message.get_body(("plain",)).get_content()
    assert "Mails are waiting past their time. The oldest mail that is due has waited for 6 minutes." in text
    assert OutboundEmail.objects.get(recipient=admin).urgency == OutboundEmail.Urgency.DEADLINE
    listed = client_of(admin).get(reverse("reminder-list")).content.decode()
    assert "Something about mail needs an admin" in listed
    assert "Mails are waiting past their time" in client_of(admin).get(reverse("today")).content.decode()
    assert "Mails are waiting past their time" not in client_of(candidate).get(reverse("today")).content.decode()


def test_a_pump_that_was_silent_says_so_once_it_is_back(admin, now):
    beat("alerts", now - 40 * MINUTE)
    alerts.look(now)
    alert = Alert.objects.get()
    assert (alert.cause, alert.figure, alert.closed_at) == ("pump_silent", 2400, now)
    assert Reminder.objects.get().status == "waiting"
    beat("alerts", now - 10 * MINUTE)
    alerts.look(now + MINUTE)
    assert (Alert.objects.count(), Reminder.objects.count()) == (1, 1)


def test_while_it_is_silent_the_pages_of_admins_say_so(admin, client_of, now):
    beat("pump", now - 10 * MINUTE)
    for name in ("mail-list", "punctuality", "today"):
        assert "The pump was silent" in client_of(admin).get(reverse(name)).content.decode()
    assert alerts.standing(now, pause=None)[0].words == "For 10 minutes nobody looked for mails that were due."
    assert client_of(None).get("/readyz").status_code == 503


def test_several_pumps_look_once(now):
    waiting(6, now)
    for _ in range(3):
        alerts.look(now)
    assert Heartbeat.objects.get(name="alerts").at == now
    beat("alerts", now)
    Alert.objects.all().delete()
    alerts.look(now + timedelta(seconds=29))
    assert not Alert.objects.exists()


def test_broken_promises_found_by_the_hourly_check(admin, now):
    broken = OutboundEmail.objects.create(
        kind="t", due_at=now, next_try_at=now, status="claimed", claim_id=uuid.uuid4(), lease_until=now - DAY
    )
    tasks.check_invariants()
    assert open_causes() == ["invariants"]
    broken.delete()
    Alert.objects.update(seen_at=now - DAY)
    tasks.check_invariants()
    assert open_causes() == []


def test_every_cause_has_words_and_advice(now):
    for cause in Cause:
        alert = Alert(cause=cause, opened_at=now, seen_at=now, figure=1)
        assert alerts.words_of(alert).endswith(".") and alerts.advice_for(alert).endswith(".")
        assert "%(" not in alerts.words_of(alert)
