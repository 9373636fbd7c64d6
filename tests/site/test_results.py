"""What a person is shown at the end of the conversation."""

from __future__ import annotations

import time_machine
from django.test import Client

from catalog.directory.directory import Directory
from tests.conftest import at, japan

from .browsing import Element, Page, Visitor
from .conftest import NOON

RENT = {"worry": ("money",), "money": ("rent",), "also": ("-",)}


def cards(within: Element) -> list[Element]:
    return within.all("article", has="data-support")


def section(page: Page, title_id: str) -> Element:
    return page.one("section", aria_labelledby=title_id)


def behind_more(card: Element) -> bool:
    return any("more" in element["class"].split() for element in card.around)


def test_who_to_talk_to_stands_before_what_to_apply_for(visitor: Visitor, directory: Directory) -> None:
    page = visitor.results_for(RENT)
    talk, use = section(page, "talk-title"), section(page, "use-title")
    order = page.main.all("section")
    assert order.index(talk) < order.index(use)
    kinds = [directory.supports[card["data-support"]].kind for card in cards(talk)]
    assert "programme" not in kinds
    assert {directory.supports[card["data-support"]].kind for card in cards(use)} == {"programme"}


def test_three_or_four_of_each_are_enough_at_first(visitor: Visitor) -> None:
    page = visitor.results_for(RENT)
    for title in ("talk-title", "use-title"):
        first = [card for card in cards(section(page, title)) if not behind_more(card)]
        assert len(first) in (3, 4)  # one more, where all of them are named first
    assert any(behind_more(card) for card in cards(page))


def test_nothing_is_shown_twice(visitor: Visitor) -> None:
    shown = [card["data-support"] for card in cards(visitor.results_for(RENT))]
    assert len(shown) == len(set(shown))


def test_each_card_says_why_it_is_here(visitor: Visitor) -> None:
    page = visitor.results_for(RENT)
    assert all(card.one("p", class_="reason").text for card in cards(page) if not behind_more(card))


def test_each_card_leads_to_the_page_of_its_entry(visitor: Visitor, directory: Directory) -> None:
    for card in cards(visitor.results_for(RENT)):
        support = directory.supports[card["data-support"]]
        assert card.all("h3")[0].all("a")[0]["href"] == f"/list/{support.public_id}/"
        assert card.all("h3")[0].text == support.name


def test_whoever_gets_no_answer_is_told_whom_to_try_next(web: Client, directory: Directory) -> None:
    """At night, and with a number that is not the one they tried."""
    with time_machine.travel(japan("2026-11-28 03:00"), tick=False):
        page = Visitor(web).follow({"worry": ("suicidal",)})
    here = at(directory, "2026-11-28 03:00")
    answering = {s.name: s for s in directory.available if here.open_contact(s)}
    for card in cards(section(page, "crisis-title")):
        link = card.one(class_="next-one").one("a")
        number = "".join(part.text for part in link.all(class_="number"))
        name = link.text.removesuffix(number).strip()
        assert name in answering
        assert answering[name].slug != card["data-support"]
        assert link["href"].startswith(("tel:", "/list/"))


def test_what_answers_now_is_marked_so_and_what_is_closed_is_not(web: Client, directory: Directory) -> None:
    for moment in (NOON, "2027-01-01 03:30"):
        here = at(directory, moment)
        with time_machine.travel(japan(moment), tick=False):
            page = Visitor(web).results_for(RENT)
        marked = {
            card["data-support"]: any("つながります" in state.text for state in card.all(class_="open"))
            for card in cards(page)
        }
        assert page.one(class_="now").one(class_="open").text
        for slug, is_marked in marked.items():
            if is_marked:
                assert here.open_contact(directory.supports[slug]), slug


def test_results_can_be_seen_before_the_questions_end(visitor: Visitor) -> None:
    visitor.follow({"worry": ("work",)})
    page = visitor.press_named("finish")
    assert not page.question
    assert len(cards(page)) >= 3


def test_after_early_results_the_questions_go_on(visitor: Visitor) -> None:
    visitor.follow({"worry": ("work",)})
    visitor.press_named("finish")
    assert visitor.press_named("go_on").question == "work"


def test_back_from_early_results_asks_the_last_question_again(visitor: Visitor) -> None:
    visitor.follow({"worry": ("work",)})
    visitor.press_named("finish")
    assert visitor.press_named("back").question == "worry"


def test_an_answer_can_be_changed_from_early_results(visitor: Visitor) -> None:
    visitor.follow({"worry": ("work",)})
    visitor.press_named("finish")
    assert visitor.press_named("edit", "worry").question == "worry"
