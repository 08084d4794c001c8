"""Every mail: short, the same in text and HTML, without a company or a mistake in its subject, and safe to be opened by machines."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts import installation
from accounts.mail import compose
from accounts.models import User
from coaching.reminders import booking_url
from followups.models import Reminder
from followups.reminders import kinds
from tests import factories, mails
from tests.everything import checksum_of_everything
from tests.mailing import html_of, message_of, text_of
from tests.words import code_words_in

pytestmark = pytest.mark.django_db
LIBRARY = "account"  # text only
ACCOUNT = (
    "invitation",
    "engagement",
    "export",
    "account_deletion",
    "second-step",
    "installation_test",
)  # what nobody turns off


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker):
    """Written once, to be read only: in the database none of it is left."""
    cache.clear()
    installation.keep(None, seconds=float("inf"))
    with django_db_blocker.unblock(), transaction.atomic(), mails.rendered() as names:
        rows = mails.every_mail()
        transaction.set_rollback(True)
    cache.clear()
    assert sorted(mails.templates() - names) == []
    return rows


def test_they_are_what_they_ought_to_be(rows):
    own = [row for row in rows if row.kind != LIBRARY]
    assert len(rows) > 30 and len(rows) - len(own) >= 4 + len(mails.NOTICES)
    for row in rows:
        text = text_of(row)
        assert "None" not in text and "{" not in text, text
        assert len(mails.URL.sub("", text).split()) < 130, text
    for row in rows:
        assert [word.rstrip(".:") for word in mails.words_of_text(row)] == [
            word.rstrip(".:") for word in mails.words_of_html(row)
        ]
        links = {url for url in re.findall(r'href="([^"]+)"', html_of(row).replace("&amp;", "&"))}
        assert links == set(mails.URL.findall(text_of(row)))
        assert "<img" not in html_of(row) and "<script" not in html_of(row)
        assert html_of(row).count('class="go"') <= 1
        assert all(len(label) < 45 for label in re.findall(r'class="go"[^>]*>([^<]*)<', html_of(row)))
        assert text_of(row).splitlines()[-1].startswith("You get this because ")


def test_no_subject_says_whose_interview_it_was(rows):
    subjects = [str(message_of(row)["Subject"]) for row in rows]
    assert [subject for subject in subjects if re.search(r"Company|Kijani|mumbled|writing", subject)] == []
    assert all(0 < len(subject) < 70 and "\n" not in subject for subject in subjects)


def test_no_mail_to_a_candidate_speaks_like_the_code(rows):
    hers = [row for row in rows if row.recipient and row.recipient.is_candidate]
    said = {row.kind: words for row in hers if (words := code_words_in(mails.URL.sub("", text_of(row))))}
    assert (len(hers) > 20, said) == (True, {})


def test_times_are_those_of_the_reader_by_the_one_function(rows):
    """And no other way of writing a time is in them: nobody knows on which day a mail is read."""
    for row in rows:
        assert row.kind == LIBRARY or "<time" not in html_of(row)
        assert not re.search(r"\b(yesterday|today|tomorrow), \d", text_of(row)), text_of(row)
        for clock in re.findall(r"\b\d{1,2}:\d\d\b(?: [ap]m)?", text_of(row)):
            assert re.search(rf"{re.escape(clock)}(–\d\d:\d\d)? (UTC\S* )?[A-Z]|{re.escape(clock)} ?–", text_of(row)), (
                clock
            )


def test_machines_that_open_every_link_twice_change_nothing(empty_cache):
    paths = mails.own_paths(mails.every_mail())
    assert {urlsplit(path).path.split("/")[1] for path in paths} >= {"links", "reminders", "interviews", "bookings"}
    purposes = {path.split("/")[2] for path in paths if path.startswith("/links/")}
    assert purposes == {"note", "outcome", "snooze", "booking", "letter", "offer", "second-step"}
    before = checksum_of_everything()
    answers = {}
    for path in paths:
        for method in ("get", "head", "get", "head"):
            answers.setdefault(path, set()).add(getattr(Client(), method)(path, follow=True).status_code)
    assert checksum_of_everything() == before
    assert {path: codes for path, codes in answers.items() if codes != {200}} == {}


def test_optional_ones_have_a_way_out_and_account_mails_none(rows):
    for row in rows:
        message = message_of(row)
        is_optional = row.kind not in (LIBRARY, *ACCOUNT)
        assert (message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") == is_optional, row.kind
        assert ("No more mails of this kind" in text_of(row)) == is_optional


def test_mail_page_and_calendar_file_say_the_same_instant(client_of):
    """For readers and sessions in zones far apart, at changes of offset: one function, so one text."""
    for reader_zone, event_zone, wall in (
        ("Europe/London", "Africa/Nairobi", "2027-03-28T04:30"),
        ("America/Santiago", "Europe/London", "2027-10-31T01:30"),
        ("Australia/Lord_Howe", "America/New_York", "2027-11-07T01:15"),
        ("Pacific/Chatham", "Pacific/Chatham", "2027-04-04T03:00"),
    ):
        _says_the_same(client_of, reader_zone, event_zone, wall)


def _says_the_same(client_of, reader_zone, event_zone, wall):
    from datetime import datetime  # noqa: PLC0415

    from icalendar import Calendar  # noqa: PLC0415

    from accounts.when import print_range, to_instant  # noqa: PLC0415
    from coaching.calendar import REQUEST, session_calendar  # noqa: PLC0415
    from coaching.services.session_mail import tell  # noqa: PLC0415
    from followups.models import OutboundEmail  # noqa: PLC0415

    start = to_instant(datetime.fromisoformat(wall), event_zone)
    slot = factories.SlotFactory(
        zone=event_zone,
        starts_at=start,
        starts_wall=datetime.fromisoformat(wall),
        ends_at=start + timedelta(minutes=45),
    )
    booking = factories.BookingFactory(slot=slot, candidate__zone=reader_zone)
    tell(booking, "booked", by=None, now=timezone.now())
    expected = print_range(booking.starts_at, booking.ends_at, reader_zone=reader_zone, event_zone=event_zone)
    row = OutboundEmail.objects.filter(kind="session", recipient=booking.candidate).last()
    file = Calendar.from_ical(
        session_calendar(booking, reader=booking.candidate, method=REQUEST, stamp=timezone.now())
    ).walk("VEVENT")[0]
    pages = [
        client_of(booking.candidate).get(f"/bookings/{booking.public_id}/").content.decode(),
        Client().get(booking_url(booking).removeprefix(settings.BASE_URL)).content.decode(),
        text_of(row),
        html_of(row),
        str(file["description"]),
    ]
    assert [expected in page for page in pages] == [True] * 5
    assert (file["dtstart"].dt, file["dtend"].dt) == (booking.starts_at, booking.ends_at)


def test_a_late_thank_you_reminder_does_not_speak_of_two_hours(candidate):
    now = timezone.now()
    for hours, said in ((30, "can still go"), (22.5, "the next two hours")):
        interview = factories.InterviewFactory(candidate=candidate, ended_hours_ago=hours)
        row = Reminder(recipient=candidate, occurrence="last", sent_at=now)
        context = {**kinds._about_thank_you(interview, row), "path": "/"}
        assert said in compose("reminder_thank_you", to=candidate, context=context).subject


def test_names_that_are_markup_stay_text(empty_cache, monkeypatch):
    monkeypatch.setattr(User, "get_full_name", lambda person: "<b onclick=x>{{ 7 }}</b>")
    told = [row for row in mails.every_mail() if row.kind != LIBRARY and "onclick" in text_of(row)]
    assert len(told) > 10
    for row in told:
        assert "&lt;b onclick=x&gt;{{ 7 }}&lt;/b&gt;" in html_of(row) and "<b onclick" not in html_of(row)
