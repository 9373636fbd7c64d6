"""The models that staff write: entries, which are edited as a whole, and the rows that belong to each. Every other place asks here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from .base import Versioned, natural_lookups
from .bulk_history import has_history


@dataclass(frozen=True)
class ContentModel:
    """`path`: the foreign keys that lead from a row to its entry, ("contact", "support") for Hours; empty for an entry."""

    model: type[models.Model]
    entry: type[Versioned]
    path: tuple[str, ...] = ()

    @property
    def parent(self) -> type[models.Model]:
        """The model that the first foreign key of `path` points at."""
        parent: type[models.Model] = self.model._meta.get_field(self.path[0]).related_model  # type: ignore[assignment]
        return parent

    @property
    def link(self) -> str:
        """The column of that foreign key, "contact_id"."""
        return self.model._meta.get_field(self.path[0]).attname  # type: ignore[union-attr]

    @property
    def entry_key(self) -> tuple[str, ...]:
        """The lookups of the entry's natural key: ("contact__support__slug",)."""
        return tuple("__".join((*self.path, lookup)) for lookup in natural_lookups(self.entry))


def content_models() -> list[ContentModel]:
    """Each entry's model, followed by those of its rows. A foreign key that must be set points at a model further up."""
    return [
        each
        for model in apps.get_models()
        if issubclass(model, Versioned)
        for each in (ContentModel(model, model), *rows_of(model))
    ]


def rows_of(entry: type[Versioned]) -> list[ContentModel]:
    """The models of an entry's rows, parents first: what is deleted with it, has a history and is no entry itself."""
    return list(_below(entry, entry, ()))


def _below(model: type[models.Model], entry: type[Versioned], path: tuple[str, ...]) -> Iterator[ContentModel]:
    for relation in model._meta.related_objects:
        row, cascades = relation.related_model, getattr(relation, "on_delete", None) is models.CASCADE
        if cascades and has_history(row) and not issubclass(row, Versioned):
            further = (relation.field.name, *path)
            yield ContentModel(row, entry, further)
            yield from _below(row, entry, further)
