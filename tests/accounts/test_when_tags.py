"""Times as a page says them, and how much is left."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.template import engines
from django.utils import translation
from django.utils.html import format_html
from django.utils.timesince import timeuntil
from django.utils.translation import gettext_lazy

from accounts.templatetags.when import deadline, left, status

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(minutes=9), "9\xa0minutes"),
        (timedelta(hours=1, minutes=20), "1\xa0hour"),
        (timedelta(hours=11, minutes=58), "12\xa0hours"),
        (timedelta(hours=11, minutes=30), "11\xa0hours"),
        (timedelta(hours=23, minutes=55), "1\xa0day"),
        (timedelta(), "0\xa0minutes"),
    ],
)
def test_one_unit(ahead, words):
    with time_machine.travel(NOW, tick=False):
        assert left(NOW + ahead) == words


@pytest.mark.parametrize("language", ["en", "sw"])
def test_what_is_left_is_told_as_django_tells_it(language):
    spans = [timedelta(minutes=minutes) for minutes in range(0, 60 * 24 * 70, 37)]
    with translation.override(language), time_machine.travel(NOW, tick=False):
        told = {span: left(NOW + span) for span in spans}
        expected = {span: timeuntil(NOW + span + TEN_MINUTES * (span > timedelta(hours=1)), depth=1) for span in spans}
    assert told == expected


def test_what_is_over_has_nothing_left():
    with time_machine.travel(NOW, tick=False):
        assert left(NOW - timedelta(days=3)) == "0\xa0minutes"


def test_a_deadline_says_when_and_how_long_it_is_until_then():
    at = NOW + timedelta(hours=2)
    with time_machine.travel(NOW, tick=False):
        soon = deadline({"reader_zone": "Africa/Nairobi"}, at, "Europe/London", "soon", "By <b>")
        kept, bare = deadline({}, at, tone="kept"), deadline({}, at, bare=True)
    assert 'class="deadline soon"' in soon
    assert '<span class="at">By &lt;b&gt; Monday 23 November 2026, 23:00 Nairobi (20:00 London)<' in soon
    assert 'data-over="now">in 2\xa0hours</span>' in soon
    assert "data-left" not in kept + bare


def test_a_status_is_a_badge_with_its_words_escaped():
    assert (
        status("held", "held <3", "calm") == '<span class="badge" data-status="held" data-tone="calm">Held &lt;3</span>'
    )
    assert status("held", "held") == '<span class="badge" data-status="held">Held</span>'


def test_a_status_is_escaped_whoever_calls_its_words_safe():
    words = "a<i>b</i>"
    for label in (format_html("{}<i>b</i>", "a"), words, gettext_lazy(words)):
        assert status("held", label).endswith(">A&lt;i&gt;b&lt;/i&gt;</span>")


def shown(template, rf, **context):
    with time_machine.travel(NOW, tick=False):
        return engines["django"].from_string(template).render({"reader_zone": "Africa/Nairobi", **context}, rf)


@pytest.mark.parametrize(
    ("language", "words", "dated"),
    [
        ("en", "tomorrow, 01:30 Nairobi", "Tuesday 24 November 2026, 01:30 Nairobi"),
        ("sw", "kesho, 01:30 Nairobi", "Jumanne 24 Novemba 2026, 01:30 Nairobi"),
    ],
)
def test_a_page_says_tomorrow_and_keeps_the_date_beside_it(rf, language, words, dated):
    at = NOW + timedelta(hours=4, minutes=30)
    with translation.override(language):
        text = shown("{% when at as at %}{% blocktranslate %}{{ at }}{% endblocktranslate %}", rf.get("/"), at=at)
    assert text == f'<time class="near" datetime="2026-11-23T22:30:00+00:00" title="{dated}">{words}</time>'


@pytest.mark.parametrize(("zone", "hours"), [("Africa/Nairobi", 3), ("Europe/London", 6), ("Pacific/Auckland", 17)])
def test_a_page_knows_how_long_its_today_lasts(rf, zone, hours):
    assert shown("{% day_left %}", rf.get("/"), reader_zone=zone) == str(hours * 3600)


@pytest.mark.parametrize(("zone", "label"), [("America/Argentina/Buenos_Aires", "Buenos Aires"), ("UTC", "UTC")])
def test_a_zone_is_called_as_beside_a_time(zone, label):
    assert shown("{{ zone|zone_label }}", None, zone=zone) == label


def test_what_is_no_page_names_the_day(rf):
    assert shown("{% when at %}", None, at=NOW) == "Monday 23 November 2026, 21:00 Nairobi"


def test_a_page_names_days_that_are_not_close_by(rf):
    at = NOW + timedelta(days=2)
    span = shown("{% when_range at ends %}", rf.get("/"), at=at, ends=at + timedelta(hours=1))
    assert span == "Wednesday 25 November 2026, 21:00–22:00 Nairobi"
