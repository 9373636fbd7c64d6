"""A notice at the head of every page that is rendered meanwhile, error pages too. A preview names itself with it.

It is kept in a context variable, so that no view has to pass it on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.safestring import SafeString

_notice: ContextVar[SafeString] = ContextVar("notice")


def current() -> SafeString:
    """The notice as HTML; empty on a public page."""
    return _notice.get(SafeString())


@contextmanager
def on_every_page(notice: SafeString) -> Iterator[None]:
    token = _notice.set(notice)
    try:
        yield
    finally:
        _notice.reset(token)
