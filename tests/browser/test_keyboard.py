"""The whole conversation with Tab, Enter and Space, and always in sight of where one stands."""

from __future__ import annotations

from typing import TypedDict

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import DESKTOP, PHONE, Visit
from .steps import MULTIPLE, answers_so_far, choice, expect_question, expect_results, question, to_the_results

MOST_TABS = 120


class Focus(TypedDict):
    words: str
    ringed: bool
    in_view: bool
    covered: float


# Where the focus stands: has it a ring, is it on the screen, and which part of it lies under the sticky way out? On a phone that
# is a bar over the whole width, on a large screen only the button.
FOCUS = """() => {
  const here = document.activeElement;
  const shown = here.closest("label") || here;
  const box = shown.getBoundingClientRect();
  const bar = document.querySelector(".exit-bar");
  const opaque = getComputedStyle(bar).backgroundColor !== "rgba(0, 0, 0, 0)";
  const over = (opaque ? bar : bar.querySelector(".exit")).getBoundingClientRect();
  const across = Math.max(0, Math.min(box.right, over.right) - Math.max(box.left, over.left));
  const down = Math.max(0, Math.min(box.bottom, over.bottom) - Math.max(box.top, over.top));
  return {
    words: here.outerHTML.slice(0, 120),
    ringed: [here, shown].some((e) => getComputedStyle(e).outlineStyle !== "none" && parseFloat(getComputedStyle(e).outlineWidth) >= 2),
    in_view: box.top >= -1 && box.bottom <= innerHeight + 1,
    covered: bar.contains(here) ? 0 : (across * down) / (box.width * box.height),
  };
}"""


def tab(page: Page) -> Focus:
    page.keyboard.press("Tab")
    focus: Focus = page.evaluate(FOCUS)
    return focus


def tab_to(page: Page, wanted: Locator) -> None:
    there = wanted.element_handle()
    for _ in range(MOST_TABS):
        focus = tab(page)
        assert focus["ringed"], focus
        assert focus["in_view"], focus
        if there.evaluate("there => there === document.activeElement"):
            return
    pytest.fail(f"{wanted} was not reached with {MOST_TABS} tabs")


def expect_to_stand_at_the_new_step(page: Page) -> None:
    """A screen reader reads the new question, and whoever sees has it on the screen."""
    heading = page.locator("h1[data-focus]")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_whole_conversation_needs_no_mouse(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    tab_to(page, choice(page, "worry", "money"))
    page.keyboard.press("Enter")
    expect(question(page, "money")).to_be_visible()
    if scripts:
        expect_to_stand_at_the_new_step(page)
    tab_to(page, choice(page, "money", "debt"))
    page.keyboard.press("Space")
    expect(question(page, MULTIPLE)).to_be_visible()
    if scripts:
        expect_to_stand_at_the_new_step(page)
    tab_to(page, choice(page, MULTIPLE, "heart").locator("input"))
    page.keyboard.press("Space")
    tab_to(page, question(page, MULTIPLE).locator("[data-next]"))
    page.keyboard.press("Enter")
    expect_results(page)
    if scripts:
        expect_to_stand_at_the_new_step(page)
    assert len(answers_so_far(page)) == 3
    tab_to(page, page.locator("button.change[value=money]"))
    page.keyboard.press("Enter")
    expect(choice(page, "money", "debt")).to_be_visible()
    if scripts:
        expect_to_stand_at_the_new_step(page)


def test_enter_on_a_ticked_answer_goes_on_with_it(either: Page) -> None:
    """Enter in a form presses its first button: that must not be one that changes or throws away what was said."""
    to_the_results(either)
    either.locator(f"button.change[value={MULTIPLE}]").click()
    expect_question(either, MULTIPLE)
    ticked = choice(either, MULTIPLE, "heart").locator("input")
    expect(ticked).to_be_checked()
    ticked.focus()
    expect(ticked).to_be_focused()
    either.keyboard.press("Enter")
    expect_results(either)
    assert len(answers_so_far(either)) == 3


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_focus_is_never_under_the_way_out(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(size=size)
    to_the_results(page)
    expect_to_stand_at_the_new_step(page)
    passed = 0
    while passed < MOST_TABS:
        focus = tab(page)
        if "<body" in focus["words"]:
            break
        passed += 1
        assert focus["covered"] < 0.5, focus
        assert focus["ringed"], focus
    assert 30 < passed < MOST_TABS


def test_the_first_tab_leads_past_the_header_and_the_second_out(phone: Page) -> None:
    tab(phone)
    expect(phone.get_by_role("link", name="本文へ")).to_be_focused()
    expect(phone.get_by_role("link", name="本文へ")).to_be_in_viewport()
    tab(phone)
    expect(phone.get_by_role("link", name="このページをすぐに閉じる")).to_be_focused()
    phone.keyboard.press("Shift+Tab")
    phone.keyboard.press("Enter")
    tab(phone)
    expect(choice(phone, "worry", "suicidal")).to_be_focused()
