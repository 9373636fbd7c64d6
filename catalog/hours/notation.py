"""受付時間 as a curator types them, one rule per line: 月〜金 9:00-17:00. Read into rows of Hours, and written back.

What could mean two things is not guessed: it is named, with what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from catalog.text.phone import with_plain_dashes

from .description import Days, Span, days_of, span_of
from .stored import HoursRow, rule_from
from .timetable import DAYS, MINUTES_A_DAY, WEEKDAYS, clock_words
from .wording import DAY_NAMES, ranges

EXAMPLES = "「月〜金 9:00-17:00」「土日祝 10:00-16:00」「第2土 9:30-16:00」「毎月10日 8:00-翌8:00」"


class Unreadable(ValueError):
    """`messages`: for each line that cannot be understood, which it is and what to write instead."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


LONGEST = 4_000  # characters typed
_DAY = {name[0]: day for day, name in DAY_NAMES.items()}  # 月: mon … 祝: holiday
_CLOCK = r"(午前|午後)?(\d{1,2})(?::(\d{2})|(時)(?:(\d{1,2})分|(半))?)?"
_SPAN = re.compile(rf"{_CLOCK}\s*-\s*(?:(翌)\s*)?{_CLOCK}|(24時間)")
_BETWEEN = re.compile(r"[\s、,・/と]*")
_MONTH_DAYS = re.compile(r"(?:毎月|月の)\s*((?:\d{1,2}(?!\d)日?[・、,と]?)+)(?<=日)の?")
_WEEKS = re.compile(r"(?:毎月)?第\s*(\d(?:[\s・、,と第]*\d)*)\s*(?:週の?)?")
_DAY_TOKEN = re.compile(r"([月火水木金土日])\s*-\s*([月火水木金土日])|([月火水木金土日祝])|(平日)")
# In this order: a later one may rest on an earlier one.
_SPELLINGS = (
    (r"[~〜～]|から", "-"),
    (r"まで", ""),
    (r"正午", "12:00"),
    (r"([月火水木金土日])曜日?", r"\1"),
    (r"(?:翌日|次の日|つぎの日|あくる日)の?|翌朝", "翌"),
    (r"毎週", ""),
    (r"祝祭日|祝日", "祝"),
    (r"平日\s*\(月-金\)", "平日"),
)


