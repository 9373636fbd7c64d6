"""What the pages promise is so: their links lead somewhere, their examples work, and the terms are the same everywhere."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from api import licence
from api.open_data import files
from api.openapi import DOCUMENTS
from tests.site.browsing import Page

PAGES = ("/open-data/", "/open-data/dictionary/", "/open-data/api/", "/open-data/api/hsds/")


def opened(program: Client, address: str) -> Page:
    response = program.get(address)
    assert response.status_code == 200
    return Page(response, address)


@pytest.mark.parametrize("address", PAGES)
def test_every_link_leads_somewhere(program: Client, address: str) -> None:
    page = opened(program, address)
    ids = set(page.named("id"))
    for link in page.main.all("a"):
        parts = urlsplit(link["href"])
        if parts.netloc:
            assert parts.scheme == "https"
            assert "noreferrer" in link["rel"]
        elif parts.path:
            assert program.get(parts.path).status_code == 200, link["href"]
        else:
            assert parts.fragment in ids, link["href"]


def test_the_page_is_found_from_every_other_page(program: Client) -> None:
    assert "/open-data/" in [link["href"] for link in opened(program, "/about/").one("footer").all("a")]


def test_the_page_offers_every_file_with_its_size(program: Client) -> None:
    page = opened(program, "/open-data/")
    offered = page.main.all("a", has="download")
    assert len(offered) == 12
    rows = program.get("/open-data/contacts.csv").content.decode().count("\r\n") - 1
    near = next(link for link in offered if link["href"].endswith("/contacts.csv")).around[0]
    assert f"{rows}行" in near.text
    assert "KB" in near.text


def test_the_page_says_which_release_it_is_about(program: Client) -> None:
    text = opened(program, "/open-data/").main.text
    assert "いまの公開版は 1 （2026年11月21日）です。" in text
    assert "出典: あなたはひとりじゃない（公開版1、2026年11月21日）" in text


def test_the_terms_are_the_same_everywhere(program: Client) -> None:
    words = (*licence.paragraphs(), *licence.REQUESTS)
    described = program.get("/api/v1/openapi.json").json()["info"]
    page = opened(program, "/open-data/").main
    assert all(part in described["description"] for part in words)
    assert described["license"] == licence.LICENCE
    assert all(part in page.text for part in words)
    assert page.one("a", href=licence.LICENCE["url"]).text == licence.LICENCE["name"]


def test_mistakes_are_told_to_whom_the_site_names(program: Client, settings: Settings) -> None:
    without = opened(program, "/open-data/")
    assert "mailto:" not in without.response.content.decode()
    assert "「まちがいを知らせる」から" in without.main.text
    settings.CONTACT_EMAIL = "data@city.example"
    assert opened(program, "/open-data/").main.one("a", href="mailto:data@city.example")


def test_the_page_says_what_excel_does_to_the_tables(program: Client) -> None:
    text = opened(program, "/open-data/").main.text
    assert all(words in text for words in files.OPENING)
    assert "データ型を検出しない" in text


@pytest.mark.parametrize("address", PAGES)
def test_what_can_be_pressed_says_which_of_many_it_is(program: Client, address: str) -> None:
    """In a screen reader's list of buttons, or of things that fold, nothing stands around a name."""
    page = opened(program, address).main
    for kind in ("button", "summary", "caption"):
        names = [element.text for element in page.all(kind)]
        names = [name for name in names if not name.startswith("使われる値")]  # these name their field
        assert len(names) == len(set(names)), kind


@pytest.mark.parametrize(("rate", "words"), [("300/min", "1分に300回"), ("5/hour", "1時間に5回")])
def test_the_page_says_how_often_one_may_ask(program: Client, settings: Settings, rate: str, words: str) -> None:
    settings.API_RATE = rate
    assert words in opened(program, "/open-data/").main.text


def test_every_error_is_explained_where_it_points(program: Client) -> None:
    problem = program.get("/api/v1/nothing/").json()
    assert urlsplit(problem["type"]).fragment in opened(program, "/open-data/").named("id")


def asked(program: Client, curl: str) -> Any:
    """What the site answers to a request as it stands on a page."""
    words = shlex.split(curl.replace("\\\n", ""))
    address = urlsplit(next(word for word in words if word.startswith("http")))
    target = f"{address.path}?{address.query}" if address.query else address.path
    if "-d" not in words:
        return program.get(target)
    assert words[words.index("-H") + 1] == "Content-Type: application/json"
    return program.post(target, words[words.index("-d") + 1], content_type="application/json")


