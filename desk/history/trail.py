"""An entry's history, played again from the first record: each edit with the whole state before and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from catalog.models.bulk_history import Values, columns, ends, many_to_many, records_of

from .tree import Key, State, branches


@dataclass(frozen=True)
class Past:
    """One edit. number: counted from 1; version: the entry's own number after it; who: empty where nobody was signed in."""

    number: int
    moment: datetime
    who: str
    reason: str
    version: int
    before: State
    after: State


@dataclass(frozen=True)
class _Record:
    moment: datetime
    order: int
    key: Key
    gone: bool
    who: str
    reason: str
    values: Values


def trail(root: models.Model) -> list[Past]:
    """Every edit, oldest first. Two queries a model and one a many-to-many, however long the history is.

    What was saved in the same moment is one edit (see edits.one_edit)."""
    records = sorted(_records(root), key=lambda record: (record.moment, record.order))
    own: Key = (type(root), root.pk)
    edits: list[Past] = []
    state: State = {}
    for together in _same_moment(records):
        before, state = state, dict(state)
        for record in together:
            state.pop(record.key, None)
            if not record.gone:
                state[record.key] = record.values
        first = together[0]
        edits.append(
            Past(
                number=len(edits) + 1,
                moment=first.moment,
                who=first.who,
                reason=first.reason,
                version=state.get(own, {}).get("version", 0),
                before=before,
                after=ordered(state, root),
            )
        )
    return edits


def ordered(state: State, root: models.Model) -> State:
    """Without the rows whose parent is gone or another's; parents first, rows as they are shown."""
    kept: State = {key: values for key, values in state.items() if key == (type(root), root.pk)}
    for branch in branches(type(root)):
        rows = [
            (key, values)
            for key, values in state.items()
            if key[0] is branch.model and (branch.parent, values[branch.link]) in kept
        ]
        kept.update(sorted(rows, key=lambda row: (row[1].get("position", 0), row[0][1])))
    return kept


def _same_moment(records: Sequence[_Record]) -> Iterator[list[_Record]]:
    together: list[_Record] = []
    for record in records:
        if together and together[0].moment != record.moment:
            yield together
            together = []
        together.append(record)
    if together:
        yield together


def _records(root: models.Model) -> Iterator[_Record]:
    model = type(root)
    ids: dict[type[models.Model], set[Any]] = {model: {root.pk}}
    yield from _of_model(model, ids[model])
    for branch in branches(model):
        records = records_of(branch.model)
        # Whatever once belonged to the entry: a row that has moved on since must be seen to leave.
        ids[branch.model] = set(
            records.filter(**{f"{branch.link}__in": ids[branch.parent]})
            .order_by()
            .values_list("id", flat=True)
            .distinct()
        )
        yield from _of_model(branch.model, ids[branch.model])


def _of_model(model: type[models.Model], ids: set[Any]) -> Iterator[_Record]:
    names = columns(model)
    records = list(records_of(model).filter(id__in=ids).select_related("history_user"))
    named: dict[str, defaultdict[Any, list[Any]]] = {}
    for field in many_to_many(model):
        _, other = ends(field)
        through = getattr(records_of(model).model, field.name).model
        pairs = through.objects.filter(history__in=[record.pk for record in records]).order_by(other)
        named[field.name] = defaultdict(list)
        for history_id, pk in pairs.values_list("history_id", other):
            named[field.name][history_id].append(pk)
    for record in records:
        yield _Record(
            moment=record.history_date,
            order=record.history_id,
            key=(model, record.id),
            gone=record.history_type == "-",
            who=str(record.history_user or ""),
            reason=record.history_change_reason or "",
            values={name: getattr(record, name) for name in names}
            | {name: of_field[record.history_id] for name, of_field in named.items()},
        )
