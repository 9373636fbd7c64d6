"""Where two texts differ: whole clauses, or, where one clause became another, from the first different letter to the last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_CLAUSE = re.compile(r"[^。、！？\n]*[。、！？\n]|[^。、！？\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    changed: bool


def marked(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces. Where nothing is alike, nothing is marked: all of it is the change."""
    before, after = _CLAUSE.findall(old), _CLAUSE.findall(new)
    sides: tuple[list[Piece], list[Piece]] = [], []
    for _, start, stop, new_start, new_stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        texts = "".join(before[start:stop]), "".join(after[new_start:new_stop])
        first = last = 0
        if texts[0] == texts[1] or stop - start == new_stop - new_start == 1:
            first = _alike(*texts)
            last = _alike(*(text[first:][::-1] for text in texts))
        for side, text in zip(sides, texts, strict=True):
            end = len(text) - last
            pieces = Piece(text[:first], False), Piece(text[first:end], True), Piece(text[end:], False)
            side += [piece for piece in pieces if piece.text]
    if all(piece.changed for side in sides for piece in side):
        return [Piece(old, False)], [Piece(new, False)]
    return sides


def _alike(one: str, other: str) -> int:
    """How many letters the two begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
