"""When a contact answers: rules, public holidays, yearly closures and seasons, in Japan time.

A shift belongs to the day on which it begins: a line that is closed on a public holiday still finishes the night that began on
the eve. Why this is our own code and not an evaluator of OpenStreetMap's notation: docs/decisions/0002-opening-hours.md.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

import jpholiday

JAPAN = ZoneInfo("Asia/Tokyo")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAY = "holiday"
DAYS = (*WEEKDAYS, HOLIDAY)
MINUTES_A_DAY = 24 * 60
# How far ahead the next opening is looked for: a whole year covers any season, five weeks any nth weekday.
LOOK_AHEAD_DAYS = 370
# An unbroken stretch longer than this is shown without an end.
LONG_STRETCH = timedelta(days=7)

_PERIOD = re.compile(r"((?:\d{4}-)?\d{2}-\d{2})/((?:\d{4}-)?\d{2}-\d{2})\Z")


def parse_clock(value: str) -> int:
    """ "09:30" as minutes after midnight; "24:00" is 1440."""
    hours, minutes = value.split(":")
    return int(hours) * 60 + int(minutes)


def clock(minutes: int) -> str:
    """Minutes after midnight as "09:30"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def clock_words(minutes: int) -> str:
    """Minutes after midnight as people read them: "9:30"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from first to last, both included. Without years it comes back every year and may run over New Year."""

    first: tuple[int, ...]
    last: tuple[int, ...]

    @property
    def is_yearly(self) -> bool:
        return len(self.first) == 2

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last

    @property
    def first_day(self) -> str:
        """As parse_periods reads it: "12-29" or "2026-12-29"."""
        return _day(self.first)

    @property
    def last_day(self) -> str:
        return _day(self.last)

    def covers(self, day: date) -> bool:
        if not self.is_yearly:
            return self.first <= (day.year, day.month, day.day) <= self.last
        month_day = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= month_day <= self.last
        return month_day >= self.first or month_day <= self.last

    def dates(self, day: date) -> tuple[date, date] | None:
        """The dates of the one that is on that day, or comes next; None where it is past."""
        return next((dates for dates in self.dates_around(day) if dates[1] >= day), None)

    def dates_around(self, day: date) -> list[tuple[date, date]]:
        """The dates of each time that it comes: every year, of those that begin in the year of that day and in the years beside it."""
        if not self.is_yearly:
            return [(date(*self.first), date(*self.last))]
        return [self._in(year) for year in (day.year - 1, day.year, day.year + 1)]

    def _in(self, year: int) -> tuple[date, date]:
        """Where the year has no 29 February, the first day is 1 March and the last 28 February."""
        first = date(year, self.first[0], 1) + timedelta(days=self.first[1] - 1)
        last_year = year + (self.last < self.first)
        last = min(self.last[1], monthrange(last_year, self.last[0])[1])
        return first, date(last_year, self.last[0], last)


def _day(side: tuple[int, ...]) -> str:
    return "-".join(f"{number:02d}" for number in side)


def parse_periods(value: str) -> tuple[Period, ...]:
    """Periods written like "12-29/01-03" or "2026-12-28/2027-01-04", separated by blanks.

    Raises ValueError, in words for curators, when one cannot be read.
    """
    periods = []
    for part in value.split():
        match = _PERIOD.match(part)
        if not match:
            raise ValueError(f"「{part}」は期間として読めません。12-29/01-03 のように書いてください。")
        first, last = (tuple(int(n) for n in side.split("-")) for side in match.groups())
        for side in (first, last):
            try:
                date(*((2024, *side) if len(side) == 2 else side))
            except ValueError:
                raise ValueError(f"「{part}」に、暦にない日があります。") from None
        if len(first) != len(last) or (len(first) == 3 and first > last):
            raise ValueError(f"「{part}」の始まりと終わりが合っていません。")
        periods.append(Period(first, last))
    return tuple(periods)


@dataclass(frozen=True, slots=True)
class Rule:
    """Open from `opens` to `closes` (minutes; closes may be up to 48:00 when the shift ends on the next day) on matching days."""

    opens: int
    closes: int
    days: frozenset[str] = frozenset()
    weeks: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    even_on_holidays: bool = False

    def names_day(self, day: date, *, holiday: bool) -> bool:
        if self.weeks and (day.day - 1) // 7 + 1 not in self.weeks:
            return False
        if self.month_days and day.day not in self.month_days:
            return False
        return not self.days or WEEKDAYS[day.weekday()] in self.days or (holiday and HOLIDAY in self.days)


