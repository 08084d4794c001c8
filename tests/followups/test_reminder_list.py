"""What reached me, and turning kinds off from a mail."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from followups.models import Reminder
from followups.reminders import unsubscribe
from tests.factories import InterviewFactory

pytestmark = pytest.mark.django_db


def reached(person, number=1, **fields):
    interview = InterviewFactory(candidate=person, company="Kijani Foods")
    now = timezone.now()
    return [
        Reminder.objects.create(
            kind="debrief",
            subject_type=interview._meta.label_lower,
            subject_id=interview.public_id,
            recipient=person,
            occurrence=str(n),
            status="sent",
            due_at=now,
            deliver_at=now,
            sent_at=now - timedelta(minutes=n),
            **fields,
        )
        for n in range(number)
    ]


def test_mine_newest_first_and_nobody_elses(candidate, stranger, client_of):
    mine, theirs = reached(candidate, 2), reached(stranger)
    page = client_of(candidate).get(reverse("reminder-list"))
    assert page.context["page"].rows == mine
    assert theirs[0].public_id.hex not in page.content.decode().replace("-", "")
    assert page.content.decode().count("New</span>") == 2


@pytest.mark.parametrize("number", [1, 30])
def test_the_same_number_of_queries_however_many(candidate, client_of, number, django_assert_num_queries):
    reached(candidate, number)
    client = client_of(candidate)
    with django_assert_num_queries(4):  # session, person, reminders, their interviews
        client.get(reverse("reminder-list"))


def test_each_says_which_interview_it_is_about(candidate, client_of):
    reached(candidate)
    assert [each.about for each in client_of(candidate).get(reverse("reminder-list")).context["page"]] == [
        "Kijani Foods"
    ]


def test_pages_join(candidate, client_of):
    rows = reached(candidate, 30)
    client = client_of(candidate)
    first = client.get(reverse("reminder-list")).context["page"]
    second = client.get(reverse("reminder-list") + first.next_url).context["page"]
    assert first.rows + second.rows == rows
    assert client.get(reverse("reminder-list") + second.previous_url).context["page"].rows == first.rows


def test_opening_marks_as_read_and_leads_there(candidate, client_of):
    [row] = reached(candidate)
    answer = client_of(candidate).post(reverse("reminder-open", args=[row.public_id]))
    row.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, reverse("debrief", args=[row.subject_id]))
    assert row.read_at is not None


def test_nobody_opens_mine(candidate, stranger, coach, client_of):
    [row] = reached(candidate)
    for person in (stranger, coach):
        assert client_of(person).post(reverse("reminder-open", args=[row.public_id])).status_code == 404


@pytest.mark.parametrize("door", ["reminder-read", "api:reminder-read-all"])
def test_all_read_at_once_and_none_of_anybody_elses(door, candidate, stranger, client_of):
    reached(candidate, 2)
    [theirs] = reached(stranger)
    client_of(candidate).post(reverse(door))
    assert list(Reminder.objects.filter(read_at=None)) == [theirs]


def test_one_is_marked_as_new_again(candidate, stranger, client_of):
    [row] = reached(candidate, read_at=timezone.now())
    address = reverse("reminder-unread", args=[row.public_id])
    assert client_of(stranger).post(address).status_code == 404
    assert client_of(candidate).post(address).url == reverse("reminder-list")
    row.refresh_from_db()
    assert row.read_at is None


def badge_of(page):
    found = re.search(r'class="unread"[^>]*>([0-9+]+)<', page.content.decode())
    return found and found.group(1)


def test_every_page_says_how_many_are_new_without_asking(candidate, stranger, client_of, django_assert_num_queries):
    client = client_of(candidate)
    with django_assert_num_queries(3):  # session, person, reminders
        assert badge_of(client.get(reverse("reminder-list"))) is None
    reached(candidate, 3)
    reached(candidate, 2, read_at=timezone.now())
    reached(stranger, 4)
    with django_assert_num_queries(4):  # their interviews too
        assert badge_of(client.get(reverse("reminder-list"))) == "3"
    client.post(reverse("reminder-read"))
    assert badge_of(client.get(reverse("reminder-list"))) is None


def test_more_than_a_hundred_are_just_many(candidate, client_of):
    reached(candidate, 101)
    assert badge_of(client_of(candidate).get(reverse("reminder-list"))) == "99+"


def test_the_number_comes_from_its_own_index(candidate):
    reached(candidate, 3)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        query, parameters = Reminder.objects.filter(recipient=candidate).unread().query.sql_with_params()
        cursor.execute(f"EXPLAIN {query}", parameters)
        assert "reminder_unread" in " ".join(line for (line,) in cursor.fetchall())


def token_of(person, kind="debrief"):
    return unsubscribe.url(person, kind).rstrip("/").rsplit("/", 1)[1]


def test_opening_the_link_changes_nothing(candidate):
    address = reverse("reminder-unsubscribe", args=[token_of(candidate)])
    for method in ("get", "head"):
        assert getattr(Client(), method)(address).status_code == 200
    candidate.refresh_from_db()
    assert candidate.muted_reminders == []


def test_one_click_turns_that_kind_off_without_signing_in(candidate):
    address = reverse("reminder-unsubscribe", args=[token_of(candidate)])
    for _ in range(2):
        answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    candidate.refresh_from_db()
    assert candidate.muted_reminders == ["debrief"]


@pytest.mark.parametrize("change", [lambda t: t[:-3] + "AAA", lambda t: t.replace("debrief", "closing"), lambda t: "x"])
def test_a_forged_link_is_no_page(candidate, change):
    address = reverse("reminder-unsubscribe", args=[change(token_of(candidate))])
    assert Client().post(address).status_code == 404
    candidate.refresh_from_db()
    assert candidate.muted_reminders == []


def test_a_link_for_a_kind_that_is_no_more_is_no_page(candidate):
    assert Client().get(reverse("reminder-unsubscribe", args=[token_of(candidate, "gone")])).status_code == 404
