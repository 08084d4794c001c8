"""Read by gunicorn when it starts in this folder. What differs between machines stays on its command line."""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module

# Where the workers count requests, so that whichever is asked for /metrics tells of all (config/request_metrics.py).
if os.environ.get("AFTERWORD_METRICS_TOKEN") and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="afterword-metrics-")


def on_exit(server):
    """What this server has counted ends with it."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shutil.rmtree(folder, ignore_errors=True)


def when_ready(server):
    """Print the link for the first admin as long as there is none. In a process of its own: this one must hold no connection."""
    if not os.environ.get("DEBUG"):
        subprocess.run([sys.executable, "manage.py", "first_admin", "--at-start"], check=False, timeout=60)


def post_worker_init(worker):
    """Read every address now, and look through none of what is loaded for garbage again: that held up a request for 0.2 s.

    Its requests have room for the frames of their calls in one piece.
    """
    from django.conf import settings  # noqa: PLC0415 -- the worker has set Django up by now

    from config.room import with_room  # noqa: PLC0415

    import_module(settings.ROOT_URLCONF)
    worker.run = with_room(worker.run)
    gc.collect()
    gc.freeze()
