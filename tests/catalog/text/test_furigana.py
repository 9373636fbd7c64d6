"""Readings: what a child of each grade is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kanji_lists import JOYO, KYOIKU

from catalog.pages.ruby import to_html
from catalog.text.furigana import ALL, PLAIN, Mode, Reading, broken_marks, is_taught, pieces, plain, unread_kanji

GRADES = [
    KYOIKU.REIWA2.GRADE1,
    KYOIKU.REIWA2.GRADE2,
    KYOIKU.REIWA2.GRADE3,
    KYOIKU.REIWA2.GRADE4,
    KYOIKU.REIWA2.GRADE5,
    KYOIKU.REIWA2.GRADE6,
]
# The bands of the page for children, and the grade by whose end a word needs no reading for them.
BANDS = {"g12": 0, "g34": 2, "g56": 4, "jh": 6, "hs": 9}


def test_the_list_in_force_has_1026_kanji_in_six_disjoint_grades() -> None:
    assert [len(grade) for grade in GRADES] == [80, 160, 200, 202, 193, 191]
    assert len(set().union(*GRADES)) == 1026
    assert set().union(*GRADES) <= JOYO


@pytest.mark.parametrize(("band", "taught"), BANDS.items())
def test_a_kanji_is_read_without_help_from_the_grade_after_it_was_taught(band: str, taught: int) -> None:
    for grade, kanji in enumerate(GRADES, start=1):
        assert all(is_taught(character, taught) == (grade <= taught) for character in kanji), (band, grade)
    for character in JOYO - set().union(*GRADES):
        assert is_taught(character, taught) == (taught == 9)


def test_a_word_gets_one_ruby_over_the_whole_if_any_of_its_kanji_is_not_taught() -> None:
    # 電 is taught in grade 2, 話 in grade 2; 相 in grade 3, 談 in grade 3.
    text = "｜電話《でんわ》で｜相談《そうだん》する"
    third = str(to_html(text, Reading(Mode.RUBY, 2)))
    assert third == "電話で<ruby>相談<rp>（</rp><rt>そうだん</rt><rp>）</rp></ruby>する"
    assert str(to_html(text, Reading(Mode.RUBY, 4))) == "電話で相談する"


def test_readings_that_cannot_be_split_stand_over_the_whole_word() -> None:
    assert str(to_html("｜大人《おとな》と｜今日《きょう》", ALL)).count("<ruby>") == 2


def test_kana_keeps_the_spaces_between_phrases_and_kanji_text_may_break_there() -> None:
    text = "｜学校《がっこう》に ｜行《い》くのが つらい"
    assert str(to_html(text, Reading(Mode.KANA))) == "がっこうに いくのが つらい"
    assert plain(text) == "学校に行くのがつらい"
    assert str(to_html(text, PLAIN)) == "学校に<wbr>行くのが<wbr>つらい"


def test_spaces_around_latin_words_stay() -> None:
    assert plain("日本語がにがて / not fluent in Japanese") == "日本語がにがて / not fluent in Japanese"


@pytest.mark.parametrize("broken", ["｜電話《でんわ", "電話《でんわ》", "｜電話《電話》", "話｜す"])
def test_marks_that_do_not_hold_together_are_found(broken: str) -> None:
    assert broken_marks(broken) or unread_kanji(broken)


def test_kanji_without_a_reading_are_named() -> None:
    assert unread_kanji("｜相談《そうだん》の電話") == ["電", "話"]


def test_nothing_that_staff_type_becomes_markup() -> None:
    assert "<script>" not in str(to_html("<script>｜<b>《か》", ALL))


@given(st.text())
def test_any_text_can_be_shown_and_loses_no_letter(text: str) -> None:
    for reading in (PLAIN, ALL, Reading(Mode.KANA), Reading(Mode.RUBY, 3)):
        to_html(text, reading)
    assert "".join(words for words, _ in pieces(text)) == text or "｜" in text
