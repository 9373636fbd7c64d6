"""毎年の休み and 開いている期間 as a curator types them: 12月29日〜1月3日. Read into the stored notation, and written back."""

from __future__ import annotations

import re
import unicodedata

from catalog.text.phone import with_plain_dashes

from .timetable import parse_periods
from .wording import period_words

_STORED = re.compile(r"(?:\d{4}-)?\d{2}-\d{2}/(?:\d{4}-)?\d{2}-\d{2}\Z")
_DAY = r"(?:(\d{4})[年./-])?(?:(\d{1,2})[月./])?(\d{1,2})日?"
_PERIOD = re.compile(rf"{_DAY}(?:-{_DAY})?\Z")

LONGEST = 400  # characters typed


def read_periods(text: str) -> str:
    """The periods in the stored notation ("12-29/01-03 08-13/08-16"). Raises ValueError in words for curators."""
    if len(text) > LONGEST:
        raise ValueError(f"長すぎます。{LONGEST}文字までで書いてください。")
    joined = "〜".join(side.strip() for side in re.split("[~〜～]|から", text))
    stored = " ".join(_stored(part) for part in re.split(r"[\s、,]+", joined) if part)
    parse_periods(stored)
    return stored


def periods_words(stored: str) -> str:
    """The stored notation as one would type it: 12月29日〜1月3日、8月13日〜16日. Raises ValueError."""
    return "、".join(map(period_words, parse_periods(stored)))


def _stored(part: str) -> str:
    settled = with_plain_dashes(unicodedata.normalize("NFKC", part))
    if _STORED.match(settled):
        return settled
    settled = re.sub(r"[~〜]", "-", settled).replace("まで", "")
    found = _PERIOD.match(settled)
    if not found or not found[2]:
        raise ValueError(f"「{part}」が読みとれません。「12月29日〜1月3日」のように、月と日を書いてください。")
    year, month, day, last_year, last_month, last_day = (int(group) if group else None for group in found.groups())
    first = (month, day)
    last = (last_month or month, last_day) if last_day else first
    if year and not last_year:
        last_year = year if last >= first else year + 1
    return f"{_side(year, *first)}/{_side(last_year, *last)}"


def _side(year: int | None, month: int | None, day: int | None) -> str:
    return (f"{year}-" if year else "") + f"{month or 0:02d}-{day or 0:02d}"
