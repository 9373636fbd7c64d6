"""Answers that make no sense, because the Release changed meanwhile or somebody made them up: a kind page with a way on."""

from __future__ import annotations

import pytest
from django.test import Client

from .browsing import Page, Visitor

FORGED: list[dict[str, object]] = [
    {"a": ["worry.gone"]},
    {"a": ["gone.gone"]},
    {"a": ["worry.money", "money.gone"]},
    {"a": ["worry.money", "worry.work"]},
    {"a": ["worry.-", "worry.money"]},
    {"q": "worry", "c": "gone"},
    {"q": "worry", "c": ["money", "work"]},
    {"q": "gone", "c": "gone"},
    {"a": ["worry.money", "money.rent", "also.heart", "also.job", "also.single", "also.unable"]},
    {"a": ["worry.gone"], "finish": "1"},
]
HARMLESS: list[dict[str, object]] = [
    {"a": ["", ".", "worry.", ".money", "worry", "." * 300]},
    {"a": ["worry.money"], "back": "gone", "edit": "gone"},
    {"a": ["worry.money"], "want": "gone"},
    {"a": [f"x{number}" for number in range(500)]},
    {"q": "x" * 5000},
    {"back": "worry"},
    {"skip": "1"},
    {"next": "1"},
]


def has_a_way_on(page: Page) -> bool:
    return bool(page.main.all("button", has="data-answer") or page.telephones)


@pytest.mark.parametrize("fields", FORGED, ids=str)
def test_what_is_not_understood_is_said_kindly_and_the_conversation_goes_on(
    web: Client, fields: dict[str, object]
) -> None:
    page = Page(web.post("/chat/", fields))
    assert page.response.status_code == 200
    assert page.one("p", class_="notice").text
    assert has_a_way_on(page)


@pytest.mark.parametrize("fields", HARMLESS, ids=lambda fields: str(fields)[:40])
def test_what_means_nothing_is_left_aside(web: Client, fields: dict[str, object]) -> None:
    page = Page(web.post("/chat/", fields))
    assert page.response.status_code == 200
    assert not page.all("p", class_="notice")
    assert has_a_way_on(page)


def test_after_a_lost_answer_the_earlier_ones_are_still_there(visitor: Visitor) -> None:
    visitor.follow({"worry": ("money",)})
    visitor.page = Page(visitor.client.post("/chat/", {"a": ["worry.money", "money.gone", "also.heart"]}))
    assert visitor.page.question == "money"
    assert not visitor.answer("rent").all("p", class_="notice")


def test_an_answer_cannot_write_into_the_page(web: Client) -> None:
    evil = '"><script>alert(1)</script>'
    for fields in (
        {"a": [f"worry.{evil}"]},
        {"a": ["worry.money", f"also.{evil}"], "edit": "worry"},
        {"q": evil, "c": evil},
    ):
        page = Page(web.post("/chat/", fields))
        assert "<script>alert" not in page.response.content.decode()
        assert page.badly_closed == []
