"""Rows in the words of the editing desk: labels from the models, codes by their labels, what is pointed at by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.db import models

from catalog.directory.codes import Language
from catalog.text import furigana, phone

from .changes import Field, as_json

# What a row is called that a value points at: a model and how the source names its rows (an id, a code, a natural key).
NameOf = Callable[[type[models.Model], Any], str]

# Of a contact: what is dialled, written to, opened or visited.
ADDRESS_FIELDS = {"value"}
CODES = {"languages": Language.labels()}  # of fields that hold a list of codes


def fields_of(
    model: type[models.Model], values: Mapping[str, Any], name_of: NameOf, *, leave_out: Iterable[str] = ()
) -> dict[str, Field]:
    """Values by the names of their fields or columns, in the model's order; those of no field behind, as they are."""
    left, found = {name: value for name, value in values.items() if name not in leave_out}, {}
    for field in _own_fields(model):
        for name in {field.name, field.attname} & left.keys():
            value = left.pop(name)
            found[field.name] = Field(str(field.verbose_name), value, words_of(field, value, name_of))
    return found | {name: Field(name, value, plain_words(value)) for name, value in left.items()}


@cache
def _own_fields(model: type[models.Model]) -> list[Any]:
    own = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return sorted(own, key=lambda field: field.creation_counter)


@cache
def _labels(field: models.Field[Any, Any]) -> dict[Any, str]:
    """Of a field's codes, or of the codes in its lists."""
    return CODES.get(field.name) or {code: str(label) for code, label in field.flatchoices}


def words_of(field: models.Field[Any, Any], value: Any, name_of: NameOf) -> str:
    """A field's value as staff read it; "" for nothing."""
    if value in (None, "", []):
        return ""
    if isinstance(field, models.ManyToManyField):
        return "、".join(name_of(field.related_model, each) for each in value)
    if isinstance(field, models.ForeignKey):
        return name_of(field.related_model, value)
    labels = _labels(field)
    if isinstance(value, list) and labels:
        return "、".join(labels.get(each, str(each)) for each in value)
    return labels.get(value, value) if isinstance(value, str) else plain_words(value)


def plain_words(value: Any) -> str:
    """A value without a field: lists with a line for each item."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "はい", False: "いいえ"}[value]
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return "\n".join(str(item) for item in value)
    return str(value) if isinstance(value, str | int) else as_json(value)


def numbers_in(texts: Iterable[str]) -> dict[str, Field]:
    """A field with the telephone numbers that an entry's texts name; none where they name none."""
    numbers = sorted({*phone.find_numbers("\n".join(texts))})
    return {"numbers": Field("文の中の番号", numbers, "\n".join(numbers), is_number=True)} if numbers else {}


def name_of_entry(model: type[models.Model], values: Mapping[str, Any]) -> str:
    """As the model itself calls such a row."""
    plain = (field.name for field in model._meta.concrete_fields if not field.is_relation)
    return plain_name(model(**{name: values[name] for name in plain if name in values}))


def plain_name(row: models.Model) -> str:
    """Without the marks of its readings."""
    name = str(row)
    return furigana.plain(name) if "《" in name else name


def name_of_row(model: type[models.Model], values: Mapping[str, Any]) -> str:
    """連絡先「電話 0120-000-000」; only 子どもへのことば where an entry has no more than one."""
    is_single = any(field.one_to_one for field in model._meta.concrete_fields)
    label = str(model._meta.verbose_name)
    return label if is_single else f"{label}「{name_of_entry(model, values)}」"
