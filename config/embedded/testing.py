"""`./dev test`: pytest with throw-away servers and a Chromium."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from config.embedded import chromium
from config.embedded.demo import in_foreground, stop_when_asked
from config.embedded.services import services

PYTEST_PLUGIN = "config.embedded.pytest_plugin"
NO_BROWSER = "--no-browser"


def run(arguments: list[str]) -> int:
    """Run the tests; pytest's exit code."""
    stop_when_asked()
    env = {
        "UNDO_SECONDS": "1",
        # Playwright's synchronous interface runs an event loop in the thread in which the tests use the database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        # Read by pytest before pytest-django reads the settings.
        "PYTEST_PLUGINS": PYTEST_PLUGIN,
    } | dict(os.environ)
    env |= {"DEBUG": "1", "AFTERWORD_DEMO": "1"}
    if NO_BROWSER not in arguments:
        env["AFTERWORD_CHROMIUM"] = str(chromium.find_or_install())
    with throwaway_folder() as folder, services(folder, durable=False, env=env, say=lambda text: None) as these:
        return in_foreground([sys.executable, "-m", "pytest", *arguments], these.env)


@contextlib.contextmanager
def throwaway_folder() -> Iterator[Path]:
    """A folder for servers that PostgreSQL can enter although it runs as another user when we are root."""
    with tempfile.TemporaryDirectory(prefix="afterword-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder
