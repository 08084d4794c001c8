"""Pages of slots, each with the cast."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import when
from coaching.models import Booking, CalendarChange, MockSlot
from coaching.services import bookings
from followups.models import Lesson
from tests.factories import BookingFactory, LessonFactory, MistakeFactory, SlotFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_candidate_never_sees_who_has_a_slot(candidate, coach, client_of):
    slot = SlotFactory(coach=coach)
    BookingFactory(slot=slot, candidate=UserFactory(name="Canary Person"))
    page = client_of(candidate).get(reverse("slot-list"), {"day": f"{slot.starts_wall:%Y-%m-%d}"})
    assert "Canary" not in page.text


def slot_fields(coach, **more):
    fields = {
        "coach": coach.public_id,
        "starts_wall": "2099-01-01T10:00",
        "zone": "Africa/Nairobi",
        "minutes": 45,
        "buffer_minutes": 15,
    }
    return fields | more


def soon(days=5):
    return (timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT10:00")


def test_slot_new_is_for_who_offers_sessions(candidate, coach, admin, client_of):
    client = client_of(candidate)
    assert client.get(reverse("slot-new")).status_code == 403
    assert client.post(reverse("slot-new"), slot_fields(coach, starts_wall=soon())).status_code == 403
    answer = client_of(admin).post(reverse("slot-new"), slot_fields(coach, starts_wall=soon(), place="Room 2"))
    assert answer.status_code == 302
    assert MockSlot.objects.get().place == "Room 2"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_wall": "2001-01-01T10:00"}, "starts_wall"),
        ({"starts_wall": "tomorrow"}, "starts_wall"),
        ({"zone": "Africa/Atlantis"}, "zone"),
        ({"minutes": 5}, "minutes"),
        ({"place": "Room\r\nBcc: x"}, "place"),
        ({"link": "javascript:alert(1)"}, "link"),
    ],
)
def test_a_bad_slot_is_said_at_its_field_and_nothing_is_lost(fields, field, coach, admin, client_of):
    page = client_of(admin).post(
        reverse("slot-new"), slot_fields(coach, **{"starts_wall": soon(), "place": "Room 2", **fields})
    )
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {field}
    assert (fields.get("place") or "Room 2").split("\r")[0] in page.text
    assert not MockSlot.objects.exists()


def test_an_overlap_is_said_in_words_at_the_start(coach, admin, client_of):
    client = client_of(admin)
    client.post(reverse("slot-new"), slot_fields(coach, starts_wall=soon()))
    page = client.post(reverse("slot-new"), slot_fields(coach, starts_wall=soon()))
    assert "Tom Barasa has a slot already" in page.context["form"].errors["starts_wall"][0]


def test_slot_edit_asks_before_a_booked_slot_moves(candidate, coach, admin, client_of):
    slot = SlotFactory(coach=coach)
    booking = bookings.book(slot, candidate=candidate, by=candidate)
    client, address = client_of(admin), reverse("slot-edit", args=[slot.public_id])
    fields = slot_fields(coach, starts_wall=soon(9), seen=booking.public_id)
    assert "move_booked" in client.post(address, fields).context["form"].errors
    answer = client.post(address, fields | {"move_booked": "on"})
    change = CalendarChange.objects.get()
    assert answer.url == reverse("change-detail", args=[change.public_id])
    booking.refresh_from_db()
    assert (booking.confirmed_at is None, change.status) == (False, "waiting")
    client.post(reverse("change-send", args=[change.public_id]))
    booking.refresh_from_db()
    assert booking.confirmed_at is None


def test_slot_edit_and_withdraw_are_the_admins(candidate, coach, other_coach, client_of):
    slot = SlotFactory(coach=coach)
    for name in ("slot-edit", "slot-withdraw"):
        address = reverse(name, args=[slot.public_id])
        assert client_of(candidate).get(address).status_code == 403
        assert client_of(coach).post(address).status_code == 403
        assert client_of(other_coach).get(address).status_code == 404


def test_slot_withdraw(admin, coach, client_of):
    slot = SlotFactory(coach=coach)
    address = reverse("slot-withdraw", args=[slot.public_id])
    assert client_of(admin).get(address).status_code == 200
    assert client_of(admin).post(address).status_code == 302
    slot.refresh_from_db()
    assert slot.status == "withdrawn"


def test_the_button_holds_and_looking_does_not(candidate, coach, client_of):
    slot, client = SlotFactory(coach=coach), client_of(candidate)
    client.get(reverse("slot-list"))
    assert client.get(reverse("slot-book", args=[slot.public_id])).status_code == 200
    assert client.get(reverse("slot-hold", args=[slot.public_id])).status_code == 405
    assert not Booking.objects.exists()
    answer = client.post(reverse("slot-hold", args=[slot.public_id]))
    assert (answer.status_code, answer.url) == (302, reverse("slot-book", args=[slot.public_id]))
    assert Booking.objects.get().status == "held"
    assert "Kept for you" in client.get(answer.url).text


def test_a_hold_that_is_over_keeps_what_was_ticked(candidate, stranger, coach, client_of):
    slot, near = SlotFactory(coach=coach), SlotFactory(coach=coach)
    lesson = Lesson.objects.create(candidate=candidate, title="Say numbers")
    ticked = {"agenda": [str(lesson.public_id)]}
    client, address = client_of(candidate), reverse("slot-book", args=[slot.public_id])
    client.post(reverse("slot-hold", args=[slot.public_id]))
    Booking.objects.update(hold_until=timezone.now() - timedelta(seconds=1))
    assert "It is not kept for you at the moment" in client.get(address).text
    again = client.post(reverse("slot-hold", args=[slot.public_id]), ticked)
    assert [box.data["selected"] for box in client.get(again.url).context["form"]["agenda"]] == [True]
    Booking.objects.update(hold_until=timezone.now() - timedelta(seconds=1))
    bookings.book(slot, candidate=stranger, by=stranger)
    lost = client.post(address, ticked)
    assert (lost.status_code, lost.context["carried"]) == (409, [lesson.public_id])
    assert f'name="agenda" value="{lesson.public_id}"' in lost.text
    other = client.post(reverse("slot-hold", args=[near.public_id]), ticked)
    assert other.url == reverse("slot-book", args=[near.public_id]) + f"?agenda={lesson.public_id}"


def test_a_session_that_has_begun_offers_another_time(candidate, coach, client_of):
    slot = SlotFactory(coach=coach, starts_wall=when.to_wall(timezone.now() - timedelta(minutes=5), "Africa/Nairobi"))
    client, address = client_of(candidate), reverse("slot-book", args=[slot.public_id])
    page = client.get(address)
    assert ("has begun already" in page.text, "Book it" in page.text) == (True, False)
    assert "has begun already" in client.post(address).text


def test_from_a_review_its_lessons_are_ticked(review, candidate, coach, client_of):
    lesson = LessonFactory(candidate=candidate, mistake=review.items.get().decision.mistake, title="Say numbers")
    LessonFactory(candidate=candidate, mistake=MistakeFactory(interview=review.interview), title="Another")
    slot = SlotFactory(coach=coach)
    address = reverse("slot-book", args=[slot.public_id]) + f"?client={candidate.public_id}&review={review.public_id}"
    form = client_of(coach).get(address).context["form"]
    assert {box.choice_label: box.data["selected"] for box in form["agenda"]} == {"Say numbers": True, "Another": False}
    client_of(coach).post(address, {"candidate": str(candidate.public_id), "agenda": [str(lesson.public_id)]})
    booking = Booking.objects.get()
    assert (booking.review, list(booking.agenda.all())) == (review, [lesson])


def test_of_many_people_an_admin_finds_one(coach, admin, client_of):
    slot = SlotFactory(coach=coach)
    UserFactory.create_batch(60)
    wanted = UserFactory(name="Zuhura Wanted", email="zuhura@people.example")
    client, address = client_of(admin), reverse("slot-book", args=[slot.public_id])

    def offered(**query):
        form = client.get(address, query).context["form"]
        return form.is_cut, [label for value, label in form.fields["candidate"].widget.choices if value]

    assert (offered()[0], len(offered()[1]), "Zuhura Wanted" in offered()[1]) == (True, 50, False)
    assert offered(who="zuhura@") == (True, ["Zuhura Wanted"])
    assert offered(client=str(wanted.public_id))[1][0] == "Zuhura Wanted"
    assert client.post(address, {"candidate": str(wanted.public_id)}).status_code == 302
    assert Booking.objects.get().candidate == wanted


def test_she_books_with_an_agenda(candidate, coach, client_of, stranger):
    slot = SlotFactory(coach=coach)
    lesson = Lesson.objects.create(candidate=candidate, title="Say numbers")
    foreign = Lesson.objects.create(candidate=stranger, title="Breathe")
    client, address = client_of(candidate), reverse("slot-book", args=[slot.public_id])
    assert "Breathe" not in client.get(address).text
    assert "agenda" in client.post(address, {"agenda": [str(foreign.public_id)]}).context["form"].errors
    answer = client.post(address, {"agenda": [str(lesson.public_id)]})
    booking = Booking.objects.get()
    assert answer.url == reverse("booking-detail", args=[booking.public_id])
    assert list(booking.agenda.all()) == [lesson]


def test_the_second_is_told_and_shown_the_nearest(candidate, stranger, coach, client_of):
    slot, near = SlotFactory(coach=coach), SlotFactory(coach=coach)
    bookings.book(slot, candidate=candidate, by=candidate)
    for name in ("slot-book", "slot-hold"):
        page = client_of(stranger).post(reverse(name, args=[slot.public_id]))
        assert page.status_code == 409
        assert "just been taken" in page.text
        assert str(near.public_id) in page.text


def test_a_coach_books_for_her_clients_only(candidate, stranger, coach, other_coach, client_of):
    slot = SlotFactory(coach=coach)
    address = reverse("slot-book", args=[slot.public_id])
    assert client_of(other_coach).get(address).status_code == 404
    client = client_of(coach)
    assert "Brian Kip" not in client.get(address).text
    assert "candidate" in client.post(address, {"candidate": str(stranger.public_id)}).context["form"].errors
    assert client.post(address, {"candidate": str(candidate.public_id)}).status_code == 302
    booking = Booking.objects.get()
    assert (booking.candidate, booking.booked_by, booking.confirmed_at) == (candidate, coach, None)


def test_staff_are_asked_why_only_where_a_rule_stands_in_the_way(review, candidate, coach, client_of, settings):
    settings.BOOKING_NOTICE_HOURS = 24 * 365
    slot, mistake = SlotFactory(coach=coach), review.items.get().decision.mistake
    lesson = LessonFactory(candidate=candidate, mistake=mistake, title="Say numbers")
    LessonFactory(candidate=candidate, mistake=MistakeFactory(interview=review.interview), title="Another")
    client, address = client_of(coach), reverse("slot-book", args=[slot.public_id])
    typed = {"candidate": str(candidate.public_id), "agenda": [str(lesson.public_id)]}
    assert "override_reason" not in client.get(address, {"client": str(candidate.public_id)}).text
    for more in ({}, {"override_reason": " "}):
        page = client.post(address, typed | more)
        form = page.context["form"]
        assert {name: [str(text) for text in said] for name, said in form.errors.items()} == {
            "override_reason": ["Sessions are booked at least 8760 hours ahead."]
        }
        assert 'name="override_reason"' in page.text and form["candidate"].value() == typed["candidate"]
        assert {box.choice_label: box.data["selected"] for box in form["agenda"]} == {
            "Say numbers": True,
            "Another": False,
        }
    assert not Booking.objects.exists()
    assert client.post(address, typed | {"override_reason": "Interview tomorrow"}).status_code == 302
    booking = Booking.objects.get()
    assert (booking.override_reason, list(booking.agenda.all())) == ("Interview tomorrow", [lesson])


def test_a_candidate_is_told_the_rule_and_not_asked_why(candidate, coach, client_of, settings):
    settings.BOOKING_NOTICE_HOURS = 24 * 365
    slot = SlotFactory(coach=coach)
    page = client_of(candidate).post(reverse("slot-book", args=[slot.public_id]), {"override_reason": "please"})
    assert list(page.context["form"].non_field_errors()) == ["Sessions are booked at least 8760 hours ahead."]
    assert "override_reason" not in page.text and not Booking.objects.exists()


def test_an_admin_sees_no_lessons_of_the_person_she_books_for(candidate, coach, admin, client_of):
    Lesson.objects.create(candidate=candidate, title="Canary lesson")
    slot = SlotFactory(coach=coach)
    page = client_of(admin).get(reverse("slot-book", args=[slot.public_id]), {"client": str(candidate.public_id)})
    assert page.status_code == 200
    assert "Canary" not in page.text


def test_a_reason_is_asked_only_where_somebody_reads_it(coach, admin, candidate, client_of):
    free, taken = SlotFactory(coach=coach), BookingFactory(slot__coach=coach, candidate=candidate).slot
    client = client_of(admin)
    asked = [
        "reason" in client.get(reverse("slot-withdraw", args=[one.public_id])).context["form"].fields
        for one in (free, taken)
    ]
    assert asked == [False, True]
    assert client.post(reverse("slot-withdraw", args=[free.public_id])).status_code == 302
    free.refresh_from_db()
    assert free.status == "withdrawn"
