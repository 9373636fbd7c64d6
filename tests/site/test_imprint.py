"""Who speaks: the operator, the address for mistakes and the date of the content, on every page and in both APIs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from catalog.directory.directory import Directory
from catalog.pages.imprint import NOBODY_YET
from catalog.release import serving
from catalog.release.serving import Published

from .browsing import Element, Page

# One for each test, on the 21st in Japan: what is made of a Release is kept, as no setting changes while a site runs.
RELEASES = (Published(n, f"{n:064x}", f"2026-11-20T15:30:00.{n:06}+00:00") for n in count(1))
CITY = "ひとりじゃない市 福祉課"
ADDRESS = "data@city.example"


@pytest.fixture
def web(directory: Directory) -> Iterator[Client]:
    """A site that serves a published Release."""
    release = next(RELEASES)
    serving.use(directory, sha256=release.sha256, releases=(release,))
    caches["throttle"].clear()
    yield Client()
    serving.use(None)


@pytest.fixture
def run_by_a_city(settings: Settings) -> None:
    settings.OPERATOR_NAME, settings.CONTACT_EMAIL = CITY, ADDRESS


@pytest.fixture
def run_by_nobody(settings: Settings) -> None:
    settings.OPERATOR_NAME = settings.CONTACT_EMAIL = ""


def foot(web: Client, address: str) -> Element:
    return Page(web.get(address)).one("footer")


@pytest.mark.parametrize("address", ["/", "/list/", "/open-data/", "/under18/", "/under18/adults/", "/nowhere/"])
def test_the_foot_of_every_page_names_who_speaks(web: Client, run_by_a_city: None, address: str) -> None:
    words = foot(web, address).text
    assert f"運営: {CITY}" in words
    assert "内容の日付: 2026年11月21日" in words
    assert ADDRESS in words
    assert NOBODY_YET not in words


@pytest.mark.parametrize("address", ["/", "/list/", "/under18/adults/", "/about/"])
def test_a_site_that_nobody_runs_says_so_plainly(web: Client, run_by_nobody: None, address: str) -> None:
    assert NOBODY_YET in foot(web, address).text
    assert "mailto:" not in web.get(address).content.decode()


def test_children_are_told_in_their_words(web: Client, run_by_nobody: None) -> None:
    words = foot(web, "/under18/")
    assert "｜" not in words.text
    assert "まだ" in words.text
    assert {"ため", "うご", "き"} <= {reading.text for reading in words.all("rt")}
    assert NOBODY_YET not in words.text


def test_the_page_about_this_site_says_who_runs_it(web: Client, run_by_a_city: None) -> None:
    words = Page(web.get("/about/")).main.text
    assert f"{CITY} が運営しています" in words
    assert "2026年11月21日に公開した" in words
    assert ADDRESS in words


def test_the_page_about_this_site_says_that_nobody_runs_it(web: Client, run_by_nobody: None) -> None:
    assert NOBODY_YET in Page(web.get("/about/")).main.text


def test_a_page_that_broke_has_a_foot_without_a_date(run_by_a_city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "current", lambda: 1 / 0)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert CITY in Page(response).one("footer").text
    assert "内容の日付" not in Page(response).one("footer").text


PLACES = ("/api/v1/", "/api/hsds/", "/api/hsds/export.json", "/open-data/catalogue.json")


def site(web: Client, address: str) -> Any:
    response = web.get(address)
    assert response.status_code == 200, address
    return response.json()["site"]


@pytest.mark.parametrize("address", PLACES)
def test_programs_are_told_who_speaks(web: Client, run_by_a_city: None, address: str) -> None:
    told = site(web, address)
    said = {"operator": CITY, "contact_email": ADDRESS, "content_date": "2026-11-21"}
    assert told == {"url": "http://127.0.0.1:8000/", **said}


@pytest.mark.parametrize("address", PLACES)
def test_programs_are_told_that_nobody_runs_it(web: Client, run_by_nobody: None, address: str) -> None:
    told = site(web, address)
    assert told.keys() == {"url", "content_date", "notice"}
    assert told["notice"] == NOBODY_YET


def test_who_kept_an_answer_fetches_again_when_another_runs_the_site(web: Client, settings: Settings) -> None:
    tag = web.get("/api/v1/")["ETag"]
    assert web.get("/api/v1/", headers={"if-none-match": tag}).status_code == 304
    settings.OPERATOR_NAME = CITY
    assert web.get("/api/v1/", headers={"if-none-match": tag}).status_code == 200
