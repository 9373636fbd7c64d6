"""Every error comes in the one shape that is documented (RFC 9457), and says what to do differently."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.openapi import openapi
from api.problems import KINDS
from catalog.directory.directory import Directory
from catalog.release import serving

from .conftest import UNLIMITED, Api, forget_the_documents, served

SECRET = "ひみつのことば"
ODD: dict[str, Any] = {"string": "no such thing", "integer": "1.5", "array": "nothing", "boolean": "perhaps"}


@pytest.fixture(autouse=True)
def nobody_is_slowed_down(settings: Any) -> None:
    settings.API_RATE = UNLIMITED


def is_a_problem(response: Any, status: int, document: dict[str, Any] | None = None) -> dict[str, Any]:
    """The problem, after a look at its shape."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = json.loads(response.content)
    assert problem["status"] == status
    assert problem["title"] == KINDS[status][1]
    assert problem["type"].endswith(f"/open-data/#problem-{KINDS[status][0]}")
    assert problem["detail"]
    if document:
        shape = {"$ref": "#/components/schemas/ProblemData", "components": document["components"]}
        Draft202012Validator(shape).validate(problem)
    return problem


def mistakes(response: Any, status: int = 400) -> dict[str, dict[str, Any]]:
    """Name of the parameter → what is wrong with it."""
    return {mistake["parameter"]: mistake for mistake in is_a_problem(response, status)["errors"]}


