"""What `./dev test` adds to pytest: a Valkey database pair for every parallel worker, who runs beside whom, and which
tests are left out."""

import os
from collections.abc import Generator

import pytest

# What each kind of run leaves out: `./dev test`, `./dev faults --quick`, `./dev faults`.
LEFT_OUT = {"": {"quick", "long"}, "quick": {"suite", "long"}, "long": {"suite"}}

# The group of the tests that share the mail server's inbox.
SERVERS = "servers"


def databases_of(worker: str, url: str) -> str:
    """The broker's URL for a worker named gw0, gw1, …: databases 2n and 2n + 1 (the cache) are its own."""
    server = url.rpartition("/")[0]
    return f"{server}/{2 * int(worker.removeprefix('gw'))}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Choose the databases before pytest-django reads the settings."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["REDIS_URL"] = databases_of(worker, os.environ["REDIS_URL"])
    return (yield)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our option."""
    parser.addoption("--no-browser", action="store_true", help="leave out the tests that drive a Chromium")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the browser tests when asked to, and the faults that belong to another kind of run; say who goes with whom.

    First of all: xdist reads the groups when its own turn comes.
    """
    marks = {"browser"} if config.getoption("--no-browser") else set()
    marks |= LEFT_OUT[os.environ.get("AFTERWORD_FAULTS", "")]
    left_out = [item for item in items if any(item.get_closest_marker(mark) for mark in marks)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    for item in items:
        item.add_marker(pytest.mark.xdist_group(group_of(item)))


def group_of(item: pytest.Item) -> str:
    """Tests of one group run one after the other in one process: those that share the mail server's inbox, and a file's."""
    if item.get_closest_marker("browser") or item.get_closest_marker("faults"):
        return SERVERS
    return item.nodeid.partition("::")[0]
