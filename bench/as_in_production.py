"""Runs a module without what is installed for development alone: some libraries load it wherever they find it.

python -m bench.as_in_production gunicorn config.wsgi …
"""

import runpy
import sys

# structlog takes the first for tracebacks in a terminal and asks whether the second runs; both come with tools of the tests.
DEVELOPMENT = ("rich", "greenlet")

if __name__ == "__main__":
    sys.modules.update(dict.fromkeys(DEVELOPMENT))
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