def read_hours(text: str) -> list[HoursRow]:
    """The rows that the lines mean, in order. Raises Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable([f"長すぎます。{LONGEST}文字までで書いてください。"])
    rows: list[HoursRow] = []
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows += _rows(_settled(line))
        except ValueError as error:
            problems.append(f"{number}行目「{line.strip()}」が読みとれません。{error}")
    if problems:
        raise Unreadable(problems)
    return rows


def names_workdays(text: str) -> bool:
    """Whether 平日 was typed: it leaves public holidays out, which the weekdays alone do not."""
    return "平日" in text


def hours_words(rows: Iterable[HoursRow]) -> str:
    """The rows as one would type them, those of the same days that follow each other in one line. Raises ValueError."""
    by_days = groupby(map(rule_from, rows), key=days_of)
    return "\n".join(f"{_days_words(days)} {'、'.join(map(span_words, map(span_of, same)))}" for days, same in by_days)


def row_words(row: HoursRow) -> str:
    """One row as one would type it; as it is stored, where it cannot be read."""
    try:
        return hours_words([row])
    except (ValueError, TypeError):
        return " ".join(str(value) for value in row.values() if value)


def span_words(span: Span, to: str = "-") -> str:
    """22:00-翌2:00."""
    return f"{clock_words(span.opens)}{to}{'翌' if span.ends_next_day else ''}{clock_words(span.closing_clock)}"


def same_rows(first: HoursRow, second: HoursRow) -> bool:
    """Whether both mean the same: no day named and all seven named are both every day."""
    return _spelt_out(first) == _spelt_out(second)


def _spelt_out(row: HoursRow) -> HoursRow:
    return {**row, "days": row["days"] or list(WEEKDAYS)}


def _settled(line: str) -> str:
    line = with_plain_dashes(unicodedata.normalize("NFKC", line)).strip()
    for spelling, settled in _SPELLINGS:
        line = re.sub(spelling, settled, line)
    return line


def _rows(line: str) -> Iterator[HoursRow]:
    first = _SPAN.search(line)
    if first is None:
        raise ValueError(_advice_without_time(line))
    if line in {"24時間", "毎日24時間", "毎日 24時間"}:
        raise ValueError("いつでもつながるときは、「24時間・毎日」にチェックを入れ、ここは空にしてください。")
    days, weeks, month_days, even_on_holidays = _read_days(line[: first.start()])
    place = first.start()
    while place < len(line):
        span = _SPAN.match(line, place)
        if span is None:
            raise ValueError(
                f"「{line[place:].strip()}」の前までは読めました。曜日が変わるところで行を分け、時刻は「9:00-17:00」のように書いてください。"
            )
        opens, closes = _read_span(span)
        yield {
            "days": days, "weeks": weeks, "month_days": month_days, "opens": opens, "closes": closes, "even_on_holidays": even_on_holidays,
        }  # fmt: skip
        gap = _BETWEEN.match(line, span.end())
        place = gap.end() if gap else span.end()


def _advice_without_time(line: str) -> str:
    if "年末年始" in line or ("休" in line and re.search(r"\d", line)):
        return "毎年休む日は、「毎年の休み」に「12月29日〜1月3日」のように書いてください。"
    if "祝" in line and "休" in line:
        return "祝日が休みのときは、「祝日は休み」にチェックを入れてください。"
    if "休" in line:
        return "休みの曜日は書かず、開いている曜日と時刻だけを書いてください。"
    return f"{EXAMPLES}のように書いてください。"


def _read_days(head: str) -> tuple[list[str], list[int], list[int], bool]:
    """(days, weeks, month_days, even_on_holidays) of what stands before the times."""
    rest = re.sub(r"\(祝も[^)]*\)", "", head)
    even_on_holidays = rest != head
    if "除" in rest or "休" in rest:
        raise ValueError("祝日や年末年始の休みは、この下の「祝日は休み」「毎年の休み」に書いてください。")
    if "祝も" in rest:
        raise ValueError(
            "祝日にあたってもその曜日に開くなら「月〜金（祝日も） 9:00-17:00」、"
            "祝日ならどの曜日でも開くなら「月〜金・祝 9:00-17:00」と書いてください。"
        )
    if "最終" in rest:
        raise ValueError(
            "「最終」の曜日は「第4」か「第5」としてしか書けません。ちがうときは「受付時間（ことばで）」に書いてください。"
        )
    month_days: list[int] = []
    if found := _MONTH_DAYS.search(rest):
        month_days = _numbers(found[1], most=31, what="日")
        rest = rest[: found.start()] + " " + rest[found.end() :]
    weeks: list[int] = []
    if found := _WEEKS.search(rest):
        weeks = _numbers(found[1], most=5, what="第何週")
        rest = rest[: found.start()] + " " + rest[found.end() :]
    rest = rest.strip(" :、,")
    if not rest and not month_days:
        raise ValueError("曜日を書いてください。毎日なら「毎日 9:00-17:00」です。")
    if rest in {"毎日", "年中無休", "全日"}:
        return list(WEEKDAYS), weeks, month_days, even_on_holidays
    named = _read_weekdays(rest)
    return [day for day in DAYS if day in named], weeks, month_days, even_on_holidays


def _read_weekdays(words: str) -> set[str]:
    named: set[str] = set()
    place = 0
    while place < len(words):
        token = _DAY_TOKEN.match(words, place)
        if token is None:
            raise ValueError(
                f"曜日の「{words[place:]}」がわかりません。{EXAMPLES}のように、1行に1つずつ書いてください。"
            )
        first, last, one, workdays = token.groups()
        if first:
            start, end = WEEKDAYS.index(_DAY[first]), WEEKDAYS.index(_DAY[last])
            named |= {WEEKDAYS[(start + step) % 7] for step in range((end - start) % 7 + 1)}
        named |= set(WEEKDAYS[:5]) if workdays else ({_DAY[one]} if one else set())
        gap = _BETWEEN.match(words, token.end())
        place = gap.end() if gap else token.end()
    return named


def _numbers(words: str, *, most: int, what: str) -> list[int]:
    numbers = sorted({int(number) for number in re.findall(r"\d+", words)})
    if any(not 1 <= number <= most for number in numbers):
        raise ValueError(f"{what}は1から{most}の数で書いてください。")
    return numbers


def _read_span(span: re.Match[str]) -> tuple[str, str]:
    """("09:00", "17:00"). A closing time not after the opening one must be said to be on the next day."""
    if span[14]:
        return "00:00", "24:00"
    if not (span[10] or span[11]):
        raise ValueError("時刻は「9:00-17:00」のように書いてください。")
    opens, closes = _minutes(*span.group(1, 2, 3, 5, 6)), _minutes(*span.group(8, 9, 10, 12, 13))
    next_day = bool(span[7])
    if closes == 0:
        closes, next_day = MINUTES_A_DAY, False
    elif closes > MINUTES_A_DAY:
        closes, next_day = closes - MINUTES_A_DAY, True
    if opens >= MINUTES_A_DAY:
        raise ValueError("始まりは 0:00 から 23:59 までで書いてください。")
    if not next_day and closes <= opens:
        raise ValueError(
            f"終わりが始まりより前です。次の日までなら「{clock_words(opens)}-翌{clock_words(closes)}」と書いてください。"
        )
    if next_day and closes > opens:
        raise ValueError("24時間より長い時間は書けません。日ごとに分けて書いてください。")
    return f"{opens // 60:02d}:{opens % 60:02d}", f"{closes // 60:02d}:{closes % 60:02d}"


def _minutes(half: str | None, hours: str, *minutes: str | None) -> int:
    after_colon, before_sign, half_past = minutes
    hour, minute = int(hours), 30 if half_past else int(after_colon or before_sign or 0)
    if half and hour >= 12:
        raise ValueError("昼の12時は「12:00」、夜中の0時の終わりは「24:00」と書いてください。")
    if half == "午後":
        hour += 12
    if hour > 47 or minute > 59:
        raise ValueError(f"「{hour}:{minute:02d}」という時刻はありません。")
    return hour * 60 + minute


def _days_words(days: Days) -> str:
    words = "毎月" + "・".join(f"{day}日" for day in days.month_days) if days.month_days else ""
    every_day = days.names_every_weekday and not days.names_holidays
    named = ("" if words else "毎日") if every_day else ranges(days.days)
    if days.weeks:
        numbers = "・".join(map(str, days.weeks))
        named = f"第{numbers}週の毎日" if every_day else f"第{numbers}{named}"
    words += f" {named}" if words and named else named
    return words + ("（祝日も）" if days.even_on_holidays else "")
