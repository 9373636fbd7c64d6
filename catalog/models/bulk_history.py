"""Rows and their history records as plain values, in bulk: read, and written where simple_history sees nothing (loaddata, SQL)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

Values = dict[str, Any]  # a row's columns by attname; a many-to-many as the sorted ids of what it names
FIRST = "はじめの内容"
AT_ONCE = 500  # rows in one INSERT


@dataclass(frozen=True)
class Record:
    """A row after one save. `who`: "" where nobody was signed in; `removed`: the save took the row away."""

    number: int
    moment: datetime
    who: str
    reason: str
    model: type[models.Model]
    values: Values
    removed: bool


def has_history(model: type[models.Model]) -> bool:
    return hasattr(model._meta, "simple_history_manager_attribute")


def records_of(model: type[models.Model]) -> Any:
    """The manager of the model's records."""
    return model.history.model.objects  # type: ignore[attr-defined]


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in records_of(model).model.tracked_fields]


def many_to_many(model: type[models.Model]) -> list[models.ManyToManyField[Any, Any]]:
    recorded = set(records_of(model).model._history_m2m_fields)
    return [field for field in model._meta.many_to_many if field in recorded]


def ends(field: models.ManyToManyField[Any, Any]) -> tuple[str, str]:
    """The two columns of its table, by attname: whose it is, and what it names."""
    return f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"


def values_of(model: type[models.Model], **lookup: Any) -> dict[Any, Values]:
    """The model's rows by id, all or those that match `lookup`: one query, and one for each many-to-many field."""
    names = columns(model)
    rows = {
        row["pk"]: {name: row[name] for name in names}
        for row in model._default_manager.filter(**lookup).order_by("pk").values("pk", *names)
    }
    for field in many_to_many(model):
        mine, other = ends(field)
        for row in rows.values():
            row[field.name] = []
        pairs = field.remote_field.through._default_manager.order_by(other).values_list(mine, other)  # type: ignore[union-attr]
        for pk, named in pairs.filter(**{f"{mine}__in": list(rows)}) if lookup else pairs:
            rows[pk][field.name].append(named)
    return rows


def read_records(model: type[models.Model], ids: Iterable[Any]) -> Iterator[Record]:
    """Every record of these rows, in one query and one for each many-to-many."""
    names = columns(model)
    records = list(records_of(model).filter(id__in=ids).select_related("history_user"))
    named: dict[str, defaultdict[int, list[Any]]] = {}
    for field in many_to_many(model):
        _, other = ends(field)
        links = getattr(records_of(model).model, field.name).model.objects
        pairs = links.filter(history__in=[each.pk for each in records]).order_by(other)
        named[field.name] = defaultdict(list)
        for number, pk in pairs.values_list("history_id", other):
            named[field.name][number].append(pk)
    for each in records:
        yield Record(
            number=each.history_id,
            moment=each.history_date,
            who=str(each.history_user or ""),
            reason=each.history_change_reason or "",
            model=model,
            values={name: getattr(each, name) for name in names}
            | {name: by_record[each.history_id] for name, by_record in named.items()},
            removed=each.history_type == "-",
        )


def record(model: type[models.Model], rows: Iterable[tuple[str, Values]], *, moment: datetime, reason: str) -> None:
    """Write a history record for each row, without a user. rows: ("+" | "~" | "-", values)."""
    made, plain = records_of(model).model, columns(model)
    whole = [
        (
            made(
                history_date=moment,
                history_type=kind,
                history_change_reason=reason,
                **{name: values[name] for name in plain},
            ),
            values,
        )
        for kind, values in rows
    ]
    made.objects.bulk_create([one for one, _ in whole], batch_size=AT_ONCE)
    for field in many_to_many(model):
        mine, other = ends(field)
        through = getattr(made, field.name).model
        named = ((one, values["id"], pk) for one, values in whole for pk in values[field.name])
        through.objects.bulk_create(
            # id: the link's own, which says nothing and is not kept
            [through(id=0, history=one, **{mine: owner, other: pk}) for one, owner, pk in named],
            batch_size=AT_ONCE,
        )


@contextmanager
def unrecorded() -> Iterator[None]:
    """For a command that fills an empty database with loaddata: simple_history would skip the rows and yet record each many-to-many
    as it grows, which takes as long as the loading itself. Call record_first afterwards. Not for a process that serves people."""
    settings.SIMPLE_HISTORY_ENABLED = False
    try:
        yield
    finally:
        del settings.SIMPLE_HISTORY_ENABLED  # type: ignore[misc]


@transaction.atomic
def record_first() -> None:
    """For a database just filled by loaddata: a first record of every row that has none yet, in a handful of queries per model."""
    moment = timezone.now()
    for model in apps.get_models():
        if has_history(model):
            known = set(records_of(model).order_by().values_list("id", flat=True))
            rows = [("+", values) for pk, values in values_of(model).items() if pk not in known]
            record(model, rows, moment=moment, reason=FIRST)
