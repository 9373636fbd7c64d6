"""The files to take away. They are made once for each Release, in memory."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse

from api import licence
from catalog.directory.directory import Directory
from catalog.hours.timetable import JAPAN
from catalog.pages.imprint import imprint, moment_of
from catalog.release import serving
from catalog.release.caching import kept
from catalog.release.serving import Published

from . import dictionary
from .catalogue import catalogue
from .columns import as_csv
from .tables import TABLES

CSV, JSON, ZIP, PYTHON = (
    "text/csv; charset=utf-8",
    "application/json",
    "application/zip",
    "text/x-python; charset=utf-8",
)
ARCHIVE = "catalogue.zip"
CLIENT = "notalone_client.py"
NAMES = (
    ARCHIVE,
    *(table.name for table in TABLES),
    dictionary.CATALOGUE,
    f"{dictionary.DICTIONARY}.csv",
    f"{dictionary.DICTIONARY}.json",
    CLIENT,
)
# On the page and in the archive.
OPENING = (
    "CSVは、Excel でそのまま開けます（UTF-8、BOMつき）。1つのセルに値がいくつかあるときは、「；」で区切っています。",
    "「=」「+」「-」「@」で始まる文字には、式とまちがえられないように、前に「'」をつけています。電話番号はそのままです。",
    "Excel は、日付や時刻の見え方を変えることがあります（2026-01 が Jan-26、09:00 が 9:00 など）。見るだけなら、そのままで大丈夫です。",
    "直して保存するときは、Excel の「データ」の「テキストまたはCSVから」で開き、「データ型検出」を「データ型を検出しない」にしてください。"
    "もとの書き方のまま残ります。",
    "日付が 2026 や 2026-01 なら、資料から、年や月までしかわからないものです。",
)
LONG_AGO = datetime(2000, 1, 1, tzinfo=JAPAN)  # stands in the archive of a preview, which has no date


@dataclass(frozen=True)
class File:
    """`rows`: how many a table has."""

    name: str
    title: str
    about: str
    content: bytes
    content_type: str
    rows: int | None = None

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'

    @property
    def address(self) -> str:
        return reverse(f"open-data-{self.name}")

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2].upper()


def current() -> dict[str, File]:
    """The files of the Release that is shown, by name."""
    return _files(serving.current(), serving.published())


@kept(1)  # megabytes: what was made of an older Release is let go
def _files(directory: Directory, release: Published | None) -> dict[str, File]:
    whole = catalogue(directory, release)
    tables = list(_tables(whole))
    made = [
        _archive(tables, directory.number, release),
        *tables,
        _json(dictionary.CATALOGUE, "すべて（JSON）", "すべてを1つのファイルに。形は API の答えと同じです。", whole),
        _json(
            f"{dictionary.DICTIONARY}.json",
            "データの説明（JSON）",
            "データの説明を、プログラムで読む形で。",
            dictionary.as_json(whole),
        ),
        File(
            CLIENT, "プログラムの例", "Python の標準ライブラリだけで動きます。",
            (settings.BASE_DIR / "examples" / CLIENT).read_bytes(), PYTHON,
        ),
    ]  # fmt: skip
    return {file.name: file for file in made}


def _tables(whole: dict[str, Any]) -> Iterator[File]:
    for table in (*TABLES, dictionary.TABLE):
        cells = table.cells(whole)
        yield File(table.name, table.title, table.about, as_csv(table, cells), CSV, rows=len(cells))


def _json(name: str, title: str, about: str, value: object) -> File:
    return File(name, title, about, json.dumps(value, ensure_ascii=False).encode(), JSON)


def _archive(tables: list[File], number: int, release: Published | None) -> File:
    """All tables with a note on how to use them. The same Release gives the same bytes."""
    at = (moment_of(release) or LONG_AGO).timetuple()[:6]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        note = _note(tables, number).encode("utf-8-sig")
        for name, data in (("README.txt", note), *((file.name, file.content) for file in tables)):
            archive.writestr(zipfile.ZipInfo(name, date_time=at), data, zipfile.ZIP_DEFLATED)
    return File(ARCHIVE, "まとめて（ZIP）", "CSVのすべてと、データの説明、使うときの約束。", content.getvalue(), ZIP)


def _note(tables: list[File], number: int) -> str:
    date = imprint().date_words
    listed = "\n".join(f"・{file.name}  {file.title}（{file.rows}行）" for file in tables)
    who = "\n".join(filter(None, (imprint().notice, *imprint().facts)))
    opening = "\n".join(f"・{words}" for words in OPENING)
    words = f"""あなたはひとりじゃない  オープンデータ  公開版{number}{f"（{date}）" if date else ""}
{settings.SITE_URL}/open-data/

ファイル
{listed}

開き方
{opening}

使うときの約束
{licence.as_text()}

だれが
{who}

まちがいに気づいたら
{settings.SITE_URL}/open-data/#mistakes

出典の書き方の例
{licence.credit(f"{settings.SITE_URL}/", number, date)}
"""
    return words.replace("\n", "\r\n")
