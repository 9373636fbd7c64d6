from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from catalog.directory.directory import Directory
from catalog.release import serving
from catalog.release.serving import Published

SHA256 = "c0ffee" * 10 + "cafe"
RELEASE = Published(1, SHA256, "2026-11-20T15:30:00+00:00")  # the 21st in Japan

Rows = list[dict[str, str]]


@pytest.fixture
def program(directory: Directory) -> Iterator[Client]:
    """A program that asks a site without a database, which serves a published Release."""
    serving.use(directory, sha256=SHA256, releases=(RELEASE,))
    caches["throttle"].clear()  # what other tests asked within the last minute is not this one's
    yield Client()
    serving.use(None)


@pytest.fixture
def table(program: Client) -> Callable[[str], Rows]:
    """The rows of a CSV file, by its headings."""
    return lambda name: list(csv.DictReader(io.StringIO(text_of(program, name), newline="")))


@pytest.fixture
def catalogue(program: Client) -> Any:
    return program.get("/open-data/catalogue.json").json()


def text_of(program: Client, name: str) -> str:
    return program.get(f"/open-data/{name}").content.decode("utf-8-sig")
