"""Columns of the open data, each defined once: its values and its line in the data dictionary."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from catalog.text import spreadsheet

Row = Mapping[str, Any]  # as catalogue.json has it
BETWEEN = "；"  # between several values in one cell
YES, NO = "はい", "いいえ"


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the field's name in JSON too; `heading` what stands over the column; `allowed` the words that may stand in it,
    none where any may."""

    name: str
    heading: str
    kind: str
    meaning: str
    of: Callable[[Row], Any]
    allowed: tuple[str, ...] = ()
    may_be_empty: bool = False

    def cell(self, row: Row) -> str:
        return spreadsheet.safe(_words(self.of(row)))


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file. `rows` picks its rows out of the whole catalogue."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Row], Iterable[Row]]

    def cells(self, catalogue: Row) -> list[list[str]]:
        return [[column.cell(row) for column in self.columns] for row in self.rows(catalogue)]


def as_csv(table: Table, cells: Iterable[Iterable[str]]) -> bytes:
    """As Excel opens it: UTF-8 with the mark by which it knows, CRLF, the headings in Japanese."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.heading for column in table.columns)
    writer.writerows(cells)
    return text.getvalue().encode("utf-8-sig")


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list | tuple):
        return BETWEEN.join(_words(part) for part in value)
    return str(value)


def plain(name: str, heading: str, meaning: str, *, of: Callable[[Row], Any] | None = None, **more: Any) -> Column:
    """A column of our own, of text."""
    return Column(name, heading, more.pop("kind", "文字"), meaning, of or (lambda row: row[name]), **more)


class Fields:
    """Columns that say what a serializer's fields say."""

    def __init__(self, serializer: type[serializers.Serializer[Any]]) -> None:
        self.fields = serializer().fields

    def column(
        self,
        name: str,
        heading: str,
        *,
        of: Callable[[Row], Any] | None = None,
        meaning: str = "",
        may_be_empty: bool = False,
    ) -> Column:
        """The words of a choice stand in the cell, not its code."""
        field = self.fields[name]
        choices = _choices(field)
        take = of or (lambda row: row[name])
        return Column(
            name,
            heading,
            _kind(field),
            meaning or _in_a_cell(str(field.help_text)),
            (lambda row: _chosen(take(row), choices)) if choices else take,
            tuple(choices.values()) or ((YES, NO) if isinstance(field, serializers.BooleanField) else ()),
            may_be_empty,
        )


def _choices(field: Any) -> dict[str, str]:
    """Code → words."""
    chosen = field.child if isinstance(field, serializers.ListField) else field
    return {str(code): str(words) for code, words in getattr(chosen, "choices", {}).items()}


def _chosen(value: Any, choices: Mapping[str, str]) -> Any:
    return [choices[part] for part in value] if isinstance(value, list) else choices[value]


def _kind(field: Any) -> str:
    if isinstance(field, serializers.BooleanField):
        return f"{YES}／{NO}"
    if isinstance(field, serializers.IntegerField):
        return "整数"
    return f"文字（いくつかあれば「{BETWEEN}」で区切る）" if isinstance(field, serializers.ListField) else "文字"


def _in_a_cell(help_text: str) -> str:
    """What JSON calls null, true and false, as a cell shows it."""
    words = {"true": f"「{YES}」", "false": f"「{NO}」", "null": "空"}
    return re.sub(r" ?\b(true|false|null)\b ?", lambda found: words[found[1]], help_text, flags=re.ASCII)
