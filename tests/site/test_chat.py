"""The conversation as somebody without scripts has it: pages, buttons and posts."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from catalog.directory.directory import Directory
from chatbot.flow import MOST_QUESTIONS, Flow
from chatbot.forms import write_pairs
from tests.conftest import japan

from .browsing import Page, Visitor, ways_to_danger, ways_to_questions

RENT = {"worry": ("money",), "money": ("rent",)}


def is_results(page: Page) -> bool:
    return not page.question and bool(page.all(id="answers-title"))


def said(page: Page) -> list[str]:
    """The answers so far, as they stand on the page."""
    return [
        turn.text.partition("変える")[0].removeprefix("あなたの答え: ").strip() for turn in page.all(class_="person")
    ]


def to_the_end(visitor: Visitor, flow: Flow) -> Page:
    """Answer with the first choice that is no danger until there are results."""
    while visitor.page.question:
        choices, offered = flow.questions[visitor.page.question].choices, visitor.page.named("data-answer")
        visitor.answer(next(c.key for c in choices if c.key in offered and not c.is_danger))
    return visitor.page


def test_every_first_answer_leads_to_help_within_five_answers(visitor: Visitor, flow: Flow) -> None:
    for choice in flow.questions[flow.start].choices:
        visitor.open("/")
        visitor.answer(choice.key)
        to_the_end(visitor, flow)
        assert is_results(visitor.page)
        assert len(said(visitor.page)) <= MOST_QUESTIONS
        assert len(visitor.page.main.all(has="data-support")) >= 3
        assert visitor.page.main.all(has="data-now")


def test_no_answer_stands_in_an_address_on_the_way(visitor: Visitor, flow: Flow) -> None:
    visitor.follow(RENT)
    to_the_end(visitor, flow)
    assert set(visitor.addresses) == {"/", "/chat/"}
    own = [link for link in visitor.page.named("href") if not urlsplit(link).netloc]
    assert not [link for link in own if "rent" in link or "money" in link or "?" in link]
    assert not [name for name in visitor.page.response.headers if name.lower().startswith("hx-")]


def test_an_answer_in_the_address_is_not_read(web: Client) -> None:
    page = Page(web.get("/chat/?a=worry.money&q=money&c=rent"))
    assert page.question == "worry"
    assert said(page) == []


def test_each_question_carries_the_hooks_for_its_answers(web: Client, flow: Flow) -> None:
    for key, way in ways_to_questions(flow).items():
        page = Page(web.post("/chat/", {"a": write_pairs(way.answers)}))
        asked = page.one(data_question=key)
        assert way.question
        assert asked.named("data-answer") == [*(c.key for c in way.question.choices), *(["-"] * (not way.is_in_danger))]
        assert asked.one("h1 h2").text == flow.questions[key].prompt


def test_the_words_of_an_answer_stand_where_it_was_given(visitor: Visitor, flow: Flow) -> None:
    page = visitor.follow(RENT)
    assert said(page) == [flow.questions[q].choice(keys[0]).label for q, keys in RENT.items()]  # type: ignore[union-attr]


def test_back_returns_to_the_question_before(visitor: Visitor) -> None:
    visitor.follow(RENT)
    assert visitor.press_named("back").question == "money"
    assert len(said(visitor.page)) == 1
    assert visitor.press_named("back").question == "worry"
    assert said(visitor.page) == []
    assert not visitor.page.all("button", name="back")


def test_back_from_the_results_returns_to_the_last_question(visitor: Visitor) -> None:
    visitor.follow(RENT)
    while visitor.page.question:
        last = visitor.page.question
        visitor.answer("-")
    assert visitor.press_named("back").question == last


def test_an_earlier_answer_is_changed_where_it_stands_and_the_later_ones_stay(visitor: Visitor) -> None:
    before = visitor.follow(RENT).question
    visitor.press_named("edit", "worry")
    assert visitor.page.question == "worry"
    assert visitor.page.one(class_="marked")["data-answer"] == "money"
    assert visitor.answer("money").question == before
    assert len(said(visitor.page)) == 2


def test_another_first_answer_leaves_the_later_ones_aside(visitor: Visitor) -> None:
    visitor.follow(RENT)
    visitor.press_named("edit", "worry")
    assert visitor.answer("work").question == "work"
    assert len(said(visitor.page)) == 1
    assert not visitor.page.all(class_="notice")


def test_starting_again_forgets_everything(visitor: Visitor) -> None:
    restart = visitor.follow(RENT).one("a", has="data-restart")
    page = visitor.open(restart["href"])
    assert page.question == "worry"
    assert said(page) == []
    assert not page.all("input", name="a")


def test_somebody_who_answers_nothing_is_helped_all_the_same(visitor: Visitor) -> None:
    visitor.open("/chat/")
    while visitor.page.question:
        visitor.answer("-")
    assert is_results(visitor.page)
    assert visitor.page.telephones
    assert not visitor.page.all(has="data-crisis")


def test_several_troubles_are_ticked_and_kept(visitor: Visitor) -> None:
    visitor.follow(RENT)
    assert visitor.page.question == "also"
    page = visitor.answer("heart", "single")
    assert "、" in said(page)[2]
    visitor.press_named("edit", "also")
    ticked = [box["value"] for box in visitor.page.all("input", type="checkbox") if "checked" in box.attrs]
    assert ticked == ["single", "heart"]


def test_going_on_without_a_tick_is_no_mistake(visitor: Visitor) -> None:
    visitor.follow(RENT)
    page = visitor.press(visitor.page.one("button", has="data-next"))
    assert page.question != "also"
    assert not page.all(class_="notice")


def test_one_tick_too_many_keeps_the_ticks(visitor: Visitor) -> None:
    visitor.follow(RENT)
    page = visitor.answer("heart", "job", "single", "unable")
    ticked = [box["value"] for box in page.all("input", type="checkbox") if "checked" in box.attrs]
    assert page.question == "also"
    assert ticked
    assert "新しくなった" not in page.main.text


def test_whoever_taps_twice_sees_the_same_page(visitor: Visitor) -> None:
    visitor.open("/")
    button = visitor.page.one("button", data_answer="money")
    assert visitor.press(button).response.content == visitor.press(button).response.content


def test_with_scripts_only_the_step_is_sent_and_it_is_the_same_step(visitor: Visitor) -> None:
    whole = visitor.follow(RENT)
    fields = {"a": ["worry.money"], "q": "money", "c": "rent"}
    step = Page(visitor.client.post("/chat/", fields, headers={"HX-Request": "true"}))
    assert not step.all("html head body main")
    assert step.one(id="chat").text == whole.one(id="chat").text
    assert step.named("data-answer") == whole.named("data-answer")


def test_how_much_is_left_is_never_more_than_said(visitor: Visitor) -> None:
    left = [MOST_QUESTIONS + 1]
    visitor.open("/chat/")
    while visitor.page.question:
        digits = [char for char in visitor.page.one(class_="steps-left").text if char.isdigit()]
        left.append(int(digits[0]))
        visitor.answer("-")
    assert all(after < before for before, after in pairwise(left))


@pytest.mark.parametrize("moment", ["2026-11-25 12:00", "2027-01-01 03:30"])
def test_from_the_first_answer_on_somebody_who_answers_now_is_shown(web: Client, flow: Flow, moment: str) -> None:
    with time_machine.travel(japan(moment), tick=False):
        for key, way in ways_to_questions(flow).items():
            page = Page(web.post("/chat/", {"a": write_pairs(way.answers)}))
            quick = page.all(class_="quick")
            assert len(quick) == bool(way.turns), key
            if quick:
                assert ("いま話せるところ" if way.is_in_danger else "すぐ話したいときは") in quick[0].text
                assert quick[0].all(class_="open"), key


@pytest.mark.parametrize("moment", ["2026-11-25 12:00", "2027-01-01 03:30"])
def test_a_number_is_four_taps_away_at_most(web: Client, flow: Flow, moment: str) -> None:
    """One tap on a first answer, another on the number that it brings up: two of the four."""
    with time_machine.travel(japan(moment), tick=False):
        visitor = Visitor(web)
        for choice in flow.questions[flow.start].choices:
            visitor.open("/")
            assert visitor.answer(choice.key).telephones, choice.key


def test_danger_is_answered_at_once_wherever_it_is_said(visitor: Visitor, flow: Flow, directory: Directory) -> None:
    dangers = ways_to_danger(flow)
    assert len(dangers) > 5
    for (question, key), way in dangers.items():
        visitor.page = Page(visitor.client.post("/chat/", {"a": write_pairs(way.answers)}))
        page = visitor.answer(key)
        assert is_results(page), (question, key)
        card = page.one(has="data-crisis")
        assert page.main.all("section")[0] is card
        assert {"tel:110", "tel:119"} <= set(card.named("href"))
        assert any(directory.supports[slug].is_always_open for slug in card.named("data-support")), (question, key)


def test_below_the_results_of_somebody_in_danger_one_thing_may_be_added(visitor: Visitor) -> None:
    before = visitor.follow({"worry": ("fear",), "fear": ("dv",)})
    assert is_results(before)
    assert before.one(class_="question-below")["data-question"] == "dv-also"
    after = visitor.answer("home")
    assert is_results(after)
    assert after.all(has="data-crisis")
    assert not after.all(class_="question-below")
    assert len(said(after)) == len(said(before)) + 1
    assert after.main.named("data-support") != before.main.named("data-support")


def test_one_tick_too_many_below_the_results_is_said_there(visitor: Visitor) -> None:
    visitor.follow({"worry": ("fear",), "fear": ("dv",)})
    page = visitor.answer("home", "parent", "deaf")
    assert page.all(has="data-crisis")
    asked = page.one(class_="question-below")
    assert asked.one(role="alert").text
    assert len(asked.all("input", has="checked")) == 3


def test_what_was_added_below_the_results_can_be_taken_back(visitor: Visitor) -> None:
    before = visitor.follow({"worry": ("fear",), "fear": ("dv",)}).main.named("data-support")
    visitor.answer("home")
    back = visitor.press_named("back")
    assert back.one(class_="question-below")["data-question"] == "dv-also"
    assert back.main.named("data-support") == before


def test_no_crisis_card_without_danger(visitor: Visitor, flow: Flow) -> None:
    visitor.follow(RENT)
    assert not to_the_end(visitor, flow).all(has="data-crisis")


def test_who_is_under_18_is_shown_the_page_for_them(visitor: Visitor, flow: Flow) -> None:
    question = next(q for q in flow.questions.values() if any(c.leads_to == "under18" for c in q.choices))
    choice = next(c for c in question.choices if c.leads_to == "under18")
    visitor.follow(ways_to_questions(flow)[question.key].answers)
    visitor.answer(choice.key)
    while visitor.page.question:
        visitor.answer("-")
    assert "/under18/" in visitor.page.main.named("href")
