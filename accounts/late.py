"""A module of a library that is loaded when something of it is first used, not when a module that may use it is."""

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
