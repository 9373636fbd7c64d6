"""Lists: pages, filters, formats, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from catalog.directory.directory import Directory
from catalog.release import serving
from tests.conftest import japan

from .conftest import PUBLISHED
from .fetching import SHA256, Asker

LISTS = ("services", "organizations", "taxonomies", "taxonomy_terms")
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("address", LISTS)
def test_a_page_says_where_it_stands(hsds: Asker, address: str) -> None:
    page = hsds.get(address, per_page=2)
    assert page.keys() == {
        "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
    }  # fmt: skip
    assert (page["page_number"], page["size"], len(page["contents"])) == (1, 2, 2)
    assert (page["first_page"], page["last_page"], page["empty"]) == (True, False, False)
    last = hsds.get(address, per_page=2, page=page["total_pages"])
    assert (last["first_page"], last["last_page"]) == (False, True)
    assert (page["total_pages"] - 1) * 2 + last["size"] == page["total_items"]


@pytest.mark.parametrize("address", LISTS)
def test_pages_together_are_the_whole_list(hsds: Asker, address: str) -> None:
    assert hsds.all(address, per_page=37) == hsds.all(address, per_page=400)


@pytest.mark.parametrize("address", LISTS)
def test_ndjson_is_everything_without_pages(hsds: Asker, address: str) -> None:
    response = hsds.response(address, format="ndjson")
    assert response["Content-Type"] == "application/x-ndjson"
    rows = [json.loads(line) for line in response.content.decode().splitlines()]
    assert rows == hsds.all(address)
    assert hsds.response(address, format="ndjson", page=2, per_page=1).content == response.content
    assert hsds.response(address, headers={"If-None-Match": response["ETag"]}, format="ndjson").status_code == 304


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_list_is_a_page_too(hsds: Asker, address: str) -> None:
    page = hsds.get(address, search="そんなことばはどこにもない")
    assert (page["total_items"], page["size"], page["empty"], page["contents"]) == (0, 0, True, [])
    assert page["first_page"]
    assert page["last_page"]


@pytest.mark.parametrize(
    ("address", "query", "parameter"),
    [
        ("services", {"postcode": "100-0001"}, "postcode"),
        ("services", {"proximity": "5"}, "proximity"),
        ("services", {"format": "xml"}, "format"),
        ("services", {"full": "yes"}, "full"),
        ("services", {"minimal": "1"}, "minimal"),
        ("services", {"organization_id": "12"}, "organization_id"),
        ("services", {"taxonomy_id": "12"}, "taxonomy_id"),
        ("services", {"taxonomy_term_id": "12"}, "taxonomy_term_id"),
        ("services", {"organization_id": NOBODY.replace("-", "")}, "organization_id"),
        ("services", {"modified_after": "yesterday"}, "modified_after"),
        ("services", {"page": "0"}, "page"),
        ("services", {"per_page": "5000"}, "per_page"),
        ("services", {"search": ""}, "search"),
        ("organizations", {"taxonomy_id": NOBODY}, "taxonomy_id"),
        ("taxonomy_terms", {"top_only": "ja"}, "top_only"),
        ("taxonomies", {"taxonomy_id": NOBODY}, "taxonomy_id"),
        (f"services/{NOBODY}", {"full": "true"}, "full"),
        ("export.json", {"format": "csv"}, "format"),
        ("japan", {"lang": "en"}, "lang"),
        ("", {"lang": "en"}, "lang"),
    ],
)
def test_what_is_wrong_is_named(hsds: Asker, address: str, query: dict[str, str], parameter: str) -> None:
    response = hsds.response(address, **query)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    (mistake,) = json.loads(response.content)["errors"]
    assert mistake["parameter"] == parameter
    assert not mistake["detail"].isascii()


def test_an_unknown_format_is_told_which_there_are(hsds: Asker) -> None:
    (mistake,) = json.loads(hsds.response("services", format="csv").content)["errors"]
    assert mistake["allowed"] == ["json", "ndjson"]


@pytest.mark.parametrize(
    "address",
    ["services/nobody", *(f"{name}/{NOBODY}" for name in LISTS), "japan/profile/location.json", "service_at_locations"],
)
def test_what_is_not_there_is_not_found(hsds: Asker, address: str) -> None:
    response = hsds.response(address)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_behind_the_last_page_there_is_nothing(hsds: Asker) -> None:
    assert hsds.response("services", page=9999).status_code == 404


def test_a_slash_at_the_end_leads_to_the_address_without_it(hsds: Asker) -> None:
    some = hsds.get("services", per_page=1)["contents"][0]["id"]
    for address in ("services/?per_page=1", f"services/{some}/", "japan/", "japan/profile/phone.json/"):
        response = hsds.web.get(f"/api/hsds/{address}", follow=True)
        assert response.status_code == 200
        path, _, query = address.partition("?")
        assert response.request["PATH_INFO"] == f"/api/hsds/{path[:-1]}"
        assert response.request["QUERY_STRING"] == query


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(hsds: Asker, method: str) -> None:
    send: Callable[[str], Any] = getattr(hsds.web, method)
    assert send("/api/hsds/services").status_code == 405


def test_minimal_is_all_ids_with_their_days_in_one_page(hsds: Asker, directory: Directory) -> None:
    page = hsds.get("services", minimal="true")
    assert page["total_pages"] == 1
    assert page["size"] == len(directory.supports)
    assert all(row.keys() == {"id", "modified_date"} for row in page["contents"])
    assert hsds.get("services", minimal="true", full="true") == page
    assert hsds.get("services", minimal="true", per_page=5)["size"] == 5


def test_filters_hold_together(hsds: Asker, services: list[dict[str, Any]]) -> None:
    service = next(row for row in services if row["status"] == "active")
    attribute = next(row for row in service["attributes"] if row["link_type"] == "main_topic")
    term, taxonomy = attribute["taxonomy_term_id"], attribute["taxonomy_term"]["taxonomy_id"]
    operator = service["organization_id"]

    def has_term(row: dict[str, Any], id_: str) -> bool:
        return any(attribute.get("taxonomy_term_id") == id_ for attribute in row["attributes"])

    def ids(rows: list[dict[str, Any]]) -> list[str]:
        return [row["id"] for row in rows]

    assert ids(hsds.all("services", taxonomy_term_id=term)) == ids([row for row in services if has_term(row, term)])
    run = [row for row in services if row["organization_id"] == operator]
    assert ids(hsds.all("services", organization_id=operator)) == ids(run)
    both = hsds.all("services", taxonomy_term_id=term, organization_id=operator)
    assert ids(both) == ids([row for row in run if has_term(row, term)])
    assert hsds.all("services", taxonomy_id=taxonomy) == hsds.all("services")
    assert hsds.all("services", organization_id=NOBODY) == []


def test_the_term_of_an_area_finds_what_the_terms_within_it_find(hsds: Asker) -> None:
    terms = hsds.all("taxonomy_terms")
    children = [row for row in terms if "parent_id" in row][:20]
    assert children
    for child in children:
        found = {row["id"] for row in hsds.all("services", taxonomy_term_id=child["id"])}
        assert set() != found <= {row["id"] for row in hsds.all("services", taxonomy_term_id=child["parent_id"])}


def test_an_organization_says_what_it_runs_and_that_its_name_may_stand_for_several(hsds: Asker) -> None:
    said = {row["name"]: row["description"] for row in hsds.all("organizations")}
    assert said["こども家庭庁・都道府県など"].startswith("「親子のための相談LINE」を運営しているところ。")
    assert all("いくつかの機関をまとめた名前のことがあります" in words for words in said.values())
    assert "など11件を" in said["厚生労働省"]
    assert "すべて終わっています" in said["国民生活センター"]


def test_only_some_services_name_an_audience(hsds: Asker, services: list[dict[str, Any]]) -> None:
    audiences = next(row["id"] for row in hsds.all("taxonomies") if row["name"] == "対象")
    named = {
        row["id"]
        for row in services
        for attribute in row["attributes"]
        if attribute.get("taxonomy_term", {}).get("taxonomy_id") == audiences
    }
    assert {row["id"] for row in hsds.all("services", taxonomy_id=audiences)} == named
    assert 0 < len(named) < len(services)


def test_searching_finds_names_readings_and_numbers(hsds: Asker) -> None:
    for words in ("いのちの電話", "いのちのでんわ", "0120-783-556"):
        assert "いのちの電話" in [row["name"] for row in hsds.all("services", search=words)]
    assert hsds.all("organizations", search="いのちの電話連盟")[0]["name"] == "一般社団法人日本いのちの電話連盟"
    assert hsds.all("organizations", search="よりそいホットライン")
    assert hsds.all("organizations", search="まとめた名前") == []  # words about the name, not of it


def test_terms_are_found_by_their_place(hsds: Asker) -> None:
    terms = hsds.all("taxonomy_terms")
    parents = {row["parent_id"] for row in terms if "parent_id" in row}
    parent = sorted(parents)[0]
    assert hsds.all("taxonomy_terms", parent_id=parent) == [row for row in terms if row.get("parent_id") == parent]
    assert hsds.all("taxonomy_terms", top_only="true") == [row for row in terms if "parent_id" not in row]
    taxonomy = terms[-1]["taxonomy_id"]
    assert hsds.all("taxonomy_terms", taxonomy_id=taxonomy) == [row for row in terms if row["taxonomy_id"] == taxonomy]


def test_since_the_release_nothing_has_changed(hsds: Asker, directory: Directory) -> None:
    """Published on 1 November at 9:00."""
    assert len(hsds.all("services", modified_after="2026-11-01T09:00")) == len(directory.supports)
    assert hsds.all("services", modified_after="2026-11-01T09:01") == []
    assert {row["last_modified"] for row in hsds.all("services")} == {"2026-11-01T09:00:00+09:00"}


def test_a_season_that_turned_after_the_release_is_a_change(hsds: Asker) -> None:
    with time_machine.travel(japan("2027-09-02 12:00"), tick=False):
        changed = hsds.all("services", modified_after="2027-08-15T00:00")
    assert changed
    assert {row["last_modified"] for row in changed} == {"2027-09-01T00:00:00+09:00"}
    assert all("alert" in row for row in changed)


def test_a_new_year_brings_new_days_of_a_season(hsds: Asker) -> None:
    with time_machine.travel(japan("2027-02-01 12:00"), tick=False):
        changed = hsds.all("services", modified_after="2026-12-31T00:00")
    assert {row["last_modified"] for row in changed} == {"2027-01-01T00:00:00+09:00"}


def test_while_an_older_release_is_served_again_everything_counts_as_changed(hsds: Asker, directory: Directory) -> None:
    newer = serving.Published(2, "cd" * 32, "2026-11-20T09:00:00+09:00")
    serving.use(directory, sha256=SHA256, releases=(newer, PUBLISHED))
    rows = hsds.all("services", modified_after="2026-11-24T00:00")
    assert len(rows) == len(directory.supports)
    assert not any("last_modified" in row for row in rows)


@pytest.mark.parametrize("address", ["", *LISTS, "export.json", "japan", "japan/profile/service.json", "openapi.json"])
def test_what_has_not_changed_is_not_sent_again(hsds: Asker, address: str) -> None:
    first = hsds.response(address)
    assert first.status_code == 200
    again = hsds.response(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_another_release_or_another_day_is_another_answer(hsds: Asker, directory: Directory) -> None:
    tag = hsds.response("services")["ETag"]
    with time_machine.travel(japan("2026-11-26 00:00"), tick=False):
        assert hsds.response("services", headers={"If-None-Match": tag}).status_code == 200
    serving.use(directory, sha256="cd" * 32, releases=())
    assert hsds.response("services", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("address", ["", *LISTS, "export.json", "japan", "openapi.json", "nowhere"])
def test_no_answer_sets_a_cookie(hsds: Asker, address: str) -> None:
    assert not hsds.response(address).cookies


def test_a_page_in_any_browser_may_ask(hsds: Asker) -> None:
    assert hsds.response("services", headers={"Origin": "https://city.example"})["Access-Control-Allow-Origin"] == "*"
