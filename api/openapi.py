"""Build the OpenAPI documents of our own API and of HSDS, once per Release: they hold its vocabulary and examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import include, path, resolve
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from catalog.directory.directory import Directory
from catalog.release import serving
from catalog.release.caching import kept

from . import VERSION
from .document import Document, Example
from .hsds.document import HSDS
from .licence import LICENCE
from .parameters import Asked, read_query
from .problems import MEDIA_TYPE
from .v1.document import V1
from .views import ReleaseView

DOCUMENTS: dict[str, Document] = {"v1": V1, "hsds": HSDS}
Schema = dict[str, Any]
MOST_ROWS = 2  # of a list, in an example


class OpenAPI(ReleaseView):
    schema = None
    of = ""  # the key of the document

    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response(openapi(self.of))


def openapi(of: str) -> Schema:
    """A whole OpenAPI 3.1 document. `of`: its key among DOCUMENTS."""
    return _made(serving.current(), serving.fingerprint(), of)


@kept(2)  # both documents; those of an older Release are dropped
def _made(directory: Directory, fingerprint: str, of: str) -> Schema:
    """Cached by Release, because the examples are its answers."""
    document = DOCUMENTS[of]
    generator = SchemaGenerator(patterns=[path(document.prefix, include((document.urls, "api")))])
    schema: Schema = generator.get_schema(public=True)
    schema["info"] = {
        "title": document.title,
        "version": VERSION,
        "description": document.introduction,
        "license": LICENCE,
    }
    if contact := _contact():
        schema["info"]["contact"] = contact
    schema["servers"] = [{"url": settings.SITE_URL, "description": "このサイト"}]
    schema["tags"] = [{"name": name, "description": words} for name, words in document.tags.items()]
    _settle_lists(schema)
    _settle_bodies(schema)
    _without_marks(schema)
    for name in document.sparse:
        schema["components"]["schemas"][name]["required"] = ["id"]
    for operation_id, example in document.examples.items():
        _add_example(schema, operation_id, example)
    return schema


def _contact() -> Schema:
    """OpenAPI's Contact Object: who runs the site and where a mistake can be told, as far as the settings name them."""
    named = {"name": settings.OPERATOR_NAME, "email": settings.CONTACT_EMAIL}
    return {name: value for name, value in named.items() if value}


def _operations(schema: Schema) -> Iterator[tuple[str, str, Schema]]:
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield address, method, operation


def _without_marks(part: Any) -> None:
    """drf-spectacular marks enumerations for a step that we leave out."""
    if isinstance(part, dict):
        part.pop("x-spec-enum-id", None)
    for value in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _without_marks(value)


def _settle_lists(schema: Schema) -> None:
    """Lists within a query have commas between their names."""
    for _, _, operation in _operations(schema):
        for parameter in operation.get("parameters", ()):
            if parameter["schema"].get("type") == "array":
                parameter |= {"style": "form", "explode": False}


def _settle_bodies(schema: Schema) -> None:
    """A body holds what is named and nothing else (see api.parameters)."""
    for _, _, operation in _operations(schema):
        if "requestBody" in operation:
            name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            schema["components"]["schemas"][name]["additionalProperties"] = False


def _add_example(schema: Schema, operation_id: str, example: Example) -> None:
    """What the API answers now to a request like this."""
    address, method, operation = next(found for found in _operations(schema) if found[2]["operationId"] == operation_id)
    names = example.ids() if example.ids else {}
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in {**names, **example.query}:
            parameter["example"] = {**names, **example.query}[parameter["name"]]
    answer = _ask(address.format(**names), method, example)
    operation["responses"]["200"]["content"]["application/json"]["example"] = _shortened(answer)
    if example.body is not None:
        operation["requestBody"]["content"]["application/json"]["example"] = example.body
    refused = _ask(address.format(**names), method, Example(query={"nazo": "1"}, body=example.body))
    operation["responses"]["400"]["content"][MEDIA_TYPE]["example"] = refused


def _ask(address: str, method: str, example: Example) -> Any:
    factory = APIRequestFactory()
    query = "&".join(f"{name}={_in_a_query(value)}" for name, value in example.query.items())
    body = {"data": example.body, "format": "json"} if example.body is not None else {}
    request = getattr(factory, method)(f"{address}?{query}", **body)
    match = resolve(address)
    asked: Any = match.func
    # Nobody asks for these, so they are not counted as anybody's.
    view = asked.view_class.as_view(**asked.view_initkwargs | {"throttle_classes": ()})
    response = view(request, *match.args, **match.kwargs)
    if isinstance(response, Response):
        response.render()
    return json.loads(response.content)


def _in_a_query(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shortened(answer: Any) -> Any:
    if not isinstance(answer, dict):
        return answer
    return {name: value[:MOST_ROWS] if isinstance(value, list) else value for name, value in answer.items()}
