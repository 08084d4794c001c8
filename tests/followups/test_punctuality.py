"""Punctuality comes from the rows themselves: what is late, lost, doubled and unknown, by class and week, and nobody in particular."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from followups import outbox, punctuality
from followups.models import Heartbeat, OutboundEmail, OutboundEmailEvent, PunctualityWeek
from followups.outbox.clock import database_now
from tests.mailing import queue_letter, queue_mail

pytestmark = pytest.mark.django_db
Urgency = OutboundEmail.Urgency
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
NOW = MONDAY + timedelta(days=9, hours=3)
SECOND = timedelta(seconds=1)


def mail(*, late=None, due=MONDAY, urgency=Urgency.DEADLINE, events=(), **fields):
    """A mail due in the week of MONDAY, accepted `late` seconds after that; its answers nobody saw as `events`."""
    if late is not None:
        fields = {"status": "sent", "sent_at": fields.get("deliver_at", due) + late * SECOND, **fields}
    row = OutboundEmail.objects.create(
        kind="test", urgency=urgency, due_at=due, next_try_at=fields.pop("next_try_at", due), **fields
    )
    for old, new, reason in events:
        OutboundEmailEvent.objects.create(subject=row, old=old, new=new, reason=reason)
    return row


def together(now=NOW):
    """The figures of that week, all classes together."""
    [row] = [row for row in punctuality.compute(MONDAY.date(), now) if row.urgency is None]
    return row


def test_half_ninety_five_and_the_slowest():
    for late in range(1, 101):
        mail(late=late)
    figures = together()
    assert (figures.sent, figures.on_time, figures.p50, round(figures.p95, 2), figures.worst) == (
        100,
        60,
        50.5,
        95.05,
        100,
    )


def test_each_class_on_its_own_and_all_together():
    for urgency in (Urgency.LETTER, Urgency.LETTER, Urgency.ROUTINE):
        mail(late=1, urgency=urgency)
    counts = {row.urgency: row.sent for row in punctuality.compute(MONDAY.date(), NOW)}
    assert counts == {Urgency.LETTER: 2, Urgency.ROUTINE: 1, None: 3}


def test_the_due_moment_is_that_after_quiet_hours():
    mail(late=2, deliver_at=MONDAY + timedelta(hours=7))
    assert together().worst == 2


def test_a_row_is_written_with_that_moment(candidate):
    candidate.zone = "UTC"
    candidate.save()
    due = MONDAY.replace(hour=2)
    held = queue_mail(candidate, due_at=due, ignores_quiet_hours=False, useless_after=due + timedelta(days=1))
    at_once = queue_mail(candidate, due_at=due)
    assert (held.deliver_at, at_once.deliver_at) == (due.replace(hour=7), None)


def test_a_second_try_that_a_person_asks_for_counts_anew(candidate, admin):
    row = queue_mail(candidate, due_at=MONDAY)
    OutboundEmail.objects.filter(pk=row.pk).update(status="failed", code=550, error="answer", finished_at=MONDAY)
    row.refresh_from_db()
    before = database_now()
    outbox.retry(row, by=admin)
    row.refresh_from_db()
    assert (row.due_at, row.deliver_at >= before) == (MONDAY, True)


def test_early_is_not_better_than_punctual():
    mail(late=-30)
    assert together().worst == 0


def test_weeks_begin_on_monday_in_utc():
    mail(late=1, due=MONDAY - SECOND)
    mail(late=1, due=MONDAY)
    mail(late=1, due=MONDAY + timedelta(days=7) - SECOND)
    mail(late=1, due=MONDAY + timedelta(days=7))
    assert together().sent == 2


LEASE = timedelta(seconds=330)


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ({"status": "failed", "error": "too_late"}, 1),
        ({"status": "failed", "error": "answer", "code": 451}, 1),  # asked to wait until it was of no use any more
        ({"status": "failed", "error": "connect"}, 1),
        ({"status": "failed", "error": "InvalidToken"}, 1),
        ({"status": "failed", "error": "answer", "code": 550}, 0),
        ({"status": "failed", "error": "bounced"}, 0),
        ({"status": "failed", "error": "follower"}, 0),
        ({"status": "suppressed", "error": "changed"}, 0),
        ({"status": "cancelled"}, 0),
        ({"status": "unknown"}, 0),
        ({"status": "claimed", "claim_id": uuid.uuid4(), "lease_until": NOW - 61 * SECOND}, 1),
        ({"status": "handing_over", "claim_id": uuid.uuid4(), "lease_until": NOW - 59 * SECOND}, 0),
        ({"status": "queued", "next_try_at": NOW - LEASE - 61 * SECOND}, 1),
        ({"status": "queued", "next_try_at": NOW - LEASE - 59 * SECOND}, 0),
        ({"status": "queued", "next_try_at": NOW + SECOND}, 0),
    ],
)
def test_lost(fields, lost):
    mail(**fields)
    assert together().lost == lost


def test_refused_is_neither_lost_nor_late():
    mail(status="failed", error="answer", code=550)
    figures = together()
    assert (figures.refused, figures.lost, figures.sent) == (1, 0, 0)


@pytest.mark.parametrize(
    ("events", "doubled"),
    [
        ([("handing_over", "queued", "lost")], 1),
        ([("handing_over", "queued", "lease_over")], 1),
        ([("handing_over", "queued", "lost")] * 3, 1),
        ([("handing_over", "queued", "retry")], 0),
        ([("claimed", "queued", "lease_over")], 0),
    ],
)
def test_own_mail_handed_over_again_after_an_answer_nobody_saw_may_be_doubled(events, doubled):
    mail(late=5, events=events)
    assert together().doubled == doubled


def letter(**fields):
    about = {"subject_type": "t", "subject_id": uuid.UUID(int=1), "to_address_hash": "a", "content_hash": "c"}
    return mail(late=1, to_third_party=True, **{**about, **fields})


@pytest.mark.parametrize(
    ("first", "second", "doubled"),
    [
        ({}, {}, 1),
        ({"bounced_at": NOW}, {}, 0),
        ({}, {"to_address_hash": "b"}, 0),
        ({}, {"content_hash": "d"}, 0),
        ({}, {"subject_id": uuid.UUID(int=2)}, 0),
        ({"status": "cancelled"}, {}, 0),  # a person settled it as not arrived, and sent it again
    ],
)
def test_the_same_letter_accepted_twice(first, second, doubled):
    letter(**first)
    letter(**second)
    assert together().doubled == doubled


def test_unknown_stays_counted_whatever_its_owner_decides():
    mail(status="unknown", to_third_party=True, events=[("handing_over", "unknown", "lost")])
    mail(
        late=1, to_third_party=True, events=[("handing_over", "unknown", "lease_over"), ("unknown", "sent", "arrived")]
    )
    assert together().unknown == 2


def test_the_pump_refreshes_this_week_and_the_last_and_keeps_the_rest():
    old = MONDAY - timedelta(weeks=3)
    mail(late=1, due=old)
    mail(late=1)
    punctuality.refresh(NOW)
    OutboundEmail.objects.all().delete()  # archived
    mail(late=1, due=NOW)
    punctuality.refresh(NOW + timedelta(minutes=6))
    counts = {row.week: row.sent for row in PunctualityWeek.objects.filter(urgency=None) if row.sent}
    assert counts == {old.date(): 1, punctuality.monday_of(NOW): 1}


def test_scrubbing_takes_nothing_from_the_figures(candidate):
    row = mail(late=4, message_encrypted=b"x", finished_at=MONDAY)
    before = together()
    outbox.pump(now=NOW + timedelta(days=40), limit=0)
    row.refresh_from_db()
    assert (row.scrubbed_at is not None, together().p50, before.p50) == (True, 4, 4)


def test_it_looks_at_most_every_five_minutes():
    punctuality.refresh(NOW)
    first = PunctualityWeek.objects.values_list("computed_at", flat=True).first()
    punctuality.refresh(NOW + timedelta(minutes=4))
    assert PunctualityWeek.objects.filter(computed_at=first).count() == PunctualityWeek.objects.count() == 12
    punctuality.refresh(NOW + timedelta(minutes=5))
    assert PunctualityWeek.objects.exclude(computed_at=first).count() == 2
    assert Heartbeat.objects.get(name="punctuality").at == NOW + timedelta(minutes=5)


def nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def test_a_week_is_read_by_its_index_however_much_else_there_is():
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO followups_outboundemail (public_id, created_at, updated_at, kind, urgency, to_third_party,
                   to_address_hash, content_hash, is_secret, subject_type, status, due_at, next_try_at, ignores_quiet_hours,
                   attempts, stage, error, sent_at, bounce_code)
               SELECT gen_random_uuid(), d, d, 'test', 3, false, '', '', false, '', 'sent', d, d, false, 1, '', '', d, ''
               FROM (SELECT %s::timestamptz - make_interval(mins => n) AS d FROM generate_series(1, 40000) n) AS days""",
            [NOW],
        )
        cursor.execute("ANALYZE followups_outboundemail")
        begin = MONDAY - timedelta(weeks=2)
        values = {
            "now": NOW,
            "grace": SECOND,
            "lease": SECOND,
            "on_time": 60,
            "begin": begin,
            "end": begin + timedelta(days=1),
        }
        cursor.execute(f"EXPLAIN (FORMAT JSON) {punctuality.FIGURES}", values)
        answer = cursor.fetchone()[0]
    [plan] = json.loads(answer) if isinstance(answer, str) else answer
    reads = [
        (node["Node Type"], node.get("Alias"))
        for node in nodes(plan["Plan"])
        if node.get("Relation Name") == "followups_outboundemail"
    ]
    assert ("Seq Scan", "row") not in reads
    assert "outbound_email_punctuality" in str(answer)


