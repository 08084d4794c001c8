"""The stylesheet has rules for what there is, and no others."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("accounts", "interviews", "followups", "coaching")
# Django gives it to errors that stand at no field.
FROM_ELSEWHERE = {"nonfield"}


def test_no_rule_is_for_a_class_that_nothing_has():
    rules = re.sub(r"/\*.*?\*/", "", (ROOT / "static/css/afterword.css").read_text(), flags=re.DOTALL)
    classes = {
        name for selector in re.findall(r"[^{}]+(?={)", rules) for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.js")]
    files += [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    given = set(re.findall(r"[a-z][\w-]*", " ".join(file.read_text() for file in files)))
    assert len(classes) > 100
    assert classes - given - FROM_ELSEWHERE == set()
