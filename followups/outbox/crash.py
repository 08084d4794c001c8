"""Named points at which a test makes the process end as `kill -9` would. Off unless DEBUG is on and the environment names one."""

import os
import signal

from django.conf import settings

POINTS = (
    "after_claim",
    "before_handover_commit",
    "after_handover_commit",
    "mid_data",
    "after_250",
    "before_record",
    "after_record",
)
_ASKED = os.environ.get("AFTERWORD_CRASH_AT", "")


def is_asked_for(point):
    return point == _ASKED and settings.DEVELOPMENT


def here(point):
    """End this process if it was started to end here."""
    if is_asked_for(point):
        os.kill(os.getpid(), signal.SIGKILL)
