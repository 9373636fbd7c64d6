"""Pages for when something went wrong. They need nothing of the request: the numbers must stand there whatever broke."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.loader import render_to_string

from catalog.context import crisis_strip


def error_page(template: str, status: int) -> HttpResponse:
    """With the always-open line, unless even that cannot be had: then with 110 and 119."""
    try:
        context = crisis_strip(None)
    except Exception:  # noqa: BLE001 (this page must come, whatever broke)
        context = {}
    return HttpResponse(render_to_string(template, context), status=status)
