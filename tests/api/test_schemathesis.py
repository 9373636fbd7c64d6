"""Schemathesis asks the API what its OpenAPI documents say may be asked, and what they say may not, and holds every answer against them.

Every check is on, also those that find nothing to look at here: nobody signs in, and nothing is made that could be asked for
afterwards. For this reason there is no stateful phase either.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings
from schemathesis.core.result import Ok
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.specs.openapi.schemas import OpenApiSchema

from api.openapi import DOCUMENTS
from catalog.directory.directory import Directory

from .conftest import UNLIMITED, served

EXAMPLES = 25  # drawn at random for each operation, on top of the examples and of every odd value of every parameter
CONFIG = {
    "generation": {"deterministic": True, "max-examples": EXAMPLES, "mode": "all"},
}


site = WSGIHandler()


def uncompressed(environ: dict[str, Any], start_response: Any) -> Any:
    """The site, to somebody who does not unpack what they get."""
    return site({**environ, "HTTP_ACCEPT_ENCODING": "identity"}, start_response)


@contextmanager
def connections_left_alone() -> Iterator[None]:
    """Between requests Django looks after its connections to the database, which is out of reach here."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@pytest.fixture(scope="module", params=DOCUMENTS)
def described(request: pytest.FixtureRequest, directory: Directory) -> Iterator[OpenApiSchema]:
    config = schemathesis.Config.from_dict(CONFIG)
    with served(directory), override_settings(API_RATE=UNLIMITED), connections_left_alone():
        yield schemathesis.openapi.from_wsgi(f"/api/{request.param}/openapi.json", uncompressed, config=config)


def test_the_api_does_what_its_document_says(described: OpenApiSchema, subtests: pytest.Subtests) -> None:
    def ask(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate()

    found = list(get_all_tests(schema=described, test_func=ask, settings=None, given_kwargs={}))
    assert len(found) > 5
    for result in found:
        assert isinstance(result, Ok), result
        operation, asking = result.ok()
        with subtests.test(operation.label):
            asking()
