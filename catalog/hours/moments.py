"""Moments that stand for many others, found from a day in Japan. `today` counts as one of the next days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from .timetable import JAPAN, is_public_holiday

SATURDAY, SUNDAY = 5, 6


def ordinary_afternoon(today: date) -> datetime:
    """14:00 on the next working day: most lines are open."""
    return _at(_next(today, lambda day: day.weekday() < SATURDAY and not is_public_holiday(day)), time(14))


def ordinary_sunday(today: date) -> datetime:
    """10:00 on the next Sunday."""
    return _at(_next(today, lambda day: day.weekday() == SUNDAY), time(10))


def new_years_night(today: date) -> datetime:
    """3:30 on the next 1 January: fewer answer than at any other hour."""
    return _at(date(today.year + 1, 1, 1), time(3, 30))


def _next(today: date, fits: Callable[[date], bool]) -> date:
    days = (today + timedelta(days=n) for n in range(30))
    return next(day for day in days if fits(day) and not _is_around_new_year(day))


def _is_around_new_year(day: date) -> bool:
    """When so many are closed."""
    return (day.month, day.day) >= (12, 28) or (day.month, day.day) <= (1, 4)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, JAPAN)
