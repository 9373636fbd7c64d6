"""Who fetched an answer need not fetch it again until it is another one."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine

from api.views import ReleaseView
from catalog.directory.directory import Directory
from catalog.release import serving
from tests.conftest import japan

from .conftest import NEWEST, UNLIMITED, Api, served

ABOUT_NOW = [
    ("supports/", {"open_at": "now"}),
    ("supports/", {"state_at": "now", "fields": "answers"}),
    ("supports/{id}/", {"state_at": "now"}),
]
NOT_ABOUT_NOW = [
    ("", {}),
    ("supports/", {}),
    ("supports/", {"open_at": "2026-12-01T10:00", "q": "now"}),
    ("supports/{id}/", {}),
    ("worries/", {}),
    ("releases/", {}),
    ("releases/current/", {}),
    ("flows/general/", {}),
    ("openapi.json", {}),
]


@pytest.fixture(autouse=True)
def nobody_is_slowed_down(settings: Any) -> None:
    settings.API_RATE = UNLIMITED


@pytest.fixture
def noon() -> Iterator[Any]:
    with time_machine.travel(japan("2026-11-25 12:00:10"), tick=False) as clock:
        yield clock


def with_id(path: str, directory: Directory) -> str:
    return path.format(id=next(iter(directory.by_public_id)))


def test_what_did_not_change_is_not_sent_again(document: dict[str, Any], api: Api, directory: Directory) -> None:
    asked = 0
    for address, methods in document["paths"].items():
        if "get" in methods:
            names = {p["name"]: p.get("example") for p in methods["get"].get("parameters", ()) if p["in"] == "path"}
            first = api.client.get(address.format(**names))
            again = api.client.get(address.format(**names), headers={"if-none-match": first["ETag"]})
            assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
            assert again["ETag"] == first["ETag"]
            assert again["Cache-Control"] == first["Cache-Control"] == "no-cache"
            asked += 1
    assert asked > 10


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', '"a", W/"b" , W/{},"c"', "*", " {} "])
def test_every_way_to_say_what_is_known_is_understood(api: Api, known: str) -> None:
    tag = api.get("worries/")["ETag"]
    assert api.get("worries/", if_none_match=known.replace("{}", tag)).status_code == 304


@pytest.mark.parametrize("known", ['"other"', "{}", 'W/"{}x"', "", "nonsense", '"', "W/", "、"])
def test_who_knows_something_else_is_sent_all(api: Api, known: str) -> None:
    tag = api.get("worries/")["ETag"].strip('"')
    assert api.get("worries/", if_none_match=known.replace("{}", tag[:-1])).status_code == 200


def test_an_error_is_never_taken_for_what_is_known(api: Api) -> None:
    for path, query in (("worries/", {"nazo": 1}), ("nowhere/", {}), ("supports/none/", {})):
        response = api.get(path, query, if_none_match="*")
        assert response.status_code in (400, 404)
        assert "ETag" not in response
        assert response["Cache-Control"] == "no-store"


def test_another_release_is_another_answer(directory: Directory, api: Api) -> None:
    paths = [with_id(path, directory) for path, _ in NOT_ABOUT_NOW]
    before = {path: api.get(path)["ETag"] for path in paths}
    with served(directory, NEWEST):
        for path in paths:
            after = api.get(path, if_none_match=before[path])
            assert after.status_code == 200
            assert after["ETag"] != before[path]


def test_going_back_to_a_release_is_what_was_known(directory: Directory, api: Api) -> None:
    tag = api.get("worries/")["ETag"]
    with served(directory, NEWEST):
        assert api.get("worries/", if_none_match=tag).status_code == 200
    with served(directory):
        assert api.get("worries/", if_none_match=tag).status_code == 304


@pytest.mark.parametrize(("path", "query"), ABOUT_NOW)
def test_what_is_about_now_is_another_answer_each_minute(
    api: Api, directory: Directory, noon: Any, path: str, query: dict[str, str]
) -> None:
    path = with_id(path, directory)
    first = api.get(path, query)
    noon.move_to(japan("2026-11-25 12:00:59"))
    within = api.get(path, query)
    assert within.content == first.content, "within a minute the same"
    assert api.get(path, query, if_none_match=first["ETag"]).status_code == 304
    noon.move_to(japan("2026-11-25 12:01:00"))
    assert api.get(path, query, if_none_match=first["ETag"]).status_code == 200


@pytest.mark.parametrize(("path", "query"), NOT_ABOUT_NOW)
def test_what_is_not_about_now_stays_the_same(
    api: Api, directory: Directory, noon: Any, path: str, query: dict[str, str]
) -> None:
    path = with_id(path, directory)
    first = api.get(path, query)
    noon.move_to(japan("2027-01-01 03:30"))
    assert api.get(path, query).content == first.content
    assert api.get(path, query, if_none_match=first["ETag"]).status_code == 304


def test_a_line_that_closes_is_seen_to_close(api: Api, noon: Any) -> None:
    def answering() -> int:
        return int(api.json("supports/", {"open_at": "now", "per_page": 1})["count"])

    by_day = answering()
    noon.move_to(japan("2026-11-26 03:00"))
    assert 0 < answering() < by_day


def test_a_release_that_comes_while_an_answer_is_made_is_fetched_again(
    directory: Directory, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the old content would be kept under the new version's name until the version after that."""
    tag_before = api.get("worries/")["ETag"]
    finalize = ReleaseView.finalize_response

    def late(view: ReleaseView, *args: Any, **kwargs: Any) -> Any:
        serving.use(directory, sha256=NEWEST.sha256, releases=(NEWEST,))
        return finalize(view, *args, **kwargs)

    monkeypatch.setattr(ReleaseView, "finalize_response", late)
    old_content = api.get("worries/")
    monkeypatch.undo()
    assert old_content["ETag"] == tag_before
    assert api.get("worries/", if_none_match=old_content["ETag"]).status_code == 200


