"""Arrows point one way: accounts ← interviews ← followups ← coaching; config imports apps. Pure modules know no Django."""

import ast
import functools
import subprocess
import sys
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parent.parent
LAYERS = ["accounts", "interviews", "followups", "coaching"]
PURE = [
    "accounts.csv_files",
    "accounts.joining",
    "accounts.mail_records",
    "accounts.roster_reading",
    "accounts.when",
    "followups.clock",
    "coaching.bars",
    "coaching.consequences",
    "coaching.working_hours",
    "followups.triage",
    "followups.note_check",
    "followups.jsonl",
    "followups.drafting",
    "followups.closing",
    "followups.briefing",
    "followups.coverage",
    "followups.keeping",
    "followups.practice",
    "followups.prep",
    "coaching.recurrence",
    "coaching.rules",
    "interviews.countries",
    "coaching.spans",
    "interviews.invitation",
    "interviews.quick_line",
    "followups.one_thing",
    "interviews.finding",
    "interviews.spreadsheet",
    "coaching.waitlist",
]
NAMELESS_ROOMS = {"utils", "helpers", "common", "misc", "managers", "selectors", "signals"}
SOURCES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


@functools.cache
def nodes_of(path):
    return list(ast.walk(ast.parse(path.read_text())))


def imported_modules(path):
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_imports_point_down():
    upwards = []
    for path in SOURCES:
        layer = path.relative_to(ROOT).parts[0]
        above = {*LAYERS[LAYERS.index(layer) + 1 :], "config", "tests"}
        found = (module for module in imported_modules(path) if module.split(".")[0] in above)
        upwards += [f"{path.relative_to(ROOT)} {module}" for module in found]
    assert upwards == []


def test_foreign_keys_point_down():
    upwards = [
        f"{model._meta.label}.{field.name}"
        for layer in LAYERS
        for model in apps.get_app_config(layer).get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model._meta.app_label in LAYERS
        and LAYERS.index(field.related_model._meta.app_label) > LAYERS.index(layer)
    ]
    assert upwards == []


def test_lookups_do_not_reach_up():
    """A lower app must not follow a reverse relation that a higher app put on its models."""
    relations = [
        (LAYERS.index(relation.related_model._meta.app_label), relation.get_accessor_name())
        for layer in LAYERS
        for model in apps.get_app_config(layer).get_models()
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label in LAYERS[LAYERS.index(layer) + 1 :] and not relation.hidden
    ]
    found = []
    for path in SOURCES:
        level = LAYERS.index(path.relative_to(ROOT).parts[0])
        names = {name for owner, name in relations if owner > level}
        for node in nodes_of(path):
            if isinstance(node, ast.Attribute) and node.attr in names and _is_reach(node):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} .{node.attr}")
            if isinstance(node, ast.keyword) and node.arg and node.arg.split("__")[0] in names and "__" in node.arg:
                found.append(f"{path.relative_to(ROOT)}:{node.value.lineno} {node.arg}")
    assert found == []


def _is_reach(node):
    """`interview.thank_you_notes` follows the relation; a module or a method of that name does not."""
    return isinstance(node.value, ast.Name) and node.value.id in {
        "self",
        "interview",
        "mistake",
        "candidate",
        "user",
        "note",
    }


# In one process: each is imported as if it were the first, for nothing of those before it is kept but Python's own.
ALONE = """
import importlib, sys
own = set(sys.modules)
for name in sys.argv[1:]:
    importlib.import_module(name)
    if {"django", "celery"} & {module.split(".")[0] for module in sys.modules}:
        print(name)
    for module in set(sys.modules) - own:
        if module.split(".")[0] not in sys.stdlib_module_names:
            del sys.modules[module]
"""


def test_pure_modules_know_no_django():
    asked = subprocess.run([sys.executable, "-c", ALONE, *PURE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert asked.stdout.split() == []


def test_rooms_have_names():
    assert [str(path) for path in SOURCES if path.stem in NAMELESS_ROOMS] == []


def test_nothing_is_scheduled_by_the_broker():
    """Redis redelivers far ETAs: due times are columns, and tasks carry no arguments."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in nodes_of(path)
        if isinstance(node, ast.keyword) and node.arg in {"eta", "countdown"}
    ]
    assert found == []
