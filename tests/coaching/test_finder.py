"""A candidate's way to a free slot: soonest first, by day, by coach, or before an interview of hers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import when
from coaching.models import MockSlot
from coaching.services import bookings
from coaching.views import finder
from tests.factories import BookingFactory, CoachFactory, InterviewFactory, SlotFactory

pytestmark = pytest.mark.django_db
FIND = reverse("slot-list")
SLOTS = "/api/v1/slots/"


def slot_in(days, **fields):
    """A slot so many days from now, at noon in Nairobi."""
    wall = when.to_wall(timezone.now(), "Africa/Nairobi") + timedelta(days=days)
    return SlotFactory(starts_wall=wall.replace(hour=12, minute=0, second=0, microsecond=0), **fields)


def planned_in(candidate, days, **fields):
    start = timezone.now() + timedelta(days=days)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    return InterviewFactory(candidate=candidate, status="planned", **times, **fields)


def found(client, **query):
    page = client.get(FIND, query)
    assert page.status_code == 200
    return [slot.pk for _day, rows in page.context["days"] for slot, _hours in rows]


def by_api(client, **query):
    return [row["public_id"] for row in client.get(SLOTS, {"free": "true", **query}).json()["results"]]


def test_what_is_free_stands_by_day_soonest_first(candidate, coach, other_coach, client_of):
    late, soon = slot_in(9, coach=coach), slot_in(3, coach=other_coach)
    for gone in ({"status": "withdrawn"}, {"status": "proposed"}):
        slot_in(4, coach=CoachFactory(), **gone)
    BookingFactory(slot=slot_in(5, coach=coach))
    slot_in(70, coach=coach)
    assert found(client_of(candidate)) == [soon.pk, late.pk]
    assert by_api(client_of(candidate)) == [str(soon.public_id), str(late.public_id)]


def test_by_day_and_by_coach(candidate, coach, other_coach, client_of):
    first, second, third = slot_in(3, coach=coach), slot_in(5, coach=other_coach), slot_in(6, coach=coach)
    client = client_of(candidate)
    day = second.starts_wall.date().isoformat()
    assert found(client, day=day) == [second.pk, third.pk]
    assert found(client, coach=str(coach.public_id)) == [first.pk, third.pk]
    assert found(client, coach=str(coach.public_id), day=day) == [third.pk]
    jumps = client.get(FIND).context["jumps"]
    assert [(str(day), number) for day, _words, number, _counted in jumps] == [
        (slot.starts_wall.date().isoformat(), 1) for slot in (first, second, third)
    ]


def test_of_a_day_with_very_many_not_all_are_counted(candidate, coach, other_coach, client_of, monkeypatch):
    monkeypatch.setattr(finder, "COUNTED", 1)
    first = slot_in(3, coach=coach)
    SlotFactory(coach=other_coach, starts_wall=first.starts_wall)
    slot_in(5, coach=coach)
    page = client_of(candidate).get(FIND)
    assert [counted for *_day, counted in page.context["jumps"]] == ["1+", "1"]
    assert "1+ free" in page.text


def test_a_day_is_hers_not_the_coachs(candidate, client_of):
    """Half past ten in the evening in Berlin is the next day in Nairobi."""
    type(candidate).objects.filter(pk=candidate.pk).update(zone="Africa/Nairobi")
    wall = (when.to_wall(timezone.now(), "Europe/Berlin") + timedelta(days=5)).replace(
        hour=23, minute=30, second=0, microsecond=0
    )
    slot = SlotFactory(zone="Europe/Berlin", starts_wall=wall)
    client = client_of(candidate)
    assert [str(day) for day, _words, _number, _counted in client.get(FIND).context["jumps"]] == [
        (wall.date() + timedelta(days=1)).isoformat()
    ]
    assert found(client, day=(wall.date() + timedelta(days=1)).isoformat()) == [slot.pk]


def test_before_an_interview_of_hers(candidate, stranger, coach, client_of):
    soon, late = slot_in(3, coach=coach), slot_in(9, coach=coach)
    interview = planned_in(candidate, 6, company="Kijani")
    overlapping = SlotFactory(
        coach=CoachFactory(), starts_wall=when.to_wall(interview.starts_at - timedelta(minutes=20), "Africa/Nairobi")
    )
    client = client_of(candidate)
    assert found(client, before=str(interview.public_id)) == [soon.pk]
    assert by_api(client, before_interview=str(interview.public_id)) == [str(soon.public_id)]
    page = client.get(FIND)
    assert [one for one, _day in page.context["interviews"]] == [interview]
    assert found(client) == [soon.pk, overlapping.pk, late.pk]
    theirs = client_of(stranger)
    assert "Kijani" not in theirs.get(FIND).text
    assert found(theirs, before=str(interview.public_id)) == [soon.pk, overlapping.pk, late.pk]
    assert by_api(theirs, before_interview=str(interview.public_id)) == []


def test_nothing_before_it_names_the_first_that_is_free(candidate, coach, client_of):
    slot = slot_in(9, coach=coach)
    interview = planned_in(candidate, 2)
    page = client_of(candidate).get(FIND, {"before": str(interview.public_id)})
    assert page.context["next_one"] == slot
    assert "Nothing is free before that interview" in page.text


def test_not_at_the_time_of_another_session_of_hers(candidate, stranger, coach, other_coach, client_of):
    mine = bookings.book(slot_in(4, coach=coach), candidate=candidate, by=candidate)
    same_time = slot_in(4, coach=other_coach)
    later = slot_in(8, coach=other_coach)
    assert found(client_of(candidate)) == [later.pk]
    assert by_api(client_of(candidate)) == [str(later.public_id)]
    assert found(client_of(stranger)) == [same_time.pk, later.pk]
    move = client_of(candidate).get(reverse("booking-move", args=[mine.public_id]))
    assert str(same_time.public_id) in move.text


def test_who_missed_sessions_is_told_before_she_chooses(candidate, coach, client_of):
    past = timezone.now() - timedelta(days=9)
    for days in (0, 1):
        BookingFactory(
            candidate=candidate,
            status="no_show",
            starts_at=past - timedelta(days=days),
            ends_at=past - timedelta(days=days, hours=-1),
        )
    page = client_of(candidate).get(FIND)
    assert "2 sessions you had booked went by without you" in page.text


def test_who_has_enough_ahead_is_told_before_she_chooses(candidate, coach, client_of):
    for days in (3, 4):
        bookings.book(slot_in(days, coach=coach), candidate=candidate, by=candidate)
    slot = slot_in(5, coach=coach)
    page = client_of(candidate).get(FIND)
    assert "You have 2 sessions ahead already" in page.text
    assert reverse("slot-hold", args=[slot.public_id]) not in page.text


@pytest.mark.parametrize(
    "query",
    [
        {"day": "tomorrow"}, {"day": "0001-01-01"}, {"day": "9999-12-31"}, {"coach": "x"}, {"before": "\x00"}, {"after": "x"},
        {"agenda": ["x", "\x00"]}, {"week": "2026-W01"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_counts_as_not_said(query, candidate, coach, client_of):
    slot = slot_in(3, coach=coach)
    assert found(client_of(candidate), **query) == [slot.pk]


def test_only_her_coaches_where_the_installation_says_so(candidate, coach, other_coach, client_of, settings):
    settings.AFTERWORD_ANY_OPEN_SLOT = False
    mine, others = slot_in(3, coach=coach), slot_in(4, coach=other_coach)
    page = client_of(candidate).get(FIND)
    assert page.context["coaches"] == [coach]
    assert found(client_of(candidate)) == [mine.pk]
    assert found(client_of(candidate), coach=str(other_coach.public_id)) == [mine.pk]
    assert by_api(client_of(candidate)) == [str(mine.public_id)]
    assert MockSlot.objects.filter(pk=others.pk).exists()


def test_many_are_a_page_at_a_time_and_take_eight_queries(candidate, client_of, django_assert_num_queries):
    planned_in(candidate, 50)
    first = slot_in(3)
    client = client_of(candidate)
    client.get(FIND)
    with django_assert_num_queries(8):
        assert len(client.get(FIND).context["page"]) == 1
    for _number in range(30):
        SlotFactory(coach=CoachFactory(), starts_wall=first.starts_wall)
    with django_assert_num_queries(8):
        page = client.get(FIND).context["page"]
    rest = client.get(FIND + page.next_url).context["page"]
    assert (len(page), len(rest), len({slot.pk for slot in [*page, *rest]})) == (25, 6, 31)


def test_lessons_ticked_on_the_way_come_along(candidate, coach, client_of):
    slot = slot_in(3, coach=coach)
    lesson = candidate.lessons.create(title="Say numbers")
    client = client_of(candidate)
    page = client.get(FIND, {"agenda": str(lesson.public_id)})
    assert page.context["carried"] == [lesson.public_id]
    held = client.post(reverse("slot-hold", args=[slot.public_id]), {"agenda": str(lesson.public_id)})
    assert held.url == reverse("slot-book", args=[slot.public_id]) + f"?agenda={lesson.public_id}"
    form = client.get(held.url).context["form"]
    assert [box.data["selected"] for box in form["agenda"]] == [True]
