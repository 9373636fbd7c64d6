"""The API as another program meets it: the content in memory under its own hash, no database, and nobody to slow it down."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from django.core.cache import caches
from django.test import Client

from api import openapi as openapi_module
from api.openapi import openapi
from catalog.directory.directory import Directory
from catalog.release import serving
from catalog.release.serving import Published
from chatbot.flow import flow_of
from chatbot.replay import Conversation
from chatbot.walk import walk

NEWEST = Published(3, "c" * 64, "2026-11-20T10:00:00+09:00")
SERVED = Published(2, "b" * 64, "2026-11-10T09:30:00+09:00")  # an older one: somebody went back to it
OLDEST = Published(1, "a" * 64, "2026-11-01T12:00:00+09:00")
UNLIMITED = "1000000/min"
EVERY = 17  # so many paths lie between two that are taken
Paths = dict[str, list[Conversation]]


def forget_the_documents() -> None:
    """They are made anew when they are next asked for."""
    cast(Any, openapi_module._made).cache_clear()


class Api:
    """A program that speaks JSON with the API. Answers are Django's responses."""

    root = "/api/v1/"

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def get(self, path: str = "", query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(self.root + path, query or {}, headers=_names(headers))

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """`body`: what is sent as JSON; text and bytes go as they are."""
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(self.root + path, data, content_type="application/json", headers=_names(headers))

    def json(self, path: str = "", query: dict[str, Any] | None = None) -> Any:
        """What is answered to a request that is in order."""
        response = self.get(path, query)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    def posted(self, path: str, body: Any) -> Any:
        response = self.post(path, body)
        assert response.status_code == 200, response.content.decode()
        return response.json()


@pytest.fixture(scope="session")
def paths(directory: Directory) -> Paths:
    """By flow, some of the tens of thousands of paths through the real one, dealt out over all of it and over every question."""
    return {key: list(_some(walk(flow_of(directory, key)))) for key in ("general", "under18")}


def _some(paths: Iterable[Conversation]) -> Iterator[Conversation]:
    opened: set[str] = set()
    for number, path in enumerate(paths):
        questions = {turn.question.key for turn in path.turns}
        if number % EVERY == 0 or not questions <= opened:
            opened |= questions
            yield path


def _names(headers: dict[str, str]) -> dict[str, str]:
    """if_none_match → If-None-Match."""
    return {name.replace("_", "-"): value for name, value in headers.items()}


@contextmanager
def served(directory: Directory, release: Published = SERVED) -> Iterator[None]:
    """Within this block the site serves this content from memory, as a worker does that loaded it from the database."""
    caches["throttle"].clear()
    serving.use(directory, sha256=release.sha256, releases=(NEWEST, SERVED, OLDEST))
    try:
        yield
    finally:
        serving.use(None)
        caches["throttle"].clear()


@pytest.fixture
def released(directory: Directory) -> Iterator[Directory]:
    with served(directory):
        yield directory


@pytest.fixture
def api(released: Directory) -> Api:
    """The API, which would fail the test if it asked the database."""
    return Api()


@pytest.fixture(scope="session")
def document(directory: Directory) -> dict[str, Any]:
    """Our OpenAPI document, as it is served."""
    with served(directory):
        described: dict[str, Any] = json.loads(json.dumps(openapi("v1")))
    return described
