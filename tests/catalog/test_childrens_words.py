"""Rules that the words for children keep: those of the content, and those that the program itself says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple

import pytest

from catalog.directory.codes import Level
from catalog.directory.directory import Directory
from catalog.pages.child_cards import PHRASES, child_card
from catalog.text.furigana import broken_marks, pieces, plain, unread_kanji
from tests.catalog.test_content import of, strings
from tests.conftest import at

# How a sentence ends at the other level; what is quoted is the child's own.
OTHER_TONE = {
    Level.EASY: re.compile("(です|ます|ません|ください|でした|ました|でしょう)(か|ね)?$"),
    Level.TEEN: re.compile("(よ|(?<!です)ね|だ|かな)$"),
}
QUOTED = re.compile("「[^」]*」")
# Words that are written in one way throughout a level, as a reader learns them once.
OTHER_SPELLING = {
    Level.EASY: re.compile("せんせい|でんわ|がっこう|もう ?いちど|ちかく|しゃしん|おかね|ともだち|やくしょ"),
    Level.TEEN: re.compile("まよ[っうわ]|なやみ|友だち|ともだち|あぶない|おうち|死にたい"),
}


def texts(level: Level) -> Iterator[tuple[str, str]]:
    """(place, text with readings) of all children's texts of a level, drafts too."""
    for model in ("catalog.childwords", "catalog.childarticle"):
        for fields in of(model):
            place = fields.get("slug") or fields["support"][0]
            yield from (
                (f"{place} {name}", text) for name, text in fields.items() if text and name.startswith(f"{level}_")
            )


def all_texts() -> list[tuple[str, str]]:
    """Without readings and phrase spaces; the page for the adults around them too."""
    ours = [(place, plain(text)) for level in Level for place, text in texts(level)]
    return ours + [
        (tip["slug"], text) for tip in of("catalog.tip") if tip["page"] == "adults" for text in strings(tip["body"])
    ]


@pytest.mark.parametrize("level", Level)
def test_a_card_speaks_in_one_tone(level: Level) -> None:
    said = [*texts(level), *(("said by the program", words) for words in astuple(PHRASES[level]))]
    sentences = [
        (place, sentence.strip())
        for place, text in said
        if not place.endswith("_title")
        for sentence in re.split(r"[。\n]", QUOTED.sub("", plain(text)))
    ]
    assert len(sentences) > 300
    assert [(place, sentence) for place, sentence in sentences if OTHER_TONE[level].search(sentence)] == []


@pytest.mark.parametrize("level", Level)
def test_a_word_is_written_in_one_way_throughout_a_level(level: Level) -> None:
    found = [
        (place, m[0])
        for place, text in texts(level)
        if (m := OTHER_SPELLING[level].search("".join(words for words, _ in pieces(text))))
    ]
    assert found == []


@pytest.mark.parametrize("level", Level)
def test_what_the_program_says_has_readings(level: Level) -> None:
    assert [words for words in astuple(PHRASES[level]) if unread_kanji(words) or broken_marks(words)] == []


def test_permission_is_given_kindly() -> None:
    assert [place for place, text in all_texts() if "かまいません" in text] == []


def test_secrecy_is_never_promised_without_its_limit(directory: Directory) -> None:
    now = at(directory, "2026-11-16 12:00")
    promises = {
        plain(promise)
        for support in directory.available
        if support.child
        for band in directory.age_bands.values()
        if band.code in support.child.bands
        for promise in child_card(support, band, now).promises
    }
    said = [*promises, *(text for _, text in all_texts())]
    keeping = [text for text in said if re.search("(ひみつ|秘密)は、?(まもる|守ります|守られます)", text)]
    assert len(keeping) >= len(Level)
    assert [text for text in keeping if not re.search("あぶない|危ない|だれが連絡したか", text)] == []


@pytest.mark.parametrize(
    ("band", "said"),
    [
        ("g12", ("だれが電話したかは、言わないよ", "きみをまもるために、ほかのおとなと話すことはあるよ")),
        ("hs", ("だれが電話したかは、秘密にしてもらえます", "あなたを守るために、ほかの大人と話すことはあります")),
    ],
)
def test_the_line_against_abuse_says_what_it_passes_on(directory: Directory, band: str, said: tuple[str, str]) -> None:
    now = at(directory, "2026-11-16 12:00")
    card = child_card(directory.supports["jisou-gyakutai-189"], directory.age_bands[band], now)
    who, promise = said
    assert who in plain(card.text.who)
    assert promise in map(plain, card.promises)
    assert not any(re.search("ひみつ|秘密", plain(words)) for words in card.promises)


def test_an_overdose_calls_an_ambulance_even_if_one_feels_fine(directory: Directory) -> None:
    desks = [support for support in directory.available if support.child and "drugs" in support.worries]
    assert desks
    for support in desks:
        assert support.child
        for text in support.child.texts.values():
            said = plain(f"{text.what}{text.if_busy}")
            assert re.search("たくさん飲んで[^。]*元気[^。]*119番", said), support.slug


def test_nobody_is_asked_to_keep_show_or_photograph_a_nude_image() -> None:
    about = [
        (place, sentence)
        for place, text in all_texts()
        for sentence in re.split(r"[。\n]", text)
        if re.search("裸|はだか", sentence) and re.search("残|写し|写さ|見せ|とって", sentence)
    ]
    assert len(about) >= 4
    assert [(place, words) for place, words in about if not re.search("ない|なくて", words)] == []
    assert [place for place, text in all_texts() if re.search("ブロックしたり.*(しないで|する前)", text)] == []


@pytest.mark.parametrize("level", Level)
def test_whoever_wants_to_die_reads_a_number_and_how_to_ask_somebody_to_stay(level: Level) -> None:
    body = next(plain(text) for place, text in texts(level) if place == f"q-want-to-die {level}_body")
    assert "0120-0-78310" in body
    assert "そばにいて" in body
    assert re.search("よる|夜中", body)


def test_the_words_below_a_heading_do_not_repeat_it() -> None:
    """The card's heading is つながらないときは."""
    doubled = [
        place for place, text in all_texts() if "_if_busy" in place and re.search("つながらないとき|^つながら", text)
    ]
    assert doubled == []
    questions = [(row["question"], row["answer"]) for row in of("catalog.faq")]
    questions += [
        (plain(row[f"{level}_title"]), plain(row[f"{level}_body"]))
        for row in of("catalog.childarticle")
        for level in Level
    ]
    repeated = [title for title, body in questions if "つながらない" in title and body.startswith("つながらないとき")]
    assert repeated == []


def test_no_words_are_kept_for_an_entry_that_was_put_away() -> None:
    archived = {row["slug"] for row in of("catalog.support") if row["publication"] == "archived"}
    assert archived
    assert [row["support"][0] for row in of("catalog.childwords") if row["support"][0] in archived] == []
