from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string

from catalog.directory.directory import Directory, DirectoryNow
from catalog.hours.timetable import Openness
from catalog.pages.cards import Card, card, source_host
from catalog.pages.contacts import ContactLine
from tests.catalog.samples import Row, contact_row, directory_of, support_row, weekday_row
from tests.conftest import at, japan

NOON, NIGHT = "2026-11-16 12:00", "2026-11-16 03:00"  # a Monday


def shown(*contacts: Row, moment: str = NOON, **entry: Any) -> Card:
    directory = directory_of(support_row("akari", "あかり電話", contacts=list(contacts), **entry))
    return card(directory.supports["akari"], DirectoryNow(directory, japan(moment)))


def line(moment: str = NOON, **changes: Any) -> ContactLine:
    first = shown(contact_row(**changes), moment=moment).first
    assert first
    return first


def page(one: ContactLine) -> str:
    return render_to_string("catalog/_contact.html", {"line": one})


@pytest.mark.parametrize("charge", ["paid", "unknown", "free"])
def test_a_navi_dial_number_is_said_to_cost_money_whatever_is_written(charge: str) -> None:
    words = line(value="0570-000-000", charge=charge).charge_words
    assert words.startswith("有料")
    assert "かけ放題" in words


@pytest.mark.parametrize(
    ("via", "charge", "words"),
    [
        ("phone", "free", "無料"),
        ("phone", "paid", "通話料がかかります"),
        ("phone", "unknown", "料金は確かめられていません"),
        ("chat", "free", "相談は無料"),
        ("line", "unknown", ""),
        ("web", "free", ""),
        ("visit", "free", ""),
    ],
)
def test_what_a_call_costs(via: str, charge: str, words: str) -> None:
    value = "0120-000-000" if via == "phone" else "https://akari.example/"
    assert line(via=via, value=value, charge=charge).charge_words == words


def test_a_telephone_can_be_tapped() -> None:
    html = page(line(value="0120-000-000", ip_phone="no", note="はじめに音声が流れます。"))
    assert 'href="tel:0120000000"' in html
    assert ">0120-000-000<" in html
    assert "IP電話" in html
    assert "はじめに音声が流れます。" in html


def test_a_hash_number_is_pressed_by_hand() -> None:
    one = line(value="#8000")
    assert one.contact.tel_uri == ""
    assert "「8000」" in one.how_to_dial
    html = page(one)
    assert "tel:" not in html
    assert one.how_to_dial in html


def test_only_telephones_are_dialled() -> None:
    assert line(via="fax", value="03-0000-0000").contact.tel_uri == ""
    assert "tel:" not in page(line(via="fax", value="03-0000-0000"))


def test_an_address_is_a_link_that_tells_the_other_site_nothing() -> None:
    html = page(line(via="web", value="https://akari.example/soudan"))
    assert 'href="https://akari.example/soudan" rel="noreferrer"' in html
    assert "<a" not in page(line(via="line", value="@akari"))


def test_what_no_source_shows_is_called_an_estimate() -> None:
    sure, unsure = (line(confirmed=confirmed) for confirmed in (True, False))
    assert (sure.is_estimate, unsure.is_estimate) == (False, True)
    assert "目安" not in page(sure)
    assert page(unsure).count("目安") == 2, "beside the hours, and beside what they make of this moment"
    assert "まだ確かめていません" not in page(sure)
    assert "この番号は、まだ確かめていません" in page(unsure)


def test_hours_that_are_not_known_are_not_turned_into_a_state() -> None:
    one = line(always_open=False, hours_text="窓口でちがいます", confirmed=False)
    assert (one.state, one.state_words, one.hours_lines) == (Openness.UNKNOWN, "", ["窓口でちがいます"])
    assert "窓口でちがいます" in page(one)


@pytest.mark.parametrize(
    ("via", "word"), [("phone", "つながります"), ("chat", "話せます"), ("visit", "開いています"), ("email", "")]
)
def test_open_now_is_said_as_befits_the_way_of_contact(via: str, word: str) -> None:
    words = line(via=via, value="0120-000-000").state_words
    assert word in words
    assert bool(words) is bool(word)


def test_contacts_that_answer_now_come_first_and_the_rest_keep_their_order() -> None:
    contacts = [
        weekday_row("0120-000-001"),
        weekday_row("0120-000-002"),
        contact_row("https://akari.example/", via="web"),
        contact_row("0120-000-003"),
    ]
    by_night = [one.contact.value for one in shown(*contacts, moment=NIGHT).contacts]
    assert by_night == ["0120-000-003", "0120-000-001", "0120-000-002", "https://akari.example/"]
    by_day = [one.contact.value for one in shown(*contacts, moment=NOON).contacts]
    assert by_day == ["0120-000-001", "0120-000-002", "0120-000-003", "https://akari.example/"]


def test_an_entry_is_open_when_somebody_answers_not_when_a_page_can_be_read() -> None:
    website = contact_row("https://akari.example/", via="web")
    assert not shown(website, weekday_row(), moment=NIGHT).is_open
    assert shown(website, weekday_row(), moment=NOON).is_open
    assert shown().first is None
    assert not shown().is_open


def test_an_ended_entry_is_never_shown_as_open() -> None:
    ended = shown(contact_row(), status="ended", replaced_note="この電話は終わりました。")
    assert not ended.is_open
    assert not any("つながります" in one.state_words for one in ended.contacts)


def test_out_of_season_is_said() -> None:
    one = line(open_periods="09-01/09-30")
    assert (one.state, one.is_open) == (Openness.OUT_OF_SEASON, False)
    assert "期間外" in page(one)


def test_languages_are_named_only_where_there_is_more_than_japanese() -> None:
    assert shown(languages=["ja"]).languages == []
    assert shown(languages=["ja", "en"]).languages == ["日本語", "English"]


def test_a_source_is_named_by_its_site() -> None:
    assert source_host("https://www.akari.example/soudan/1.html") == "akari.example"
    assert source_host("") == ""


@pytest.mark.parametrize("moment", [NOON, NIGHT, "2027-01-01 03:00"])
def test_the_whole_catalogue_can_be_shown(directory: Directory, moment: str) -> None:
    here = at(directory, moment)
    for support in directory.supports.values():
        for one in card(support, here).contacts:
            html = page(one)
            if one.contact.via == "phone":
                assert one.charge_words, support.slug
                assert ("href=" in html) is bool(one.contact.tel_uri), support.slug
                assert one.contact.tel_uri or one.how_to_dial, support.slug


@pytest.mark.parametrize("template", ["catalog/_card.html", "catalog/entry.html"])
def test_what_a_desk_does_not_take_stands_on_its_card_and_on_its_page(template: str) -> None:
    declining = shown(contact_row(), declines=["other_areas", "self_harm"])
    html = render_to_string(template, {"card": declining})
    assert "ここでは受けていません</span>ほかの地域の人、死にたい気持ち・自分を傷つけることの話" in html
    assert "ここでは受けていません" not in render_to_string(template, {"card": shown(contact_row())})
