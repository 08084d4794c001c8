"""Every main page of every role over the demo world: accessible in both themes, no wider than the screen, no trouble in it."""

import re
from itertools import product
from zlib import crc32

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.guides import GUIDES
from followups.models import TriageDecision
from tests.e2e.browsing import Visitor
from tests.e2e.looking import AXE, TOO_WIDE, VIOLATIONS, too_wide_between
from tests.e2e.places import AN_ADMIN, LINKS, ME, MY_COACH, OWNED, PLAIN, STAFF, card, demo_world, link, owned
from tests.e2e.weighing import Scale

# What the tests write is rolled back; the world itself is committed, as the web server has to see it.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS, THEMES = (390, 1280), ("light", "dark")
# These are checked in every look, the other pages in one of the four each; `./dev axe` checks all in all.
IN_FULL = {"home", "today", "interview-closing", "slot-list", *(f"link-{purpose}" for purpose in LINKS)}


# Its words are longer than English ones.
IN_SWAHILI = [
    ("", "help"),
    ("", "one-thing"),
    (ME, "today"),
    (ME, "interview-list"),
    (ME, "note-list"),
    (ME, "slot-list"),
    (ME, "settings-edit"),
    (MY_COACH, "today"),
    (MY_COACH, "review-list"),
    (AN_ADMIN, "people-list"),
]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with demo_world(django_db_blocker) as world:
        yield world


@pytest.fixture(scope="module")
def visitor(browser, world):
    visitor = Visitor(browser, world[0])
    yield visitor
    visitor.close()


@pytest.fixture
def look_at(visitor, world):
    """Everything that is wrong with a page, in words."""
    _url, sessions = world

    def look(name, address, person):
        # What follows the last page must not ask in the next person's name.
        visitor.page.goto("about:blank")
        visitor.troubles.clear()
        visitor.use(person and sessions[person])
        page, wrong = visitor.page, []
        which = re.sub("[0-9a-f-]{36}", name, address) + person
        for (width, theme), is_checked in looks(name, which).items():
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            assert page.goto(address).url == f"{visitor.url}{address}"
            found = page.evaluate(TOO_WIDE)
            if is_checked:
                page.evaluate(AXE)
                found += page.evaluate(VIOLATIONS)
            wrong += [f"{width} {theme}: {each}" for each in found]
        return wrong + too_wide_between(page) + visitor.troubles

    return look


def looks(name, which):
    """Pairs of width and theme, and whether axe looks too: all four, or both widths with always the same one checked."""
    if name in IN_FULL:
        return dict.fromkeys(product(WIDTHS, THEMES), True)
    number = crc32(which.encode())
    themes = THEMES if number & 1 else THEMES[::-1]
    return {pair: bool(number & 2) == (pair[0] == WIDTHS[0]) for pair in zip(WIDTHS, themes, strict=True)}


@pytest.mark.parametrize(("person", "name"), IN_SWAHILI)
def test_swahili_is_no_wider_than_a_phone(visitor, world, person, name):
    visitor.use(person and world[1][person])
    chosen = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "sw", "url": visitor.url}
    visitor.context.add_cookies([chosen])
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    visitor.page.goto(reverse(name))
    assert visitor.page.locator("html").get_attribute("lang") == "sw"
    assert visitor.page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize(("person", "name", "query"), PLAIN)
def test_pages_of_a_role(look_at, person, name, query):
    assert look_at(name, reverse(name) + query, person) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_guides(look_at, guide):
    assert look_at("help-guide", reverse("help-guide", args=[guide]), "") == []


@pytest.mark.parametrize("row", OWNED, ids=lambda row: row[0])
def test_pages_of_a_candidates_own_things(look_at, row):
    person, address = owned(*row)
    assert look_at(row[0], address, person) == []


@pytest.mark.parametrize("action", TriageDecision.Action.values)
def test_the_card_of_each_answer(look_at, action):
    person, address = card(action)
    assert look_at("mistake-detail", address, person) == []


@pytest.mark.parametrize(("person", "name", "which"), STAFF)
def test_pages_of_one_thing_as_others_see_it(look_at, person, name, which):
    assert look_at(name, reverse(name, args=[which().public_id]), person) == []


@pytest.mark.parametrize("purpose", LINKS)
def test_pages_that_mails_lead_to(look_at, purpose):
    assert look_at(f"link-{purpose}", link(purpose), "") == []


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("", ["home"]),
        (ME, ["today", "interview-list", "slot-list"]),
        (MY_COACH, ["review-list"]),
        (AN_ADMIN, ["today"]),
    ],
    ids=["nobody", "candidate", "coach", "admin"],
)
def test_main_pages_are_light_and_lie_still(browser, world, person, names):
    """At most 100 kB for somebody who was never here, 30 kB for everybody else, compressed; nothing jumps while it loads."""
    url, sessions = world
    visitor = Visitor(browser, url, width=390)
    visitor.use(person and sessions[person])
    scale = Scale(visitor.page)
    figures = {}
    for number, name in enumerate(names):
        first, after = scale.visit(reverse(name))
        figures[name] = (first, after if number else scale.visit(reverse(name))[1], scale.shift())
    visitor.close()
    too_much = {name: of for name, of in figures.items() if of[0] > 100_000 or of[1] > 30_000 or of[2] > 0.05}
    assert too_much == {}