def test_a_minute_that_passes_while_an_answer_is_made_is_fetched_again(
    api: Api, noon: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    finalize = ReleaseView.finalize_response

    def late(view: ReleaseView, *args: Any, **kwargs: Any) -> Any:
        noon.move_to(japan("2026-11-25 12:01:00"))
        return finalize(view, *args, **kwargs)

    monkeypatch.setattr(ReleaseView, "finalize_response", late)
    tag = api.get("supports/", {"open_at": "now"})["ETag"]
    monkeypatch.undo()
    assert api.get("supports/", {"open_at": "now"}, if_none_match=tag).status_code == 200


def test_a_look_at_the_head_is_the_same_without_the_body(api: Api) -> None:
    whole, head = api.get("worries/"), api.client.head(f"{api.root}worries/")
    assert head.status_code == 200
    assert head.content == b""
    for name in ("ETag", "Content-Type", "Cache-Control", "Content-Length"):
        assert head[name] == whole[name]
    known = api.client.head(f"{api.root}worries/", headers={"if-none-match": whole["ETag"]})
    assert known.status_code == 304


def test_a_zipped_answer_is_the_same_answer(api: Api) -> None:
    plain, zipped = api.get("supports/"), api.get("supports/", accept_encoding="gzip")
    assert zipped["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped["Vary"]
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["ETag"] == f"W/{plain['ETag']}", "the same content, not the same bytes"
    again = api.get("supports/", accept_encoding="gzip", if_none_match=zipped["ETag"])
    assert again.status_code == 304


def test_a_preview_of_staff_is_kept_nowhere(api: Api, directory: Directory) -> None:
    with serving.shown_instead(directory, datetime.now(tz=japan("2026-01-01").tzinfo)):
        response = api.get("worries/")
    assert response.status_code == 200
    assert "ETag" not in response
    assert response["Cache-Control"] == "no-store"


def test_a_shared_cache_keeps_the_compressed_form_apart(api: Api) -> None:
    """Also for a short answer and for a 304, neither of which is compressed: a cache takes over what they say of the form."""
    for path in ("", "worries/", "releases/current/"):
        first = api.get(path)
        again = api.get(path, if_none_match=first["ETag"])
        assert (first.status_code, again.status_code) == (200, 304)
        for response in (first, again):
            assert "accept-encoding" in response["Vary"].lower(), (path, response.status_code)
