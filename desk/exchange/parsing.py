"""Uploaded YAML as records to import. Whatever is sent, it is read or named, never trusted."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.db.models import BooleanField, ForeignKey, IntegerField, JSONField, ManyToManyField

from catalog.release.problem import Problem

from .exchanged import EXCHANGED, AnyField, Key, Values
from .fixtures_yaml import Loader, record_key

MOST_BYTES_UNPACKED = 20 * 1024 * 1024
MOST_FILES = 60
MOST_VALUES = 600_000  # beginnings and ends of lists included; the fixtures together have 104,000
DEEPEST = 12  # levels of lists within lists; the fixtures need 6
WRONG_TYPE = "YAML のファイル（.yaml）か、それをまとめた ZIP をえらんでください。"


class Refused(Exception):
    """A file that cannot be read at all."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(where, message)


@dataclass(frozen=True)
class Record:
    where: str  # "02_supports_mind.yaml の 3番目（支援 yorisoi-hotline）"
    key: Key
    values: Values


def unpack(name: str, content: bytes) -> dict[str, str]:
    """The YAML texts in one uploaded file, by name. Raises Refused."""
    if content[:2] == b"PK":
        return {inner: _text(inner, data) for inner, data in _zipped(name, content)}
    if not name.lower().endswith((".yaml", ".yml")):
        raise Refused(name, WRONG_TYPE)
    return {name: _text(name, content)}


def check_archive(name: str, content: bytes) -> zipfile.ZipFile:
    """An archive that may be opened: not too many files, not too big unpacked, no names that lead elsewhere. Raises Refused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Refused(name, "こわれていて、開けません。もう一度つくって、えらびなおしてください。") from error
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise Refused(name, f"中のファイルが{len(members)}個あります。{MOST_FILES}個までにしてください。")
    if sum(member.file_size for member in members) > MOST_BYTES_UNPACKED:
        raise Refused(
            name, f"開くと{MOST_BYTES_UNPACKED // 1024 // 1024}MBより大きくなります。ファイルを分けてください。"
        )
    for member in members:
        parts = member.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0]:
            raise Refused(
                name, f"中に「{member.filename}」という名前のファイルがあります。安全のため、読みこみません。"
            )
    return archive


def _zipped(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    archive = check_archive(name, content)
    wanted = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith((".yaml", ".yml")) and not member.filename.startswith("__MACOSX/")
    ]
    if not wanted:
        raise Refused(name, f"中に YAML のファイルがありません。{WRONG_TYPE}")
    left = MOST_BYTES_UNPACKED
    for member in wanted:
        try:
            with archive.open(member) as opened:
                data = opened.read(left + 1)  # what the archive says of its size may be a lie
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            OSError,
            EOFError,
            ValueError,
        ) as error:
            raise Refused(
                f"{name} の {member.filename}", "開けません。パスワードのない、ふつうの ZIP にしてください。"
            ) from error
        left -= len(data)
        if left < 0:
            raise Refused(name, "開くと大きすぎます。ファイルを分けてください。")
        yield member.filename, data


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(name, "文字コードが UTF-8 ではありません。UTF-8 で保存しなおしてください。") from error


def read(files: Mapping[str, str]) -> tuple[list[Record], list[Problem]]:
    """The records of all files, and what is wrong with them. Where anything is wrong, nothing is to be imported."""
    records: list[Record] = []
    problems: list[Problem] = []
    seen: dict[Key, str] = {}
    for name, text in files.items():
        try:
            rows = _parse(name, text)
        except Refused as refused:
            problems.append(refused.problem)
            continue
        for number, row in enumerate(rows, start=1):
            record = _record(f"{name} の {number}番目", row, problems)
            if record is None:
                continue
            if record.key in seen:
                problems.append(Problem(record.where, f"{seen[record.key]}と同じものです。どちらかを消してください。"))
            seen.setdefault(record.key, record.where)
            records.append(record)
    return records, problems


def _parse(name: str, text: str) -> list[Any]:
    try:
        _check_shape(name, text)
        rows = yaml.load(text, Loader=Loader)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name} の{mark.line + 1}行目" if mark else name
        raise Refused(where, "YAML として読めません。字下げ、コロンの後の空白、引用符を見てください。") from error
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:  # such as 2025-13-01
        message = "読めない値があります。日付や記号は '2025-04-01' のように引用符で囲んでください。"
        raise Refused(name, message) from error
    if not isinstance(rows, list):
        raise Refused(name, "「- model: …」で始まる並びではありません。書き出したファイルと同じ形にしてください。")
    return rows


def _check_shape(name: str, text: str) -> None:
    """No references, which can unfold without end, no endless depth, and not more than is read in a few seconds."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=Loader)):
        if number > MOST_VALUES:
            raise Refused(name, "値が多すぎます。ファイルを分けてください。")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise Refused(f"{name} の{line}行目", "「*」の参照は使えません。値をそのまま書いてください。")
        if depth > DEEPEST:
            raise Refused(f"{name} の{line}行目", "かっこや字下げの中に、深く入りすぎています。")


