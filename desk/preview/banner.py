"""What a previewed page says of itself. Kept for one request, so that no view and no error page needs to pass it on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Banner:
    """`content`: 下書き or the Release. `at` is for a datetime-local field. The addresses are made outside the preview's own."""

    content: str
    content_code: str
    moment: str
    at: str
    page: str
    choose_url: str
    now_url: str  # "" where the page is shown as of now
    desk_url: str


_shown: ContextVar[Banner | None] = ContextVar("preview banner", default=None)


def current() -> Banner | None:
    return _shown.get()


@contextmanager
def on_every_page(banner: Banner) -> Iterator[None]:
    token = _shown.set(banner)
    try:
        yield
    finally:
        _shown.reset(token)
