"""JSON logs without bodies, addresses or values from the database."""

import logging
import re
import traceback

import structlog
from django.db import Error as DatabaseError

renderer = structlog.processors.JSONRenderer()
# When, where, how grave, and of which request or task: for our own lines and those of libraries alike.
marks = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *marks,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
_ADDRESS = re.compile(r"[^\s@<>\"']{1,64}@[^\s@<>\"']{1,255}")
CALLS = 8
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43,}")


class WithoutValues(logging.Filter):
    """What may be logged of an event: never an address, a one-time token or a value.

    Of an exception its class and where it was raised are kept, and the constraint of a database error; not its message, which
    may hold what somebody typed ("Failing row contains …").
    """

    def filter(self, record):
        if record.exc_info and record.exc_info[1]:
            record.msg, record.args = f"{record.getMessage()} [{describe(record.exc_info[1])}]", ()
            record.exc_info = record.exc_text = None
        if isinstance(record.msg, dict):
            record.msg = {key: mask(value) if isinstance(value, str) else value for key, value in record.msg.items()}
            if isinstance(record.msg.get("request"), str):
                # What somebody searched for is what they wrote.
                record.msg["request"] = record.msg["request"].partition("?")[0]
        else:
            record.msg, record.args = mask(record.getMessage()), ()
        return True


def describe(error):
    """Class, constraint and the last calls of an exception, innermost first."""
    cause = error.__cause__ if isinstance(error, DatabaseError) and error.__cause__ else error
    constraint = getattr(getattr(cause, "diag", None), "constraint_name", None)
    calls = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return " < ".join([f"{type(cause).__name__} {constraint or ''}".strip(), *reversed(calls[-CALLS:])])


def mask(text):
    return _TOKEN.sub("…", _ADDRESS.sub("…@…", text))
