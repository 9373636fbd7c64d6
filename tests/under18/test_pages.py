"""What every page for children holds, whatever it is about. (The `web` fixture lets no page ask the database.)"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from catalog.directory.directory import Directory
from chatbot.flow import SKIPPED, Flow
from chatbot.forms import write_pairs
from tests.site.browsing import Element, Page

from .browse import (
    ADULTS,
    BULLIED,
    CHAT,
    FRONT,
    HIT_AT_HOME,
    TO_READ,
    WANTS_TO_DIE,
    Child,
    questions_of,
    seen,
)

NEUTRAL_TITLES = {
    "みなさんへ｜くらしの案内",
    "よみもの｜くらしの案内",
    "質問｜くらしの案内",
    "案内｜くらしの案内",
    "ヒント｜くらしの案内",
}


@pytest.fixture
def pages(child: Child) -> dict[str, Page]:
    """Every kind of page that a child comes to."""
    found = {address: child.open(address) for address in (FRONT, CHAT, *TO_READ, ADULTS)}
    found["question"] = child.talk(*BULLIED[:2])
    found["asked again"] = child.press_named("edit", "area")
    found["results"] = child.talk(*BULLIED)
    found["link made"] = child.press_named("want", "link")
    found["shared"] = child.open(urlsplit(found["link made"].one(id="made-link")["value"]).path)
    found["danger"] = child.talk(*HIT_AT_HOME)
    found["nothing answered"] = child.talk(SKIPPED, SKIPPED, SKIPPED, SKIPPED)
    found["not understood"] = Page(child.client.post(CHAT, {"a": "band.gone"}))
    return found


def without_adults(pages: dict[str, Page]) -> dict[str, Page]:
    return {name: page for name, page in pages.items() if name != ADULTS}


def test_no_page_leaves_a_cookie_or_may_be_kept(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert not page.response.cookies, name
        assert "no-store" in page.response["Cache-Control"], name


def test_every_page_has_one_heading_of_its_own_and_says_its_language(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert page.one("h1").text, name
        assert page.main.all("h1"), name
        assert page.one("html")["lang"] == "ja", name


def test_titles_and_addresses_say_nothing(pages: dict[str, Page], child: Child) -> None:
    assert {page.one("title").text for page in pages.values()} <= NEUTRAL_TITLES
    seen = set(child.addresses) - {FRONT, CHAT, *TO_READ, ADULTS}
    assert len(seen) == 1  # the link that was asked for
    assert re.fullmatch(r"/under18/r/[0-9a-f]{5}(-[0-9a-f]{5})*/", seen.pop())


def test_nothing_is_asked_of_another_site_and_others_learn_nothing(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        loaded = page.named("src") + [link["href"] for link in page.all("link")]
        sent = page.named("action") + page.named("formaction") + page.named("hx-post")
        assert not [address for address in loaded + sent if urlsplit(address).netloc], name
        out = [link for link in page.all("a") if urlsplit(link["href"]).netloc]
        assert all("noreferrer" in link["rel"] for link in out), name


def test_every_page_can_be_left_at_once(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        exits = page.all("a", href="/exit/")
        assert len(exits) == 2, name  # the first to be reached by keyboard, and the large one
        assert exits[-1] in list(page.one(class_="exit-bar")), name
        assert all("data-exit" in link.attrs for link in exits), name


def test_the_way_to_leave_is_explained_to_a_child(child: Child) -> None:
    words = seen(child.open(FRONT).main)
    assert "「すぐに閉じる」をおすと" in words
    assert "ひらいたきろくはのこります" in words


def test_the_childrens_line_that_never_closes_stands_on_every_page(
    pages: dict[str, Page], directory: Directory
) -> None:
    line = directory.child_crisis_strip
    assert line
    assert line.is_always_open
    for name, page in without_adults(pages).items():
        strip = page.one(class_="strip")
        assert strip.named("href") == ["tel:110", "tel:119", line.contacts[0].tel_uri], name
        assert line.contacts[0].value in strip.text, name


def test_every_page_leads_on_to_somebody(pages: dict[str, Page]) -> None:
    for name, page in without_adults(pages).items():
        assert page.main.all("button", name="c") or page.telephones or name in TO_READ, name


def test_the_page_for_parents_and_teachers_is_in_adults_words(pages: dict[str, Page]) -> None:
    page = pages[ADULTS]
    assert not page.all("ruby")
    assert len(page.main.all("section")) >= 3
    assert all(page.all("a", href=address) for address in (FRONT, "/chat/"))
    assert pages[FRONT].one(class_="site-footer").all("a", href=ADULTS)


def test_there_are_twelve_questions_and_more_to_read(pages: dict[str, Page]) -> None:
    assert len(pages["/under18/questions/"].all("details")) >= 12
    assert all(details.all("p") for details in pages["/under18/questions/"].all("details"))
    assert len(pages["/under18/hints/"].all("section")) >= 4
    assert len(pages["/under18/history/"].all("li")) >= 5


def test_every_choice_has_its_picture_which_is_for_the_eye_alone(web: Client, child_flow: Flow) -> None:
    for band in ("g12", "g34", "hs"):
        for answers in questions_of(child_flow, band).values():
            for choice in Page(web.post(CHAT, {"a": write_pairs(answers)})).all("button", class_="choice"):
                assert choice.one("svg")["aria-hidden"] == "true", choice.text


def card(child: Child, slug: str, *answers: str) -> Element:
    return next(card for card in child.talk(*answers).all("article") if card["data-support"] == slug)


def test_a_card_tells_what_the_child_must_know(child: Child, directory: Directory) -> None:
    words = seen(card(child, "childline", *BULLIED))
    assert directory.supports["childline"].contacts[0].value in words
    for promise in (
        "お金はかからないよ",
        "名前はいわなくていいよ",
        "ひみつはまもるよ",
        "さいしょのことば",
        "つながらないときは",
    ):
        assert promise in words


def test_a_page_speaks_to_older_children_in_one_tone(child: Child) -> None:
    for answers in (WANTS_TO_DIE, ("hs", "home", "hit")):
        words = re.sub("「[^」]*」", "", seen(child.talk(*answers).one("main")))
        assert "お金はかかりません" in words
        assert re.findall(".{6}(?:いよ|るよ|だよ|てね)", words) == []


def test_hours_that_were_not_confirmed_are_called_an_estimate(child: Child, directory: Directory) -> None:
    unconfirmed = [
        (support.slug, contact)
        for support in directory.available
        for contact in support.contacts
        if support.child and contact.timetable.rules and not contact.hours_confirmed
    ]
    assert unconfirmed
    assert any(word in seen(card(child, "inochi-sos", *WANTS_TO_DIE)) for word in ("目安", "だいたい"))
