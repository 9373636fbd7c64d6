"""Which rows belong to an entry, and its state as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from catalog.models.base import Versioned
from catalog.models.bulk_history import Values, has_history, values_of

Key = tuple[type[models.Model], Any]  # a row: its model and its id
State = dict[Key, Values]  # an entry with all its rows, parents before children
NOT_COMPARED = {"id", "version"}


@dataclass(frozen=True)
class Branch:
    """The rows of a model that belong to an entry by a foreign key, step by step: Support → Contact → Hours."""

    model: type[models.Model]
    parent: type[models.Model]
    link: str  # the foreign key's attname


def branches(root: type[models.Model]) -> list[Branch]:
    """All that is edited with the entry, parents first: what would go with it, has a history and is no entry of its own."""
    found: list[Branch] = []
    for relation in root._meta.related_objects:
        model = relation.related_model
        belongs = getattr(relation, "on_delete", None) is models.CASCADE and has_history(model)
        if belongs and not issubclass(model, Versioned):
            found += [Branch(model, root, relation.field.attname), *branches(model)]
    return found


def state_now(root: models.Model) -> State:
    """What the database holds, in one query a model and one a many-to-many."""
    model = type(root)
    rows = {model: values_of(model, pk=root.pk)}
    for branch in branches(model):
        rows[branch.model] = values_of(branch.model, **{f"{branch.link}__in": list(rows[branch.parent])})
    return {(owner, pk): values for owner, found in rows.items() for pk, values in found.items()}


def same(one: Values | None, other: Values | None) -> bool:
    """Whether nothing differs that a person could have changed."""
    if one is None or other is None:
        return one is other
    return all(one[name] == other.get(name) for name in one.keys() - NOT_COMPARED)


def alike(one: State, other: State) -> bool:
    return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
