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


# Doors in front of which another stands: whoever passes that one sees all that this one shows. By file and function.
CANNOT_BE_TOLD = {
    "accounts/views.py people_list": "admins only, and they see every invitation",
    "followups/api/suppressions.py SuppressionViewSet.get_queryset": "admins only, and they see the whole list",
    "followups/views/mails.py mail_list": "admins only, and they see every row",
    "followups/views/mails.py _mail": "admins only, and they see every row",
    "followups/views/punctuality.py punctuality_detail": "admins only, and they see every alert",
    "followups/views/suppressions.py _page": "admins only, and they see the whole list",
}
# A door at which so many tests notice nothing is noticed by none.
ENOUGH = 8


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    if doors.open is None or item.path.name == "mutate_access.py":
        return None
    # The fixtures of its file stay.
    beside = item.parent
    doors.asked, doors.passed = set(), set()
    reports = runtestprotocol(item, nextitem=beside, log=False)
    doors.came_by |= doors.asked
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    for name in sorted(doors.passed & doors.open) if all(report.passed for report in reports) else ():
        if doors.tried[name] < ENOUGH:
            doors.tried[name] += 1
            doors.ajar = name
            item._initrequest()
            if any(report.failed for report in runtestprotocol(item, nextitem=beside, log=False)):
                doors.open.discard(name)
            doors.ajar = None
    item.session._setupstate.teardown_exact(nextitem)
    return True


def pytest_terminal_summary(terminalreporter, config):
    names = doors.chosen(config)
    unseen = names if doors.open is None else doors.open & names
    for name in sorted(unseen):
        why = "survives" if doors.tried[name] else "never says no" if name in doors.came_by else "nobody comes by"
        why = f"cannot be told: {CANNOT_BE_TOLD[place_of(name)]}" if place_of(name) in CANNOT_BE_TOLD else why
        terminalreporter.write_line(f"{why}  {name}  {doors.known[name]}")
    equal = sum(place_of(name) in CANNOT_BE_TOLD for name in unseen)
    terminalreporter.write_line(
        f"access mutation: {len(names - unseen)}/{len(names)} killed, {equal} cannot be told, {len(unseen) - equal} open"
    )


def place_of(name):
    return f"{name.partition(':')[0]} {doors.known[name].partition(':')[0]}"


doors = Doors()
builtins.__doors__ = doors


class LeaveHandles(ast.NodeTransformer):
    def __init__(self, path):
        self.path = path
        self.within = []

    def visit_FunctionDef(self, node):
        self.within.append(node.name)
        self.generic_visit(node)
        self.within.pop()
        return node

    visit_ClassDef = visit_FunctionDef

    def visit_Call(self, node):
        self.generic_visit(node)
        word = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
        if word == "visible_to" and isinstance(node.func, ast.Attribute):
            return self._door(node, "rows", later(node), later(node.func.value))
        if word.startswith("can_"):
            return self._door(node, "yes", later(node))
        return node

    def _door(self, node, kind, *calls):
        name = f"{self.path}:{node.lineno}:{node.col_offset}"
        doors.known[name] = f"{'.'.join(self.within)}: {ast.unparse(node)[:90]}"
        hinge = ast.Attribute(ast.Name("__doors__", ast.Load()), kind, ast.Load())
        return ast.copy_location(ast.Call(hinge, [ast.Constant(name), *calls], []), node)


def later(expression):
    nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    return ast.Lambda(nothing, expression)


class Loader(SourceFileLoader):
    def get_code(self, fullname):
        path = self.get_filename(fullname)
        tree = LeaveHandles(Path(path).relative_to(ROOT)).visit(ast.parse(self.get_data(path)))
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
