"""Texts for children: with their readings as data, and as HTML's ruby."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rest_framework import serializers

from catalog.pages.ruby import to_html
from catalog.text import furigana


class Piece(serializers.Serializer[Any]):
    """文の一部。"""

    text = serializers.CharField(help_text="文字。")
    reading = serializers.CharField(allow_null=True, help_text="読みがな。ふりがなのいらない部分は null。")


class Text(serializers.Serializer[Any]):
    """読みがなのついた文。プログラムが見せやすい形で。"""

    plain = serializers.CharField(help_text="ふりがななしの文。大人が読む形。")
    kana = serializers.CharField(
        help_text="読みがなのある漢字をかなにし、文節を空白で分けた文。小学1・2年生や読みあげに。"
    )
    ruby = serializers.CharField(
        help_text="読みがなのある漢字すべてにふりがなをつけた HTML（ruby 要素）。安全に埋めこめます。"
    )
    pieces = Piece(
        many=True,
        help_text="文を順に分けたもの。つなげると、文節の空白がある元の文になります。学年に合わせてふりがなを出し分けるときに。",
    )

    def to_representation(self, instance: str) -> dict[str, Any]:
        return dict(_in_all_forms(instance))


@lru_cache(maxsize=8192)
def _in_all_forms(text: str) -> dict[str, Any]:
    return {
        "plain": furigana.plain(text),
        "kana": furigana.kana(text),
        "ruby": str(to_html(text, furigana.ALL)),
        "pieces": [{"text": words, "reading": sound or None} for words, sound in furigana.pieces(text)],
    }
