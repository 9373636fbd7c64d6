"""Who may, what is refused, and that publishing sees an import whole or not at all."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from catalog.directory.directory import Directory
from catalog.models import Release, Support
from catalog.release.publishing import CannotPublish, publish
from desk.exchange import parsing, workbooks
from desk.exchange.parsing import Refused, read, unpack
from desk.exchange.sheets import read_table
from desk.exchange.uploads import MOST_BYTES
from tests.catalog.conftest import desk as desk

from .exchanging import as_yaml, as_zip, confirm, entry, text_of, upload

pytestmark = pytest.mark.django_db

DOWNLOADS = [
    ("exchange_archive", []),
    ("exchange_file", ["catalog/03_faqs.yaml"]),
    ("exchange_table", ["faq", "csv"]),
    ("exchange_table", ["faq", "xlsx"]),
]
FAQ_YAML = as_yaml(
    [{"model": "catalog.faq", "fields": {"slug": "fresh", "group": "site", "question": "？", "answer": "。"}}]
)


@pytest.mark.parametrize(("name", "values"), [("exchange", []), *DOWNLOADS, ("exchange_check", [])])
def test_a_stranger_is_led_to_the_sign_in(name: str, values: list[str]) -> None:
    answer = Client().get(reverse(f"admin:{name}", args=values))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))


def test_a_stranger_cannot_upload(tmp_path: Path) -> None:
    answer = Client().post(reverse("admin:exchange_upload"), {"files": SimpleUploadedFile("a.yaml", FAQ_YAML)})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))
    assert not (tmp_path / "pending").exists()


@pytest.mark.parametrize(("name", "values"), DOWNLOADS)
def test_a_viewer_may_export(viewer: Client, name: str, values: list[str]) -> None:
    answer = viewer.get(reverse(f"admin:{name}", args=values))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store" or "no-cache" in answer["Cache-Control"]


@pytest.mark.parametrize(("name", "values"), DOWNLOADS)
def test_staff_without_a_group_may_not_export(sign_in: Any, name: str, values: list[str]) -> None:
    nobody = sign_in("だれか")
    assert nobody.get(reverse(f"admin:{name}", args=values)).status_code == 403
    assert "書き出す" not in text_of(nobody.get(reverse("admin:exchange")))


def test_a_viewer_may_not_import(viewer: Client) -> None:
    assert 'type="file"' not in viewer.get(reverse("admin:exchange")).content.decode()
    assert upload(viewer, FAQ_YAML).status_code == 403
    assert upload(viewer, b"x", "a.csv", table="faq").status_code == 403
    assert viewer.get(reverse("admin:exchange_check")).status_code == 403
    assert viewer.post(reverse("admin:exchange_check"), {"seen": "0" * 64}).status_code == 403
    assert viewer.post(reverse("admin:exchange_cancel")).status_code == 403


def test_who_loses_the_right_between_looking_and_confirming_cannot_confirm(editor: Client) -> None:
    page = upload(editor, FAQ_YAML)
    user = page.wsgi_request.user
    user.groups.clear()
    seen = page.context["sha256"]
    assert editor.post(reverse("admin:exchange_check"), {"seen": seen}).status_code == 403


def test_a_post_from_elsewhere_is_refused(editor: Client) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = editor.cookies
    for name in ("exchange_upload", "exchange_check", "exchange_cancel"):
        assert careful.post(reverse(f"admin:{name}")).status_code == 403


@pytest.mark.parametrize("path", ["/chat/", "/desk/login/", "/under18/chat/"])
def test_files_are_refused_everywhere_else(served: Directory, path: str) -> None:
    answer = Client().post(path, {"file": SimpleUploadedFile("a.yaml", FAQ_YAML)})
    assert answer.status_code == 400


def test_a_file_that_is_too_big_is_refused_kindly(editor: Client, tmp_path: Path) -> None:
    page = upload(editor, b"#" * (MOST_BYTES + 1))
    assert "大きすぎます。あわせて5MBまで" in text_of(page)
    assert not (tmp_path / "pending").exists()


def workbook_of_styles() -> bytes:
    """Small as a file; each of its fonts is an object to openpyxl."""
    written = io.BytesIO()
    openpyxl.Workbook().save(written)
    files = {}
    with zipfile.ZipFile(written) as book:
        for name in book.namelist():
            text = book.read(name).decode()
            if name == "xl/styles.xml":
                text = text.replace("</fonts>", '<font><b/><sz val="11"/></font>' * 300_000 + "</fonts>")
            files[name] = text.encode()
    return as_zip(files)


def zip_bomb() -> bytes:
    return as_zip({"a.yaml": b"#" * (25 * 1024 * 1024)})


def lying_archive() -> bytes:
    """It says of a file of a megabyte that it has ten bytes."""
    content = as_zip({"a.yaml": b"#" * 1024 * 1024})
    return content.replace((1024 * 1024).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def locked_archive() -> bytes:
    packed = io.BytesIO(as_zip({"a.yaml": b"- a"}))
    content = bytearray(packed.getvalue())
    content[content.index(b"PK\x03\x04") + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"MZ", "YAML のファイル（.yaml）か、それをまとめた ZIP"),
        ("a.yaml.zip", b"PK\x03\x04broken", "こわれていて、開けません"),
        ("a.zip", as_zip({"a.txt": b""}), "中に YAML のファイルがありません"),
        ("a.zip", as_zip({"../../etc/a.yaml": b"- a"}), "安全のため、読みこみません"),
        ("a.zip", as_zip({"/etc/a.yaml": b"- a"}), "安全のため、読みこみません"),
        ("a.zip", as_zip({"C:\\a.yaml": b"- a"}), "安全のため、読みこみません"),
        ("a.zip", as_zip({f"{n}.yaml": b"" for n in range(61)}), "60個まで"),
        ("a.zip", zip_bomb(), "20MBより大きく"),
        ("a.zip", lying_archive(), "a.yaml: 開けません"),
        ("a.zip", locked_archive(), "パスワードのない"),
    ],
)
def test_what_cannot_be_unpacked_says_what_to_do(name: str, content: bytes, message: str) -> None:
    with pytest.raises(Refused) as refused:
        unpack(name, content)
    assert message in str(refused.value.problem)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF", "CSV（.csv）か Excel（.xlsx）"),
        ("a.xlsx", b"PK\x03\x04broken", "こわれていて"),
        ("a.xlsx", as_zip({"a.txt": b""}), "Excel のファイルとして読めません"),
        ("a.xlsx", zip_bomb(), "20MBより大きく"),
        ("a.csv", b"\x81\xff\xff", "文字コードがわかりません"),
        ("a.csv", b"a\n" + b"x\n" * 20001, "行より多く"),
        ("a.csv", b"," * 100, "列が多すぎます"),
        ("a.csv", b"a\n" + b"x" * 200_000, "CSV として読めません"),
        ("a.csv", b"a\nx\0y\n", "NUL"),
    ],
)
def test_a_table_that_cannot_be_opened_says_what_to_do(name: str, content: bytes, message: str) -> None:
    with pytest.raises(Refused) as refused:
        read_table(name, content)
    assert message in str(refused.value.problem)


ANY_BYTES = st.one_of(
    st.binary(max_size=300),
    st.binary(max_size=300).map(lambda content: b"PK\x03\x04" + content),
    st.text("-:{}[]&*!|>'\"# \n\tabmodelfields.0123456789あ", max_size=200).map(str.encode),
)
BYTES_OF_AN_ARCHIVE = as_zip({"a.yaml": FAQ_YAML})


@st.composite
def spoilt_archives(draw: st.DrawFn) -> bytes:
    content = bytearray(BYTES_OF_AN_ARCHIVE)
    for _ in range(draw(st.integers(1, 4))):
        content[draw(st.integers(2, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content)


@given(content=ANY_BYTES | spoilt_archives(), name=st.sampled_from(["a.yaml", "a.zip", "a.csv", "a.xlsx", "a"]))
@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_read_or_named(content: bytes, name: str) -> None:
    try:
        records, problems = read(unpack(name, content))
        assert all(record.where for record in records)
        assert all(problem.message for problem in problems)
    except Refused as refused:
        assert refused.problem.message  # noqa: PT017
    try:
        assert read_table(name, content).headers
    except Refused as refused:
        assert refused.problem.message  # noqa: PT017


@given(content=ANY_BYTES)
@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_gets_a_page(editor: Client, content: bytes) -> None:
    for name, values in (("a.yaml", {}), ("a.csv", {"table": "faq"}), ("a.xlsx", {"table": "contact"})):
        assert upload(editor, content, name, **values).status_code == 200


@pytest.mark.parametrize(
    ("limit", "value"), [("MOST_SECONDS", 1), ("MOST_MEMORY", 128 * 1024 * 1024), ("MOST_WAIT", 0.2)]
)
def test_a_workbook_that_unfolds_into_too_much_is_refused_and_the_server_goes_on(
    editor: Client, monkeypatch: pytest.MonkeyPatch, limit: str, value: float
) -> None:
    monkeypatch.setattr(workbooks, limit, value)
    page = upload(editor, workbook_of_styles(), "a.xlsx", table="faq")
    assert "中身が大きすぎて、読めません" in text_of(page)


def test_more_values_than_are_read_in_a_few_seconds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MOST_VALUES", 100)
    assert not read({"a.yaml": FAQ_YAML.decode()})[1]
    _, problems = read({"a.yaml": "- a\n" * 200})
    assert "値が多すぎます" in problems[0].message


def test_an_archive_made_by_a_mac_is_read() -> None:
    content = as_zip({"a.yaml": FAQ_YAML, "__MACOSX/._a.yaml": b"\0\0"})
    assert list(unpack("a.zip", content)) == ["a.yaml"]
    assert zipfile.is_zipfile(io.BytesIO(content))


def test_publishing_in_the_middle_or_after_a_failure_sees_all_or_nothing(
    editor: Client, desk: Support, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = entry("akari")
    records[0]["fields"]["name"] = "ひかり電話"
    records[1]["fields"]["value"] = "0120-111-111"
    page = upload(editor, as_yaml(records))
    publish(by="すずき")
    assert "ひかり電話" not in Release.objects.first().payload, "a dry run is not published"  # type: ignore[union-attr]
    save = type(desk.contacts.get()).save

    def failing(self: Any, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(type(desk.contacts.get()), "save", failing)
    with pytest.raises(RuntimeError):
        confirm(editor, page)
    newest = publish(by="すずき")
    assert "ひかり電話" not in newest.payload
    monkeypatch.setattr(type(desk.contacts.get()), "save", save)
    confirm(editor, upload(editor, as_yaml(records)))
    newest = publish(by="すずき")
    assert "ひかり電話" in newest.payload
    assert "0120-111-111" in newest.payload


def test_an_import_that_cannot_be_public_stops_publishing_not_the_site(editor: Client, desk: Support) -> None:
    before = publish(by="すずき")
    records = entry("akari")
    records[0]["fields"]["summary"] = "0120-999-999 にかけてください。"
    confirm(editor, upload(editor, as_yaml(records)))
    with pytest.raises(CannotPublish):
        publish(by="すずき")
    assert Release.objects.first() == before
