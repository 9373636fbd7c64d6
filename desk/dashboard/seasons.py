"""What soon begins or ends, by the yearly or dated periods of contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import IntEnum

from catalog.hours.timetable import Period, parse_periods

SOON = timedelta(days=30)


class Change(IntEnum):
    """What is coming, the most pressing first."""

    PASSED = 1  # every dated season of it lies behind
    UNWRITTEN = 2  # said to be seasonal, but no dates are written down
    ENDS = 3
    BEGINS = 4
    REST_BEGINS = 5
    REST_PASSED = 6  # a dated closure that lies behind: harmless, to be tidied away

    @property
    def words(self) -> str:
        return {
            Change.PASSED: "開く期間が過ぎました。次の期間を調べて書いてください",
            Change.UNWRITTEN: "「期間をかぎって開く」のに、期間が書かれていません",
            Change.ENDS: "まもなく終わります",
            Change.BEGINS: "まもなく始まります",
            Change.REST_BEGINS: "まもなく休みに入ります",
            Change.REST_PASSED: "書いてある休みが過ぎました。次の休みがあれば書いてください",
        }[self]


def changes(open_periods: str, closed_periods: str, today: date) -> Iterator[tuple[Change, date]]:
    """What comes within 30 days, and what lies behind, with its day. Periods that cannot be read say nothing: the check before
    publishing names them."""
    seasons, rests = _parsed(open_periods), _parsed(closed_periods)
    if seasons and all(last < today for period in seasons for _, last in period.dates_around(today)):
        yield Change.PASSED, max(last for period in seasons for _, last in period.dates_around(today))
    for period in seasons:
        for first, last in period.dates_around(today):
            if today < first <= today + SOON:
                yield Change.BEGINS, first
            if first <= today <= last <= today + SOON:
                yield Change.ENDS, last
    for period in rests:
        for first, last in period.dates_around(today):
            if today < first <= today + SOON:
                yield Change.REST_BEGINS, first
            if not period.is_yearly and last < today:
                yield Change.REST_PASSED, last


def _parsed(text: str) -> tuple[Period, ...]:
    try:
        return parse_periods(text)
    except ValueError:
        return ()
