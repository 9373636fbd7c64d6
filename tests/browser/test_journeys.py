"""The paths through the conversation that people take, with JavaScript and without."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from .conftest import Visit
from .steps import (
    MULTIPLE,
    answer,
    answers_so_far,
    choice,
    expect_results,
    question,
    supports,
    to_the_crisis_results,
    to_the_results,
    to_the_third_question,
)

MONEY, DEBT, HEART = "お金・食べもの・住まいに困っている", "借金が返せない", "気持ちがつらい、眠れない"
GAMBLING = "ギャンブルがやめられない"


def test_a_few_taps_lead_from_the_front_page_to_people_to_talk_to_and_things_to_apply_for(either: Page) -> None:
    to_the_results(either)
    assert answers_so_far(either) == [MONEY, DEBT, HEART]
    talk, use = either.locator("[aria-labelledby=talk-title]"), either.locator("[aria-labelledby=use-title]")
    assert talk.locator("> .card").count() in (3, 4)
    assert use.locator("> .card").count() in (3, 4)
    first_use = use.locator(".card").first.get_attribute("data-support")
    assert supports(either).index(str(first_use)) >= 3
    expect(either.locator("[data-crisis]")).to_have_count(0)


def test_who_answers_now_stands_on_top_of_the_results(either: Page) -> None:
    to_the_results(either)
    row = either.locator("[data-now]")
    expect(row).to_have_count(1)
    expect(row.locator("a.tel, a.way-out, .tel-by-hand, .value")).to_be_visible()
    first_card = either.locator(".card").first
    assert row.bounding_box()["y"] < first_card.bounding_box()["y"]  # type: ignore[index]


def test_below_the_results_in_danger_two_more_things_may_be_said(either: Page) -> None:
    to_the_crisis_results(either)
    before = supports(either)
    below = either.locator(".question-below")
    key, offered = str(below.get_attribute("data-question")), below.locator("[data-answer]")
    answer(either, key, *(str(offered.nth(place).get_attribute("data-answer")) for place in (1, 3)))
    expect_results(either)
    expect(either.locator("[data-crisis]")).to_be_visible()
    assert len(answers_so_far(either)) == 2
    assert supports(either) != before
    either.locator("[data-back]").click()
    expect(question(either, key)).to_be_visible()
    assert supports(either) == before


def test_more_is_behind_one_tap(phone: Page) -> None:
    to_the_results(phone)
    more = phone.locator("details.more").first
    expect(more.locator(".card").first).to_be_hidden()
    more.locator("> summary").click()
    expect(more.locator(".card").first).to_be_visible()


def test_whoever_wants_to_die_gets_numbers_to_call_at_once(either: Page) -> None:
    to_the_crisis_results(either)
    crisis = either.locator("[data-crisis]")
    expect(crisis.locator("a.tel").first).to_have_attribute("href", re.compile(r"^tel:\d+$"))
    assert supports(either)[0] == crisis.locator(".card").first.get_attribute("data-support")


def test_whoever_wants_to_die_sees_a_number_without_scrolling(phone: Page) -> None:
    to_the_crisis_results(phone)
    expect(phone.locator("h1")).to_be_focused()
    numbers = phone.locator("a[href^='tel:0']")
    expect(numbers.first).to_be_attached()
    bar = phone.locator(".exit-bar").bounding_box()
    assert bar
    boxes = [box for number in numbers.all() if (box := number.bounding_box())]
    assert [box for box in boxes if box["y"] >= 0 and box["y"] + box["height"] <= bar["y"]]


def test_from_the_first_answer_on_one_line_that_answers_now_is_in_sight(either: Page) -> None:
    expect(either.locator(".quick")).to_have_count(0)
    answer(either, "worry", "talk")
    expect(either.locator(".quick [data-support] .contact.open")).to_have_count(1)


def end_early(page: Page) -> None:
    page.get_by_role("button", name="ここまでで結果を見る").click()
    expect_results(page)


def test_whoever_has_said_enough_sees_the_results_and_the_questions_go_on_when_wanted(either: Page) -> None:
    answer(either, "worry", "money")
    end_early(either)
    assert len(supports(either)) >= 3
    assert answers_so_far(either) == [MONEY]
    either.get_by_role("button", name="質問のつづきに答える").click()
    expect(question(either, "money")).to_be_visible()


def test_after_an_early_end_an_answer_can_be_changed_and_the_button_goes_back(either: Page) -> None:
    answer(either, "worry", "money")
    end_early(either)
    either.locator("button.change[value=worry]").click()
    expect(choice(either, "worry", "money")).to_contain_text("いまの答え")
    answer(either, "worry", "money")
    end_early(either)
    either.locator("[data-back]").click()
    expect(question(either, "worry")).to_be_visible()


def test_changing_an_earlier_answer_keeps_the_others(either: Page) -> None:
    to_the_results(either)
    before = supports(either)
    either.locator("button.change[value=money]").click()
    expect(choice(either, "money", "debt")).to_contain_text("いまの答え")
    answer(either, "money", "medical")
    assert supports(either) != before
    assert answers_so_far(either) == [MONEY, "医療費が払えない、高い", HEART]


def test_several_answers_stay_ticked_when_they_are_changed(either: Page) -> None:
    to_the_third_question(either)
    answer(either, MULTIPLE, "gambling", "heart")
    assert answers_so_far(either)[-1] == f"{GAMBLING}、{HEART}"
    either.locator(f"button.change[value={MULTIPLE}]").click()
    expect(question(either, MULTIPLE).locator(":checked")).to_have_count(2)
    answer(either, MULTIPLE, "heart")  # takes it away again
    expect_results(either)
    assert answers_so_far(either)[-1] == GAMBLING


def test_a_third_tick_loses_nothing(either: Page) -> None:
    to_the_third_question(either)
    for key in ("heart", "gambling", "own"):
        choice(either, MULTIPLE, key).click(force=True)
    question(either, MULTIPLE).locator("[data-next]").click()
    expect(either.get_by_role("alert")).to_have_text("えらべるのは2つまでです。いちばん近いものを残してください。")
    assert either.locator(":checked").count() == 3


def test_nothing_has_to_be_answered(either: Page) -> None:
    for _ in range(5):
        if not either.locator("[data-question]").count():
            break
        answer(either, str(either.locator("[data-question]").get_attribute("data-question")), "-")
    assert len(supports(either)) >= 3
    assert all(re.search("わからない|こたえたくない", said) for said in answers_so_far(either))


def test_the_button_goes_back_one_question_at_a_time(either: Page) -> None:
    to_the_results(either)
    for key in (MULTIPLE, "money", "worry"):
        either.locator("[data-back]").click()
        expect(question(either, key)).to_be_visible()
    assert answers_so_far(either) == []
    expect(either.locator("[data-back]")).to_have_count(0)


def test_starting_again_forgets_everything(either: Page) -> None:
    to_the_results(either)
    either.locator("[data-restart]").click()
    expect(question(either, "worry")).to_be_visible()
    assert answers_so_far(either) == []
    either.reload()
    expect(question(either, "worry")).to_be_visible()
    assert answers_so_far(either) == []


def test_the_sheet_opens_and_leads_back_to_the_results(either: Page) -> None:
    to_the_results(either)
    before = supports(either)
    either.locator("[data-sheet]").click()
    expect(either.locator("h1")).to_have_text("持っていくメモ")
    shown = [str(entry.get_attribute("data-support")) for entry in either.locator(".sheet-entry").all()]
    assert shown == [slug for slug in before if slug in shown]
    assert 6 <= len(shown) <= 8
    either.get_by_role("button", name="結果にもどる").click()
    assert supports(either) == before


def test_a_link_that_was_asked_for_shows_another_person_the_same(either: Page, visit: Visit) -> None:
    to_the_results(either)
    either.get_by_role("button", name="この結果をリンクにする").click()
    made = either.locator("#made-link")
    expect(made).to_be_visible()
    expect(either.locator(".link-made svg")).to_be_visible()
    helper = visit(made.input_value())
    assert supports(helper) == supports(either)
    assert answers_so_far(helper) == [MONEY, DEBT, HEART]


def test_a_link_with_an_answer_of_an_older_release_goes_on_kindly(phone: Page) -> None:
    phone.goto("/r/zzzzz/")
    expect(phone.get_by_role("status").filter(has_text="読みとれませんでした")).to_be_visible()
    assert len(supports(phone)) >= 3


def test_children_are_pointed_to_their_own_page(phone: Page) -> None:
    answer(phone, "worry", "life")
    answer(phone, "life", "under18")
    phone.get_by_role("button", name="ここまでで結果を見る").click()
    expect_results(phone)
    phone.locator("#main").get_by_role("link", name="18歳以下のみなさんへのページ").click()
    expect(phone.locator("h1")).to_contain_text("みなさんへ")


def test_the_same_on_a_large_screen(desktop: Page) -> None:
    to_the_results(desktop)
    assert answers_so_far(desktop) == [MONEY, DEBT, HEART]


def test_the_list_is_searched_without_leaving_a_word_in_the_address(phone: Page) -> None:
    phone.goto("/list/")
    everything = phone.locator(".entries li").count()
    phone.get_by_label("名前でさがす").fill("いのち")
    phone.get_by_role("button", name="しぼりこむ").click()
    expect(phone.get_by_role("link", name="ぜんぶ見る")).to_be_visible()
    assert 0 < phone.locator(".entries li").count() < everything
    assert phone.url.endswith("/list/")
