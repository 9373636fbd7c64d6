"""Nobody's worry stays anywhere: no SQL, no cookie, no log line, and a throttle that knows neither who asked nor what."""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from tests.conftest import japan

from .conftest import UNLIMITED, Api

ANSWERS = {"worry": ["suicidal"]}
SEARCHED = "とくべつにさがしたことば"
ELSEWHERE = "https://elsewhere.example"


def requests_of(document: dict[str, Any], api: Api) -> Iterator[tuple[str, Any]]:
    """Every operation, asked as its example asks, and as nobody should."""
    for address, methods in document["paths"].items():
        for method, operation in methods.items():
            parameters = operation.get("parameters", ())
            names = {p["name"]: p["example"] for p in parameters if p["in"] == "path"}
            query = {p["name"]: p["example"] for p in parameters if p["in"] == "query" and "example" in p}
            where = address.format(**names)
            if method == "get":
                yield operation["operationId"], api.client.get(where, query)
                yield operation["operationId"], api.client.head(where, query)
                yield operation["operationId"], api.client.get(where, {"nazo": SEARCHED})
            else:
                example = operation["requestBody"]["content"]["application/json"]["example"]
                yield operation["operationId"], api.client.post(where, example, content_type="application/json")
                yield operation["operationId"], api.client.post(where, {"nazo": SEARCHED}, content_type="text/plain")
            yield operation["operationId"], api.client.delete(where)


def test_no_operation_asks_the_database_or_sets_a_cookie(document: dict[str, Any], api: Api, settings: Any) -> None:
    """The database is out of reach: to ask it would be a 500."""
    settings.API_RATE = UNLIMITED
    asked: set[str] = set()
    for operation, response in requests_of(document, api):
        assert response.status_code in (200, 400, 405, 415), operation
        assert not response.cookies
        assert "Set-Cookie" not in response
        assert "Cookie" not in response.get("Vary", "")
        asked.add(operation)
    assert len(asked) == len(document["paths"])
    assert not api.client.cookies
    assert api.get("openapi.json").status_code == 200


def test_a_cookie_that_comes_along_changes_nothing(api: Api) -> None:
    plain = api.get("worries/")
    api.client.cookies["sessionid"] = "x" * 32
    api.client.cookies["csrftoken"] = "y" * 32
    again = api.get("worries/")
    assert (again.content, again["ETag"], list(again.cookies)) == (plain.content, plain["ETag"], [])
    assert api.post("conversation/", {"flow": "general"}).status_code == 200
    assert api.client.get("/").status_code == api.client.post("/chat/").status_code == 200, "nor on the pages"


