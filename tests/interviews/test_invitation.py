"""Reading calendar invitations: exact fields of many programs' files, and a sentence for whatever is none."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.invitation import MAX_BYTES, Unreadable, read_invitation
from interviews.invitation.companies import same_company, title_of
from interviews.invitation.repeats import UnknownRule, days_of, read_rule

FOLDER = Path(__file__).parent.parent / "data" / "invitations"
EXPECTED = json.loads((FOLDER / "expected.json").read_text())
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def read(raw, *, zone="Africa/Nairobi", now=NOW):
    return read_invitation(raw, zone=zone, now=now, addresses=["achieng@mail.example"], name="Achieng Otieno")


def told(invitation):
    """The fields of an invitation as the file of expectations has them."""
    return {
        "uid": invitation.uid,
        "sequence": invitation.sequence,
        "is_cancelled": invitation.is_cancelled,
        "company": invitation.company,
        "role_title": invitation.role_title,
        "starts_wall": invitation.starts_wall.isoformat(timespec="minutes"),
        "ends_wall": invitation.ends_wall.isoformat(timespec="minutes"),
        "zone": invitation.zone,
        "country": invitation.country,
        "people": [f"{person.name} <{person.email}> {person.kind}" for person in invitation.people],
        "place": invitation.place,
        "links": list(invitation.links),
        "description": invitation.description,
        "remarks": [remark.field for remark in invitation.remarks],
    }


def event(*lines, before=(), closed=True):
    """A file with one event of these lines."""
    end = ["END:VEVENT", "END:VCALENDAR"] if closed else []
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *before, "BEGIN:VEVENT", "UID:one", *lines, *end])


def test_every_file_has_its_expectation():
    assert sorted(path.stem for path in FOLDER.glob("*.ics")) == sorted(EXPECTED)
    assert len(EXPECTED) >= 15


@pytest.mark.parametrize("name", EXPECTED)
def test_the_fields_of_a_file(name):
    reading = read((FOLDER / f"{name}.ics").read_bytes())
    assert [told(each) for each in reading.invitations] == EXPECTED[name]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "This file is empty."),
        (b" \r\n ", "This file is empty."),
        (b"PK\x03\x04\x14\x00", "This is a packed file."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture or a PDF."),
        (b"%PDF-1.7", "This is a picture or a PDF."),
        (b"<!doctype html><title>Invitation</title>", "This is a web page, not an invitation."),
        (b"Dear Achieng, see you on Monday at ten.", "There is no calendar invitation in this."),
        (b"x" * (MAX_BYTES + 1), "This is too large for an invitation"),
        (b"x" * 10_000_000, "This is too large for an invitation"),
        ("x" * (MAX_BYTES + 1), "This is too large for an invitation"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "There is no appointment in this calendar file."),
        (event("SUMMARY:Interview"), "This invitation does not say when it is."),
        (event("DTSTART:next Monday"), "This invitation does not say when it is."),
        (event("DTSTART:20261207T080000Z", closed=False), "This invitation is cut off before its end."),
        (event("DTSTART:99991231T235900Z"), "The date in this invitation cannot be right."),
        (event("DTSTART:00010101T000000Z"), "The date in this invitation cannot be right."),
        (event("DTSTART:00010101T000000"), "The date in this invitation cannot be right."),
        ("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 50, "This file is not built as an invitation is."),
        ("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nUID:\nEND:VEVENT\n" * 5_000, "This holds a whole calendar."),
        ("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nDTSTART:20261207T080000Z\nEND:VEVENT\n" * 101, "This holds a whole calendar."),
    ],
)  # fmt: skip
def test_what_is_none_is_told_in_a_sentence(raw, sentence):
    with pytest.raises(Unreadable) as refused:
        read(raw)
    assert refused.value.text.startswith(sentence)


def test_a_pasted_mail_is_read_from_where_its_calendar_begins():
    raw = "From: Grace\nSubject: Invitation\n\n" + event(
        "DTSTART:20261207T080000Z", "SUMMARY:Interview with Jamii Radio"
    )
    assert read(raw).invitations[0].company == "Jamii Radio"


def test_many_appointments_are_offered_soonest_first_and_cut():
    days = [f"BEGIN:VEVENT\nUID:{day}\nDTSTART:202612{day:02}T080000Z\nEND:VEVENT\n" for day in range(30, 0, -1)]
    reading = read("BEGIN:VCALENDAR\n" + "".join(days) + "END:VCALENDAR")
    assert [each.starts_wall.day for each in reading.invitations] == list(range(1, 21))
    assert reading.is_cut


def test_of_two_versions_in_one_file_the_later_counts():
    old = "BEGIN:VEVENT\nUID:one\nSEQUENCE:1\nDTSTART:20261207T080000Z\nEND:VEVENT\n"
    new = old.replace("SEQUENCE:1", "SEQUENCE:2").replace("1207", "1208")
    for text in (old + new, new + old):
        (only,) = read(f"BEGIN:VCALENDAR\n{text}END:VCALENDAR").invitations
        assert (only.sequence, only.starts_wall.day) == (2, 8)


def test_a_definition_in_the_file_changes_nothing_for_the_next_file():
    """icalendar's own reader keeps definitions for the whole process."""
    zone = [
        "BEGIN:VTIMEZONE",
        "TZID:Ours",
        "BEGIN:STANDARD",
        "DTSTART:20000101T000000",
        "TZOFFSETTO:{}",
        "TZOFFSETFROM:{}",
    ]
    ends = ["END:STANDARD", "END:VTIMEZONE"]
    hours = []
    for offset in ("+0100", "-0500", "+0100"):
        before = [*(line.format(offset) for line in zone), *ends]
        hours.append(read(event("DTSTART;TZID=Ours:20261207T080000", before=before)).invitations[0].starts_wall.hour)
    assert hours == [10, 16, 10]


