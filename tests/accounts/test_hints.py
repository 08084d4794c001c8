"""A word for the first time: there until it is put away, by its owner alone, and leading to where more stands."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from accounts.guides import guide
from accounts.hints import HINTS, put_away

HERE = Path(settings.BASE_DIR) / "templates"
PUT_AWAY = reverse("hint-put-away")


@pytest.mark.django_db
def test_it_stands_there_until_it_is_put_away(client_of, candidate, admin, interview):
    page, browser = reverse("debrief", args=[interview.public_id]), client_of(candidate)
    assert 'id="hint-debrief"' in browser.get(page).text

    answer = browser.post(PUT_AWAY, {"hint": "debrief"}, headers={"Referer": f"http://testserver{page}"})
    browser.post(PUT_AWAY, {"hint": "debrief"}, headers={"HX-Request": "true"})

    candidate.refresh_from_db()
    assert (answer.url, candidate.hints_put_away) == (f"http://testserver{page}", ["debrief"])
    assert 'id="hint-debrief"' not in client_of(candidate).get(page).text
    assert 'id="hint-slot"' in client_of(admin).get(reverse("slot-new")).text


@pytest.mark.django_db
def test_nothing_else_can_be_written_there_and_the_way_back_is_ours(client_of, candidate):
    elsewhere = client_of(candidate).post(PUT_AWAY, {"hint": "slot"}, headers={"Referer": "https://evil.example/"})

    client_of(candidate).post(PUT_AWAY, {"hint": "anything"})
    candidate.refresh_from_db()
    assert candidate.hints_put_away == ["slot"]
    assert elsewhere.url == reverse("today")


@pytest.mark.django_db
def test_of_two_put_away_at_the_same_moment_both_stay_away(candidate):
    names = iter(["slot"])

    def meanwhile(execute, *statement):
        result = execute(*statement)
        for name in names:
            put_away(candidate, name)
        return result

    with connection.execute_wrapper(meanwhile):
        put_away(candidate, "debrief")

    candidate.refresh_from_db()
    assert sorted(candidate.hints_put_away) == ["debrief", "slot"]


def test_each_is_shown_somewhere_and_leads_to_a_section():
    shown = {}
    for page in HERE.rglob("*.html"):
        found = re.findall(r'includes/hint.html" with name="(\w+)" guide="(\w+)" anchor="([\w-]+)"', page.read_text())
        shown |= {name: (of, anchor) for name, of, anchor in found}

    assert set(shown) == HINTS
    assert {name: where for name, where in shown.items() if where[1] not in guide(where[0]).anchors} == {}
