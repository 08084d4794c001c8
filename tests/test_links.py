"""Links in mails: one page for one thing, without signing in; GET and HEAD show, POST acts, each as often as does no harm."""

import base64
import logging
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import links
from accounts.models import User
from coaching.models import Booking, WaitlistEntry
from followups import reminders
from followups.models import OutboundEmail, Reminder, ThankYouNote
from followups.services import interviews as services
from interviews.models import Interview
from tests import factories
from tests.everything import checksum_of_everything
from tests.followups.test_reminders_plan import interview_that_ended
from tests.mailing import queue_letter

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def address_of(purpose, person, record, *, ends_in=DAY):
    token = links.make(purpose, person, record.public_id, ends_at=timezone.now() + ends_in)
    return reverse(f"link-{purpose}", args=[token])


@pytest.fixture
def interview(candidate):
    return factories.InterviewFactory(candidate=candidate, company="Kijani Foods", shared_with_coach=True)


@pytest.fixture
def note(interview):
    return factories.ThankYouNoteFactory(interview=interview, to_name="Grace Wanjiru")


@pytest.fixture
def reminder(interview):
    reminders.refresh(interview)
    row = Reminder.objects.get(kind="debrief")
    Reminder.objects.filter(pk=row.pk).update(status="sent", sent_at=timezone.now())
    return row


@pytest.fixture
def booking(candidate, coach):
    slot = factories.SlotFactory(coach=coach, place="Room 4")
    return factories.BookingFactory(slot=slot, candidate=candidate, booked_by=coach, confirmed_at=None)


@pytest.fixture
def offer(candidate):
    days = {"first_on": timezone.now(), "last_on": timezone.now(), "opens_at": timezone.now()}
    entry = WaitlistEntry.objects.create(
        candidate=candidate, zone=candidate.zone, answered_at=timezone.now(), closes_at=timezone.now() + 9 * DAY, **days
    )
    kept = {"status": "held", "hold_until": timezone.now() + HOUR / 2, "waitlist_entry": entry, "confirmed_at": None}
    return factories.BookingFactory(candidate=candidate, slot__place="Room 4", **kept)


@pytest.fixture
def letter(candidate):
    row = queue_letter(candidate)
    OutboundEmail.objects.filter(pk=row.pk).update(status="unknown", handed_over_at=timezone.now())
    return row


@pytest.fixture
def step_removal(candidate):
    return factories.StepRemovalFactory(person=candidate)


@pytest.fixture
def record(purpose, interview, reminder, booking, letter, offer, step_removal):
    """What a link of this purpose is about."""
    others = {"booking": booking, "letter": letter, "offer": offer, "second-step": step_removal}
    return {"snooze": reminder, **others}.get(purpose, interview)


@pytest.fixture
def pages(candidate, interview, note, reminder, booking, letter, offer, step_removal):
    """Each purpose with a good address and a POST that acts."""
    return {
        "note": (address_of("note", candidate, interview), {}),
        "outcome": (address_of("outcome", candidate, interview), {"answer": "offer"}),
        "snooze": (address_of("snooze", candidate, reminder), {"until": "hours"}),
        "booking": (address_of("booking", candidate, booking), {"answer": "take"}),
        "letter": (address_of("letter", candidate, letter), {"choice": "leave"}),
        "offer": (address_of("offer", candidate, offer), {"answer": "take"}),
        "second-step": (address_of("second-step", candidate, step_removal), {}),
    }


PURPOSES = ("note", "outcome", "snooze", "booking", "letter", "offer", "second-step")
every_purpose = pytest.mark.parametrize("purpose", PURPOSES)


@every_purpose
def test_looking_changes_nothing_and_the_link_still_works(pages, purpose):
    address, data = pages[purpose]
    before = checksum_of_everything()
    for method in ("get", "head", "get", "head"):
        assert getattr(Client(), method)(address).status_code == 200
    assert checksum_of_everything() == before
    assert Client(enforce_csrf_checks=True).post(address, data).status_code == 302
    assert checksum_of_everything() != before


@every_purpose
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_no_other_method(pages, purpose, method):
    before = checksum_of_everything()
    assert getattr(Client(), method)(pages[purpose][0]).status_code == 405
    assert checksum_of_everything() == before


@every_purpose
def test_nobody_is_told_of_it(pages, purpose):
    address, data = pages[purpose]
    for answer in (Client().get(address), Client().post(address, data), Client().post(address, {"answer": "x"})):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@every_purpose
