"""uv.lock installs from the public index only, and holds what pyproject.toml asks for."""

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
LOCK = tomllib.loads((ROOT / "uv.lock").read_text())
HOSTS = {"pypi.org", "files.pythonhosted.org"}


def addresses(value):
    """Every string in the lock file that is an address."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [address for item in value for address in addresses(item)]
    return [value] if isinstance(value, str) and "://" in value else []


def test_every_host_is_the_public_index():
    found = addresses(LOCK)
    assert {urlsplit(address).hostname for address in found} == HOSTS
    assert {urlsplit(address).scheme for address in found} == {"https"}


def test_every_file_has_a_hash():
    files = [file for package in LOCK["package"] for file in [*package.get("wheels", []), package.get("sdist")] if file]
    assert {file["hash"].partition(":")[0] for file in files} == {"sha256"}