@pytest.fixture
def figures(time_machine):
    """A good week with some of each, and a week with very few."""
    time_machine.move_to(NOW)
    for late in range(1, 11):
        mail(late=late, urgency=Urgency.ROUTINE)
    mail(late=777, urgency=Urgency.LETTER)
    mail(late=888, due=MONDAY + timedelta(days=7))
    punctuality.refresh(NOW)


def test_the_page(figures, admin, client_of):
    answer = client_of(admin).get(reverse("punctuality"))
    page = answer.content.decode()
    week = MONDAY.date() + timedelta(days=7)
    assert [(cell.week, cell.sent, cell.p50) for cell in answer.context["cells"]] == [
        (week, 1, None),
        (MONDAY.date(), 11, 6),
    ]
    assert answer.context["latest"].week == MONDAY.date()
    assert ("<svg" in page, "style=" in page, "12 min 57 s" in page) == (True, False, True)


@pytest.mark.parametrize(
    ("name", "weeks"),
    [("routine", [(10, 10)]), ("letter", [(1, None)]), ("account", []), ("x", [(1, None), (11, 777)])],
)
def test_one_class(figures, admin, client_of, name, weeks):
    cells = client_of(admin).get(reverse("punctuality") + f"?class={name}").context["cells"]
    assert [(cell.sent, cell.worst) for cell in cells] == weeks


