"""What walks every path through the flows takes seconds, and the threads of this process serve the public, too."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

View = Callable[[HttpRequest], HttpResponse]
_looking = threading.Lock()


class StillLooking(Exception):
    """Somebody else's walk is on its way, and nobody waits for it."""


@contextmanager
def walking() -> Iterator[None]:
    """For what may walk: one at a time in this process. Raises StillLooking."""
    if not _looking.acquire(blocking=False):
        raise StillLooking
    try:
        yield
    finally:
        _looking.release()


def refuse_while_walking(site: AdminSite) -> Callable[[View], View]:
    """For views that may walk. Whoever asks while another one does is told at once, and the page asks again by itself."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            try:
                with walking():
                    return view(request)
            except StillLooking:
                return _still_looking(site, request)

        return guarded

    return decorate


def _still_looking(site: AdminSite, request: HttpRequest) -> HttpResponse:
    if "HX-Request" in request.headers:
        return TemplateResponse(request, "desk/_still_looking.html")
    context = {**site.each_context(request), "title": "いま調べています"}
    return TemplateResponse(request, "desk/still_looking.html", context)
