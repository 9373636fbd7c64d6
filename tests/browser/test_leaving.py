"""すぐに閉じる: at once, without a trace in the tab, and nothing to come back to by Back, by Forward or by a reload there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from . import children
from .conftest import Visit, Watch
from .steps import choice, search_list, settle, to_the_crisis_results, to_the_results

ELSEWHERE = "**/robots.txt"  # where the way out leads in these tests
# What only somebody who answered, searched or opened an entry gets to see.
TRACES = ".says.person, .card, .sheet, [data-all]"


def memo(page: Page) -> None:
    to_the_results(page)
    page.locator("[data-sheet]").click()
    expect(page.locator(".sheet")).to_be_visible()


def results_after_the_memo(page: Page) -> None:
    memo(page)
    page.go_back()
    expect(page.locator("#keep-title")).to_be_visible()


def searched_twice(page: Page) -> None:
    page.goto("/list/")
    search_list(page, "ひみつのことば")
    search_list(page, "いのち")


def entry_of_a_search(page: Page) -> None:
    searched_twice(page)
    page.locator(".entries a").first.click()
    expect(page.locator(".entry")).to_be_visible()


def results_after_an_entry(page: Page) -> None:
    to_the_results(page)
    page.locator(".card h3 a").first.click()
    expect(page.locator(".entry")).to_be_visible()
    page.go_back()
    expect(page.locator("#keep-title")).to_be_visible()


def somebodys_link(page: Page) -> None:
    to_the_results(page)
    page.get_by_role("button", name="この結果をリンクにする").click()
    page.goto(page.locator("#made-link").input_value())
    expect(page.locator("#keep-title")).to_be_visible()


def child_in_danger_after_reading(page: Page) -> None:
    children.to_danger(page)
    children.head(page, "/under18/questions/")
    page.go_back()
    expect(page.locator("[data-crisis]")).to_be_visible()


def child_behind_a_link(page: Page) -> None:
    page.goto("/under18/")
    children.to_the_results(page)
    page.locator("button[value=link]").click()
    page.goto(page.locator("#made-link").input_value())
    children.head(page, "/under18/questions/")


PLACES: list[Callable[[Page], None]] = [
    to_the_crisis_results,
    memo,
    results_after_the_memo,
    searched_twice,
    entry_of_a_search,
    results_after_an_entry,
    children.to_danger,
    child_in_danger_after_reading,
]


def leave(page: Page) -> None:
    page.locator(".exit").click()
    page.wait_for_url(ELSEWHERE)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert page.evaluate("name") == ""


def expect_nothing_behind_back_or_forward(page: Page) -> None:
    """Addresses of ours may be left in the history (the safety page says so), but none of them tells or knows anything."""
    browser = page.context.new_cdp_session(page)
    history = browser.send("Page.getNavigationHistory")
    assert history["currentIndex"] == len(history["entries"]) - 1  # nothing lies ahead
    for entry in history["entries"]:
        assert "/exit/" not in entry["url"]
        if not entry["url"].startswith("http"):
            continue
        browser.send("Page.navigateToHistoryEntry", {"entryId": entry["id"]})
        page.wait_for_url(entry["url"])
        expect_no_trace(page)
        page.reload()
        expect_no_trace(page)


def expect_no_trace(page: Page) -> None:
    page.wait_for_load_state()  # by now a page that remembers something has asked for it
    settle(page)
    expect(page.locator(TRACES)).to_have_count(0)
    for field in page.locator("input[type=search]").all():
        expect(field).to_have_value("")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_after_one_touch_neither_back_nor_forward_brings_anything_back(
    phone: Page, place: Callable[[Page], None]
) -> None:
    place(phone)
    leave(phone)
    expect_nothing_behind_back_or_forward(phone)


def test_the_link_that_was_open_is_not_behind_back(phone: Page) -> None:
    somebodys_link(phone)
    leave(phone)
    phone.go_back()
    phone.wait_for_url("**/")
    expect_no_trace(phone)


def test_what_a_page_behind_a_link_was_asked_with_is_not_asked_again(phone: Page) -> None:
    """The children's pages behind somebody's link are asked for by a post, with the answers of that link."""
    child_behind_a_link(phone)
    with phone.expect_request("**/under18/questions/") as again:
        phone.reload()
    assert again.value.method == "GET"


def test_shift_three_times_leaves_just_so(desktop: Page) -> None:
    to_the_crisis_results(desktop)
    for _ in range(3):
        desktop.keyboard.press("Shift")
    desktop.wait_for_url(ELSEWHERE)
    expect_nothing_behind_back_or_forward(desktop)


def test_nothing_is_seen_or_remembered_while_the_other_page_does_not_come(phone: Page) -> None:
    to_the_results(phone)
    phone.route(ELSEWHERE, lambda route: route.fulfill(status=204))  # the browser stays where it is
    phone.locator(".exit").click()
    expect(phone.locator("body")).to_be_hidden()
    assert phone.title() == ""
    assert phone.evaluate("location.pathname + sessionStorage.length") == "/0"


def test_an_answer_still_on_its_way_is_not_remembered(phone: Page, watch: Watch) -> None:
    held: list[Route] = []
    phone.goto("/chat/")
    phone.route("**/chat/", lambda route: held.append(route))
    choice(phone, "worry", "suicidal").click()
    phone.wait_for_timeout(300)
    leave(phone)
    assert len(held) == 1
    watch.expected("htmx:")  # it says that its request was stopped
    phone.unroute_all(behavior="ignoreErrors")
    expect_nothing_behind_back_or_forward(phone)


def test_without_a_line_it_leaves_at_once_and_names_no_way_out(phone: Page, watch: Watch) -> None:
    to_the_results(phone)
    phone.context.set_offline(True)
    phone.locator(".exit").click()
    phone.wait_for_url("chrome-error://**")
    phone.context.set_offline(False)
    expect_nothing_behind_back_or_forward(phone)
    watch.complaints = [
        said for said in watch.complaints if "ERR_INTERNET_DISCONNECTED" not in said
    ]  # if it was quick enough


def test_the_browser_is_told_to_clear_what_it_kept_of_the_site(phone: Page) -> None:
    phone.evaluate("caches.open('kept')")
    leave(phone)
    phone.goto("/")
    phone.wait_for_function("caches.keys().then((kept) => !kept.length)")


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
