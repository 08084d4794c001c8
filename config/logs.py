"""JSON logs without bodies, addresses or values from the database."""

import logging
import re

import structlog
from django.db import Error as DatabaseError

renderer = structlog.processors.JSONRenderer()
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
_ADDRESS = re.compile(r"[^\s@<>\"']{1,64}@[^\s@<>\"']{1,255}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43,}")


class WithoutValues(logging.Filter):
    """Keeps class and constraint of a database error, never its "Failing row contains"; masks addresses and one-time tokens."""

    def filter(self, record):
        if record.exc_info and isinstance(record.exc_info[1], DatabaseError):
            cause = getattr(record.exc_info[1], "__cause__", None)
            name = getattr(getattr(cause, "diag", None), "constraint_name", None)
            record.msg, record.args = (
                f"{record.getMessage().splitlines()[0]} [{type(cause or record.exc_info[1]).__name__} {name or ''}]",
                (),
            )
            record.exc_info = record.exc_text = None
        if isinstance(record.msg, str):
            record.msg, record.args = mask(record.getMessage()), ()
        return True


def mask(text):
    return _TOKEN.sub("…", _ADDRESS.sub("…@…", text))
