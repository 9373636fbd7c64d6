"""The CSV files say what the Release says, and the dictionary says what is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from api.open_data.columns import BETWEEN, as_csv
from api.open_data.tables import FAQS, TABLES
from catalog.directory.directory import Directory
from catalog.hours.timetable import Rule, parse_clock
from catalog.hours.wording import DAY_NAMES
from catalog.text import phone
from catalog.text.spreadsheet import FORMULA, safe, unsafe

from .conftest import Rows

NAMES = [table.name for table in TABLES]
Reader = Callable[[str], Rows]
Said = dict[tuple[str, str], dict[str, str]]


@pytest.fixture
def said(table: Reader) -> Said:
    """What the dictionary says, by file and heading."""
    return {(row["ファイル"], row["日本語の名前"]): row for row in table("data-dictionary.csv") if not row["部分"]}


@pytest.mark.parametrize("name", [*NAMES, "data-dictionary.csv"])
def test_the_dictionary_has_every_column_and_no_other(table: Reader, said: Said, name: str) -> None:
    assert list(table(name)[0]) == [heading for file, heading in said if file == name]


@pytest.mark.parametrize("name", [*NAMES, "data-dictionary.csv"])
def test_a_cell_holds_what_the_dictionary_allows(table: Reader, said: Said, name: str) -> None:
    for row in table(name):
        for heading, cell in row.items():
            column = said[name, heading]
            assert cell or column["空のことがある"] == "はい", (heading, row)
            allowed = column["使われる値"].split(BETWEEN)
            parts = cell.split(BETWEEN) if column["値の種類"].startswith("文字（") else [cell]
            assert not cell or allowed == [""] or set(parts) <= set(allowed), (heading, cell)
            assert column["値の種類"] != "整数" or cell.isdecimal() or not cell, (heading, cell)


def test_the_dictionary_explains_every_column(table: Reader) -> None:
    assert [row for row in table("data-dictionary.csv") if not (row["意味"] and row["日本語の名前"])] == []


def test_a_table_is_explained_in_its_own_words(table: Reader) -> None:
    """Somebody who opens the CSV sees headings and 「はい」, not the names and values of JSON."""
    names = {row["英語の名前"] for row in table("data-dictionary.csv") if "_" in row["英語の名前"]} | {
        "true",
        "false",
        "null",
    }
    for row in table("data-dictionary.csv"):
        if row["ファイル"] not in {"catalogue.json", "data-dictionary.csv"}:
            assert not [name for name in names if name in row["意味"]], row["意味"]


def test_every_support_has_one_row_with_its_state_in_words(table: Reader, directory: Directory) -> None:
    rows = {row["id"]: row for row in table("supports.csv")}
    assert rows.keys() == directory.by_public_id.keys()
    ended = {code for code, support in directory.by_public_id.items() if not support.is_available}
    assert {code for code, row in rows.items() if row["状態"] == "終わった"} == ended != set()
    assert all(rows[code]["電話"] == rows[code]["ウェブサイト"] == "" for code in ended)


def test_every_number_is_one_of_the_release_and_none_of_them_is_missing(table: Reader, directory: Directory) -> None:
    held = Counter((s.public_id, c.value, c.note) for s in directory.available for c in s.contacts)
    columns = ("支援のid", "番号・アドレス", "かける前に")
    assert Counter(tuple(unsafe(row[name]) for name in columns) for row in table("contacts.csv")) == held
    contacts = [contact for support in directory.available for contact in support.contacts]
    known = {phone.digits(contact.value) for contact in contacts}
    assert {row["電話のリンク"].removeprefix("tel:") for row in table("contacts.csv")} - {""} <= known
    assert {phone.digits(row["電話"]) for row in table("supports.csv")} - {""} <= known


def test_the_rules_of_the_hours_are_those_of_the_release(table: Reader, directory: Directory) -> None:
    days = {name: day for day, name in DAY_NAMES.items()}
    read: dict[str, list[Rule]] = {}
    for row in table("hours.csv"):
        opens, closes = parse_clock(row["始まり"]), parse_clock(row["終わり"])
        read.setdefault(row["連絡先のid"], []).append(
            Rule(
                days=frozenset(days[name] for name in row["曜日"].split(BETWEEN) if name),
                weeks=frozenset(int(week) for week in row["第何週"].split(BETWEEN) if week),
                month_days=frozenset(int(day) for day in row["毎月の日"].split(BETWEEN) if day),
                opens=opens,
                closes=closes if closes > opens else closes + 24 * 60,
                even_on_holidays=row["祝日に重なっても開く"] == "はい",
            )
        )
    held = {
        f"{support.public_id}-{number}": list(contact.timetable.rules)
        for support in directory.available
        for number, contact in enumerate(support.contacts, start=1)
        if contact.timetable.rules
    }
    assert read == held


def test_the_tables_fit_together(table: Reader) -> None:
    supports = {row["id"] for row in table("supports.csv")}
    contacts = [row["連絡先のid"] for row in table("contacts.csv")]
    words = {(row["種類"], row["id"]) for row in table("vocabulary.csv")}
    assert len(contacts) == len(set(contacts))
    assert {row["連絡先のid"] for row in table("hours.csv")} <= set(contacts)
    for name in ("contacts.csv", "hours.csv", "sources.csv"):
        assert {row["支援のid"] for row in table(name)} <= supports
    for row in table("supports.csv"):
        assert {("対象", code) for code in row["対象のid"].split(BETWEEN) if code} <= words
        assert {code for code in row["悩みのid"].split(BETWEEN) if code} <= {code for _, code in words}


@pytest.mark.parametrize(
    ("heading", "field"), [("条件・もらえるもの", "conditions"), ("ほかの呼び名", "also_known_as")]
)
def test_several_values_in_a_cell_can_be_taken_apart_again(
    table: Reader, catalogue: Any, heading: str, field: str
) -> None:
    cells = {row["id"]: unsafe(row[heading]).split(BETWEEN) for row in table("supports.csv")}
    assert {support["id"]: support[field] or [""] for support in catalogue["supports"]} == cells


@pytest.mark.parametrize("name", NAMES)
def test_excel_opens_it(program: Client, name: str) -> None:
    content = program.get(f"/open-data/{name}").content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") > 1
    assert content.endswith(b"\r\n")


@given(st.text(alphabet=st.one_of(st.sampled_from(["=", "+", "-", "@", "'", "＝", "\t", "1"]), st.characters())))
def test_no_text_becomes_a_formula_and_none_is_lost(text: str) -> None:
    cell = safe(text)
    assert not cell.startswith(FORMULA)
    assert unsafe(cell) == text


@given(st.sampled_from(FORMULA), st.text())
def test_a_formula_in_the_catalogue_stays_a_text_in_the_table(sign: str, rest: str) -> None:
    faq = {"id": "odd", "group_label": "", "question": f"{sign}{rest}", "answer_markdown": f"{sign}HYPERLINK(1)"}
    written = FAQS.cells({"faqs": [faq]})
    assert not [cell for cell in written[0] if cell.startswith(FORMULA)]
    assert f"'{sign}HYPERLINK(1)" in as_csv(FAQS, written).decode()


def test_no_telephone_number_is_touched(directory: Directory) -> None:
    contacts = [contact for support in directory.supports.values() for contact in support.contacts]
    numbers = {n for c in contacts if c.via in {"phone", "fax", "sms"} for n in (c.value, c.tel_uri)}
    assert len(numbers) > 100
    assert [number for number in numbers if safe(number) != number] == []


def test_what_a_text_names_is_a_link_to_its_public_page(table: Reader, directory: Directory) -> None:
    address = f"/list/{directory.supports['yorisoi-hotline'].public_id}/"
    for name, column in (("faqs.csv", "答え"), ("tips.csv", "本文")):
        texts = [row[column] for row in table(name)]
        assert any("[よりそいホットライン](http" in text and f"{address})" in text for text in texts)
        assert not [text for text in texts if "support:" in text]
