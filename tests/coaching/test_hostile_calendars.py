"""Whatever stands in a place, a link or a name: a calendar file keeps its lines, and a text stays one value."""

import re

import pytest
from django.urls import reverse
from icalendar import Calendar

from coaching.models import MockSlot
from tests.factories import BookingFactory

pytestmark = pytest.mark.django_db
TEXTS = [
    "Room 3\r\nBEGIN:VEVENT\r\nSUMMARY:Other\r\nEND:VEVENT",
    "Room 3\nATTACH:https://evil.example/x",
    "Room 3\rORGANIZER:mailto:evil@evil.example",
    'Room "3"; X=1:y, z^n^\'',
    "END:VCALENDAR",
    "Room\u2028\u2029\u0085\x0b\x0c3",
    ":;,=" * 20,
    "ü" * 100,
    "\u202eecafruos",
]


def names_in(content):
    """The names of all lines, in their order, as a calendar program unfolds them."""
    unfolded = re.sub(rb"\r\n[ \t]", b"", content)
    return [re.split(rb"[:;]", line, maxsplit=1)[0] for line in unfolded.rstrip(b"\r\n").split(b"\r\n")]


@pytest.mark.parametrize("where", ["place", "link", "name", "installation"])
def test_it_has_the_same_lines_as_any_other(where, candidate, client_of, settings):
    booking = BookingFactory(candidate=candidate, slot__place="Room 3", slot__link="https://calls.example/tom")
    browser, address = client_of(candidate), reverse("booking-calendar", args=[booking.public_id])
    usual = names_in(browser.get(address).content)
    assert usual.count(b"BEGIN") == 2
    # The library refuses a link of two lines, and so does every form before it.
    for text in TEXTS if where != "link" else [text for text in TEXTS if not set(text) & {"\r", "\n"}]:
        # Past the forms, which take no such thing.
        if where == "installation":
            settings.INSTALLATION_NAME = text
        elif where == "name":
            type(candidate).objects.update(name=text[:50])
        else:
            MockSlot.objects.update(**{where: text if where == "place" else f"https://calls.example/{text}"})
        answer = browser.get(address)
        assert names_in(answer.content) == usual, text
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        if where == "place":
            # Line ends of every kind become one; nothing else is lost.
            assert str(event["LOCATION"]) == re.sub(r"\r\n?", "\n", text), text
