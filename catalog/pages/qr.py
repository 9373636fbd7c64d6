"""QR codes, drawn by segno."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString


def qr_svg(url: str) -> SafeString:
    """Inline SVG for a page; it takes its size from the style sheet."""
    drawing: str = segno.make(url, error="m").svg_inline(omitsize=True, border=4, light="#fff", svgclass="qr")
    return SafeString(drawing)  # segno draws it, the address is only encoded


def qr_file(url: str, kind: str) -> bytes:
    """A file for print: kind is "svg" or "png"."""
    buffer = io.BytesIO()
    segno.make(url, error="m").save(buffer, kind=kind, scale=12, border=4, light="#fff")
    return buffer.getvalue()