def operations(document: dict[str, Any], method: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(path with its example ids, operation)."""
    for address, methods in document["paths"].items():
        if method in methods:
            names = {p["name"]: p.get("example") for p in methods[method].get("parameters", ()) if p["in"] == "path"}
            yield address.format(**names), methods[method]


def query_of(operation: dict[str, Any]) -> list[dict[str, Any]]:
    return [parameter for parameter in operation.get("parameters", ()) if parameter["in"] == "query"]


def enumerated(schema: dict[str, Any]) -> list[str] | None:
    values: list[str] | None = schema.get("enum") or schema.get("items", {}).get("enum")
    return values


def test_every_wrong_parameter_is_named_with_what_is_allowed(document: dict[str, Any], api: Api) -> None:
    looked_at = 0
    for address, operation in operations(document, "get"):
        for parameter in query_of(operation):
            name, schema = parameter["name"], parameter["schema"]
            for wrong in ("", ODD[schema["type"]] if name != "q" else "\x00", " " + str(schema.get("default", "x"))):
                if name == "q" and wrong.strip():
                    continue  # any words will do
                found = mistakes(api.client.get(address, {name: wrong}))
                assert list(found) == [name], (address, name, wrong)
                assert found[name]["where"] == "query"
                assert found[name].get("allowed") == (enumerated(schema) if enumerated(schema) else None)
                assert name in found[name]["detail"]
                looked_at += 1
    assert looked_at > 30


def test_every_operation_refuses_what_it_does_not_know_and_what_is_said_twice(
    document: dict[str, Any], api: Api
) -> None:
    for address, operation in operations(document, "get"):
        known = [parameter["name"] for parameter in query_of(operation)]
        found = mistakes(api.client.get(address, {"nazo": "1", "Area": "work"}))
        assert set(found) == {"nazo", "Area"}
        assert found["nazo"]["allowed"] == known
        for name in known:
            assert list(mistakes(api.client.get(f"{address}?{name}=1&{name}=1"))) == [name], address
    for address, operation in operations(document, "post"):
        example = operation["requestBody"]["content"]["application/json"]["example"]
        response = api.client.post(f"{address}?nazo=1", example, content_type="application/json")
        assert mistakes(response)["nazo"]["where"] == "query"
        assert mistakes(api.client.post(address, {**example, "nazo": 1}, content_type="application/json"))["nazo"]


def wrong_values(schema: dict[str, Any]) -> list[Any]:
    right_type = {"string": "x", "integer": 1, "boolean": True, "array": ["x"], "object": {"x": ["x"]}}
    wrong = [value for kind, value in right_type.items() if kind != schema["type"]]
    return [*wrong, None, 1.5, {}, ["x", 1]] if schema["type"] != "object" else [*wrong, None, 1.5]


def test_every_wrong_value_in_a_body_is_named(document: dict[str, Any], api: Api) -> None:
    looked_at = 0
    for address, operation in operations(document, "post"):
        content = operation["requestBody"]["content"]["application/json"]
        shape = document["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
        for name, schema in shape["properties"].items():
            for wrong in wrong_values(schema):
                response = api.client.post(
                    address, {**content["example"], name: wrong}, content_type="application/json"
                )
                found = mistakes(response)
                assert list(found) == [name], (address, name, wrong)
                assert found[name]["where"] == "body"
                assert found[name].get("allowed") == enumerated(schema)
                looked_at += 1
    assert looked_at > 100


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"kind": "y"}, "kind: 「y」は使えません。"),
        ({"kind": ""}, "kind: 空にはできません。"),
        ({"area": "y"}, "area: 「y」は使えません。"),
        ({"fields": ""}, "fields: 空にはできません。"),
        ({"q": "あ" * 101}, "q: 100字までにしてください。"),
        ({"q": "\x00"}, "q: 使えない文字が入っています。"),
        ({"page": "0"}, "page: 1以上にしてください。"),
        ({"per_page": "401"}, "per_page: 400以下にしてください。"),
    ],
)
def test_what_is_wrong_is_said_in_one_voice(api: Api, query: dict[str, str], words: str) -> None:
    (mistake,) = mistakes(api.get("supports/", query)).values()
    assert mistake["detail"] == words


def test_what_is_missing_in_a_body_is_said_in_the_same_voice(api: Api) -> None:
    assert mistakes(api.post("conversation/", {}))["flow"]["detail"] == "flow: かならず書いてください。"


@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [("age", "7", "整数"), ("q", 7, "文字列"), ("fields", "name", "リスト")],
)
def test_a_value_of_another_kind_is_told_the_right_one(api: Api, name: str, wrong: Any, told: str) -> None:
    assert told in mistakes(api.post("supports/search/", {name: wrong}))[name]["detail"]


def test_a_switch_and_the_answers_of_another_kind_are_told_the_right_one(api: Api) -> None:
    found = mistakes(api.post("conversation/", {"flow": "general", "finish": "true", "answers": []}))
    assert "true か false" in found["finish"]["detail"]
    assert "オブジェクト" in found["answers"]["detail"]


def test_several_mistakes_read_as_sentences(api: Api) -> None:
    detail = is_a_problem(api.get("supports/", {"nazo": "1", "age": "x"}), 400)["detail"]
    assert detail.count("。") == 2
    assert "。、" not in detail


def test_all_mistakes_are_named_at_once(api: Api) -> None:
    found = mistakes(api.get("supports/", {"area": "x", "per_page": "0", "page": "many", "nazo": ""}))
    assert set(found) == {"area", "per_page", "page", "nazo"}


@pytest.mark.parametrize(
    "moment",
    [
        "2026-02-29T10:00", "2026-13-01T10:00", "2026-12-01", "20261201T1000", "2026-W01-1T10:00", "2026-12-01T24:00", "1999-12-31T23:59",
        "2100-01-01T00:00", "2026-12-01T10:00+24:00", "2026-12-01 10:00", "２０２６-12-01T10:00", " now", "NOW", "2026-12-01T10:00\n",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused(api: Api, moment: str) -> None:
    assert list(mistakes(api.get("supports/", {"open_at": moment}))) == ["open_at"]
    assert list(mistakes(api.post("supports/search/", {"open_at": moment}))) == ["open_at"]


@pytest.mark.parametrize(
    "moment",
    [
        "now", "2028-02-29T10:00", "2026-12-01T10:00:30.123456Z", "2000-01-01T00:00+23:59", "2099-12-31T23:59-23:59", "2026-12-01T10:00+09:00",
    ],
)  # fmt: skip
def test_what_is_a_moment_is_answered(api: Api, moment: str) -> None:
    assert api.get("supports/", {"open_at": moment}).status_code == 200
    assert api.post("supports/search/", {"open_at": moment}).status_code == 200
    unescaped = api.client.get(f"{api.root}supports/?open_at={moment}")  # its + means a blank then
    assert unescaped.status_code == 200


@pytest.mark.parametrize("number", ["１", "1.0", "+1", "01", "1e1", " 1", "٣", "9" * 5000, "1_0", "0x1", "-1"])
def test_what_is_no_number_is_refused(api: Api, number: str) -> None:
    assert list(mistakes(api.get("supports/", {"per_page": number}))) == ["per_page"]


def test_a_page_behind_the_last_is_not_found_and_the_last_is_named(api: Api) -> None:
    pages = api.json("supports/", {"per_page": 7})["pages"]
    for where, response in (
        ("query", api.get("supports/", {"per_page": 7, "page": pages + 1})),
        ("body", api.post("supports/search/", {"per_page": 7, "page": pages + 1})),
    ):
        mistake = is_a_problem(response, 404)["errors"][0]
        assert (mistake["where"], mistake["parameter"]) == (where, "page")
        assert str(pages) in mistake["detail"]
    assert api.get("supports/", {"per_page": 7, "page": pages}).status_code == 200


@pytest.mark.parametrize(
    "path", ["nowhere/", "supports/0", "supports/00000000/", "supports/あ/", "tips/none/", "flows/none/", "supports//"]
)
def test_what_is_not_there_is_a_problem_too(api: Api, document: dict[str, Any], path: str) -> None:
    response = api.get(path)
    if response.status_code == 301:  # the slash was missing
        response = api.client.get(response["Location"])
    is_a_problem(response, 404, document)
    is_a_problem(api.client.post("/api/nowhere/", {}), 404, document)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "NONSENSE"])
def test_a_wrong_method_is_told_the_right_ones(api: Api, document: dict[str, Any], method: str) -> None:
    response = api.client.generic(method, f"{api.root}supports/")
    is_a_problem(response, 405, document)
    assert response["Allow"] == "GET, HEAD", "and not the one that was just refused"
    response = api.get("conversation/")
    is_a_problem(response, 405, document)
    assert response["Allow"] == "POST"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "nonsense", "application/json;q=x;;, text/csv"])
def test_what_is_not_json_cannot_be_had(api: Api, document: dict[str, Any], accept: str) -> None:
    response = api.get("worries/", accept=accept)
    assert response.status_code in (200, 406)
    if "json" not in accept:
        is_a_problem(response, 406, document)


@pytest.mark.parametrize("accept", ["application/json", "*/*", "application/*", "text/html, */*;q=0.1"])
def test_json_can_be_had(api: Api, accept: str) -> None:
    assert api.get("worries/", accept=accept)["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense", ""],
)
def test_a_body_that_is_not_json_is_told_so(api: Api, document: dict[str, Any], content_type: str) -> None:
    for path in ("conversation/", "supports/search/"):
        response = api.client.generic("POST", api.root + path, b'{"flow": "general"}', content_type=content_type)
        is_a_problem(response, 415, document)


def test_too_much_is_too_much(api: Api, document: dict[str, Any]) -> None:
    is_a_problem(api.post("conversation/", {"flow": "x" * 300_000}), 413, document)
    assert api.client.post("/chat/", {"a": "x" * 300_000}).status_code == 400, (
        "people are shown the page that they know"
    )


def test_a_body_in_chunks_is_told_that_its_length_is_missing(api: Api, document: dict[str, Any]) -> None:
    """Some libraries send JSON in chunks; nothing of it would be read, and the answer be about a body without anything in it."""
    for path in ("conversation/", "supports/search/"):
        response = api.client.generic(
            "POST", api.root + path, content_type="application/json", headers={"transfer-encoding": "chunked"}
        )
        assert "Content-Length" in is_a_problem(response, 411, document)["detail"]
    assert api.client.post("/chat/", headers={"transfer-encoding": "Chunked"}).status_code == 400


@pytest.mark.parametrize("path", ["conversation", "supports/search"])
def test_a_post_without_the_last_slash_arrives_with_all_it_holds(api: Api, path: str) -> None:
    response = api.post(path, {})
    assert (response.status_code, response["Location"]) == (308, f"{api.root}{path}/")
    followed = api.client.post(api.root + path, '{"flow": "general"}', content_type="application/json", follow=True)
    assert followed.request["REQUEST_METHOD"] == "POST"
    assert api.get("supports").status_code == 301, "what is fetched is led on as by every page"


@pytest.mark.parametrize("address", ["/api", "/api/"])
def test_who_looks_for_the_api_finds_the_page_that_explains_it(api: Api, address: str) -> None:
    page = api.client.get(address, follow=True)
    assert page.request["PATH_INFO"] == "/open-data/"
    assert page.status_code == 200


@pytest.mark.parametrize("length", ["-1", "many", "1e3", "٣", "9" * 40, "1, 2"])
def test_an_odd_length_is_a_problem(api: Api, document: dict[str, Any], length: str) -> None:
    for method in (api.client.get, api.client.post):
        is_a_problem(method(f"{api.root}conversation/", CONTENT_LENGTH=length), 400, document)


NOT_JSON = {
    "broken": '{"flow": "general"',
    "nothing but a word": "general",
    "NaN": '{"flow": "general", "answers": NaN}',
    "infinity": '{"flow": "general", "answers": -Infinity}',
    "a number with 5000 digits": '{"flow": ' + "9" * 5000 + "}",
    "a name twice": '{"flow": "general", "flow": "under18"}',
    "nested without an end": '{"flow": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "objects in objects": '{"a":' * 30_000 + "1" + "}" * 30_000,
    "not UTF-8": '{"flow": "一般"}'.encode("euc-jp"),
    "UTF-16": '{"flow": "general"}'.encode("utf-16"),
    "half a character": '{"flow": "\\ud800"}',
    "half a character as a name": '{"flow": "general", "\\udfff": 1}',
    "half a character deep within": '{"flow": "general", "answers": {"worry": ["\\ud800"]}}',
    "nothing but blanks": "   ",
}


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON)
def test_what_cannot_be_read_as_json_is_a_problem(api: Api, document: dict[str, Any], body: str | bytes) -> None:
    for path in ("conversation/", "supports/search/"):
        problem = is_a_problem(api.post(path, body), 400, document)
        assert "JSON" in problem["detail"]


@pytest.mark.parametrize("body", ["[]", '"general"', "null", "1", "true", '[["flow", "general"]]'])
def test_json_that_is_no_object_is_a_problem(api: Api, document: dict[str, Any], body: str) -> None:
    for path in ("conversation/", "supports/search/"):
        problem = is_a_problem(api.post(path, body), 400, document)
        assert problem["errors"] == [
            {"where": "body", "parameter": "", "detail": "本文はJSONのオブジェクトにしてください。"}
        ]


def test_nothing_at_all_lacks_the_flow(api: Api) -> None:
    assert list(mistakes(api.post("conversation/", ""))) == ["flow"]
    assert list(mistakes(api.post("conversation/", {}))) == ["flow"]


@pytest.mark.parametrize(
    "answers",
    [
        {"worry": "money"}, {"worry": []}, {"worry": [1]}, {"worry": [None]}, {"worry": [["money"]]}, {"worry": [""]}, {"": ["money"]},
        {"worry": ["x" * 41]}, {"x" * 41: ["money"]}, {"worry": ["x"] * 61}, {f"q{n}": ["x"] for n in range(61)}, {"worry": {"money": 1}},
    ],
)  # fmt: skip
def test_odd_answers_are_named(api: Api, answers: Any) -> None:
    found = mistakes(api.post("conversation/", {"flow": "general", "answers": answers}))
    assert list(found) == ["answers"]


@pytest.mark.parametrize("charset", ["base64", "rot13", "utf-7", "shift_jis", "no-such", "idna", "zlib"])
def test_another_charset_is_not_believed(api: Api, charset: str) -> None:
    body = json.dumps({"flow": "general"}).encode()
    response = api.client.generic(
        "POST", f"{api.root}conversation/", body, content_type=f"application/json; charset={charset}"
    )
    assert response.status_code == 200
    response = api.client.generic("GET", f"{api.root}supports/?q=a", content_type=f"text/plain; charset={charset}")
    assert response.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "not a host", "localhost:port", "[::1"])
def test_another_host_is_a_problem(api: Api, document: dict[str, Any], host: str) -> None:
    is_a_problem(api.get("supports/", host=host), 400, document)


def test_a_condition_that_does_not_hold_is_a_problem(api: Api, document: dict[str, Any]) -> None:
    is_a_problem(api.get("worries/", if_match='"another"'), 412, document)
    is_a_problem(api.get("worries/", if_unmodified_since="Sat, 29 Oct 1994 19:43:31 GMT"), 412, document)


def test_nothing_published_is_a_problem(document: dict[str, Any], api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> Directory:
        raise serving.NothingPublished

    monkeypatch.setattr(serving, "current", nothing)
    for address, _ in operations(document, "get"):
        is_a_problem(api.client.get(address), 503, document)
    is_a_problem(api.post("conversation/", {"flow": "general"}), 503, document)
    is_a_problem(api.get("openapi.json"), 503, document)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(now: object, flow: object, answers: object, *, finish: bool) -> None:
        raise KeyError(f"{SECRET} {answers}")

    monkeypatch.setattr("api.v1.conversation.next_step", fail)


def test_what_breaks_inside_is_not_told_outside(
    broken: None, api: Api, document: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    response = api.post("conversation/", {"flow": "general", "answers": {"worry": ["suicidal"]}})
    is_a_problem(response, 500, document)
    told = response.content.decode()
    assert not any(word in told for word in (SECRET, "KeyError", "Traceback", "next_step", ".py"))
    logged = "\n".join(logging.Formatter("%(name)s %(message)s %(args)s").format(record) for record in caplog.records)
    assert "KeyError" in logged, "what broke can be looked into"
    assert "conversation.py" in logged, "and where"
    assert not any(word in logged for word in (SECRET, "suicidal", "worry", "general"))


def test_the_examples_of_the_document_are_no_matter_of_who_asked_too_much(directory: Directory, settings: Any) -> None:
    """The document is made by asking the API: that must not be counted as somebody's requests."""
    settings.API_RATE = "1/min"
    with served(directory):
        forget_the_documents()
        described = openapi("v1")
        forget_the_documents()
    for _, operation in operations(described, "get"):
        example = operation["responses"]["200"]["content"]["application/json"]["example"]
        assert example.get("status") != 429
