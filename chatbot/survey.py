"""Where the paths through the flows end at a moment: for anybody who wants to know what a change moves. Where several things may be
chosen, one is: the others only lead to more of the same, and are three paths out of four.

Walking takes some seconds, so the last surveys are kept, by the fingerprint of the content and the moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from catalog.directory.directory import Directory, DirectoryNow
from catalog.release.caching import kept

from .conversation import every_ending
from .flow import build
from .need import Need

FlowPath = tuple[tuple[str, tuple[str, ...]], ...]  # (question, the chosen answers), in their order


@dataclass(frozen=True, slots=True)
class Survey:
    """`endings`: what each path shows first, as (flow, path) → slugs. `reached`: all that some path shows, もっと見る included.
    `by_choice`: what the paths through a choice show, as (flow, question, choice) → slugs."""

    endings: Mapping[tuple[str, FlowPath], tuple[str, ...]]
    reached: frozenset[str]
    by_choice: Mapping[tuple[str, str, str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Surveyed:
    """A Directory under its fingerprint: two with the same content count as the same."""

    directory: Directory = field(compare=False)
    fingerprint: str


def survey(directory: Directory, *, fingerprint: str, at: datetime) -> Survey:
    """The survey of this content at an aware moment. Raises FlowError where a flow cannot be built."""
    return _survey(_Surveyed(directory, fingerprint), at)


@kept(3)
def _survey(surveyed: _Surveyed, at: datetime) -> Survey:
    now = DirectoryNow(surveyed.directory, at)
    endings: dict[tuple[str, FlowPath], tuple[str, ...]] = {}
    by_choice: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    reached: set[str] = set()
    for data in now.directory.sections["flows"]:
        flow = build(data, now.directory)
        shown_to: dict[Need, tuple[tuple[str, ...], frozenset[str]]] = {}
        for end in every_ending(now, flow, several=False):
            if end.need not in shown_to:
                found = end.results
                shown_to[end.need] = (
                    tuple(match.support.slug for match in found.shown),
                    frozenset(match.support.slug for match in found.everything),
                )
            first, everything = shown_to[end.need]
            path = tuple(end.conversation.answers.items())
            endings[flow.key, path] = first
            reached |= everything
            for question, choices in path:
                for choice in choices:
                    by_choice[flow.key, question, choice] |= everything
    return Survey(endings, frozenset(reached), {key: frozenset(slugs) for key, slugs in by_choice.items()})
