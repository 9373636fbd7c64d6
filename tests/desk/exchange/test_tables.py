"""Tables for spreadsheets, out and in."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from tablib import Dataset

from catalog.models import FAQ, Hours, Support
from catalog.models.base import Publication
from desk.exchange.sheets import as_csv, as_xlsx, read_table
from tests.catalog.samples import make_support

from .exchanging import confirm, entry, text_of, upload

pytestmark = pytest.mark.django_db

TABLES = ("support", "contact", "source", "faq", "tip")


@pytest.fixture
def akari() -> Support:
    support = make_support("akari", "あかり電話", publication=Publication.DRAFT)
    Hours.objects.create(contact=support.contacts.get(), days=["mon", "tue", "wed"], opens="09:00", closes="17:00")
    return support


def table(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def send(client: Client, kind: str, content: bytes, name: str = "表.csv") -> Any:
    return upload(client, content, name, table=kind)


def exported(client: Client, kind: str) -> list[dict[str, str]]:
    content = client.get(reverse("admin:exchange_table", args=[kind, "csv"])).content
    assert content.startswith(b"\xef\xbb\xbf"), "Excel knows UTF-8 by this mark"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", TABLES)
def test_a_table_that_was_exported_changes_nothing_when_it_comes_back(editor: Client, kind: str, form: str) -> None:
    download = editor.get(reverse("admin:exchange_table", args=[kind, form]))
    assert f'filename="{kind}-' in download["Content-Disposition"]
    page = send(editor, kind, download.content, f"{kind}.{form}")
    assert "いまの内容と同じです" in text_of(page)


def test_the_columns_are_named_as_at_the_desk_and_values_are_words(viewer: Client, akari: Support) -> None:
    row = next(row for row in exported(viewer, "support") if row["記号"] == "akari")
    assert row["名前"] == "あかり電話"
    assert row["種類"] == "相談窓口"
    assert row["使えることば"] == "日本語"
    assert row["合う悩み"] == "気持ちや悩みを話す"
    assert row["公開"] == "下書き"
    contact = next(row for row in exported(viewer, "contact") if row["支援の記号"] == "akari")
    assert contact["支援の名前"] == "あかり電話"
    assert contact["番号・アドレス・名前"] == "0120-000-000"
    assert contact["受付時間"] == "月〜水 9:00-17:00"


def test_every_cell_of_a_workbook_is_text(viewer: Client) -> None:
    content = viewer.get(reverse("admin:exchange_table", args=["contact", "xlsx"])).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert "0120-0-78310" in {cell.value for cell in cells}


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+81", "-1", "@SUM(1)", "\t=1", "＝1+1", "'=1", "'quoted'"])
def test_no_cell_is_a_formula_and_none_is_spoilt(text: str) -> None:
    dataset = Dataset([text], headers=["列"])
    csv_file, workbook = as_csv(dataset), as_xlsx(dataset, "表")
    cell = next(csv.DictReader(io.StringIO(csv_file.decode("utf-8-sig"), newline="")))["列"]
    assert cell == text if text == "'quoted'" else cell.startswith("'")
    assert openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]["A2"].data_type == "s"
    assert read_table("a.csv", csv_file).rows == [(2, [text])]
    assert read_table("a.xlsx", workbook).rows == [(2, [text])]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")), min_size=1, max_size=4))
def test_any_text_survives_a_csv(cells: list[str]) -> None:
    cells = ["x", *cells, "x"]
    dataset = Dataset(cells, headers=[f"列{n}" for n in range(len(cells))])
    assert read_table("a.csv", as_csv(dataset)).rows == [(2, cells)]


def test_only_the_columns_of_the_table_are_changed(editor: Client, akari: Support) -> None:
    before = entry("akari")
    page = send(editor, "support", table({"記号": "akari", "名前": "ひかり電話", "合う悩み": "仕事・職、talk"}))
    assert "1件 が変わります" in text_of(page)
    assert entry("akari") == before, "a dry run writes nothing"
    confirm(editor, page)
    after = entry("akari")
    assert after[0]["fields"] == before[0]["fields"] | {"name": "ひかり電話", "worries": [["talk"], ["work"]]}
    assert after[1:] == before[1:]
    akari.refresh_from_db()
    assert akari.version == 1
    newest = akari.history.latest()
    assert newest.history_user.username == "さとう"
    assert "表.csv" in newest.history_change_reason


def test_a_new_row_is_a_new_entry(editor: Client) -> None:
    row = {
        "記号": "fresh",
        "まとまり": "お金と手続きのこと",
        "質問": "新しい質問？",
        "答え": "- はい",
        "並び順": "９",
        "公開": "",
    }
    confirm(editor, send(editor, "faq", table(row)))
    made = FAQ.objects.get(slug="fresh")
    assert (made.group, made.answer, made.position, made.publication) == ("money", "- はい", 9, "draft")


def test_numbers_and_hours_are_read_as_people_type_them(editor: Client, akari: Support) -> None:
    row = {
        "支援の記号": "ａｋａｒｉ", "並び順": "0", "番号・アドレス・名前": "０１２０ー１１１ー１１１", "料金": "無料",
        "24時間・毎日": "いいえ", "毎年の休み": "12月29日〜1月3日", "受付時間": "月〜金 9:00-17:00\n土 10:00-12:00",
    }  # fmt: skip
    page = send(editor, "contact", table(row))
    assert "番号・アドレスが変わります" in text_of(page)
    assert "受付時間 月〜水 9:00-17:00 月〜金 9:00-17:00 土 10:00-12:00" in text_of(page)
    confirm(editor, page)
    contact = akari.contacts.get()
    assert contact.value == "0120-111-111"
    assert contact.closed_periods == "12-29/01-03"
    assert [(rule.days[-1], rule.opens, rule.closes) for rule in contact.hours.all()] == [
        ("fri", "09:00", "17:00"),
        ("sat", "10:00", "12:00"),
    ]
    akari.refresh_from_db()
    assert akari.version == 1


def test_taking_a_line_of_the_hours_out_takes_the_rule_out(editor: Client, akari: Support) -> None:
    confirm(editor, send(editor, "contact", table({"支援の記号": "akari", "並び順": "0", "受付時間": ""})))
    assert not Hours.objects.filter(contact__support=akari).exists()
    assert Hours.history.filter(history_type="-").count() == 1


def test_leading_zeros_stay_in_a_workbook(editor: Client, akari: Support) -> None:
    book = openpyxl.Workbook()
    book.active.append(["支援の記号", "並び順", "番号・アドレス・名前"])
    book.active.append(["akari", 0, "0120999999"])
    written = io.BytesIO()
    book.save(written)
    confirm(editor, send(editor, "contact", written.getvalue(), "表.xlsx"))
    assert akari.contacts.get().value == "0120999999"


def test_what_excel_made_of_a_cell_is_read_as_text() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b", "c", "d"])
    book.active.append([110, date(2025, 4, 1), True, None])
    written = io.BytesIO()
    book.save(written)
    assert read_table("表.xlsx", written.getvalue()).rows == [(2, ["110", "2025-04-01", "はい", ""])]


def test_a_csv_of_an_older_excel_is_read_and_said(editor: Client, akari: Support) -> None:
    content = "記号,名前\r\nakari,ひかり電話\r\n".encode("cp932")
    page = send(editor, "support", content)
    assert "Shift_JIS" in text_of(page)
    assert "ひかり電話" in text_of(page)


WRONG = [
    ("support", {"記号": "akari", "種類": "ホットライン"}, "3行目（akari） 「種類」: 「ホットライン」は選べません。相談窓口、制度"),
    ("support", {"記号": "akari", "合う悩み": "なぞの悩み"}, "「合う悩み」: 悩みの分野「なぞの悩み」はありません"),
    ("support", {"記号": "akari", "何歳から": "十"}, "「何歳から」: 「十」は読めません"),
    ("support", {"記号": "akari", "命・安全の窓口": "たぶん"}, "「命・安全の窓口」: 「たぶん」は読めません。はいかいいえ"),
    ("support", {"記号": "akari", "使えることば": "火星語"}, "「使えることば」: 「火星語」はありません"),
    ("support", {"記号": "akari", "名前": ""}, "「名前」: このフィールドは空ではいけません"),
    ("support", {"記号": "", "名前": "だれ"}, "3行目 記号を書いてください"),
    ("contact", {"支援の記号": "nobody", "並び順": "0"}, "支援「nobody」はありません"),
    ("contact", {"支援の記号": "akari", "並び順": "0", "番号・アドレス・名前": "0120-1"}, "電話番号の形になっていません"),
    ("contact", {"支援の記号": "akari", "並び順": "0", "受付時間": "月 9時ごろ"}, "「受付時間」: 1行目「月 9時ごろ」が読みとれません"),
    ("contact", {"支援の記号": "akari", "並び順": "0", "受付時間": "平日 9:00-17:00"}, "「祝日は休み」: 受付時間に「平日」とある"),
    ("contact", {"支援の記号": "akari", "並び順": "0", "毎年の休み": "いつか"}, "「毎年の休み」: 「いつか」が読みとれません"),
    ("source", {"支援の記号": "akari", "並び順": "0", "アドレス": "ftp://x"}, "「アドレス」: http:// か https://"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "message"), WRONG)
def test_a_bad_row_is_named_and_nothing_is_half_imported(
    editor: Client, akari: Support, kind: str, row: dict[str, str], message: str
) -> None:
    make_support("hikari", "ひかり電話")
    changes = {"名前": "よい行", "料金": "有料", "資料の名前": "よい行", "種類": "制度"}
    good = {"記号": "hikari", "支援の記号": "hikari", "並び順": "0"} | changes
    good = {name: good.get(name, "") for name in row} | {n: v for n, v in changes.items() if n in row}
    good |= {"合う悩み": "talk"} if "合う悩み" in row else {}
    good |= {"使えることば": "日本語"} if "使えることば" in row else {}
    good |= {"アドレス": "https://hikari.example/"} if "アドレス" in row else {}
    good |= {"番号・アドレス・名前": "0120-000-000"} if "番号・アドレス・名前" in row else {}
    before = entry("akari"), entry("hikari")
    page = send(editor, kind, table(good, row))
    assert "読みこめません。何も変わっていません" in text_of(page)
    assert message in text_of(page)
    assert "2行目" not in text_of(page), "the good row is not blamed"
    assert b'name="seen"' not in page.content
    assert (entry("akari"), entry("hikari")) == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("名前\nx\n", "「記号」の列がありません"),
        ("記号,なぞ\nakari,x\n", "「なぞ」という列はありません"),
        ("記号,名前,名前\nakari,x,y\n", "「名前」という列が2つあります"),
        ("記号,名前\nakari,a\nakari,b\n", "2行目と同じものです"),
        ('記号,名前\nakari,"a\n', "引用符"),
        ("", "何も書かれていません"),
        ("記号,名前\nakari,a,b\n", "列の名前がない所に"),
    ],
)
def test_a_table_that_cannot_be_read_says_what_to_do(
    editor: Client, akari: Support, content: str, message: str
) -> None:
    assert message in text_of(send(editor, "support", content.encode() or b"\n"))


def test_a_row_keeps_the_number_that_the_spreadsheet_shows(editor: Client, akari: Support) -> None:
    content = "記号,何歳から\n\n\nakari,x\n".encode()
    assert "4行目（akari）" in text_of(send(editor, "support", content))


def test_a_database_that_fails_at_the_second_row_leaves_nothing_half_done(
    editor: Client, akari: Support, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_support("hikari", "ひかり電話")
    page = send(editor, "support", table({"記号": "akari", "名前": "一"}, {"記号": "hikari", "名前": "二"}))
    save = Support.save

    def failing(self: Support, *args: Any, **kwargs: Any) -> None:
        if self.slug == "hikari":
            raise DatabaseError("the disk is gone")
        save(self, *args, **kwargs)

    monkeypatch.setattr(Support, "save", failing)
    failed = confirm(editor, page)
    assert failed.status_code == 503
    assert set(Support.objects.filter(slug__in=["akari", "hikari"]).values_list("name", flat=True)) == {
        "あかり電話",
        "ひかり電話",
    }


@pytest.mark.parametrize("kind", TABLES)
def test_an_export_asks_as_many_queries_as_it_has_kinds_of_rows(
    viewer: Client, akari: Support, django_assert_max_num_queries: DjangoAssertNumQueries, kind: str
) -> None:
    with django_assert_max_num_queries(20):
        exported(viewer, kind)
