"""The children's conversation as somebody without scripts has it: questions, results, the link, and what makes no sense."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from catalog.directory.directory import Directory
from chatbot.flow import SKIPPED, Flow
from chatbot.forms import write_pairs
from tests.conftest import japan
from tests.site.browsing import Page

from .browse import (
    ADULTS,
    BULLIED,
    CHAT,
    FRONT,
    HIT_AT_HOME,
    TO_READ,
    WANTS_TO_DIE,
    Child,
    band_pairs,
    pairs,
    questions_of,
    seen,
    shown,
)
from .conftest import AFTER_SCHOOL, HARDEST


def test_the_front_page_asks_for_the_grade_and_leads_on(child: Child, child_flow: Flow) -> None:
    page = child.open(FRONT)
    assert page.question == "band"
    assert page.named("data-answer") == [choice.key for choice in child_flow.questions["band"].choices]
    assert child.answer("g12").question == "young"
    assert child.addresses == [FRONT, CHAT]


@pytest.mark.parametrize("moment", [AFTER_SCHOOL, HARDEST])
def test_somebody_who_answers_now_is_one_tap_away_from_the_start(web: Client, child_flow: Flow, moment: str) -> None:
    with time_machine.travel(japan(moment), tick=False):
        asked = [Page(web.get(FRONT))]
        for band in ("g12", "g34", "g56", "jh", "hs"):
            ways = questions_of(child_flow, band).values()
            asked += [Page(web.post(CHAT, {"a": write_pairs(answers)})) for answers in ways]
        for page in asked:
            assert page.one(class_="quick").all(class_="open"), page.question


def test_the_results_are_few_and_the_first_answers_now(child: Child) -> None:
    page = child.talk(*BULLIED)
    assert len(shown(page)) == 3
    first = page.all("article")[0]
    assert first.all(class_="contact")[0]["class"].split() == ["contact", "open"]
    assert [link for link in first.named("href") if link.startswith("tel:")]
    assert not page.all("button", name="c")


@pytest.mark.parametrize(("answers", "numbers"), [(WANTS_TO_DIE, {"110", "119"}), (HIT_AT_HOME, {"110", "119", "189"})])
def test_danger_leads_at_once_to_who_answers_and_to_the_short_numbers(
    child: Child, directory: Directory, answers: tuple[str, ...], numbers: set[str]
) -> None:
    page = child.talk(*answers)
    crisis = page.one(class_="crisis")
    assert page.main.all("section")[0] is crisis
    assert {link.removeprefix("tel:") for link in crisis.named("href")} >= numbers
    assert directory.supports[crisis.one("article")["data-support"]].is_always_open
    assert not page.question


def test_no_crisis_card_without_danger(child: Child) -> None:
    assert not child.talk(*BULLIED).all(class_="crisis")


def test_who_answers_nothing_is_helped_all_the_same(child: Child) -> None:
    assert len(shown(child.talk(SKIPPED, SKIPPED, SKIPPED, SKIPPED))) == 3


def test_back_returns_to_the_question_before(child: Child) -> None:
    child.talk(*BULLIED)
    for question in ("more", "way", "friends", "area", "band"):
        assert child.press_named("back").question == question
    assert not child.page.all("button", name="back")
    assert pairs(child.page) == []


def test_an_earlier_answer_is_changed_where_it_stands_and_the_later_ones_stay(child: Child) -> None:
    before = child.talk(*BULLIED)
    page = child.press_named("edit", "friends")
    assert page.question == "friends"
    assert page.one(class_="marked")["data-answer"] == "bullying"
    assert shown(child.answer("bullying")) == shown(before)
    child.press_named("edit", "friends")
    assert len(pairs(child.answer("friends"))) == len(BULLIED)


def test_another_grade_is_asked_its_own_questions(child: Child) -> None:
    child.talk(*BULLIED)
    child.press_named("edit", "band")
    page = child.answer("hs")
    assert page.question == "teen"
    assert pairs(page) == ["band.hs"]
    assert not page.all(class_="notice")


def test_the_results_can_be_seen_before_all_is_answered(child: Child) -> None:
    child.talk("g56", "net")
    assert 3 <= len(shown(child.press_named("finish"))) <= 5


def test_starting_again_forgets_everything(child: Child) -> None:
    restart = child.talk(*BULLIED).one("a", has="data-restart")
    page = child.open(restart["href"])
    assert page.question == "band"
    assert pairs(page) == []


def test_an_answer_in_the_address_is_not_read(child: Child) -> None:
    assert child.open(f"{CHAT}?a=band.g12&q=young&c=heart&ruby=all").question == "band"


def test_with_scripts_too_the_whole_page_comes_in_words_of_the_grade(web: Client) -> None:
    """The head and the foot are read by the same child."""
    step = Page(web.post(CHAT, {"a": band_pairs("g12")}, headers={"HX-Request": "true"}))
    assert step.question == "young"
    assert "しつもん" in seen(step.one(class_="site-nav"))


def test_the_words_stay_in_kana_while_the_grade_is_asked_again(web: Client) -> None:
    asked = Page(web.post(CHAT, {"a": [*band_pairs("g12"), "young.heart"], "edit": "band"}))
    assert asked.question == "band"
    assert "えらんで ください" in seen(asked.one(class_="question"))
    assert not asked.main.all("ruby")


def test_there_is_no_sheet_for_a_child_to_ask_for(child: Child) -> None:
    before = child.talk(*BULLIED)
    assert not before.all("button", value="sheet")
    assert shown(Page(child.client.post(CHAT, {"a": pairs(before), "want": "sheet"}))) == shown(before)


# ---- The link that is made only when asked for ----


def test_a_link_shows_the_same_and_says_nothing_to_whoever_reads_it(child: Child) -> None:
    results = child.talk(*BULLIED)
    assert "/under18/r/" not in results.response.content.decode()
    made = child.press_named("want", "link")
    link = made.one(id="made-link")["value"]
    assert link.startswith(f"{settings.SITE_URL}/under18/r/")
    assert made.one(class_="qr-box").all("svg")
    opened = child.open(urlsplit(link).path)
    assert shown(opened) == shown(results)
    assert not opened.all(class_="notice")
    assert opened.one("meta", name="robots")["content"] == "noindex"
    assert child.press_named("edit", "friends").question == "friends"


def test_every_answer_survives_a_link(web: Client, child_flow: Flow) -> None:
    for code in child_flow.link_keys:
        assert web.get(f"/under18/r/{code}/").status_code == 200


def test_a_link_that_is_not_understood_says_so_and_still_helps(child: Child) -> None:
    page = child.open("/under18/r/zzzzz-00000/")
    assert page.one("p", class_="notice").text
    assert len(shown(page)) == 3


def test_search_engines_are_asked_to_leave_the_links_alone(web: Client) -> None:
    forbidden = re.findall("Disallow: (.*)", web.get("/robots.txt").content.decode())
    assert any("/under18/r/zzzzz/".startswith(path) for path in forbidden)


# ---- What makes no sense, and the other page ----

FORGED: list[dict[str, object]] = [
    {"a": ["band.gone"]},
    {"a": ["gone.gone"]},
    {"a": ["band.g12", "young.gone"]},
    {"a": ["band.g12", "band.hs"]},
    {"a": ["worry.money"]},  # an answer of the general page
    {"q": "band", "c": "gone"},
    {"q": "gone", "c": "gone"},
    {"a": ["band.gone"], "finish": "1"},
]
HARMLESS: list[dict[str, object]] = [
    {"a": ["", ".", "band.", ".g12", "band", "." * 300]},
    {"a": ["band.g12"], "back": "gone", "edit": "gone", "want": "gone"},
    {"a": ["band.a19"]},
    {"q": "x" * 5000, "ruby": "x" * 5000},
    {"back": "band"},
    {"skip": "1"},
]


@pytest.mark.parametrize("fields", FORGED, ids=str)
def test_what_is_not_understood_is_said_kindly_and_the_conversation_goes_on(
    web: Client, fields: dict[str, object]
) -> None:
    page = Page(web.post(CHAT, fields))
    assert page.response.status_code == 200
    assert page.one("p", class_="notice").text
    assert page.all("button", name="c") or shown(page)


@pytest.mark.parametrize("fields", HARMLESS, ids=str)
@pytest.mark.parametrize("address", [CHAT, FRONT, *TO_READ])
def test_odd_fields_harm_nobody(web: Client, address: str, fields: dict[str, object]) -> None:
    page = Page(web.post(address, fields))
    assert page.response.status_code == 200
    assert page.one("h1").text


@pytest.mark.parametrize("address", [CHAT, FRONT, ADULTS, *TO_READ, "/under18/r/zzzzz/"])
def test_a_wrong_method_gets_a_page_with_a_way_on(web: Client, address: str) -> None:
    response = web.delete(address)
    assert response.status_code == 405
    assert Page(response).main.all("a")


def test_the_general_page_knows_nothing_of_readings(web: Client, directory: Directory) -> None:
    plain = Page(web.post("/chat/", {"a": ["worry.money"]}))
    wished = Page(web.post("/chat/", {"a": ["worry.money"], "ruby": "all"}))
    assert wished.response.content == plain.response.content
    assert not plain.all("ruby") + plain.all("input", name="ruby") + plain.all(class_="readings")
    assert "《" not in plain.response.content.decode()
    assert directory.crisis_strip
    assert plain.one(class_="strip").named("href")[-1] == directory.crisis_strip.contacts[0].tel_uri


def test_an_answer_of_a_child_means_nothing_on_the_general_page(web: Client) -> None:
    page = Page(web.post("/chat/", {"a": ["band.g12"]}))
    assert page.question == "worry"
    assert page.one("p", class_="notice").text
