"""What an import changes, entry by entry and field by field, in words that staff read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalog.comparison.changes import EntryChange, compare_entry
from catalog.comparison.stored import Describer, StoredRow

from .kinds import KINDS, Key, Kind, Values


def differences(
    before: Mapping[Key, Values], after: Mapping[Key, Values], entries: Mapping[Key, Key]
) -> list[EntryChange]:
    """The entries that differ, with the rows of each. `entries`: for each row the entry that it is edited with."""
    rows: dict[Key, list[Key]] = {}
    for key in [*after, *(key for key in before if key not in after)]:
        rows.setdefault(entries[key], []).append(key)
    describer = Describer(lambda row: row.natural_key())
    return [
        change
        for entry, keys in rows.items()
        if any(before.get(key) != after.get(key) for key in keys)
        for change in compare_entry(
            entry[0],
            KINDS[entry[0]].words,
            *(describer.entry(_stored(keys, side)) for side in (before, after)),
        )
    ]


def _stored(keys: Iterable[Key], values: Mapping[Key, Values]) -> Iterable[StoredRow]:
    for key in keys:
        if key in values:
            kind = KINDS[key[0]]
            yield StoredRow(kind.model, key, _parent(kind, key), values[key], kind.key_fields if kind.path else ())


def _parent(kind: Kind, key: Key) -> Key | None:
    """The row that this one stands below: its natural key begins with that one's."""
    if not kind.path:
        return None
    parent = KINDS[kind.fields[kind.path[0]].related_model._meta.label_lower]  # type: ignore[union-attr]
    return parent.label, key[1][: len(parent.lookups)]
