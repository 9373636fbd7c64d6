"""An entry's states, and what changed from one to another, in words."""

from __future__ import annotations

from operator import attrgetter

from catalog.comparison.changes import Entry, RowChange, compare_entry
from catalog.comparison.stored import Describer, StoredRow
from catalog.models.base import Versioned
from catalog.models.content import rows_of

from .states import NOT_COMPARED, State


class StateDescriber(Describer):
    """Of one entry. Its rows are known by their models and ids, as in a State."""

    def __init__(self, entry: Versioned) -> None:
        super().__init__(attrgetter("pk"))
        self._below = {each.model: each for each in rows_of(type(entry))}

    def changes(self, before: State, after: State) -> tuple[RowChange, ...]:
        """The entry's own first, then those of its rows."""
        described = compare_entry("", "", self._described(before), self._described(after))
        return tuple(row for change in described for row in change.rows)

    def _described(self, state: State) -> Entry | None:
        rows = []
        for (model, pk), values in state.items():
            below = self._below.get(model)
            parent = (below.parent, values[below.link]) if below else None
            rows.append(StoredRow(model, (model, pk), parent, values, {*NOT_COMPARED, below.link if below else "id"}))
        return self.entry(rows)
