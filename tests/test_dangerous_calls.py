"""What no request may reach: programs, other hosts, code out of text, unescaped markup. Read from the source."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = ("accounts", "interviews", "followups", "coaching", "config")
# Run by hand or by the demo, never by a request.
BESIDE = ("config/embedded/", "followups/note_check/training/", "/migrations/", "/demo/", "/management/")
SOURCES = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if not any(part in path.as_posix() for part in BESIDE)
]
MODULES = set(
    [
        "subprocess",
        "pickle",
        "marshal",
        "shelve",
        "dill",
        "yaml",
        "xml",
        "lxml",
        "requests",
        "httpx",
        "aiohttp",
        "urllib3",
        "ftplib",
        "telnetlib",
        "socket",
        "random",
        "tarfile",
        "zlib",
        "gzip",
        "bz2",
        "lzma",
    ]
) | {"urllib.request", "http.client"}
CALLS = set(
    [
        "eval",
        "exec",
        "compile",
        "__import__",
        "mark_safe",
        "SafeString",
        "RawSQL",
        "extra",
        "raw",
        "system",
        "popen",
        "md5",
        "sha1",
        "from_string",
    ]
)
# `re.compile`, `sealed.extra` and the like are something else.
HARMLESS = {("re", "compile")}
# A pause before the next try, of which nobody gains anything by guessing it.
PAUSES = {"followups/outbox/answers.py": ["import random"]}
# The files of docs/, by a renderer that takes no HTML of theirs (tests/accounts/test_guides.py).
GUIDES = {"accounts/guides.py": ["mark_safe()"]}
# Its only value is a constant beside it.
CONSTANT = {"coaching/services/locks.py"}


def dangers_in(text, name="x.py"):
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = getattr(node, "module", None)
            names = [module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            found += [f"import {one}" for one in names if one in MODULES or one.partition(".")[0] in MODULES]
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = getattr(getattr(node.func, "value", None), "id", "")
        if called in CALLS and (owner, called) not in HARMLESS:
            found.append(f"{called}()")
        if called == "Template" or (called == "open" and not owner and isinstance(node.func, ast.Name)):
            found.append(f"{called}()")
        is_text = node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
        if called in {"execute", "executemany"} and is_text and name not in CONSTANT:
            found.append("SQL out of pieces")
    return found


def test_no_program_no_other_host_no_code_out_of_text_no_sql_out_of_pieces():
    found = {
        path.relative_to(ROOT).as_posix(): dangers_in(path.read_text(), path.relative_to(ROOT).as_posix())
        for path in SOURCES
    }
    assert {name: dangers for name, dangers in found.items() if dangers} == PAUSES | GUIDES
    assert len(found) > 200


MARKUP = re.compile(
    r"\|\s*safe\b|\{%\s*autoescape\s+off|<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=[\x22']|hx-on|javascript:|\beval\b",
    re.IGNORECASE,
)
# Help texts are ours: no field's help holds what anybody typed. Mail programs know no style sheets but those in the mail.
OURS = {"templates/django/forms/field.html", "templates/emails/base.html"}
SCRIPT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\(|new Function|postMessage"
)


def test_templates_escape_and_run_nothing_and_scripts_write_text():
    pages = {
        path.relative_to(ROOT).as_posix(): path.read_text() for path in sorted((ROOT / "templates").rglob("*.html"))
    }
    assert sorted(name for name, text in pages.items() if MARKUP.search(text) and name not in OURS) == []
    scripts = {path.name: path.read_text() for path in sorted((ROOT / "static/js").glob("*.js"))}
    assert sorted(name for name, text in scripts.items() if SCRIPT.search(text)) == []
    assert (len(pages) > 100, len(scripts) > 5) == (True, True)


@pytest.mark.parametrize(
    "text",
    ["import subprocess", "from urllib.request import urlopen", "from django.utils.safestring import mark_safe\nmark_safe(x)",
     "eval(x)", "cursor.execute(f'SELECT {x}')", "cursor.execute('SELECT ' + x)", "Template(x)", "hashlib.md5(x)", "open(x)"],
)  # fmt: skip
def test_control_each_danger_would_be_seen(text):
    assert dangers_in(text)
