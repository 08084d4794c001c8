"""Which calls are doors: `visible_to(…)` and `can_…(…)`, found as a file is read and rewritten."""

import ast

# They ask about a thing, not about a person.
OF_NOBODY = {"can_carry_more"}


class LeaveHandles(ast.NodeTransformer):
    """Each door in this file asks `__doors__` first; `known` learns its name, and where it stands."""

    def __init__(self, path, known):
        self.path = path
        self.known = known
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
        if word.startswith("can_") and word not in OF_NOBODY:
            return self._door(node, "yes", later(node))
        return node

    def _door(self, node, kind, *calls):
        name = f"{self.path}:{node.lineno}:{node.col_offset}"
        self.known[name] = f"{'.'.join(self.within)}: {ast.unparse(node)[:90]}"
        hinge = ast.Attribute(ast.Name("__doors__", ast.Load()), kind, ast.Load())
        return ast.copy_location(ast.Call(hinge, [ast.Constant(name), *calls], []), node)


def later(expression):
    nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    return ast.Lambda(nothing, expression)
