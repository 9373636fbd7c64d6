"""Opening hours as schema.org's OpeningHoursSpecification.

It never says more than the timetable does. schema.org knows weekdays, public holidays (which override the weekday they fall on) and dates; a
specification without `opens` says closed. It has no nth weekday and no day of the month: such rules are left out, and so is a
season that comes back every year, as nobody has announced the next one. What is left out reads as closed, never as open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from .description import ClosedHolidays, Description, Line, Span, describe
from .timetable import HOLIDAY, MINUTES_A_DAY, WEEKDAYS, OnHoliday, Period, Timetable, clock

SCHEMA = "https://schema.org"
DAYS = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
) | {HOLIDAY: "PublicHolidays"}


def opening_hours(timetable: Timetable, today: date) -> list[dict[str, Any]]:
    """The openings, then the closures. A closure that comes back every year is said for the one that is on or comes next."""
    description = describe(timetable, today)
    if any(period.is_yearly for period in description.seasons):
        return []
    seasons = [_dates(period, today) for period in description.seasons] if description.seasons else [{}]
    openings = [
        {**_specification(dayOfWeek=[f"{SCHEMA}/{DAYS[day]}" for day in _sure_days(line)]), **_clocks(span), **season}
        for season in seasons
        if season is not None
        for line in description.lines
        if line.days.hold_every_week
        for span in line.spans
    ]
    return [*openings, *_closures(description, openings, today)] if openings else []


def _sure_days(line: Line) -> list[str]:
    """The days on which it surely holds: a public holiday may fall on any weekday."""
    days = list(line.days.weekdays)
    on_any_holiday = line.days.names_every_weekday and line.on_holiday is OnHoliday.AS_WEEKDAY
    return [*days, HOLIDAY] if on_any_holiday or line.days.names_holidays else days


def _closures(description: Description, openings: list[dict[str, Any]], today: date) -> Iterator[dict[str, Any]]:
    holidays = f"{SCHEMA}/{DAYS[HOLIDAY]}"
    if description.closed_holidays is not ClosedHolidays.NONE and not any(holidays in o["dayOfWeek"] for o in openings):
        yield _specification(dayOfWeek=[holidays])
    for period in description.closed_periods:
        if dates := _dates(period, today):
            yield _specification(**dates)


def _dates(period: Period, today: date) -> dict[str, str] | None:
    """None for what is past."""
    dates = period.dates(today)
    return dates and {"validFrom": dates[0].isoformat(), "validThrough": dates[1].isoformat()}


def _clocks(span: Span) -> dict[str, str]:
    """A closing time before the opening one is on the next day. Round the clock is a minute short, 00:00 to 23:59, as is the
    custom: with the same time twice, nobody could tell it from closed."""
    closes = span.closes - 1 if span.closes - span.opens == MINUTES_A_DAY else span.closes
    return {"opens": clock(span.opens), "closes": clock(closes % MINUTES_A_DAY)}


def _specification(**values: Any) -> dict[str, Any]:
    return {"@type": "OpeningHoursSpecification", **values}
