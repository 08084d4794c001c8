"""docs/operations.md knows every variable that the settings read."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_every_variable_is_explained_and_none_too_many():
    read = set(re.findall(r'(?:env(?:\.\w+)?|secret)\(\s*"([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text()))
    rows = re.findall(r"^\| (`[^|]+`) \|", (ROOT / "docs" / "operations.md").read_text(), flags=re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == read


@pytest.mark.parametrize(("env", "found"), [({}, (False, 5)), ({"DATABASE_POOLED": "1"}, (True, None))])
def test_behind_a_pooler_nothing_is_left_on_a_connection(env, found):
    look = "from django.conf import settings; d = settings.DATABASES['default']; "
    look += "print((d['DISABLE_SERVER_SIDE_CURSORS'], d['OPTIONS']['prepare_threshold']))"
    command = [sys.executable, "-c", look]
    here = {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1", "DATABASE_URL": "postgres://db/a"}
    done = subprocess.run(command, env=os.environ | here | env, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(found)
