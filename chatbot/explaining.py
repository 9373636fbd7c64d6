"""Why the results of a step stand in their order, for the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.directory.entries import Support

from .conversation import Step
from .ranking import Match, rank, why_before
from .results import Group

KEPT_PLACE = "はじめの中に場所をとってある（危険のときは開いている窓口を先に、24時間の窓口や書ける窓口を1つ など）"


@dataclass(frozen=True, slots=True)
class Explained:
    """`put_here_by`: what brought it into the results. `worry`: for which it was named first, if so. `before_next`: what puts it before the
    next one of its group, which may stand behind もっと見る; "" for the last."""

    group: Group
    is_more: bool
    support: Support
    put_here_by: str
    worry: str
    before_next: str


def explain(step: Step) -> Iterator[Explained]:
    """The results one by one, in the order in which they are shown."""
    rows = [(group, is_more, match) for group, is_more, shown in step.results.groups for match in shown]
    for place, (group, is_more, match) in enumerate(rows, start=1):
        following = next((other for its, _, other in rows[place : place + 1] if its is group), None)
        before = _why(match, following) if following else ""
        worry = match.named_first.worry if match.named_first else ""
        yield Explained(group, is_more, match.support, match.put_here_by(step.now.directory), worry, before)


def _why(match: Match, following: Match) -> str:
    rule = why_before(match, following)
    return rule.words if rule and rank(match) < rank(following) else KEPT_PLACE
