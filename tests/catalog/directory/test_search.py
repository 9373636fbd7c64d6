from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.search import Wanted, normalise, search
from tests.catalog.samples import contact_row, directory_of, support_row, weekday_row
from tests.conftest import japan

NOON, NIGHT = "2026-11-16 12:00", "2026-11-16 03:00"  # a Monday

SMALL = directory_of(
    support_row("akari", "あかりホットライン", kana="あかりほっとらいん", worries=["talk", "work"]),
    support_row(
        "shigoto",
        "仕事の相談センター",
        kana="しごとのそうだんせんたー",
        also_known_as=["ワークナビ", "Work Navi"],
        operator="ひかり労働局",
        main_worry="work",
        worries=["work"],
        contacts=[weekday_row("0120-000-111")],
    ),
    support_row(
        "moji",
        "文字で話せる窓口",
        kana="もじではなせるまどぐち",
        summary="電話がにがてな人が、あかりのある部屋で書けます。",
        contacts=[contact_row("https://moji.example/", via="chat")],
    ),
    support_row(
        "kyufu", "こども給付", kana="こどもきゅうふ", kind="programme", age_max=18, main_worry="work", worries=["work"]
    ),
    support_row(
        "owatta",
        "むかしの電話",
        kana="むかしのでんわ",
        status="ended",
        replaced_note="この電話は終わりました。いまは「あかりホットライン」で話せます。",
        replaced_by=["akari"],
        contacts=[contact_row("0120-000-222")],
    ),
)


def found(wanted: Wanted, moment: str = NOON, directory: Directory = SMALL) -> list[str]:
    return [support.slug for support in search(DirectoryNow(directory, japan(moment)), wanted)]


@pytest.mark.parametrize(
    "written",
    ["あかりほっとらいん", "アカリホットライン", "ｱｶﾘﾎｯﾄﾗｲﾝ", "あかりホット", "ホットライン あかり", "　あかり　ﾗｲﾝ"],
)
def test_kana_katakana_and_half_width_find_the_same(written: str) -> None:
    assert found(Wanted(text=written)) == ["akari"]


@pytest.mark.parametrize(
    "written", ["ワークナビ", "わーくなび", "work navi", "ＷＯＲＫ　ＮＡＶＩ", "仕事の相談", "ひかり労働局"]
)
def test_an_entry_is_found_by_its_other_names_and_by_who_runs_it(written: str) -> None:
    assert found(Wanted(text=written)) == ["shigoto"]


@pytest.mark.parametrize("written", ["0120-000-111", "0120000111", "０１２０-０００-１１１", "000-111"])
def test_an_entry_is_found_by_its_number(written: str) -> None:
    assert found(Wanted(text=written)) == ["shigoto"]


@pytest.mark.parametrize("written", ["０１２０ー０００ー１１１", "0120−000−111", "0120‐000‐111"])
def test_a_number_is_found_with_the_dashes_of_a_japanese_keyboard(written: str) -> None:
    assert found(Wanted(text=written)) == ["shigoto"]


def test_a_name_comes_before_a_text_that_merely_says_the_word() -> None:
    assert found(Wanted(text="あかり")) == ["akari", "moji"]


def test_every_word_must_stand_somewhere() -> None:
    assert found(Wanted(text="あかり 部屋")) == ["moji"]
    assert found(Wanted(text="あかり どこにもない")) == []


def test_without_a_search_everything_available_stands_in_the_order_of_its_kana() -> None:
    assert found(Wanted()) == found(Wanted(text="　 ")) == ["akari", "kyufu", "shigoto", "moji"]


def test_an_ended_entry_is_found_by_name_only() -> None:
    assert found(Wanted(text="むかしの電話")) == ["owatta"]
    assert found(Wanted(text="ﾑｶｼﾉ")) == ["owatta"]
    assert found(Wanted(text="むかしの電話", open_now=True)) == [], "its telephone would answer day and night"
    for wanted in (Wanted(), Wanted(area="talk"), Wanted(via="phone"), Wanted(open_now=True)):
        assert "owatta" not in found(wanted)


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        (Wanted(area="work"), ["akari", "kyufu", "shigoto"]),
        (Wanted(area="work", kind="helpline"), ["akari", "shigoto"]),
        (Wanted(area="work", kind="helpline", text="相談"), ["shigoto"]),
        (Wanted(via="chat"), ["moji"]),
        (Wanted(via="chat", area="work"), []),
        (Wanted(kind="programme"), ["kyufu"]),
        (Wanted(kind="programme", age="20s"), []),
        (Wanted(age="20s"), ["akari", "shigoto", "moji"]),
    ],
)
def test_filters_combine(wanted: Wanted, slugs: list[str]) -> None:
    assert found(wanted) == slugs


def test_open_now_means_somebody_answers_at_this_moment() -> None:
    assert found(Wanted(open_now=True, kind="helpline"), NOON) == ["akari", "shigoto", "moji"]
    assert found(Wanted(open_now=True, kind="helpline"), NIGHT) == ["akari", "moji"]


def test_normalising_twice_changes_nothing() -> None:
    for text in ("ｾｲｶﾂ", "ヴァイオリン", "Ｗｏｒｋ", "が゙", "ヶ月"):
        assert normalise(normalise(text)) == normalise(text)


def test_every_entry_of_the_catalogue_is_first_or_among_the_few_found_by_its_own_name(directory: Directory) -> None:
    for support in directory.supports.values():
        for name in (support.name, support.kana, *support.also_known_as):
            slugs = found(Wanted(text=name), directory=directory)
            assert support.slug in slugs[:10], name


def test_the_list_says_that_an_entry_has_ended(web: Client, directory: Directory) -> None:
    ended = [support for support in directory.supports.values() if not support.is_available]
    assert ended
    for support in ended:
        page = web.post(reverse("list"), {"text": support.name}).content.decode()
        assert f'data-support="{support.slug}"' in page
        assert "終わりました" in page
        entry = web.get(reverse("entry", args=[support.public_id])).content.decode()
        assert "終わりました" in entry
