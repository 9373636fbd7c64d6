"""An entry with all its rows as plain values: as it is now, and after each edit of its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import models

from catalog.models.base import Versioned
from catalog.models.bulk_history import Record, Values, read_records, records_of, values_of
from catalog.models.content import rows_of

Key = tuple[type[models.Model], Any]  # a row: its model and its id
State = dict[Key, Values]  # an entry with all its rows, parents before children
NOT_COMPARED = {"id", "version"}


@dataclass(frozen=True)
class PastEdit:
    """number: counted from 1; version: the entry's own number after it; who: empty where nobody was signed in."""

    number: int
    moment: datetime
    who: str
    reason: str
    version: int
    before: State
    after: State


def state_now(entry: Versioned) -> State:
    """What the database holds, in one query per model and one per many-to-many."""
    model = type(entry)
    rows: dict[type[models.Model], dict[Any, Values]] = {model: values_of(model, pk=entry.pk)}
    for each in rows_of(model):
        rows[each.model] = values_of(each.model, **{f"{each.link}__in": list(rows[each.parent])})
    return {(owner, pk): values for owner, found in rows.items() for pk, values in found.items()}


def past_edits(entry: Versioned) -> list[PastEdit]:
    """Every edit, oldest first, replayed from the first record. Two queries per model and one per many-to-many,
    however long the history is.

    What was saved in the same moment is one edit (see edits.one_edit)."""
    edits: list[PastEdit] = []
    state: State = {}
    records = sorted(_records(entry), key=attrgetter("moment", "number"))
    for number, (moment, together) in enumerate(groupby(records, attrgetter("moment")), start=1):
        first, *others = together
        before, state = state, dict(state)
        for record in (first, *others):
            key = (record.model, record.values["id"])
            state.pop(key, None)
            if not record.removed:
                state[key] = record.values
        version = state.get((type(entry), entry.pk), {}).get("version", 0)
        edits.append(PastEdit(number, moment, first.who, first.reason, version, before, _of_entry(state, entry)))
    return edits


def _records(entry: Versioned) -> Iterator[Record]:
    model = type(entry)
    ids: dict[type[models.Model], set[Any]] = {model: {entry.pk}}
    yield from read_records(model, ids[model])
    for each in rows_of(model):
        # Whatever once belonged to the entry: a row that has moved on since must be seen to leave.
        belonged = records_of(each.model).filter(**{f"{each.link}__in": ids[each.parent]}).order_by()
        ids[each.model] = set(belonged.values_list("id", flat=True).distinct())
        yield from read_records(each.model, ids[each.model])


def _of_entry(state: State, entry: Versioned) -> State:
    """Without the rows whose parent is gone or another's; parents first, rows as they are shown."""
    kept: State = {key: values for key, values in state.items() if key == (type(entry), entry.pk)}
    for each in rows_of(type(entry)):
        rows = [
            (key, values)
            for key, values in state.items()
            if key[0] is each.model and (each.parent, values[each.link]) in kept
        ]
        kept.update(sorted(rows, key=lambda row: (row[1].get("position", 0), row[0][1])))
    return kept


def same_values(one: Values | None, other: Values | None) -> bool:
    """Whether nothing differs that a person could have changed."""
    if one is None or other is None:
        return one is other
    return all(one[name] == other.get(name) for name in one.keys() - NOT_COMPARED)


def same_state(one: State, other: State) -> bool:
    return one.keys() == other.keys() and all(same_values(one[key], other[key]) for key in one)