@pytest.mark.parametrize(
    ("starts", "ends", "zone", "wall"),
    [
        # Europe's clocks go back on 25 October 2026, forward on 28 March 2027; America's back on 1 November, forward on 14 March.
        ("20261024T140000", "20261024T150000", "Europe/Berlin", "2026-10-24T14:00"),
        ("20261025T140000", "20261025T150000", "W. Europe Standard Time", "2026-10-25T14:00"),
        ("20261101T090000", "20261101T100000", "Eastern Standard Time", "2026-11-01T09:00"),
        ("20270314T030000", "20270314T040000", "America/New_York", "2027-03-14T03:00"),
        ("20270328T033000", "20270328T043000", "Europe/London", "2027-03-28T03:30"),
    ],
)
def test_hours_around_a_change_of_offset_stay_as_the_wall_shows_them(starts, ends, zone, wall):
    (only,) = read(event(f"DTSTART;TZID={zone}:{starts}", f"DTEND;TZID={zone}:{ends}")).invitations
    assert only.starts_wall.isoformat(timespec="minutes") == wall
    assert (only.ends_at - only.starts_at).total_seconds() == 3600


@pytest.mark.parametrize(
    ("day", "hour"),
    [("20270313", 18), ("20270314", 17), ("20261031", 17), ("20261101", 18)],
)
def test_an_offset_of_the_file_changes_on_its_own_days(day, hour):
    text = (FOLDER / "exchange_custom_zone.ics").read_text().replace("20261103", day)
    assert read(text).invitations[0].starts_wall.hour == hour


def test_a_utc_time_is_shown_on_her_wall_whatever_its_offset_that_day():
    days = {"20260328": 10, "20260329": 11, "20261024": 11, "20261025": 10}
    found = {
        day: read(event(f"DTSTART:{day}T090000Z"), zone="Europe/Berlin").invitations[0].starts_wall.hour for day in days
    }
    assert found == days


