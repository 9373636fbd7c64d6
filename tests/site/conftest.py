from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.conftest import japan

from .browsing import Visitor

# A quiet Wednesday noon: most lines are open.
NOON = "2026-11-25 12:00"


@pytest.fixture
def noon() -> Iterator[None]:
    """Time stands still, so that two pages can be compared."""
    with time_machine.travel(japan(NOON), tick=False):
        yield


@pytest.fixture
def visitor(web: Client, noon: None) -> Visitor:
    """Somebody without scripts, on a Wednesday noon."""
    return Visitor(web)
