"""Opening hours in adults' words, to be read at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from .description import ClosedHolidays, Days, Description, Line, Span, describe, end_date, runs
from .timetable import DAYS, JAPAN, MINUTES_A_DAY, WEEKDAYS, Openness, OpenState, Period, Timetable, clock_words

DAY_NAMES = dict(zip(DAYS, ("月", "火", "水", "木", "金", "土", "日", "祝日"), strict=True))
CLOSING_SOON_MINUTES = 60


def state_words(state: OpenState, now: datetime, verb: str = "つながります") -> str:
    """いま つながります（17:00まで） / いまは時間外です。次は月曜 9:00から. "" where the hours are only known as text."""
    now = now.astimezone(JAPAN)
    if state.openness is Openness.OPEN:
        if state.until is None:
            return f"いま {verb}（24時間）"
        minutes_left = int((state.until - now).total_seconds() // 60)
        if minutes_left <= CLOSING_SOON_MINUTES:
            return f"いま {verb}（あと{max(minutes_left, 1)}分で終わります）"
        return f"いま {verb}（{_end_words(state.until, now)}まで）"
    if state.openness is Openness.UNKNOWN:
        return ""
    closed = "いまは期間外です" if state.openness is Openness.OUT_OF_SEASON else "いまは時間外です"
    return f"{closed}。次は{moment_words(state.next_open, now)}から" if state.next_open else closed


def moment_words(moment: datetime, now: datetime) -> str:
    """きょう 17:00, あした 9:00, 月曜 9:00 (within a week), 12月5日（土）9:00."""
    return _day_and_clock(moment.date(), moment.hour * 60 + moment.minute, now.date())


def _day_and_clock(day: date, minutes: int, today: date) -> str:
    clock = clock_words(minutes)
    days_ahead = (day - today).days
    if days_ahead == 0:
        return f"きょう {clock}"
    if days_ahead == 1:
        return f"あした {clock}"
    weekday = DAY_NAMES[WEEKDAYS[day.weekday()]]
    if days_ahead < 7:
        return f"{weekday}曜 {clock}"
    return f"{day.month}月{day.day}日（{weekday}）{clock}"


def _end_words(until: datetime, now: datetime) -> str:
    """The end of a stretch; a midnight reads as 24:00 of the day before."""
    day, minutes = until.date(), until.hour * 60 + until.minute
    if not minutes:
        day, minutes = day - timedelta(days=1), MINUTES_A_DAY
    return clock_words(minutes) if day == now.date() else _day_and_clock(day, minutes, now.date())


def timetable_words(timetable: Timetable, today: date | None = None) -> list[str]:
    """One line per group of days, e.g. 月〜金 17:00〜22:00, then the closures, then the seasons.

    With `today`, without the closures and seasons that are over. Empty where the hours are only known as text.
    """
    return description_words(describe(timetable, today))


def description_words(description: Description) -> list[str]:
    """As timetable_words."""
    if description.never_closes:
        return ["24時間・毎日"]
    lines = ["24時間"] if description.always else [_line_words(line) for line in description.lines]
    closed = [period_words(period) for period in description.closed_periods]
    if description.closed_holidays is not ClosedHolidays.NONE:
        closed.insert(0, "祝日" if description.closed_holidays is ClosedHolidays.ALL else "ほかの祝日")
    if closed:
        lines.append(f"{'・'.join(closed)}は休み")
    if description.seasons:
        lines.append(f"受付は{'・'.join(map(period_words, description.seasons))}のあいだだけ")
    return lines


def period_words(period: Period) -> str:
    """12月29日〜1月3日, 8月13日〜16日, 8月15日; with its year where it does not come back: 2026年12月28日〜2027年1月4日."""
    first = _date_words(*period.first)
    if period.is_one_day:
        return first
    *years, month, day = end_date(period)
    same_month = not years and month == period.first[-2] and day > period.first[-1]
    return f"{first}〜{day}日" if same_month else f"{first}〜{_date_words(*years, month, day)}"


def _date_words(*numbers: int) -> str:
    """(month, day) or (year, month, day)."""
    *years, month, day = numbers
    return "".join(f"{year}年" for year in years) + f"{month}月{day}日"


def _line_words(line: Line) -> str:
    return f"{_days_words(line.days)} {'、'.join(map(_span_words, line.spans))}"


def _days_words(days: Days) -> str:
    named = _named_words(days)
    if days.month_days:
        in_month = "毎月" + "・".join(f"{day}日" for day in days.month_days)
        words = f"{in_month}が{named}のとき" if named else in_month
    else:
        words = named or "毎日"
    return words + ("（祝日も）" if days.even_on_holidays and not days.names_holidays else "")


def _named_words(days: Days) -> str:
    """月〜金, 第2土, 第2週のすべての日, 土・日・祝日; "" for every day of every week."""
    nth = "第" + "・".join(map(str, days.weeks)) if days.weeks else ""
    if days.names_every_weekday:
        words = f"{nth}週のすべての日" if nth else "毎日" if days.names_holidays else ""
    else:
        words = nth + ranges(days.weekdays) if days.weekdays else ""
    if not days.names_holidays:
        return words
    holidays = f"{nth}週の祝日" if nth else "祝日"
    return f"{words}・{holidays}" if words else holidays


def ranges(named: Sequence[str]) -> str:
    """mon..fri becomes 月〜金; single days are joined with ・."""
    return "・".join(
        f"{DAY_NAMES[first]}〜{DAY_NAMES[last]}" if last else DAY_NAMES[first] for first, last in runs(named)
    )


def _span_words(span: Span) -> str:
    next_day = "つぎの日の" if span.ends_next_day else ""
    return f"{clock_words(span.opens)}〜{next_day}{clock_words(span.closing_clock)}"
