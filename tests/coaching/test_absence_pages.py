"""Pages and API of absences and changes, and the page of the mail on which she answers without signing in."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts import when
from coaching.models import Booking, CalendarChange, CoachAbsence
from coaching.reminders import booking_url
from coaching.services import absences, changes
from tests.coaching.places import booked, in_hours, slot_of, statuses
from tests.factories import CoachFactory, LessonFactory, UserFactory

pytestmark = pytest.mark.django_db
ZONE = "Africa/Nairobi"
PAGE, API, CHANGES = "/absences/", "/api/v1/absences/", "/api/v1/changes/"


def walls(first=24, last=72):
    return {
        name: when.to_wall(in_hours(hours), ZONE).isoformat(timespec="minutes")
        for name, hours in (("from_wall", first), ("until_wall", last))
    }


@pytest.fixture(autouse=True)
def _nobody_sleeps(django_user_model, candidate, stranger):
    django_user_model.objects.update(quiet_from="00:00", quiet_until="00:00")
    for person in (candidate, stranger):
        person.refresh_from_db()


@pytest.fixture
def plan(coach, admin):
    def planned(first=24, last=72):
        span = {"from_wall": when.to_wall(in_hours(first), ZONE), "until_wall": when.to_wall(in_hours(last), ZONE)}
        return absences.plan(coach, zone=ZONE, by=admin, **span)

    return planned


@pytest.fixture
def offer(plan, coach, other_coach, candidate, admin):
    """Her session is gone, and a place with another coach is kept for her; she had an agenda of two."""
    booking = booked(coach, candidate, 48)
    booking.agenda.set([LessonFactory(candidate=candidate, title=title) for title in ("Slow down", "Salary")])
    slot_of(other_coach, 48)
    changes.send_now(plan().change, by=admin)
    return Booking.objects.get(by_house=True, status="booked")


def post(client, address, body):
    return client.post(address, body, content_type="application/json")


def link_of(booking):
    return booking_url(booking).removeprefix(settings.BASE_URL)


def test_from_who_and_when_to_done_on_one_page(admin, coach, candidate, other_coach, client_of):
    booking, free, place = booked(coach, candidate, 48), slot_of(coach, 50), slot_of(other_coach, 48)
    asked = {"coach": str(coach.public_id), **walls()}
    client = client_of(admin)

    shown = client.get(PAGE + "new/", asked)
    assert "1 free slot is withdrawn." in shown.text and "1 person has booked" in shown.text
    assert [(row.booking, row.proposed) for row, _places in shown.context["table"]] == [(booking, place)]
    assert CoachAbsence.objects.count() == 0

    chosen = {f"place-{booking.public_id}": str(place.public_id)}
    done = client.post(PAGE + "new/", {**asked, **chosen})
    absence = CoachAbsence.objects.get()
    assert done.url == reverse("absence-detail", args=[absence.public_id])
    page = client.get(done.url)
    assert "Nobody has been told yet" in page.text
    assert statuses(absence, booking, free) == ["waiting", "booked", "open"]


def test_a_coach_says_so_for_herself_and_for_nobody_else(coach, other_coach, client_of):
    client = client_of(coach)
    client.post(PAGE + "new/", {"coach": str(other_coach.public_id), **walls()})
    assert CoachAbsence.objects.get().coach == coach


def test_somebody_who_booked_while_the_page_was_open_is_shown_first(admin, coach, candidate, client_of):
    asked = {"coach": str(coach.public_id), **walls()}
    booking = booked(coach, candidate, 48)

    answer = client_of(admin).post(PAGE + "new/", asked)

    assert (answer.status_code, CoachAbsence.objects.count()) == (409, 0)
    assert [row.booking for row, _places in answer.context["table"]] == [booking]


def test_a_place_that_was_taken_while_the_page_was_open(admin, coach, candidate, other_coach, client_of):
    booking, place = booked(coach, candidate, 48), slot_of(other_coach, 48)
    booked_by = booked(CoachFactory(), UserFactory(), 48)
    Booking.objects.filter(pk=booked_by.pk).update(slot=place)
    chosen = {f"place-{booking.public_id}": str(place.public_id)}

    answer = client_of(admin).post(PAGE + "new/", {"coach": str(coach.public_id), **walls(), **chosen})

    assert (answer.status_code, CoachAbsence.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(48, 24, "It ends before it begins."), (-48, -24, "This is over already."), (24, 24 * 400, "longer than a year")],
)
def test_what_makes_no_sense_is_said_at_the_field(admin, coach, client_of, first, last, words):
    answer = client_of(admin).get(PAGE + "new/", {"coach": str(coach.public_id), **walls(first, last)})
    assert words in answer.text
    answer = client_of(admin).post(PAGE + "new/", {"coach": str(coach.public_id), **walls(first, last)})
    assert (words in answer.text, CoachAbsence.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"until_wall": "yesterday"},
        {"coach": "x", "until_wall": "9999-12-31T23:59", "from_wall": "0001-01-01T00:00"},
    ],
)
def test_nonsense_is_asked_again(admin, client_of, body):
    for method in ("get", "post"):
        assert getattr(client_of(admin), method)(PAGE + "new/", body).status_code == 200


def test_the_page_undoes_and_sends(plan, coach, candidate, admin, client_of):
    booking = booked(coach, candidate, 48)
    absence = plan()
    client = client_of(admin)
    answer = client.post(reverse("change-undo", args=[absence.change.public_id]), follow=True)
    assert "nobody has heard of it" in answer.text
    assert statuses(absence, booking) == ["undone", "booked"]

    again = plan()
    client.post(reverse("change-send", args=[again.change.public_id]))
    late = client.post(reverse("change-undo", args=[again.change.public_id]), follow=True)
    assert "This change has left already" in late.text
    assert statuses(again, booking) == ["standing", "cancelled"]


def test_other_places_are_chosen_on_the_page_while_it_waits(plan, coach, candidate, other_coach, admin, client_of):
    booking = booked(coach, candidate, 48)
    first, second = slot_of(other_coach, 48), slot_of(other_coach, 30)
    absence = plan()
    address = reverse("absence-rearrange", args=[absence.public_id])
    client_of(admin).post(address, {f"place-{booking.public_id}": str(second.public_id)})

    absence.refresh_from_db()
    assert [item.target for item in absence.change.items.all()] == [second]
    assert absence.status == "waiting" and first != second


def test_the_page_says_what_each_answered(offer, admin, candidate, client_of):
    absence = CoachAbsence.objects.get()
    address = reverse("absence-detail", args=[absence.public_id])
    assert "Asked, until" in client_of(admin).get(address).text
    client_of(candidate).post(reverse("booking-confirm", args=[offer.public_id]))
    assert "Taken" in client_of(admin).get(address).text


def test_what_could_not_be_changed_is_said_first(offer, admin, client_of):
    absence = CoachAbsence.objects.get()
    absence.change.items.update(outcome="left", why="This session has begun already.")
    page = client_of(admin).get(reverse("absence-detail", args=[absence.public_id])).text
    assert "1 session could not be changed and stays as it was" in page
    assert "This session has begun already." in page


def test_one_whose_account_is_closed_while_it_waits_can_still_be_looked_at(plan, coach, candidate, admin, client_of):
    booking = booked(coach, candidate, 48)
    absence = plan()
    coach.is_active = False
    coach.save()
    page = client_of(admin).get(reverse("absence-detail", args=[absence.public_id]))
    assert (page.status_code, page.context["can_rearrange"]) == (200, False)
    chosen = {f"place-{booking.public_id}": ""}
    answer = client_of(admin).post(reverse("absence-rearrange", args=[absence.public_id]), chosen, follow=True)
    assert "Only a coach can be away." in answer.text


def test_back_sooner_on_the_page(plan, coach, admin, client_of):
    slot_of(coach, 60)
    absence = plan()
    address = reverse("absence-return", args=[absence.public_id])
    later = client_of(admin).post(address, {"until_wall": walls(100, 101)["from_wall"]})
    assert (later.status_code, "This is not sooner." in later.text) == (422, True)

    done = client_of(admin).post(address, {"until_wall": walls(50, 51)["from_wall"], "reopen": "on"}, follow=True)
    assert "1 slot is offered again." in done.text


def test_admins_see_nobodys_agenda(offer, admin, other_coach, client_of):
    absence = CoachAbsence.objects.get()
    for address in (
        reverse("absence-detail", args=[absence.public_id]),
        reverse("change-list"),
        reverse("booking-detail", args=[offer.public_id]),
        f"{API}{absence.public_id}/",
        f"{CHANGES}{absence.change.public_id}/",
    ):
        for person in (admin, other_coach):
            text = client_of(person).get(address, follow=True).text
            assert "Slow down" not in text and "Salary" not in text


def test_she_takes_it_from_the_mail_and_ticks_one_thing(offer, candidate, other_coach):
    address = link_of(offer)
    page = Client().get(address)
    assert "What may Ruth Njeri see" in page.text
    lesson = candidate.lessons.get(title="Slow down")

    Client().post(address, {"answer": "take", "agenda": [str(lesson.public_id)]})

    offer.refresh_from_db()
    assert offer.confirmed_at is not None
    assert list(offer.agenda.all()) == [lesson]


def test_unticked_the_other_coach_sees_nothing(offer):
    Client().post(link_of(offer), {"answer": "take"})
    assert list(offer.agenda.all()) == []


def test_somebody_elses_lesson_cannot_be_ticked(offer, stranger):
    Client().post(link_of(offer), {"answer": "take", "agenda": [str(LessonFactory(candidate=stranger).public_id)]})
    assert list(offer.agenda.all()) == []


def test_she_takes_another_time_from_the_mail(offer, coach, other_coach, candidate):
    another = slot_of(other_coach, 90)
    Client().post(link_of(offer), {"answer": "move", "slot": str(another.public_id)})

    assert statuses(offer) == ["moved"]
    assert Booking.objects.get(slot=another, candidate=candidate).status == "booked"


def test_she_cancels_from_the_mail_and_looking_changes_nothing(offer):
    address = link_of(offer)
    for method in ("get", "head"):
        getattr(Client(), method)(address)
    assert statuses(offer) == ["booked"]
    Client().post(address, {"answer": "cancel"})
    assert statuses(offer) == ["cancelled"]


def test_whoever_was_offered_nothing_chooses_from_the_mail(plan, coach, candidate, other_coach, admin):
    booking = booked(coach, candidate, 48)
    changes.send_now(plan().change, by=admin)
    another = slot_of(other_coach, 90)
    booking.refresh_from_db()
    page = Client().get(link_of(booking))
    assert "Choose another" in page.text and str(another.public_id) in page.text

    Client().post(link_of(booking), {"answer": "rebook", "slot": str(another.public_id)})

    assert Booking.objects.get(slot=another).status == "booked"
    assert "It has another time" in Client().get(link_of(booking)).text


def test_the_api_looks_makes_and_changes(admin, coach, candidate, other_coach, client_of):
    booking, place, late = booked(coach, candidate, 48), slot_of(other_coach, 48), slot_of(other_coach, 30)
    client, asked = client_of(admin), {"coach": str(coach.public_id), **walls()}
    seen = post(client, API + "preview/", asked).json()
    assert (seen["free_slots"], seen["reviews"]) == (0, "0")
    assert [(row["booking"], row["proposed"]) for row in seen["people"]] == [
        (str(booking.public_id), str(place.public_id))
    ]

    made = post(client, API, asked)
    assert (made.status_code, made.json()["status"]) == (201, "waiting")
    assert [item["target"] for item in made.json()["change"]["items"]] == [str(place.public_id)]

    address = f"{API}{made.json()['public_id']}/"
    changed = post(
        client, address + "rearrange/", {"places": [{"booking": str(booking.public_id), "slot": str(late.public_id)}]}
    )
    assert [item["target"] for item in changed.json()["change"]["items"]] == [str(late.public_id)]
    sent = post(client, f"{CHANGES}{changed.json()['change']['public_id']}/send/", {})
    assert sent.json()["status"] == "done"
    assert post(client, f"{CHANGES}{sent.json()['public_id']}/undo/", {}).status_code == 409
    back = post(client, address + "return/", {"until_wall": walls(30, 31)["from_wall"]})
    assert (back.json()["status"], back.json()["until_wall"]) == ("standing", walls(30, 31)["from_wall"])


def test_the_api_undoes(admin, coach, candidate, client_of):
    booking = booked(coach, candidate, 48)
    made = post(client_of(admin), API, {"coach": str(coach.public_id), **walls()}).json()
    undone = post(client_of(admin), f"{CHANGES}{made['change']['public_id']}/undo/", {})
    assert undone.json()["status"] == "undone"
    assert client_of(admin).get(f"{API}{made['public_id']}/").json()["status"] == "undone"
    assert statuses(booking) == ["booked"]


@pytest.mark.parametrize(
    ("more", "status"),
    [({"from_wall": "x"}, 400), ({"until_wall": "2026-01-01T00:00Z"}, 400), ({"coach": "x"}, 400),
        ({"until_wall": "2020-01-01T00:00"}, 422), ({"places": [{"booking": "x", "slot": None}]}, 400),
        ({"places": [{"booking": None}]}, 400), ({"places": "x"}, 400)],
)  # fmt: skip
def test_the_api_says_what_is_wrong(admin, coach, client_of, more, status):
    answer = post(client_of(admin), API, {"coach": str(coach.public_id), **walls(), **more})
    assert (answer.status_code, CoachAbsence.objects.count()) == (status, 0)


def test_the_api_refuses_a_place_for_a_session_that_stays(admin, coach, candidate, stranger, other_coach, client_of):
    """One outside the absence, or named twice, is said at its place in the list; nothing is made of the rest."""
    within, outside = booked(coach, candidate, 48), booked(coach, stranger, 100)
    place = slot_of(other_coach, 48)
    client, asked = client_of(admin), {"coach": str(coach.public_id), **walls()}

    def places(*bookings):
        return {"places": [{"booking": str(one.public_id), "slot": str(place.public_id)} for one in bookings]}

    refused = post(client, API, asked | places(within, outside))
    assert (refused.status_code, CoachAbsence.objects.count()) == (400, 0)
    [fine, wrong] = refused.json()["errors"]["places"]
    assert (fine, wrong) == ({}, {"booking": ["This session is not within the absence."]})
    assert post(client, API, asked | places(within, within)).json()["errors"]["places"][1] == {
        "booking": ["This session is named twice."]
    }

    made = post(client, API, asked | places(within)).json()
    again = post(client, f"{API}{made['public_id']}/rearrange/", places(outside))
    assert (again.status_code, list(again.json()["errors"]["places"][0])) == (400, ["booking"])
    assert CalendarChange.objects.get().public_id.hex == made["change"]["public_id"].replace("-", "")


def test_a_coach_cannot_say_it_for_another(coach, other_coach, client_of):
    answer = post(client_of(coach), API, {"coach": str(other_coach.public_id), **walls()})
    assert (answer.status_code, CoachAbsence.objects.count()) == (400, 0)


def test_she_answers_by_the_api(offer, candidate, client_of):
    lesson = candidate.lessons.get(title="Salary")
    address = f"/api/v1/bookings/{offer.public_id}/"
    answer = post(client_of(candidate), address + "confirm/", {"agenda": [str(lesson.public_id)]})

    assert (answer.status_code, answer.json()["by_house"], answer.json()["agenda"]) == (200, True, ["Salary"])
    assert post(client_of(candidate), address + "rebook/", {}).status_code == 403


def test_she_rebooks_by_the_api(plan, coach, candidate, other_coach, admin, client_of):
    booking = booked(coach, candidate, 48)
    changes.send_now(plan().change, by=admin)
    another = slot_of(other_coach, 90)

    answer = post(
        client_of(candidate), f"/api/v1/bookings/{booking.public_id}/rebook/", {"slot": str(another.public_id)}
    )

    assert (answer.status_code, answer.json()["slot"]) == (200, str(another.public_id))


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("address", ["/absences/", "/changes/"])
def test_lists_ask_as_often_for_thirty_as_for_one(
    address, number, plan, coach, admin, client_of, django_assert_num_queries
):
    for one in range(number):
        plan(24 + one, 72 + one)
    client = client_of(admin)
    with django_assert_num_queries(3):
        assert len(client.get(address).context["page"]) == min(number, 25)


@pytest.mark.parametrize("number", [1, 30])
def test_the_api_lists_ask_as_often_for_thirty_as_for_one(
    number, plan, coach, admin, client_of, django_assert_num_queries
):
    for one in range(number):
        booked(coach, UserFactory(), 24 * (one + 1))
    plan(12, 24 * 32)
    client = client_of(admin)
    for address in (API, CHANGES):
        with django_assert_num_queries(7):
            assert len(client.get(address).json()["results"]) == 1


@pytest.mark.parametrize("number", [1, 30])
def test_a_change_of_thirty_is_shown_in_as_many_queries_as_one(
    number, plan, coach, admin, client_of, django_assert_num_queries
):
    for one in range(number):
        booked(coach, UserFactory(), 24 * (one + 1))
        slot_of(CoachFactory(), 24 * (one + 1))
    absence = plan(12, 24 * 32)
    changes.send_now(absence.change, by=admin)
    client = client_of(admin)
    with django_assert_num_queries(5):
        client.get(reverse("absence-detail", args=[absence.public_id]))
    CalendarChange.objects.update(kind="slots")
    CoachAbsence.objects.all().delete()
    with django_assert_num_queries(4):
        client.get(reverse("change-detail", args=[absence.change.public_id]))
