"""How the pages for children look: every kind of page, for every band, on a phone and on a school tablet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.serve import Site
from tests.under18.browse import CHAT, FRONT, TO_READ

from .axe import violations, violations_in_the_dark
from .children import answer_about_friends, head, to_danger, to_the_first_worry, to_the_results
from .conftest import PHONE
from .looks import looked_at, resize, too_wide, unfold

SIZES = ((320, 640), PHONE, (844, 390), (1024, 768), (768, 1024))  # phones, one lying; a tablet lying and standing
BANDS = ("g12", "g34", "g56", "jh", "hs")
TARGET_PX = 56

FOR_ADULTS = "/under18/adults/"
KINDS = ("front", "first question", "worry", "results, with a link made", "danger", *TO_READ, FOR_ADULTS)


def show(page: Page, kind: str, band: str) -> None:
    if kind == "first question":
        page.goto(CHAT)
    elif kind == "worry":
        to_the_first_worry(page, band)
    elif kind == "results, with a link made":
        to_the_results(page, band)
        page.locator("button[value=link]").click()
        expect(page.locator("#made-link")).to_be_visible()
    elif kind == "danger":
        to_danger(page)
    elif kind == FOR_ADULTS:
        page.goto(kind)
    elif kind in TO_READ:
        head(page, kind)
    unfold(page)


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """One page of this kind for the youngest, for all that is looked at here."""
    with looked_at(browser, site) as page:
        page.goto(FRONT)
        show(page, request.param, "g12")
        yield page


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


def test_axe_finds_nothing_by_day_or_in_the_dark(kind: Page) -> None:
    resize(kind, PHONE)
    assert violations(kind, {}) == []
    assert violations_in_the_dark(kind) == []


@pytest.mark.parametrize("band", [band for band in BANDS if band != "g12"])  # which is looked at above
def test_axe_finds_nothing_for_any_other_grade(phone: Page, band: str) -> None:
    phone.goto(FRONT)
    to_the_first_worry(phone, band)
    assert violations(phone, {}) == []
    answer_about_friends(phone, band)
    unfold(phone)
    assert violations(phone, {}) == []


def test_what_a_child_taps_is_large(kind: Page) -> None:
    resize(kind, PHONE)
    if not kind.url.endswith(FOR_ADULTS):
        assert kind.evaluate(TOO_SMALL, ["main a:not(.tel-inline), main button, main summary, .exit", TARGET_PX]) == []


def test_nobody_has_to_scroll_sideways_on_any_screen(kind: Page) -> None:
    for size in SIZES:
        resize(kind, size)
        assert too_wide(kind) == [], size


@pytest.mark.parametrize("where", [".strip a", ".crisis .tel-inline"])
def test_the_numbers_for_danger_are_as_large(phone: Page, where: str) -> None:
    to_danger(phone)
    assert phone.evaluate(TOO_SMALL, [where, TARGET_PX]) == []
