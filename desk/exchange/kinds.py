"""What content there is to exchange: its kinds of rows, in the order in which they can be made, and each row as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from django.db import models
from django.db.models import ForeignKey, ManyToManyField, Model

from catalog import models as catalog
from chatbot import models as chatbot

# A row's name wherever it is: its model ("catalog.contact") and its natural key (("yorisoi-hotline", 0)).
Key = tuple[str, tuple[Any, ...]]
# A row's fields by name; what it points at stands as natural keys in lists, as in the fixtures.
Values = dict[str, Any]
AnyField: TypeAlias = "models.Field[Any, Any] | ManyToManyField[Any, Any]"


@dataclass(frozen=True)
class Kind:
    """One model. `owner`: the way to the row that it is edited with ("contact.support"), "" for what stands alone.
    `late`: fields that may point at rows made after it. `removable`: a row that is taken out of its entry, not archived."""

    model: type[Model]
    owner: str = ""
    late: tuple[str, ...] = ()
    removable: bool = False

    @cached_property
    def label(self) -> str:
        return self.model._meta.label_lower

    @cached_property
    def owner_label(self) -> str:
        """The model that `owner` leads to; its own, where it stands alone."""
        model: Any = self.model
        for name in filter(None, self.owner.split(".")):
            model = model._meta.get_field(name).related_model
        return str(model._meta.label_lower)

    @property
    def words(self) -> str:
        return str(self.model._meta.verbose_name)

    @cached_property
    def lookups(self) -> tuple[str, ...]:
        """The natural key, e.g. ("support__slug", "position")."""
        return tuple(self.model._default_manager.lookups)  # type: ignore[attr-defined]

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
        parent = self.owner.split(".")[0]
        return {**({parent: named[parent]} if parent else {}), **named}

    def rows(self, firsts: Iterable[str] | None = None, *, lock: bool = False) -> dict[Key, Model]:
        """The rows by key, with all that `values` and `owner_of` look at, in a bounded number of queries.
        `firsts`: only those whose key begins so (the slug, code or flow that they belong to)."""
        near = [name for name, field in self.fields.items() if isinstance(field, ForeignKey)]
        further = [lookup.rsplit("__", 1)[0] for lookup in self.lookups if lookup.count("__") > 1]
        found = self.model._default_manager.select_related(*near, *further, *_FURTHER.get(self.label, ()))
        found = found.prefetch_related(
            *(name for name, field in self.fields.items() if isinstance(field, ManyToManyField))
        )
        if firsts is not None:
            found = found.filter(**{f"{self.lookups[0]}__in": sorted(firsts)})
        if lock and not self.owner:
            found = found.select_for_update(of=("self",))
        return {self.key_of(row): row for row in found.order_by("pk")}

    def key_of(self, row: Model) -> Key:
        return self.label, row.natural_key()  # type: ignore[attr-defined]

    def owner_of(self, row: Model) -> Model:
        """The row that this one is edited with; itself, where it stands alone."""
        for name in filter(None, self.owner.split(".")):
            row = getattr(row, name)
        return row

    def values(self, row: Model) -> Values:
        return {name: _value(row, field) for name, field in self.fields.items()}


def _value(row: Model, field: AnyField) -> Any:
    if isinstance(field, ManyToManyField):
        return sorted(list(other.natural_key()) for other in getattr(row, field.name).all())
    value = getattr(row, field.name)
    if isinstance(field, ForeignKey):
        return list(value.natural_key()) if value else None
    return value


# Natural keys of what a field points at that themselves look further.
_FURTHER = {
    "chatbot.flow": ("start__flow",),
    "chatbot.question": ("next__flow",),
    "chatbot.choice": ("next__flow",),
}

KINDS: dict[str, Kind] = {
    kind.label: kind
    for kind in (
        Kind(catalog.Worry, late=("parent",)),
        Kind(catalog.AgeBand),
        Kind(catalog.AudienceTag),
        Kind(catalog.Support),
        Kind(catalog.Contact, owner="support", removable=True),
        Kind(catalog.Hours, owner="contact.support", removable=True),
        Kind(catalog.Source, owner="support", removable=True),
        Kind(catalog.FAQ),
        Kind(catalog.Tip),
        Kind(catalog.TipSource, owner="tip", removable=True),
        Kind(catalog.ChildWords, owner="support"),
        Kind(catalog.ChildArticle),
        Kind(chatbot.Flow, late=("start",)),
        Kind(chatbot.Question, late=("next",)),
        Kind(chatbot.Choice, owner="question", removable=True),
    )
}


def snapshot(kinds: Iterable[Kind], firsts: Iterable[str] | None = None, *, lock: bool = False) -> dict[Key, Values]:
    """How these rows stand now."""
    firsts = None if firsts is None else set(firsts)
    return {key: kind.values(row) for kind in kinds for key, row in kind.rows(firsts, lock=lock).items()}


def edited_together(labels: Iterable[str]) -> list[Kind]:
    """These kinds, what they belong to, and what else belongs to that; in an order in which they can be made."""
    owners = {KINDS[label].owner_label for label in labels}
    return [kind for kind in KINDS.values() if kind.owner_label in owners]
