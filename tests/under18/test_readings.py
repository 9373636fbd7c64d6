"""ふりがな: every kanji that a child sees can be read by that child, on the real content and on the pages as they are made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from kanji_lists import JOYO, KYOIKU

from catalog.directory.directory import Directory
from catalog.hours.child_wording import child_hours_words, child_state_words
from catalog.hours.description import describe
from catalog.pages.ruby import to_html
from catalog.text.child_phrases import EASY, TEEN
from catalog.text.furigana import Mode, Reading, broken_marks, pieces, unread_kanji
from chatbot.conversation import Step
from chatbot.flow import SKIPPED, Flow
from chatbot.forms import write_link, write_pairs
from chatbot.replay import Conversation
from tests.conftest import at, japan
from tests.site.browsing import Element, Page

from .browse import BANDS, CHAT, FRONT, TO_READ, band_pairs, questions_of, seen, words
from .conftest import AFTER_SCHOOL, HARDEST

KANJI = re.compile(r"[㐀-䶿一-鿿豈-﫿々]")
KANA = re.compile(r"[ぁ-ゖァ-ヺー・ ]+")
TAUGHT = [getattr(KYOIKU.REIWA2, f"GRADE{grade}") for grade in range(1, 7)]
BY_GRADE_6 = "".join("".join(grade) for grade in TAUGHT)
# Which kanji may stand bare: those taught by the end of the grade below the band's lowest. In 小1・2 no kanji stands at all.
MAY_STAND_BARE = {
    "g34": set().union(*TAUGHT[:2]), "g56": set().union(*TAUGHT[:4]), "jh": set().union(*TAUGHT), "hs": set(BY_GRADE_6) | set(JOYO),
    "any": set(), SKIPPED: set(),
}  # fmt: skip
MOMENTS = (AFTER_SCHOOL, HARDEST)


def test_every_kanji_of_the_content_has_a_reading_and_no_mark_is_broken(directory: Directory, child_flow: Flow) -> None:
    texts = dict(content(directory, child_flow))
    assert len(texts) > 800
    assert {where: unread_kanji(text) for where, text in texts.items() if unread_kanji(text)} == {}
    assert [where for where, text in texts.items() if broken_marks(text)] == []


def content(directory: Directory, flow: Flow) -> Iterator[tuple[str, str]]:
    for support in directory.supports.values():
        for level, text in support.child.texts.items() if support.child else ():
            for part in ("name", "what", "who", "say", "if_busy"):
                yield f"{support.slug} {level} {part}", getattr(text, part)
    for article in directory.child_articles:
        for level in article.bodies:
            yield f"{article.slug} {level} title", article.titles[level]
            yield f"{article.slug} {level} body", article.bodies[level]
    for question in flow.questions.values():
        yield from (
            (f"{question.key} {n}", words)
            for n, words in enumerate((question.prompt, question.help, question.skip_label))
        )
        for choice in question.choices:
            yield f"{question.key}.{choice.key}", choice.label
            yield f"{question.key}.{choice.key} help", choice.help


def test_a_reading_stands_over_kanji_alone_with_the_okurigana_outside(directory: Directory, child_flow: Flow) -> None:
    marks = {words for _, text in content(directory, child_flow) for words, reading in pieces(text) if reading}
    assert [words for words in marks if not (KANJI.match(words[0]) and KANJI.match(words[-1]))] == []


def test_every_word_of_the_interface_has_a_reading() -> None:
    """Also what no page of these tests happens to show."""
    templates = [path.read_text(encoding="utf-8") for path in Path(settings.BASE_DIR, "templates").rglob("*.html")]
    said = [words for template in templates for words in re.findall(r'{% say "([^"]*)"', template)]
    assert len(said) > 50
    assert [words for words in said if unread_kanji(words) or broken_marks(words)] == []


def test_what_is_said_about_the_hours_has_readings_at_any_hour(directory: Directory) -> None:
    contacts = [contact for s in directory.available if s.child for contact in s.contacts]
    moments = [japan("2026-12-27 00:30") + timedelta(hours=5 * n) for n in range(60)]
    tables = {contact.timetable for contact in contacts}
    said: set[str] = set()
    for say in (EASY, TEEN):
        said |= {child_state_words(table.at(moment), moment, say) for table in tables for moment in moments}
        said |= {words for table in tables for words in child_hours_words(describe(table), say)}
    assert len(said) > 50
    assert [words for words in said if unread_kanji(words) or broken_marks(words)] == []


def test_a_date_is_read_as_it_is_spoken(directory: Directory) -> None:
    """On 12/28 after hours こどもの人権110番 opens again on 1/4, よっか."""
    line = directory.supports["kodomo-jinken-110"].contacts[0]
    moment = japan("2026-12-28 20:00")
    said = child_state_words(line.timetable.at(moment), moment, EASY)
    assert "1がつ" in to_html(said, Reading(Mode.KANA))
    assert "よっか" in to_html(said, Reading(Mode.KANA))


# ---- The pages as they are made ----


@pytest.fixture(scope="module")
def ends(
    conversations: list[Conversation], child_flow: Flow, directory: Directory
) -> dict[str, list[tuple[str, Conversation]]]:
    """For each band, conversations that between them show all that is ever shown to it, by day and by night."""
    found: dict[str, list[tuple[str, Conversation]]] = {band: [] for band in BANDS}
    seen: set[tuple[str, str, str]] = set()
    for moment in MOMENTS:
        now = at(directory, moment)
        for each in conversations:
            band = each.turns[0].keys[0]
            shown = Step(now, child_flow, each).results.child
            new = {(band, moment, match.support.slug) for match in shown} - seen
            if new:
                seen |= new
                found[band].append((moment, each))
    return found


def pages(
    web: Client, flow: Flow, band: str, wish: str, ends: list[tuple[str, Conversation]]
) -> Iterator[tuple[str, Page]]:
    """What a child of a band can come to, with a name for it."""
    carried = {"a": band_pairs(band), "ruby": wish}
    for address in (FRONT, *TO_READ):
        yield address, Page(web.post(address, carried))
    for question, answers in questions_of(flow, band).items():
        yield f"question {question}", Page(web.post(CHAT, {"a": write_pairs(answers), "ruby": wish}))
    two = next(answers for answers in questions_of(flow, band).values() if len(answers) == 2)
    yield "asked again", Page(web.post(CHAT, {"a": write_pairs(two), "ruby": wish, "edit": list(two)[1]}))
    yield "not understood", Page(web.post(CHAT, {"a": [*band_pairs(band), "gone.gone"], "ruby": wish}))
    for moment, each in ends:
        with time_machine.travel(japan(moment), tick=False):
            given = write_pairs(each.answers)
            yield f"results of {given} at {moment}", Page(web.post(CHAT, {"a": given, "ruby": wish}))
    yield "results early", Page(web.post(CHAT, {**carried, "finish": "1"}))
    yield "link made", Page(web.post(CHAT, {**carried, "finish": "1", "want": "link"}))
    if not wish:  # a link carries answers, not a wish
        yield "shared", Page(web.get(f"/under18/r/{write_link(flow, {'band': (band,)})}/"))
        yield "shared and not understood", Page(web.get(f"/under18/r/{write_link(flow, {'band': (band,)})}-zzzzz/"))


def bare(page: Page) -> dict[str, str]:
    """The kanji over which no reading stands, with the text that they stand in; what is marked おとなの ひとへ aside."""
    return {
        kanji: text.strip()
        for text, where in for_children(page)
        for kanji in KANJI.findall(text)
        if not _is_read(where)
    }


def for_children(page: Page) -> Iterator[tuple[str, Element]]:
    for text, where in words(page):
        if not any("for-adults" in element["class"].split() for element in (where, *where.around)):
            yield text, where


def _is_read(where: Element) -> bool:
    return where.tag == "ruby" and any(rt.text for rt in where.all("rt"))


def is_proper(ruby: Element) -> bool:
    """<ruby>相談<rp>（</rp><rt>そうだん</rt><rp>）</rp></ruby>"""
    if [part if isinstance(part, str) else part.tag for part in ruby.parts[1:]] != ["rp", "rt", "rp"]:
        return False
    base, *signs = [part if isinstance(part, str) else "".join(map(str, part.parts)) for part in ruby.parts]
    return bool(KANJI.search(base)) and signs[0] == "（" and bool(KANA.fullmatch(signs[1])) and signs[2] == "）"


@pytest.mark.usefixtures("after_school")
@pytest.mark.parametrize("band", BANDS)
def test_each_grade_can_read_every_page(
    web: Client, child_flow: Flow, ends: dict[str, list[tuple[str, Conversation]]], band: str
) -> None:
    seen = 0
    for name, page in pages(web, child_flow, band, "", ends[band]):
        seen += 1
        if band == "g12":
            assert not KANJI.search("".join(text for text, _ in for_children(page))), (name, bare(page))
            assert not page.all("ruby"), name
        else:
            assert {kanji: where for kanji, where in bare(page).items() if kanji not in MAY_STAND_BARE[band]} == {}, (
                name
            )
        assert all(map(is_proper, page.all("ruby"))), name
    assert seen > 15


@pytest.mark.usefixtures("after_school")
@pytest.mark.parametrize("band", BANDS)
def test_readings_over_everything_leave_no_kanji_out(
    web: Client, child_flow: Flow, ends: dict[str, list[tuple[str, Conversation]]], band: str
) -> None:
    for name, page in pages(web, child_flow, band, "all", ends[band]):
        assert bare(page) == {}, name
        assert page.all("ruby"), name
        assert all(map(is_proper, page.all("ruby"))), name


@pytest.mark.usefixtures("after_school")
@pytest.mark.parametrize("band", BANDS)
def test_who_wants_no_readings_gets_none(
    web: Client, child_flow: Flow, ends: dict[str, list[tuple[str, Conversation]]], band: str
) -> None:
    for name, page in pages(web, child_flow, band, "none", ends[band]):
        assert not page.all("ruby") + page.all("rt") + page.all("rp"), name
        assert bare(page), name  # so there was something to read
        assert not re.search("[｜《》]", "".join(text for text, _ in words(page))), name


@pytest.mark.parametrize(
    ("band", "read"), [("any", "金警察"), ("g34", "警察"), ("g56", "警察"), ("jh", ""), ("hs", "")]
)
def test_the_same_words_show_fewer_readings_the_older_the_child(web: Client, band: str, read: str) -> None:
    """On the strip of every page: 金 is taught in the first grade, 察 in the fourth, 警 in the sixth."""
    strip = Page(web.post(FRONT, {"a": band_pairs(band)})).one(class_="strip")
    shown = {seen(ruby) for ruby in strip.all("ruby")}
    assert {word for word in ("金", "警察") if word in shown} == {word for word in ("金", "警察") if word in read}
    assert "警察" in seen(strip)


@pytest.mark.parametrize("address", ["/under18/nothing/", "/under18/r/"])
def test_a_child_can_read_that_a_page_is_not_there(web: Client, address: str) -> None:
    response = web.get(address)
    assert response.status_code == 404
    assert bare(Page(response)) == {}
