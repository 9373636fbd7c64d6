"""The data dictionary: what every column of every file means. It says what the columns and the serializers say of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .catalogue import CatalogueData
from .columns import BETWEEN, Column, Row, Table, plain
from .shapes import Shape, shapes_from
from .tables import TABLES

CATALOGUE = "catalogue.json"
DICTIONARY = "data-dictionary"


@dataclass(frozen=True, slots=True)
class DescribedFile:
    """A file as the dictionary describes it: by its columns, or by its shapes."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...] = ()
    shapes: tuple[Shape, ...] = ()


class _Catalogue(APIView):
    """For the description alone; the file is made in files.py."""

    @extend_schema(responses=CatalogueData)
    def get(self, request: Request) -> Response:
        raise NotImplementedError


@cache
def _shapes() -> tuple[Shape, ...]:
    generator = SchemaGenerator(patterns=[path(CATALOGUE, _Catalogue.as_view())])
    described = generator.get_schema(public=True)
    return tuple(shapes_from("CatalogueData", described["components"]["schemas"]))


def files() -> tuple[DescribedFile, ...]:
    """Every file that holds data."""
    return (
        *(DescribedFile(table.name, table.title, table.about, columns=table.columns) for table in (*TABLES, TABLE)),
        DescribedFile(
            CATALOGUE, "すべて（JSON）", "公開している内容のすべて。形は API の答えと同じです。", shapes=_shapes()
        ),
    )


def rows() -> Iterator[dict[str, Any]]:
    """Of every file."""
    return ({"file": file.name, **row} for file in files() for row in _rows_of(file))


def _rows_of(file: DescribedFile) -> Iterator[dict[str, Any]]:
    """A row a column or field."""
    for column in file.columns:
        yield {
            "part": "", "name": column.name, "heading": column.heading, "type": column.kind, "meaning": column.meaning,
            "allowed": list(column.allowed), "may_be_empty": column.may_be_empty,
        }  # fmt: skip
    for shape in file.shapes:
        for field in shape.fields:
            yield {
                "part": shape.name, "name": field.name, "heading": _first_words(field.meaning), "type": field.kind,
                "meaning": field.meaning, "allowed": field.values,
                "may_be_empty": field.may_be_null or not field.is_always_there,
            }  # fmt: skip


def _first_words(meaning: str) -> str:
    """JSON has no headings: the first words of the meaning."""
    return meaning.partition("。")[0]


def as_json(catalogue: Row) -> dict[str, Any]:
    described = [
        {"name": file.name, "title": file.title, "about": file.about, "fields": list(_rows_of(file))}
        for file in files()
    ]
    return {"release": catalogue["release"], "licence": catalogue["licence"], "files": described}


TABLE = Table(
    f"{DICTIONARY}.csv",
    "データの説明",
    "どのファイルの、どの列に何が入っているか。1行が1つの列です。",
    (
        plain("file", "ファイル", "どのファイルか。"),
        plain("part", "部分", "JSONの中の、どの形のものか。CSVでは空。", may_be_empty=True),
        plain("name", "英語の名前", "JSONでの名前。"),
        plain("heading", "日本語の名前", "CSVの見出し。JSONでは、意味のはじめのことば。"),
        plain("type", "値の種類", "文字・整数など。JSONで別の形が入るときは、その形の名前。"),
        plain("meaning", "意味", "何が入っているか。"),
        plain("allowed", "使われる値", f"決まった値だけのとき、その値。いくつかあれば「{BETWEEN}」で区切る。", may_be_empty=True),
        plain("may_be_empty", "空のことがある", "CSVでは空、JSONでは null か項目がないことがあるか。", kind="はい／いいえ",
              allowed=("はい", "いいえ")),
    ),
    lambda catalogue: rows(),
)  # fmt: skip
