"""The pages for municipalities and developers: read with a screen reader, on a phone, enlarged; and the API tried in place."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE, Visit

PAGES = ("/open-data/", "/open-data/dictionary/", "/open-data/api/")
NARROW = (320, 640)
ENLARGED = (640, 450)  # a desktop at 200%
TARGET_PX = 44
# A long page: its sections are alike, so axe looks at the first of them.
ALIKE = [".operation ~ .operation", "tbody tr:nth-child(n + 9)"]

TOO_WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.outerHTML.slice(0, 150))"""
# A link among other words is as high as their line (WCAG 2.5.8).
TOO_LOW = """(px) => [...document.querySelectorAll("main :is(a, button, summary, input, textarea)")]
  .filter((e) => e.checkVisibility() && !(getComputedStyle(e).display === "inline"
    && e.parentElement.textContent.trim() !== e.textContent.trim()))
  .filter((e) => e.getBoundingClientRect().height < px - 0.5)
  .map((e) => e.outerHTML.slice(0, 150))"""


def unfold(page: Page) -> None:
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")


def violations(page: Page, *only: str) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], **({"runOnly": list(only)} if only else {})}
    found = page.evaluate("([where, options]) => axe.run(where, options)", [{"exclude": ALIKE}, options])
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing(visit: Visit, path: str, size: tuple[int, int]) -> None:
    page = visit(path, size=size)
    unfold(page)
    page.emulate_media(reduced_motion="reduce")  # colours half-way from light to dark would be measured
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, "color-contrast", "link-in-text-block") == []


@pytest.mark.parametrize("path", PAGES)
def test_it_fits_a_narrow_and_an_enlarged_page_and_can_be_touched(visit: Visit, path: str) -> None:
    page = visit(path)
    unfold(page)
    assert page.evaluate(TOO_LOW, TARGET_PX) == []
    for width, height in (NARROW, ENLARGED):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_request_is_tried_in_place_and_leaves_no_trace_in_the_address(visit: Visit) -> None:
    page = visit("/open-data/api/")
    step = page.locator(".operation", has=page.locator("#conversation_step"))
    step.get_by_label("本文").fill(json.dumps({"flow": "general", "answers": {}}))
    step.get_by_role("button", name="送ってみる").click()
    expect(step.get_by_role("status")).to_have_text("答え: 200")
    answer = json.loads(step.locator("[data-answer-here]").inner_text())
    assert answer["question"]["key"]
    assert page.url.endswith("/open-data/api/")


def test_a_request_to_another_site_is_not_sent(visit: Visit) -> None:
    page = visit("/open-data/api/")
    form = page.locator("form[data-try]").first
    form.get_by_label("試す").fill("https://elsewhere.example/")
    form.get_by_role("button").click()
    expect(form.get_by_role("status")).to_contain_text("このサイトのアドレスだけ")


def test_without_scripts_everything_is_there_but_the_trying(visit: Visit) -> None:
    page = visit("/open-data/api/", scripts=False)
    expect(page.get_by_role("heading", name="支援の一覧")).to_be_visible()
    expect(page.get_by_text("curl", exact=False).first).to_be_visible()
    expect(page.locator("form[data-try]").first).to_be_hidden()


def test_a_table_is_saved_to_open_in_a_spreadsheet(visit: Visit, tmp_path: Path) -> None:
    page = visit("/open-data/")
    with page.expect_download() as download:
        page.get_by_role("link", name="contacts.csv").click()
    assert download.value.suggested_filename == "notalone-r1-contacts.csv"
    download.value.save_as(tmp_path / "contacts.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "contacts.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) > 200
