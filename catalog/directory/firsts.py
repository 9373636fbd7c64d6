"""Which entries come first for a worry, and when an entry is not shown at all: what caseworkers know, written on the entries as lines.

    rent 1                                        first of all for those who cannot pay the rent
    rent 2 if tag:parent worry:food               second, if at least one of these is known
    rent 2 with tag:parent worry:food             second, if all of these are known
    rent 2 if tag:parent unless age:a65           second, if the one is known and the other is not

`with`, `if` and `unless` stand in this order. A fact is a kind and a code, as in the flows: worry:rent, tag:parent, age:a65,
danger:violence, who:family, via:text. Where an entry is shown or not, a line may join facts: age:a65+worry:pension holds only of
somebody of whom both are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_PLACES = 30
_FACT = re.compile(r"(worry|tag|age|danger|who|via):[a-z0-9_-]{1,40}")
_FIRST = re.compile(
    r"(?P<worry>[a-z0-9_-]{1,40}) (?P<place>[1-9][0-9]?)"
    r"(?: with (?P<all_of>.*?))?(?: if (?P<any_of>.*?))?(?: unless (?P<none_of>.*))?"
)
MOST_LENGTH = 400

Facts = frozenset[str]
Joint = tuple[Facts, ...]  # each of them: facts that are known together


@dataclass(frozen=True, slots=True)
class First:
    """That an entry stands among the first for a worry. `place`: 1 before 2, among those of the worry."""

    worry: str
    place: int
    all_of: Facts = frozenset()
    any_of: Facts = frozenset()  # empty: always
    none_of: Facts = frozenset()

    def holds(self, facts: Facts) -> bool:
        return (
            self.all_of <= facts
            and (not self.any_of or not self.any_of.isdisjoint(facts))
            and self.none_of.isdisjoint(facts)
        )

    @property
    def mentioned(self) -> Facts:
        """The facts on which it depends."""
        return self.all_of | self.any_of | self.none_of


def parse_first(line: str) -> First:
    """Raises ValueError, in Japanese, where the line cannot be read."""
    found = _FIRST.fullmatch(" ".join(line.split())) if len(line) <= MOST_LENGTH else None
    if not found:
        raise ValueError(
            f"「{line[:60]}」は読めません。「rent 1」「rent 2 if tag:parent」「rent 2 with tag:parent worry:food unless age:a65」の"
            "ように書いてください。"
        )
    place = int(found["place"])
    if place > MOST_PLACES:
        raise ValueError(f"「{line[:60]}」の順番は、1から{MOST_PLACES}までにしてください。")
    return First(found["worry"], place, *(_facts(found[part]) for part in ("all_of", "any_of", "none_of")))


def parse_joint(lines: Iterable[str]) -> Joint:
    """Raises ValueError, in Japanese, for a line that is not facts joined by +."""
    return tuple(frozenset(_checked(line.split("+"))) for line in lines)


def any_known(joint: Joint, facts: Facts) -> bool:
    """Whether all the facts of one of the lines are known."""
    return any(together <= facts for together in joint)


def _facts(text: str | None) -> Facts:
    return frozenset(_checked((text or "").split()))


def _checked(facts: Iterable[str]) -> Iterator[str]:
    for fact in facts:
        if not _FACT.fullmatch(fact):
            raise ValueError(f"「{fact[:60]}」は読めません。tag:parent や worry:debt のように書いてください。")
        yield fact