def test_no_session_comes_of_it(pages, purpose):
    address, data = pages[purpose]
    client = Client()
    client.get(address)
    client.post(address, data)
    assert "sessionid" not in client.cookies


@every_purpose
def test_its_key_stands_in_no_log(pages, purpose, caplog):
    address, data = pages[purpose]
    with caplog.at_level(logging.DEBUG):
        Client().get(address)
        Client().post(address, data)
        Client().get(address[:-3] + "AA/")
    handler = logging.getLogger().handlers[0]
    lines = [handler.format(record) for record in caplog.records if handler.filter(record)]
    token = address.rstrip("/").rsplit("/", 1)[1]
    assert lines and not [line for line in lines for part in token.split(":") if part[:20] in line]


@every_purpose
def test_again_it_says_what_happened_and_does_nothing(pages, purpose):
    address, data = pages[purpose]
    Client().post(address, data)
    before = checksum_of_everything()
    again = Client().post(address, data)
    assert again.status_code in (302, 422)
    assert checksum_of_everything() == before
    words = {"note": "That one is behind you", "outcome": "You told us: an offer", "snooze": "It comes again",
             "booking": "It is settled", "letter": "This is settled", "offer": "It is yours",
             "second-step": "Your second step stays"}[purpose]  # fmt: skip
    assert words in Client().get(address).content.decode()


def forged(address):
    token = address.rstrip("/").rsplit("/", 1)[1]
    content, _, signature = token.partition(":")
    other = (
        base64.urlsafe_b64encode(uuid.uuid4().bytes + base64.urlsafe_b64decode(content + "==")[16:])
        .decode()
        .rstrip("=")
    )
    flipped = content[:30] + ("A" if content[30] != "A" else "B") + content[31:]
    return [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        f"{flipped}:{signature}",
        f"{other}:{signature}",
        content,
        f"{content}:",
        f":{signature}",
        "x",
        "é" * 94,
        "A" * 5000,
        token + "A",
        token.swapcase(),
    ]


@every_purpose
def test_a_forged_link_is_no_page(pages, purpose):
    address, data = pages[purpose]
    before = checksum_of_everything()
    for token in forged(address):
        false = reverse(f"link-{purpose}", args=[token])
        assert {Client().get(false).status_code, Client().post(false, data).status_code} == {404}, token
    assert checksum_of_everything() == before


@every_purpose
def test_a_link_serves_its_purpose_only(pages, purpose):
    token = pages[purpose][0].rstrip("/").rsplit("/", 1)[1]
    for other in set(PURPOSES) - {purpose}:
        assert Client().post(reverse(f"link-{other}", args=[token]), pages[other][1]).status_code == 404


@every_purpose
def test_when_its_time_is_over_it_says_so(candidate, record, purpose):
    address = address_of(purpose, candidate, record, ends_in=-HOUR)
    before = checksum_of_everything()
    for answer in (Client().get(address), Client().post(address, {"answer": "take"})):
        assert (answer.status_code, "time is over" in answer.content.decode()) == (410, True)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert checksum_of_everything() == before


@every_purpose
@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "elsewhere@cast.example"}])
def test_a_closed_account_or_another_address_ends_it(candidate, pages, purpose, change):
    address, data = pages[purpose]
    User.objects.filter(pk=candidate.pk).update(**change)
    assert {Client().get(address).status_code, Client().post(address, data).status_code} == {404}


@every_purpose
def test_nobody_acts_on_what_is_not_theirs(stranger, coach, record, purpose):
    """Even with a well-signed link: the same doors as when signed in."""
    for person in (stranger, coach):
        address = address_of(purpose, person, record)
        assert {Client().get(address).status_code, Client().post(address, {}).status_code} == {404}


@every_purpose
def test_whoever_is_signed_in_on_the_device_plays_no_part(pages, stranger, client_of, purpose):
    address, data = pages[purpose]
    page = client_of(stranger).get(address).content.decode()
    assert stranger.get_short_name() not in page
    assert client_of(stranger).post(address, data).status_code == 302


