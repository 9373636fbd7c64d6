"""Every object is what HSDS 3.0 says, and its ids stay what they are."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from api.identifiers import stable_uuid, support_uuid
from catalog.directory.directory import Directory

from . import standard
from .fetching import Asker


@pytest.mark.parametrize(
    ("address", "query", "schema"),
    [
        ("services", {"full": "true"}, standard.SERVICE),
        ("services", {}, standard.SERVICE_FLAT),
        ("organizations", {}, standard.ORGANIZATION_FLAT),
        ("organizations", {"full": "true"}, standard.ORGANIZATION),
        ("taxonomies", {}, standard.TAXONOMY),
        ("taxonomy_terms", {}, standard.TERM),
    ],
)
def test_every_row_of_every_page_is_what_the_standard_says(
    hsds: Asker, address: str, query: dict[str, str], schema: dict[str, Any]
) -> None:
    rows = hsds.all(address, **query)
    assert rows
    assert standard.mistakes(schema, rows) == []


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("services", standard.SERVICE),
        ("organizations", standard.ORGANIZATION),
        ("taxonomies", standard.TAXONOMY),
        ("taxonomy_terms", standard.TERM),
    ],
)
def test_every_object_can_be_asked_for_by_its_id(hsds: Asker, address: str, schema: dict[str, Any]) -> None:
    listed = hsds.all(address)
    assert standard.mistakes(schema, [hsds.get(f"{address}/{row['id']}") for row in listed]) == []


def test_nothing_is_null_or_empty(hsds: Asker) -> None:
    def empty(value: Any, path: str) -> list[str]:
        if value in (None, "", [], {}):
            return [path]
        parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        return [found for name, part in parts for found in empty(part, f"{path}.{name}")]

    assert empty(hsds.get("export.json"), "export") == []


def test_an_organization_can_hold_its_services_whole(hsds: Asker, services: list[dict[str, Any]]) -> None:
    whole = {service["id"]: service for service in services}
    organizations = hsds.all("organizations", full_service="true")
    held = [service for organization in organizations for service in organization["services"]]
    assert len(held) == len(services)
    assert all(whole[service["id"]] == service for service in held)
    first = organizations[0]
    assert hsds.get(f"organizations/{first['id']}", full_service="true") == first


def test_no_id_is_given_twice(hsds: Asker) -> None:
    export = hsds.get("export.json")
    given = [
        id_
        for name in ("services", "organizations", "taxonomies", "taxonomy_terms")
        for id_ in standard.ids(export[name])
    ]
    assert len(given) == len(set(given)) > 3000
    assert all(str(UUID(id_)) == id_ for id_ in given)


def test_ids_never_change() -> None:
    """Others have stored them. They hang on the namespace, on our names for things, and on nothing else."""
    assert support_uuid("inochi-no-denwa") == "747fdace-f906-5bbf-ad00-e05d371f9c0a"
    assert stable_uuid("phone", "inochi-no-denwa", 0) == "dc3d968b-ceb2-531a-ae5b-872a12ec0762"
    assert stable_uuid("worry", "suicidal") == "98db509b-0407-5499-8619-56b846d3c857"
    assert stable_uuid("taxonomy", "worries") == "49bd3fb9-80fd-503f-85ae-4522457a840c"


def test_the_ids_that_are_served_are_these(hsds: Asker) -> None:
    line = hsds.get("services/747fdace-f906-5bbf-ad00-e05d371f9c0a")
    assert line["name"] == "いのちの電話"
    assert line["organization_id"] == "02cefd21-4ee5-5363-9b81-0bf975c99fab"
    assert line["phones"][0]["id"] == "dc3d968b-ceb2-531a-ae5b-872a12ec0762"
    assert line["schedules"][0]["id"] == "dfc380d7-1cd3-515c-8e7a-284a6fe0bfc1"
    assert hsds.get("taxonomy_terms/98db509b-0407-5499-8619-56b846d3c857")["code"] == "suicidal"


def test_the_ids_are_those_of_our_own_api(hsds: Asker, services: list[dict[str, Any]]) -> None:
    ours = json.loads(hsds.web.get("/api/v1/supports/", {"per_page": 400}).content)["results"]
    assert {row["uuid"] for row in ours} == {row["id"] for row in services if row["status"] != "defunct"}
    worries = json.loads(hsds.web.get("/api/v1/worries/").content)["results"]
    assert {row["uuid"] for row in worries} <= {row["id"] for row in hsds.all("taxonomy_terms")}


def test_every_reference_leads_somewhere(hsds: Asker, services: list[dict[str, Any]]) -> None:
    terms = {row["id"]: row for row in hsds.all("taxonomy_terms")}
    taxonomies = {row["id"] for row in hsds.all("taxonomies")}
    organizations = {row["id"]: row for row in hsds.all("organizations")}
    known = {service["id"] for service in services}
    assert all(term["taxonomy_id"] in taxonomies for term in terms.values())
    assert all(term["parent_id"] in terms for term in terms.values() if "parent_id" in term)
    for service in services:
        assert service["organization"] == organizations[service["organization_id"]]
        assert set(service.get("replaced_by", ())) <= known
        reached = {row["id"] for name in ("phones", "contact_points") for row in service.get(name, ())}
        assert {row["contact_point_id"] for row in service.get("schedules", ())} <= reached
        for attribute in service["attributes"]:
            if attribute["link_type"] == "source":
                assert attribute["value"]
            else:
                nested = attribute["taxonomy_term"]
                assert attribute["taxonomy_term_id"] == nested["id"]
                assert nested.items() <= terms[nested["id"]].items()


def test_addresses_within_the_answers_lead_to_this_site(hsds: Asker, directory: Directory) -> None:
    def status(url: str) -> int:
        return hsds.web.get("/" + url.split("/", 3)[3]).status_code

    root = hsds.get("")
    assert root["version"] == "3.0"
    assert {
        status(url)
        for url in (
            *(root[name] for name in ("profile", "openapi_url", "export", "documentation")),
            *root["lists"].values(),
        )
    } == {200}
    assert status(hsds.all("taxonomies")[0]["uri"]) == 200
    assert status(hsds.all("taxonomy_terms")[0]["term_uri"]) == 200
    assert status(hsds.all("services")[0]["page"]) == 200
