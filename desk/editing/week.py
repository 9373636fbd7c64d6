"""今週の開いている時間: what a contact's hours mean on the seven days from today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import jpholiday

from catalog.hours.description import Span
from catalog.hours.notation import span_words
from catalog.hours.stored import HoursRow, hours_row, timetable_from
from catalog.hours.timetable import JAPAN, MINUTES_A_DAY, WEEKDAYS, Timetable
from catalog.hours.wording import DAY_NAMES
from catalog.models import Contact, Hours

DAYS_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Day:
    """`spans` in words, e.g. "9:00〜17:00"; `why_closed` where a holiday or a period closes it."""

    label: str
    holiday: str
    spans: list[str]
    why_closed: str


def week(timetable: Timetable, now: datetime) -> list[Day]:
    """The seven days from today in Japan; empty where no hours are known."""
    if not timetable.is_known:
        return []
    today = now.astimezone(JAPAN).date()
    return [_day(timetable, today + timedelta(days=step)) for step in range(DAYS_SHOWN)]


def hours_rows(rules: Iterable[Hours]) -> list[HoursRow]:
    """The values of stored rows."""
    return [hours_row(rule) for rule in rules]


def typed_timetable(
    rules: Iterable[HoursRow], *, always: bool, closed_on_holidays: bool, closed_periods: str, open_periods: str
) -> Timetable:
    """From values that need not be saved; the periods in the stored notation."""
    return timetable_from(
        {
            "always_open": always,
            "hours": list(rules),
            "closed_on_holidays": closed_on_holidays,
            "closed_periods": closed_periods,
            "open_periods": open_periods,
        }
    )


def stored_timetable(contact: Contact) -> Timetable:
    return typed_timetable(
        hours_rows(contact.hours.all()),
        always=contact.always_open,
        closed_on_holidays=contact.closed_on_holidays,
        closed_periods=contact.closed_periods,
        open_periods=contact.open_periods,
    )


def _day(timetable: Timetable, day: date) -> Day:
    holiday = jpholiday.is_holiday_name(day) or ""
    spans = sorted(timetable.spans(day))
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (naive Japan time, as the spans are)
    return Day(
        label=f"{day.month}月{day.day}日（{DAY_NAMES[WEEKDAYS[day.weekday()]]}）",
        holiday=str(holiday),
        spans=[_span_words(Span(_minutes(start - midnight), _minutes(stop - midnight))) for start, stop in spans],
        why_closed="" if spans else _why_closed(timetable, day, is_holiday=bool(holiday)),
    )


def _why_closed(timetable: Timetable, day: date, *, is_holiday: bool) -> str:
    if any(period.covers(day) for period in timetable.closed_periods):
        return "毎年の休み"
    if timetable.open_periods and not any(period.covers(day) for period in timetable.open_periods):
        return "期間外"
    return "祝日で休み" if is_holiday else "休み"


def _span_words(span: Span) -> str:
    return "24時間" if span == Span(0, MINUTES_A_DAY) else span_words(span, "〜")


def _minutes(since_midnight: timedelta) -> int:
    return int(since_midnight.total_seconds()) // 60
