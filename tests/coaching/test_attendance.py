"""Whether a session took place: said by either side or by an admin, kept side by side, and counted only where they agree."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.records import Conflict, Refused
from coaching.attendance import Outcome, settle
from coaching.models import Attendance, Booking
from coaching.services import attendance, house_rules, sweep
from tests.factories import BookingFactory, SlotFactory

SAID = ("took_place", "candidate_missed", "coach_missed")


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ({"coach": "took_place"}, Outcome(True)),
        ({"coach": "candidate_missed"}, Outcome(False, "candidate")),
        ({"candidate": "coach_missed"}, Outcome(False, "coach")),
        ({"candidate": "coach_missed", "coach": "coach_missed"}, Outcome(False, "coach")),
        ({"candidate": "coach_missed", "coach": "candidate_missed"}, Outcome(False, "unsettled")),
        ({"candidate": "coach_missed", "coach": "took_place"}, Outcome(True)),
        ({"candidate": "took_place", "coach": "candidate_missed"}, Outcome(True)),
        ({"candidate": "coach_missed", "coach": "took_place", "admin": "coach_missed"}, Outcome(False, "coach")),
    ],
)
def test_what_holds_from_what_was_said(words, outcome):
    assert settle(words) == outcome


@given(st.dictionaries(st.sampled_from(["candidate", "coach"]), st.sampled_from(SAID), min_size=1))
def test_it_counts_against_her_only_where_nobody_says_otherwise(words):
    counts = settle(words).missed_by == "candidate"
    assert counts == (set(words.values()) == {"candidate_missed"})


@pytest.fixture
def booking(candidate, coach):
    """It ended an hour ago."""
    start = timezone.now() - timedelta(hours=2)
    return BookingFactory(slot=SlotFactory(coach=coach, starts_at=start), candidate=candidate)


def state(booking):
    booking.refresh_from_db()
    return booking.status, booking.missed_by


@pytest.mark.django_db
def test_both_sides_say_it_and_may_correct_it(booking, candidate, coach):
    assert state(attendance.say(booking, by=coach, said="candidate_missed")) == ("no_show", "candidate")
    assert state(attendance.say(booking, by=candidate, said="coach_missed")) == ("no_show", "unsettled")
    assert state(attendance.say(booking, by=coach, said="took_place")) == ("done", "")
    assert state(attendance.say(booking, by=candidate, said="took_place")) == ("done", "")
    assert sorted(booking.attendances.values_list("role", "said")) == [
        ("candidate", "took_place"),
        ("coach", "took_place"),
    ]
    booking.slot.refresh_from_db()
    assert booking.slot.status == "done"
    assert [(event.old, event.new, event.reason) for event in booking.events.all()] == [
        ("booked", "no_show", "candidate"),
        ("no_show", "no_show", "unsettled"),
        ("no_show", "done", ""),
    ]


@pytest.mark.django_db
def test_an_admin_settles_what_they_remember_differently(booking, candidate, coach, admin):
    attendance.say(booking, by=coach, said="candidate_missed")
    attendance.say(booking, by=candidate, said="coach_missed")
    assert state(attendance.say(booking, by=admin, said="candidate_missed")) == ("no_show", "candidate")
    assert Attendance.objects.filter(booking=booking).count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "counted"), [("candidate_missed", 1), ("coach_missed", 0), ("took_place", 0)])
def test_only_what_she_missed_counts(booking, candidate, coach, said, counted):
    attendance.say(booking, by=coach, said=said)
    assert len(house_rules.standing_of(candidate, timezone.now()).missed) == counted
    attendance.say(booking, by=candidate, said="coach_missed")
    assert house_rules.standing_of(candidate, timezone.now()).missed == ()


@pytest.mark.django_db
def test_from_ten_minutes_after_its_start_until_a_week_after_its_end(booking, coach):
    first, last = booking.starts_at + timedelta(minutes=10), booking.ends_at + timedelta(days=7)
    for at, words in (
        (booking.starts_at - timedelta(seconds=1), "not begun"),
        (first - timedelta(seconds=1), "only just begun"),
        (last, "more than a week ago"),
    ):
        with pytest.raises(Refused, match=words):
            attendance.say(booking, by=coach, said="took_place", now=at)
    assert attendance.say(booking, by=coach, said="candidate_missed", now=first).status == "no_show"
    assert attendance.say(booking, by=coach, said="took_place", now=last - timedelta(seconds=1)).status == "done"


@pytest.mark.django_db
def test_nothing_is_said_of_a_session_that_was_cancelled(booking, coach):
    Booking.objects.filter(pk=booking.pk).update(status="cancelled")
    with pytest.raises(Conflict):
        attendance.say(booking, by=coach, said="took_place")


@pytest.mark.django_db
def test_of_which_nobody_said_anything_for_a_week_counts_as_held(booking):
    week = booking.ends_at + timedelta(days=7)
    sweep.run(week - timedelta(seconds=1))
    assert state(booking) == ("booked", "")
    sweep.run(week)
    sweep.run(week)
    assert state(booking) == ("done", "")
    assert [(event.new, event.reason, event.by) for event in booking.events.all()] == [("done", "nobody said", None)]


@pytest.mark.django_db
def test_on_the_page_the_coach_is_asked_and_she_may_say_so(booking, candidate, coach, client_of):
    page, address = (reverse(name, args=[booking.public_id]) for name in ("booking-detail", "booking-close"))
    assert client_of(coach).get(page).context["asks_attendance"] is True
    hers = client_of(candidate).get(page)
    assert hers.context["asks_attendance"] is False
    assert [str(words) for _said, words in hers.context["sayable"]] == [
        "It took place",
        "Tom did not come",
        "I could not come",
    ]
    client_of(candidate).post(address, {"said": "coach_missed"})
    assert state(booking) == ("no_show", "coach")
    assert "That counts for nothing on your side." in client_of(candidate).get(page).text
    assert "Tom Barasa did not come" in client_of(coach).get(page).text
    client_of(coach).post(address, {"said": "candidate_missed"})
    assert "you remember differently why" in client_of(candidate).get(page).text
    told = client_of(candidate).post(address, {"said": "nonsense"}, follow=True).text
    assert "Choose one of the answers." in told


@pytest.mark.django_db
def test_by_api_too(booking, candidate, coach, client_of):
    address = reverse("api:booking-close", args=[booking.public_id])
    answer = client_of(candidate).post(address, {"said": "coach_missed"}, content_type="application/json")
    assert (answer.status_code, answer.json()["status"], answer.json()["missed_by"]) == (200, "no_show", "coach")
    words = client_of(coach).get(reverse("api:booking-detail", args=[booking.public_id])).json()["words"]
    assert [(word["role"], word["said"]) for word in words] == [("candidate", "coach_missed")]
