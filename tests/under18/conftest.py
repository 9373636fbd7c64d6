from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from catalog.directory.directory import Directory
from chatbot.flow import Flow, flow_of
from chatbot.need import Need
from chatbot.replay import Conversation
from chatbot.walk import walk
from tests.conftest import japan

from .browse import Child

AFTER_SCHOOL = "2026-09-02 16:30"  # an ordinary Wednesday, when most lines are open
HARDEST = "2027-01-01 03:30"  # New Year's night: only those who never close answer


@pytest.fixture(scope="session")
def child_flow(directory: Directory) -> Flow:
    return flow_of(directory, "under18")


@pytest.fixture(scope="session")
def conversations(child_flow: Flow) -> list[Conversation]:
    """Every path through the questions."""
    return list(walk(child_flow))


@pytest.fixture(scope="session")
def people(conversations: list[Conversation], directory: Directory) -> list[Conversation]:
    """Of those who say one more thing at most, one for each need."""
    one = (each for each in conversations if all(len(turn.choices) < 2 for turn in each.turns))
    return list({Need.of(each.person, directory, for_children=True): each for each in one}.values())


@pytest.fixture
def after_school() -> Iterator[None]:
    """Time stands still, so that pages can be compared."""
    with time_machine.travel(japan(AFTER_SCHOOL), tick=False):
        yield


@pytest.fixture
def child(web: Client, after_school: None) -> Child:
    return Child(web)
