"""Changing and ending a series: shown first, each booked person by choice, undone as long as nobody has heard of it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.records import Conflict, Refused
from coaching.models import Booking, CalendarChange, SlotSeries
from coaching.services import bookings, changes, closures, series, series_changes, slots
from followups.models import OutboundEmail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, noon in Nairobi
DAY = timedelta(days=1)
FROM = date(2026, 12, 1)


def wall(text):
    return datetime.fromisoformat(text)


@pytest.fixture
def make(coach, admin):
    def make_series(rule="FREQ=WEEKLY;BYDAY=TU;COUNT=4", first="2026-11-24T09:00", **fields):
        fields = {"coach": coach, "zone": "Africa/Nairobi", "by": admin, "now": NOW, **fields}
        return series.create_series(rule=rule, starts_wall=wall(first), **fields)

    return make_series


def edit(one, from_on=FROM, **values):
    return series_changes.plan_edit(one, from_on=from_on, values=series_changes.values_of(one) | values, now=NOW)


def live(coach):
    return [
        f"{slot.starts_wall:%m-%d %H:%M}"
        for slot in coach.slots.filter(status__in=["open", "proposed"]).order_by("starts_at")
    ]


def book(one, candidate, day):
    slot = one.slots.get(occurs_wall=wall(f"2026-{day}T09:00"))
    return bookings.book(slot, candidate=candidate, by=candidate, now=NOW)


def test_what_nobody_has_booked_changes_at_once(make, coach, admin):
    one = make()
    plan = edit(one, starts=time(10), place="Room 4")
    assert (plan.changed, plan.withdrawn, plan.added, plan.asking) == (3, 0, 0, [])
    change = series_changes.carry_out(plan, by=admin, now=NOW)
    assert change.status == "done"
    assert live(coach) == ["11-24 09:00", "12-01 10:00", "12-08 10:00", "12-15 10:00"]
    one.refresh_from_db()
    new = SlotSeries.objects.latest("id")
    assert (one.until_on, new.starts_wall, new.until_on, new.place) == (
        date(2026, 11, 30),
        wall("2026-12-01T10:00"),
        date(2026, 12, 15),
        "Room 4",
    )
    assert (one.slots.count(), new.slots.count()) == (1, 3)
    assert series.fill(new, by=admin, now=NOW) == []
    assert series.roll(new, now=NOW + 9 * DAY) == 0
    assert not OutboundEmail.objects.exists()


def test_nothing_booked_changes_unless_somebody_chose_so(make, coach, admin, candidate):
    one = make()
    booking = book(one, candidate, "12-08")
    plan = edit(one, starts=time(10))
    assert [row.booking for row in plan.asking] == [booking]
    change = series_changes.carry_out(plan, by=admin, now=NOW)
    assert change.status == "done"
    assert live(coach) == ["11-24 09:00", "12-01 10:00", "12-08 09:00", "12-15 10:00"]
    booking.refresh_from_db()
    assert (booking.starts_at, booking.confirmed_at) == (wall("2026-12-08T06:00").replace(tzinfo=UTC), NOW)
    # It stands in the place of its day: none is made beside it.
    new = SlotSeries.objects.latest("id")
    assert booking.slot_id in set(new.slots.values_list("pk", flat=True))
    assert series.fill(new, by=admin, now=NOW) == []


def test_whoever_is_to_be_asked_hears_of_it_after_ten_minutes(make, coach, admin, candidate):
    one = make()
    booking = book(one, candidate, "12-08")
    before = OutboundEmail.objects.count()
    plan = edit(one, starts=time(10))
    change = series_changes.carry_out(plan, by=admin, choices={str(booking.slot.public_id): "ask"}, now=NOW)
    assert (change.status, change.leaves_at) == ("waiting", NOW + timedelta(minutes=10))
    assert live(coach) == ["11-24 09:00", "12-01 09:00", "12-08 09:00", "12-15 09:00"]
    assert OutboundEmail.objects.count() == before
    with pytest.raises(Conflict):
        series_changes.carry_out(edit(one, starts=time(11)), by=admin, now=NOW)

    changes.release(change, now=NOW + timedelta(minutes=10))
    assert live(coach) == ["11-24 09:00", "12-01 10:00", "12-08 10:00", "12-15 10:00"]
    booking.refresh_from_db()
    assert (booking.status, booking.confirmed_at) == ("booked", None)
    assert OutboundEmail.objects.filter(recipient=candidate, kind="session").count() == 2


def test_undone_everything_is_as_it_was(make, coach, admin, candidate):
    one = make()
    booking = book(one, candidate, "12-08")
    before = (live(coach), OutboundEmail.objects.count())
    plan = series_changes.plan_end(one, from_on=FROM, now=NOW)
    change = series_changes.carry_out(
        plan, by=admin, choices={str(booking.slot.public_id): "cancel"}, reason="The room is gone", now=NOW
    )
    changes.undo(change, by=admin, now=NOW)
    one.refresh_from_db()
    booking.refresh_from_db()
    assert (live(coach), OutboundEmail.objects.count()) == before
    assert (one.until_on, one.status, booking.status) == (date(2026, 12, 15), "running", "booked")


def test_ending_it_takes_the_free_ones_and_keeps_who_has_booked(make, coach, admin, candidate):
    one = make("FREQ=WEEKLY;BYDAY=TU")
    booking = book(one, candidate, "12-08")
    plan = series_changes.plan_end(one, from_on=FROM, now=NOW)
    assert (len(plan.booked), plan.withdrawn) == (1, one.slots.count() - 1)
    series_changes.carry_out(plan, by=admin, now=NOW)
    assert live(coach) == ["11-24 09:00", "12-08 09:00"]
    booking.refresh_from_db()
    one.refresh_from_db()
    assert (booking.status, one.status, one.until_on) == ("booked", "running", date(2026, 11, 30))
    assert series.roll(one, now=NOW + 9 * DAY) == 0
    one.refresh_from_db()
    assert one.status == "ended"


def test_cancelling_somebody_needs_a_reason_which_she_reads(make, admin, candidate):
    one = make()
    booking = book(one, candidate, "12-08")
    plan, choice = series_changes.plan_end(one, from_on=FROM, now=NOW), {str(booking.slot.public_id): "cancel"}
    with pytest.raises(Refused) as refused:
        series_changes.carry_out(plan, by=admin, choices=choice, now=NOW)
    assert refused.value.field == "reason"
    change = series_changes.carry_out(plan, by=admin, choices=choice, reason="The room is gone", now=NOW)
    changes.send_now(change, by=admin, now=NOW)
    booking.refresh_from_db()
    assert (booking.status, booking.override_reason) == ("cancelled", "The room is gone")


def test_days_that_leave_the_pattern_go_and_new_ones_come(make, coach, admin, candidate):
    one = make("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=6")
    booking = book(one, candidate, "12-03")
    plan = edit(one, days=[1, 4])
    assert (plan.changed, plan.withdrawn, plan.added) == (0, 2, 1)
    assert [row.booking for row in plan.asking] == [booking]
    series_changes.carry_out(plan, by=admin, now=NOW)
    assert live(coach) == [f"{day} 09:00" for day in ("11-24", "11-26", "12-01", "12-03", "12-04", "12-08")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"starts": time(9, 30)}, ["09:30", "10:30", "11:30", "12:30"]),
        ({"starts": time(8, 30)}, ["08:30", "09:30", "10:30", "11:30"]),
        ({"minutes": 60}, ["09:00", "10:15", "11:30", "12:45"]),
        ({"starts": time(8, 30), "minutes": 60}, ["08:30", "09:45", "11:00", "12:15"]),
        ({"minutes": 30}, ["09:00", "09:45", "10:30", "11:15"]),
        ({"in_a_row": 2}, ["09:00", "10:00"]),
        ({"in_a_row": 5}, ["09:00", "10:00", "11:00", "12:00", "13:00"]),
    ],
)
def test_a_row_of_sessions_makes_room_for_itself(make, coach, admin, values, expected):
    one = make("FREQ=WEEKLY;BYDAY=TU;COUNT=2", in_a_row=4)
    change = series_changes.carry_out(edit(one, **values), by=admin, now=NOW)
    assert set(change.items.values_list("outcome", flat=True)) <= {"done"}
    assert [text[6:] for text in live(coach) if text.startswith("12-01")] == expected


def test_what_was_moved_by_hand_stays_in_the_place_of_its_day(make, coach, admin):
    one = make()
    slot = one.slots.get(occurs_wall=wall("2026-12-08T09:00"))
    slots.edit_slot(slot, by=admin, now=NOW, starts_wall=wall("2026-12-09T15:00"))
    plan = edit(one, starts=time(10))
    assert (plan.changed, plan.by_hand) == (2, 1)
    series_changes.carry_out(plan, by=admin, now=NOW)
    assert live(coach) == ["11-24 09:00", "12-01 10:00", "12-09 15:00", "12-15 10:00"]


def test_what_stands_in_the_way_is_shown_before_and_left_as_it_is(make, coach, admin):
    one = make()
    slots.create_slot(coach=coach, zone="Africa/Nairobi", starts_wall=wall("2026-12-08T10:30"), by=admin, now=NOW)
    plan = edit(one, starts=time(10))
    assert [bool(row.in_the_way) for row in plan.rows] == [False, True, False]
    change = series_changes.carry_out(plan, by=admin, now=NOW)
    assert list(change.items.order_by("starts_at").values_list("outcome", flat=True)) == ["done", "left", "done"]
    assert live(coach) == ["11-24 09:00", "12-01 10:00", "12-08 09:00", "12-08 10:30", "12-15 10:00"]


def test_what_is_new_is_counted_without_what_cannot_be_made(make, coach, admin):
    one = make()
    closures.close_days(from_on=date(2026, 12, 4), until_on=date(2026, 12, 4), title="Holiday", by=admin)
    plan = edit(one, days=[1, 4])
    assert plan.added == 1
    series_changes.carry_out(plan, by=admin, now=NOW)
    assert live(coach) == ["11-24 09:00", "12-01 09:00", "12-08 09:00", "12-11 09:00", "12-15 09:00"]


def test_every_second_week_stays_every_second_week(make, coach, admin):
    one = make("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=6")
    before = live(coach)
    # A day in a week that does not count.
    series_changes.carry_out(edit(one, from_on=date(2026, 12, 2), place="Room 9"), by=admin, now=NOW)
    assert live(coach) == before
    new = SlotSeries.objects.latest("id")
    assert set(new.slots.values_list("place", flat=True)) == {"Room 9"}
    assert series.fill(new, by=admin, now=NOW) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1800}, "minutes"),
        ({"days": []}, "days"),
        ({"in_a_row": 0}, "in_a_row"),
        ({"until_on": date(2026, 11, 30)}, "until_on"),
        ({"in_a_row": 12, "starts": time(20)}, "in_a_row"),
    ],
)
def test_values_that_cannot_be_are_refused_at_their_field(make, values, field):
    with pytest.raises(Refused) as refused:
        edit(make(), **values)
    assert refused.value.field == field


def test_a_series_that_has_ended_is_not_changed(make, admin):
    one = make("FREQ=WEEKLY;BYDAY=TU;COUNT=1")
    series.roll_all(NOW + 9 * DAY)
    one.refresh_from_db()
    plan = series_changes.plan_end(one, from_on=FROM, now=NOW)
    with pytest.raises(Conflict):
        series_changes.carry_out(plan, by=admin, now=NOW)


def test_who_books_after_the_look_loses_nothing(make, coach, admin, candidate):
    one = make()
    plan = series_changes.plan_end(one, from_on=FROM, now=NOW)
    booking = book(one, candidate, "12-08")
    with pytest.raises(Conflict, match="Achieng Otieno has booked meanwhile"):
        series_changes.carry_out(plan, by=admin, now=NOW)
    assert Booking.objects.get(pk=booking.pk).status == "booked"
    assert live(coach) == ["11-24 09:00", "12-01 09:00", "12-08 09:00", "12-15 09:00"]


@pytest.fixture
def that_monday():
    with time_machine.travel(NOW, tick=False):
        yield


def form(**more):
    return {
        "from_on": "2026-12-01", "starts": "10:00", "days": ["1"], "minutes": "45", "buffer_minutes": "15",
        "in_a_row": "1", "until_on": "2026-12-15", **more,
    }  # fmt: skip


def test_the_page_shows_first_whom_it_touches(that_monday, make, coach, admin, candidate, client_of):
    one = make()
    booking = book(one, candidate, "12-08")
    client, address = client_of(admin), reverse("series-edit", args=[one.public_id])
    page = client.get(address, {"from": "2026-12-01"})
    assert page.context["form"]["from_on"].value() == FROM
    page = client.post(address, form())
    assert [(row.booking, choice) for row, choice in page.context["asked"]] == [(booking, "keep")]
    assert live(coach) == ["11-24 09:00", "12-01 09:00", "12-08 09:00", "12-15 09:00"]
    # Sent without a choice for somebody who booked after the look: shown again, nothing done.
    page = client.post(address, form(send="1"))
    assert "Somebody has booked meanwhile" in page.text
    answer = client.post(address, form(send="1", **{f"choice-{booking.slot.public_id}": "ask"}))
    assert answer.url == reverse("change-detail", args=[CalendarChange.objects.get().public_id])
    assert "Achieng Otieno" in client.get(answer.url).text


def test_a_series_is_ended_on_its_page(that_monday, make, coach, admin, candidate, client_of):
    one = make()
    booking = book(one, candidate, "12-08")
    client, address = client_of(admin), reverse("series-end", args=[one.public_id])
    choice = {f"choice-{booking.slot.public_id}": "cancel"}
    page = client.post(address, {"from_on": "2026-12-01", "send": "1", **choice})
    assert list(page.context["form"].errors) == ["reason"]
    assert (
        client.post(address, {"from_on": "2026-12-01", "send": "1", "reason": "No room", **choice}).status_code == 302
    )
    assert CalendarChange.objects.get().status == "waiting"


def test_the_api_previews_changes_and_ends(that_monday, make, coach, admin, candidate, client_of):
    one = make()
    booking = book(one, candidate, "12-08")
    client = client_of(admin)

    def post(verb, **body):
        return client.post(
            reverse(f"api:series-{verb}", args=[one.public_id]),
            {"from_on": "2026-12-01", **body},
            content_type="application/json",
        )

    seen = post("preview-edit", starts="10:00").json()
    assert (seen["changed"], [row["candidate"] and row["candidate"]["name"] for row in seen["rows"]]) == (
        3,
        [None, "Achieng Otieno", None],
    )
    assert post("preview-end").json()["withdrawn"] == 3
    assert list(post("edit", minutes=0).json()["errors"]) == ["minutes"]
    nobody_has = str(one.slots.exclude(pk=booking.slot_id).first().public_id)
    refused = post("edit", starts="10:00", choices={nobody_has: "cancel"}, reason="The room is gone")
    assert (refused.status_code, list(refused.json()["errors"]["choices"])) == (400, [nobody_has])
    answer = post("edit", starts="10:00", choices={str(booking.slot.public_id): "ask"})
    assert (answer.status_code, answer.json()["status"]) == (201, "waiting")
    assert post("end").status_code == 409
    changes.undo(CalendarChange.objects.get(), by=admin)
    assert post("end").json()["status"] == "done"
    assert live(coach) == ["11-24 09:00", "12-08 09:00"]


def test_coaches_change_series_only_where_they_may_open_slots(make, coach, client_of, settings):
    one = make()
    address = reverse("series-edit", args=[one.public_id])
    assert client_of(coach).get(address).status_code == 403
    settings.AFTERWORD_COACHES_OPEN_SLOTS = True
    assert client_of(coach).get(address).status_code == 200
