"""The files over the line: what they are called, when they have to be fetched again, and what the JSON and the ZIP hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from api import licence
from api.open_data import files
from api.open_data.tables import TABLES
from catalog.directory.directory import Directory
from catalog.release import serving

from .conftest import RELEASE, SHA256, text_of

NAMES = files.NAMES
LISTS = {
    "worries": "worries", "age-bands": "age_bands", "audiences": "audiences", "faqs": "faqs", "tips": "tips",
    "child-articles": "child_articles", "flows": "flows",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_given_to_everybody_without_a_cookie(program: Client, name: str) -> None:
    response = program.get(f"/open-data/{name}", headers={"origin": "https://city.example", "accept": "image/png"})
    assert response.status_code == 200
    assert not response.cookies
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    head = program.head(f"/open-data/{name}")
    assert (head.status_code, head["ETag"], head.content) == (200, response["ETag"], b"")


@pytest.mark.parametrize("name", NAMES)
def test_what_has_not_changed_is_not_sent_again(program: Client, name: str) -> None:
    etag = program.get(f"/open-data/{name}")["ETag"]
    again = program.get(f"/open-data/{name}", headers={"if-none-match": f"W/{etag}"})
    assert (again.status_code, again.content) == (304, b"")


def test_another_release_has_to_be_fetched(program: Client, directory: Directory) -> None:
    def fetch() -> dict[str, str]:
        return {name: program.get(f"/open-data/{name}")["ETag"] for name in ("catalogue.json", "catalogue.zip")}

    old = fetch()
    other = replace(RELEASE, number=2, sha256="d" * 64)
    serving.use(replace(directory, number=2), sha256="d" * 64, releases=(other, RELEASE))
    new = fetch()
    assert all(new[name] != old[name] for name in old)
    assert "notalone-r2-supports.csv" in program.get("/open-data/supports.csv")["Content-Disposition"]


def test_the_release_stands_in_the_names_of_the_files(program: Client) -> None:
    named = program.get("/open-data/supports.csv")["Content-Disposition"]
    assert named == 'attachment; filename="notalone-r1-supports.csv"'


def test_a_parameter_that_means_nothing_is_refused(program: Client) -> None:
    response = program.get("/open-data/supports.csv?area=work")
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "area"


def test_the_archive_holds_every_table_and_the_terms(program: Client) -> None:
    archive = zipfile.ZipFile(io.BytesIO(program.get("/open-data/catalogue.zip").content))
    assert archive.testzip() is None
    tables = [*(table.name for table in TABLES), "data-dictionary.csv"]
    assert archive.namelist() == ["README.txt", *tables]
    for name in tables:
        assert archive.read(name) == program.get(f"/open-data/{name}").content
    note = archive.read("README.txt").decode("utf-8-sig")
    assert all(words in note for words in (*licence.paragraphs(), *licence.REQUESTS, licence.LICENCE["url"]))
    assert "公開版1（2026年11月21日）" in note
    assert all(words in note for words in files.OPENING)
    assert "/open-data/#mistakes" in note
    assert archive.getinfo("README.txt").date_time == (2026, 11, 21, 0, 30, 0)


def test_the_document_says_which_release_it_is_and_on_which_terms(catalogue: Any) -> None:
    assert catalogue["release"] == {"number": 1, "sha256": SHA256, "published_at": RELEASE.published_at}
    assert catalogue["licence"]["name"] == "CC BY 4.0"
    assert catalogue["licence"]["requests"] == list(licence.REQUESTS)


def test_the_document_holds_every_support_as_the_api_gives_it(program: Client, catalogue: Any) -> None:
    listed = program.get("/api/v1/supports/?per_page=400").json()["results"]
    ended = program.get("/api/v1/supports/?per_page=400&status=ended").json()["results"]
    assert ended
    by_id = {support["id"]: support for support in catalogue["supports"]}
    assert by_id == {support["id"]: support for support in [*listed, *ended]}
    assert [s["id"] for s in catalogue["supports"] if s["status"] != "ended"] == [s["id"] for s in listed]
    assert all(by_id[support["id"]]["contacts"] == [] for support in ended)


@pytest.mark.parametrize("address", LISTS)
def test_the_document_holds_each_list_as_the_api_gives_it(program: Client, catalogue: Any, address: str) -> None:
    assert catalogue[LISTS[address]] == program.get(f"/api/v1/{address}/").json()["results"] != []


def test_the_dictionary_explains_every_name_in_the_document(program: Client, catalogue: Any) -> None:
    dictionary = program.get("/open-data/data-dictionary.json").json()
    described = next(file["fields"] for file in dictionary["files"] if file["name"] == "catalogue.json")
    assert set(names_in(catalogue)) <= {field["name"] for field in described}
    assert [field for field in described if not field["meaning"]] == []
    top = {field["name"] for field in described if field["part"] == "CatalogueData"}
    assert top == set(catalogue)


def names_in(value: Any) -> Iterator[str]:
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from names_in(part)
    if isinstance(value, dict):
        yield from value


def test_both_dictionaries_say_the_same(program: Client) -> None:
    described = program.get("/open-data/data-dictionary.json").json()["files"]
    rows = [(file["name"], field["part"], field["name"]) for file in described for field in file["fields"]]
    lines = text_of(program, "data-dictionary.csv").splitlines()
    assert len(lines) == len(rows) + 1
    assert all(line.startswith(",".join(row)) for line, row in zip(lines[1:], rows, strict=True))
