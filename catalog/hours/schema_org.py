"""Opening hours as schema.org's OpeningHoursSpecification. Pure Python.

Said is only what is so. schema.org knows weekdays, public holidays (which override the weekday they fall on) and dates; a
specification without `opens` says closed. It has no nth weekday and no day of the month: such rules are left out, and so is a
season that comes back every year, as nobody has announced the next one. What is left out reads as closed, never as open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from .timetable import HOLIDAY, MINUTES_A_DAY, WEEKDAYS, Period, Rule, Timetable, clock

SCHEMA = "https://schema.org"
DAYS = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
) | {HOLIDAY: "PublicHolidays"}


def opening_hours(timetable: Timetable, today: date) -> list[dict[str, Any]]:
    """The openings, then the closures. A closure that comes back every year is said for the one that is on or comes next."""
    if any(period.is_yearly for period in timetable.open_periods):
        return []
    seasons = [_dates(period, today) for period in timetable.open_periods] if timetable.open_periods else [{}]
    openings = [
        {**_specification(dayOfWeek=[f"{SCHEMA}/{DAYS[day]}" for day in days]), **_clocks(rule), **season}
        for season in seasons
        if season is not None
        for rule, days in _weekly(timetable)
    ]
    return [*openings, *_closures(timetable, openings, today)] if openings else []


def _weekly(timetable: Timetable) -> Iterator[tuple[Rule, list[str]]]:
    """The rules that hold every week, with the days on which they surely do."""
    if timetable.always:
        yield Rule(0, MINUTES_A_DAY), [*WEEKDAYS, HOLIDAY]
        return
    for rule in timetable.rules:
        if rule.weeks or rule.month_days:
            continue
        days = [day for day in WEEKDAYS if not rule.days or day in rule.days]
        whatever_day = len(days) == len(WEEKDAYS) and (rule.even_on_holidays or not _holidays_differ(timetable))
        yield rule, [*days, HOLIDAY] if whatever_day or HOLIDAY in rule.days else days


def _holidays_differ(timetable: Timetable) -> bool:
    return timetable.closed_on_holidays or any(HOLIDAY in rule.days for rule in timetable.rules)


def _closures(timetable: Timetable, openings: list[dict[str, Any]], today: date) -> Iterator[dict[str, Any]]:
    holidays = f"{SCHEMA}/{DAYS[HOLIDAY]}"
    if not timetable.always and _holidays_differ(timetable) and not any(holidays in o["dayOfWeek"] for o in openings):
        yield _specification(dayOfWeek=[holidays])
    for period in timetable.closed_periods:
        if dates := _dates(period, today):
            yield _specification(**dates)


def _dates(period: Period, today: date) -> dict[str, str] | None:
    """None for what is past."""
    dates = period.dates(today)
    return dates and {"validFrom": dates[0].isoformat(), "validThrough": dates[1].isoformat()}


def _clocks(rule: Rule) -> dict[str, str]:
    """A closing time before the opening one is on the next day. Round the clock is a minute short, 00:00 to 23:59, as is the
    custom: with the same time twice, nobody could tell it from closed."""
    closes = rule.closes - 1 if rule.closes - rule.opens == MINUTES_A_DAY else rule.closes
    return {"opens": clock(rule.opens), "closes": clock(closes % MINUTES_A_DAY)}


def _specification(**values: Any) -> dict[str, Any]:
    return {"@type": "OpeningHoursSpecification", **values}
