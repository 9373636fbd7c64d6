"""Texts that tell of a past time as if it were to come or still so. Each is read on 30 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.text.past_times import past_told_as_current

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2026年4月から始まります。",
        "2026年10月から会社の義務になる予定とされました",
        "2026年4月から、子ども1人あたり月5,200円を助ける予定と発表されました。",
        "2026年4月から、家の収入に関係なく受けられる案があります。",
        "令和8年4月から、名前が変わります",
        "2025年度の基礎年金は、2級で年831,700円です",
        "令和7年度は1人2万円です",
        "特例です（2026年3月末まで）",
        "2026年3月末までの特例です。",
        "2026年7月から9月まで受け付けます",
        "2025年度末まで申しこめます",
        "２０２５年度の額です",
        "2026｜年《ねん》4｜月《がつ》から ｜始《はじ》まります。",
    ],
)
def test_what_is_past_is_named_where_it_is_told_as_to_come_or_still_so(text: str) -> None:
    assert len(past_told_as_current(text, TODAY)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "この窓口は2024年9月末で終わりました。",
        "2025年度だけのもので、もう終わりました。",
        "2023年度は、3,072件の就職につながりました",
        "2023年9月から12月までの期間限定で、いったん終わっています。",
        "2026年度の額です",
        "2026年12月1日から、刑罰があります",
        "2028年4月から、きまりが変わります",
        "2026年4月から制度ができ、2027年8月に細かくなる予定です",
        "2025年4月から、引っ越し費用も出ることがあります",
        "無料です（2025年度から）",
        "2025年3月31日までに生まれた子どもが対象です",
        "1911年4月2日から1946年12月31日までに生まれたことが条件です",
        "1948年7月1日から1988年1月27日までの集団予防接種が対象です",
        "請求できるのは2029年11月21日まで",
        "古い資料（2021年まで）でしか見られていません。",
        "2022年に始まった制度で、金額は収入で変わります",
        "子どもは18歳になった年度の終わりまでです",
        "出産予定日の8週間前から届け出ができます。2024年の資料で見ました。",
        "[2025年度の案内](https://www.example.jp/2025年度/)",
        "2026年8月1日からの額で、毎年8月1日に変わります",
        "2024年4月までの制度の案内による時間です。",
        "無料になる前（2022年3月まで）の番号です。",
        "9時から17時まで",
        "",
    ],
)
def test_what_happened_what_is_to_come_and_history_are_right(text: str) -> None:
    assert past_told_as_current(text, TODAY) == []


def test_only_the_sentence_is_named() -> None:
    text = "電話で話せます。\n2025年度の額です。\n無料です。"
    assert past_told_as_current(text, TODAY) == ["2025年度の額です。"]


def test_a_plan_becomes_past_on_its_day() -> None:
    text = "2027年4月から始まります"
    assert past_told_as_current(text, date(2027, 3, 31)) == []
    assert past_told_as_current(text, date(2027, 4, 1)) == [text]


def test_a_fiscal_year_lasts_to_the_end_of_march() -> None:
    text = "2026年度の額です"
    assert past_told_as_current(text, date(2027, 3, 31)) == []
    assert past_told_as_current(text, date(2027, 4, 1)) == [text]
