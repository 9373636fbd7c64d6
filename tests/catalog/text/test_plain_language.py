"""What a kind reader would point out in a text."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.text.plain_language import remarks


def reasons(text: str, **more: Any) -> str:
    return "／".join(f"{remark.excerpt}:{remark.reason}" for remark in remarks(text, **more))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("あ" * 46 + "。", "46字"),
        ("外国人労働者相談窓口一覧です。", "漢字が長く"),
        ("使えないわけではありません。", "打ち消し"),
        ("あきらめざるを得ない人", "打ち消し"),
        ("お申し込みいただけます。", "敬語"),
        ("資料をお送りさせていただきます。", "敬語"),
        ("窓口がございます。", "敬語"),
        ("早く相談すべきでした。", "責めて"),
        ("お金を使ってしまった人", "責めて"),
        ("あなたが悪いです。", "責めて"),
        ("すぐ申しこまなければなりません。", "命令"),
        ("今すぐ電話！", "強く聞こえる"),
        ("薬をたくさん飲んだ", "方法や手段"),
        ("自殺に失敗した人", "方法や手段"),
    ],
)
def test_what_is_hard_cold_or_dangerous_is_pointed_out(text: str, reason: str) -> None:
    assert reason in reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        "話を聞いてくれる電話です。名前は言わなくていいです。",
        "あなたのせいではありません。",
        "あなたが悪いのではありません。",
        "「写真を送ってしまいました」と言ってください。",
        "「どうしてそんなことをしたの、しなさい」と言われても、だいじょうぶです。",
        "ごめんなさい、と言わなくていいです。",
        "信仰のことで困っている人",
        "社会福祉協議会に聞いてください。",
        "死にたいほどつらい人の話を聞きます。",
        "[くわしいページ](https://example.jp/very/long/address/that/is/not/read/by/anybody/at/all)を見てください。",
        "- 1つめ\n- 2つめ",
        "",
    ],
)
def test_plain_and_kind_words_pass(text: str) -> None:
    assert remarks(text) == []


def test_the_entry_may_be_named() -> None:
    assert "漢字が長く" in reasons("犯罪被害者等早期援助団体です。")
    assert not remarks("犯罪被害者等早期援助団体です。", names=["犯罪被害者等早期援助団体"])


def test_each_thing_is_said_once() -> None:
    assert len(remarks("やった！すごい！")) == 1


def test_a_text_for_children_is_read_without_its_marks() -> None:
    assert remarks("｜電話《でんわ》で ｜話《はな》せるよ。", for_children=True) == []
    assert reasons("｜電話《でんわ》で 話せるよ。", for_children=True).startswith("話:よみがなのない")
