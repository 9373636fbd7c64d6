"""The kinds of rows that are exchanged, in the order in which they can be made, and each row as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from django.db import models
from django.db.models import ForeignKey, ManyToManyField, Model

from catalog.models.base import natural_lookups
from catalog.models.content import ContentModel, content_models

# A row's name wherever it is: its model ("catalog.contact") and its natural key (("yorisoi-hotline", 0)).
Key = tuple[str, tuple[Any, ...]]
# A row's fields by name; what it points at stands as natural keys in lists, as in the fixtures.
Values = dict[str, Any]
AnyField: TypeAlias = "models.Field[Any, Any] | ManyToManyField[Any, Any]"


@dataclass(frozen=True)
class ExchangedModel:
    """One model. `path`: the foreign keys that lead to the row's entry. `late`: those that may point at rows made after it."""

    model: type[Model]
    entry: type[Model]
    path: tuple[str, ...]
    late: tuple[str, ...]

    @cached_property
    def label(self) -> str:
        return self.model._meta.label_lower

    @cached_property
    def entry_label(self) -> str:
        return self.entry._meta.label_lower

    @property
    def words(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def removable(self) -> bool:
        """Whether a row is one of a list, so that it is taken out of its entry: the other kinds are archived or emptied."""
        return bool(self.path) and "position" in self.fields

    @cached_property
    def lookups(self) -> tuple[str, ...]:
        """The natural key, e.g. ("support__slug", "position")."""
        return natural_lookups(self.model)

    @cached_property
    def key_fields(self) -> tuple[str, ...]:
        """The fields that make up the natural key, e.g. ("support", "position")."""
        return tuple(dict.fromkeys(lookup.split("__")[0] for lookup in self.lookups))

    @cached_property
    def fields(self) -> dict[str, AnyField]:
        """What is exchanged, in the fixtures' order: what the row belongs to, then as written in the model."""
        meta = self.model._meta
        own = sorted([*meta.concrete_fields, *meta.many_to_many], key=lambda field: field.creation_counter)
        named = {field.name: field for field in own if field.editable and not field.primary_key}
        return {**{name: named[name] for name in self.path[:1]}, **named}

    def rows(self, firsts: Iterable[str] | None = None, *, lock: bool = False) -> dict[Key, Model]:
        """The rows by key, with all that `values` looks at, in a bounded number of queries.
        `firsts`: only those whose key begins so (the slug, code or flow that they belong to)."""
        found = self.model._default_manager.select_related(*self._looked_at()).prefetch_related(
            *(name for name, field in self.fields.items() if isinstance(field, ManyToManyField))
        )
        if firsts is not None:
            found = found.filter(**{f"{self.lookups[0]}__in": sorted(firsts)})
        if lock and not self.path:
            found = found.select_for_update(of=("self",))
        return {self.key_of(row): row for row in found.order_by("pk")}

    def _looked_at(self) -> Iterator[str]:
        """What a row points at, and what the natural keys of that look at."""
        for name, field in self.fields.items():
            if isinstance(field, ForeignKey):
                yield name
                for lookup in natural_lookups(field.related_model):
                    if "__" in lookup:
                        yield f"{name}__{lookup.rsplit('__', 1)[0]}"

    def key_of(self, row: Model) -> Key:
        return self.label, row.natural_key()  # type: ignore[attr-defined]

    def values(self, row: Model) -> Values:
        return {name: _value(row, field) for name, field in self.fields.items()}


def _value(row: Model, field: AnyField) -> Any:
    if isinstance(field, ManyToManyField):
        return sorted(list(other.natural_key()) for other in getattr(row, field.name).all())
    value = getattr(row, field.name)
    if isinstance(field, ForeignKey):
        return list(value.natural_key()) if value else None
    return value


def _kinds(content: Iterable[ContentModel]) -> Iterator[ExchangedModel]:
    made: set[Any] = set()
    for each in content:
        pointing = [field for field in each.model._meta.fields if isinstance(field, ForeignKey)]
        late = tuple(field.name for field in pointing if field.related_model not in made)
        yield ExchangedModel(each.model, each.entry, each.path, late)
        made.add(each.model)


EXCHANGED: dict[str, ExchangedModel] = {kind.label: kind for kind in _kinds(content_models())}


def entry_key(key: Key) -> Key:
    """The entry that a row is edited with; itself, where it is one."""
    return _beginning(key, EXCHANGED[key[0]].entry)


def parent_key(key: Key) -> Key | None:
    """The row that a row stands below; None for an entry."""
    kind = EXCHANGED[key[0]]
    return _beginning(key, kind.fields[kind.path[0]].related_model) if kind.path else None


def _beginning(key: Key, model: Any) -> Key:
    """The key of a row of that model with which this one begins."""
    return model._meta.label_lower, key[1][: len(natural_lookups(model))]


def snapshot(
    kinds: Iterable[ExchangedModel], firsts: Iterable[str] | None = None, *, lock: bool = False
) -> dict[Key, Values]:
    """How these rows stand now."""
    firsts = None if firsts is None else set(firsts)
    return {key: kind.values(row) for kind in kinds for key, row in kind.rows(firsts, lock=lock).items()}


def edited_together(labels: Iterable[str]) -> list[ExchangedModel]:
    """These kinds, what they belong to, and what else belongs to that; in an order in which they can be made."""
    entries = {EXCHANGED[label].entry_label for label in labels}
    return [kind for kind in EXCHANGED.values() if kind.entry_label in entries]
