"""The database takes nothing at the moment: another save holds it, or the disk is full. Staff hear so soon, and lose nothing."""

from __future__ import annotations

import errno
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client

from catalog.models import FAQ
from desk.dashboard import served
from tests.desk.conftest import PASSWORD, signed_in, staff_member

from .forms import opened

pytestmark = pytest.mark.django_db
WAIT = 0.3  # seconds; the site's own is a setting


@pytest.fixture
def faq() -> FAQ:
    return FAQ.objects.create(slug="q", group="site", question="はじめの質問", answer="答え")


@pytest.fixture
def sato() -> User:
    return staff_member("さとう", "管理者")


@pytest.fixture
def client(sato: User) -> Client:
    """Signed in, and shown what a browser is: not the exception."""
    client = signed_in(sato)
    client.raise_request_exception = False
    return client


@pytest.fixture
def file(client: Client, faq: FAQ, tmp_path: Path) -> Path:
    """The database as it is now, in a file."""
    file = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        copy.executescript("\n".join(connection.connection.iterdump()))
        copy.execute("PRAGMA journal_mode=WAL")
    return file


@pytest.fixture
def locked(file: Path) -> Iterator[Path]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield file


def on(file: Path, work: Callable[[], Any], *, full: bool = False) -> Any:
    """What the work gives on that database, in a thread, as in a worker; `full`: not a page more can be written."""
    answers: list[Any] = []

    def run() -> None:
        options = {"transaction_mode": "IMMEDIATE", "timeout": WAIT}
        connections["default"] = DatabaseWrapper(
            connection.settings_dict | {"NAME": str(file), "OPTIONS": options}, "default"
        )
        try:
            if full:
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA max_page_count = 1")
            answers.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answers[0]


def is_kind(answer: Any) -> bool:
    words = ("何も保存していません", "もどる", "書いたものは、そこに残っています", "もう一度")
    return answer.status_code == 503 and all(word in answer.content.decode() for word in words)


def change(client: Client, faq: FAQ, file: Path, *, full: bool = False) -> Any:
    """The answer to a corrected question."""
    url = f"/desk/catalog/faq/{faq.pk}/change/"
    form = opened(client, url) | {"question": "直した質問", "answer": "とても長い答え。" * 2_000}
    return on(file, lambda: client.post(url, form), full=full)


def question_in(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        return str(database.execute("SELECT question FROM catalog_faq WHERE slug = 'q'").fetchone()[0])


def test_while_another_save_holds_the_database_staff_hear_soon_that_nothing_was_saved(
    locked: Path, client: Client, faq: FAQ
) -> None:
    began = time.monotonic()
    answer = change(client, faq, locked)
    assert is_kind(answer)
    assert answer["Retry-After"]
    assert time.monotonic() - began < 20 * WAIT
    assert question_in(locked) == "はじめの質問"


def test_on_a_full_disk_staff_hear_that_nothing_was_saved(file: Path, client: Client, faq: FAQ) -> None:
    assert is_kind(change(client, faq, file, full=True))
    assert question_in(file) == "はじめの質問"


def test_a_save_that_was_made_is_never_called_unsaved(
    file: Path, client: Client, faq: FAQ, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session's end is put off after the view has saved, and the database may be held by then."""
    monkeypatch.setattr(Session, "save", _refuse)
    assert change(client, faq, file).status_code == 302
    assert question_in(file) == "直した質問"


def _refuse(*_: Any, **__: Any) -> None:
    raise OperationalError("database is locked")


def test_pages_can_be_read_while_another_save_holds_the_database(locked: Path, client: Client) -> None:
    assert on(locked, lambda: client.get("/desk/")).status_code == 200


def test_signing_in_is_refused_as_kindly(locked: Path) -> None:
    nobody = Client(raise_request_exception=False)
    sent = {"username": "さとう", "password": PASSWORD, "otp_token": "123456"}
    assert is_kind(on(locked, lambda: nobody.post("/desk/login/", sent)))


def test_a_disk_without_room_for_an_upload_is_the_same_to_staff(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(served, "current", full)
    assert is_kind(client.get("/desk/"))


def test_another_error_is_not_passed_off_as_a_busy_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError

    monkeypatch.setattr(served, "current", broken)
    answer = client.get("/desk/")
    assert answer.status_code == 500
    assert "保存" not in answer.content.decode()
