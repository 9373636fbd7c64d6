"""What others put on their leaflets and sites."""

from __future__ import annotations

import struct
from xml.etree import ElementTree

import pytest
import segno
from django.test import Client
from pytest_django import Settings

from .browsing import Visitor

PAGES = {"home": "/", "under18": "/under18/"}
SVG = "{http://www.w3.org/2000/svg}"


def test_every_file_that_the_page_offers_is_there(visitor: Visitor) -> None:
    page = visitor.open("/banners/")
    offered = page.main.named("href") + page.main.named("src")
    files = [address for address in offered if address.startswith("/banners/")]
    assert len(files) == 8
    assert {visitor.client.get(address).status_code for address in files} == {200}


@pytest.mark.parametrize("page", PAGES)
def test_the_svg_code_for_print_is_a_drawing_of_the_address(web: Client, settings: Settings, page: str) -> None:
    response = web.get(f"/banners/{page}.svg")
    assert response["Content-Type"] == "image/svg+xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314 (our own drawing)
    assert root.tag == f"{SVG}svg"
    code = segno.make(settings.SITE_URL + PAGES[page], error="m")
    side = code.symbol_size(scale=12, border=4)[0]
    assert root.attrib["width"] == root.attrib["height"] == str(side)
    drawn = [path.attrib.get("d", "") for path in root.iter(f"{SVG}path")]
    assert f'd="{drawn[-1]}"' in code.svg_inline(scale=12, border=4)


@pytest.mark.parametrize("page", PAGES)
def test_the_png_code_for_print_is_large_enough(web: Client, page: str) -> None:
    response = web.get(f"/banners/{page}.png")
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert response.content.endswith(b"IEND\xaeB`\x82")
    width, height = struct.unpack(">II", response.content[16:24])
    assert width == height >= 300


def test_the_codes_follow_the_address_of_the_site(web: Client, settings: Settings) -> None:
    before = web.get("/banners/home.svg").content
    settings.SITE_URL = "https://example.jp"
    assert web.get("/banners/home.svg").content != before
    assert web.get("/banners/home.svg").content != web.get("/banners/under18.svg").content
    assert "https://example.jp/under18/" in web.get("/banners/").content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_the_banner_is_a_drawing_that_says_its_name(web: Client, visitor: Visitor, page: str) -> None:
    response = web.get(f"/banners/{page}-banner.svg")
    assert response["Content-Type"] == "image/svg+xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314 (our own drawing)
    name = root.attrib["aria-label"]
    assert name in "".join(root.itertext())
    assert name in [heading.text for heading in visitor.open("/banners/").all("h2")]


def test_a_banner_loads_nothing(web: Client) -> None:
    for page in PAGES:
        root = ElementTree.fromstring(web.get(f"/banners/{page}-banner.svg").content)  # noqa: S314
        assert not [node for node in root.iter() for name in node.attrib if name.endswith("href")]
        assert not list(root.iter(f"{SVG}script"))


def test_the_html_to_paste_leads_here_and_loads_nothing_from_here(visitor: Visitor, settings: Settings) -> None:
    """The image is to be copied, so that we never learn who saw it."""
    codes = [area.text for area in visitor.open("/banners/").all("textarea")]
    assert len(codes) == len(PAGES)
    for code, path in zip(codes, PAGES.values(), strict=True):
        assert f'href="{settings.SITE_URL}{path}"' in code
        assert 'src="banner.svg"' in code


@pytest.mark.parametrize("file", ["nobody.svg", "home.gif", "home-banner.png", "home-other.svg", "under18.", "-.svg"])
def test_what_is_no_file_is_not_found(web: Client, file: str) -> None:
    assert web.get(f"/banners/{file}").status_code == 404


def test_the_files_may_be_kept_by_anyone(web: Client) -> None:
    for file in ("home.svg", "home.png", "home-banner.svg"):
        response = web.get(f"/banners/{file}")
        assert "max-age" in response["Cache-Control"]
        assert not response.cookies
