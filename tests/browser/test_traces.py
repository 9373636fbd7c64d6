"""After a conversation nothing tells what was said: not the browser, not the server, not another site."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from scripts.serve import Site

from .conftest import Visit, Watch
from .steps import MULTIPLE, answer, answers_so_far, expect_results, supports, to_the_crisis_results, to_the_results

NEUTRAL_TITLES = {"質問｜くらしの案内", "案内｜くらしの案内"}
STORED = """async () => ({
  cookies: document.cookie,
  local: localStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  tab: Object.keys(sessionStorage).filter((key) => key !== "htmx-current-path-for-history").sort(), // "/chat/"
})"""


def test_the_address_and_the_title_stay_neutral(either: Page) -> None:
    seen: set[str] = set()
    either.on("framenavigated", lambda frame: seen.add(frame.url))
    titles: set[str] = set()
    answer(either, "worry", "life")
    titles.add(either.title())
    answer(either, "life", "women")
    titles.add(either.title())
    answer(either, MULTIPLE, "hurt_at_home")
    expect_results(either)
    titles.add(either.title())
    assert {urlsplit(url).path for url in seen} == {"/chat/"}
    assert not any(urlsplit(url).query or urlsplit(url).fragment for url in seen)
    assert titles <= NEUTRAL_TITLES


def test_a_browser_with_scripts_keeps_the_answers_in_the_tab_alone(phone: Page) -> None:
    to_the_results(phone)
    assert phone.evaluate("history.state") == {"inChat": True}
    kept = phone.evaluate(STORED)
    assert kept == {"cookies": "", "local": 0, "databases": 0, "caches": 0, "workers": 0, "tab": ["/chat/", "used"]}
    assert phone.context.cookies() == []
    phone.locator("[data-restart]").click()
    expect(phone.locator(".says.person")).to_have_count(0)
    assert phone.evaluate(STORED)["tab"] == ["used"]


def test_a_browser_without_scripts_keeps_nothing_at_all(visit: Visit) -> None:
    page = visit(scripts=False)
    to_the_results(page)
    kept = page.evaluate(STORED)
    assert kept == {"cookies": "", "local": 0, "databases": 0, "caches": 0, "workers": 0, "tab": []}
    assert page.evaluate("history.state") is None
    assert page.context.cookies() == []


def test_the_server_writes_down_neither_answers_nor_links_nor_searches(phone: Page, site: Site) -> None:
    to_the_results(phone)
    shown = supports(phone)
    phone.get_by_role("button", name="この結果をリンクにする").click()
    link = phone.locator("#made-link").input_value()
    codes = link.rstrip("/").rsplit("/", 1)[-1].split("-")
    phone.goto(link)
    phone.goto("/list/")
    phone.get_by_label("名前でさがす").fill("さがしたことば")
    phone.get_by_role("button", name="しぼりこむ").click()
    expect(phone.get_by_role("link", name="ぜんぶ見る")).to_be_visible()
    phone.goto("/chat/?a=worry.money")
    log = site.log
    assert "Serving release" in log
    for trace in ("worry", "money", "debt", "heart", "借金", "さがしたことば", "chat", "list", *codes, *shown):
        assert trace not in log, trace


def test_other_sites_do_not_learn_where_a_person_comes_from(phone: Page, watch: Watch) -> None:
    to_the_crisis_results(phone)
    headers: list[dict[str, str]] = []

    def another_site(route: Route) -> None:
        headers.append(route.request.headers)
        route.fulfill(body="")

    phone.route("https://**", another_site)
    phone.locator(".card a.way-out:visible").first.click()
    phone.wait_for_url("https://**")
    assert [set(header) & {"referer", "origin", "cookie"} for header in headers] == [set()]
    watch.foreign.clear()  # this one was asked for by a tap


def test_the_pages_refuse_to_ask_another_site_for_anything(phone: Page, watch: Watch) -> None:
    phone.evaluate("""() => new Promise((done) => {
        const picture = new Image();
        picture.onerror = done;
        picture.src = "https://example.com/spy.png";
    })""")
    watch.expected("Content Security Policy")
    assert watch.foreign == ["https://example.com/spy.png"]  # so a page that asks elsewhere is noticed
    watch.foreign.clear()


@pytest.mark.parametrize("answers", [["worry.suicidal"], ["worry.money", "money.debt", "also.heart"]])
def test_the_page_itself_hands_no_answer_on(visit: Visit, answers: list[str]) -> None:
    """No link on the results carries what was said, except the one that is asked for."""
    page = visit()
    page.evaluate("answers => memoryOf('/chat/').write(answers)", " ".join(answers))
    page.goto("/chat/")
    assert supports(page)
    addresses = json.dumps([link.get_attribute("href") for link in page.locator("a").all()])
    for pair in answers:
        assert pair.split(".")[1] not in addresses
    assert "/r/" not in addresses
    assert len(answers_so_far(page)) == len(answers)


def test_no_other_site_may_embed_a_file_of_ours(phone: Page) -> None:
    address = phone.locator("link[rel=stylesheet]").get_attribute("href")
    assert phone.request.get(str(address)).headers["cross-origin-resource-policy"] == "same-origin"
