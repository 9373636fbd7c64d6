"""For load balancers and operators: whether this worker can serve, and what is wrong although it serves.

Both addresses answer before anything else looks at the request (see notalone.middleware.answer_health_checks): a probe by IP address
or without the proxy's headers is no reason to call a site dead. Nothing here asks the database.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from catalog.pages.decorators import read_only
from catalog.release import serving

FREE_BYTES = (
    100 * 1024 * 1024
)  # below this the disk counts as full: a Release with its copy and an import take a few dozen megabytes
SOURCES_ARE_STALE_AFTER = timedelta(days=180)  # without a single entry verified


@read_only
def health(request: HttpRequest) -> HttpResponse:
    """200 with the number of the Release being served, 503 while there is nothing to show."""
    try:
        return HttpResponse(f"release {serving.current().number}\n", content_type="text/plain")
    except serving.NothingPublished:
        return HttpResponse("nothing published\n", content_type="text/plain", status=503)


@read_only
def details(request: HttpRequest) -> HttpResponse:
    """{"ok", "serving", "troubles": [...]}; 200 while something is served, whatever the troubles."""
    try:
        status = serving.status()
    except serving.NothingPublished:
        return JsonResponse({"ok": False, "serving": None, "troubles": ["nothing published"]}, status=503)
    troubles = list(_troubles(status))
    return JsonResponse({"ok": not troubles, "serving": status.serving, "troubles": troubles})


def _troubles(status: serving.Status) -> Iterator[str]:
    if status.database_is_away:
        yield "database away"
    if status.refused is not None:
        yield f"release {status.refused} refused"
    if status.copy_failed:
        yield "copy older"
    if _is_disk_full():
        yield "disk full"
    if _are_sources_stale(timezone.localdate()):
        yield "sources stale"


def _is_disk_full() -> bool:
    try:
        return shutil.disk_usage(settings.VAR_DIR).free < FREE_BYTES
    except OSError:
        return True


def _are_sources_stale(today: date) -> bool:
    """Whether nobody has verified anything for half a year. Dates are 2026, 2026-04 or 2026-04-01, and sort as text."""
    newest = max((support.verified_on for support in serving.current().available), default="")
    return newest < (today - SOURCES_ARE_STALE_AFTER).isoformat()[: len(newest) or None]
