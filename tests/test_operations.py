"""docs/operations.md knows every variable that the settings read."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_variable_is_explained_and_none_too_many():
    read = set(re.findall(r'(?:env(?:\.\w+)?|secret)\("([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text()))
    rows = re.findall(r"^\| (`[^|]+`) \|", (ROOT / "docs" / "operations.md").read_text(), flags=re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == read
