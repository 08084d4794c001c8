"""Read by gunicorn when it starts in this folder. What differs between machines stays on its command line."""

import gc
import os
import subprocess
import sys
from importlib import import_module


def when_ready(server):
    """Print the link for the first admin as long as there is none. In a process of its own: this one must hold no connection."""
    if not os.environ.get("DEBUG"):
        subprocess.run([sys.executable, "manage.py", "first_admin", "--at-start"], check=False, timeout=60)


def post_worker_init(worker):
    """Read every address now, and look through none of what is loaded for garbage again: that held up a request for 0.2 s."""
    from django.conf import settings  # noqa: PLC0415 -- the worker has set Django up by now

    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
