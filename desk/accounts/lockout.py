"""After repeated failures: when to try again, and whom to ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, original: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    return render(request, "desk/accounts/locked.html", {"again_at": _again_at(request, credentials)}, status=429)


def _again_at(request: HttpRequest, credentials: dict[str, Any] | None) -> datetime | None:
    failures = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    last: list[datetime] = [moment for some in failures if (moment := some.aggregate(last=Max("attempt_time"))["last"])]
    return max(last) + get_cool_off(request) if last else None
