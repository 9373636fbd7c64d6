"""When the line or the server fails in the middle of a conversation, a person is told what to do, and nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Visit, Watch
from .steps import MULTIPLE, answer, answers_so_far, choice, question, to_the_third_question

BROKEN_LINE = r"ERR_FAILED|htmx:"
REFUSED = r"status of 5\d\d"


def test_a_broken_line_is_told_kindly_and_the_next_try_goes_on(phone: Page, watch: Watch) -> None:
    to_the_third_question(phone)
    phone.route("**/chat/", lambda route: route.abort())
    question(phone, MULTIPLE).locator("[data-next]").click()
    alert = phone.locator("main").get_by_role("alert")
    expect(alert).to_contain_text("もう一度押してください")
    expect(alert).to_be_in_viewport()
    assert len(answers_so_far(phone)) == 2
    watch.expected(BROKEN_LINE)
    phone.unroute("**/chat/")
    answer(phone, MULTIPLE)
    expect(alert).to_have_count(0)
    assert len(answers_so_far(phone)) == 3


def test_ticks_survive_a_broken_line(phone: Page, watch: Watch) -> None:
    to_the_third_question(phone)
    phone.route("**/chat/", lambda route: route.abort())
    choice(phone, MULTIPLE, "heart").click()
    question(phone, MULTIPLE).locator("[data-next]").click()
    expect(phone.locator("main").get_by_role("alert")).to_be_visible()
    watch.expected(BROKEN_LINE)
    expect(question(phone, MULTIPLE).locator(":checked")).to_have_count(1)


@pytest.mark.parametrize("said", ["a page of ours", "a page of a proxy"])
def test_a_server_that_fails_leaves_a_whole_page_with_a_way_on(phone: Page, watch: Watch, said: str) -> None:
    ours = phone.request.get("/nothing/").text()
    body = ours if said == "a page of ours" else "<html><body><h1>502 Bad Gateway</h1></body></html>"
    phone.goto("/chat/")

    def fail(route: Route) -> None:
        route.fulfill(status=502, body=body, content_type="text/html")

    phone.route("**/chat/", fail)
    choice(phone, "worry", "money").click()
    phone.wait_for_timeout(500)
    watch.expected(REFUSED)
    watch.expected("Response Status Error Code 502")
    expect(phone.get_by_role("alert")).to_contain_text("うまく送れませんでした")
    expect(phone.locator("main")).to_have_count(1, timeout=1000)
    expect(phone.locator("main").get_by_role("link").or_(phone.locator("[data-question]")).first).to_be_visible(
        timeout=1000
    )


def test_a_double_tap_answers_one_question(visit: Visit) -> None:
    for scripts in (True, False):
        page = visit("/chat/", scripts=scripts)
        choice(page, "worry", "money").dblclick()
        expect(question(page, "money")).to_be_visible()
        page.wait_for_load_state("networkidle")
        expect(question(page, "money")).to_be_visible()
        assert len(answers_so_far(page)) == 1


def test_a_browser_that_allows_no_storage_still_leads_to_help(phone: Page) -> None:
    phone.add_init_script("""for (const name of ["sessionStorage", "localStorage"])
        Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });""")
    phone.goto("/")
    to_the_third_question(phone)
    phone.go_back()
    expect(question(phone, "money")).to_be_visible()
    phone.locator(".exit").click()
    phone.wait_for_url("**/robots.txt")
