"""The children's conversation in a real browser, with and without scripts: back, reload, return, link, keyboard, leaving."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.under18.browse import CHAT, FRONT, TO_READ

from .children import head, readings, supports, to_danger, to_the_first_worry, to_the_results
from .conftest import Visit, Watch
from .steps import answer, question, tab_to

KANJI = re.compile("[一-鿿]")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def either(request: pytest.FixtureRequest, visit: Visit) -> Page:
    return visit(FRONT, scripts=request.param)


def test_the_whole_way_from_the_front_page_and_a_way_back(either: Page) -> None:
    found = to_the_results(either)
    assert len(found) == 3
    assert either.url.endswith(CHAT)
    for key in ("more", "way", "friends", "area"):
        either.locator("[data-back]").click()
        expect(question(either, key)).to_be_visible()
    answer(either, "area", "talk")
    answer(either, "way", "phone")
    answer(either, "more", "-")
    assert len(supports(either)) == 3


def test_back_and_reload_do_what_a_child_expects(phone: Page) -> None:
    phone.goto(FRONT)
    found = to_the_results(phone)
    phone.reload()
    assert supports(phone) == found
    for key in ("more", "way", "friends", "area", "band"):
        phone.go_back()
        expect(question(phone, key)).to_be_visible()


def test_coming_back_from_the_telephone_the_results_are_still_there(phone: Page) -> None:
    phone.goto(FRONT)
    found = to_the_results(phone)
    phone.goto("about:blank")
    phone.goto(CHAT)
    assert supports(phone) == found


def test_the_two_conversations_of_a_tab_do_not_mix(phone: Page) -> None:
    phone.goto(FRONT)
    found = to_the_results(phone)
    phone.goto("/chat/")
    expect(question(phone, "worry")).to_be_visible()
    answer(phone, "worry", "money")
    phone.goto(CHAT)
    assert supports(phone) == found


def test_the_wish_for_readings_outlives_a_reload(phone: Page) -> None:
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
def test_the_other_pages_know_the_grade(either: Page, address: str) -> None:
    to_the_results(either, "g12")
    head(either, address)
    expect(either.locator("main")).not_to_have_text(KANJI)


def test_the_head_of_the_page_is_in_words_of_the_grade_too(either: Page) -> None:
    to_the_first_worry(either, "g12")
    expect(either.locator(".site-nav")).to_contain_text("しつもん")
    expect(either.locator(".site-nav")).not_to_have_text(KANJI)


def test_the_wish_made_on_another_page_goes_along(either: Page) -> None:
    to_the_first_worry(either, "g34")
    head(either, TO_READ[0])
    either.locator("button[name=ruby][value=none]").click()
    expect(either.locator("ruby")).to_have_count(0)
    head(either, CHAT)
    expect(question(either, "area")).to_be_visible()
    expect(either.locator("ruby")).to_have_count(0)


def test_from_another_page_the_chat_is_where_it_was(either: Page) -> None:
    found = to_the_results(either)
    head(either, TO_READ[0])
    head(either, CHAT)
    assert supports(either) == found


def test_an_answer_changed_behind_a_link_is_not_forgotten_on_another_page(phone: Page, visit: Visit) -> None:
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


def test_between_other_pages_the_conversation_goes_on(phone: Page) -> None:
    phone.goto(FRONT)
    to_the_first_worry(phone, "g34")
    head(phone, TO_READ[0])
    head(phone, CHAT)
    answer(phone, "area", "friends")
    answer(phone, "friends", "friends")
    answer(phone, "way", "any")
    answer(phone, "more", "-")
    found = supports(phone)
    head(phone, TO_READ[1])
    head(phone, CHAT)
    assert supports(phone) == found


def test_back_from_another_page_leads_to_the_results(phone: Page) -> None:
    phone.goto(FRONT)
    found = to_the_results(phone)
    head(phone, TO_READ[0])
    phone.go_back()
    assert supports(phone) == found


def test_back_between_the_pages_to_read_shows_a_page(phone: Page) -> None:
    phone.goto(FRONT)
    head(phone, TO_READ[0])
    head(phone, TO_READ[1])
    phone.go_back()
    expect(phone.locator("h1")).to_be_visible()


def test_a_link_that_was_asked_for_shows_an_adult_the_same(either: Page, visit: Visit) -> None:
    found = to_the_results(either)
    either.locator("button[value=link]").click()
    link = either.locator("#made-link").input_value()
    assert supports(visit(link)) == found


def test_a_keyboard_is_enough(desktop: Page) -> None:
    desktop.goto(FRONT)
    for key in ("g56", "heart", "dying"):
        wanted = desktop.locator(f"[data-answer='{key}']")
        expect(wanted).to_be_visible()
        tab_to(desktop, wanted)
        desktop.keyboard.press("Enter")
    expect(desktop.locator("[data-crisis]")).to_be_visible()
    expect(desktop.locator("h1")).to_be_focused()


def test_one_touch_leaves_and_back_shows_no_answer(phone: Page) -> None:
    to_danger(phone)
    expect(phone.locator(".exit")).to_be_in_viewport(ratio=1)
    phone.locator(".exit").click()
    phone.wait_for_url("**/robots.txt")
    assert phone.evaluate("sessionStorage.length + localStorage.length") == 0
    phone.go_back()
    expect(question(phone, "band")).to_be_visible()
    expect(phone.locator(".says.person, .card")).to_have_count(0)


def test_nothing_is_stored_but_the_place_in_this_tab(phone: Page) -> None:
    to_danger(phone)
    assert phone.context.cookies() == []
    assert phone.evaluate("localStorage.length") == 0
    kept: dict[str, str] = phone.evaluate("({ ...sessionStorage })")
    assert kept.pop(CHAT) == "band.jh teen.heart heart.dying finish"
    assert kept.pop("used").isdigit()  # when the page was last touched
    assert set(kept.values()) <= {CHAT}  # htmx notes the address, which says nothing
    assert phone.title() in {"質問｜くらしの案内", "案内｜くらしの案内"}


def test_a_child_can_read_that_something_could_not_be_sent(phone: Page, watch: Watch) -> None:
    phone.goto(CHAT)
    phone.route(f"**{CHAT}", lambda route: route.abort())
    phone.locator("[data-answer=g12]").click()
    notice = phone.get_by_role("alert")
    expect(notice).to_be_visible()
    watch.expected("ERR_FAILED|htmx:")
    bare = notice.evaluate("e => { e.querySelectorAll('ruby').forEach((r) => r.remove()); return e.textContent }")
    assert not KANJI.search(bare)
