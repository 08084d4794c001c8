"""`./dev test` and `./dev faults`: pytest with throw-away servers and a Chromium."""

import contextlib
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from config.embedded import chromium
from config.embedded.demo import in_foreground, stop_when_asked
from config.embedded.services import services

PYTEST_PLUGIN = "config.embedded.pytest_plugin"
NO_BROWSER = "--no-browser"
QUICK = "--quick"
MOST_PROCESSES = 4
TOTALS = ("scenarios", "sends", "accepted", "lost", "doubled", "unknown")


def run(arguments: list[str]) -> int:
    """Run the tests; pytest's exit code."""
    stop_when_asked()
    env = environment()
    if NO_BROWSER not in arguments:
        env["AFTERWORD_CHROMIUM"] = str(chromium.find_or_install())
    with throwaway_folder() as folder, services(folder, durable=False, env=env, say=lambda text: None) as these:
        return in_foreground([sys.executable, "-m", "pytest", *side_by_side(arguments), *arguments], these.env)


def side_by_side(arguments: Sequence[str], *, cores: int | None = os.cpu_count()) -> list[str]:
    """What tells pytest to run the whole suite in a process per core; nothing for a part of it, or when told otherwise."""
    chosen = [argument for argument in arguments if argument != NO_BROWSER]
    if chosen or not cores or cores == 1:
        return []
    return ["-n", str(min(cores, MOST_PROCESSES)), "--dist=loadgroup"]


def run_faults(arguments: list[str]) -> int:
    """Run the fault tests on servers that keep what they promised to keep, and print one line of totals; the exit code."""
    stop_when_asked()
    rest = [argument for argument in arguments if argument != QUICK]
    env = environment() | {"AFTERWORD_FAULTS": "quick" if QUICK in arguments else "long"}
    begun = time.monotonic()
    with throwaway_folder() as folder, services(folder, durable=True, env=env, say=lambda text: None) as these:
        written = folder / "totals.jsonl"
        command = [sys.executable, "-m", "pytest", "-v", "--tb=short"]
        command += [*rest, *([] if any(name.startswith("tests") for name in rest) else ["tests/faults"])]
        code = in_foreground(command, these.env | {"AFTERWORD_FAULT_TOTALS": str(written)})
        lines = written.read_text().splitlines() if written.exists() else []
    print(totals([json.loads(line) for line in lines], minutes=(time.monotonic() - begun) / 60), flush=True)
    return code


def run_mutation(arguments: list[str]) -> int:
    """Leave each door of access ajar in turn (tests/doors_ajar.py); the exit code."""
    stop_when_asked()
    with (
        throwaway_folder() as folder,
        services(folder, durable=False, env=environment(), say=lambda text: None) as these,
    ):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.doors_ajar", "tests/mutate_access.py", *arguments]
        return in_foreground(command, these.env)


def run_axe(arguments: list[str]) -> int:
    """Look at every page of every role in each width and theme (tests/e2e/axe.py); the exit code."""
    stop_when_asked()
    env = environment() | {"AFTERWORD_CHROMIUM": str(chromium.find_or_install())}
    with throwaway_folder() as folder, services(folder, durable=False, env=env, say=lambda text: None) as these:
        written = folder / "totals.txt"
        command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "tests/e2e/axe.py", *arguments]
        code = in_foreground(command, these.env | {"AFTERWORD_AXE_TOTALS": str(written)})
        print(written.read_text() if written.exists() else "axe: not finished", flush=True)
    return code


def totals(records: Sequence[dict[str, int]], *, minutes: float) -> str:
    """The last line: what all scenarios came to."""
    sums: Counter[str] = Counter()
    for record in records:
        sums.update(record)
    counts = [f"{name} {sums[name]}" for name in TOTALS]
    counts += [f"controls red {sums['red']} of {sums['controls']}", f"invariants broken {sums['broken']}"]
    counts += [f"failed {sums['failed']}", f"minutes {minutes:.1f}"]
    return "faults: " + ", ".join(counts)


def environment() -> dict[str, str]:
    """The environment of all tests."""
    env = {
        "UNDO_SECONDS": "1",
        "LIVE_SECONDS": "0.3",
        # Playwright's synchronous interface runs an event loop in the thread in which the tests use the database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        # Tables are emptied between tests; everywhere else the audit's refuses that.
        "PGOPTIONS": "-c afterword.empties_audit=on",
        # Read by pytest before pytest-django reads the settings.
        "PYTEST_PLUGINS": PYTEST_PLUGIN,
    } | dict(os.environ)
    return env | {"DEBUG": "1", "AFTERWORD_DEMO": "1"}


@contextlib.contextmanager
def throwaway_folder() -> Iterator[Path]:
    """A folder for servers that PostgreSQL can enter although it runs as another user when we are root."""
    with tempfile.TemporaryDirectory(prefix="afterword-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder
