"""Whether there is something new to fetch: also after somebody went back, and while the database is away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from catalog.models import CurrentRelease, Release
from catalog.release import publishing, serving
from catalog.release.upgrades import payload_of

from .conftest import NEWEST, OLDEST, SERVED, Api


def test_the_releases_are_told_newest_first_and_which_is_served(api: Api) -> None:
    told = api.json("releases/")["results"]
    assert [(row["number"], row["sha256"], row["is_current"]) for row in told] == [
        (NEWEST.number, NEWEST.sha256, False),
        (SERVED.number, SERVED.sha256, True),
        (OLDEST.number, OLDEST.sha256, False),
    ]
    assert told[0]["published_at"] == NEWEST.published_at
    assert api.json("releases/current/") == told[1]


@pytest.fixture
def worker(db: None, settings: Any, tmp_path: Path) -> Iterator[Api]:
    """A worker that has loaded nothing yet, while nothing is public. Release 1, of the other tests, is there."""
    settings.RELEASE_COPY = tmp_path / "release.json"
    CurrentRelease.objects.all().delete()
    serving.use(None)
    yield Api()
    serving.use(None)


def publish(number: int) -> Release:
    """The content of the other tests, with the first entry under another name."""
    content = payload_of(Release.objects.get(number=1))
    first, *others = content["supports"]
    text = json.dumps({**content, "supports": [{**first, "name": f"あかり{number}"}, *others]})
    release = Release.objects.create(
        number=number, payload=text, sha256=hashlib.sha256(text.encode()).hexdigest(), published_by="さくら"
    )
    publishing.point_public_at(release, by="さくら")
    serving.refresh()
    return release


@contextmanager
def database_away() -> Iterator[None]:
    def refuse(*args: Any) -> Any:
        raise OperationalError("could not connect to server")

    with connection.execute_wrapper(refuse):
        yield


def served(api: Api) -> tuple[int, str, str]:
    """(number, name of the first entry, how the answers are marked)."""
    first = next(iter(serving.current().supports.values()))
    response = api.get(f"supports/{first.public_id}/")
    return api.json("releases/current/")["number"], response.json()["name"], response["ETag"]


def test_nothing_is_told_before_the_first_release(worker: Api) -> None:
    assert [worker.get(path).status_code for path in ("releases/", "releases/current/", "")] == [503] * 3


def test_a_new_release_is_told_and_everything_is_to_be_fetched_again(worker: Api) -> None:
    publish(11)
    number, name, tag = served(worker)
    assert (number, name) == (11, "あかり11")
    publish(12)
    assert worker.get("supports/", if_none_match=tag).status_code == 200
    assert served(worker)[:2] == (12, "あかり12")
    assert [row["number"] for row in worker.json("releases/")["results"]] == [12, 11, 1]


def test_going_back_is_told(worker: Api) -> None:
    first = publish(11)
    before = served(worker)
    second = publish(12)
    publishing.restore(first, by="さくら", instead_of=second)
    serving.refresh()
    assert served(worker) == before, "what was fetched of it is good again"
    assert [(row["number"], row["is_current"]) for row in worker.json("releases/")["results"]] == [
        (12, False),
        (11, True),
        (1, False),
    ]
    assert worker.json()["release"] == 11


def test_going_back_further_than_is_told_still_says_what_is_served(
    worker: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "RELEASES_LISTED", 2)
    first, _, _, last = publish(11), publish(12), publish(13), publish(14)
    assert [row["number"] for row in worker.json("releases/")["results"]] == [14, 13]
    publishing.restore(first, by="さくら", instead_of=last)
    serving.refresh()
    assert worker.json("releases/current/")["number"] == 11
    assert [row["number"] for row in worker.json("releases/")["results"]] == [14, 13, 11]


def test_the_list_is_to_be_fetched_again_after_going_back(worker: Api) -> None:
    """The content is the one from before, the list is not: a newer one stands in it by now."""
    first = publish(11)
    known = worker.get("releases/")["ETag"]
    assert worker.get("releases/", if_none_match=known).status_code == 304
    publishing.restore(first, by="さくら", instead_of=publish(12))
    serving.refresh()
    again = worker.get("releases/", if_none_match=known)
    assert again.status_code == 200
    assert [(row["number"], row["is_current"]) for row in again.json()["results"]][:2] == [(12, False), (11, True)]


def test_a_worker_that_starts_without_the_database_tells_the_same(worker: Api) -> None:
    publish(11)
    publish(12)
    before, told = served(worker), worker.json("releases/")
    serving.use(None)
    with database_away():
        assert served(worker) == before
        assert worker.json("releases/") == told
        assert worker.get("supports/", if_none_match=before[2]).status_code == 304


def test_the_fingerprint_is_that_of_the_content(worker: Api) -> None:
    release = publish(11)
    current = worker.json("releases/current/")
    assert current["sha256"] == hashlib.sha256(release.payload.encode()).hexdigest()
    assert current["sha256"][:16] in worker.get("worries/")["ETag"]
