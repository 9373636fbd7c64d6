"""The strip on every page keeps its number, whatever broke."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from catalog.directory.directory import Directory
from catalog.directory.entries import Support
from catalog.pages import strip
from catalog.pages.strip import CHILD_LINE, LINE, StripLine
from catalog.release import serving
from notalone import errors

from .browsing import Page

ADDRESSES = (
    "/",
    "/chat/",
    "/list/",
    "/faq/",
    "/tips/",
    "/about/",
    "/safety/",
    "/privacy/",
    "/banners/",
    "/open-data/",
    "/nowhere/",
)
CHILDRENS_ADDRESSES = ("/under18/", "/under18/chat/", "/under18/questions/", "/under18/hints/", "/under18/nowhere/")


def line_of(support: Support | None) -> StripLine | None:
    return strip._line(support)


def test_the_lines_in_reserve_are_those_of_the_content(directory: Directory) -> None:
    assert line_of(directory.crisis_strip) == LINE
    assert line_of(directory.child_crisis_strip) == CHILD_LINE


@pytest.mark.parametrize("failure", [serving.NothingPublished(), RuntimeError("broken"), KeyError("worries")])
@pytest.mark.parametrize("address", [*ADDRESSES, *CHILDRENS_ADDRESSES])
def test_every_page_carries_the_line_while_no_release_can_be_read(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str, failure: Exception
) -> None:
    def fail() -> Directory:
        raise failure

    monkeypatch.setattr(serving, "current", fail)
    client.raise_request_exception = False
    page = Page(client.get(address), address)
    line = CHILD_LINE if address in CHILDRENS_ADDRESSES else LINE
    assert page.one(class_="strip").named("href") == ["tel:110", "tel:119", line.tel_uri]
    assert line.number in page.one(class_="strip").text


def test_where_no_template_can_be_rendered_the_numbers_still_come(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    def fail(*args: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(errors, "render_to_string", fail)
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert Page(response).named("href") == ["tel:110", "tel:119", LINE.tel_uri]
