"""The profile, the export and the OpenAPI document."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from api.hsds.profile import EXTRAS

from . import standard
from .fetching import Asker


def test_the_profile_explains_each_field_that_it_adds(hsds: Asker) -> None:
    profile = hsds.get("japan")
    told = {(field["object"], field["name"]) for field in profile["fields"]}
    assert told == {(of, extra.name) for of, extras in EXTRAS.items() for extra in extras}
    for field in profile["fields"]:
        assert field["ja"].isascii() is False
        assert field["en"].isascii() is True
        Draft202012Validator.check_schema(field["schema"])
    assert profile["based_on"]["version"] == "3.0"
    assert profile["version"].count(".") == 2


def test_each_file_of_the_profile_can_be_fetched_and_adds_what_the_profile_says(hsds: Asker) -> None:
    profile = hsds.get("japan")
    for name, url in profile["files"].items():
        assert url == f"{profile['url']}/profile/{name}", "where HSDS says tools look"
        patch = hsds.get(f"japan/profile/{name}")
        if name == "openapi.json":
            assert patch["paths"] == {"/service_at_locations": None, "/service_at_locations/{id}": None}
        else:
            added = {field["name"] for field in profile["fields"] if f"{field['object']}.json" == name}
            assert patch["properties"].keys() == added


def test_every_field_of_the_profile_is_used(services: list[dict[str, Any]]) -> None:
    """A field that no entry fills would be a promise nobody keeps."""
    used = {("service", name) for service in services for name in service}
    for of, name in (("phone", "phones"), ("schedule", "schedules"), ("attribute", "attributes")):
        used |= {(of, field) for service in services for row in service.get(name, ()) for field in row}
    assert {(of, extra.name) for of, extras in EXTRAS.items() for extra in extras} <= used


def test_the_export_is_everything_in_one_file(hsds: Asker, services: list[dict[str, Any]]) -> None:
    response = hsds.response("export.json")
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="hsds-release-1.json"'
    export = json.loads(response.content)
    assert sorted(export["services"], key=lambda row: row["id"]) == sorted(services, key=lambda row: row["id"])
    for name in ("organizations", "taxonomies", "taxonomy_terms"):
        assert export[name] == hsds.all(name)
    assert (export["version"], export["release"], export["license"]["name"]) == ("3.0", 1, "CC BY 4.0")
    assert export["profile"] == hsds.get("")["profile"]


def test_our_own_api_leads_to_hsds(hsds: Asker) -> None:
    assert json.loads(hsds.web.get("/api/v1/").content)["hsds"].endswith("/api/hsds/")


def test_every_operation_is_explained_with_a_real_example(hsds: Asker) -> None:
    document = hsds.get("openapi.json")
    assert document["openapi"].startswith("3.1")
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    assert len(operations) == 12
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        assert operation["responses"]["200"]["content"]["application/json"]["example"]
        assert all(parameter["description"] for parameter in operation["parameters"])
    for name, schema in document["components"]["schemas"].items():
        for field, described in schema.get("properties", {}).items():
            assert described.get("description"), (name, field)


def test_the_answers_are_those_that_the_document_describes(hsds: Asker) -> None:
    document = hsds.get("openapi.json")

    def check(address: str, **query: str) -> None:
        path = next(path for path in document["paths"] if path == f"/api/hsds/{address}")
        answer = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        schema = {**answer, "components": document["components"]}
        assert standard.mistakes(schema, [hsds.get(address, **query)]) == []

    for address in ("", "services", "organizations", "taxonomies", "taxonomy_terms", "export.json", "japan"):
        check(address)
    check("services", full="true")
    check("services", minimal="true")
    check("organizations", full="true")


def test_the_document_knows_which_fields_are_always_there(hsds: Asker) -> None:
    schemas = hsds.get("openapi.json")["components"]["schemas"]
    assert set(schemas["ServiceData"]["required"]) == {"id", "name", "status", "organization_id", "organization"}
    assert schemas["ScheduleData"]["required"] == ["id"]
