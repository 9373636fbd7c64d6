"""Headers of static files, which WhiteNoise answers before any middleware of ours. Apart, as the settings import it."""

from __future__ import annotations

from wsgiref.headers import Headers


def add_headers(headers: Headers, path: str, url: str) -> None:
    """No other site may embed them."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
