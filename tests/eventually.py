"""Waiting for something that another process or thread does."""

import threading
import time


def eventually(condition, *, seconds=20, what="the condition"):
    """Ask `condition()` until it is true and return its answer; fail once the time is over."""
    pause, end = threading.Event(), time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < end, f"{what} did not come true within {seconds} s"
        pause.wait(0.02)
    return answer
