"""Modules of libraries that are loaded once something of them is used, or not at all, though other libraries ask at the start."""

import contextlib
import importlib.util
import sys


def load_late(name):
    """Put `name` where imports find it, empty until the first look at it. For `from package import module` only."""
    if name in sys.modules:
        return
    spec = importlib.util.find_spec(name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    package, _, last = name.rpartition(".")
    setattr(sys.modules[package], last, module)


@contextlib.contextmanager
def hidden(name):
    """Within, whoever can do without this library finds it missing. It must not have been imported before."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None
    try:
        yield
    finally:
        del sys.modules[name]
