"""Vendored files are what their manifests say, each with its licence, and nothing else lies beside them."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "data" / "vendor"]
ENTRIES = [(folder, entry) for folder in FOLDERS for entry in json.loads((folder / "manifest.json").read_text())]


@pytest.mark.parametrize(("folder", "entry"), ENTRIES, ids=[entry["name"] for _, entry in ENTRIES])
def test_file_is_the_one_of_the_manifest(folder, entry):
    assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (folder / entry["licence_file"]).read_text().strip()
    assert all(entry[name] for name in ("version", "licence", "source"))


@pytest.mark.parametrize("folder", FOLDERS, ids=["static", "tests"])
def test_nothing_is_vendored_without_an_entry(folder):
    listed = {entry[name] for home, entry in ENTRIES if home == folder for name in ("file", "licence_file")}
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == listed | {"manifest.json"}
