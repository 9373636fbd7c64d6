"""The eye finds what differs: whole clauses of a long text, single digits of a number."""

from __future__ import annotations

import pytest

from catalog.comparison.marking import Piece, marked


def shown(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("0120-000-111", "0120-000-211", ("0120-000-[1]11", "0120-000-[2]11")),
        ("話せます。", "いつでも話せます。", ("話せます。", "[いつでも]話せます。")),
        ("朝、昼、夜。", "昼、深夜。", ("[朝、]昼、夜。", "昼、[深]夜。")),
        ("ああ", "あああ", ("ああ", "ああ[あ]")),
        (
            "朝です。昼です。夜です。",
            "雨です。雪です。夜です。",
            ("[朝です。昼です。]夜です。", "[雨です。雪です。]夜です。"),
        ),
        ("べつ", "ちがう", ("べつ", "ちがう")),  # all of it is the change
        ("", "はい", ("", "はい")),
    ],
)
def test_what_differs_within_a_text_is_marked(old: str, new: str, marks: tuple[str, str]) -> None:
    before, after = marked(old, new)
    assert (shown(before), shown(after)) == marks
