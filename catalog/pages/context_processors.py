"""What every public template may show."""

from __future__ import annotations

from django.http import HttpRequest

from .strip import StripLine, strip_lines


def crisis_strip(request: HttpRequest | None) -> dict[str, StripLine]:
    line, child_line = strip_lines()
    return {"strip": line, "child_strip": child_line}
