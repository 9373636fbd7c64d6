"""Where the desk is to be found from outside."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings


def from_outside(path: str) -> str:
    """A whole address at the desk, for somebody who is not there yet."""
    if settings.DESK_HOST:
        return f"{urlsplit(settings.SITE_URL).scheme}://{settings.DESK_HOST}{path}"
    return f"{settings.SITE_URL}{path}"
