"""What differs between two payloads (catalog.release.payload), entry by entry and field by field, in words. Pure Python.

Both sides are described first (catalog.release.diff_wording; other apps describe their own sections), then compared by their raw values:
nothing that a Release freezes can change unseen. Older Releases may lack fields; they are compared by what they have.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from catalog.text import phone

from .diff_contacts import Contacts, pair_contacts
from .diff_wording import PARTS, Entry, Field, Names, names_of
from .sections import sections


class How(Enum):
    ADDED = "加わる"
    REMOVED = "なくなる"
    CHANGED = "変わる"


@dataclass(frozen=True, slots=True)
class Change:
    """One field; "" where there was or will be nothing. Lists have a line for each item."""

    label: str
    old: str
    new: str

    @property
    def old_parts(self) -> tuple[str, str, str]:
        """What stays before, what goes, what stays behind."""
        return self._parts(self.old)

    @property
    def new_parts(self) -> tuple[str, str, str]:
        """What stays before, what comes, what stays behind."""
        return self._parts(self.new)

    def _parts(self, side: str) -> tuple[str, str, str]:
        first = _alike(self.old, self.new)
        last = _alike(self.old[first:][::-1], self.new[first:][::-1])
        return side[:first], side[first : len(side) - last], side[len(side) - last :]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """`part`: its key in the payload; `numbers`: telephone numbers alone, set apart; `crisis`: a crisis entry before or after."""

    part: str
    part_label: str
    key: str
    name: str
    how: How
    changes: tuple[Change, ...]
    numbers: tuple[Change, ...] = ()
    crisis: bool = False

    @property
    def is_weighty(self) -> bool:
        """A mistake here could cost a life: a second person looks at it."""
        return bool(self.numbers) or self.crisis


@dataclass(frozen=True)
class Changes:
    entries: tuple[EntryChange, ...] = ()
    # How many of each (part label, how).
    counts: Mapping[tuple[str, How], int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.entries)

    @property
    def with_numbers(self) -> tuple[EntryChange, ...]:
        return tuple(entry for entry in self.entries if entry.numbers)

    @property
    def crisis(self) -> tuple[EntryChange, ...]:
        return tuple(entry for entry in self.entries if entry.crisis)


def needs_second_person(changes: Changes) -> bool:
    """Whether a telephone number or a crisis entry is among them."""
    return any(entry.is_weighty for entry in changes.entries)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    """From one payload to another. An empty one ({}) stands for "nothing was public"."""
    old_names, new_names = names_of(old), names_of(new)
    found: list[EntryChange] = []
    for part, described in PARTS.items():
        befores = [described.entry(row, old_names) for row in old.get(part, ())]
        # Most rows stay as they are: these are not described again, and _compare_part passes over them.
        described_before = zip(old.get(part, ()), befores, strict=True) if old_names == new_names else ()
        known = {row.get(described.key): (row, entry) for row, entry in described_before}
        afters: list[Entry] = []
        for row in new.get(part, ()):
            old_row, entry = known.get(row.get(described.key), (None, None))
            afters.append(entry if entry and old_row == row else described.entry(row, new_names))
        found += _compare_part(part, described.label, befores, afters)
    old_sections, new_sections = old.get("sections", {}), new.get("sections", {})
    for name in sorted({*old_sections, *new_sections}):
        label = sections[name].label if name in sections else name
        before = list(_describe_section(name, old_sections.get(name), old_names))
        after = list(_describe_section(name, new_sections.get(name), new_names))
        found += _compare_part(name, label, before, after)
    for part in sorted({*old, *new} - {*PARTS, "sections"}):  # of another version of this code
        found += _compare_part(part, part, _unknown(part, old.get(part)), _unknown(part, new.get(part)))
    counts: dict[tuple[str, How], int] = {}
    for each in found:
        counts[each.part_label, each.how] = counts.get((each.part_label, each.how), 0) + 1
    return Changes(tuple(found), counts)


def _describe_section(name: str, data: Any, names: Names) -> Iterable[Entry]:
    describe = sections[name].describe if name in sections else None
    if data is None or describe is None:
        return _unknown(name, data)
    return describe(data, names)


def _unknown(name: str, data: Any) -> list[Entry]:
    return [] if data is None else [Entry(name, name, {"": Field("内容", data, _as_json(data))})]


def _compare_part(part: str, label: str, old: list[Entry], new: list[Entry]) -> Iterator[EntryChange]:
    befores, afters = {entry.key: entry for entry in old}, {entry.key: entry for entry in new}
    for key, after in afters.items():
        before = befores.get(key)
        if before is after:
            continue
        how = How.CHANGED if before else How.ADDED
        yield from _compare_entry(part, label, how, before or Entry(key, after.name), after)
    for key, before in befores.items():
        if key not in afters:
            yield from _compare_entry(part, label, How.REMOVED, before, Entry(key, before.name))
    staying = [key for key in befores if key in afters]
    order = [key for key in afters if key in befores]
    if staying != order:
        lists = (
            "\n".join(entries[key].name for key in keys) for entries, keys in ((befores, staying), (afters, order))
        )
        yield EntryChange(part, label, "", f"{label}の並び順", How.CHANGED, (Change("並び順", *lists),))


def _compare_entry(part: str, label: str, how: How, before: Entry, after: Entry) -> Iterator[EntryChange]:
    contacts = pair_contacts(before.contacts, after.contacts)
    changes = (*_changes(before.fields, after.fields), *_contact_changes(contacts))
    if not changes and not contacts.numbers and how is How.CHANGED:
        return
    yield EntryChange(
        part, label, after.key, after.name, how, changes,
        numbers=(*(Change(*number) for number in contacts.numbers), *_numbers_in_texts(before, after, contacts)),
        crisis=before.crisis or after.crisis,
    )  # fmt: skip


def _changes(before: Mapping[str, Field], after: Mapping[str, Field]) -> Iterator[Change]:
    for key in {**after, **before}:
        old, new = before.get(key), after.get(key)
        if old and new and old.raw == new.raw:
            continue
        old_words, new_words = old.words if old else "", new.words if new else ""
        if old and new and old_words == new_words:
            old_words, new_words = _as_json(old.raw), _as_json(new.raw)  # the words do not show the difference
        if old_words or new_words:
            yield Change((new or old or _NOTHING).label, old_words, new_words)


def _contact_changes(contacts: Contacts) -> Iterator[Change]:
    for before, after in contacts.fields:
        yield from _changes(before, after)


def _numbers_in_texts(before: Entry, after: Entry, contacts: Contacts) -> Iterator[Change]:
    """Numbers that a text begins or ceases to name, where the contacts above do not say so already."""
    said = {number for _, *sides in contacts.numbers for side in sides for number in phone.find_numbers(side)}
    old, new = (
        [number for number in dict.fromkeys(phone.find_numbers(entry.texts)) if number not in said]
        for entry in (before, after)
    )
    gone, come = [n for n in old if n not in new], [n for n in new if n not in old]
    if gone or come:
        yield Change("文の中の番号", "\n".join(gone), "\n".join(come))


def _alike(one: str, other: str) -> int:
    """How many characters the two begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


_NOTHING = Field("", None, "")
