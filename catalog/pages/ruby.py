"""Texts with readings as HTML: the only part of them that needs Django."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString

from catalog.text.furigana import JUNIOR_HIGH, PHRASE_SPACE, Mode, Reading, is_taught, kana, pieces


@lru_cache(maxsize=8192)
def to_html(text: str, reading: Reading) -> SafeString:
    """Proper <ruby> with <rp>, okurigana outside; or kana; or nothing of it. A phrase space stays as a place to break the line."""
    if reading.mode is Mode.KANA:
        return escape(kana(text))
    taught = JUNIOR_HIGH + 1 if reading.mode is Mode.PLAIN else reading.taught
    phrases = PHRASE_SPACE.split(text)
    return SafeString("<wbr>".join("".join(_ruby(*piece, taught) for piece in pieces(phrase)) for phrase in phrases))


def _ruby(words: str, sound: str, taught: int) -> str:
    if not sound or is_taught(words, taught):
        return escape(words)
    return f"<ruby>{escape(words)}<rp>（</rp><rt>{escape(sound)}</rt><rp>）</rp></ruby>"