@every_purpose
def test_the_page_shows_no_more_than_its_mail(candidate, interview, pages, purpose):
    factories.MistakeFactory(interview=interview, text="I mumbled.", topic="teamwork")
    Interview.objects.filter(pk=interview.pk).update(notes="Secret jottings", went_well="The tour")
    page = Client().get(pages[purpose][0]).content.decode()
    shown = [word for word in ("mumbled", "teamwork", "jottings", "tour", "Grace", candidate.email) if word in page]
    assert shown == []
    assert ("Kijani" in page) == (purpose == "outcome")  # whose mail names it


class TestNote:
    def test_sent_just_now(self, candidate, interview, note):
        Client().post(address_of("note", candidate, interview))
        note.refresh_from_db()
        assert (note.status, note.events.last().by) == ("sent_by_self", candidate)
        assert timezone.now() - note.sent_at < HOUR

    def test_sent_at_a_time_by_her_clock(self, candidate):
        interview = interview_that_ended(datetime(2026, 11, 20, 9, tzinfo=UTC), candidate=candidate)
        note = factories.ThankYouNoteFactory(interview=interview)
        Client().post(address_of("note", candidate, interview), {"at": "2026-11-20T18:30"})
        note.refresh_from_db()
        assert note.sent_at == datetime(2026, 11, 20, 15, 30, tzinfo=UTC)

    @pytest.mark.parametrize("at", ["2020-01-01T10:00", "2099-01-01T10:00", "0001-01-01T00:00", "soon"])
    def test_a_time_that_cannot_be_is_refused_at_the_field(self, candidate, interview, note, at):
        answer = Client().post(address_of("note", candidate, interview), {"at": at})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["at"])
        note.refresh_from_db()
        assert note.status == "draft"

    def test_one_that_was_never_begun_here(self, candidate, interview):
        factories.InterviewerFactory(interview=interview, name="Grace Wanjiru")
        Client().post(address_of("note", candidate, interview))
        [note] = interview.thank_you_notes.all()
        assert (note.status, note.to_name) == ("sent_by_self", "Grace Wanjiru")

    def test_of_several_she_says_which(self, candidate, interview, note):
        other = factories.ThankYouNoteFactory(interview=interview, to_name="Peter Otieno")
        address = address_of("note", candidate, interview)
        page = Client().get(address).content.decode()
        assert [name in page for name in ("Grace Wanjiru", "Peter Otieno")] == [True, True]
        assert Client().post(address).status_code == 422
        Client().post(address, {"note": str(other.public_id)})
        assert list(ThankYouNote.objects.order_by("pk").values_list("status", flat=True)) == ["draft", "sent_by_self"]
        assert "Did your thank-you note go?" in Client().get(address).content.decode()

    def test_no_more_reminders_of_it(self, candidate, interview, note):
        reminders.refresh(interview)
        Client().post(address_of("note", candidate, interview))
        assert set(Reminder.objects.filter(kind="thank-you").values_list("status", flat=True)) == {"cancelled"}


class TestOutcome:
    @pytest.mark.parametrize("answer", ["next_round", "offer", "rejected"])
    def test_what_they_said(self, candidate, interview, answer):
        assert Client().post(address_of("outcome", candidate, interview), {"answer": answer}).status_code == 302
        interview.refresh_from_db()
        assert interview.outcome == answer

    def test_an_old_mail_does_not_turn_an_offer_into_a_no(self, candidate, interview):
        services.record_outcome(interview, "offer", by=candidate)
        answer = Client().post(address_of("outcome", candidate, interview), {"answer": "rejected"})
        assert (answer.status_code, answer.context["problem"]) == (422, "You have told us already.")
        interview.refresh_from_db()
        assert interview.outcome == "offer"

    def test_not_heard_yet_and_then_heard(self, candidate):
        interview = factories.InterviewFactory(candidate=candidate, ended_hours_ago=24 * 14)
        Interview.objects.filter(pk=interview.pk).update(decision_on=(timezone.now() - 7 * DAY).date())
        address = address_of("outcome", candidate, interview)
        for _ in range(2):
            Client().post(address, {"answer": "not_heard"})
        interview.refresh_from_db()
        assert (interview.not_heard_at is not None, interview.ask_outcome) == (True, True)
        assert "We ask once more, on" in Client().get(address).content.decode()
        Client().post(address, {"answer": "next_round"})
        interview.refresh_from_db()
        assert interview.outcome == "next_round"

    def test_dont_ask(self, candidate, interview):
        address = address_of("outcome", candidate, interview)
        Client().post(address, {"answer": "dont_ask"})
        interview.refresh_from_db()
        assert interview.ask_outcome is False
        assert "We don't ask any more" in Client().get(address).content.decode()

    @pytest.mark.parametrize("answer", ["", "none", "nonsense"])
    def test_anything_else_is_no_answer(self, candidate, interview, answer):
        assert Client().post(address_of("outcome", candidate, interview), {"answer": answer}).status_code == 422
        interview.refresh_from_db()
        assert (interview.outcome, interview.ask_outcome, interview.not_heard_at) == ("none", True, None)


