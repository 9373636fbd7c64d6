"""The API explains itself: nothing in its OpenAPI document is without words, nothing is served without standing in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, get_resolver, path, reverse
from jsonschema import Draft202012Validator, FormatChecker

from api import VERSION
from api import openapi as openapi_module
from api.openapi import DOCUMENTS, openapi
from api.problems import KINDS
from api.v1 import urls
from api.views import ReleaseView
from catalog.directory.directory import Directory

from .conftest import UNLIMITED, Api, forget_the_documents, served

Schema = dict[str, Any]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
ENGLISH = re.compile(r"\b[A-Za-z]+ [a-z]+ [a-z]+\b")  # a docstring that was meant for us
METHODS = {"get", "post"}


@pytest.fixture(scope="module", params=DOCUMENTS)
def described(request: pytest.FixtureRequest, directory: Directory) -> Schema:
    with served(directory):
        found: Schema = json.loads(json.dumps(openapi(request.param)))
    return found


def operations(document: Schema) -> Iterator[tuple[str, Schema]]:
    """("GET /api/v1/supports/", operation)."""
    for address, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {address}", operation


def without_words(document: Schema) -> list[str]:
    """Where something stands that no Japanese describes."""
    return [place for place, words in said(document) if not JAPANESE.search(words or "") or ENGLISH.search(words or "")]


def said(document: Schema) -> Iterator[tuple[str, str | None]]:
    yield "info", document["info"].get("description")
    yield "title", document["info"].get("title")
    for tag in document["tags"]:
        yield f"tag {tag['name']}", tag.get("description")
    for place, operation in operations(document):
        yield f"{place} summary", operation.get("summary")
        yield f"{place} description", operation.get("description")
        for parameter in operation.get("parameters", ()):
            yield f"{place} {parameter['name']}", parameter.get("description")
        for status, response in operation["responses"].items():
            yield f"{place} {status}", response.get("description")
            for name, header in response.get("headers", {}).items():
                yield f"{place} {status} {name}", header.get("description")
    for name, shape in document["components"]["schemas"].items():
        if "properties" in shape:
            yield name, shape.get("description")
        yield from said_within(name, shape)


def said_within(place: str, shape: Schema) -> Iterator[tuple[str, str | None]]:
    for name, inner in shape.get("properties", {}).items():
        yield f"{place}.{name}", inner.get("description")
        yield from said_within(f"{place}.{name}", inner.get("items", inner))


def test_everything_is_described_in_japanese(described: Schema) -> None:
    assert without_words(described) == []
    assert sum(1 for _ in said(described)) > 100


def test_a_field_without_words_would_be_found(described: Schema) -> None:
    """The look itself, looked at."""
    broken: Schema = json.loads(json.dumps(described))
    name, shape = next((n, s) for n, s in broken["components"]["schemas"].items() if "properties" in s)
    field = next(iter(shape["properties"]))
    del shape["properties"][field]["description"]
    place, operation = next(operations(broken))
    operation["summary"] = "List of things"
    operation["responses"]["400"]["description"] = ""
    assert {f"{name}.{field}", f"{place} summary", f"{place} 400"} <= set(without_words(broken))


def validator(document: Schema, shape: Schema) -> Draft202012Validator:
    return Draft202012Validator({**shape, "components": document["components"]}, format_checker=FormatChecker())


def test_every_shape_is_a_valid_json_schema(described: Schema) -> None:
    for shape in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)
    for _, operation in operations(described):
        for parameter in operation.get("parameters", ()):
            Draft202012Validator.check_schema(parameter["schema"])


def test_every_reference_leads_somewhere(described: Schema) -> None:
    references = set(re.findall(r'"\$ref": "#/components/schemas/([^"]+)"', json.dumps(described)))
    assert references <= described["components"]["schemas"].keys()
    assert references == described["components"]["schemas"].keys(), "and no shape is left over"


def test_the_document_is_built_as_openapi_3_1_wants_it(described: Schema) -> None:
    assert described["openapi"].startswith("3.1")
    assert described["info"]["version"] == VERSION
    assert described["info"]["license"].keys() >= {"name"}
    assert described["servers"][0]["url"].startswith("http")
    ids, tags = [], {tag["name"] for tag in described["tags"]}
    for place, operation in operations(described):
        method, address = place.split(" ")
        assert method.lower() in METHODS
        ids.append(operation["operationId"])
        assert operation["tags"], place
        assert set(operation["tags"]) <= tags, place
        within = {parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "path"}
        assert within == set(re.findall(r"{(\w+)}", address)), place
        names = [(parameter["in"], parameter["name"]) for parameter in operation.get("parameters", ())]
        assert len(set(names)) == len(names), place
        for parameter in operation.get("parameters", ()):
            assert parameter["in"] in {"query", "path", "header"}
            assert parameter.get("required", False) or parameter["in"] != "path"
        assert all(re.fullmatch(r"[1-5]\d\d", status) for status in operation["responses"])
        assert "200" in operation["responses"]
        assert (method == "POST") == ("requestBody" in operation)
    assert len(set(ids)) == len(ids)
    assert tags == {tag for _, operation in operations(described) for tag in operation["tags"]}, "no tag is left over"


def test_every_answer_has_an_example_that_is_one(described: Schema) -> None:
    for place, operation in operations(described):
        content = operation["responses"]["200"]["content"]["application/json"]
        assert "example" in content, place
        validator(described, content["schema"]).validate(content["example"])
        assert content["example"], place


def test_every_request_has_an_example_that_is_one(described: Schema) -> None:
    for place, operation in operations(described):
        if "requestBody" in operation:
            content = operation["requestBody"]["content"]["application/json"]
            validator(described, content["schema"]).validate(content["example"])
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path":
                assert "example" in parameter, f"{place} {parameter['name']}"
            if "example" in parameter:
                validator(described, parameter["schema"]).validate(parameter["example"])


def test_every_error_is_in_the_one_shape_with_an_example_of_a_mistake(described: Schema) -> None:
    for place, operation in operations(described):
        errors = {status: response for status, response in operation["responses"].items() if status >= "400"}
        assert errors.keys() >= {"400", "406", "429", "503"}, place
        assert {int(status) for status in errors} <= KINDS.keys(), place
        for response in errors.values():
            assert list(response["content"]) == ["application/problem+json"], place
            assert response["content"]["application/problem+json"]["schema"] == {
                "$ref": "#/components/schemas/ProblemData"
            }
        example = errors["400"]["content"]["application/problem+json"]["example"]
        validator(described, {"$ref": "#/components/schemas/ProblemData"}).validate(example)
        assert example["errors"][0]["parameter"] == "nazo"


def test_the_examples_are_what_the_api_answers(described: Schema, api: Api, settings: Any) -> None:
    settings.API_RATE = UNLIMITED
    for place, operation in operations(described):
        method, address = place.split(" ")
        given = {p["name"]: p["example"] for p in operation.get("parameters", ()) if "example" in p}
        query = {
            p["name"]: p["example"] for p in operation.get("parameters", ()) if p["in"] == "query" and "example" in p
        }
        if method == "GET":
            answer = api.client.get(address.format(**given), query).json()
        else:
            body = operation["requestBody"]["content"]["application/json"]["example"]
            answer = api.client.post(address, body, content_type="application/json").json()
        example = operation["responses"]["200"]["content"]["application/json"]["example"]
        assert openapi_module._shortened(answer) == example, place


def test_each_error_is_explained_where_its_type_leads(api: Api) -> None:
    page = api.client.get(reverse("open-data")).content.decode()
    for status, (name, title) in KINDS.items():
        assert f'id="problem-{name}"' in page, status
        assert title in page


def paths_without_words(document: Schema, patterns: list[Any]) -> list[str]:
    """What is served under the API's addresses and stands in no document."""
    written = {re.sub(r"{\w+}", "*", address.removeprefix("/api/v1/")) for address in document["paths"]}
    served = {re.sub(r"<[^>]+>", "*", str(pattern.pattern)) for pattern in patterns}
    return sorted(served - written)


