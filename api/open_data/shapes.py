"""What an OpenAPI document says of its shapes, as rows that a page or a table can show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
TYPES = {"string": "文字", "integer": "整数", "number": "数", "boolean": "true／false", "object": "名前と値の組"}
FORMATS = {"uri": "アドレス", "date-time": "日時", "date": "日付", "uuid": "UUID"}
_CHOICE = re.compile(r"^\* `(.*?)` - (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Field:
    """`shape`: the name of the shape that stands there, "" for a plain value. `allowed`: (value, its words)."""

    name: str
    kind: str
    shape: str
    meaning: str
    allowed: tuple[tuple[str, str], ...]
    is_always_there: bool
    may_be_null: bool
    default: str = ""

    @property
    def values(self) -> list[str]:
        return [f"{code}（{words}）" if words not in {"", code} else code for code, words in self.allowed]


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    about: str
    fields: tuple[Field, ...]


def field(name: str, schema: Schema, *, is_always_there: bool, about: str = "") -> Field:
    description = about or schema.get("description", "")
    core, is_list, may_be_null = _core(schema)
    words_of = dict(_CHOICE.findall(description))
    kind = _kind(core)
    return Field(
        name=name,
        kind=f"{kind}のリスト" if is_list else kind,
        shape=_shape_of(core),
        meaning=_CHOICE.sub("", description).replace("`", "").strip(),
        allowed=tuple(
            (str(value), words_of.get(str(value), "")) for value in core.get("enum", ()) if value is not None
        ),
        is_always_there=is_always_there,
        may_be_null=may_be_null,
        default=_default(schema),
    )


def _default(schema: Schema) -> str:
    value = schema.get("default", "")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def shape(name: str, schemas: Schema) -> Shape:
    """One of the document's named shapes."""
    schema = schemas[name]
    required = schema.get("required", ())
    fields = (field(key, value, is_always_there=key in required) for key, value in schema.get("properties", {}).items())
    return Shape(name, schema.get("description", ""), tuple(fields))


def shapes_from(name: str, schemas: Schema) -> list[Shape]:
    """This shape and all that stand within it, each once, from the outside in."""
    found: dict[str, Shape] = {}
    waiting = [name]
    while waiting:
        here = waiting.pop(0)
        if here not in found:
            found[here] = shape(here, schemas)
            waiting += [part.shape for part in found[here].fields if part.shape]
    return list(found.values())


def _core(schema: Schema) -> tuple[Schema, bool, bool]:
    """(what stands there, whether a list of it, whether null may stand there instead)."""
    parts = [part for part in _alternatives(schema) if part.get("type") != "null"]
    may_be_null = len(parts) < len(list(_alternatives(schema)))
    if len(parts) == 1 and parts[0] is not schema:
        core, is_list, null_within = _core(parts[0])
        return core, is_list, may_be_null or null_within
    types = schema.get("type", ())
    if isinstance(types, list):
        return _core_of_types(schema, types)
    if types == "array":
        return _core(schema["items"])[0], True, may_be_null
    return schema, False, may_be_null


def _core_of_types(schema: Schema, types: list[str]) -> tuple[Schema, bool, bool]:
    only = next(kind for kind in types if kind != "null")
    core, is_list, _ = _core({**schema, "type": only})
    return core, is_list, "null" in types


def _alternatives(schema: Schema) -> Iterator[Schema]:
    several = schema.get("oneOf") or schema.get("allOf") or schema.get("anyOf")
    if several:
        yield from several
    else:
        yield schema


def _shape_of(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _kind(schema: Schema) -> str:
    if shape_name := _shape_of(schema):
        return shape_name
    if "anyOf" in schema or "oneOf" in schema:
        return "か".join(_kind(part) for part in _alternatives(schema))
    if len(schema.get("enum", ())) == 1:
        return str(schema["enum"][0])
    return FORMATS.get(schema.get("format", ""), TYPES.get(str(schema.get("type", "")), "なんでも"))
