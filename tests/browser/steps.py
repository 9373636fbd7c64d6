"""What a person does, in the words of a test."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

MOST_TABS = 250
MULTIPLE = "also"  # the question that takes several answers


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus stands there, on the screen."""
    there = wanted.element_handle()  # found once, not after each key: by its label or role that takes long
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if there.evaluate("there => there === document.activeElement"):
            expect(wanted).to_be_in_viewport()
            return
    pytest.fail(f"{wanted} was not reached with {MOST_TABS} tabs")


def question(page: Page, key: str) -> Locator:
    return page.locator(f"[data-question={key}]")


def choice(page: Page, question_key: str, key: str) -> Locator:
    return question(page, question_key).locator(f"[data-answer='{key}']")


def answer(page: Page, question_key: str, *choices: str) -> None:
    """Answer a question and wait for what follows; "-" declines. A question with several answers may be given none."""
    expect_question(page, question_key)
    takes_several = question(page, question_key).locator("[data-next]").count() > 0
    for key in choices:
        choice(page, question_key, key).click()
    if takes_several and "-" not in choices:
        question(page, question_key).locator("[data-next]").click()
    expect(question(page, question_key)).to_have_count(0)
    settle(page)


def to_the_third_question(page: Page) -> None:
    """Debts are a worry."""
    answer(page, "worry", "money")
    answer(page, "money", "debt")
    expect_question(page, MULTIPLE)


def to_the_results(page: Page) -> None:
    """Debts are a worry, and the heart is heavy too."""
    to_the_third_question(page)
    answer(page, MULTIPLE, "heart")
    expect_results(page)


def to_the_crisis_results(page: Page) -> None:
    answer(page, "worry", "suicidal")
    expect_results(page)


def expect_question(page: Page, key: str) -> None:
    expect(question(page, key)).to_be_visible()
    settle(page)


def settle(page: Page) -> None:
    """A moment after the swap the step is remembered and its heading takes the focus. No person is faster, but a test is."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def expect_results(page: Page) -> None:
    expect(page.locator("#keep-title")).to_be_visible()
    settle(page)


def supports(page: Page) -> list[str]:
    """The entries among the results in their order, those behind もっと見る included."""
    expect_results(page)
    return [str(card.get_attribute("data-support")) for card in page.locator(".card").all()]


def answers_so_far(page: Page) -> list[str]:
    """The person's own words, as the page repeats them: its lines are who speaks, what they said, and how to change it."""
    return [said.splitlines()[1] for said in page.locator(".says.person").all_inner_texts()]


def search_list(page: Page, words: str) -> None:
    """Search the list by name, and wait until what was found is there."""
    page.get_by_label("名前でさがす").fill(words)
    with page.expect_response("**/list/"):
        page.get_by_role("button", name="しぼりこむ").click()
    expect(page.get_by_role("link", name="ぜんぶ見る")).to_be_visible()
    settle(page)
