"""The API's documentation as a page shows it, read out of the OpenAPI document."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from api.openapi import openapi
from catalog.directory.directory import Directory
from catalog.release import serving
from catalog.release.caching import kept

from .shapes import Field, Schema, Shape, field, shape

WHERE = {"query": "パラメーター", "path": "アドレスの中", "header": "ヘッダー"}
JSON = "application/json"
SHOWN_OF_A_LIST = 2


@dataclass(frozen=True, slots=True)
class Parameter:
    where: str
    field: Field


@dataclass(frozen=True, slots=True)
class Operation:
    """`path` has {names} within, `address` an example's values and query. `sent` is the body of the example, "" where none is sent."""

    key: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    body: Shape | None
    answer: Field
    headers: tuple[Field, ...]
    statuses: tuple[tuple[str, str], ...]
    server: str
    address: str
    sent: str
    shown_answer: str

    @property
    def curl(self) -> str:
        url = shlex.quote(f"{self.server}{self.address}")
        if not self.sent:
            return f"curl {url}"
        return f"curl -X {self.method} {url} \\\n  -H 'Content-Type: {JSON}' \\\n  -d {shlex.quote(self.sent)}"


@dataclass(frozen=True, slots=True)
class Part:
    """The operations of one tag."""

    key: str
    name: str
    about: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    title: str
    version: str
    description: str
    parts: tuple[Part, ...]
    shapes: tuple[Shape, ...]


def reference(of: str) -> Reference:
    """`of`: the key of the document."""
    return _made(serving.current(), serving.fingerprint(), of)


@kept(2)  # both documents
def _made(directory: Directory, fingerprint: str, of: str) -> Reference:
    """Once for each Release, as the document is."""
    document = openapi(of)
    operations = list(_operations(document))
    parts = (
        Part(
            f"part-{number}",
            tag["name"],
            tag["description"],
            tuple(op for name, op in operations if name == tag["name"]),
        )
        for number, tag in enumerate(document["tags"], start=1)
    )
    schemas = document["components"]["schemas"]
    return Reference(
        document["info"]["title"],
        document["info"]["version"],
        document["info"]["description"],
        tuple(part for part in parts if part.operations),
        tuple(shape(name, schemas) for name in schemas),
    )


def _operations(document: Schema) -> Iterator[tuple[str, Operation]]:
    """(tag, operation)."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield operation["tags"][0], _operation(document, path, method, operation)


def _operation(document: Schema, path: str, method: str, operation: Schema) -> Operation:
    parameters = operation.get("parameters", [])
    body = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
    answer = operation["responses"]["200"].get("content", {}).get(JSON, {})
    return Operation(
        key=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=tuple(_parameter(row) for row in parameters),
        body=_named(body.get("schema", {}), document),
        answer=field("", answer.get("schema", {}), is_always_there=True),
        headers=tuple(_headers(operation["responses"]["200"])),
        statuses=tuple(
            (status, said.get("description", "")) for status, said in sorted(operation["responses"].items())
        ),
        server=document["servers"][0]["url"],
        address=_address(path, parameters),
        sent=json.dumps(body["example"], ensure_ascii=False) if "example" in body else "",
        shown_answer=json.dumps(_shortened(answer.get("example")), ensure_ascii=False, indent=2),
    )


def _parameter(row: Schema) -> Parameter:
    is_needed = bool(row.get("required"))
    return Parameter(
        WHERE[row["in"]], field(row["name"], row["schema"], is_always_there=is_needed, about=row["description"])
    )


def _headers(response: Schema) -> Iterator[Field]:
    for name, header in response.get("headers", {}).items():
        yield field(name, header["schema"], is_always_there=False, about=header.get("description", ""))


def _named(schema: Schema, document: Schema) -> Shape | None:
    name = field("", schema, is_always_there=True).shape
    return shape(name, document["components"]["schemas"]) if name else None


def _shortened(value: Any) -> Any:
    """Lists by their beginnings, however deep they lie: enough to see the shape."""
    if isinstance(value, list):
        return [_shortened(part) for part in value[:SHOWN_OF_A_LIST]]
    return {name: _shortened(part) for name, part in value.items()} if isinstance(value, dict) else value


def _address(path: str, parameters: list[Mapping[str, Any]]) -> str:
    """With the example's values."""
    within = {row["name"]: row["example"] for row in parameters if row["in"] == "path" and "example" in row}
    query = {row["name"]: row["example"] for row in parameters if row["in"] == "query" and "example" in row}
    address = path.format_map({**{row["name"]: "…" for row in parameters}, **within})
    return f"{address}?{urlencode(query)}" if query else address
