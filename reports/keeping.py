"""Takes a report in, within limits: of one sender, of the whole queue, and of the threads that wait for the database."""

from __future__ import annotations

import threading

from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpRequest

from catalog.pages.decorators import anonymous_caller

from .forms import Problem
from .models import Report

MOST_AN_HOUR = 10  # from one address to one worker
MOST_OPEN = 500  # of all; a flood fills neither the disk nor the staff's week
AN_HOUR = 60 * 60  # seconds

# The threads serve the public pages, too, which need no database: while it hangs, no more of them than these wait for it.
_waiting = threading.BoundedSemaphore(2)


def keep(report: Report, request: HttpRequest) -> Problem | None:
    """Save it for the desk. Returns what stood in the way. What waits there in the same words is not kept twice."""
    if not _may_send(request):
        return Problem.TOO_OFTEN
    if not _waiting.acquire(blocking=False):
        return Problem.AWAY
    try:
        return _save(report)
    except DatabaseError:  # no line in the log: the watcher says that the database is away
        return Problem.AWAY
    finally:
        _waiting.release()


def _save(report: Report) -> Problem | None:
    Report.objects.forget_old()
    if Report.objects.still_open().count() >= MOST_OPEN:
        return Problem.FULL
    Report.objects.bulk_create([report], ignore_conflicts=True)
    return None


def _may_send(request: HttpRequest) -> bool:
    """Counts this one. Only hashes of addresses are counted, in memory (see catalog.pages.decorators.anonymous_caller)."""
    counts = caches["throttle"]
    key = f"report:{anonymous_caller(request)}"
    counts.add(key, 0, AN_HOUR)
    try:
        return counts.incr(key) <= MOST_AN_HOUR
    except ValueError:  # the hour has just ended
        return True
