"""After repeated failures: who has to wait, until when, and whom to ask.

A few failures lock a name at the address that they came from. Many, from wherever, lock the name: addresses are cheap.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST_FAILURES_OF_A_NAME = 20


class LockByNameToo(AxesDatabaseHandler):  # type: ignore[misc]
    """Axes knows one limit. Failures under a name from wherever count for it as well, in proportion to theirs."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        here: int = super().get_failures(request, credentials)
        anywhere = _count(_of_the_name(request, credentials)) * settings.AXES_FAILURE_LIMIT // MOST_FAILURES_OF_A_NAME
        return max(here, anywhere)


def locked_out(request: HttpRequest, original: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    return render(request, "desk/accounts/locked.html", {"again_at": _again_at(request, credentials)}, status=429)


def _again_at(request: HttpRequest, credentials: dict[str, Any] | None) -> datetime | None:
    """When the last of the locks that hold comes off."""
    here = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    locks = [attempts for attempts in here if _count(attempts) >= settings.AXES_FAILURE_LIMIT]
    name = _of_the_name(request, credentials)
    if _count(name) >= MOST_FAILURES_OF_A_NAME:
        locks.append(name)
    last: list[datetime] = [moment for some in locks if (moment := some.aggregate(last=Max("attempt_time"))["last"])]
    return max(last) + get_cool_off(request) if last else None


def _of_the_name(request: HttpRequest, credentials: dict[str, Any] | None) -> QuerySet[AccessAttempt]:
    since = get_cool_off_threshold(request)
    attempts: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(attempt_time__gte=since)
    return attempts.filter(username=get_client_username(request, credentials))


def _count(attempts: QuerySet[AccessAttempt]) -> int:
    return attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