class TestLetter:
    @pytest.mark.parametrize(("choice", "state"), [("leave", "sent"), ("own", "cancelled")])
    def test_she_decides(self, candidate, letter, choice, state):
        Client().post(address_of("letter", candidate, letter), {"choice": choice})
        letter.refresh_from_db()
        assert (letter.status, letter.events.last().by) == (state, candidate)

    @pytest.mark.parametrize("choice", ["", "nonsense", "again"])
    def test_what_cannot_be_done_here_is_said(self, candidate, letter, choice):
        """A letter without a page of its own is written anew by whoever wrote it."""
        answer = Client().post(address_of("letter", candidate, letter), {"choice": choice})
        assert (answer.status_code, answer.context["is_open"], bool(answer.context["problem"])) == (422, True, True)
        letter.refresh_from_db()
        assert letter.status == "unknown"


class TestBooking:
    def test_take_it(self, candidate, booking):
        Client().post(address_of("booking", candidate, booking), {"answer": "take"})
        booking.refresh_from_db()
        assert booking.confirmed_at is not None

    def test_cancel_it(self, candidate, booking):
        address = address_of("booking", candidate, booking)
        Client().post(address, {"answer": "cancel"})
        booking.refresh_from_db()
        assert (booking.status, booking.events.last().by) == ("cancelled", candidate)
        Client().post(address, {"answer": "take"})
        booking.refresh_from_db()
        assert booking.status == "cancelled"
        assert "It is cancelled" in Client().get(address).content.decode()

    def test_take_another_time(self, candidate, booking):
        slot = factories.SlotFactory(coach=booking.coach)
        address = address_of("booking", candidate, booking)
        page = Client().get(address)
        assert [each.pk for _day, rows in page.context["days"] for each, _hours in rows] == [slot.pk]
        Client().post(address, {"answer": "move", "slot": str(slot.public_id)})
        moved = Booking.objects.get(slot=slot)
        assert (moved.status, moved.confirmed_at is not None) == ("booked", True)
        page = Client().get(address)
        assert (page.context["moved_to"], page.context["days"]) == (moved, [])
        Client().post(address, {"answer": "cancel"})
        moved.refresh_from_db()
        assert moved.status == "booked"

    def test_one_that_is_taken_meanwhile_is_said_in_words(self, candidate, booking):
        slot = factories.SlotFactory(coach=booking.coach)
        factories.BookingFactory(slot=slot)
        address = address_of("booking", candidate, booking)
        answer = Client().post(address, {"answer": "move", "slot": str(slot.public_id)})
        assert (answer.status_code, "Somebody was quicker" in answer.context["problem"]) == (409, True)
        booking.refresh_from_db()
        assert booking.status == "booked"

    @pytest.mark.parametrize("slot", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
    def test_another_time_that_is_none(self, candidate, booking, slot):
        assert (
            Client().post(address_of("booking", candidate, booking), {"answer": "move", "slot": slot}).status_code
            == 404
        )

    def test_too_late_to_cancel_is_said_in_words(self, candidate, coach):
        start = timezone.now() + HOUR
        booking = factories.BookingFactory(
            slot=factories.SlotFactory(coach=coach, starts_at=start), candidate=candidate
        )
        answer = Client().post(address_of("booking", candidate, booking), {"answer": "cancel"})
        assert (answer.status_code, "Please write to Tom Barasa" in answer.context["problem"]) == (422, True)

    def test_its_mails_lead_there(self, candidate, booking):
        from coaching.reminders import booking_url  # noqa: PLC0415

        page = Client().get(booking_url(booking))
        assert page.context["booking"] == booking
        assert "Room 4" in page.content.decode()


def test_a_token_is_one_run_that_every_log_masks(candidate, interview):
    token = links.make("note", candidate, interview.public_id, ends_at=timezone.now())
    assert [len(part) for part in token.split(":")] == [50, 43]
