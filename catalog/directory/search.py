"""Finding entries by name, other name or kana, and by filters. It needs no Django; what was searched is used and forgotten."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.text import phone

from .directory import DirectoryNow
from .entries import Support

LONGEST_SEARCH = 100  # characters


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters, each empty when not set. `worries`: codes, all of which it has to fit; `age`: the code of an age band."""

    text: str = ""
    area: str = ""
    worries: frozenset[str] = frozenset()
    kind: str = ""
    via: str = ""
    age: str = ""
    years_old: int | None = None
    tag: str = ""
    language: str = ""
    status: str = ""
    open_now: bool = False


def search(here: DirectoryNow, wanted: Wanted) -> list[Support]:
    """What matches all filters: by name when nothing is searched for, else the closest first. What has ended is found by its words
    or when that status is asked for."""
    found = [support for support in here.directory.supports.values() if _passes(support, here, wanted)]
    words = normalise(wanted.text).split()
    if not words:
        asked_for = (s for s in found if s.is_available or wanted.status)
        return by_kana(asked_for)
    scored = [(score, support) for support in found if (score := _score(support, words)) is not None]
    return [support for _, support in sorted(scored, key=lambda pair: (pair[0], normalise(pair[1].kana)))]


def by_kana(supports: Iterable[Support]) -> list[Support]:
    """As a Japanese list is ordered."""
    return sorted(supports, key=lambda support: normalise(support.kana))


def _passes(support: Support, here: DirectoryNow, wanted: Wanted) -> bool:
    band = here.directory.age_bands.get(wanted.age)
    return (
        (not wanted.area or wanted.area in support.areas)
        and (not wanted.kind or support.kind == wanted.kind)
        and wanted.worries <= support.worries
        and (not wanted.via or wanted.via in support.ways)
        and (band is None or support.admits(band))
        and (wanted.years_old is None or support.admits_age(wanted.years_old))
        and (not wanted.tag or wanted.tag in support.tags)
        and (not wanted.language or wanted.language in support.languages)
        and (not wanted.status or wanted.status == support.status)
        and (not wanted.open_now or (support.is_available and here.open_contact(support) is not None))
    )


def _score(support: Support, words: list[str]) -> int | None:
    """0 when the words stand in a name, 1 when they stand in the text; None when one of them stands nowhere."""
    names, texts = _haystacks(support)
    if all(word in names for word in words):
        return 0
    return 1 if all(word in names or word in texts for word in words) else None


@lru_cache(maxsize=2048)
def _haystacks(support: Support) -> tuple[str, str]:
    contacts = (value for contact in support.contacts for value in (contact.value, contact.value.replace("-", "")))
    names = " ".join([support.name, support.kana, *support.also_known_as, *contacts])
    return normalise(names), normalise(f"{support.when_to_use} {support.summary} {support.operator}")


def normalise(text: str) -> str:
    """Half-width, small letters, hiragana: ｾｲｶﾂ, せいかつ and セイカツ are one."""
    return "".join(_hiragana(phone.with_plain_dashes(unicodedata.normalize("NFKC", text)).lower()))


def _hiragana(text: str) -> Iterator[str]:
    return (chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)
