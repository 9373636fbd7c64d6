from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from pytest_django import DjangoAssertNumQueries, Settings

from catalog.models import CurrentRelease, Release
from catalog.release import publishing, serving
from tests.catalog.samples import Row, directory_of, payload_of, support_row
from tests.chatbot.samples import both_flows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def new_worker(db: None, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A worker that has loaded nothing yet, on a machine without a copy, before the first Release."""
    settings.RELEASE_COPY = tmp_path / "var" / "release.json"
    CurrentRelease.objects.all().delete()
    serving.use(None)
    yield
    serving.use(None)


@contextmanager
def database_away() -> Iterator[None]:
    def refuse(execute: Callable[..., Any], *args: Any) -> Any:
        raise OperationalError("could not connect to server")

    with connection.execute_wrapper(refuse):
        yield


def released(number: int, payload: Row | str) -> Release:
    text = payload if isinstance(payload, str) else json.dumps(payload)
    release = Release.objects.create(
        number=1000 + number, payload=text, sha256=hashlib.sha256(text.encode()).hexdigest(), published_by="さくら"
    )
    publishing.point_public_at(release, by="さくら")
    return release


def content(name: str) -> Any:
    return payload_of(support_row("akari", name)) | {"sections": {"flows": both_flows()}}


def name_served() -> str:
    return serving.current().supports["akari"].name


def test_the_first_request_loads_the_current_release_and_later_ones_ask_no_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    released(1, content("あかり"))
    assert name_served() == "あかり"
    with django_assert_num_queries(0):
        assert name_served() == "あかり"


def test_a_new_release_is_picked_up(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    released(1, content("まえの名前"))
    assert name_served() == "まえの名前"
    released(2, content("新しい名前"))
    assert name_served() == "まえの名前", "a request does not look for it"
    serving.refresh()
    assert name_served() == "新しい名前"
    served = serving.current()
    with django_assert_num_queries(1):
        serving.refresh()
    assert serving.current() is served, "what is already served is not built again"


def test_going_back_to_an_older_release_is_picked_up() -> None:
    older = released(1, content("まえの名前"))
    released(2, content("まちがった名前"))
    serving.refresh()
    publishing.point_public_at(older, by="さくら")
    serving.refresh()
    assert name_served() == "まえの名前"


def test_nothing_published_is_said_so() -> None:
    with pytest.raises(serving.NothingPublished):
        serving.current()


def test_what_is_served_stays_when_the_pointer_is_gone() -> None:
    released(1, content("あかり"))
    serving.refresh()
    CurrentRelease.objects.all().delete()
    serving.refresh()
    assert name_served() == "あかり"


def test_the_last_good_release_is_served_while_the_database_is_away() -> None:
    released(1, content("あかり"))
    serving.refresh()
    with database_away():
        serving.refresh()
        assert name_served() == "あかり"


def test_a_worker_that_starts_without_the_database_serves_the_copy() -> None:
    released(1, content("あかり"))
    serving.refresh()
    serving.use(None)
    with database_away():
        assert name_served() == "あかり"
    assert serving.current().number == 1001


def test_the_database_coming_back_brings_the_newest() -> None:
    released(1, content("まえの名前"))
    serving.refresh()
    serving.use(None)
    with database_away():
        assert name_served() == "まえの名前"
    released(2, content("新しい名前"))
    serving.refresh()
    assert name_served() == "新しい名前"


def test_without_database_and_copy_nothing_is_invented() -> None:
    with database_away(), pytest.raises(serving.NothingPublished):
        serving.current()


def test_the_copy_is_of_the_newest_release_and_leaves_nothing_beside_it(settings: Settings) -> None:
    for number in (1, 2):
        released(number, content(f"名前{number}"))
        serving.refresh()
    assert json.loads(settings.RELEASE_COPY.read_text(encoding="utf-8"))["number"] == 1002
    assert list(settings.RELEASE_COPY.parent.iterdir()) == [settings.RELEASE_COPY]


def test_a_disk_that_cannot_be_written_stops_nothing(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "full").write_text("no folder", encoding="utf-8")
    settings.RELEASE_COPY = tmp_path / "full" / "release.json"
    released(1, content("あかり"))
    assert name_served() == "あかり"


BROKEN = ["{", "[]", "{}", json.dumps(content("あかり") | {"supports": [{"slug": "akari"}]})]


@pytest.mark.parametrize("payload", BROKEN)
def test_a_broken_release_leaves_the_old_one_served(monkeypatch: pytest.MonkeyPatch, payload: str) -> None:
    """One round of the watcher, as each worker runs it, and one after the Release was mended."""
    rounds = iter(range(2))

    def sleep(seconds: float) -> None:
        if next(rounds) == 1:
            raise KeyboardInterrupt
        assert name_served() == "あかり"
        released(3, content("なおした名前"))

    monkeypatch.setattr("catalog.release.serving.time", SimpleNamespace(sleep=sleep, monotonic=time.monotonic))
    # the test's transaction needs the connection that the watcher would close
    monkeypatch.setattr(serving, "connection", SimpleNamespace(close=lambda: None))
    released(1, content("あかり"))
    serving.refresh()
    released(2, payload)
    with pytest.raises(KeyboardInterrupt):
        serving._watch()
    assert name_served() == "なおした名前"


@pytest.mark.parametrize("payload", BROKEN)
def test_a_worker_that_starts_on_a_broken_release_serves_the_copy(payload: str) -> None:
    released(1, content("あかり"))
    serving.refresh()
    serving.use(None)
    released(2, payload)
    assert name_served() == "あかり"


def test_a_damaged_copy_is_as_good_as_none(settings: Settings) -> None:
    settings.RELEASE_COPY.parent.mkdir()
    settings.RELEASE_COPY.write_text("{", encoding="utf-8")
    with database_away(), pytest.raises(serving.NothingPublished):
        serving.current()


def tamper(release: Release) -> None:
    """Change a number past the code, which refuses to edit a Release."""
    with connection.cursor() as database:
        database.execute(
            "UPDATE catalog_release SET payload = REPLACE(payload, '0120-000-000', '0120-999-999') WHERE id = %s",
            [release.pk],
        )


def test_a_release_that_is_not_what_its_hash_says_is_refused_and_said_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("ERROR")
    released(1, content("あかり"))
    serving.refresh()
    tamper(released(2, content("あたらしい")))
    for _ in range(4):
        serving.refresh()
    assert name_served() == "あかり"
    assert [record.getMessage().split(",")[0] for record in caplog.records] == ["Release 1002 is refused (hash)"]
    assert all(record.exc_info is None for record in caplog.records)
    assert serving.status().refused == 1002


def test_a_refused_release_that_is_mended_in_place_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    released(1, content("あかり"))
    serving.refresh()
    release = released(2, content("あたらしい"))
    tamper(release)
    serving.refresh()
    with connection.cursor() as database:
        database.execute("UPDATE catalog_release SET payload = %s WHERE id = %s", [release.payload, release.pk])
    serving.refresh()
    assert name_served() == "あかり", "it is not loaded twice a second"
    monkeypatch.setattr(serving, "RETRY_SECONDS", -1)
    serving.refresh()
    assert name_served() == "あたらしい"
    assert serving.status().refused is None


def test_a_copy_that_is_not_what_its_hash_says_is_as_good_as_none(settings: Settings) -> None:
    released(1, content("あかり"))
    serving.refresh()
    serving.use(None)
    copy = settings.RELEASE_COPY.read_text(encoding="utf-8")
    settings.RELEASE_COPY.write_text(copy.replace("0120-000-000", "0120-999-999"), encoding="utf-8")
    with database_away(), pytest.raises(serving.NothingPublished):
        serving.current()


def test_a_worker_starts_from_the_copy_without_asking_the_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    released(1, content("まえの名前"))
    serving.refresh()
    released(2, content("新しい名前"))
    serving.use(None)
    with django_assert_num_queries(0):
        assert name_served() == "まえの名前"
    serving.refresh()
    assert name_served() == "新しい名前"


def test_a_preview_is_served_until_it_is_taken_away() -> None:
    released(1, content("あかり"))
    serving.use(directory_of(support_row("akari", "下見")))
    assert name_served() == "下見"
    serving.use(None)
    assert name_served() == "あかり"
