"""Whatever somebody at the desk sends, reading it takes time in proportion to its length: one request cannot stop a worker."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from catalog.hours import notation, period_notation
from catalog.hours.timetable import parse_clock, parse_periods
from catalog.models.child_words import validate_readings
from catalog.models.citation import is_public_url, looks_like_address
from catalog.models.guidance import validate_markdown
from catalog.pages.ruby import to_html
from catalog.text import furigana, markdown, phone, spreadsheet
from catalog.text.plain_language import remarks

LONG = 100_000  # characters
SHARE = 4  # the shorter text is a fourth of the longer one
MOST_TIMES_LONGER = 10  # proportion makes it 4 times longer, a quadratic pattern 16 times
TOO_SHORT_TO_MEASURE = 0.05  # seconds

READERS: dict[str, Callable[[str], Any]] = {
    "remarks": lambda text: remarks(text, names=["あかりの会"]),
    "remarks on children's words": lambda text: remarks(text, for_children=True),
    "readings": validate_readings,
    "plain words": furigana.plain,
    "kana": furigana.kana,
    "ruby": lambda text: to_html(text, furigana.ALL),
    "hours": notation.read_hours,
    "periods": period_notation.read_periods,
    "stored periods": parse_periods,
    "clock": parse_clock,
    "telephone": lambda text: (phone.is_wellformed(text), phone.tel_uri(text), phone.find_numbers(text)),
    "address": lambda text: (is_public_url(text), looks_like_address(text), is_public_url(f"https://a.example/{text}")),
    "Markdown": lambda text: validate_markdown("body", text),
    "cell": lambda text: spreadsheet.unsafe(spreadsheet.safe(text)),
}
PIECES = (
    " ", "\n", "\t\n", "\u3000", "[", "](", "[](", "![", "「", "「あ", "1", "12", "-", "〜", " 〜 ", "から", "、", "漢", "あ", "｜", "《",
    "｜《", "｜漢", "｜漢《か》", "#", "# ", "*", "_", "`", ">", "<", "&", "\\", "'", "http://a", "a:", "月", "1月", "第1・", "毎月1日",
    "9:00-", "9:00-10:00 ",
)  # fmt: skip
# A pattern may need a beginning before it goes astray, and an end that disappoints it.
BEGINNINGS = ("毎月", "第1", "1-", "9:00-", "平日", "「", "[a](", "｜", "1月", "(祝も")
ENDS = ("", " 9:00-17:00")


def seconds(read: Callable[[str], Any], text: str) -> float:
    began = time.perf_counter()
    with suppress(ValueError, ValidationError):
        read(text)
    return time.perf_counter() - began


def is_in_proportion(read: Callable[[str], Any], longer: str, shorter: str) -> bool:
    """Measured again where it looks bad: the machine may have been busy with something else."""
    for _ in range(3):
        long = seconds(read, longer)
        if long < TOO_SHORT_TO_MEASURE or long < MOST_TIMES_LONGER * seconds(read, shorter):
            return True
        gc.collect()
    return False


@pytest.mark.parametrize("name", READERS)
def test_a_text_four_times_as_long_takes_about_four_times_as_long(name: str) -> None:
    for piece in PIECES:
        longer = (piece * LONG)[:LONG]
        assert is_in_proportion(READERS[name], longer, longer[: LONG // SHARE]), piece


def test_markdown_of_the_greatest_length_is_drawn_in_proportion() -> None:
    for piece in (*PIECES, "[a](support:a)", "](support:", "[a](support:a#", '<a href="support:'):
        longer = (piece * markdown.LONGEST)[: markdown.LONGEST]
        for read in (markdown.has_images, markdown.names_plainly, markdown.to_html):
            assert is_in_proportion(read, longer, longer[: markdown.LONGEST // SHARE]), (read, piece)


@pytest.mark.parametrize("read", [notation.read_hours, period_notation.read_periods])
def test_no_beginning_leads_the_reading_of_hours_astray(read: Callable[[str], Any]) -> None:
    """Such patterns take no longer than a moment or, with every character more, twice as long."""
    for begin in BEGINNINGS:
        for end in ENDS:
            for piece in (" ", "1", "漢", "、", "日", "-", "第"):
                short, long = (begin + piece * length + end for length in (90, 360))
                assert is_in_proportion(read, long, short), (begin, piece, end)


@pytest.mark.parametrize("read", [notation.read_hours, period_notation.read_periods])
def test_what_is_far_too_long_is_refused_in_words(read: Callable[[str], Any]) -> None:
    with pytest.raises(ValueError, match="長すぎます"):
        read("月" * LONG)


def test_an_article_that_is_far_too_long_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="長すぎます"):
        validate_markdown("body", "あ" * LONG)


@pytest.mark.django_db
def test_the_desk_answers_a_long_text_in_proportion(viewer: Client) -> None:
    """As the lowest role may send it, names to look for included."""
    for address, field in (("week/", "closed_periods"), ("week/", "rules"), ("words/", "text"), ("words/", "names")):
        for piece in (" ", "\n", "[", "漢字", "あ\n"):

            def ask(text: str, address: str = address, field: str = field) -> None:
                sent = {"text": "漢字を" * 2_000} | {field: text}
                assert viewer.post(f"/desk/editing/{address}", sent).status_code == 200

            longer = (piece * 80_000)[:80_000]
            assert is_in_proportion(ask, longer, longer[: 80_000 // SHARE]), (address, field, piece)
