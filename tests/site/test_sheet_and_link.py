"""What a person takes along: the sheet on paper, and the link that is made only when asked for."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.test import Client

from chatbot.flow import Flow

from .browsing import Page, Visitor
from .walking import POSTED

RENT = {"worry": ("money",), "money": ("rent",), "also": ("single", "heart")}


def shown(page: Page) -> list[str]:
    return page.main.named("data-support")


def make_link(visitor: Visitor) -> str:
    return visitor.press_named("want", "link").one("input", has="data-focus-link")["value"]


def test_the_sheet_names_the_first_of_the_results(visitor: Visitor) -> None:
    first = [
        card["data-support"]
        for card in visitor.results_for(RENT).main.all("article", has="data-support")
        if not any("more" in element["class"].split() for element in card.around)
    ]
    sheet = visitor.press_named("want", "sheet")
    assert shown(sheet) == first
    assert sheet.one("h1").text == "持っていくメモ"


def test_the_sheet_has_a_number_to_call_and_where_to_write(visitor: Visitor) -> None:
    visitor.follow({"worry": ("suicidal",)})
    sheet = visitor.press_named("want", "sheet")
    assert all(entry.all(class_="number") for entry in sheet.all(class_="sheet-entry")[:3])
    assert len(sheet.one(class_="sheet-notes").all("p")) == 2


def test_the_answers_are_not_written_on_the_sheet(visitor: Visitor, flow: Flow) -> None:
    visitor.results_for(RENT)
    sheet = visitor.press_named("want", "sheet")
    labels = [flow.questions[q].choice(key) for q, keys in RENT.items() for key in keys]
    assert not [choice.label for choice in labels if choice and choice.label in sheet.main.text]


def test_from_the_sheet_one_returns_to_the_same_results(visitor: Visitor) -> None:
    results = visitor.results_for(RENT)
    sheet = visitor.press_named("want", "sheet")
    back = next(button for button in sheet.main.all("button") if button["type"] == "submit")
    assert shown(visitor.press(back)) == shown(results)


def test_a_sheet_asked_for_with_answers_of_an_older_release_is_not_blank(web: Client) -> None:
    assert shown(Page(web.post("/chat/", {"a": ["worry.gone"], "want": "sheet"})))


def test_no_link_is_made_unasked(visitor: Visitor) -> None:
    page = visitor.results_for(RENT)
    assert "/r/" not in page.response.content.decode()
    assert not page.all(has="data-focus-link")


def test_opening_the_link_shows_the_same_results(visitor: Visitor) -> None:
    results = shown(visitor.results_for(RENT))
    link = make_link(visitor)
    assert link.startswith(settings.SITE_URL)
    opened = visitor.open(urlsplit(link).path)
    assert shown(opened) == results
    assert not opened.all(class_="notice")


def test_the_link_says_nothing_to_whoever_reads_it(visitor: Visitor, flow: Flow) -> None:
    visitor.results_for(RENT)
    path = urlsplit(make_link(visitor)).path
    assert re.fullmatch(r"/r/[0-9a-f]{5}(-[0-9a-f]{5})*/", path)
    assert not [word for q, keys in RENT.items() for word in (q, *keys) if word in path]


def test_the_person_is_told_what_the_link_shows_to_others(visitor: Visitor) -> None:
    visitor.results_for(RENT)
    made = visitor.press_named("want", "link").one(class_="link-made")
    assert "渡した相手には" in made.text


def test_the_qr_code_carries_the_link(visitor: Visitor) -> None:
    visitor.results_for(RENT)
    link = make_link(visitor)
    drawn = visitor.page.one(class_="qr-box").one("path", class_="qrline")["d"]
    expected = segno.make(link, error="m").svg_inline(border=4)
    assert f'd="{drawn}"' in expected


def test_every_answer_of_the_flow_survives_a_link(web: Client, flow: Flow) -> None:
    for code in flow.link_keys:
        assert web.get(f"/r/{code}/").status_code == 200


def test_a_link_from_results_shown_early_opens_as_results(visitor: Visitor) -> None:
    visitor.follow({"worry": ("work",)})
    results = shown(visitor.press_named("finish"))
    assert shown(visitor.open(urlsplit(make_link(visitor)).path)) == results


def test_a_link_that_is_not_understood_says_so_and_still_helps(web: Client) -> None:
    page = Page(web.get("/r/zzzzz-00000/"))
    assert page.one(class_="notice").text
    assert page.telephones
    assert "/chat/" in page.main.named("href")


def test_whoever_opens_a_link_can_change_an_answer(visitor: Visitor) -> None:
    visitor.results_for(RENT)
    visitor.open(urlsplit(make_link(visitor)).path)
    assert visitor.press_named("edit", "money").question == "money"


def test_neither_sheet_nor_link_may_be_kept_or_indexed(web: Client) -> None:
    for name in ("chat: sheet", "chat: link"):
        page = Page(web.post("/chat/", POSTED[name]))
        assert "no-store" in page.response["Cache-Control"]
        assert page.one("meta", name="robots")["content"] == "noindex"
