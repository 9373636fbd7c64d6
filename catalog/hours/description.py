"""A timetable described once, as plain data, from which each writer makes its words.

The writers: `wording` (adults), `child_wording` (children), `notation` (staff, as they type), `schema_org` and the API's HSDS
(programs). What they say differs in words only, never in which days and hours are meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .timetable import DAYS, HOLIDAY, MINUTES_A_DAY, WEEKDAYS, OnHoliday, Period, Rule, Timetable


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a rule names. All that is given must hold: `weeks` of the month, `month_days`, and one of `days`."""

    days: tuple[str, ...]  # of timetable.DAYS, in that order; all seven weekdays where the rule names none
    weeks: tuple[int, ...]  # 1 is the 1st to the 7th; empty: every week
    month_days: tuple[int, ...]  # empty: any
    even_on_holidays: bool

    @property
    def weekdays(self) -> tuple[str, ...]:
        return tuple(day for day in self.days if day != HOLIDAY)

    @property
    def names_every_weekday(self) -> bool:
        return len(self.weekdays) == len(WEEKDAYS)

    @property
    def names_holidays(self) -> bool:
        return HOLIDAY in self.days

    @property
    def hold_every_week(self) -> bool:
        return not (self.weeks or self.month_days)


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes after midnight; `closes` is later than 24:00 where the shift ends on the next day."""

    opens: int
    closes: int

    @property
    def ends_next_day(self) -> bool:
        return self.closes > MINUTES_A_DAY

    @property
    def closing_clock(self) -> int:
        """The closing time in minutes after midnight of the day on which it is; at most 24:00."""
        return self.closes - MINUTES_A_DAY if self.ends_next_day else self.closes


@dataclass(frozen=True, slots=True)
class Line:
    """The hours of the rules that name the same days."""

    days: Days
    on_holiday: OnHoliday
    spans: tuple[Span, ...]


class ClosedHolidays(Enum):
    NONE = "none"  # or the hours of a holiday stand among the lines
    ALL = "all"
    OTHERS = "others"  # all but those that have hours of their own


@dataclass(frozen=True, slots=True)
class Description:
    always: bool  # round the clock, but for the closures and outside the seasons; `lines` holds that as a whole day
    lines: tuple[Line, ...]  # in the order of the rules; empty where the hours are only known as text
    closed_holidays: ClosedHolidays
    closed_periods: tuple[Period, ...]
    seasons: tuple[Period, ...]  # the only times of the year at which it opens; empty: the whole year

    @property
    def never_closes(self) -> bool:
        return self.always and not (self.has_closures or self.seasons)

    @property
    def has_closures(self) -> bool:
        return self.closed_holidays is not ClosedHolidays.NONE or bool(self.closed_periods)


def describe(timetable: Timetable, today: date | None = None) -> Description:
    """The whole timetable; with `today`, without the closures and seasons that are over by then.

    The seasons stay where all of them are over: without one it would read as open the whole year.
    """
    spans: dict[Days, list[Span]] = {}
    effects: dict[Days, OnHoliday] = {}
    for rule in timetable.rules_in_force:
        days = days_of(rule)
        spans.setdefault(days, []).append(span_of(rule))
        effects[days] = timetable.on_holiday(rule)
    lines = tuple(Line(days, effects[days], tuple(found)) for days, found in spans.items())
    return Description(
        always=timetable.always,
        lines=lines,
        closed_holidays=_closed_holidays(lines),
        closed_periods=_not_over(timetable.closed_periods, today) if lines else (),
        seasons=_not_over(timetable.open_periods, today) or timetable.open_periods,
    )


def days_of(rule: Rule) -> Days:
    named = rule.days or frozenset(WEEKDAYS)
    return Days(
        days=tuple(day for day in DAYS if day in named),
        weeks=tuple(sorted(rule.weeks)),
        month_days=tuple(sorted(rule.month_days)),
        even_on_holidays=rule.even_on_holidays,
    )


def runs(days: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Days of timetable.DAYS in their order as (first, last) of three or more in a row, else (day, "")."""
    found: list[list[str]] = []
    for day in days:
        if found and day != HOLIDAY and DAYS.index(day) == DAYS.index(found[-1][-1]) + 1:
            found[-1].append(day)
        else:
            found.append([day])
    for run in found:
        if len(run) > 2:
            yield run[0], run[-1]
        else:
            yield from ((day, "") for day in run)


def end_date(period: Period) -> tuple[int, ...]:
    """(month, day) of its last day; (year, month, day) where the year is not that of its first."""
    return period.last if period.last[:-2] != period.first[:-2] else period.last[-2:]


def span_of(rule: Rule) -> Span:
    return Span(rule.opens, rule.closes)


def _closed_holidays(lines: tuple[Line, ...]) -> ClosedHolidays:
    if all(line.on_holiday is not OnHoliday.CLOSED for line in lines):
        return ClosedHolidays.NONE
    for_holidays = [line.days for line in lines if line.days.names_holidays]
    if any(days.hold_every_week for days in for_holidays):
        return ClosedHolidays.NONE
    return ClosedHolidays.OTHERS if for_holidays else ClosedHolidays.ALL


def _not_over(periods: tuple[Period, ...], today: date | None) -> tuple[Period, ...]:
    return tuple(period for period in periods if today is None or period.dates(today))
