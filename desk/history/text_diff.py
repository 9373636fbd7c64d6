"""Where two texts differ, in pieces no smaller than a clause, so that the eye finds the change in a long text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_CLAUSE = re.compile(r"[^。、！？\n]*[。、！？\n]|[^。、！？\n]+")


@dataclass(frozen=True)
class Piece:
    text: str
    changed: bool


def marked(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces. Where nothing is alike, nothing is marked: all of it is the change."""
    before, after = _CLAUSE.findall(old), _CLAUSE.findall(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    if all(tag != "equal" for tag, *_ in steps):
        return [Piece(old, changed=False)], [Piece(new, changed=False)]
    sides: tuple[list[Piece], list[Piece]] = [], []
    for tag, start, stop, new_start, new_stop in steps:
        for side, clauses in zip(sides, (before[start:stop], after[new_start:new_stop]), strict=True):
            if clauses:
                side.append(Piece("".join(clauses), changed=tag != "equal"))
    return sides
