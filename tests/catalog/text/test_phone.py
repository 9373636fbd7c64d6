from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.text import phone

WELLFORMED = [
    "0120-000-000", "0120-0-00000", "03-0000-0000", "0000-00-0000", "050-0000-0000", "0570-000-000", "0800-000-0000",
    "#8000", "110", "188",
]  # fmt: skip


@pytest.mark.parametrize("number", WELLFORMED)
def test_numbers_as_they_are_printed(number: str) -> None:
    assert phone.is_wellformed(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "-",
        "0120",
        "0120-000-00",  # a digit too few
        "0120-000-00000",
        "120-000-000",
        "1-0000-0000",
        "+81-3-0000-0000",
        "(03)0000-0000",
        "-0120-000-000",
        "0120-000-000-",
        "0120--000-000",
        "0120-000-000 内線1",
        "0120-000-000、0120-000-001",
        "#80",
        "##8000",
        "8000",
        "210",
        "電話番号",
    ],
)
def test_what_is_no_number(number: str) -> None:
    assert not phone.is_wellformed(number)


@pytest.mark.parametrize("dash", "-－‐‑‒–—―−ー－ｰ")
def test_any_dash_and_full_width_digits_are_the_same_number(dash: str) -> None:
    written = f"０１２０{dash}000{dash} ０００"
    assert phone.normalise(written) == "0120-000-000"
    assert phone.is_wellformed(written)


def test_what_is_pressed_and_what_is_tapped() -> None:
    assert phone.digits("0120-000-000") == "0120000000"
    assert phone.tel_uri("0120-000-000") == "tel:0120000000"
    assert phone.tel_uri("１１０") == "tel:110"


@pytest.mark.parametrize("number", ["#8000", "＃８０００"])
def test_numbers_with_a_hash_get_no_link(number: str) -> None:
    assert phone.is_short_code(number)
    assert phone.digits(number) == "#8000"
    assert phone.tel_uri(number) == ""


def test_numbers_as_they_are_written_for_the_world() -> None:
    assert phone.international("０３‐１２３４‐５６７８") == "+81-3-1234-5678"
    assert [phone.international(number) for number in ("#8891", "110")] == ["#8891", "110"]


def test_navi_dial_numbers_are_known_by_how_they_begin() -> None:
    assert phone.is_navi_dial("0570-000-000")
    assert phone.is_navi_dial("０５７０ー０００ー０００")
    assert not any(phone.is_navi_dial(number) for number in WELLFORMED if not number.startswith("0570"))


@pytest.mark.parametrize("number", ["0120-000-000", "0570-00-0000", "03-0000-0000", "0120-000000", "#8000"])
@pytest.mark.parametrize("text", ["（{}）", "電話は、{}。", "{}", "番号\n{}\nへどうぞ", "無料：{}、24時間"])
def test_numbers_are_found_in_a_text(text: str, number: str) -> None:
    assert phone.find_numbers(text.format(number)) == [number]


def test_full_width_numbers_are_found_in_a_text() -> None:
    assert phone.find_numbers("（０１２０−０００−０００）と（＃８０００）") == ["0120-000-000", "#8000"]


@pytest.mark.parametrize(
    "text",
    [
        "110番か119番へ。188も使えます。",
        "2025-04-01から、2026年12月29日まで",
        "第1種は50,000円、9:00〜17:00",
        "https://example.jp/0120-000-000.html",
        "令和7年度 3-5-1号",
        "",
    ],
)
def test_dates_sums_addresses_and_three_digit_numbers_are_none(text: str) -> None:
    assert phone.find_numbers(text) == []


@pytest.mark.parametrize("text", ["電話{}", "{}へ", "フリーダイヤル{}に電話します"])
def test_a_number_is_found_where_japanese_stands_right_beside_it(text: str) -> None:
    assert phone.find_numbers(text.format("0120-000-000")) == ["0120-000-000"]


@pytest.mark.parametrize("number", ["0120000000", "0570000000", "0300000000"])
def test_a_number_without_hyphens_is_found(number: str) -> None:
    assert phone.find_numbers(f"（{number}）") == [number]


@settings(max_examples=100, deadline=None)
@given(groups=st.lists(st.text("0123456789", min_size=1, max_size=5), min_size=1, max_size=4))
def test_a_wellformed_number_can_be_tapped_and_survives_a_second_reading(groups: list[str]) -> None:
    number = "0" + "-".join(groups)
    if phone.is_wellformed(number):
        assert phone.tel_uri(number).removeprefix("tel:") == phone.digits(number) == number.replace("-", "")
        assert phone.normalise(phone.normalise(number)) == number
    else:
        assert len(phone.digits(number)) not in {10, 11}


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_no_text_is_too_odd_to_look_at(text: str) -> None:
    assert all(phone.digits(number) for number in phone.find_numbers(text))
    assert phone.tel_uri(text) in {"", f"tel:{phone.digits(text)}"}
