"""Back, reload and return, with JavaScript: the browser's own buttons do what a person expects of a conversation."""

from __future__ import annotations

import time

from playwright.sync_api import Page, Route, expect

from .conftest import Visit, Watch
from .steps import (
    MULTIPLE,
    answer,
    answers_so_far,
    expect_question,
    question,
    search_list,
    settle,
    supports,
    to_the_results,
    to_the_third_question,
)


def test_back_goes_back_one_question_at_a_time_and_then_to_the_front_page(phone: Page) -> None:
    to_the_results(phone)
    for key, answers in ((MULTIPLE, 2), ("money", 1), ("worry", 0)):
        phone.go_back()
        expect_question(phone, key)
        assert len(answers_so_far(phone)) == answers
    phone.go_back()
    expect(phone.locator("body.home")).to_be_visible()


def test_two_quick_backs_on_a_slow_line_go_two_questions_back(phone: Page) -> None:
    to_the_results(phone)
    phone.route("**/chat/", slowly)
    phone.go_back()
    phone.wait_for_function("history.state?.inChat")  # nobody is quicker than the page hears of the first
    phone.go_back()
    expect(question(phone, "money")).to_be_visible()


def slowly(route: Route) -> None:
    time.sleep(0.3)
    route.continue_()


def test_after_back_the_conversation_goes_on(phone: Page) -> None:
    to_the_third_question(phone)
    phone.go_back()
    answer(phone, "money", "medical")
    answer(phone, MULTIPLE)
    assert answers_so_far(phone)[1] == "医療費が払えない、高い"


def test_forward_after_back_shows_no_broken_page(phone: Page) -> None:
    to_the_third_question(phone)
    phone.go_back()
    expect_question(phone, "money")
    phone.go_forward()
    expect_question(phone, "money")
    phone.go_back()
    expect_question(phone, "worry")
    phone.go_forward()
    answer(phone, "worry", "work")
    expect_question(phone, "work")


def test_back_on_the_results_of_an_early_end_asks_the_last_question_again(phone: Page) -> None:
    answer(phone, "worry", "money")
    phone.get_by_role("button", name="ここまでで結果を見る").click()
    assert supports(phone)
    phone.go_back()
    expect_question(phone, "worry")


def test_reloading_keeps_the_place(phone: Page) -> None:
    to_the_third_question(phone)
    phone.reload()
    expect_question(phone, MULTIPLE)
    assert len(answers_so_far(phone)) == 2
    phone.go_back()
    expect_question(phone, "money")


def test_reloading_the_results_keeps_them(phone: Page) -> None:
    to_the_results(phone)
    before = supports(phone)
    phone.reload()
    assert supports(phone) == before


def test_coming_back_from_an_entry_finds_the_results_as_they_were(phone: Page) -> None:
    to_the_results(phone)
    before = supports(phone)
    phone.locator(".card h3 a").first.click()
    expect(phone.locator(".entry")).to_have_attribute("data-support", before[0])
    phone.go_back()
    assert supports(phone) == before
    phone.go_back()
    expect_question(phone, MULTIPLE)


def test_coming_back_from_the_sheet_finds_the_results_as_they_were(phone: Page) -> None:
    to_the_results(phone)
    before = supports(phone)
    phone.locator("[data-sheet]").click()
    expect(phone.locator(".sheet")).to_be_visible()
    phone.reload()
    expect(phone.locator(".sheet")).to_be_visible()
    phone.go_back()
    assert supports(phone) == before
    phone.go_back()
    expect_question(phone, MULTIPLE)


def half_an_hour_passes(page: Page, *, but_for_seconds: int = 0) -> None:
    page.clock.set_fixed_time(page.evaluate("Date.now() / 1000") + 30 * 60 - but_for_seconds)


def test_after_almost_half_an_hour_the_results_are_still_there(phone: Page) -> None:
    to_the_results(phone)
    before = supports(phone)
    half_an_hour_passes(phone, but_for_seconds=60)
    phone.keyboard.press("Tab")  # whoever uses the page begins a new half hour
    half_an_hour_passes(phone, but_for_seconds=60)
    phone.reload()
    assert supports(phone) == before


