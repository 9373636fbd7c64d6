"""ふりがな on the pages for children: by the grade that was answered, over everything, or none. The wish travels like the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from catalog.directory.codes import Page, RuleBand
from catalog.directory.directory import Directory
from catalog.directory.entries import AgeBand
from catalog.text.furigana import ALL, PLAIN, Reading

from .facts import RuleQuestion

# What the switch offers. "" is 学年に合わせる.
WISHES = {"": "｜学年《がくねん》に ｜合《あ》わせる", "all": "ぜんぶに つける", "none": "つけない"}


@dataclass(frozen=True, slots=True)
class ChildReader:
    """Who reads: the band (answered, or not known) and the wish for readings."""

    band: AgeBand
    wish: str

    @property
    def reading(self) -> Reading:
        return {"all": ALL, "none": PLAIN}.get(self.wish, self.band.reading)

    @property
    def context(self) -> dict[str, Any]:
        return {
            "reading": self.reading,
            "band": self.band,
            "wish": self.wish,
            "wishes": WISHES,
            "level": self.band.level,
        }


def child_reader(request: HttpRequest, directory: Directory, answers: Mapping[str, tuple[str, ...]]) -> ChildReader:
    """The band is the answer to one question, whose choices are named after the bands (chatbot.checks holds a Release to it)."""
    wish = request.POST.get("ruby", "")
    named = next(iter(answers.get(RuleQuestion.BAND, ())), "")
    band = directory.age_bands.get(named)
    known = band is not None and band.page is Page.UNDER18
    return ChildReader(
        band if band and known else directory.age_bands[RuleBand.ANY_CHILD], wish if wish in WISHES else ""
    )
