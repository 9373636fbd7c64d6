"""Sentences that tell of a time that is over as if it were still to come, or still so.

Three rules, which may miss something but seldom err: what is planned for a day that is past (「2024年4月から始まります」), what holds until a
day that is past (「2025年3月まで受け付けます」), and a fiscal year that is over (「2024年度の額です」). A sentence that says in the past tense
what happened, or that something is over, is right for ever; and so is history: who was born until 1946, the policies of the 1990s.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .furigana import plain

HISTORY = 10  # years: an older time is no plan that somebody forgot to put right

_ADDRESS = re.compile(r"https?://\S+")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")  # of Markdown: the title of another's page
_SENTENCE_END = re.compile(r"(?<=。)|\n")
_TIME = re.compile(
    r"""(?:(?P<year>(?:19|20)\d\d)|(?P<era>令和|平成)(?P<of_era>\d{1,2}|元))年(?P<fiscal>度)?
    (?:の?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?
    (?:(?P<since>から|より|[~〜-])(?:(?P<last_month>\d{1,2})月(?:(?P<last_day>\d{1,2})日)?)?)?""",
    re.VERBOSE,
)
_ERA_BEGAN = {"令和": 2019, "平成": 1989}
_IS_OVER = re.compile(r"(?:ました|でした|った|いた)(?:\([^)]*\))?。?$|終わ|終了|閉じ|なくなり")
_PLANNED = re.compile(r"予定(?!日|でした|を|の)|見込み?(?!でした)で|見こみ(?!でした)で|案(?:です|があり|が出て|の段階)")
_WILL_BE = re.compile(
    r"(?:始ま|はじま|変わ|かわ|上が|下が|な|広が|加わ)ります|(?:開始|施行|拡大|廃止|実施|導入)(?:し|され)ます|行われます|開きます"
)
_HAS_BEEN = re.compile(
    r"[っしれいきけ]た|り、|て、|毎年"
)  # between a time and a verb: the time belongs to something else
_OF_EVIDENCE = re.compile(r"資料|記事|調べ|情報")  # says how old the evidence is
_BEGAN = re.compile(r"^(?:以降|以後|に[^、。]*(?:ました|った))")
_UNTIL = re.compile(
    r"^(?:の?(?:末|終わり|おわり))?まで(?!に|で|\)?の(?!特例|措置|期間|期限|受付))|^(?:の?末)?が(?:期限|しめきり|締め切り)"
)


@dataclass(frozen=True, slots=True)
class _Time:
    first: date
    last: date
    is_fiscal_year: bool
    is_since: bool
    end: int  # where the words after it begin

    def is_over(self, today: date) -> bool:
        return self.last < today and today.year - self.last.year <= HISTORY


def past_told_as_current(text: str, today: date) -> list[str]:
    """The sentences of a text, readings and Markdown allowed, that tell of a past time as if it were to come or still so."""
    readable = _ADDRESS.sub("", _LINK.sub("", unicodedata.normalize("NFKC", plain(text))))
    sentences = (sentence.strip() for sentence in _SENTENCE_END.split(readable))
    return [sentence for sentence in sentences if sentence and _is_outdated(sentence, today)]


def _is_outdated(sentence: str, today: date) -> bool:
    times = list(_times(sentence))
    if not times:
        return False
    return _was_planned(sentence, times, today) or (
        not _IS_OVER.search(sentence) and any(_holds_no_more(sentence, time, today) for time in times)
    )


def _was_planned(sentence: str, times: list[_Time], today: date) -> bool:
    """A plan is for the latest of the times that stand before its word."""
    for plan in _PLANNED.finditer(sentence):
        before = [time for time in times if time.end <= plan.start()]
        if before and _has_come(before[-1], today):
            return True
    for verb in _WILL_BE.finditer(sentence):
        before = [time for time in times if time.end <= verb.start()]
        if before and _has_come(before[-1], today) and not _HAS_BEEN.search(sentence[before[-1].end : verb.start()]):
            return True
    return False


def _has_come(time: _Time, today: date) -> bool:
    is_past = time.first <= today if time.is_since else time.last < today
    return is_past and today.year - time.last.year <= HISTORY


def _holds_no_more(sentence: str, time: _Time, today: date) -> bool:
    after = sentence[time.end :]
    if not time.is_over(today) or _OF_EVIDENCE.search(sentence):
        return False
    return bool(_UNTIL.search(after)) or (time.is_fiscal_year and not time.is_since and not _BEGAN.search(after))


def _times(sentence: str) -> Iterator[_Time]:
    for found in _TIME.finditer(sentence):
        time = _time(found)
        if time:
            yield time


def _time(found: re.Match[str]) -> _Time | None:
    """None for a day that no calendar has."""
    year = int(found["year"] or 0)
    if found["era"]:
        year = _ERA_BEGAN[found["era"]] + (1 if found["of_era"] == "元" else int(found["of_era"])) - 1
    is_range = found["last_month"] is not None
    month, day = int(found["month"] or 0), int(found["day"] or 0)
    last_month, last_day = (int(found["last_month"]), int(found["last_day"] or 0)) if is_range else (month, day)
    last_year = year + (last_month < month)
    try:
        if not month:
            first, last = (
                (date(year, 4, 1), date(year + 1, 3, 31)) if found["fiscal"] else (date(year, 1, 1), date(year, 12, 31))
            )
        else:
            first = date(year, month, day or 1)
            last = date(last_year, last_month, last_day or monthrange(last_year, last_month)[1])
    except ValueError:
        return None
    return _Time(first, last, bool(found["fiscal"]) and not month, bool(found["since"]) and not is_range, found.end())
