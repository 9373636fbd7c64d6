"""Readings: text carries them once, as ｜漢字《かんじ》, and is shown as a child of a grade can read it.

Which kanji are taught when: 学年別漢字配当表 in force since 2020 (kanji-lists' REIWA2), and the jōyō kanji by the end of junior high.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from kanji_lists import JOYO, KYOIKU

JUNIOR_HIGH = 9  # by its end all jōyō kanji are taught
_MARK = re.compile(r"｜([^｜《》]+)《([^｜《》]+)》")
_KANJI = re.compile(r"[㐀-䶿一-鿿豈-﫿々]")
# The phrase spaces of 分かち書き: between Japanese characters, not around Latin words.
PHRASE_SPACE = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")

_GRADES = [getattr(KYOIKU.REIWA2, f"GRADE{grade}") for grade in range(1, 7)]


class Mode(Enum):
    PLAIN = "plain"  # no readings
    RUBY = "ruby"  # readings over what is not taught yet
    KANA = "kana"  # the readings instead of the kanji, phrases spaced


@dataclass(frozen=True, slots=True)
class Reading:
    """How a page is read: `taught` is the last grade whose kanji need no reading (0 none, 1–6, 9 all jōyō kanji)."""

    mode: Mode = Mode.PLAIN
    taught: int = 0


PLAIN = Reading()
ALL = Reading(Mode.RUBY)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """(words, reading) in order; the reading is "" for text that stands outside a mark."""
    end = 0
    for match in _MARK.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], ""
        yield match[1], match[2]
        end = match.end()
    if end < len(text):
        yield text[end:], ""


def unread_kanji(text: str) -> list[str]:
    """The kanji without a reading; what stands in a child's text must have none."""
    return [kanji for words, reading in pieces(text) if not reading for kanji in _KANJI.findall(words)]


def broken_marks(text: str) -> bool:
    """A ｜, 《 or 》 that belongs to no mark, or a reading that is not kana."""
    outside = any(sign in words for words, reading in pieces(text) if not reading for sign in "｜《》")
    return outside or any(reading and not re.fullmatch(r"[ぁ-ゖァ-ヺー・ ]+", reading) for _, reading in pieces(text))


def plain(text: str) -> str:
    """The text as adults read it: no readings, no phrase spaces."""
    return PHRASE_SPACE.sub("", _MARK.sub(r"\1", text))


def kana(text: str) -> str:
    """The readings instead of the kanji, phrases spaced."""
    return _MARK.sub(r"\2", text)


def is_taught(words: str, taught: int) -> bool:
    return all(_grade_of(kanji) <= taught for kanji in _KANJI.findall(words) if kanji != "々")


@lru_cache(maxsize=4096)
def _grade_of(kanji: str) -> int:
    """The grade in which a kanji is taught; beyond junior high for one that is in no list."""
    for grade, taught in enumerate(_GRADES, start=1):
        if kanji in taught:
            return grade
    return JUNIOR_HIGH if kanji in JOYO else JUNIOR_HIGH + 1
