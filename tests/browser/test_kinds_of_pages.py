"""Every kind of page: nothing for axe to find, nothing to scroll sideways for, nothing too small to touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.serve import Site

from .axe import violations, violations_in_the_dark
from .conftest import DESKTOP, PHONE
from .looks import looked_at, resize, too_wide, unfold
from .steps import (
    answer,
    choice,
    to_the_crisis_results,
    to_the_results,
    to_the_third_question,
)

NARROW = (320, 640)
ENLARGED = (640, 450)  # a desktop at 200%
TARGET_PX = 44
# Three hundred lines of the list; the rows of the data dictionary; the operations of the API.
ALIKE = [".entries li:nth-child(n + 21)", "tbody tr:nth-child(n + 9)", ".operation ~ .operation"]


def at(path: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(path)

    return go


def talking(to: Callable[[Page], None]) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto("/")
        to(page)

    return go


def answering_again(page: Page) -> None:
    to_the_results(page)
    page.locator("button.change[value=money]").click()
    expect(choice(page, "money", "debt")).to_be_visible()


def link_made(page: Page) -> None:
    to_the_results(page)
    page.get_by_role("button", name="この結果をリンクにする").click()
    expect(page.locator("#made-link")).to_be_visible()


def sheet(page: Page) -> None:
    to_the_crisis_results(page)
    page.locator("[data-sheet]").click()
    expect(page.locator(".sheet")).to_be_visible()


def entry(page: Page) -> None:
    page.goto("/list/")
    page.locator(".entries a").first.click()
    expect(page.locator(".entry")).to_be_visible()


def report(page: Page) -> None:
    """Sent with nothing chosen, so that it says what is missing."""
    page.goto("/list/")
    page.locator(".entries a").first.click()
    page.get_by_role("link", name="まちがいを知らせる").click()
    page.get_by_role("button", name="知らせる").click()
    expect(page.get_by_role("alert")).to_be_visible()


def report_of_a_child(page: Page) -> None:
    page.goto("/under18/chat/")
    page.locator("[data-answer=g34]").click()
    page.get_by_role("button", name="ここまでで").click()
    page.locator("article a[rel=nofollow]").first.click()
    expect(page.locator("form.report [name=a]")).to_have_value("band.g34")


def search_without_a_hit(page: Page) -> None:
    page.goto("/list/")
    page.get_by_label("名前でさがす").fill("ないことば")
    page.get_by_role("button", name="しぼりこむ").click()
    expect(page.get_by_role("link", name="ぜんぶ見る")).to_be_visible()


def tip(page: Page) -> None:
    page.goto("/tips/")
    page.locator(".tips a").first.click()
    expect(page.locator("article.prose")).to_be_visible()


KINDS: dict[str, Callable[[Page], None]] = {
    "home": at("/"),
    "first question": at("/chat/"),
    "later question": talking(lambda page: answer(page, "worry", "money")),
    "several answers": talking(to_the_third_question),
    "answering again": talking(answering_again),
    "crisis results": talking(to_the_crisis_results),
    "results, with a link made": talking(link_made),
    "not understood": at("/r/zzzzz/"),
    "sheet": talking(sheet),
    "entry": entry,
    "report": report,
    "list": at("/list/"),
    "search without a hit": search_without_a_hit,
    "faq": at("/faq/"),
    "tips": at("/tips/"),
    "tip": tip,
    "about": at("/about/"),
    "privacy": at("/privacy/"),
    "safety": at("/safety/"),
    "banners": at("/banners/"),
    "open data": at("/open-data/"),
    "data dictionary": at("/open-data/dictionary/"),
    "reference of the API": at("/open-data/api/"),
    "reference of the HSDS API": at("/open-data/api/hsds/"),
    "under18": at("/under18/"),
    "report of a child": report_of_a_child,
    "not found": at("/nothing/"),
}


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """One page of this kind for all that is looked at here, with everything that folds unfolded."""
    with looked_at(browser, site, complaint="status of 404" if request.param == "not found" else "") as page:
        KINDS[request.param](page)
        unfold(page)
        yield page


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing(kind: Page, size: tuple[int, int]) -> None:
    resize(kind, size)
    assert violations(kind, {}, ALIKE) == []


def test_axe_finds_no_colour_too_weak_in_the_dark(kind: Page) -> None:
    """At one size: colours do not depend on it."""
    resize(kind, PHONE)
    assert violations_in_the_dark(kind, ALIKE) == []


@pytest.mark.parametrize("size", [NARROW, ENLARGED], ids=["320 px", "200%"])
def test_nobody_has_to_scroll_sideways(kind: Page, size: tuple[int, int]) -> None:
    resize(kind, size)
    assert too_wide(kind) == []


# A control inside its label is touched anywhere on the label; a link among other words is as high as their line (WCAG 2.5.8).
TOO_SMALL = """px => {
  const area = (e) => (e.closest("label") || e).getBoundingClientRect();
  const words = (e) => e.textContent.replaceAll(/\\s/g, "");
  const amongWords = (e) => getComputedStyle(e).display === "inline" && words(e.closest("p, li, dd, summary, div")) !== words(e);
  return [...document.querySelectorAll("a, button, summary, input, select, textarea")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.matches(".skip, [type=hidden]") && !amongWords(e))
    .filter((e) => area(e).height < px - 0.5 || area(e).width < px - 0.5)
    .map((e) => `${Math.round(area(e).width)}x${Math.round(area(e).height)} ${e.outerHTML.slice(0, 120)}`);
}"""


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_is_too_small_to_touch(kind: Page, size: tuple[int, int]) -> None:
    resize(kind, size)
    assert kind.evaluate(TOO_SMALL, TARGET_PX) == []
