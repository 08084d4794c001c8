"""What is on a session's agenda, and who reads it: she, and that session's coach until a week after it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.models import Engagement
from accounts.services import end_engagement
from coaching.invariants import check
from coaching.services import bookings, slots
from coaching.services.agenda import agenda_for, agendas_of, set_agenda
from followups.models import Lesson, LessonGrant
from followups.services import lessons
from tests.factories import BookingFactory, LessonFactory, MistakeFactory, SlotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(other_coach):
    """Of a coach with whom she does not work: what is shared plays no part."""
    return SlotFactory(coach=other_coach)


@pytest.fixture
def lesson(candidate):
    return LessonFactory(candidate=candidate, title="Say numbers")


@pytest.fixture
def booking(slot, candidate, lesson):
    LessonFactory(candidate=candidate, title="Canary: not ticked")
    return bookings.book(slot, candidate=candidate, by=candidate, agenda=[lesson])


def seen(user):
    """What this person may read of lessons, by any door, and whether sight fits the sessions."""
    assert {one.promise: one.count for one in check(timezone.now()) if one.code == "I6" and one.count} == {}
    return [lesson.title for lesson in Lesson.objects.visible_to(user)]


def test_the_sessions_coach_sees_what_was_ticked_and_nobody_else_does(
    booking, candidate, coach, other_coach, admin, stranger
):
    readers = (candidate, other_coach, coach, admin, stranger)
    assert [len(seen(user)) for user in readers] == [2, 1, 0, 0, 0]
    assert seen(other_coach) == ["Say numbers"]
    assert [len(agenda_for(booking, user, timezone.now())) for user in readers] == [1, 1, 0, 0, 0]


def test_a_week_after_the_session_it_closes(booking, other_coach):
    last = booking.ends_at + timedelta(days=7)
    for at, sees in ((last - timedelta(seconds=1), 1), (last, 0)):
        assert len(agenda_for(booking, other_coach, at)) == sees
        assert LessonGrant.objects.open_to(other_coach, at).count() == sees


def test_it_closes_when_the_place_is_given_back(booking, other_coach, candidate):
    bookings.cancel(booking, by=candidate)
    assert (seen(other_coach), agenda_for(booking, other_coach, timezone.now())) == ([], [])


def test_it_closes_when_nobody_confirms(slot, candidate, other_coach, lesson, admin):
    booking = bookings.book(slot, candidate=candidate, by=admin)
    set_agenda(booking, [lesson], by=candidate)
    assert seen(other_coach) == ["Say numbers"]
    bookings.lapse(booking, now=booking.confirm_by)
    assert seen(other_coach) == []


def test_it_closes_when_the_slot_is_withdrawn(booking, other_coach, admin):
    slots.withdraw_slot(booking.slot, by=admin, reason="The room is gone")
    assert seen(other_coach) == []


def test_it_closes_with_the_coachs_account(booking, other_coach):
    type(other_coach).objects.filter(pk=other_coach.pk).update(is_active=False)
    assert seen(other_coach) == []


def test_it_goes_along_when_the_session_moves(booking, candidate, other_coach):
    moved = bookings.move_booking(booking, slot=SlotFactory(coach=other_coach), by=candidate)
    assert [(grant.subject_id, grant.ends_at) for grant in LessonGrant.objects.all()] == [
        (moved.public_id, moved.ends_at + timedelta(days=7))
    ]
    assert seen(other_coach) == ["Say numbers"]


def test_it_goes_along_when_its_slot_moves(booking, other_coach, admin):
    later = booking.slot.starts_wall + timedelta(days=1)
    slot = slots.edit_slot(booking.slot, by=admin, starts_wall=later, move_booked=True)
    assert LessonGrant.objects.get().ends_at == slot.ends_at + timedelta(days=7)


def test_another_coach_reads_what_is_ticked_anew(booking, candidate, coach, other_coach):
    moved = bookings.move_booking(booking, slot=SlotFactory(coach=coach), by=candidate)
    assert (seen(coach), seen(other_coach), list(moved.agenda.all())) == ([], [], [])


def test_an_engagement_that_ends_leaves_the_agenda_of_a_session_that_stays(candidate, coach, lesson):
    booking = bookings.book(SlotFactory(coach=coach), candidate=candidate, by=candidate, agenda=[lesson])
    end_engagement(Engagement.objects.get(candidate=candidate, coach=coach), by=candidate)
    assert seen(coach) == ["Say numbers"]
    bookings.cancel(booking, by=candidate)
    assert seen(coach) == []


def test_what_her_coach_puts_on_the_list_is_open_as_long_as_it_is_shared(candidate, coach, interview):
    lesson = LessonFactory(candidate=candidate, mistake=MistakeFactory(interview=interview), title="Say numbers")
    booking = bookings.book(SlotFactory(coach=coach), candidate=candidate, by=coach, agenda=[lesson])

    def reads():
        return [len(agenda_for(booking, user, timezone.now())) for user in (candidate, coach)]

    assert (reads(), LessonGrant.objects.count()) == ([1, 1], 0)
    type(interview).objects.filter(pk=interview.pk).update(shared_with_coach=False)
    assert reads() == [1, 0]


def test_one_lesson_on_two_agendas_stays_open_for_the_other(booking, candidate, lesson, other_coach):
    other = bookings.book(SlotFactory(coach=other_coach), candidate=candidate, by=candidate, agenda=[lesson])
    bookings.cancel(booking, by=candidate)
    assert (seen(other_coach), LessonGrant.objects.get().subject_id) == (["Say numbers"], other.public_id)


def test_a_lesson_that_is_gone_takes_its_sight_along(booking, lesson):
    lessons.forget_lessons([lesson])
    assert (LessonGrant.objects.count(), list(booking.agenda.all())) == (0, [])


def test_sight_of_an_agenda_without_its_session_is_counted(booking, coach):
    LessonGrant.objects.update(coach=coach)
    assert [one.count for one in check(timezone.now()) if one.code == "I6" and one.count] == [1]


def test_the_agenda_holds_her_own_lessons_only(slot, candidate, stranger):
    mine = Lesson.objects.create(candidate=candidate, title="Say numbers")
    foreign = Lesson.objects.create(candidate=stranger, title="Breathe")
    booking = bookings.book(slot, candidate=candidate, by=candidate, agenda=[mine, foreign])
    assert list(booking.agenda.all()) == [mine]


def test_agendas_from_before_the_grants_stay_open(booking, other_coach, lesson):
    """The migration's part: live ones to which she has said yes, and no others."""
    open_agendas = import_module("coaching.migrations.0002_open_agendas").open_agendas
    LessonGrant.objects.all().delete()
    long_ago = {"starts_at": timezone.now() - timedelta(days=9), "ends_at": timezone.now() - timedelta(days=8)}
    for state in ({"confirmed_at": None}, {"status": "cancelled"}, long_ago):
        BookingFactory(**state).agenda.add(lesson)

    open_agendas(apps, None)

    assert [grant.subject_id for grant in LessonGrant.objects.all()] == [booking.public_id]
    assert [one.title for one in Lesson.objects.visible_to(other_coach)] == ["Say numbers"]


