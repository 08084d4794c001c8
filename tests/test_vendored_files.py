"""Files that are not ours are the ones their manifests name, byte for byte, and each comes with its licence."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = [ROOT / "static/vendor", ROOT / "tests/data/vendor"]


def entries():
    for folder in FOLDERS:
        for entry in json.loads((folder / "manifest.json").read_text()):
            yield pytest.param(folder, entry, id=entry["file"])


@pytest.mark.parametrize(("folder", "entry"), entries())
def test_vendored_file_is_the_one_in_the_manifest(folder, entry):
    assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (folder / entry["licence_file"]).stat().st_size > 0
    assert entry["name"] and entry["version"] and entry["licence"] and entry["source"]


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_every_vendored_file_is_in_the_manifest(folder):
    named = set()
    for entry in json.loads((folder / "manifest.json").read_text()):
        named |= {entry["file"], entry["licence_file"]}
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert found == named | {"manifest.json"}
