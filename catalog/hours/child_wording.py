"""Opening hours in children's words, with readings ｜漢字《かんじ》. Days and times read the same at both levels, sentences do not."""

from __future__ import annotations

from datetime import datetime

from catalog.text.child_phrases import Phrases

from .description import ClosedHolidays, Days, Description, Line, Span, end_date, runs
from .timetable import DAYS, JAPAN, WEEKDAYS, Openness, OpenState, Period, clock_words

DAY_NAMES = dict(
    zip(
        DAYS,
        (
            "｜月曜日《げつようび》", "｜火曜日《かようび》", "｜水曜日《すいようび》", "｜木曜日《もくようび》", "｜金曜日《きんようび》",
            "｜土曜日《どようび》", "｜日曜日《にちようび》", "｜祝日《しゅくじつ》",
        ),
        strict=True,
    )
)  # fmt: skip
# The days of a month that are not read as a number and にち.
IRREGULAR_DAYS = {
    1: "ついたち", 2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "ようか", 9: "ここのか", 10: "とおか",
    14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか",
}  # fmt: skip


def child_state_words(state: OpenState, now: datetime, say: Phrases, open_now: str = "") -> str:
    """いま ｜話《はな》せるよ (or `open_now`) / いまは お休み。つぎは 月曜日の 9:00から. "" where the hours are only known as text."""
    if state.openness is Openness.UNKNOWN:
        return ""
    if state.is_open:
        return open_now or say.talk_now
    if state.next_open is None:
        return say.closed_now
    return say.closed_until.format(_moment(state.next_open, now.astimezone(JAPAN)))


def _moment(moment: datetime, now: datetime) -> str:
    clock = clock_words(moment.hour * 60 + moment.minute)
    days_ahead = (moment.date() - now.date()).days
    if days_ahead < 2:
        return f"{('きょうの', 'あしたの')[days_ahead]} {clock}"
    day = f"{_date_words(moment.month, moment.day)}の " if days_ahead > 6 else ""
    return f"{day}{DAY_NAMES[WEEKDAYS[moment.weekday()]]}の {clock}"


def child_hours_words(description: Description, say: Phrases) -> list[str]:
    """One line per group of days, then the closures, then the seasons; empty where the hours are only known as text."""
    if description.never_closes:
        return ["24｜時間《じかん》、いつでも"]
    lines = ["24｜時間《じかん》"] if description.always else [_line_words(line) for line in description.lines]
    closed = [_period_words(period) for period in description.closed_periods]
    if description.closed_holidays is not ClosedHolidays.NONE:
        others = "ほかの " if description.closed_holidays is ClosedHolidays.OTHERS else ""
        closed.insert(0, f"{others}{DAY_NAMES['holiday']}")
    if closed:
        lines.append(say.days_off.format("と ".join(closed)))
    if description.seasons:
        lines.append(say.season.format("と ".join(map(_period_words, description.seasons))))
    return lines


def _period_words(period: Period) -> str:
    first = _date_words(*period.first)
    return first if period.is_one_day else f"{first}から {_date_words(*end_date(period))}まで"


def _date_words(*numbers: int) -> str:
    """(month, day) or (year, month, day)."""
    *years, month, day = numbers
    return "".join(f"{year}｜年《ねん》" for year in years) + f"{month}｜月《がつ》{day_of_month(day)}"


def day_of_month(day: int) -> str:
    return f"｜{day}日《{IRREGULAR_DAYS[day]}》" if day in IRREGULAR_DAYS else f"{day}｜日《にち》"


def _line_words(line: Line) -> str:
    return f"{_days_words(line.days)} {'と '.join(map(_span_words, line.spans))}"


def _days_words(days: Days) -> str:
    named = _named_words(days)
    if days.month_days:
        in_month = "まい｜月《つき》 " + "・".join(map(day_of_month, days.month_days))
        words = f"{in_month}が {named}の とき" if named else in_month
    else:
        words = named or "｜毎日《まいにち》"
    return words + ("（｜祝日《しゅくじつ》も）" if days.even_on_holidays and not days.names_holidays else "")


def _named_words(days: Days) -> str:
    """月曜日から 金曜日, 月の 2番目の 土曜日; "" for every day of every week."""
    nth = f"｜月《つき》の {'・'.join(map(str, days.weeks))}｜番目《ばんめ》の " if days.weeks else ""
    if days.names_every_weekday:
        words = (
            f"{nth}｜週《しゅう》の ｜毎日《まいにち》" if nth else "｜毎日《まいにち》" if days.names_holidays else ""
        )
    else:
        weekdays = [
            f"{DAY_NAMES[first]}から {DAY_NAMES[last]}" if last else DAY_NAMES[first]
            for first, last in runs(days.weekdays)
        ]
        words = nth + "と ".join(weekdays) if weekdays else ""
    if not days.names_holidays:
        return words
    holidays = f"{nth}{'｜週《しゅう》の ' if nth else ''}{DAY_NAMES['holiday']}"
    return f"{words}と {holidays}" if words else holidays


def _span_words(span: Span) -> str:
    next_day = "つぎの ｜日《ひ》の " if span.ends_next_day else ""
    return f"{clock_words(span.opens)}〜{next_day}{clock_words(span.closing_clock)}"
