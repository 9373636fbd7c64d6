"""よくある質問 and 専門家からのヒント."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from catalog.directory.directory import Directory
from catalog.directory.entries import Tip
from tests.conftest import japan

from .browsing import Page, Visitor


def general_tips(directory: Directory) -> list[Tip]:
    return [tip for tip in directory.tips if tip.page == "general"]


def test_every_frequent_question_stands_once_in_its_group(visitor: Visitor, directory: Directory) -> None:
    page = visitor.open("/faq/")
    groups = page.main.all("section")
    headings = [group.one("h2").text for group in groups]
    assert len(headings) == len(set(headings)) > 1
    asked = [(group.one("h2").text, row.one("h3").text) for group in groups for row in group.all("details")]
    assert sorted(asked) == sorted((row.group_label, row.question) for row in directory.faqs)
    assert len(asked) >= 15


def test_every_frequent_question_has_its_answer(visitor: Visitor) -> None:
    assert all(row.one("div").text for row in visitor.open("/faq/").all("details"))


def test_every_tip_is_listed_with_what_it_is_about(visitor: Visitor, directory: Directory) -> None:
    rows = visitor.open("/tips/").one(class_="tips").all("li")
    assert [row.one("a").text for row in rows] == [tip.title for tip in general_tips(directory)]
    assert len(rows) >= 12
    for row, tip in zip(rows, general_tips(directory), strict=True):
        assert tip.summary in row.text
        assert tip.standpoint_label in row.text


def test_every_tip_opens_and_cites_its_sources(visitor: Visitor, directory: Directory) -> None:
    for tip in general_tips(directory):
        page = visitor.open(f"/tips/{tip.slug}/")
        assert page.one("h1").text == tip.title
        assert tip.standpoint_label in page.main.text
        cited = page.one(class_="sources").all("li")
        assert len(cited) == len(tip.sources) > 0
        assert [link["href"] for link in page.one(class_="sources").all("a")] == [s.url for s in tip.sources if s.url]


def test_the_tips_can_be_read_one_after_the_other_all_the_way_round(visitor: Visitor, directory: Directory) -> None:
    address, read = f"/tips/{general_tips(directory)[0].slug}/", []
    for _ in general_tips(directory):
        read.append(address)
        forward = [a for a in visitor.open(address).main.all("a") if a.text.startswith("次のヒント")]
        address = forward[0]["href"]
    assert len(set(read)) == len(general_tips(directory))
    assert address == read[0]


def test_a_tip_says_whose_guidance_it_rests_on_and_that_no_person_wrote_it(
    visitor: Visitor, directory: Directory
) -> None:
    for tip in general_tips(directory):
        text = visitor.open(f"/tips/{tip.slug}/").main.text
        assert f"公表された資料（{'、'.join(tip.rests_on)}）をもとに、このサイトで編集しました" in text
        assert "特定の専門家が書いたものではありません" in text
    for address in ("/tips/", "/under18/adults/"):
        assert "このサイトで編集しました" in visitor.open(address).main.text


@pytest.mark.parametrize("address", ["/faq/", "/tips/sleep-and-meals/"])
def test_who_is_named_can_be_called_and_one_sees_whether_they_answer(web: Client, address: str) -> None:
    """A page of an earlier moment is not kept."""
    with time_machine.travel(japan("2026-11-25 12:00"), tick=False):
        response = web.get(address)
    assert "no-store" in response["Cache-Control"]
    reach = [part.text for part in Page(response).all("span", class_="reach")]
    assert any("0120-279-338" in text and "いま つながります（24時間）" in text for text in reach)
    assert "tel:0120279338" in Page(response).main.named("href")


def test_the_state_of_who_is_named_changes_with_the_hour(web: Client) -> None:
    with time_machine.travel(japan("2026-11-25 18:00"), tick=False):
        evening = web.get("/faq/").content.decode()
    with time_machine.travel(japan("2026-11-25 23:00"), tick=False):
        night = web.get("/faq/").content.decode()
    childline = 'href="tel:0120997777">0120-99-7777</a>、18歳までの子ども専用、無料、'
    assert f"{childline}いま つながります" in evening
    assert f"{childline}いまは時間外です" in night


def test_several_professions_speak(directory: Directory) -> None:
    assert len({tip.standpoint_label for tip in general_tips(directory)}) >= 4


def test_what_staff_wrote_is_shown_as_text_and_not_as_code(visitor: Visitor, directory: Directory) -> None:
    """Markdown becomes headings and lists: none of its signs is left over."""
    for address in ("/faq/", *(f"/tips/{tip.slug}/" for tip in general_tips(directory))):
        prose = visitor.open(address).main.all(class_="prose")
        assert prose
        assert not [part for part in prose if "**" in part.text or "## " in part.text or "](" in part.text]


def test_from_every_text_one_can_go_on_searching(visitor: Visitor, directory: Directory) -> None:
    for address in ("/faq/", f"/tips/{general_tips(directory)[0].slug}/"):
        assert "/chat/" in visitor.open(address).main.named("href")


def test_an_unknown_tip_is_not_found(web: Client) -> None:
    response = web.get("/tips/gone/")
    assert response.status_code == 404
    assert "tel:110" in Page(response).named("href")
