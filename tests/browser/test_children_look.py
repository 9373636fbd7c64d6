"""How the pages for children look: every kind of page, for every band, on a phone and on a school tablet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.under18.browse import CHAT, FRONT, TO_READ

from .axe import violations
from .children import head, to_danger, to_the_first_worry, to_the_results

TABLET = (1024, 768)
SIZES = {
    "small phone": (320, 640),
    "phone": (390, 844),
    "phone lying": (844, 390),
    "tablet": TABLET,
    "tablet standing": (768, 1024),
}
BANDS = ("g12", "g34", "g56", "jh", "hs")
TARGET_PX = 56

FOR_ADULTS = "/under18/adults/"
KINDS = ("front", "first question", "worry", "results", "danger", "link made", *TO_READ, FOR_ADULTS)


def show(page: Page, kind: str, band: str) -> None:
    page.evaluate("sessionStorage.clear()")
    page.goto(FRONT)
    if kind == "first question":
        page.goto(CHAT)
    elif kind == "worry":
        to_the_first_worry(page, band)
    elif kind in ("results", "link made"):
        to_the_results(page, band)
        if kind == "link made":
            page.locator("button[value=link]").click()
            expect(page.locator("#made-link")).to_be_visible()
    elif kind == "danger":
        to_danger(page)
    elif kind == FOR_ADULTS:
        page.goto(kind)
    elif kind in TO_READ:
        head(page, kind)
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")


TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden, svg") && e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.outerHTML.slice(0, 150))"""
# A control among other words is as high as their line (WCAG 2.5.8).
TOO_SMALL = """([where, px]) => {
  const words = (e) => e.textContent.replaceAll(/\\s/g, "");
  const amongWords = (e) => getComputedStyle(e).display === "inline" && words(e.closest("p, li, div")) !== words(e);
  return [...document.querySelectorAll(where)]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.matches(".first-button") && !amongWords(e))
    .map((e) => [e.getBoundingClientRect(), e])
    .filter(([box]) => box.height < px - 0.5 || box.width < px - 0.5)
    .map(([box, e]) => `${Math.round(box.width)}x${Math.round(box.height)} ${e.outerHTML.slice(0, 120)}`);
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_by_day_or_in_the_dark(phone: Page, kind: str) -> None:
    phone.emulate_media(reduced_motion="reduce")
    show(phone, kind, "g34")
    assert violations(phone, {}) == []
    phone.emulate_media(color_scheme="dark")
    assert violations(phone, {"runOnly": ["color-contrast", "link-in-text-block"]}) == []


@pytest.mark.parametrize("band", [band for band in BANDS if band != "g34"])  # which is looked at above
def test_axe_finds_nothing_for_any_other_grade(phone: Page, band: str) -> None:
    show(phone, "worry", band)
    assert violations(phone, {}) == []
    show(phone, "results", band)
    assert violations(phone, {}) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_child_taps_is_large_and_nobody_has_to_scroll_sideways_on_any_screen(phone: Page, kind: str) -> None:
    show(phone, kind, "g12")
    if kind != FOR_ADULTS:
        assert phone.evaluate(TOO_SMALL, ["main a:not(.tel-inline), main button, main summary, .exit", TARGET_PX]) == []
    for name, (width, height) in SIZES.items():
        phone.set_viewport_size({"width": width, "height": height})
        assert phone.evaluate(TOO_WIDE) == [], name
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.mark.parametrize("where", [".strip a", ".crisis .tel-inline"])
def test_the_numbers_for_danger_are_as_large(phone: Page, where: str) -> None:
    to_danger(phone)
    assert phone.evaluate(TOO_SMALL, [where, TARGET_PX]) == []
