"""Log lines that name no address."""

from __future__ import annotations

import logging


class WithoutAddress(logging.Filter):
    """Django's line for an error names the address asked for; an asked-for link's address holds answers. The error is enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "django.request":
            record.msg, record.args = "A request failed", ()
            record.__dict__.pop("request", None)
        return True