def test_after_half_an_hour_without_a_touch_the_answers_are_forgotten(phone: Page) -> None:
    to_the_results(phone)
    half_an_hour_passes(phone, but_for_seconds=-60)
    phone.reload()
    expect_question(phone, "worry")
    assert answers_so_far(phone) == []
    phone.go_back()
    expect(phone.locator(".says.person, .card")).to_have_count(0)


def found(page: Page) -> list[str]:
    settle(page)
    return [str(row.get_attribute("data-support")) for row in page.locator(".entries li").all()]


def test_back_from_the_list_goes_to_where_one_came_from(phone: Page) -> None:
    phone.get_by_role("link", name="一覧", exact=True).click()
    for words in ("電話", "いのち"):
        search_list(phone, words)
    phone.go_back()
    expect(phone.locator("body.home")).to_be_visible()


def test_coming_back_from_an_entry_finds_the_list_as_it_was(phone: Page) -> None:
    phone.goto("/list/")
    phone.get_by_label("種類").select_option("helpline")
    phone.get_by_label("いま話せるところだけ").check()
    search_list(phone, "電話")
    before = found(phone)
    phone.locator(".entries a").nth(3).click()
    expect(phone.locator(".entry")).to_have_attribute("data-support", before[3])
    phone.go_back()
    expect(phone.get_by_role("link", name="ぜんぶ見る")).to_be_visible()
    assert found(phone) == before
    expect(phone.get_by_label("名前でさがす")).to_have_value("電話")
    expect(phone.get_by_label("種類")).to_have_value("helpline")
    expect(phone.get_by_label("いま話せるところだけ")).to_be_checked()


def test_the_whole_list_is_there_again_when_wanted(phone: Page) -> None:
    phone.goto("/list/")
    everything = found(phone)
    search_list(phone, "いのち")
    phone.get_by_role("link", name="ぜんぶ見る").click()
    expect(phone.get_by_role("link", name="ぜんぶ見る")).to_have_count(0)
    assert found(phone) == everything
    expect(phone.get_by_label("名前でさがす")).to_have_value("")
    phone.reload()
    assert found(phone) == everything


def test_whoever_searches_is_led_to_what_was_found(phone: Page) -> None:
    phone.goto("/list/")
    search_list(phone, "いのち")
    count = phone.get_by_role("status")
    expect(count).to_contain_text("件あります")
    expect(count).to_be_focused()
    expect(count).to_be_in_viewport()


def test_a_search_that_cannot_be_sent_says_so_until_the_next_try(phone: Page, watch: Watch) -> None:
    phone.goto("/list/")
    phone.route("**/list/", lambda route: route.abort())
    phone.get_by_label("名前でさがす").fill("いのち")
    phone.get_by_role("button", name="しぼりこむ").click()
    alert = phone.locator("main").get_by_role("alert")
    expect(alert).to_contain_text("もう一度押してください")
    watch.expected("ERR_FAILED|htmx:")
    phone.unroute_all()
    search_list(phone, "いのち")
    expect(alert).to_have_count(0)


def test_another_tab_knows_nothing(phone: Page) -> None:
    to_the_results(phone)
    other = phone.context.new_page()
    other.goto("/chat/")
    expect_question(other, "worry")
    assert answers_so_far(other) == []


def test_opening_somebody_elses_link_leaves_ones_own_answers_alone(phone: Page, visit: Visit) -> None:
    other = visit()
    answer(other, "worry", "suicidal")
    other.get_by_role("button", name="この結果をリンクにする").click()
    link = other.locator("#made-link").input_value()
    to_the_results(phone)
    mine = supports(phone)
    phone.goto(link)
    assert supports(phone) == supports(other)
    phone.goto("/chat/")
    assert supports(phone) == mine


def test_starting_again_from_a_link_leaves_its_answers_behind(phone: Page) -> None:
    to_the_results(phone)
    phone.get_by_role("button", name="この結果をリンクにする").click()
    phone.goto(phone.locator("#made-link").input_value())
    phone.locator("[data-restart]").click()
    expect_question(phone, "worry")
    phone.reload()
    expect(question(phone, "worry")).to_be_visible()
