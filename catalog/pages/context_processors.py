"""What every public template may show."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from .imprint import Imprint, imprint
from .strip import StripLine, strip_lines


def on_every_page(request: HttpRequest | None) -> dict[str, StripLine | Imprint | str]:
    """The lines of the strip, where すぐに閉じる leads, and who speaks."""
    line, child_line = strip_lines()
    return {"strip": line, "child_strip": child_line, "exit_url": settings.EXIT_URL, "imprint": imprint()}
