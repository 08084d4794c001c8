"""Pages and API of series, of days without sessions, and of what coaches propose."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import when
from accounts.records import Refused
from coaching.models import Closure, MockSlot, SlotSeries
from coaching.services import proposed, series
from followups.models import OutboundEmail
from tests.factories import SeriesFactory, SlotFactory
from tests.mailing import text_of

pytestmark = pytest.mark.django_db


def tomorrow(hour=9):
    return (when.to_wall(timezone.now(), "Africa/Nairobi") + timedelta(days=1)).replace(
        hour=hour, minute=0, second=0, microsecond=0
    )


def filled(**more):
    return {
        "starts_wall": f"{tomorrow():%Y-%m-%dT%H:%M}", "zone": "Africa/Nairobi", "minutes": "45", "buffer_minutes": "15",
        "in_a_row": "1", **more,
    }  # fmt: skip


def post(client, **more):
    return client.post(reverse("slot-new"), filled(**more))


def test_the_same_form_makes_one_slot_several_of_a_day_or_a_series(coach, admin, client_of):
    client, who = client_of(admin), {"coach": str(coach.public_id)}
    assert post(client, **who).status_code == 302
    assert (MockSlot.objects.count(), SlotSeries.objects.count()) == (1, 0)

    post(client, **who, in_a_row="3", starts_wall=f"{tomorrow(14):%Y-%m-%dT%H:%M}")
    row = SlotSeries.objects.get()
    assert (row.until_on, row.slots.count()) == (tomorrow().date(), 3)

    begin = tomorrow() + timedelta(days=1)
    answer = post(
        client,
        **who,
        repeat="2",
        days=["0", "3"],
        starts_wall=f"{begin:%Y-%m-%dT%H:%M}",
        exceptions="2027-01-04, 2027-01-07",
    )
    made = SlotSeries.objects.latest("id")
    assert answer.url == reverse("series-detail", args=[made.public_id])
    assert (made.rule, made.until_on, made.in_a_row) == ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", None, 1)
    assert made.exceptions == [date(2027, 1, 4), date(2027, 1, 7)]
    assert {slot.starts_wall.weekday() for slot in made.slots.all()} == {0, 3}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "1800"}, "minutes"),
        ({"in_a_row": "99"}, "in_a_row"),
        ({"repeat": "7"}, "repeat"),
        ({"repeat": "1", "days": ["9"]}, "days"),
        ({"repeat": "1", "until_on": "2020-01-01"}, "until_on"),
        ({"repeat": "1", "exceptions": "tomorrow"}, "exceptions"),
        ({"zone": "Mars"}, "zone"),
        ({"starts_wall": "2026-02-30T09:00"}, "starts_wall"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(fields, field, coach, admin, client_of):
    page = post(client_of(admin), coach=str(coach.public_id), **fields)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert not MockSlot.objects.exists()


def test_what_a_coach_offers_is_her_own_and_proposed(coach, other_coach, client_of):
    post(client_of(coach), coach=str(other_coach.public_id))
    post(client_of(coach), coach=str(other_coach.public_id), repeat="1", starts_wall=f"{tomorrow(12):%Y-%m-%dT%H:%M}")
    assert set(MockSlot.objects.values_list("coach", "status")) == {(coach.pk, "proposed")}
    assert SlotSeries.objects.get().status == "proposed"


def test_her_own_proposals_she_changes_and_takes_back(coach, client_of):
    slot = SlotFactory(coach=coach, status="proposed")
    client = client_of(coach)
    assert client.get(reverse("slot-edit", args=[slot.public_id])).status_code == 200
    assert client.post(reverse("slot-withdraw", args=[slot.public_id])).status_code == 302
    slot.refresh_from_db()
    assert slot.status == "withdrawn"


def test_an_admin_accepts_many_and_the_coach_hears_once(coach, admin, client_of):
    one = series.create_series(
        coach=coach, zone="Africa/Nairobi", rule="FREQ=WEEKLY;COUNT=3", starts_wall=tomorrow(), by=coach
    )
    single = SlotFactory(coach=coach, status="proposed")
    client = client_of(admin)
    page = client.get(reverse("slot-proposals"))
    assert [(offer.coach, len(offer.series), offer.slots) for offer in page.context["offers"]] == [(coach, 1, [single])]
    answer = client.post(
        reverse("slot-answer"),
        {"answer": "accept", "series": [str(one.public_id)], "slots": [str(single.public_id)]},
    )
    assert answer.url == reverse("slot-proposals")
    one.refresh_from_db()
    assert (one.status, set(MockSlot.objects.values_list("status", flat=True))) == ("running", {"open"})
    mail = OutboundEmail.objects.get(kind="slots_answered")
    assert mail.recipient == coach
    assert "4 times you offered can be booked now" in text_of(mail)


def test_declining_needs_a_word_which_the_coach_reads(coach, admin, client_of):
    slot = SlotFactory(coach=coach, status="proposed")
    client, ticked = client_of(admin), {"answer": "decline", "slots": [str(slot.public_id)]}
    assert client.post(reverse("slot-answer"), ticked).status_code == 422
    assert client.post(reverse("slot-answer"), ticked | {"word": "Room 2 is taken"}).status_code == 302
    slot.refresh_from_db()
    assert slot.status == "withdrawn"
    assert "Room 2 is taken" in text_of(OutboundEmail.objects.get(kind="slots_answered"))


def test_nothing_ticked_is_said(admin, client_of):
    page = client_of(admin).post(reverse("slot-answer"), {"answer": "accept"})
    assert page.status_code == 422
    assert "Tick what you mean first." in page.text


def test_an_answer_that_comes_second_changes_nothing(coach, admin):
    slot = SlotFactory(coach=coach, status="proposed")
    assert proposed.accept(by=admin, slots=[slot]) == 1
    assert proposed.decline(by=admin, slots=[slot], word="no") == 0
    slot.refresh_from_db()
    assert slot.status == "open"
    with pytest.raises(Refused):
        proposed.decline(by=admin, slots=[slot], word=" ")


def test_a_coach_sees_what_she_proposed_and_cannot_accept_it(coach, other_coach, client_of):
    slot = SlotFactory(coach=coach, status="proposed")
    seen = [
        [offer.slots for offer in client_of(user).get(reverse("slot-proposals")).context["offers"]]
        for user in (coach, other_coach)
    ]
    assert seen == [[[slot]], []]
    answer = client_of(coach).post(
        reverse("api:slot-accept"), {"slots": [str(slot.public_id)]}, content_type="application/json"
    )
    assert answer.status_code == 403


def test_proposals_through_the_api(coach, admin, client_of):
    slot = SlotFactory(coach=coach, status="proposed")
    client = client_of(admin)
    answer = client.post(reverse("api:slot-accept"), {"slots": [str(slot.public_id)]}, content_type="application/json")
    assert answer.json() == {"slots": 1}
    answer = client.post(
        reverse("api:slot-decline"), {"slots": [str(slot.public_id)], "word": "x"}, content_type="application/json"
    )
    assert answer.json() == {"slots": 0}


def test_nobody_books_what_is_only_proposed(candidate, coach, client_of):
    slot = SlotFactory(coach=coach, status="proposed")
    assert client_of(candidate).get(reverse("slot-book", args=[slot.public_id])).status_code == 404
    assert list(MockSlot.objects.free(timezone.now())) == []


def test_a_series_by_api_and_what_it_could_not_make(coach, client_of, settings):
    settings.AFTERWORD_COACHES_OPEN_SLOTS = True
    client, wall = client_of(coach), tomorrow()
    SlotFactory(coach=coach, starts_wall=wall + timedelta(days=7, minutes=30))
    body = {"rule": "FREQ=WEEKLY;COUNT=2", "zone": "Africa/Nairobi", "starts_wall": wall.isoformat()}
    made = client.post(reverse("api:series-list"), body, content_type="application/json")
    assert made.status_code == 201
    assert (made.json()["status"], made.json()["until_on"]) == ("running", f"{wall + timedelta(days=7):%Y-%m-%d}")
    one = SlotSeries.objects.get()
    gaps = client.get(reverse("api:series-gaps", args=[one.public_id])).json()
    assert [gap["why"][:24] for gap in gaps] == ["There is a slot already:"]
    page = client.get(reverse("series-detail", args=[one.public_id]))
    assert [why[:24] for _gap, why in page.context["gaps"]] == ["There is a slot already:"]
    MockSlot.objects.filter(series=None).update(status="withdrawn")
    assert client.post(reverse("api:series-fill", args=[one.public_id])).json() == {"made": 1}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;COUNT=1000000",
        "FREQ=WEEKLY;INTERVAL=999999999",
        "x" * 999,
        "FREQ=WEEKLY;BYSETPOS=1",
    ],
)
def test_a_hostile_rule_is_answered_in_words(rule, admin, coach, client_of):
    body = {
        "coach": str(coach.public_id), "rule": rule, "zone": "Africa/Nairobi", "starts_wall": tomorrow().isoformat(),
    }  # fmt: skip
    answer = client_of(admin).post(reverse("api:series-list"), body, content_type="application/json")
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["rule"]


def test_lists_of_series_take_as_many_queries_at_any_size(admin, client_of, django_assert_num_queries):
    client = client_of(admin)
    for size in (1, 29):
        SeriesFactory.create_batch(size)
        with django_assert_num_queries(3):
            assert client.get(reverse("series-list")).status_code == 200
        with django_assert_num_queries(3):
            assert client.get(reverse("api:series-list")).status_code == 200


def test_days_are_closed_and_opened_again(coach, admin, client_of):
    day = f"{tomorrow():%Y-%m-%d}"
    SlotFactory(coach=coach, starts_wall=tomorrow())
    form = {"title": "Holiday", "from_on": day, "until_on": day}
    page = client_of(admin).post(reverse("closure-list"), form, follow=True)
    assert [str(message) for message in page.context["messages"]][1].startswith("1 slot is there already and stays")
    closure = Closure.objects.get()
    assert (closure.coach, closure.title) == (None, "Holiday")
    assert client_of(coach).post(reverse("closure-remove", args=[closure.public_id])).status_code == 403
    client_of(coach).post(reverse("closure-list"), form | {"title": "Mine", "coach": ""})
    mine = Closure.objects.get(title="Mine")
    assert mine.coach == coach
    assert client_of(coach).post(reverse("closure-remove", args=[mine.public_id])).status_code == 302
    assert client_of(admin).post(reverse("closure-remove", args=[closure.public_id])).status_code == 302
    assert not Closure.objects.exists()


def test_days_are_closed_through_the_api(coach, other_coach, client_of):
    body = {"title": "Course", "from_on": "2026-12-01", "until_on": "2026-12-02"}
    client = client_of(coach)
    made = client.post(reverse("api:closure-list"), body, content_type="application/json")
    assert (made.status_code, made.json()["coach"]["name"]) == (201, "Tom Barasa")
    assert client_of(other_coach).get(reverse("api:closure-list")).json()["results"] == []
    wrong = client.post(reverse("api:closure-list"), body | {"until_on": "2026-11-01"}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["until_on"])
    assert client.delete(reverse("api:closure-detail", args=[made.json()["public_id"]])).status_code == 204