def _record(where: str, row: Any, problems: list[Problem]) -> Record | None:
    """One record, or None after its problems were added."""
    if not isinstance(row, dict) or set(row) != {"model", "fields"} or not isinstance(row["fields"], dict):
        problems.append(Problem(where, "model と fields の2つを書いてください（pk などは書けません）。"))
        return None
    kind = EXCHANGED.get(row["model"]) if isinstance(row["model"], str) else None
    if kind is None:
        problems.append(
            Problem(where, f"model「{row['model']}」はありません。書けるのは {'、'.join(EXCHANGED)} です。")
        )
        return None
    fields: dict[Any, Any] = row["fields"]
    where = f"{where}（{kind.words} {_key_words(fields.get(name) for name in kind.key_fields)}）"
    found = []
    for name, value in fields.items():
        field = kind.fields.get(name) if isinstance(name, str) else None
        if field is None:
            found.append(
                Problem(where, f"「{name}」という項目はありません。書けるのは {'、'.join(kind.fields)} です。")
            )
        elif message := _type_problem(field, value):
            found.append(Problem(where, f"「{field.verbose_name}」（{name}）: {message}"))
    found += [
        Problem(where, f"{name} がありません。どの{kind.words}のことかが、これで決まります。")
        for name in kind.key_fields
        if fields.get(name) in (None, "", [])
    ]
    problems += found
    return None if found else Record(where, record_key(kind.label, fields), fields)


def _key_words(values: Iterable[Any]) -> str:
    parts = [part for value in values for part in (value if isinstance(value, list) else [value])]
    return " ".join(str(part)[:60] for part in parts[:4] if part is not None)


def _type_problem(field: AnyField, value: Any) -> str:
    """What is wrong with the type of a value: YAML reads 110 as a number and 9:00 as minutes. "" if nothing."""
    if isinstance(field, ManyToManyField):
        return (
            "" if isinstance(value, list) and all(map(_is_key, value)) else "「- - 記号」の形の並びで書いてください。"
        )
    if isinstance(field, ForeignKey):
        allowed = _is_key(value) or (value is None and field.null)
        return "" if allowed else "「- 記号」の形で書いてください。"
    if isinstance(field, BooleanField):
        return "" if isinstance(value, bool) else "true か false で書いてください。"
    if isinstance(field, IntegerField):
        whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 32767
        return "" if whole or (value is None and field.null) else "0から32767までの数で書いてください。"
    if isinstance(field, JSONField):
        plain = isinstance(value, list) and all(_is_plain(item) for item in value)
        return "" if plain else "「- 」で始まる並びで書いてください（ないときは []）。"
    if not isinstance(value, str):
        return f"文字を引用符で囲んで書いてください（YAML は {value} を文字と見ません）。"
    return "" if "\0" not in value else "使えない文字（NUL）が入っています。"


def _is_key(value: Any) -> bool:
    return isinstance(value, list) and 0 < len(value) <= 3 and all(_is_plain(part) for part in value)


def _is_plain(value: Any) -> bool:
    return (isinstance(value, str) and "\0" not in value) or (
        isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31
    )