def raw(element: Any) -> str:
    return "".join(element.parts)


def test_the_conversation_on_the_page_really_goes_like_that(program: Client) -> None:
    page = opened(program, "/open-data/")
    requests, excerpts = page.all("pre", has="data-request"), page.all("pre", has="data-excerpt")
    assert len(requests) == len(excerpts) == 3
    for request, excerpt in zip(requests, excerpts, strict=True):
        response = asked(program, raw(request))
        assert response.status_code == 200
        assert is_part_of(json.loads(raw(excerpt)), response.json())
    assert json.loads(raw(excerpts[0]))["question"]["key"]
    assert json.loads(raw(excerpts[1]))["question"]["key"]
    assert json.loads(raw(excerpts[2]))["results"][0]["support"]["contacts"]


def test_the_page_leads_to_every_api(program: Client) -> None:
    page = opened(program, "/open-data/").main
    for of, document in DOCUMENTS.items():
        assert page.one("a", href=reverse(f"open-data-api-{of}"))
        assert document.title in page.text
        assert f"/{document.prefix}" in page.text


def is_part_of(part: Any, whole: Any) -> bool:
    """Objects with fewer names, lists with fewer rows."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(is_part_of(value, whole.get(name)) for name, value in part.items())
    if isinstance(part, list):
        return isinstance(whole, list) and all(map(is_part_of, part, whole)) and len(part) <= len(whole)
    return bool(part == whole)


def test_the_example_on_the_page_is_the_file(program: Client) -> None:
    shown = raw(opened(program, "/open-data/").one("pre", has="data-client"))
    assert shown == program.get("/open-data/notalone_client.py").content.decode()


@pytest.mark.parametrize("of", DOCUMENTS)
def test_the_reference_names_every_operation_parameter_field_and_value(program: Client, of: str) -> None:
    page = opened(program, reverse(f"open-data-api-{of}"))
    link = next(link for link in page.main.all("a") if link["href"].endswith("openapi.json"))
    document = program.get(link["href"]).json()
    ids = page.named("id")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            heading = page.one(id=operation["operationId"])
            section = heading.around[0]
            assert f"{method.upper()} {path}" in section.text
            named = {cell.text for cell in section.all("th")}
            assert {parameter["name"] for parameter in operation.get("parameters", [])} <= named
            for parameter in operation.get("parameters", []):
                assert parameter["description"].partition("\n")[0].replace("`", "") in section.text
                assert all(value in section.text for value in parameter["schema"].get("enum", []))
    for name, schema in document["components"]["schemas"].items():
        assert f"shape-{name}" in ids
        heading = page.one(id=f"shape-{name}")
        rows = page.all("table")
        shape = next(t for t in rows if t.all("caption") and t.one("caption").text == f"{name} の項目")
        assert {cell.text for cell in shape.all("th", scope="row")} == set(schema.get("properties", {}))
        assert heading.text == name


@pytest.mark.parametrize("of", DOCUMENTS)
def test_every_example_of_the_reference_works(program: Client, of: str) -> None:
    page = opened(program, reverse(f"open-data-api-{of}"))
    examples = [raw(pre) for pre in page.all("pre") if raw(pre).startswith("curl ")]
    forms = page.all("form", has="data-try")
    assert len(examples) == len(forms) > 5
    for curl in examples:
        assert asked(program, curl).status_code == 200, curl
    for form, curl in zip(forms, examples, strict=True):
        assert form.one("input", name="address")["value"] in curl
        assert "hidden" in form.attrs  # until there is a script


def test_the_pages_ask_no_database(program: Client, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.block():
        for address in PAGES:
            response = program.get(address)
            assert response.status_code == 200
            assert not response.cookies


def test_the_dictionary_page_has_every_column(program: Client) -> None:
    page = opened(program, "/open-data/dictionary/")
    described = program.get("/open-data/data-dictionary.json").json()["files"]
    names = [re.sub(r"^.* ", "", cell.text) for cell in page.main.all("th", scope="row")]
    assert names == [field["name"] for file in described for field in file["fields"]]
