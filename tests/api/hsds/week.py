"""Reading schedules as a program does that gets nothing but the JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import jpholiday

Row = dict[str, Any]
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONE_DAY = timedelta(days=1)


def is_open(rows: Iterable[Row], moment: datetime, *, knows_the_profile: bool = True) -> bool:
    """`moment`: naive, in Japan."""
    days = (moment.date() - ONE_DAY, moment.date())
    return any(
        _begins_on(row, day, knows_the_profile) and _covers(row, day, moment)
        for row in rows
        for day in days
        if "opens_at" in row
    )


def is_ordinary(rows: Iterable[Row], day: date) -> bool:
    """A day on which the standard's own fields tell everything."""
    return not any(_is_exceptional(rows, near) for near in (day, day - ONE_DAY))


def _is_exceptional(rows: Iterable[Row], day: date) -> bool:
    closed = (_in_period(period, day) for row in rows for period in row.get("closed_periods", ()))
    return bool(jpholiday.is_holiday(day)) or any(closed)


def _begins_on(row: Row, day: date, knows_the_profile: bool) -> bool:
    if (
        not date.fromisoformat(row.get("valid_from", "0001-01-01"))
        <= day
        <= date.fromisoformat(row.get("valid_to", "9999-12-31"))
    ):
        return False
    if not knows_the_profile:
        return _recurs_on(row, day)
    if any(_in_period(period, day) for period in row.get("closed_periods", ())):
        return False
    if jpholiday.is_holiday(day):
        how = row["holidays"]
        return how in {"also", "only"} or (how == "as_weekday" and _recurs_on(row, day))
    return _recurs_on(row, day)


def _recurs_on(row: Row, day: date) -> bool:
    """RFC 5545, as far as HSDS has it."""
    if "freq" not in row:
        return False
    code, week = CODES[day.weekday()], (day.day - 1) // 7 + 1
    days, month_days = row.get("byday", "").split(","), row.get("bymonthday", "").split(",")
    if days != [""] and code not in days and not (row["freq"] == "MONTHLY" and f"{week}{code}" in days):
        return False
    return month_days == [""] or str(day.day) in month_days


def _in_period(period: dict[str, str], day: date) -> bool:
    if len(period["first"]) == len("2026-12-31"):
        return period["first"] <= day.isoformat() <= period["last"]
    today = f"{day:%m-%d}"
    if period["first"] <= period["last"]:
        return period["first"] <= today <= period["last"]
    return today >= period["first"] or today <= period["last"]


def _covers(row: Row, day: date, moment: datetime) -> bool:
    opens, closes = (_on(day, row[name]) for name in ("opens_at", "closes_at"))
    if closes.minute == 59:  # HSDS writes the last minute of a whole day
        closes += timedelta(minutes=1)
    return opens <= moment < closes + (ONE_DAY if row.get("closes_next_day") else timedelta(0))


def _on(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock.removesuffix('+09:00')}")
