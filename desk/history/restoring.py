"""Bring an entry back to an earlier state, whole. That too is an edit: what it replaces stays in the history."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat

from catalog.models.base import Versioned, code_fields
from catalog.models.bulk_history import Values, columns, many_to_many
from catalog.models.content import rows_of

from .locking import locked_for_edit
from .states import State, same_values, state_now

OUT_OF_THE_WAY = 10_000  # further than any position


class CannotRestore(Exception):
    """Says why, in words for staff."""


def restore(root: Versioned, wanted: State, *, seen: int | None, reason: str) -> None:
    """All or nothing: fields, many-to-many and rows, those taken away since included. Raises EditConflict, CannotRestore."""
    model = type(root)
    with locked_for_edit(root, seen=seen, reason=reason) as entry:
        now = state_now(entry)
        _set(entry, wanted[model, entry.pk])
        _check(entry)
        _set_many(entry, wanted[model, entry.pk])
        for each in reversed(rows_of(model)):
            for row in each.model._default_manager.filter(pk__in=_ids(now, each.model) - _ids(wanted, each.model)):
                row.delete()
        for each in rows_of(model):
            _rows(each.model, each.link, wanted, now)


def _ids(state: State, model: type[models.Model]) -> set[Any]:
    return {pk for owner, pk in state if owner is model}


def _set(row: models.Model, values: Values) -> None:
    """An entry keeps its version, and its code, by which others name it now."""
    kept = {"version", *code_fields(type(row))} if isinstance(row, Versioned) else set()
    for name in columns(type(row)):
        if name not in kept:
            setattr(row, name, values[name])


def _set_many(row: models.Model, values: Values) -> None:
    for field in many_to_many(type(row)):
        known = field.related_model._default_manager.filter(pk__in=values[field.name])
        getattr(row, field.name).set(known)


def _check(entry: models.Model) -> None:
    """Only what the database itself would refuse; whether it may be public is asked when it is published."""
    try:
        entry.validate_unique()
        entry.validate_constraints()
        for field in entry._meta.fields:
            if isinstance(field, models.ForeignKey) and getattr(entry, field.attname) is not None:
                field.validate(getattr(entry, field.attname), entry)
    except ValidationError as error:
        raise CannotRestore(" ".join(error.messages)) from error


def _rows(model: type[models.Model], link: str, wanted: State, now: State) -> None:
    rows = {pk: values for (owner, pk), values in wanted.items() if owner is model}
    differ = {pk: values for pk, values in rows.items() if not same_values(values, now.get((model, pk)))}
    _make_room(model, link, [pk for pk in differ if (model, pk) in now])
    for pk, values in differ.items():
        row = model._default_manager.filter(pk=pk).first() or model(pk=pk)
        _set(row, values)
        row.save()
        _set_many(row, values)


def _make_room(model: type[models.Model], link: str, ids: list[Any]) -> None:
    """Rows that change places may not meet on the way (position once, key once): move them aside first. No record is made of it."""
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint):
            continue
        for name in constraint.fields:
            field = model._meta.get_field(name)
            if isinstance(field, models.IntegerField):
                model._default_manager.filter(pk__in=ids).update(**{name: F(name) + OUT_OF_THE_WAY})
            elif isinstance(field, models.CharField) and field.attname != link:
                model._default_manager.filter(pk__in=ids).update(
                    **{name: Concat(Value("~"), F("pk"), output_field=models.CharField())}
                )
