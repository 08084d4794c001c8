"""The pictures of pages: those that are named are there, those that are there are named, and none is large.

That the pages they show are still there is asked in test_seed_demo.py, where there is a demo world.
"""

import re
from pathlib import Path

from tests.screenshots import FOLDER, MOST_BYTES, SHOTS, files

ROOT = Path(__file__).parent.parent


def named():
    """Every picture that a guide, the README or a template shows: names, and whole paths."""
    texts = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    paths = {ROOT / path for text in texts for path in re.findall(r"static/img/help/[\w-]+\.webp", text.read_text())}
    pages = "".join(page.read_text() for page in (ROOT / "templates").rglob("*.html"))
    return {re.sub(r"-(phone|wide)-(light|dark)$", "", path.stem) for path in paths} | set(
        re.findall(r'includes/shot.html" with name="([\w-]+)"', pages)
    ), paths


def test_what_is_named_is_there_and_what_is_there_is_named():
    names, paths = named()

    assert names == set(SHOTS)
    assert [path for path in paths if not path.exists()] == []
    assert sorted(FOLDER.iterdir()) == sorted(file for name in SHOTS for file in files(name))


def test_none_is_large():
    assert {file.name: file.stat().st_size for file in FOLDER.iterdir() if file.stat().st_size > MOST_BYTES} == {}


def test_a_guide_shows_the_one_that_fits_and_loads_no_other():
    from accounts.guides import guide  # noqa: PLC0415

    shown = re.findall(r"<img [^>]*>", guide("coach").body)

    assert len(shown) == 4
    assert [image for image in shown if 'loading="lazy"' not in image or "height=" not in image] == []
    assert guide("coach").body.count('<source media="(max-width: 40rem)"') == 4
