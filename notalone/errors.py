"""Pages for when something went wrong. They need nothing but the address: the numbers must stand there whatever broke."""

from __future__ import annotations

import errno
import logging

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from api.problems import problem_response
from catalog.pages.context_processors import on_every_page
from catalog.pages.strip import LINE
from catalog.text import furigana
from chatbot.pages import UNDER18

log = logging.getLogger(__name__)

# What is left where not even an error page can be rendered.
LAST_RESORT = f"""<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>くらしの案内</title></head>
<body><h1>ページを表示できませんでした</h1>
<p>危険なとき: <a href="tel:110">110（警察）</a>、<a href="tel:119">119（救急）</a></p>
<p>24時間・無料で話せます: <a href="{LINE.tel_uri}">{LINE.name} {LINE.number}</a></p></body></html>
"""


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """A page with 110, 119 and the always-open line, in children's words where children are; a program gets a problem in JSON."""
    if request.path.startswith(reverse("api:entrance")):
        return problem_response(status)
    status = 400 if status in (411, 413) else status  # people are not told the difference
    try:
        return HttpResponse(_page(request, status), status=status)
    except Exception as error:  # noqa: BLE001 (this page must come, whatever broke)
        log.error("The page for error %d could not be made (%s)", status, type(error).__name__)
        return HttpResponse(LAST_RESORT, status=status)


def is_at_the_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(f"/{settings.DESK_PATH}")


def cannot_save(error: BaseException | None) -> bool:
    """Whether something failed because the database is locked or away, or the disk is full."""
    is_disk_full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    return is_disk_full or isinstance(error, OperationalError)


def busy_page(request: HttpRequest) -> HttpResponse:
    """For staff: nothing was saved, what they wrote is one page back. It is made without asking the database who they are."""
    page = HttpResponse(render_to_string("desk/busy.html"), status=503)
    page["Retry-After"] = "10"
    return page


def _page(request: HttpRequest, status: int) -> str:
    context = on_every_page(request)
    if request.path.startswith(reverse("under18")):
        for_children = {"page": UNDER18, "reading": furigana.ALL, "status": status}
        return render_to_string("under18/trouble.html", {**context, **for_children})
    return render_to_string(f"{status}.html", context)
