"""Who was erased, kept beside the database: a backup that is restored holds people who are gone, and not the news that they are.

One line for each, with the public id that they had and when; nothing else. The file is only ever added to, so that several
machines may keep one each.
"""

import json
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


def note(public_id, now):
    """Add a line, and come back once it is on the disk. Raises OSError: then nobody is erased yet."""
    if not settings.AFTERWORD_ERASURE_LEDGER:
        return
    line = _line(public_id, now)
    # One write, so that the lines of two processes never mix; and a new line first, in case the last one was cut off.
    file = os.open(settings.AFTERWORD_ERASURE_LEDGER, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        content = f"\n{line}\n".encode()
        if os.write(file, content) < len(content):
            raise OSError("no room for a line of the ledger")
        os.fsync(file)
    finally:
        os.close(file)


def write(path, entries):
    """A whole ledger, from (public id, instant) each."""
    Path(path).write_text("".join(f"{_line(public_id, at)}\n" for public_id, at in entries))


def _line(public_id, at):
    return json.dumps({"person": str(public_id), "at": at.astimezone(UTC).isoformat(timespec="seconds")})


def read(path):
    """(public id, instant) of each line, and how many lines were cut off. Raises ValueError for what is no ledger at all."""
    lines = [line for line in Path(path).read_text().splitlines() if line.strip()]
    entries = [entry for entry in map(_entry, lines) if entry]
    if lines and not entries:
        raise ValueError("no line of it is one of a ledger")
    return entries, len(lines) - len(entries)


def _entry(line):
    """None for the line of a process that was killed while it wrote: whoever follows it writes the line again."""
    try:
        found = json.loads(line)
        return uuid.UUID(found["person"]), datetime.fromisoformat(found["at"])
    except (ValueError, KeyError, TypeError):
        return None
