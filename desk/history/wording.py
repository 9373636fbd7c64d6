"""Values of fields and names of rows, in the words that staff know them by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from catalog.directory.codes import Language
from catalog.hours.wording import DAY_NAMES
from catalog.models import ChildWords
from catalog.models.bulk_history import Values, columns, many_to_many

from .text_diff import Piece, marked
from .tree import NOT_COMPARED, Key, State, branches, same

NOTHING = "（なし）"
CODES = {"languages": Language.labels(), "days": DAY_NAMES}
BOOLEANS = {True: "はい", False: "いいえ"}
KINDS = {"+": "加えた", "-": "なくした", "~": "直した"}


@dataclass(frozen=True)
class FieldChange:
    name: str  # the field's name in the code
    label: str
    old: str
    new: str

    @property
    def pieces(self) -> tuple[list[Piece], list[Piece]]:
        """Both values with what differs marked."""
        return marked(self.old, self.new)


@dataclass(frozen=True)
class RowChange:
    """What happened to the entry or to one of its rows. kind: "+" new, "-" taken away, "~" changed."""

    key: Key
    kind: str
    label: str  # empty for the entry itself
    fields: tuple[FieldChange, ...]

    @property
    def done(self) -> str:
        return KINDS[self.kind]


class Words:
    """Knows by name what the values of some states point at, asking once for each model."""

    def __init__(self, root: models.Model, states: Iterable[State]) -> None:
        self.root: Key = (type(root), root.pk)
        self._parents = {type(root): "", **{branch.model: branch.link for branch in branches(type(root))}}
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        seen: set[int] = set()
        for state in states:
            for (model, _), values in state.items():
                if id(values) not in seen:  # most rows are the same from edit to edit
                    seen.add(id(values))
                    for field, ids in self._pointing(model, values):
                        wanted[field.related_model].update(ids)
        self._names = {
            model: {pk: str(row) for pk, row in model._default_manager.in_bulk(sorted(ids)).items()}
            for model, ids in wanted.items()
        }

    def _pointing(self, model: type[models.Model], values: Values) -> Iterator[tuple[Any, list[Any]]]:
        for field in shown_fields(model, self._parents[model]):
            if isinstance(field, models.ManyToManyField):
                yield field, values[field.name]
            elif isinstance(field, models.ForeignKey) and values[field.attname] is not None:
                yield field, [values[field.attname]]

    def changes(self, before: State, after: State) -> list[RowChange]:
        """From one state to another, the entry first, then its rows."""
        return [
            self._change(key, before.get(key), after.get(key))
            for key in [*after, *(key for key in before if key not in after)]
            if not same(before.get(key), after.get(key))
        ]

    def _change(self, key: Key, old: Values | None, new: Values | None) -> RowChange:
        model, _ = key
        fields = shown_fields(model, self._parents[model])
        differ = [field for field in fields if old is None or new is None or _of(field, old) != _of(field, new)]
        told = tuple(
            FieldChange(
                field.name,
                str(field.verbose_name),
                self.value(field, old) if old else "",
                self.value(field, new) if new else "",
            )
            for field in differ
            if (old and new) or _of(field, old or new or {}) not in (None, "", [], False)
        )
        return RowChange(
            key, "+" if old is None else "-" if new is None else "~", self.row(key, new or old or {}), told
        )

    def rows(self, state: State) -> list[RowChange]:
        """A whole state, as if everything in it were new."""
        return self.changes({}, state)

    def row(self, key: Key, values: Values) -> str:
        model, _ = key
        if key == self.root:
            return ""
        kind = str(model._meta.verbose_name)
        if model is ChildWords:
            return kind
        plain = {name: value for name, value in values.items() if name in columns(model)}
        return f"{kind}「{model(**plain)}」"

    def value(self, field: Any, values: Values) -> str:
        """A field's value as one text."""
        return self.say(field, _of(field, values))

    def say(self, field: Any, value: Any) -> str:
        if value is None or value == "" or value == []:
            return NOTHING
        if isinstance(field, models.ManyToManyField):
            return "、".join(self._name(field, pk) for pk in value)
        if isinstance(field, models.ForeignKey):
            return self._name(field, value)
        if isinstance(value, bool):
            return BOOLEANS[value]
        if isinstance(value, list):
            return self._list(field.name, value)
        return str(dict(field.flatchoices).get(value, value))

    def _list(self, name: str, values: list[Any]) -> str:
        known = CODES.get(name, {})
        return "、".join(str(known.get(value, value)) for value in values)

    def _name(self, field: Any, pk: Any) -> str:
        return self._names.get(field.related_model, {}).get(pk, "（いまはないもの）")


def shown_fields(model: type[models.Model], parent_link: str) -> list[Any]:
    """What a person may have changed: no ids, no version, no link to the entry."""
    own = [field for field in model._meta.fields if field.attname not in {*NOT_COMPARED, parent_link}]
    return [*own, *many_to_many(model)]


def _of(field: Any, values: Values) -> Any:
    name: str = field.name if isinstance(field, models.ManyToManyField) else field.attname
    return values[name]