WHOLE_DAY = Rule(0, MINUTES_A_DAY)


class OnHoliday(Enum):
    """What a public holiday does to a rule."""

    ONLY = "only"  # it holds on public holidays and on no other days
    ALSO = "also"  # it holds on public holidays too, whatever weekday they fall on
    AS_WEEKDAY = "as_weekday"  # a public holiday is a day like any other
    CLOSED = "closed"  # it does not hold on public holidays


class Openness(Enum):
    OPEN = "open"
    CLOSED = "closed"
    OUT_OF_SEASON = "out_of_season"
    UNKNOWN = "unknown"  # the hours are only known as text: never guessed


@dataclass(frozen=True, slots=True)
class OpenState:
    """What is so at a moment. `until` and `next_open` are in Japan time; None where there is no end or no known opening."""

    openness: Openness
    until: datetime | None = None
    next_open: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.openness is Openness.OPEN


@dataclass(frozen=True, slots=True)
class Timetable:
    always: bool = False
    rules: tuple[Rule, ...] = ()
    closed_on_holidays: bool = False
    closed_periods: tuple[Period, ...] = ()
    open_periods: tuple[Period, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.always or bool(self.rules)

    @property
    def never_closes(self) -> bool:
        return self.always and not (self.closed_on_holidays or self.closed_periods or self.open_periods)

    @property
    def rules_in_force(self) -> tuple[Rule, ...]:
        """Round the clock is a rule too, and then the only one."""
        return (WHOLE_DAY,) if self.always else self.rules

    def on_holiday(self, rule: Rule) -> OnHoliday:
        """What a public holiday does to one of the rules in force. Hours for holidays replace those of the weekday."""
        if HOLIDAY in rule.days:
            return OnHoliday.ALSO if rule.days & set(WEEKDAYS) else OnHoliday.ONLY
        holidays_differ = self.closed_on_holidays or any(HOLIDAY in other.days for other in self.rules_in_force)
        return OnHoliday.CLOSED if holidays_differ and not rule.even_on_holidays else OnHoliday.AS_WEEKDAY

    def at(self, moment: datetime) -> OpenState:
        """The state at an aware moment."""
        now = moment.astimezone(JAPAN).replace(tzinfo=None)
        in_season = not self.open_periods or any(period.covers(now.date()) for period in self.open_periods)
        end = self._end_of_stretch(now) if self.is_known else None
        if end is None and not in_season:
            return OpenState(Openness.OUT_OF_SEASON, next_open=_aware(next(self._starts_after(now), None)))
        if not self.is_known:
            return OpenState(Openness.UNKNOWN)
        if end is None:
            return OpenState(Openness.CLOSED, next_open=_aware(next(self._starts_after(now), None)))
        return OpenState(Openness.OPEN, until=None if end - now > LONG_STRETCH else _aware(end))

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The shifts that begin on that day, as naive Japan times."""
        if any(period.covers(day) for period in self.closed_periods):
            return []
        if self.open_periods and not any(period.covers(day) for period in self.open_periods):
            return []
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (naive Japan time)
        holiday = is_public_holiday(day)
        return [
            (midnight + timedelta(minutes=rule.opens), midnight + timedelta(minutes=rule.closes))
            for rule in self.rules_in_force
            if rule.names_day(day, holiday=holiday) and not (holiday and self.on_holiday(rule) is OnHoliday.CLOSED)
        ]

    def _end_of_stretch(self, now: datetime) -> datetime | None:
        """The end of the unbroken stretch that is open now, or None when closed."""
        end = None
        day = now.date() - timedelta(days=1)
        while end is None or end - now <= LONG_STRETCH:
            reach = end or now
            later = [
                stop for start, stop in self.spans(day) + self.spans(day + timedelta(days=1)) if start <= reach < stop
            ]
            if later:
                end = max(later)
                day = end.date() - timedelta(days=1)
            elif end is not None or day >= now.date():
                break
            else:
                day += timedelta(days=1)
        return end

    def _starts_after(self, now: datetime) -> Iterator[datetime]:
        if not self.is_known:
            return
        for offset in range(LOOK_AHEAD_DAYS):
            yield from sorted(start for start, _ in self.spans(now.date() + timedelta(days=offset)) if start > now)


@lru_cache(maxsize=4096)
def is_public_holiday(day: date) -> bool:
    return bool(jpholiday.is_holiday(day))


def _aware(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(tzinfo=JAPAN)
