"""A pytest plugin with which each door can be left ajar while the program runs: `./dev mutate-access`.

First come the tests of access (tests/mutate_access.py). A door that stays open unnoticed in them is left ajar in those other
tests that are named and come by it: each runs once as it is, and once more for each such door.

A door is a call of `visible_to(…)` or of `can_…(…)`. All are rewritten as the modules are read, so that one world and one
process serve for all of them: with `ajar` set to its name a door shows all rows, or says yes.
"""

import ast
import builtins
import sys
from collections import Counter
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.door_handles import LeaveHandles
from tests.explained_doors import reason_for

ROOT = Path(__file__).parent.parent
APPS = ("accounts", "interviews", "followups", "coaching", "config")


class Doors:
    def __init__(self):
        self.known = {}
        self.ajar = None
        # In what was asked last: those that were come by, and those at which it makes a difference.
        self.asked = set()
        self.passed = set()
        # Those that nobody has noticed yet, and how many tests were tried.
        self.open = None
        self.tried = Counter()
        self.came_by = set()

    def stand(self, ajar=None):
        """From here on only this one is ajar. SQL that was written while the doors stood otherwise is forgotten."""
        from accounts.written import forget  # noqa: PLC0415 -- to be read after the doors are there
        from coaching import nearest  # noqa: PLC0415

        self.ajar = ajar
        forget()
        nearest._written.cache_clear()

    def chosen(self, config):
        return {name for name in self.known if name.startswith(config.getoption("--only"))}

    def rows(self, name, shut, rows):
        """In place of `rows.visible_to(…)`."""
        self.asked.add(name)
        self.passed.add(name)
        if name != self.ajar:
            return shut()
        return rows().all()

    def yes(self, name, shut):
        """In place of `can_…(…)`. Where it says yes anyhow nothing can be noticed."""
        self.asked.add(name)
        if name == self.ajar:
            return True
        said = False
        try:
            return (said := shut())
        finally:
            if not said:
                self.passed.add(name)


def pytest_addoption(parser):
    parser.addoption("--only", default="", metavar="PATH", help="only doors in files whose path begins like this")


# A door at which so many tests notice nothing is noticed by none.
ENOUGH = 8


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    if doors.open is None or item.path.name == "mutate_access.py":
        return None
    # The fixtures of its file stay.
    beside = item.parent
    doors.asked, doors.passed = set(), set()
    doors.stand()
    reports = runtestprotocol(item, nextitem=beside, log=False)
    doors.came_by |= doors.asked
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    for name in sorted(doors.passed & doors.open) if all(report.passed for report in reports) else ():
        if doors.tried[name] < ENOUGH:
            doors.tried[name] += 1
            doors.stand(ajar=name)
            item._initrequest()
            if any(report.failed for report in runtestprotocol(item, nextitem=beside, log=False)):
                doors.open.discard(name)
            doors.stand()
    item.session._setupstate.teardown_exact(nextitem)
    return True


def pytest_terminal_summary(terminalreporter, config):
    names = doors.chosen(config)
    unseen = names if doors.open is None else doors.open & names
    reasons = {name: reason_for(f"{name.partition(':')[0]} {doors.known[name]}") for name in unseen}
    for name in sorted(unseen):
        why = "survives" if doors.tried[name] else "never says no" if name in doors.came_by else "nobody comes by"
        why = f"explained: {reasons[name]}" if reasons[name] else why
        terminalreporter.write_line(f"{why}  {name}  {doors.known[name]}")
    explained = sum(map(bool, reasons.values()))
    terminalreporter.write_line(
        f"access mutation: {len(names - unseen)}/{len(names)} killed, {explained} explained, {len(unseen) - explained} open"
    )


doors = Doors()
builtins.__doors__ = doors


class Loader(SourceFileLoader):
    def get_code(self, fullname):
        path = self.get_filename(fullname)
        tree = LeaveHandles(Path(path).relative_to(ROOT), doors.known).visit(ast.parse(self.get_data(path)))
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] not in APPS or ".migrations" in name or name.startswith("config.embedded"):
            return None
        spec = PathFinder.find_spec(name, path)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


sys.meta_path.insert(0, Finder)
