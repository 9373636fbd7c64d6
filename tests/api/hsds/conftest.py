from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from catalog.directory.directory import Directory
from catalog.release import serving
from catalog.release.serving import Published
from tests.conftest import japan

from .fetching import SHA256, Asker

NOON = "2026-11-25 12:00"
PUBLISHED = Published(1, SHA256, "2026-11-01T09:00:00+09:00")


@pytest.fixture
def hsds(directory: Directory, settings: Settings) -> Iterator[Asker]:
    """The HSDS API on a Wednesday noon, out of memory: whatever asked the database would fail the test."""
    settings.API_RATE = "100000/min"
    serving.use(directory, sha256=SHA256, releases=(PUBLISHED,))
    with time_machine.travel(japan(NOON), tick=False):
        yield Asker(Client())
    serving.use(None)


@pytest.fixture
def services(hsds: Asker) -> list[dict[str, Any]]:
    """All of them, full."""
    return hsds.all("services", full="true")
