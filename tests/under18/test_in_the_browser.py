"""The children's pages in a real Chromium, with and without scripts: on a phone, on a school tablet, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.serve import BROWSER_ARGUMENTS, find_browser

# The fixtures of the general page's tests.
from tests.browser.conftest import WAIT_MS, Visit, Watch, desktop, phone, site, visit, watch  # noqa: F401
from tests.browser.steps import answer, question

from .browse import CHAT, FRONT, TO_READ

pytestmark = pytest.mark.browser

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
KANJI = re.compile("[一-鿿]")
FRIENDS = {"g12": ("school", "friends"), "g34": ("friends", "friends"), "g56": ("friends", "friends"), "jh": ("friends", "friends"),
           "hs": ("friends", "friends")}  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For this file alone: while Playwright runs, Django refuses the database to the tests that follow."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def either(request: pytest.FixtureRequest, visit: Visit) -> Page:  # noqa: F811
    return visit(FRONT, scripts=request.param)


def to_the_first_worry(page: Page, band: str) -> None:
    if not page.url.endswith((FRONT, CHAT)):
        page.goto(FRONT)
    answer(page, "band", band)


def to_the_results(page: Page, band: str = "g34") -> list[str]:
    """Trouble with friends, and no wish how to talk. Returns the entries."""
    to_the_first_worry(page, band)
    first, second = FRIENDS[band]
    answer(page, "young" if band == "g12" else "teen" if band in ("jh", "hs") else "area", first)
    answer(page, "young-school" if band == "g12" else "friends", second)
    answer(page, "way", "any")
    return supports(page)


def to_danger(page: Page) -> None:
    page.goto(FRONT)
    answer(page, "band", "jh")
    answer(page, "teen", "heart")
    answer(page, "heart", "dying")
    expect(page.locator("[data-crisis]")).to_be_visible()


def supports(page: Page) -> list[str]:
    expect(page.locator(".card[data-support]").first).to_be_visible()
    return [str(card.get_attribute("data-support")) for card in page.locator(".card[data-support]").all()]


def readings(page: Page) -> str:
    return str(page.locator("button[name=ruby][aria-pressed=true]").get_attribute("value"))


def head(page: Page, address: str) -> None:
    page.locator(f".site-nav button[formaction='{address}']").click()
    page.wait_for_url(f"**{address}")


# ---- Every kind of page, for every band ----

KINDS = ("front", "first question", "worry", "results", "danger", "link made", *TO_READ, "/under18/adults/")


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
    elif kind == "/under18/adults/":
        page.goto(kind)
    elif kind in TO_READ:
        head(page, kind)
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(document, { resultTypes: ['violations'], ...options })", options)
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]


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
def test_axe_finds_nothing_by_day_or_in_the_dark(phone: Page, kind: str) -> None:  # noqa: F811
    phone.emulate_media(reduced_motion="reduce")
    show(phone, kind, "g34")
    assert violations(phone, {}) == []
    phone.emulate_media(color_scheme="dark")
    assert violations(phone, {"runOnly": ["color-contrast", "link-in-text-block"]}) == []


@pytest.mark.parametrize("band", BANDS)
def test_axe_finds_nothing_for_any_grade(phone: Page, band: str) -> None:  # noqa: F811
    show(phone, "worry", band)
    assert violations(phone, {}) == []
    show(phone, "results", band)
    assert violations(phone, {}) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_has_to_scroll_sideways_on_any_screen(phone: Page, kind: str) -> None:  # noqa: F811
    show(phone, kind, "g12")
    for name, (width, height) in SIZES.items():
        phone.set_viewport_size({"width": width, "height": height})
        assert phone.evaluate(TOO_WIDE) == [], name
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_what_a_child_taps_is_large(phone: Page, kind: str) -> None:  # noqa: F811
    show(phone, kind, "g12")
    assert phone.evaluate(TOO_SMALL, ["main a:not(.tel-inline), main button, main summary, .exit", TARGET_PX]) == []


@pytest.mark.parametrize("where", [".strip a", ".crisis .tel-inline"])
def test_the_numbers_for_danger_are_as_large(phone: Page, where: str) -> None:  # noqa: F811
    to_danger(phone)
    assert phone.evaluate(TOO_SMALL, [where, TARGET_PX]) == []


# ---- A conversation ----

GRADE_IS_LOST = pytest.mark.xfail(
    strict=True,
    reason="htmx swaps #chat alone: the buttons at the head go on posting the answers of the page's first load",
)


def test_the_whole_way_from_the_front_page_and_a_way_back(either: Page) -> None:
    found = to_the_results(either)
    assert len(found) == 3
    assert either.url.endswith(CHAT)
    for key in ("way", "friends", "area"):
        either.locator("[data-back]").click()
        expect(question(either, key)).to_be_visible()
    answer(either, "area", "talk")
    answer(either, "way", "phone")
    assert len(supports(either)) == 3


def test_back_and_reload_do_what_a_child_expects(phone: Page) -> None:  # noqa: F811
    phone.goto(FRONT)
    found = to_the_results(phone)
    phone.reload()
    assert supports(phone) == found
    for key in ("way", "friends", "area", "band"):
        phone.go_back()
        expect(question(phone, key)).to_be_visible()


def test_coming_back_from_the_telephone_the_results_are_still_there(phone: Page) -> None:  # noqa: F811
    phone.goto(FRONT)
    found = to_the_results(phone)
    phone.goto("about:blank")
    phone.goto(CHAT)
    assert supports(phone) == found


def test_the_two_conversations_of_a_tab_do_not_mix(phone: Page) -> None:  # noqa: F811
    phone.goto(FRONT)
    found = to_the_results(phone)
    phone.goto("/chat/")
    expect(question(phone, "worry")).to_be_visible()
    answer(phone, "worry", "money")
    phone.goto(CHAT)
    assert supports(phone) == found


def test_the_wish_for_readings_outlives_a_reload(phone: Page) -> None:  # noqa: F811
    phone.goto(FRONT)
    to_the_first_worry(phone, "g34")
    phone.locator("button[name=ruby][value=all]").click()
    expect(phone.locator("button[name=ruby][value=all][aria-pressed=true]")).to_be_visible()
    phone.reload()
    expect(phone.locator("button[name=ruby][value=all][aria-pressed=true]")).to_be_visible()
    expect(question(phone, "area")).to_be_visible()


def test_the_wish_made_on_the_front_page_goes_along(either: Page) -> None:
    either.locator("button[name=ruby][value=none]").click()
    expect(either.locator("ruby")).to_have_count(0)
    answer(either, "band", "g34")
    expect(question(either, "area")).to_be_visible()
    assert readings(either) == "none"


@pytest.mark.parametrize("address", TO_READ)
@pytest.mark.parametrize(
    "scripts", [False, pytest.param(True, marks=GRADE_IS_LOST)], ids=["without scripts", "with scripts"]
)
def test_the_other_pages_know_the_grade(visit: Visit, scripts: bool, address: str) -> None:  # noqa: F811
    page = visit(FRONT, scripts=scripts)
    to_the_results(page, "g12")
    head(page, address)
    assert not KANJI.search(page.locator("main").inner_text())


def test_from_another_page_the_chat_is_where_it_was(either: Page) -> None:
    found = to_the_results(either)
    head(either, TO_READ[0])
    head(either, CHAT)
    assert supports(either) == found


@GRADE_IS_LOST
def test_an_answer_changed_behind_a_link_is_not_forgotten_on_another_page(phone: Page, visit: Visit) -> None:  # noqa: F811
    phone.goto(FRONT)
    to_the_results(phone)
    phone.locator("button[value=link]").click()
    adult = visit(phone.locator("#made-link").input_value())
    before = supports(adult)
    adult.locator("button.change[value=friends]").click()
    answer(adult, "friends", "hit")
    changed = supports(adult)
    assert changed != before
    head(adult, TO_READ[0])
    head(adult, CHAT)
    assert supports(adult) == changed


def test_between_other_pages_the_conversation_goes_on(phone: Page) -> None:  # noqa: F811
    phone.goto(FRONT)
    to_the_first_worry(phone, "g34")
    head(phone, TO_READ[0])
    head(phone, CHAT)
    answer(phone, "area", "friends")
    answer(phone, "friends", "friends")
    answer(phone, "way", "any")
    found = supports(phone)
    head(phone, TO_READ[1])
    head(phone, CHAT)
    assert supports(phone) == found


def test_back_from_another_page_leads_to_the_results(phone: Page) -> None:  # noqa: F811
    phone.goto(FRONT)
    found = to_the_results(phone)
    head(phone, TO_READ[0])
    phone.go_back()
    assert supports(phone) == found


@pytest.mark.xfail(
    strict=True, reason="pages that are posted cannot be gone back to: ERR_CACHE_MISS, フォーム再送信の確認"
)
def test_back_between_the_pages_to_read_shows_a_page(phone: Page) -> None:  # noqa: F811
    phone.goto(FRONT)
    head(phone, TO_READ[0])
    head(phone, TO_READ[1])
    phone.go_back()
    expect(phone.locator("h1")).to_be_visible()


def test_a_link_that_was_asked_for_shows_an_adult_the_same(either: Page, visit: Visit) -> None:  # noqa: F811
    found = to_the_results(either)
    either.locator("button[value=link]").click()
    link = either.locator("#made-link").input_value()
    assert supports(visit(link)) == found


def test_a_keyboard_is_enough(desktop: Page) -> None:  # noqa: F811
    desktop.goto(FRONT)
    for key in ("g56", "heart", "dying"):
        wanted = desktop.locator(f"[data-answer='{key}']")
        expect(wanted).to_be_visible()
        for _ in range(60):
            desktop.keyboard.press("Tab")
            if wanted.evaluate("wanted => wanted === document.activeElement"):
                break
        desktop.keyboard.press("Enter")
    expect(desktop.locator("[data-crisis]")).to_be_visible()
    expect(desktop.locator("h1")).to_be_focused()


def test_one_touch_leaves_and_back_shows_no_answer(phone: Page) -> None:  # noqa: F811
    to_danger(phone)
    expect(phone.locator(".exit")).to_be_in_viewport(ratio=1)
    phone.locator(".exit").click()
    phone.wait_for_url("**/robots.txt")
    assert phone.evaluate("sessionStorage.length + localStorage.length") == 0
    phone.go_back()
    expect(question(phone, "band")).to_be_visible()
    expect(phone.locator(".says.person, .card")).to_have_count(0)


def test_nothing_is_stored_but_the_place_in_this_tab(phone: Page) -> None:  # noqa: F811
    to_danger(phone)
    assert phone.context.cookies() == []
    assert phone.evaluate("localStorage.length") == 0
    kept: dict[str, str] = phone.evaluate("({ ...sessionStorage })")
    assert kept.pop(CHAT) == "band.jh teen.heart heart.dying"
    assert set(kept.values()) <= {CHAT}  # htmx notes the address, which says nothing
    assert phone.title() in {"質問｜くらしの案内", "案内｜くらしの案内"}


def test_a_child_can_read_that_something_could_not_be_sent(phone: Page, watch: Watch) -> None:  # noqa: F811
    phone.goto(CHAT)
    phone.route(f"**{CHAT}", lambda route: route.abort())
    phone.locator("[data-answer=g12]").click()
    notice = phone.get_by_role("alert")
    expect(notice).to_be_visible()
    watch.expected("ERR_FAILED|htmx:")
    bare = notice.evaluate("e => { e.querySelectorAll('ruby').forEach((r) => r.remove()); return e.textContent }")
    assert not KANJI.search(bare)
