"""すぐに閉じる: at once, without a trace in the tab, and nothing to come back to."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .conftest import Visit
from .steps import question, to_the_crisis_results, to_the_results

ELSEWHERE = "**/robots.txt"  # where the way out leads in these tests


def expect_to_be_gone(page: Page) -> None:
    page.wait_for_url(ELSEWHERE)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def expect_nothing_behind_back(page: Page) -> None:
    """The conversation's address may be left in the history, but it knows no answer."""
    page.go_back()
    expect(question(page, "worry")).to_be_visible()
    expect(page.locator(".says.person, .card")).to_have_count(0)


def test_one_touch_leaves_and_back_shows_no_answer(phone: Page) -> None:
    to_the_crisis_results(phone)
    phone.locator(".exit").click()
    expect_to_be_gone(phone)
    expect_nothing_behind_back(phone)


def test_shift_three_times_leaves_and_back_shows_no_answer(desktop: Page) -> None:
    to_the_crisis_results(desktop)
    for _ in range(3):
        desktop.keyboard.press("Shift")
    expect_to_be_gone(desktop)
    expect_nothing_behind_back(desktop)


def test_nothing_is_seen_or_remembered_even_if_the_other_page_never_comes(phone: Page) -> None:
    to_the_results(phone)
    phone.route("**/exit/", lambda route: route.fulfill(status=204))  # the browser stays where it is
    phone.locator(".exit").click()
    expect(phone.locator("main")).to_be_hidden()
    assert phone.title() == ""
    assert phone.evaluate("sessionStorage.length") == 0


def test_writing_in_capitals_and_tabbing_backwards_leave_nothing(desktop: Page) -> None:
    desktop.goto("/list/")
    desktop.get_by_label("名前でさがす").focus()
    for key in ("Shift+A", "Shift+B", "Shift+C", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Control+Shift", "Shift"):
        desktop.keyboard.press(key)
    expect(desktop.get_by_label("名前でさがす")).to_have_value("ABC")
    assert desktop.url.endswith("/list/")


def test_it_is_a_plain_link_without_scripts_and_tells_the_other_page_nothing(visit: Visit) -> None:
    page = visit(scripts=False)
    to_the_results(page)
    with page.expect_request(ELSEWHERE) as other:
        page.locator(".exit").click()
    page.wait_for_url(ELSEWHERE)
    assert "referer" not in other.value.headers


def test_it_stays_in_reach_however_far_one_scrolls(phone: Page) -> None:
    to_the_results(phone)
    for share in (0, 0.5, 1):
        phone.evaluate("share => scrollTo(0, document.body.scrollHeight * share)", share)
        expect(phone.locator(".exit")).to_be_in_viewport(ratio=1)
