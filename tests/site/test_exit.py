"""すぐに閉じる: the address that clears what this site left behind and shows an unremarkable page."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from catalog.directory.directory import Directory

from .browsing import Page


def test_leaving_shows_an_unremarkable_page(web: Client, settings: Settings) -> None:
    response = web.get("/exit/")
    assert response.status_code == 303
    assert response["Location"] == settings.EXIT_URL


def test_with_scripts_the_way_out_is_the_other_page_itself(web: Client, settings: Settings) -> None:
    for address in ("/", "/under18/", "/nothing/"):
        ways = Page(web.get(address)).all("a", has="data-exit")
        assert {(way["href"], way["data-exit"]) for way in ways} == {("/exit/", settings.EXIT_URL)}


def test_the_unremarkable_page_is_none_of_those_that_help_comes_from(settings: Settings, directory: Directory) -> None:
    target = urlsplit(settings.EXIT_URL)
    ours = {urlsplit(c.url).netloc for s in directory.available for c in s.contacts if c.url}
    assert target.scheme == "https"
    assert target.netloc not in ours
    assert not target.query
    assert not target.fragment


def test_leaving_clears_what_the_site_kept_in_the_browser(web: Client) -> None:
    cleared = {part.strip() for part in web.get("/exit/")["Clear-Site-Data"].split(",")}
    assert cleared >= {'"cache"', '"storage"'}


def test_leaving_is_not_remembered_and_tells_nobody_where_from(web: Client) -> None:
    response = web.get("/exit/")
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert not response.content


def test_nothing_in_the_address_changes_where_it_leads(web: Client, settings: Settings) -> None:
    for query in ("?next=https://example.com/", "?url=//example.com"):
        assert web.get(f"/exit/{query}")["Location"] == settings.EXIT_URL


def test_another_unremarkable_page_can_be_set(web: Client, settings: Settings) -> None:
    settings.EXIT_URL = "https://example.com/weather"
    assert web.get("/exit/")["Location"] == "https://example.com/weather"


def test_it_works_without_the_catalogue(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is broken, one can leave."""
    monkeypatch.setattr("catalog.release.serving.current", lambda: 1 / 0)
    assert client.get("/exit/").status_code == 303
    assert client.head("/exit/").status_code == 303
