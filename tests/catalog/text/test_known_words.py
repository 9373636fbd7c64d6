from __future__ import annotations

import pytest

from catalog.text.furigana import kana
from catalog.text.known_words import with_readings


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("全国（岩手・宮城・福島は別の番号）", "ぜんこく（いわて・みやぎ・ふくしまはべつのばんごう）"),
        ("10代20代の女の子専用LINE", "10だい20だいのおんなのこせんようLINE"),
        ("京都府と東京都から", "きょうとふととうきょうとから"),
        ("外国語", "がいこくご"),
        ("チャット", "チャット"),
        ("0120-000-000", "0120-000-000"),
        ("", ""),
    ],
)
def test_known_words_get_their_readings(text: str, read: str) -> None:
    assert kana(with_readings(text)) == read


@pytest.mark.parametrize("text", ["福島区から", "時代の電話", "昼間", "電話《でんわ"])
def test_a_text_is_read_whole_or_not_at_all(text: str) -> None:
    assert with_readings(text) == ""
