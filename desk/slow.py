"""What walks every way through the flows takes seconds, and the threads of this process serve the public, too."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

View = Callable[[HttpRequest], HttpResponse]
_looking = threading.Lock()


def one_at_a_time(site: AdminSite) -> Callable[[View], View]:
    """For views that may walk. Whoever asks while another one does is told at once, and the page asks again by itself."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if not _looking.acquire(blocking=False):
                return _still_looking(site, request)
            try:
                return view(request)
            finally:
                _looking.release()

        return guarded

    return decorate


def _still_looking(site: AdminSite, request: HttpRequest) -> HttpResponse:
    if "HX-Request" in request.headers:
        return TemplateResponse(request, "desk/_still_looking.html")
    context = {**site.each_context(request), "title": "いま調べています"}
    return TemplateResponse(request, "desk/still_looking.html", context)
