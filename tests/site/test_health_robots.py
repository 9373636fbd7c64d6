"""For load balancers and search engines, and what is shown while nothing is published yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from catalog.directory.directory import Directory
from catalog.models import CurrentRelease
from catalog.release import serving

from .browsing import Page


@pytest.fixture
def unpublished(client: Client, db: None, tmp_path: Path) -> Iterator[Client]:
    """A site before its first Release: neither in the database nor in the copy on disk."""
    CurrentRelease.objects.all().delete()
    serving.use(None)
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
    assert {"Disallow: /r/", "Disallow: /under18/r/", "Disallow: /exit/"} <= set(rules)
    assert "Disallow: /" not in rules


def test_robots_are_told_where_the_sitemap_is_but_not_where_the_desk_is(web: Client) -> None:
    told = web.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in told.splitlines()
    assert settings.DESK_PATH.strip("/") not in told


PERSONAL: list[tuple[str, dict[str, object] | None]] = [
    ("/chat/", None), ("/chat/", {"a": ["worry.suicidal"]}), ("/chat/", {"a": ["worry.suicidal"], "want": "sheet"}),
    ("/r/zzzzz/", None), ("/under18/chat/", None), ("/under18/chat/", {"a": ["band.g34"]}), ("/under18/r/zzzzz/", None),
    ("/nowhere/", None), ("/under18/nowhere/", None),
]  # fmt: skip


@pytest.mark.parametrize(("address", "fields"), PERSONAL)
def test_conversations_and_errors_are_not_indexed(web: Client, address: str, fields: dict[str, object] | None) -> None:
    page = Page(web.get(address) if fields is None else web.post(address, fields))
    assert "noindex" in page.response["X-Robots-Tag"]
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_neither_is_a_step_that_is_swapped_into_the_page(web: Client) -> None:
    step = web.post("/chat/", {"a": ["worry.suicidal"]}, headers={"HX-Request": "true"})
    assert "noindex" in step["X-Robots-Tag"]


@pytest.mark.parametrize("path", ["", "login/", "invitation/x/", "preview/now/", "no/such/"])
def test_nothing_of_the_desk_is_indexed_and_nothing_tells_it_from_other_pages(web: Client, db: None, path: str) -> None:
    assert web.get(f"/desk/{path}")["X-Robots-Tag"] == "noindex, nofollow" == web.get("/nowhere/")["X-Robots-Tag"]
