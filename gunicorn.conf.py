"""Read by gunicorn when it starts in this folder. What differs between machines stays on its command line."""

import os
import subprocess
import sys


def when_ready(server):
    """Print the link for the first admin as long as there is none. In a process of its own: this one must hold no connection."""
    if not os.environ.get("DEBUG"):
        subprocess.run([sys.executable, "manage.py", "first_admin", "--at-start"], check=False, timeout=60)