def test_a_rule_that_never_comes_true_ends():
    assert (
        list(
            days_of(
                read_rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
                NOW.date(),
                since=NOW.date(),
                until=NOW.date().replace(year=9999),
            )
        )
        == []
    )
    (only,) = read(event("DTSTART:20261207T080000Z", "RRULE:FREQ=SECONDLY")).invitations
    assert only.starts_wall.day == 7


def test_a_cancelled_day_of_a_series_is_named_by_its_first_moment():
    series = read((FOLDER / "weekly.ics").read_bytes()).invitations[1]
    cancelled = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000",
        "DTSTART;TZID=Europe/Berlin:20261208T100000",
        before=["METHOD:CANCEL"],
    ).replace("UID:one", "UID:weekly@google.com")
    (only,) = read(cancelled).invitations
    assert (only.uid, only.is_cancelled) == (series.uid, True)


@pytest.mark.parametrize(
    ("summary", "title"),
    [
        ("Accepted: Interview with K", "Interview with K"),
        ("Re: Fwd: Updated invitation: Interview with K", "Interview with K"),
        ("Canceled event: Interview with K", "Interview with K"),
        ("Aktualisierte Einladung: Gespräch", "Gespräch"),
        ("Invitation: Call @ Tue 24 Nov 2026 10:00 - 10:45 (EAT) (a@b.example)", "Call"),
        ("", ""),
    ],
)
def test_a_title_without_what_calendars_put_around_it(summary, title):
    assert title_of(summary) == title


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kijani Foods", "kijani foods ltd.", True),
        ("Müller & Söhne GmbH", "Mueller Soehne", True),
        ("Kijani", "Kijani Foods", False),
        ("Ltd", "Ltd", True),
        ("", "", False),
        ("…", "!", False),
    ],
)
def test_one_employer_in_two_spellings(one, other, same):
    assert same_company(one, other) is same


FILES = [(FOLDER / f"{name}.ics").read_bytes() for name in EXPECTED]


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
def test_whatever_comes_is_read_or_refused(raw):
    read_or_refuse(raw)


@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=12)), max_size=12),
    st.integers(0, 3000),
)
@settings(max_examples=300)
def test_spoilt_files_are_read_or_refused(raw, patches, end):
    spoilt = bytearray(raw)
    for place, patch in patches:
        spoilt[place : place + len(patch)] = patch
    read_or_refuse(bytes(spoilt[: len(raw) - end] if end < len(raw) else spoilt))


LINES = st.lists(
    st.sampled_from(
        [line for raw in FILES for line in raw.decode("utf-8", "replace").splitlines()]
        + [
            "RRULE:FREQ=YEARLY;BYDAY=-1SU",
            "DTSTART:00010101",
            "DTSTART:99991231T235959",
            "DURATION:P99999999W",
            "DTEND:99991231",
        ]
    ),
    max_size=40,
)


@given(LINES, st.sampled_from(["Africa/Nairobi", "Pacific/Kiritimati", "America/St_Johns"]))
@settings(max_examples=300)
def test_lines_in_any_order_are_read_or_refused(lines, zone):
    read_or_refuse("BEGIN:VCALENDAR\n" + "\n".join(lines), zone=zone)


def read_or_refuse(raw, **options):
    try:
        reading = read(raw, **options)
    except Unreadable as refused:
        assert refused.text
        return
    assert 1 <= len(reading.invitations) <= 20
    for each in reading.invitations:
        assert each.starts_wall < each.ends_wall
        assert len(each.company) <= 80
        assert len(each.uid) <= 255
        assert reading.choose(each.key) == each


@given(st.text(max_size=60))
def test_any_rule_is_read_or_unknown(text):
    try:
        rule = read_rule(text)
    except UnknownRule:
        return
    assert len(list(days_of(rule, NOW.date(), since=NOW.date(), until=NOW.date().replace(year=2027)))) <= 366
