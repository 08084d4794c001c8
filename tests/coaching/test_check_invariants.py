"""The invariants are zero on a healthy database, and each breach is counted."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts import services
from coaching import invariants, tasks
from tests.factories import BookingFactory, CoachFactory, CommentFactory, SlotFactory

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    code = 0
    try:
        call_command("check_invariants", stdout=out)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue().splitlines()


def broken(code):
    return sum(result.count for result in invariants.check(timezone.now()) if result.code == code)


def test_healthy(candidate, admin):
    services.propose_engagement(candidate=candidate, coach=CoachFactory(), by=admin)

    code, lines = run()

    assert (code, lines[-1].split()[0]) == (0, "0")
    assert len(lines) == len(invariants.QUERIES) + len(list(invariants.machines())) + 3


def test_a_status_without_its_event_is_broken():
    SlotFactory()  # written past the services, so without its first event

    assert (run()[0], broken("I7")) == (1, 1)


def test_a_status_changed_behind_the_writer_is_broken(candidate, admin):
    engagement = services.propose_engagement(candidate=candidate, coach=CoachFactory(), by=admin)
    type(engagement).objects.update(status="declined")

    assert broken("I7") == 1


def test_a_booking_whose_slot_moved_alone_is_broken():
    booking = BookingFactory()
    type(booking).objects.update(ends_at=booking.ends_at + timedelta(minutes=5))

    assert broken("I6") == 1


def test_what_was_written_about_somebody_who_is_gone_is_broken_until_it_is_erased_too(candidate):
    type(candidate).objects.filter(pk=candidate.pk).update(erased_at=timezone.now(), is_active=False)
    candidate.emailaddress_set.all().delete()
    assert broken("I8") == 0
    CommentFactory(candidate=candidate)
    assert broken("I8") == 1
    tasks.check_invariants()
    assert broken("I8") == 0


def test_a_day_looks_at_every_row_once(monkeypatch):
    monkeypatch.setattr(invariants, "NEWEST", 0)
    SlotFactory.create_batch(5)
    by_hour = [[one.count for one in invariants.check(timezone.now(), hour=hour)] for hour in range(24)]
    assert [sum(counts) for counts in zip(*by_hour, strict=True)] == [
        one.count for one in invariants.check(timezone.now())
    ]
    assert max(sum(counts) for counts in by_hour) < 5


def test_what_is_new_is_looked_at_each_hour():
    SlotFactory.create_batch(3)
    assert {sum(one.count for one in invariants.check(timezone.now(), hour=hour)) for hour in range(24)} == {3}


def test_a_row_that_breaks_something_with_one_of_another_hour_is_seen(monkeypatch):
    monkeypatch.setattr(invariants, "NEWEST", 0)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE coaching_mockslot DROP CONSTRAINT slot_no_overlap_per_coach")
    first, *_between, last = SlotFactory.create_batch(30)
    times = {name: getattr(first, name) for name in ("starts_at", "ends_at", "blocked_until")}
    type(last).objects.filter(pk=last.pk).update(coach=first.coach, **times)
    found = [
        one.count
        for hour in range(24)
        for one in invariants.check(timezone.now(), hour=hour)
        if one.promise == "no coach has two live slots at once"
    ]
    assert sum(found) == 1
