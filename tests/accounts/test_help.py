"""The page that explains: open to all, and the anchors other pages link to."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
ANCHORS = {"method", "answers", "let-go", "note", "referee", "practise", "put-right", "two-sentences", "no-apology"}
ANCHORS |= {"timing", "who-reads", "your-data", "leaving", "letters", "quiet-hours", "disagree", "limits"}


def test_everybody_may_read_it(client, client_of, candidate, coach, admin):
    answers = [
        browser.get(reverse("help")).status_code for browser in (client, *map(client_of, (candidate, coach, admin)))
    ]

    assert answers == [200, 200, 200, 200]


def test_it_has_every_anchor_once(client):
    page = client.get(reverse("help")).content.decode()

    main = page[page.index("<main") : page.index("</main>")]
    assert sorted(re.findall(r'(?:section|article)[^>]* id="([a-z-]+)"', main)) == sorted(ANCHORS)


def test_its_contents_lead_somewhere(client):
    page = client.get(reverse("help")).content.decode()

    targets = set(re.findall(r'href="#([a-z-]+)"', page)) - {"main"}
    assert targets - ANCHORS == set()


def test_each_answer_has_the_name_it_has_elsewhere(client):
    from followups.models import TriageDecision  # noqa: PLC0415 -- the page is of a lower app

    page = client.get(reverse("help")).content.decode()

    assert [label for label in TriageDecision.Action.labels if f"<h3>{label}</h3>" not in page] == []


def test_every_page_leads_to_it(client):
    assert f'href="{reverse("help")}"' in client.get(reverse("account_login")).content.decode()
