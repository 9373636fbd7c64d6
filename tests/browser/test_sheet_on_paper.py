"""The sheet to take along is one A4 page, whatever was answered and at whatever hour."""

from __future__ import annotations

import json
import re
from datetime import datetime
from itertools import islice

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import Support
from catalog.directory.loading import from_payload
from catalog.hours.timetable import JAPAN
from catalog.pages.cards import card
from catalog.release.upgrades import read_payload
from chatbot.conversation import every_ending
from chatbot.facts import FactKind
from chatbot.flow import flow_of
from scripts.serve import Site

from .conftest import Visit
from .steps import to_the_crisis_results

# Who answers first changes with the hour, and with it what is printed.
MOMENTS = [datetime(2026, 11, 24, 12, tzinfo=JAPAN), datetime(2027, 1, 1, 3, 30, tzinfo=JAPAN)]
LONGEST_TRIED = 3
EVERY = 29  # so many paths lie between two that are looked at
A4 = (595, 842)  # points


@pytest.fixture(scope="module")
def long_sheets(site: Site) -> list[str]:
    """The entries of the sheets with most to print, as the server renders them. From the server's copy of its release: the
    database is out of bounds while the browser runs."""
    copy = json.loads((site.folder / "release.json").read_text(encoding="utf-8"))
    directory = from_payload(read_payload(copy["payload"]), number=copy["number"])
    rendered: dict[tuple[Support, datetime], str] = {}
    sheets: set[str] = set()
    for moment in MOMENTS:
        now = DirectoryNow(directory, moment)
        some = islice(every_ending(now, flow_of(directory, "general")), 0, None, EVERY)
        in_danger = [each for each in some if each.conversation.person.of(FactKind.DANGER)]
        assert in_danger  # they are shown the most
        for each in in_danger:
            shown = [match.support for match in each.results.shown]
            for support in shown:
                if (support, moment) not in rendered:
                    rendered[support, moment] = render_to_string(
                        "chatbot/_sheet_entry.html", {"card": card(support, now)}
                    )
            sheets.add("".join(rendered[support, moment] for support in shown))
    return sorted(sheets, key=lambda sheet: len(re.sub(r"<[^>]+>|\s", "", sheet)), reverse=True)[:LONGEST_TRIED]


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """The size of each page in points."""
    pages = re.findall(rb"/Type\s*/Page\b.*?/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf, re.DOTALL)
    return [(round(float(width)), round(float(height))) for width, height in pages]


def print_page(page: Page) -> bytes:
    page.emulate_media(media="print")
    return page.pdf(prefer_css_page_size=True)


def open_sheet(page: Page) -> None:
    to_the_crisis_results(page)
    page.locator("[data-sheet]").click()
    expect(page.locator(".sheet")).to_be_visible()


def test_the_longest_sheets_are_one_a4_page_each(phone: Page, long_sheets: list[str]) -> None:
    open_sheet(phone)
    for sheet in long_sheets:
        phone.locator(".sheet-entries").evaluate("(entries, sheet) => { entries.innerHTML = sheet; }", sheet)
        expect(phone.locator(".sheet-entry")).to_have_count(sheet.count("data-support="))
        assert pages_of(print_page(phone)) == [A4]
    phone.locator(".sheet-entries").evaluate("entries => { entries.innerHTML = entries.innerHTML.repeat(4); }")
    assert len(pages_of(print_page(phone))) > 1  # so a sheet that is too long is noticed


def test_paper_shows_the_entries_and_the_room_to_write_and_nothing_of_the_site(phone: Page) -> None:
    open_sheet(phone)
    phone.emulate_media(media="print")
    expect(phone.locator(".sheet-entry").last).to_be_visible()
    expect(phone.locator(".sheet-notes")).to_be_visible()
    for part in (".strip", ".site-header", ".site-footer", ".exit", "button"):
        expect(phone.locator(part).first).to_be_hidden()


def test_on_a_phone_a_long_address_leads_nobody_sideways(phone: Page) -> None:
    open_sheet(phone)  # with a chat on the crisis card
    expect(phone.locator(".sheet-entry .number").filter(has_text="https://").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_print_button_is_there_only_where_it_works(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    open_sheet(page)
    expect(page.locator("[data-print]")).to_have_count(1 if scripts else 0)
    expect(page.get_by_text("メニューの「印刷」")).to_have_count(0 if scripts else 1)


def test_the_print_button_prints_under_a_title_that_says_nothing(phone: Page) -> None:
    phone.add_init_script("window.print = () => { window.printed = document.title; }")
    phone.reload()
    open_sheet(phone)
    phone.locator("[data-print]").click()
    assert phone.evaluate("printed") == "メモ｜くらしの案内"
