"""Tables as CSV and XLSX: written so that Excel opens them as text, read as people save them. Raises reading.Refused."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import tablib
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from catalog.text import spreadsheet

from . import workbooks
from .parsing import Refused, check_archive

MOST_ROWS = 20_000
MOST_COLUMNS = 80
CONTENTS = "[Content_Types].xml"  # is in every workbook
CP932 = "文字コードが Shift_JIS（Excel の CSV）だったので、そのように読みました。文字化けがないか、下の内容で確かめてください。"


@dataclass(frozen=True)
class Table:
    """`rows`: the cells as text, with the number of the row as the spreadsheet shows it."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)


def as_csv(dataset: tablib.Dataset) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(dataset.headers)
    writer.writerows([_safe(cell) for cell in row] for row in dataset)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(dataset: tablib.Dataset, title: str) -> bytes:
    """Every cell is text: a spreadsheet makes no dates and no numbers of it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(dataset.headers))
    for row in dataset:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", _safe(cell)) for cell in row])
    for column in range(1, len(dataset.headers) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 24
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _safe(cell: Any) -> str:
    return spreadsheet.safe("" if cell is None else str(cell))


def read_table(name: str, content: bytes) -> Table:
    lower = name.lower()
    notes: list[str] = []
    if lower.endswith(".xlsx") or content[:2] == b"PK":
        lines = _xlsx(name, content)
    elif lower.endswith((".csv", ".txt")):
        lines, notes = _csv(name, content)
    else:
        raise Refused(name, "CSV（.csv）か Excel（.xlsx）のファイルをえらんでください。")
    filled = [(number, cells) for number, cells in enumerate(lines, start=1) if any(cell.strip() for cell in cells)]
    if not filled:
        raise Refused(name, "何も書かれていません。1行目に列の名前、2行目から内容を書いてください。")
    first, headers = filled[0]
    headers = [unicodedata.normalize("NFC", cell.strip()) for cell in headers]
    while headers and not headers[-1]:
        headers.pop()
    rows = []
    for number, cells in filled[1:]:
        if any(cell.strip() for cell in cells[len(headers) :]):
            raise Refused(f"{name} の{number}行目", "列の名前がない所に、何か書かれています。")
        cells = cells[: len(headers)] + [""] * (len(headers) - len(cells))
        rows.append((number, [spreadsheet.unsafe(cell.replace("\r\n", "\n").replace("\r", "\n")) for cell in cells]))
    if any("\0" in cell for _, cells in rows for cell in cells):
        raise Refused(name, "使えない文字（NUL）が入っています。Excel で開いて、保存しなおしてください。")
    if first != 1:
        notes.append(f"1行目が空だったので、{first}行目を列の名前として読みました。")
    return Table(headers, rows, notes)


def _csv(name: str, content: bytes) -> tuple[list[list[str]], list[str]]:
    notes = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp932")
        except UnicodeDecodeError as error:
            raise Refused(name, "文字コードがわかりません。「CSV UTF-8」の形式で保存しなおしてください。") from error
        notes.append(CP932)
    lines: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), strict=True):
            lines.append(cells)
            _bounded(name, len(lines), cells)
    except csv.Error as error:
        where = f"{name} の{len(lines) + 1}行目"
        raise Refused(where, 'CSV として読めません。引用符（"）の数が合っているか見てください。') from error
    return lines, notes


def _xlsx(name: str, content: bytes) -> list[list[str]]:
    archive = check_archive(name, content)
    try:
        if CONTENTS not in archive.namelist():
            raise workbooks.Unreadable
        lines = workbooks.read_apart(content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    except workbooks.TooMuch as error:
        raise Refused(
            name,
            "中身が大きすぎて、読めません。要らない書式やシートを消すか、CSV UTF-8 の形式で保存しなおしてください。",
        ) from error
    except workbooks.Unreadable as error:
        raise Refused(
            name, "Excel のファイルとして読めません。Excel で開き、.xlsx で保存しなおしてください。"
        ) from error
    for number, cells in enumerate(lines, start=1):
        _bounded(name, number, cells)
    return lines


def _bounded(name: str, rows: int, cells: list[str]) -> None:
    if rows > MOST_ROWS:
        raise Refused(name, f"{MOST_ROWS}行より多くあります。ファイルを分けてください。")
    if len(cells) > MOST_COLUMNS:
        raise Refused(name, f"列が多すぎます（{MOST_COLUMNS}列まで）。")
