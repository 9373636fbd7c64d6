"""The sitemap: what search engines are offered."""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from catalog.directory.directory import Directory

from .browsing import Page

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def offered(web: Client, **headers: str) -> list[str]:
    response = web.get("/sitemap.xml", headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return [str(loc.text) for loc in ElementTree.fromstring(response.content).iter(f"{NAMESPACE}loc")]  # noqa: S314 (our own)


def test_every_page_that_is_the_same_for_everybody_is_offered_once(web: Client, directory: Directory) -> None:
    addresses = [urlsplit(url).path for url in offered(web)]
    assert len(addresses) == len(set(addresses))
    assert {"/", "/list/", "/faq/", "/tips/", "/about/", "/safety/", "/privacy/", "/banners/"} <= set(addresses)
    assert {f"/under18/{page}" for page in ("", "questions/", "hints/", "history/", "adults/")} <= set(addresses)
    assert {f"/list/{support.public_id}/" for support in directory.available} <= set(addresses)
    assert {f"/tips/{tip.slug}/" for tip in directory.tips if tip.page == "general"} <= set(addresses)


def test_nothing_personal_or_ended_is_offered(web: Client, directory: Directory) -> None:
    addresses = {urlsplit(url).path for url in offered(web)}
    assert not {f"/list/{s.public_id}/" for s in directory.supports.values() if not s.is_available} & addresses
    private = ("/chat", "/r/", "/under18/chat", "/under18/r/", "/exit", "/desk", "/health")
    assert [address for address in addresses if address.startswith(private)] == []


def test_whoever_follows_it_finds_pages_that_may_be_shown(web: Client) -> None:
    for url in offered(web):
        page = Page(web.get(urlsplit(url).path))
        assert page.response.status_code == 200, url
        assert page.response["X-Robots-Tag"] == "all", url
        assert not page.all("meta", name="robots"), url


@pytest.mark.parametrize("site", ["https://hitori.example", "https://city.example/hitori"])
def test_addresses_are_the_public_ones_whatever_host_was_asked(web: Client, settings: Settings, site: str) -> None:
    settings.SITE_URL = site
    settings.ALLOWED_HOSTS = ["other.example"]
    urls = offered(web, host="other.example")
    assert urls[0] == f"{site}/"
    assert all(url.startswith(f"{site}/") for url in urls)
    assert f"Sitemap: {site}/sitemap.xml" in web.get("/robots.txt", headers={"host": "other.example"}).content.decode()


def test_no_date_is_given_that_nobody_knows(web: Client) -> None:
    response = web.get("/sitemap.xml")
    assert b"lastmod" not in response.content
    assert "Last-Modified" not in response
