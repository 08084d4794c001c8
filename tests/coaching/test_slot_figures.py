"""How slots are used: numbers, silence below five."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coaching import slot_figures
from coaching.models import Booking
from tests.factories import BookingFactory, SlotFactory

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def used(coach, at, status="done", days_ahead=3, missed_by=""):
    slot = SlotFactory(coach=coach, starts_at=at, status="done" if status != "booked" else "open")
    booking = BookingFactory(slot=slot, status=status, missed_by=missed_by)
    Booking.objects.filter(pk=booking.pk).update(created_at=at - days_ahead * DAY)


def summary(figures):
    return (figures.offered, figures.taken, figures.came, figures.missed, figures.use, figures.lead_days)


@pytest.mark.django_db
def test_a_week_counts_offered_taken_missed_and_how_long_ahead(coach, admin):
    for number in range(4):
        used(coach, NOW - DAY - number * HOUR, days_ahead=number + 1)
    used(coach, NOW - DAY - 5 * HOUR, status="no_show", days_ahead=9)
    SlotFactory(coach=coach, starts_at=NOW - DAY - 7 * HOUR)
    SlotFactory(coach=coach, starts_at=NOW - DAY - 9 * HOUR, status="withdrawn")
    SlotFactory(coach=coach, starts_at=NOW + DAY)
    weeks, together = slot_figures.of_weeks(admin, NOW)
    assert summary(weeks[0]) == summary(together) == (6, 5, 4, 1, 83, 3.0)
    assert (weeks[0].week.isoformat(), weeks[0].missed_share, len(weeks)) == ("2026-11-23", 20, 12)
    assert summary(weeks[1]) == (0, 0, 0, 0, None, None)


@pytest.mark.django_db
def test_missed_is_what_the_candidate_missed(coach, admin, client_of):
    """Said before it was asked who (empty) counts; what the coach missed is told apart, and a quarrel counts for nobody."""
    for number, by in enumerate(("", "candidate", "coach", "coach", "coach", "unsettled")):
        used(coach, NOW - DAY - number * HOUR, status="no_show", missed_by=by)
    used(coach, NOW - DAY - 7 * HOUR)
    used(coach, NOW - DAY - 8 * HOUR)
    _weeks, together = slot_figures.of_weeks(admin, NOW)
    assert (together.taken, together.came, together.missed, together.coach_missed) == (8, 2, 2, 3)
    assert together.missed_share == 50
    with time_machine.travel(NOW, tick=False):
        row = client_of(admin).get(reverse("api:slot-figures")).json()[0]
        page = client_of(admin).get(reverse("slot-figures")).text
    assert (row["missed"], row["coach_missed"], row["missed_share"]) == (2, 3, 50)
    assert "Missed by the coach" in page


@pytest.mark.django_db
def test_few_are_silent_for_admins_and_not_for_herself(coach, other_coach, admin):
    for number in range(4):
        used(coach, NOW - DAY - number * HOUR)
    seen = {
        user: (weeks[0].is_silent, weeks[0].taken, weeks[0].came)
        for user in (admin, coach, other_coach)
        for weeks, _together in [slot_figures.of_weeks(user, NOW)]
    }
    assert seen == {admin: (True, 4, 0), coach: (False, 4, 4), other_coach: (False, 0, 0)}


@pytest.mark.django_db
def test_page_and_api_show_them_to_whom_they_concern(coach, other_coach, admin, client_of):
    now = timezone.now()
    for number in range(5):
        used(coach, now - 8 * DAY - number * HOUR)
    page = client_of(admin).get(reverse("slot-figures"))
    assert "5 of 5 slots were taken" in page.text
    assert (len(page.context["bars"]), len(page.context["rows"])) == (12, 2)
    assert "No slot has come round" in client_of(other_coach).get(reverse("slot-figures")).text
    rows = client_of(coach).get(reverse("api:slot-figures")).json()
    assert (rows[0]["offered"], rows[0]["taken"], rows[0]["use"], rows[0]["week"]) == (5, 5, 100, None)
    one = client_of(admin).get(reverse("api:slot-figures"), {"coach": str(other_coach.public_id)}).json()
    assert one[0]["offered"] == 0


@pytest.mark.django_db
def test_they_take_as_many_queries_at_any_size(coach, admin, client_of, django_assert_num_queries):
    client = client_of(admin)
    for size in (1, 30):
        for number in range(size):
            used(coach, timezone.now() - 2 * DAY - (number + size) * HOUR)
        with django_assert_num_queries(6):
            client.get(reverse("slot-figures"))