def test_what_is_asked_stands_in_no_log_line(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("api").debug("heard: %s", "this")
    api.posted("conversation/", {"flow": "general", "answers": ANSWERS, "finish": True})
    api.posted("supports/search/", {"q": SEARCHED})
    api.post("conversation/", {"flow": "general", "answers": {SEARCHED: "no list"}})
    api.post("conversation/", {SEARCHED: SEARCHED})
    api.post("conversation/", json.dumps({"q": SEARCHED})[:-1])
    api.get("supports/", {"q": SEARCHED})
    api.get("supports/", {"nazo": SEARCHED})
    api.get(f"supports/{SEARCHED}/")
    api.client.post("/api/v1/nowhere/", {"q": SEARCHED})
    logged = "\n".join(logging.Formatter("%(name)s %(message)s %(args)s").format(record) for record in caplog.records)
    assert "heard: this" in logged
    lines = [line for line in logged.splitlines() if not line.startswith("django.request")]
    tell_tales = ("suicidal", SEARCHED, "worry", "%E3%81%A8")
    assert [line for line in lines if any(word in line for word in tell_tales)] == []


def test_django_s_lines_for_errors_are_not_written(api: Api) -> None:
    """They name the address. What comes from the API at this level does not reach a handler."""
    assert logging.getLogger("django.request").level == logging.ERROR


def test_answers_are_kept_nowhere_on_the_way(api: Api) -> None:
    for path, body in (("conversation/", {"flow": "general", "answers": ANSWERS}), ("supports/search/", {"q": "金"})):
        response = api.post(path, body)
        assert response["Cache-Control"] == "no-store"
        assert "ETag" not in response
    assert api.get("worries/")["Cache-Control"] == "no-cache", "kept, but asked about each time"


def test_the_throttle_knows_neither_who_asked_nor_what(api: Api) -> None:
    api.client.post(
        "/api/v1/conversation/", {"flow": "general", "answers": ANSWERS}, content_type="application/json", REMOTE_ADDR="203.0.113.77"
    )  # fmt: skip
    api.client.get("/api/v1/supports/", {"q": SEARCHED}, REMOTE_ADDR="2001:db8::77")
    kept = dict(caches["throttle"]._cache)  # type: ignore[attr-defined]
    assert len(kept) == 2, "one entry for each address"
    for key, value in kept.items():
        times = pickle.loads(value)  # noqa: S301
        assert all(isinstance(time, float) for time in times)
        for word in ("203.0.113.77", "2001:db8", "conversation", "supports", "general", "suicidal", "q="):
            assert word not in key
            assert word.encode() not in value


def test_what_the_throttle_counts_is_forgotten_within_a_minute(api: Api) -> None:
    throttle = caches["throttle"]
    with time_machine.travel(japan("2026-11-25 12:00"), tick=False) as clock:
        api.get("worries/")
        name = next(iter(throttle._expire_info)).rpartition(":")[2]  # type: ignore[attr-defined]
        clock.shift(59)
        assert throttle.get(name) is not None
        clock.shift(2)
        assert throttle.get(name) is None


def test_who_asks_too_much_waits_and_nobody_else_does(api: Api, settings: Any) -> None:
    settings.API_RATE = "3/min"
    with time_machine.travel(japan("2026-11-25 12:00"), tick=False) as clock:
        assert [api.get("worries/").status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = api.post("conversation/", {"flow": "general"})
        assert refused.status_code == 429
        assert refused["Content-Type"] == "application/problem+json"
        assert refused.json()["status"] == 429
        assert "Retry-After" in refused.json()["detail"]
        assert refused["Retry-After"] == "60"
        assert api.client.get("/api/v1/worries/", REMOTE_ADDR="198.51.100.4").status_code == 200
        assert Client().get("/").status_code == 200, "the pages are never slowed down"
        clock.shift(59)
        assert api.get("worries/")["Retry-After"] == "1"
        clock.shift(1.5)
        assert api.get("worries/").status_code == 200


def test_behind_the_proxy_each_visitor_is_counted_alone(api: Api, settings: Any) -> None:
    settings.API_RATE, settings.HTTPS = "1/min", True

    def ask(forwarded: str) -> int:
        return int(api.get("worries/", x_forwarded_for=forwarded).status_code)

    assert [ask("1.1.1.1"), ask("2.2.2.2"), ask("1.1.1.1"), ask("9.9.9.9, 2.2.2.2")] == [200, 200, 429, 429]


def preflight(api: Api, address: str, method: str) -> Any:
    return api.client.options(
        address,
        headers={
            "origin": ELSEWHERE,
            "access-control-request-method": method,
            "access-control-request-headers": "content-type, if-none-match",
        },
    )


def test_a_page_elsewhere_may_ask_the_api(document: dict[str, Any], api: Api, settings: Any) -> None:
    settings.API_RATE = UNLIMITED
    for address, methods in document["paths"].items():
        for method in methods:
            response = preflight(api, address, method.upper())
            assert response.status_code == 200
            assert response["Access-Control-Allow-Origin"] == "*"
            assert method.upper() in response["Access-Control-Allow-Methods"]
            allowed = response["Access-Control-Allow-Headers"]
            assert "content-type" in allowed
            assert "if-none-match" in allowed


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "TRACE"])
def test_a_page_elsewhere_may_not_even_ask_to_change_something(api: Api, method: str) -> None:
    assert method not in preflight(api, "/api/v1/supports/", method)["Access-Control-Allow-Methods"]


def test_a_page_elsewhere_reads_answers_and_their_version_but_no_cookie(api: Api) -> None:
    answers = [
        api.get("worries/", origin=ELSEWHERE),
        api.post("conversation/", {"flow": "general"}, origin=ELSEWHERE),
        api.get("worries/", {"nazo": 1}, origin=ELSEWHERE),
        api.get("nowhere/", origin=ELSEWHERE),
        api.get("openapi.json", origin=ELSEWHERE),
        api.client.post("/api/v1/conversation/", CONTENT_LENGTH="odd", headers={"origin": ELSEWHERE}),
        api.get("worries/", origin=ELSEWHERE, if_none_match="*"),
    ]
    assert [response.status_code for response in answers] == [200, 200, 400, 404, 200, 400, 304]
    for response in answers:
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "etag" in response["Access-Control-Expose-Headers"]
        assert "retry-after" in response["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response


def test_who_is_refused_elsewhere_can_read_for_how_long(api: Api, settings: Any) -> None:
    settings.API_RATE = "1/min"
    api.get("worries/", origin=ELSEWHERE)
    refused = api.get("worries/", origin=ELSEWHERE)
    assert refused.status_code == 429
    assert refused["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", ["home", "chat", "list", "under18", "health"])
def test_the_pages_are_not_open_to_pages_elsewhere(api: Api, name: str) -> None:
    """What a person answers there is between them and the page."""
    for response in (
        api.client.get(reverse(name), headers={"origin": ELSEWHERE}),
        preflight(api, reverse(name), "POST"),
    ):
        assert not [header for header in response.headers if header.lower().startswith("access-control")]
