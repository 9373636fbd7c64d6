"""A timetable as plain values, in the database's and the payload's shape, and the Timetable that they mean."""

from __future__ import annotations

from typing import Protocol, TypedDict

from .timetable import MINUTES_A_DAY, Rule, Timetable, parse_clock, parse_periods


class HoursRow(TypedDict):
    """One rule; the clocks are "09:30". A closing time not after the opening one is on the next day."""

    days: list[str]
    weeks: list[int]
    month_days: list[int]
    opens: str
    closes: str
    even_on_holidays: bool


class HoursValues(Protocol):
    """Whatever holds the values of one rule, as the model Hours does."""

    days: list[str]
    weeks: list[int]
    month_days: list[int]
    opens: str
    closes: str
    even_on_holidays: bool


def hours_row(hours: HoursValues) -> HoursRow:
    return {
        "days": hours.days,
        "weeks": hours.weeks,
        "month_days": hours.month_days,
        "opens": hours.opens,
        "closes": hours.closes,
        "even_on_holidays": hours.even_on_holidays,
    }


class TimetableRow(TypedDict):
    """When a contact answers. Periods are in the stored notation, "12-29/01-03 08-13/08-16"."""

    always_open: bool
    hours: list[HoursRow]
    closed_on_holidays: bool
    closed_periods: str
    open_periods: str


def timetable_from(row: TimetableRow) -> Timetable:
    """Raises ValueError where a clock or a period cannot be read."""
    return Timetable(
        always=row["always_open"],
        rules=tuple(rule_from(rule) for rule in row["hours"]),
        closed_on_holidays=row["closed_on_holidays"],
        closed_periods=parse_periods(row["closed_periods"]),
        open_periods=parse_periods(row["open_periods"]),
    )


def rule_from(row: HoursRow) -> Rule:
    """Raises ValueError where a clock cannot be read."""
    opens, closes = parse_clock(row["opens"]), parse_clock(row["closes"])
    return Rule(
        opens=opens,
        closes=closes if closes > opens else closes + MINUTES_A_DAY,
        days=frozenset(row["days"]),
        weeks=frozenset(row["weeks"]),
        month_days=frozenset(row["month_days"]),
        even_on_holidays=row["even_on_holidays"],
    )
