"""What an import changes, entry by entry and field by field, in words that staff read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from catalog.comparison.changes import EntryChange, compare_entry
from catalog.comparison.stored import Describer, StoredRow

from .exchanged import EXCHANGED, Key, Values, entry_key, parent_key


def differences(before: Mapping[Key, Values], after: Mapping[Key, Values]) -> list[EntryChange]:
    """The entries that differ, with those of their rows that do."""
    entries: dict[Key, list[Key]] = {}
    for key in [*after, *(key for key in before if key not in after)]:
        entries.setdefault(entry_key(key), []).append(key)
    describer = Describer(lambda row: row.natural_key())
    return [
        change
        for (label, _), keys in entries.items()
        if any(before.get(key) != after.get(key) for key in keys)
        for change in compare_entry(
            label, EXCHANGED[label].words, *(describer.entry(_stored(keys, side)) for side in (before, after))
        )
    ]


def _stored(keys: Iterable[Key], values: Mapping[Key, Values]) -> Iterator[StoredRow]:
    for key in keys:
        if key in values:
            kind = EXCHANGED[key[0]]
            yield StoredRow(kind.model, key, parent_key(key), values[key], kind.key_fields if kind.path else ())