def test_what_would_be_somebodys_own_is_left_out(figures, admin, client_of):
    """The slowest of all is one letter, which the class of letters must not show; nor the week with one mail."""
    for query in ("", "?class=deadline", "?class=letter"):
        page = client_of(admin).get(reverse("punctuality") + query).content.decode()
        assert "14 min 48 s" not in page
    assert "12 min 57 s" not in page
    body = client_of(admin).get("/api/v1/punctuality/").json()
    shown = {(row["week"], row["mail_class"]): (row["sent"], row["p50"], row["worst"]) for row in body["weeks"]}
    assert shown == {
        ("2026-11-23", "all"): (1, None, None),
        ("2026-11-23", "deadline"): (1, None, None),
        ("2026-11-16", "all"): (11, 6, 777),
        ("2026-11-16", "letter"): (1, None, None),
        ("2026-11-16", "routine"): (10, 5.5, 10),
    }


def test_the_summary_is_there_where_the_installation_shows_it(figures, client_of, settings):
    client = client_of(None)
    assert [client.get(path).status_code for path in ("/punctuality/", "/api/v1/punctuality/summary/")] == [404, 404]
    settings.AFTERWORD_PUBLIC_PUNCTUALITY = True
    page = client.get("/punctuality/")
    assert (
        page.status_code,
        "Letter" in page.content.decode().split("<main")[1].split("<table")[1].split("</table>")[0],
    ) == (200, False)
    rows = client.get("/api/v1/punctuality/summary/").json()
    assert [(row["week"], row["mail_class"], row["sent"], row["worst"]) for row in rows] == [
        ("2026-11-23", "all", 0, None),
        ("2026-11-16", "all", 11, 777),
    ]


def test_the_public_hears_nothing_of_a_week_in_which_nothing_arrived_but_one_letter_hangs(client_of, settings):
    settings.AFTERWORD_PUBLIC_PUNCTUALITY = True
    now = database_now()
    PunctualityWeek.objects.create(week=punctuality.monday_of(now), unknown=1, lost=1, refused=1, computed_at=now)
    client = client_of(None)
    [row] = client.get("/api/v1/punctuality/summary/").json()
    assert [row[name] for name in ("sent", "unknown", "lost", "refused")] == [0, 0, 0, 0]
    assert "too few to show" in client.get("/punctuality/").content.decode()


@pytest.mark.parametrize("weeks", [1, 12])
def test_the_same_number_of_queries_however_many_weeks(admin, client_of, weeks, django_assert_num_queries):
    now = database_now()
    for week in range(weeks):
        mail(late=1, due=now - timedelta(weeks=week))
    punctuality.refresh(now)
    client = client_of(admin)
    with django_assert_num_queries(
        9
    ):  # session, person, weeks, the pump's age twice, the oldest due, the pause, alerts, past alerts
        client.get(reverse("punctuality"))


def test_a_letter_counts_from_the_outbox_to_the_page(candidate, sink, transactional_db):
    queue_letter(candidate)
    outbox.pump()
    now = database_now()
    [row] = [row for row in punctuality.compute(punctuality.monday_of(now), now) if row.urgency == Urgency.LETTER]
    assert (row.sent, row.on_time, row.lost, row.doubled, row.unknown) == (1, 1, 0, 0, 0)
