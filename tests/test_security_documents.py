"""The table of requirements is whole, and what it names as proof is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "docs/asvs.md").read_text().splitlines()
    if re.match(r"\| \d+\.\d+\.\d+ \|", line)
]
PLACE = re.compile(r"`((?:[\w-]+/)+[\w.-]+|\.?[\w-]+\.(?:md|lock|toml|py)|\.dockerignore)`")


def test_every_requirement_of_both_levels_has_one_row():
    ids = [row[0] for row in ROWS]
    assert (len(ids), len(set(ids)), sum(row[1] == "1" for row in ROWS)) == (253, 253, 70)
    assert ids == sorted(ids, key=lambda number: [int(part) for part in number.split(".")])
    assert {row[1] for row in ROWS} == {"1", "2"}


def test_every_row_says_what_holds_and_why():
    assert {row[3] for row in ROWS} <= {"held", "part", "no", "host", "n/a"}
    assert [row for row in ROWS if len(row) != 5 or not all(row)] == []


@pytest.mark.parametrize("document", ["docs/asvs.md", "docs/threat-model.md", "SECURITY.md"])
def test_every_file_that_is_named_is_there(document):
    named = set(PLACE.findall((ROOT / document).read_text()))
    # Written in code style, but no files.
    named = {name for name in named if not name.startswith("manage.py")}
    assert sorted(name for name in named if not (ROOT / name).exists() and not name.startswith("api/")) == []
    assert document != "docs/asvs.md" or len(named) > 60
