"""Where every way through the flows ends, on an ordinary afternoon: for whoever wants to know what a change moves. Pure Python.

Walking takes some seconds, so the last surveys are kept, by the fingerprint of the content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from catalog.directory.directory import Directory, DirectoryNow
from catalog.hours.timetable import JAPAN

from .flow import build
from .pages import UNDER18
from .replay import Person
from .results import child_results, results
from .walk import walk

ORDINARY_MOMENT = datetime(2026, 9, 2, 14, 0, tzinfo=JAPAN)  # a Wednesday; most desks are open
Way = tuple[tuple[str, tuple[str, ...]], ...]  # (question, the chosen answers), in their order


@dataclass(frozen=True, slots=True)
class Survey:
    """`endings`: what each way shows first, as (flow, way) → slugs. `reached`: all that some way shows, もっと見る included.
    `by_choice`: what the ways through a choice show, as (flow, question, choice) → slugs."""

    endings: Mapping[tuple[str, Way], tuple[str, ...]]
    reached: frozenset[str]
    by_choice: Mapping[tuple[str, str, str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Surveyed:
    """A Directory under its fingerprint: two with the same content count as the same."""

    directory: Directory = field(compare=False)
    fingerprint: str


def survey(directory: Directory, *, fingerprint: str) -> Survey:
    """The survey of this content. Raises FlowError where a flow cannot be built."""
    return _survey(_Surveyed(directory, fingerprint))


@lru_cache(maxsize=3)
def _survey(surveyed: _Surveyed) -> Survey:
    here = DirectoryNow(surveyed.directory, ORDINARY_MOMENT)
    endings: dict[tuple[str, Way], tuple[str, ...]] = {}
    by_choice: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    reached: set[str] = set()
    for data in here.directory.sections["flows"]:
        flow = build(data, here.directory)
        shown_to: dict[tuple[str, ...], tuple[tuple[str, ...], frozenset[str]]] = {}
        for conversation in walk(flow):
            person = conversation.person
            if person.facts not in shown_to:
                shown_to[person.facts] = _shown(here, person, for_children=flow.key == UNDER18.flow)
            first, everything = shown_to[person.facts]
            way = tuple(conversation.answers.items())
            endings[flow.key, way] = first
            reached |= everything
            for question, choices in way:
                for choice in choices:
                    by_choice[flow.key, question, choice] |= everything
    return Survey(endings, frozenset(reached), {key: frozenset(slugs) for key, slugs in by_choice.items()})


def _shown(here: DirectoryNow, person: Person, *, for_children: bool) -> tuple[tuple[str, ...], frozenset[str]]:
    if for_children:
        cards = tuple(match.support.slug for match in child_results(here, person))
        return cards, frozenset(cards)
    found = results(here, person)
    return tuple(match.support.slug for match in found.shown), frozenset(m.support.slug for m in found.everything)
