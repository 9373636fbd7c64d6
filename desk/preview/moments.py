"""The moments at which a preview looks.

In an address a moment is "now" or "20270101T0330" (Japan time).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalog.directory.directory import Directory
from catalog.directory.entries import Contact
from catalog.hours.timetable import JAPAN, LOOK_AHEAD_DAYS, WEEKDAYS, Timetable
from catalog.hours.wording import DAY_NAMES

NOW = "now"
FIRST_YEAR, LAST_YEAR = 2020, 2099
_FORM = "%Y%m%dT%H%M"


@dataclass(frozen=True, slots=True)
class QuickChoice:
    label: str
    code: str


def read(code: str, now: datetime) -> datetime:
    """Raises ValueError for what is no moment within the years that can be looked at."""
    if code == NOW:
        return now
    moment = datetime.strptime(code, _FORM).replace(tzinfo=JAPAN)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(code)
    return moment


def write(moment: datetime) -> str:
    return moment.astimezone(JAPAN).strftime(_FORM)


def words(moment: datetime) -> str:
    """2027年1月1日（金）3時30分"""
    moment = moment.astimezone(JAPAN)
    weekday = DAY_NAMES[WEEKDAYS[moment.weekday()]]
    return f"{moment.year}年{moment.month}月{moment.day}日（{weekday}）{moment.hour}時{f'{moment.minute}分' if moment.minute else ''}"


def usual(now: datetime) -> list[QuickChoice]:
    """The moments that are worth a look for every change: when few answer."""
    now = now.astimezone(JAPAN)
    tonight = now.replace(hour=3, minute=0)
    tonight += timedelta(days=tonight <= now)
    named = [("今夜3時", tonight), ("大みそかの夜", _next(now, 12, 31, 23)), ("元日の夜中", _next(now, 1, 1, 3))]
    return [QuickChoice("いま", NOW), *(QuickChoice(f"{name}（{words(at)}）", write(at)) for name, at in named)]


def _next(now: datetime, month: int, day: int, hour: int) -> datetime:
    moment = now.replace(month=month, day=day, hour=hour, minute=30)
    return moment if moment > now else moment.replace(year=moment.year + 1)


def openings(directory: Directory, now: datetime) -> list[QuickChoice]:
    """When each seasonal line next begins, in the order of the days."""
    first: dict[tuple[datetime, str], None] = {}
    for support in directory.available:
        if support.has_season:
            first |= {(at, support.name): None for at in _begins(support.live_contacts, now)}
    return [QuickChoice(f"{name}の初日（{words(at)}）", write(at)) for at, name in sorted(first)]


def _begins(contacts: tuple[Contact, ...], now: datetime) -> Iterator[datetime]:
    midnight = now.astimezone(JAPAN).replace(hour=0, minute=0, second=0, microsecond=0)
    for contact in contacts:
        days = (midnight + timedelta(days=offset) for offset in range(1, LOOK_AHEAD_DAYS))
        first = next((day for day in days if _is_first_day(contact.timetable, day)), None)
        if first:
            yield _opening(contact.timetable, first)


def _is_first_day(timetable: Timetable, day: datetime) -> bool:
    yesterday = day - timedelta(days=1)
    return any(p.covers(day.date()) and not p.covers(yesterday.date()) for p in timetable.open_periods)


def _opening(timetable: Timetable, day: datetime) -> datetime:
    """When it opens on that day; noon where the hours are only known as text."""
    state = timetable.at(day)
    opens = day if state.is_open else state.next_open
    return opens if opens and opens.date() == day.date() else day.replace(hour=12)