def test_nothing_is_served_that_is_not_described(document: Schema) -> None:
    assert paths_without_words(document, urls.urlpatterns) == []
    assert len(document["paths"]) == len(urls.urlpatterns)


class Unexplained(ReleaseView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()


def test_a_new_view_without_a_description_would_be_found(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[URLPattern] = [*urls.urlpatterns, path("unexplained/", Unexplained.as_view())]
    monkeypatch.setattr(urls, "urlpatterns", added)
    with served(directory):
        forget_the_documents()
        now: Schema = json.loads(json.dumps(openapi("v1")))
        forget_the_documents()
    complaints = [*without_words(now), *paths_without_words(now, added)]
    assert any("unexplained" in complaint for complaint in complaints)


def test_every_view_can_be_found_by_its_name() -> None:
    names = [pattern.name for pattern in urls.urlpatterns]
    assert all(names)
    assert len(set(names)) == len(names)
    assert get_resolver().resolve("/api/v1/").view_name == "api:root"


def test_the_root_leads_everywhere(api: Api, document: Schema, directory: Directory) -> None:
    root = api.json()
    assert root["version"] == document["info"]["version"]
    assert root["release"] == directory.number
    for address in (*root["lists"].values(), root["documentation"], root["openapi"]):
        assert api.client.get("/" + address.split("/", 3)[3]).status_code == 200
    lists = {f"/api/v1/{name}/" for name in root["lists"]}
    whole = {address for address, methods in document["paths"].items() if "get" in methods and "{" not in address}
    assert whole == lists | {"/api/v1/", "/api/v1/releases/current/"}
