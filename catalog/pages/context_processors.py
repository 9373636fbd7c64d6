"""What every public template may show."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from catalog.release import serving


def crisis_strip(request: HttpRequest | None) -> dict[str, Any]:
    """The always-open line for the strip. Empty while nothing is published: the strip still shows 110 and 119."""
    try:
        directory = serving.current()
    except serving.NothingPublished:
        return {"strip": None}
    return {"strip": directory.crisis_strip, "child_strip": directory.child_crisis_strip}
