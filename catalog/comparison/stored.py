"""Rows of the database, now or once, described as entries that can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db import models

from catalog.hours.notation import hours_words
from catalog.hours.stored import HoursRow
from catalog.models import Contact, Hours

from .changes import Entry, Field, Row, as_json
from .describing import ADDRESS_FIELDS, fields_of, name_of_entry, name_of_row, plain_name

GONE = "（いまはないもの）"


@dataclass(frozen=True)
class StoredRow:
    """`values` by field or column. `parent`: the key of the row that it stands below. `unsaid`: what names it already, or nobody edits."""

    model: type[models.Model]
    key: Any
    parent: Any
    values: Mapping[str, Any]
    unsaid: Iterable[str] = ()


class Describer:
    """Asks the database once per model how the rows are called that values point at. `ref`: by what values name them (an id, say)."""

    def __init__(self, ref: Callable[[Any], Any]) -> None:
        self._ref = ref
        self._names: dict[type[models.Model], dict[Any, str]] = {}

    def name_of(self, model: type[models.Model], ref: Any) -> str:
        if model not in self._names:
            rows = model._default_manager.select_related()
            self._names[model] = {self._ref(row): plain_name(row) for row in rows}
        return self._names[model].get(tuple(ref) if isinstance(ref, list) else ref, GONE)

    def entry(self, rows: Iterable[StoredRow]) -> Entry | None:
        """An entry with its rows, itself first. A contact's hours are told as they are typed: as one of its fields."""
        entry: Entry | None = None
        found: list[Row] = []
        hours: defaultdict[Any, list[Mapping[str, Any]]] = defaultdict(list)
        rows = list(rows)
        for row in rows:
            if row.model is Hours:
                hours[row.parent].append(row.values)
        for row in rows:
            fields = fields_of(row.model, row.values, self.name_of, leave_out=row.unsaid)
            if row.parent is None:
                entry = Entry(row.key, name_of_entry(row.model, row.values), fields)
            elif row.model is not Hours:
                found.append(Row(name_of_row(row.model, row.values), fields | _more(row, fields, hours), (row.key,)))
        return replace(entry, rows=found) if entry else None


def _more(
    row: StoredRow, fields: Mapping[str, Field], hours: Mapping[Any, list[Mapping[str, Any]]]
) -> dict[str, Field]:
    if row.model is not Contact:
        return {}
    rules = [{name: rule[name] for name in ("position", *HoursRow.__annotations__)} for rule in hours.get(row.key, ())]
    rules.sort(key=lambda rule: rule["position"])
    numbers = {name: replace(fields[name], is_number=True) for name in ADDRESS_FIELDS & fields.keys()}
    return {**numbers, "rules": Field(str(Hours._meta.verbose_name), rules, _hours_words(rules))}


def _hours_words(rules: list[dict[str, Any]]) -> str:
    """The rules as one types them; as they are stored, where they cannot be read."""
    try:
        return hours_words(cast(list[HoursRow], rules))
    except (ValueError, TypeError):
        return as_json(rules)
