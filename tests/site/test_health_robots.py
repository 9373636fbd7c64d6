"""For load balancers and search engines, and what is shown while nothing is published yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from catalog import store
from catalog.directory import Directory
from catalog.models import CurrentRelease

from .browsing import Page


@pytest.fixture
def unpublished(client: Client, db: None, tmp_path: Path) -> Iterator[Client]:
    """A site before its first Release: neither in the database nor in the copy on disk."""
    CurrentRelease.objects.all().delete()
    store.use(None)
    with override_settings(RELEASE_COPY=tmp_path / "release.json"):
        yield client


def test_health_names_the_release_that_is_served(web: Client, directory: Directory) -> None:
    response = web.get("/health/")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().split() == ["release", str(directory.number)]
    assert "no-store" in response["Cache-Control"]


def test_health_says_when_there_is_nothing_to_show(unpublished: Client) -> None:
    assert unpublished.get("/health/").status_code == 503


def test_before_the_first_release_the_pages_still_carry_the_emergency_numbers(unpublished: Client) -> None:
    unpublished.raise_request_exception = False
    for address, status in {"/": 500, "/chat/": 500, "/safety/": 200, "/nowhere/": 404}.items():
        page = Page(unpublished.get(address), address)
        assert page.response.status_code == status
        assert {"tel:110", "tel:119"} <= set(page.named("href"))
        assert page.all("a", has="data-exit")


def test_search_engines_are_kept_from_shared_answers(web: Client) -> None:
    response = web.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    rules = response.content.decode().splitlines()
    assert rules[0] == "User-agent: *"
    assert {"Disallow: /r/", "Disallow: /exit/"} <= set(rules)
    assert "Disallow: /" not in rules


def test_pages_that_depend_on_a_person_ask_not_to_be_indexed(web: Client, directory: Directory) -> None:
    for address in ("/chat/", "/r/zzzzz/", f"/list/{directory.available[0].code}/"):
        assert Page(web.get(address)).one("meta", name="robots")["content"] == "noindex"
    assert not Page(web.get("/")).all("meta", name="robots")
