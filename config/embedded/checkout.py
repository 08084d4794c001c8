"""One demo per checkout: a lock, and the processes that an earlier one may have left behind."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from config.embedded.processes import CannotStart, wait_until

GRACE_SECONDS = 5


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, or say who does. The kernel frees it however the holder ends."""
    folder.mkdir(parents=True, exist_ok=True)
    # PostgreSQL, as another user, passes through; nobody looks inside.
    folder.chmod(0o711)
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotStart(f"it already runs from this checkout (process {lock.read().strip()}).") from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def is_running(folder: Path) -> bool:
    """Whether a demo holds the folder's lock."""
    try:
        with only_one(folder):
            return False
    except CannotStart:
        return True


def birth(pid: int) -> str:
    """When a process was started, as the system prints it: with its number it names one process for good. '' if gone."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            state, *_, started = stat.read_text().rpartition(")")[2].split()[:20]
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return "" if state == "Z" else started
    return subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()


class Register:
    """The file with the processes of this run, read by the next one."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "processes.json"

    def add(self, pid: int) -> None:
        """Note a process that was started."""
        self.file.write_text(json.dumps(self.noted() | {str(pid): birth(pid)}))

    def noted(self) -> dict[str, str]:
        """What is noted: number → birth."""
        try:
            return {str(pid): str(born) for pid, born in json.loads(self.file.read_text()).items()}
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def left_behind(self) -> list[int]:
        """The noted processes that still live: those of a run that was killed."""
        return [int(pid) for pid, born in self.noted().items() if born and birth(int(pid)) == born]

    def clear(self) -> int:
        """End what an earlier run left behind and forget it; the number that had to be ended.

        Where the kernel ends children with their parent (Linux), they are on their way out already: give them a moment.
        """
        with contextlib.suppress(CannotStart):
            wait_until(lambda: not self.left_behind(), "their end", seconds=GRACE_SECONDS)
        left = self.left_behind()
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        wait_until(lambda: not self.left_behind(), "the end of an earlier demo's processes", seconds=10)
        self.file.unlink(missing_ok=True)
        return len(left)
