"""Strip log lines of addresses and of words that somebody posted."""

from __future__ import annotations

import logging
from traceback import format_tb


class WithoutAddress(logging.Filter):
    """Of an error, keep what broke and where: Django's line names the address asked for, and an exception's own words may repeat what
    was posted."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "is_stripped", False):  # a logger's filter and its handler's are both this one
            return True
        record.is_stripped = True
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if record.name == "django.request":
            record.msg, record.args = "A request failed", ()
            record.__dict__.pop("request", None)
        if error is not None:
            record.msg, record.args = (
                f"{record.getMessage()}: {type(error).__name__}\n{''.join(format_tb(error.__traceback__))}",
                (),
            )
            record.exc_info = record.exc_text = None
        return True
