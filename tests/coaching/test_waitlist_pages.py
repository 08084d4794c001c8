"""Page and API of the waiting list, with the cast."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import links, when
from coaching.models import Booking, WaitlistEntry
from coaching.services import bookings, offers, waitlist
from coaching.services.line import Line
from tests.factories import BookingFactory, CoachFactory, InterviewFactory, LessonFactory, SlotFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def candidate(candidate):
    candidate.quiet_from = candidate.quiet_until = time(0)
    candidate.save()
    return candidate


def days(person, last=20):
    today = when.to_wall(timezone.now(), person.zone).date()
    return {"first_on": f"{today}", "last_on": f"{today + last * DAY}"}


def join(person, **fields):
    today = when.to_wall(timezone.now(), person.zone).date()
    return waitlist.join(person, by=person, **{"first_on": today, "last_on": today + 20 * DAY, **fields})


def kept_for(entry, now):
    return Line(now).kept_for(entry)


@pytest.fixture
def entry(candidate):
    return join(candidate)


@pytest.fixture
def offer(entry):
    SlotFactory(place="Room 4")
    offers.look(timezone.now())
    return kept_for(entry, timezone.now())


def page(client):
    return client.get(reverse("waiting-list"))


class TestPage:
    def test_it_proposes_the_days_until_her_next_interview(self, candidate, client_of):
        InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-24 * 6)
        today = when.to_wall(timezone.now(), candidate.zone).date()
        form = page(client_of(candidate)).context["form"]
        assert (form.initial["first_on"], form.initial["last_on"]) == (today, today + 5 * DAY)

    def test_she_joins_and_sees_her_place_and_why(self, candidate, client_of):
        rival = join(UserFactory())
        InterviewFactory(candidate=rival.candidate, status="planned", ended_hours_ago=-24, company="Kijani Foods")
        client, coach = client_of(candidate), CoachFactory(name="Ruth Njeri")

        answer = client.post(reverse("waitlist-join"), days(candidate) | {"coach": coach.public_id})

        assert (answer.status_code, answer.url) == (302, reverse("waiting-list"))
        shown = page(client)
        assert (shown.context["entry"].coach, shown.context["before"]) == (coach, 1)
        text = shown.content.decode()
        assert ["1 person is asked before you" in text, "as if one came four weeks after" in text] == [True, True]
        others = (rival.candidate.name, rival.candidate.email, "Kijani", str(rival.public_id))
        assert [word for word in others if word in text] == []

    def test_an_interview_of_hers_is_the_reason(self, candidate, entry, client_of):
        planned = InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-48)
        text = page(client_of(candidate)).content.decode()
        assert (
            f"Your next interview is on {planned.ends_wall:%A} {planned.ends_wall.day} {planned.ends_wall:%B}" in text
        )

    def test_bad_days_stand_at_the_field_and_nothing_is_lost(self, candidate, client_of):
        backwards = {"first_on": days(candidate)["last_on"], "last_on": days(candidate)["first_on"]}
        answer = client_of(candidate).post(reverse("waitlist-join"), backwards)
        form = answer.context["form"]
        assert (answer.status_code, list(form.errors), form["last_on"].value()) == (
            422,
            ["last_on"],
            backwards["last_on"],
        )
        assert not WaitlistEntry.objects.exists()

    @pytest.mark.parametrize("bad", [{"first_on": "soon"}, {"last_on": ""}, {"coach": "x"}, {"first_on": "9999-99-99"}])
    def test_what_is_no_day_and_no_coach_is_said(self, candidate, client_of, bad):
        answer = client_of(candidate).post(reverse("waitlist-join"), days(candidate) | bad)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(bad))

    def test_twice_at_once_is_said_in_words(self, candidate, entry, client_of):
        answer = client_of(candidate).post(reverse("waitlist-join"), days(candidate))
        assert (answer.status_code, WaitlistEntry.objects.count()) == (422, 1)
        assert "You are in the waiting list already." in answer.content.decode()

    def test_what_is_kept_can_be_taken(self, candidate, offer, client_of):
        client = client_of(candidate)
        assert page(client).context["offer"] == offer
        answer = client.post(reverse("offer-take", args=[offer.public_id]))
        offer.refresh_from_db()
        assert (answer.url, offer.status) == (reverse("booking-detail", args=[offer.public_id]), "booked")
        assert page(client).context["ended"].status == "booked"

    def test_or_booked_with_what_to_work_on(self, candidate, entry, offer, client_of):
        lesson = LessonFactory(candidate=candidate)
        client_of(candidate).post(reverse("slot-book", args=[offer.slot.public_id]), {"agenda": lesson.public_id})
        offer.refresh_from_db()
        offers.look(timezone.now())
        entry.refresh_from_db()
        assert (offer.status, list(offer.agenda.all()), entry.status) == ("booked", [lesson], "booked")

    def test_or_left_to_the_next(self, candidate, entry, offer, client_of):
        client = client_of(candidate)
        client.post(reverse("offer-decline", args=[offer.public_id]))
        offer.refresh_from_db()
        assert (offer.status, page(client).context["entry"]) == ("cancelled", entry)

    def test_too_late_is_a_clear_answer(self, candidate, entry, offer, client_of):
        Booking.objects.filter(pk=offer.pk).update(hold_until=timezone.now())
        Booking.objects.filter(pk=offer.pk).update(status="expired")
        other = UserFactory()
        bookings.book(offer.slot, candidate=other, by=other)
        answer = client_of(candidate).post(reverse("offer-take", args=[offer.public_id]), follow=True)
        assert answer.status_code in (200, 409)
        assert "it has gone to somebody else. Your place in the line is as it was." in answer.content.decode()

    def test_changing_leaving_and_coming_back(self, candidate, entry, client_of):
        client = client_of(candidate)
        client.post(reverse("waitlist-change"), days(candidate, last=30))
        entry.refresh_from_db()
        assert entry.last_on - entry.first_on == 30 * DAY
        client.post(reverse("waitlist-leave"))
        assert (page(client).context["entry"], page(client).context["ended"].status) == (None, "left")
        client.post(reverse("waitlist-join"), days(candidate))
        assert page(client).context["entry"] != entry

    def test_with_two_sessions_ahead_she_is_told_that_nothing_is_offered(self, candidate, entry, client_of):
        for day in (2, 4):
            BookingFactory(candidate=candidate, slot__starts_at=timezone.now() + day * DAY)
        assert "as many sessions ahead as one may have" in page(client_of(candidate)).content.decode()

    def test_after_two_without_a_word_she_is_asked_whether_she_still_looks(self, candidate, entry, client_of):
        WaitlistEntry.objects.update(status="resting")
        client = client_of(candidate)
        assert "Do you still look for a session?" in page(client).content.decode()
        client.post(reverse("waitlist-still"))
        entry.refresh_from_db()
        assert entry.status == "waiting"

    @pytest.mark.parametrize("is_kept", [False, True])
    def test_it_asks_as_often_for_thirty_as_for_one(
        self, is_kept, candidate, entry, client_of, django_assert_num_queries
    ):
        SlotFactory()
        if is_kept:
            offers.look(timezone.now())
        client, queries = client_of(candidate), 7 if is_kept else 8
        with django_assert_num_queries(queries):
            assert bool(page(client).context["offer"]) is is_kept
        for _ in range(30):
            join(UserFactory())
        with django_assert_num_queries(queries):
            page(client)


class TestOpenPage:
    """It says what has become of her waiting while it stays open."""

    def told(self, client, part):
        answer = client.get(part.url, headers={"if-none-match": f'"{part.version}"'})
        return answer.status_code, answer.content.decode()

    def test_it_says_that_a_slot_is_kept_and_that_it_is_kept_no_longer(self, candidate, entry, client_of):
        client = client_of(candidate)
        part = page(client).context["news"]
        assert self.told(client, part) == (304, "")
        SlotFactory()
        offers.look(timezone.now())
        assert "A slot is kept for you." in self.told(client, part)[1]
        with_offer = page(client).context["news"]
        assert self.told(client, with_offer) == (304, "")
        waitlist.decline(kept_for(entry, timezone.now()), by=candidate)
        assert "kept no longer" in self.told(client, with_offer)[1]
        waiting = page(client).context["news"]
        waitlist.leave(entry, by=candidate)
        assert "Something has changed" in self.told(client, waiting)[1]

    def test_it_is_hers_alone_and_one_query_for_any_number(
        self, candidate, offer, stranger, client_of, django_assert_num_queries
    ):
        part = page(client_of(candidate)).context["news"]
        assert "kept no longer" in client_of(stranger).get(part.url).content.decode()
        for _ in range(5):
            join(UserFactory())
        client = client_of(candidate)
        with django_assert_num_queries(3):
            assert self.told(client, part)[0] == 304

    @pytest.mark.parametrize("query", [{}, {"status": "x", "kept": ""}, {"status": "waiting", "kept": "x"}])
    def test_a_question_that_makes_no_sense_is_refused(self, query, candidate, client_of):
        assert client_of(candidate).get(reverse("waitlist-state"), query).status_code == 400


class TestMail:
    def test_taken_from_the_mail_without_signing_in(self, candidate, offer, client):
        address = links.url("offer", candidate, offer.public_id, ends_at=offer.starts_at)
        assert "Would you like this one?" in client.get(address).content.decode()
        client.post(address, {"answer": "take"})
        offer.refresh_from_db()
        assert (offer.status, offer.events.last().by) == ("booked", candidate)
        assert "It is yours" in client.get(address).content.decode()

    def test_left_to_the_next_from_the_mail(self, candidate, entry, offer, client):
        address = links.url("offer", candidate, offer.public_id, ends_at=offer.starts_at)
        client.post(address, {"answer": "decline"})
        text = client.get(address).content.decode()
        assert ["It went to the next" in text, "nobody is asked before you" in text] == [True, True]

    def test_past_its_half_hour_it_says_so_and_offers_what_is_left(self, candidate, entry, offer, client):
        address = links.url("offer", candidate, offer.public_id, ends_at=offer.starts_at)
        Booking.objects.filter(pk=offer.pk).update(hold_until=timezone.now())
        assert "it is still free" in client.get(address).content.decode()
        other = UserFactory()
        bookings.book(offer.slot, candidate=other, by=other)
        text = client.get(address).content.decode()
        assert ["The half hour is over" in text, "Take it" in text] == [True, False]
        answer = client.post(address, {"answer": "take"})
        assert (answer.status_code, "Your place in the line is as it was." in answer.content.decode()) == (422, True)


class TestFigures:
    def figures(self, admin, client_of):
        return client_of(admin).get(reverse("api:waitlist-figures")).json()

    def test_admins_read_numbers_from_five_on_and_no_names(self, admin, client_of):
        coach = CoachFactory(name="Ruth Njeri")
        people = UserFactory.create_batch(6)
        for person in people:
            join(person, coach=coach)
        join(UserFactory(name="Zawadi Kimani"))

        shown = page(client_of(admin))

        assert shown.context["shown"]["waiting"] == "7"
        assert shown.context["shown"]["by_coach"] == [(None, "fewer than 5"), (coach, "6")]
        text = shown.content.decode()
        assert [person.name for person in people if person.name in text] + ["Zawadi"] * ("Zawadi" in text) == []
        assert self.figures(admin, client_of) == {
            "waiting": 7, "resting": 0, "asked": 0, "taken": 0, "given_back": 0, "unanswered": 0,
        }  # fmt: skip

    def test_below_five_nothing_is_told(self, admin, entry, offer, client_of):
        assert page(client_of(admin)).context["shown"]["waiting"] == "fewer than 5"
        found = self.figures(admin, client_of)
        assert (found["waiting"], found["asked"], found["taken"]) == (None, None, 0)

    def test_of_what_was_kept_each_end_is_counted_once(self, admin, client_of):
        for number, end in enumerate(["take", "decline", "pass", "open"] * 5):
            person = UserFactory(quiet_from=time(0), quiet_until=time(0))
            entry = join(person)
            SlotFactory(starts_at=timezone.now() + timedelta(days=4, hours=number))
            offers.look(timezone.now())
            kept = kept_for(entry, timezone.now())
            if end in ("take", "decline"):
                getattr(waitlist, end)(kept, by=person)
            elif end == "pass":
                Booking.objects.filter(pk=kept.pk).update(status="expired")
            WaitlistEntry.objects.filter(pk=entry.pk).update(status="left")
        found = self.figures(admin, client_of)
        assert {name: found[name] for name in ("asked", "taken", "given_back", "unanswered")} == {
            "asked": 20, "taken": 5, "given_back": 5, "unanswered": 5,
        }  # fmt: skip


class TestApi:
    def post(self, client, address, **data):
        return client.post(address, data, content_type="application/json")

    def test_join_read_change_leave(self, candidate, client_of):
        client = client_of(candidate)
        made = self.post(client, reverse("api:waitlist-list"), **days(candidate))
        body = made.json()
        assert (made.status_code, body["status"], body["before"], body["offer"]) == (201, "waiting", 0, None)
        address = reverse("api:waitlist-detail", args=[body["public_id"]])
        changed = client.patch(address, {"last_on": days(candidate, 9)["last_on"]}, content_type="application/json")
        assert changed.json()["last_on"] == days(candidate, 9)["last_on"]
        assert self.post(client, reverse("api:waitlist-leave", args=[body["public_id"]])).json()["status"] == "left"
        assert self.post(client, reverse("api:waitlist-leave", args=[body["public_id"]])).status_code == 409

    def test_a_place_twice_is_a_conflict_and_bad_days_are_refused(self, candidate, entry, client_of):
        client = client_of(candidate)
        assert self.post(client, reverse("api:waitlist-list"), **days(candidate)).status_code == 409
        address = reverse("api:waitlist-detail", args=[entry.public_id])
        answer = client.patch(address, {"last_on": "2020-01-01"}, content_type="application/json")
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["last_on"])

    def test_what_is_kept_is_taken_once(self, candidate, entry, offer, client_of):
        client, lesson = client_of(candidate), LessonFactory(candidate=candidate)
        body = client.get(reverse("api:waitlist-detail", args=[entry.public_id])).json()
        assert body["offer"]["public_id"] == str(offer.public_id)
        address = reverse("api:waitlist-take", args=[entry.public_id])
        taken = self.post(client, address, offer=str(offer.public_id), agenda=[str(lesson.public_id)])
        assert (taken.status_code, taken.json()["status"], taken.json()["agenda"]) == (201, "booked", [lesson.title])
        assert self.post(client, address, offer=str(offer.public_id)).json()["public_id"] == str(offer.public_id)
        assert Booking.objects.filter(status="booked").count() == 1

    def test_the_same_key_twice_acts_once(self, candidate, entry, offer, client_of):
        client, address = client_of(candidate), reverse("api:waitlist-take", args=[entry.public_id])
        answers = [
            client.post(
                address,
                {"offer": str(offer.public_id)},
                content_type="application/json",
                headers={"Idempotency-Key": "k"},
            )
            for _ in range(2)
        ]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()

    def test_left_to_the_next(self, candidate, entry, offer, client_of):
        answer = self.post(
            client_of(candidate), reverse("api:waitlist-decline", args=[entry.public_id]), offer=str(offer.public_id)
        )
        assert (answer.status_code, answer.json()["offer"], answer.json()["status"]) == (200, None, "waiting")

    def test_somebody_elses_offer_is_none_of_hers(self, candidate, offer, stranger, client_of):
        theirs = join(stranger)
        answer = self.post(
            client_of(stranger), reverse("api:waitlist-take", args=[theirs.public_id]), offer=str(offer.public_id)
        )
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["offer"])

    def test_lists_ask_as_often_for_thirty_as_for_one(self, candidate, entry, client_of, django_assert_num_queries):
        client = client_of(candidate)
        with django_assert_num_queries(5):
            client.get(reverse("api:waitlist-list"))
        past = {"first_on": entry.first_on, "last_on": entry.last_on, "opens_at": entry.opens_at}
        WaitlistEntry.objects.bulk_create(
            WaitlistEntry(
                candidate=candidate,
                zone="UTC",
                closes_at=entry.closes_at,
                answered_at=entry.answered_at,
                status="left",
                **past,
            )
            for _ in range(30)
        )
        for _ in range(30):
            join(UserFactory())
        with django_assert_num_queries(5):
            assert len(client.get(reverse("api:waitlist-list") + "?page_size=50").json()["results"]) == 31


def test_it_stands_under_today(candidate, entry, offer, client_of):
    client = client_of(candidate)
    body = client.get(reverse("api:today")).json()
    assert [(line["title"], line["at"]) for line in body["now"]] == [
        (f"Mock session with {offer.coach.get_full_name()}", offer.hold_until.isoformat().replace("+00:00", "Z"))
    ]
    waitlist.decline(offer, by=candidate)
    WaitlistEntry.objects.update(status="resting")
    body = client.get(reverse("api:today")).json()
    assert [line["title"] for line in body["now"]] == ["Do you still look for a session?"]


def test_admins_and_others_see_no_place(candidate, entry, offer, coach, admin, stranger, client_of):
    for person in (coach, admin, stranger):
        client = client_of(person)
        assert client.get(reverse("api:waitlist-list")).json()["results"] == []
        assert client.get(reverse("api:waitlist-detail", args=[entry.public_id])).status_code == 404
    assert reverse("waiting-list") in client_of(candidate).get(reverse("slot-list")).content.decode()
