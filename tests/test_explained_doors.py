"""The list of doors that can stand open is true of the doors there are."""

import ast
from pathlib import Path

from tests.door_handles import LeaveHandles
from tests.explained_doors import EXPLAINED

ROOT = Path(__file__).parent.parent
APPS = ("accounts", "interviews", "followups", "coaching")


def test_each_reason_is_about_a_door_that_is_there():
    there = []
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py")):
        known = {}
        LeaveHandles(path.relative_to(ROOT), known).visit(ast.parse(path.read_text()))
        there += [f"{path.relative_to(ROOT)} {door}" for door in known.values()]

    assert [key for key in EXPLAINED if not any(door.startswith(key) for door in there)] == []
    assert len(there) > 300
