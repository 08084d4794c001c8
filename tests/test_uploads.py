"""What is sent to stop or fill the server is refused in words, and what is far too large is not read."""

import gzip
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from interviews.models import Interview

pytestmark = pytest.mark.django_db
DOOR = {"page": reverse, "api": lambda name: reverse(f"api:{name}")}


def calendar(*lines):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])


def event(*lines):
    return ["BEGIN:VEVENT", "UID:1", "DTSTART:20301207T080000Z", *lines, "END:VEVENT"]


CALENDARS = {
    "many events": calendar(*event() * 1_500),
    "deep": calendar(*["BEGIN:VEVENT"] * 2_000),
    "a line without end": calendar(*event("SUMMARY:" + "x" * 10_000_000)),
    "one folded line": calendar(*event("SUMMARY:" + "\r\n x" * 80_000)),
    "many attendees": calendar(*event(*["ATTENDEE:mailto:a@b.example"] * 7_000)),
    "many definitions of zones": calendar(*["BEGIN:VTIMEZONE", "TZID:x", "END:VTIMEZONE"] * 3_000),
}
# These can be read: neither a rule nor a line costs more, however much it would give.
RULES = {
    "every second for ever": "RRULE:FREQ=SECONDLY",
    "a number beyond all": "RRULE:FREQ=DAILY;COUNT=" + "9" * 4_000,
    "never": "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "all at once": "RRULE:FREQ=MINUTELY;BYSECOND="
    + ",".join(map(str, range(60)))
    + ";BYMINUTE="
    + ",".join(map(str, range(60))),
    "many of them": "\r\n".join(["RRULE:FREQ=DAILY;INTERVAL=1"] * 2_000),
    "many parameters": "ATTENDEE" + ";X=1" * 60_000 + ":mailto:a@b.example",
    "many exceptions": "RRULE:FREQ=DAILY\r\n"
    + "\r\n".join(f"EXDATE:2031{1 + n % 12:02}{1 + n % 28:02}T080000Z" for n in range(3_000)),
}


@pytest.fixture
def her(client_of, candidate):
    client = client_of(candidate)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("text", CALENDARS.values(), ids=CALENDARS)
def test_a_calendar_that_is_a_bomb(her, text):
    page = her.post(reverse("interview-invitation"), {"file": SimpleUploadedFile("invite.ics", text.encode())})
    assert (page.status_code < 500, bool(page.context["form"].errors)) == (True, True)
    answer = her.post(reverse("api:interview-invitation"), {"text": text}, content_type="application/json")
    assert answer.status_code in (400, 413, 422)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_one_line_that_is_a_bomb_gives_a_handful_at_most(her, rule):
    answer = her.post(
        reverse("api:interview-invitation"), {"text": calendar(*event(rule))}, content_type="application/json"
    )
    assert answer.status_code in (200, 422)
    assert answer.status_code == 422 or len(answer.json()["appointments"]) <= 20


LISTS = {
    "wide": "Company,Date" + ",x" * 100_000 + "\n",
    "long": "Company,Date\n" + "K,2026-01-05\n" * 20_000,
    "quotation marks": '"' * 1_900_000,
    "line ends": "\n" * 1_900_000,
    "signs between cells": "Company,Date\n" + "," * 1_900_000,
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_a_list_that_is_a_bomb(her, text):
    page = her.post(reverse("import-new"), {"file": SimpleUploadedFile("list.csv", text.encode())})
    answer = her.post(reverse("api:import-list"), text.encode(), content_type="text/csv")
    assert (page.status_code, answer.status_code) == (422, 422)
    assert page.context["form"].errors


PACKED = gzip.compress(b"[" * 10_000_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "identity, gzip"])
def test_nothing_is_unpacked(her, encoding):
    """A few kilobytes that would become ten megabytes: they are read as they are."""
    for name, kind in (
        ("interview-list", "application/json"),
        ("import-list", "text/csv"),
        ("interview-quick", "application/json"),
    ):
        answer = her.post(reverse(f"api:{name}"), PACKED, content_type=kind, headers={"Content-Encoding": encoding})
        assert answer.status_code in (400, 415, 422)
    page = her.post(reverse("interview-invitation"), {"file": SimpleUploadedFile("invite.ics", PACKED)})
    assert page.context["form"].errors


BODIES = {
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"company":' * 50_000 + b"1" + b"}" * 50_000,
    "a number without end": b'{"company": ' + b"9" * 900_000 + b"}",
    "many keys": b"{" + b",".join(b'"k%d":1' % n for n in range(60_000)) + b"}",
    "the same key again and again": b"{" + b",".join([b'"company":""'] * 60_000) + b"}",
    "infinity": b'{"company": 1e999999}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "1"}], ids=["plain", "with a key"])
def test_json_that_is_a_bomb(her, body, headers):
    answer = her.post(reverse("api:interview-list"), body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert (len(answer.content) < 2_000, Interview.objects.count()) == (True, 0)


@pytest.mark.parametrize("parts", ["fields", "files"])
def test_thousands_of_parts(her, parts):
    one = {"fields": lambda n: f"v{n}", "files": lambda n: SimpleUploadedFile(f"{n}.ics", b"x")}[parts]
    answer = her.post(reverse("interview-invitation"), {f"f{n}": one(n) for n in range(3_000)})
    assert answer.status_code == 400


def test_parts_without_end_or_sense(her):
    for body in (b"--x\r\n" * 50_000, b"--x\r\nContent-Disposition: form-data; name=" + b"a" * 900_000, b"--x", b""):
        answer = her.generic(
            "POST", reverse("interview-invitation"), body, content_type="multipart/form-data; boundary=x"
        )
        assert answer.status_code in (200, 400, 422)


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "..\\..\\x.ics", "/etc/passwd\x00.ics", 'a"\r\nX-Evil: 1.ics', "<script>.ics", "x" * 5_000],
)
def test_the_name_of_a_file_means_nothing(her, name):
    text = calendar(*event("SUMMARY:Interview with Kijani")).encode()
    boundary = "x"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        + text
        + b"\r\n--x--\r\n"
    )
    answer = her.generic(
        "POST", reverse("interview-invitation"), body, content_type=f"multipart/form-data; boundary={boundary}"
    )
    assert answer.status_code in (200, 400, 422)
    assert ("passwd" in answer.text, "<script>.ics" in answer.text, "X-Evil" in answer.headers) == (False, False, False)


class Untouched(io.BytesIO):
    """A body that must not be read."""

    def read(self, *arguments):
        raise AssertionError("read")

    readline = read


@pytest.mark.parametrize("size", ["16777217", "99999999999999999999", "9" * 400])
@pytest.mark.parametrize("door", DOOR)
def test_what_is_far_too_large_is_not_read(her, door, size):
    address = DOOR[door]("interview-list" if door == "api" else "interview-new")
    kind = "application/json" if door == "api" else "multipart/form-data; boundary=x"
    answer = her.post(address, b"", content_type=kind, CONTENT_LENGTH=size, **{"wsgi.input": Untouched()})
    assert answer.status_code == 413
    assert "16 MB" in (answer.json()["title"] if door == "api" else answer.text)
    assert json.dumps(answer.headers["Content-Type"]).startswith(
        '"application/problem' if door == "api" else '"text/html'
    )
