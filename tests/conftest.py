"""What all tests share: the real content, published once into the test database and held in memory."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.loading import from_payload
from catalog.hours.timetable import JAPAN
from catalog.release import serving
from catalog.release.payload import dump
from chatbot.flow import Flow, flow_of
from scripts.serve import prepare

from .databases import POSTGRES, loaded_file, loaded_name
from .sharing import made_once

# The content, the flows and every path through them stay to the end: looking through them for garbage again and again takes a sixth
# of the time.
gc.set_threshold(100_000, 50, 100)

HERE = Path(__file__).parent


# At the end none of these may keep one process busy while the others have nothing left to do. The first makes the site that all
# browsers visit; meanwhile the other processes have something else to do.
LONGEST = (
    "browser/test_desk_journey.py",
    "chatbot/test_every_path.py",
    "under18/test_every_path.py",
    "installations/test_upgrading.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {HERE / name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if POSTGRES:
        connection.settings_dict["TEST"] |= {"TEMPLATE": loaded_name(tmp_path_factory), "MIGRATE": False}


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The whole content, loaded once into the test database. Each test's changes are rolled back."""
    if not POSTGRES:
        with django_db_blocker.unblock(), closing(sqlite3.connect(loaded_file(tmp_path_factory))) as source:
            connection.ensure_connection()
            source.backup(connection.connection)


@pytest.fixture(autouse=True)
def no_copy_of_another_test() -> Iterator[None]:
    """Each test begins as a worker on a machine without a copy of a Release."""
    Path(settings.RELEASE_COPY).unlink(missing_ok=True)
    yield
    Path(settings.RELEASE_COPY).unlink(missing_ok=True)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that a site needs, the desk's files included."""
    return made_once(tmp_path_factory, "prepared", lambda folder: prepare(folder, desk=True))


@pytest.fixture(scope="session")
def directory(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Directory:
    """The content in memory."""
    with django_db_blocker.unblock():
        return from_payload(dump(), number=1)


@pytest.fixture(scope="session")
def flow(directory: Directory) -> Flow:
    return flow_of(directory, "general")


@pytest.fixture
def served(directory: Directory) -> Iterator[Directory]:
    """The site serves the content from memory; a page that asked the database would fail the test."""
    serving.use(directory)
    yield directory
    serving.use(None)


@pytest.fixture
def web(served: Directory) -> Client:
    """A browser without scripts, against a site without a database."""
    return Client()


def japan(text: str) -> datetime:
    """A moment in Japan: japan("2026-12-31 23:30")."""
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def at(directory: Directory, text: str) -> DirectoryNow:
    return DirectoryNow(directory, japan(text))