def test_an_agenda_opens_the_name_and_nothing_of_where_it_came_from(
    slot, candidate, interview, other_coach, coach, client_of
):
    """Its line of advice is built from what went wrong, so a coach who sees the agenda only reads her words for it."""
    mistake = MistakeFactory(interview=interview, topic="canary topic")
    lesson = LessonFactory(candidate=candidate, mistake=mistake, title="Say numbers")
    bookings.book(slot, candidate=candidate, by=candidate, agenda=[lesson])
    address = f"/api/v1/lessons/{lesson.public_id}/"
    sees = client_of(other_coach).get(address).json()
    assert (sees["title"], sees["mistake"], sees["to_do"]) == ("Say numbers", None, "Say numbers")
    assert client_of(coach).get(address).json()["mistake"] == str(mistake.public_id)
    assert [client_of(other_coach).get(f"{address}{more}").status_code for more in ("rehearsal/",)] == [403]
    assert client_of(other_coach).get(f"/api/v1/mistakes/{mistake.public_id}/").status_code == 404


@pytest.mark.parametrize("role", ["candidate", "coach"])
def test_thirty_agendas_take_as_many_queries_as_one(role, request, django_assert_num_queries):
    """Joined ones among them, of which it takes a look whether the reader may see the whole."""
    candidate, coach = (request.getfixturevalue(name) for name in ("candidate", "coach"))
    made = []
    for _number in range(30):
        whole, part = LessonFactory.create_batch(2, candidate=candidate)
        booking = BookingFactory(slot=SlotFactory(coach=coach), candidate=candidate)
        set_agenda(booking, [part], by=candidate)
        lessons.join_lessons(whole, part, by=candidate)
        made.append(booking)
    for rows in (made[:1], made):
        with django_assert_num_queries(2):
            agendas = agendas_of(rows, request.getfixturevalue(role), timezone.now())
        assert [len(agenda) for agenda in agendas.values()] == [1] * len(rows)


def test_a_joined_lesson_takes_the_place_of_its_parts_on_an_agenda(slot, candidate):
    whole, part, alone = (LessonFactory(candidate=candidate, title=title) for title in ("Whole", "Part", "Alone"))
    booking = bookings.book(slot, candidate=candidate, by=candidate, agenda=[whole, part, alone])
    lessons.join_lessons(whole, part, by=candidate)

    def shown(user):
        return [lesson.title for lesson in agenda_for(booking, user, timezone.now())]

    assert (shown(candidate), shown(slot.coach)) == (["Whole", "Alone"], ["Whole", "Alone"])
    part.refresh_from_db()
    lessons.separate_lesson(part, by=candidate)
    assert shown(slot.coach) == ["Whole", "Part", "Alone"]


def test_what_was_not_ticked_stays_hers_when_it_is_joined(slot, candidate):
    private, ticked = (LessonFactory(candidate=candidate, title=title) for title in ("Private", "Ticked"))
    booking = bookings.book(slot, candidate=candidate, by=candidate, agenda=[ticked])
    lessons.join_lessons(private, ticked, by=candidate)

    shown = {user: agenda_for(booking, user, timezone.now()) for user in (candidate, slot.coach)}

    assert shown == {candidate: [private], slot.coach: [ticked]}
