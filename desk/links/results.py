"""Keeps what a round of checks found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from desk.models import LinkCheck

from .addresses import in_use
from .fetching import Answer, Outcome
from .running import host_of

# So many hosts without one answer: it is our own line that is down.
SILENT_ROUND = 3


class NobodyAnswered(Exception):
    """No server at all answered. Nothing was recorded."""


def due(*, older_than: timedelta | None = None, limit: int | None = None) -> list[str]:
    """The addresses to check, never checked ones first, then those checked longest ago. What did not open is always due."""
    wanted = in_use()
    checks = LinkCheck.objects.order_by(F("checked_at").asc())
    known = {
        url: (checked_at, ok, failures)
        for url, checked_at, ok, failures in checks.values_list("url", "checked_at", "ok", "failures")
    }
    fresh_from = timezone.now() - older_than if older_than is not None else None

    def is_due(url: str) -> bool:
        if url not in known or fresh_from is None:
            return True
        checked_at, ok, failures = known[url]
        return (not ok and failures > 0) or checked_at < fresh_from

    def age(url: str) -> tuple[bool, datetime, str]:
        return (url in known, known[url][0] if url in known else timezone.now(), url)

    return sorted(filter(is_due, wanted), key=age)[:limit]


def record_all(found: Iterable[tuple[str, Answer]]) -> Iterator[tuple[LinkCheck, Outcome]]:
    """Save each answer as it comes. Raises NobodyAnswered, with nothing saved, when none of several hosts answered."""
    held: list[tuple[str, Answer]] = []
    somebody_answered = False
    for url, answer in found:
        held.append((url, answer))
        somebody_answered = somebody_answered or answer.status is not None
        if somebody_answered:
            yield from ((_record(*pair), pair[1].outcome) for pair in held)
            held = []
    if len({host_of(url) for url, _ in held}) >= SILENT_ROUND:
        raise NobodyAnswered
    yield from ((_record(*pair), pair[1].outcome) for pair in held)


def _record(url: str, answer: Answer) -> LinkCheck:
    check = LinkCheck.objects.filter(url=url).first() or LinkCheck(url=url)
    now = timezone.now()
    broken = answer.outcome is Outcome.BROKEN
    check.checked_at = now
    check.ok = answer.outcome is Outcome.OK
    check.status = answer.status
    check.message = answer.message[: LinkCheck._meta.get_field("message").max_length]
    check.failures = check.failures + 1 if broken else 0
    check.failing_since = (check.failing_since or now) if broken else None
    check.save()
    return check


def forget_unused() -> int:
    """Drop the checks of addresses that stand nowhere any more. Returns how many."""
    wanted = set(in_use())
    unused = [check for check, url in LinkCheck.objects.values_list("pk", "url") if url not in wanted]
    for start in range(0, len(unused), 500):
        LinkCheck.objects.filter(pk__in=unused[start : start + 500]).delete()
    return len(unused)
