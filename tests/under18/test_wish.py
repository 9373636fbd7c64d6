"""The switch for ふりがな: the grade and the wish travel with every step, without a cookie and without an address that tells."""

from __future__ import annotations

import re

import pytest

from tests.site.browsing import Page

from .browse import BULLIED, CHAT, FRONT, HIT_AT_HOME, TO_READ, Child, band_pairs, pairs, shown, wish


@pytest.mark.parametrize("answers", [("g34", "friends"), BULLIED, HIT_AT_HOME])
def test_the_wish_for_readings_changes_nothing_else(child: Child, answers: tuple[str, ...]) -> None:
    before = child.talk(*answers)
    for chosen in ("all", "none", ""):
        now = child.press_named("ruby", chosen)
        assert (now.question, shown(now), pairs(now)) == (before.question, shown(before), pairs(before))
        assert wish(now) == chosen


def test_the_wish_for_readings_stays_on_results_that_were_asked_for_early(child: Child) -> None:
    child.talk("g34")
    early = child.press_named("finish")
    assert shown(child.press_named("ruby", "all")) == shown(early)


@pytest.mark.parametrize("start", [BULLIED, HIT_AT_HOME])
def test_grade_and_wish_travel_from_page_to_page_and_back_to_the_same_results(
    child: Child, start: tuple[str, ...]
) -> None:
    child.talk(*start)
    results = child.press_named("ruby", "all")
    for address in (*TO_READ, CHAT):
        page = child.go(address)
        assert page.one(class_="site-nav").all("input", name="a"), address
        assert page.all("ruby"), address
        assert wish(page) == "all", address
    assert (shown(child.page), pairs(child.page)) == (shown(results), pairs(results))
    assert set(child.addresses) == {CHAT, *TO_READ}


def test_a_first_grader_reads_kana_on_the_other_pages_too(child: Child) -> None:
    child.talk("g12")
    for address in TO_READ:
        assert not re.search("[一-鿿]", child.go(address).main.text), address


def test_the_wish_made_on_the_front_page_goes_along_with_the_first_answer(child: Child) -> None:
    child.open(FRONT)
    assert not child.press_named("ruby", "none").all("ruby")
    page = child.answer("g34")
    assert wish(page) == "none"
    assert not page.all("ruby")


def test_the_wish_made_on_a_page_to_read_keeps_the_answers(child: Child) -> None:
    child.talk(*BULLIED)
    child.go(TO_READ[0])
    child.press_named("ruby", "none")
    assert not child.page.all("ruby")
    assert child.addresses[-1] == TO_READ[0]
    assert len(pairs(child.go(CHAT))) == len(BULLIED)


def test_a_wish_that_does_not_exist_is_left_aside(child: Child) -> None:
    assert wish(Page(child.client.post(CHAT, {"a": band_pairs("g12"), "ruby": "gone"}))) == ""
