"""Finding a Chromium for the browser tests, or installing one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.embedded.processes import CannotStart

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHT_FOLDERS = (".cache/ms-playwright", "Library/Caches/ms-playwright")
PLAYWRIGHT_PROGRAMS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
MAC_PROGRAMS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ADVICE = (
    "The browser tests need Chromium and none was found or could be installed. Install chromium or google-chrome, "
    "name one in AFTERWORD_CHROMIUM, or leave these tests out with --no-browser."
)


def find_or_install() -> Path:
    """A Chromium that starts; raises CannotStart with advice when there is none to be had."""
    found = find()
    if found is None:
        install()
        found = find()
    if found is None:
        raise CannotStart(ADVICE)
    return found


def find() -> Path | None:
    """The first Chromium that answers: the one named, one on the PATH, Playwright's own."""
    return next((program for program in candidates() if answers(program)), None)


def candidates() -> list[Path]:
    """Where a Chromium may be."""
    named = os.environ.get("AFTERWORD_CHROMIUM")
    if named:
        return [Path(named)]
    on_path = [Path(found) for name in NAMES if (found := shutil.which(name))]
    return on_path + [Path(program) for program in MAC_PROGRAMS] + playwright_programs()


def playwright_programs() -> list[Path]:
    """The Chromiums that Playwright downloaded, newest first."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [Path(named)] if named else [Path.home() / folder for folder in PLAYWRIGHT_FOLDERS]
    found = [program for folder in folders for pattern in PLAYWRIGHT_PROGRAMS for program in folder.glob(pattern)]
    return sorted(found, reverse=True)


def answers(program: Path) -> bool:
    """Whether it starts: Ubuntu's chromium-browser, say, may be a note that tells how to get a snap."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> None:
    """Install one, from Debian's packages as root, else from Playwright's downloads."""
    print("Installing Chromium for the browser tests (--no-browser leaves them out) …", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet)
        subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"], env=quiet)
        if find() is not None:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])
