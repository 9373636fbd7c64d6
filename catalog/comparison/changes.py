"""Described entries of two versions compared by their raw values, row by row and field by field: nothing changes unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from .marking import Piece, marked

ADDRESSES = "電話番号やアドレス"


class How(Enum):
    """`done`: the same in the past tense."""

    ADDED = "加わる", "加わった"
    REMOVED = "なくなる", "なくなった"
    CHANGED = "変わる", "変わった"

    def __init__(self, label: str, done: str) -> None:
        self.label = label
        self.done = done


@dataclass(frozen=True, slots=True)
class Field:
    """One value: compared by `raw`, shown as `words` ("" for nothing). `is_number`: what is dialled or opened, so shown apart."""

    label: str
    raw: Any
    words: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One of the rows that belong to an entry.

    alike: what it is recognised by in the other version, the surest first (None is like nothing); alike[0] is its key.
    listed: what its list is called, where the order of the list counts and is not a field.
    """

    name: str
    fields: Mapping[str, Field]
    alike: tuple[Any, ...]
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is edited as a whole. `guard`: as what it is guarded, for a mistake here could cost a life ("緊急の窓口"); "" if it is not."""

    key: Any
    name: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    rows: Sequence[Row] = ()
    guard: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`old` and `new` in words, "" where there was or will be nothing."""

    name: str
    label: str
    old: str
    new: str
    is_number: bool = False

    @property
    def pieces(self) -> tuple[list[Piece], list[Piece]]:
        """Both with what differs marked."""
        return marked(self.old, self.new)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What happens to one row; the entry itself has the name ""."""

    key: Any
    name: str
    how: How
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """`part`: its key in the payload of a Release. `guard`: as what the entry is guarded, before or after; "" if it is not."""

    part: str
    part_label: str
    key: Any
    name: str
    how: How
    rows: tuple[RowChange, ...]
    guard: str = ""

    @property
    def numbers(self) -> list[FieldChange]:
        return [change for row in self.rows for change in row.fields if change.is_number]

    @property
    def guards(self) -> tuple[str, ...]:
        """What of it a second person has to look at."""
        return tuple(guard for guard in (ADDRESSES if self.numbers else "", self.guard) if guard)


def compare_entries(part: str, label: str, old: Iterable[Entry], new: Iterable[Entry]) -> Iterator[EntryChange]:
    """All entries of a part: those that come or change in their new order, those that go, and a change of the order."""
    befores, afters = {entry.key: entry for entry in old}, {entry.key: entry for entry in new}
    for key in [*afters, *(key for key in befores if key not in afters)]:
        yield from compare_entry(part, label, befores.get(key), afters.get(key))
    was, becomes = ([key for key in keys if key in befores and key in afters] for keys in (befores, afters))
    if was != becomes:
        order = _order_change(label, [befores[key].name for key in was], [afters[key].name for key in becomes])
        yield EntryChange(part, label, "", order.label, How.CHANGED, (RowChange("", "", How.CHANGED, (order,)),))


def compare_entry(part: str, label: str, before: Entry | None, after: Entry | None) -> Iterator[EntryChange]:
    """The change of one entry; none where nothing differs. None: it is not there."""
    entry = after or before
    if entry is None:
        return
    old, new = before or Entry(entry.key, ""), after or Entry(entry.key, "")
    pairs = _pairs(old.rows, new.rows)
    fields = (*_field_changes(old.fields, new.fields), *_order_changes(old.rows, pairs))
    rows = [RowChange(entry.key, "", _how(before, after), fields)] if fields else []
    for one, other in pairs:
        row = other or one
        changes = tuple(_field_changes(one.fields if one else {}, other.fields if other else {}))
        if row and (changes or not (one and other)):
            rows.append(RowChange(row.alike[0], row.name, _how(one, other), changes))
    if rows or not (before and after):
        guard = new.guard or old.guard
        yield EntryChange(part, label, entry.key, entry.name, _how(before, after), tuple(rows), guard)


def _how(before: object, after: object) -> How:
    if before is None:
        return How.ADDED
    return How.REMOVED if after is None else How.CHANGED


def _pairs(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """Which row is which, the surest likeness first. In the new order, then what goes."""
    left, found = list(old), dict[int, Row]()
    for step in range(max((len(row.alike) for row in new), default=0)):
        for index, row in enumerate(new):
            if index in found or step >= len(row.alike) or row.alike[step] is None:
                continue
            for place, other in enumerate(left):
                if other.alike[step : step + 1] == row.alike[step : step + 1]:
                    found[index] = left.pop(place)
                    break
    return [*((found.get(index), row) for index, row in enumerate(new)), *((row, None) for row in left)]


def _field_changes(old: Mapping[str, Field], new: Mapping[str, Field]) -> Iterator[FieldChange]:
    for name in {**new, **old}:
        before, after = old.get(name), new.get(name)
        either = after or before
        if either is None or (before and after and before.raw == after.raw):
            continue
        words = before.words if before else "", after.words if after else ""
        if before and after and before.words == after.words:
            words = _told_apart(before, after)
        if any(words):
            is_number = any(side.is_number for side in (before, after) if side)
            yield FieldChange(name, either.label, *words, is_number)


def _told_apart(before: Field, after: Field) -> tuple[str, str]:
    """Both in words where their words do not show the difference."""
    if before.label != after.label:
        return f"{before.label} {before.words}", f"{after.label} {after.words}"
    return as_json(before.raw), as_json(after.raw)


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _order_changes(old: Sequence[Row], pairs: Sequence[tuple[Row | None, Row | None]]) -> Iterator[FieldChange]:
    for listed in dict.fromkeys(row.listed for row in old if row.listed):
        becomes = [before for before, after in pairs if before and after and before.listed == listed]
        was = [row for row in old if any(row is one for one in becomes)]
        if any(one is not other for one, other in zip(was, becomes, strict=True)):
            yield _order_change(listed, [row.name for row in was], [row.name for row in becomes])


def _order_change(label: str, was: Iterable[str], becomes: Iterable[str]) -> FieldChange:
    return FieldChange("", f"{label}の並び順", "\n".join(was), "\n".join(becomes))
