"""A pytest plugin with which each door can be left ajar while the program runs: `./dev mutate-access`.

A door is a call of `visible_to(…)` or of `can_…(…)`. All are rewritten as the modules are read, so that one world and one
process serve for all of them: with `ajar` set to its name a door shows all rows, or says yes.
"""

import ast
import builtins
import sys
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

ROOT = Path(__file__).parent.parent
APPS = ("accounts", "interviews", "followups", "coaching", "config")


class Doors:
    def __init__(self):
        self.known = {}
        self.ajar = None
        # In what was asked last: those that were come by, and those at which it makes a difference.
        self.asked = set()
        self.passed = set()

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


doors = Doors()
builtins.__doors__ = doors


class LeaveHandles(ast.NodeTransformer):
    def __init__(self, path):
        self.path = path

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
        doors.known[name] = ast.unparse(node)[:90] if kind == "yes" else f"{kind}: {ast.unparse(calls[0].body)[:90]}"
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
