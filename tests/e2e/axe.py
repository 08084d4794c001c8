"""`./dev axe`: every page of every role, at both widths and in both themes, looked at by axe and for what is in its way.

Each is weighed too: as somebody's first page, and when all that pages share is there already.

`AFTERWORD_PICTURES=FOLDER` keeps a picture of each. What is found is printed; the last line counts.
"""

import os
import re
from itertools import product
from pathlib import Path

import pytest

from tests.e2e.browsing import Visitor
from tests.e2e.looking import AXE, TOO_WIDE, VIOLATIONS, too_wide_between
from tests.e2e.places import demo_world, everywhere
from tests.e2e.weighing import Scale

WIDTHS, THEMES = (390, 1280), ("light", "dark")
PICTURES = os.environ.get("AFTERWORD_PICTURES")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with demo_world(django_db_blocker) as world:
        yield world


def test_every_page(world, browser, capsys):
    def say(line):
        with capsys.disabled():
            print(line, flush=True)

    url, sessions = world
    visitor = Visitor(browser, url)
    scale = Scale(visitor.page)
    heaviest = most_after = most_shift = (0, "")
    pages = list(dict.fromkeys(everywhere()))
    found = looks = 0
    for number, (name, person, address) in enumerate(pages):
        if number % 20 == 0:
            say(f"{number} of {len(pages)} addresses")
        # What follows the last page must not ask in the next person's name.
        visitor.page.goto("about:blank")
        visitor.troubles.clear()
        visitor.use(sessions.get(person, ""))
        if not number:
            scale.visit(address)
        visitor.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        first, after = scale.visit(address)
        heaviest, most_after = max(heaviest, (first, address)), max(most_after, (after, address))
        most_shift = max(most_shift, (scale.shift(), address))
        wrong = look(visitor, f"{number:03}-{person.split('@')[0]}-{name}")
        if visitor.page.url != f"{url}{address}":
            wrong.append(f"led to {visitor.page.url}")
        looks += len(WIDTHS) * len(THEMES)
        found += len(wrong)
        for each in wrong:
            say(f"\n{person or 'nobody'} {address}\n    {each}")
    visitor.close()
    people = len({person for _name, person, _address in pages})
    names = len({name for name, _person, _address in pages})
    lines = [
        f"bytes: at most {heaviest[0]} on a first visit ({heaviest[1]}), {most_after[0]} after ({most_after[1]})",
        f"shift: at most {most_shift[0]:.3f} ({most_shift[1]})",
        f"axe: {names} pages, {people} people, {len(pages)} addresses, {looks} looks, {found} findings",
    ]
    Path(os.environ["AFTERWORD_AXE_TOTALS"]).write_text("\n".join(lines))
    assert found == 0


def look(visitor, label):
    """Everything that is wrong with the page in each width and theme, in words."""
    page, wrong = visitor.page, []
    page.evaluate(AXE)
    for width, theme in product(WIDTHS, THEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        wrong += [f"{width} {theme}: {each}" for each in page.evaluate(TOO_WIDE) + page.evaluate(VIOLATIONS)]
        if PICTURES:
            name = re.sub("[^a-z0-9-]", "", label)
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{theme}.png", full_page=True)
    return wrong + too_wide_between(page) + visitor.troubles
