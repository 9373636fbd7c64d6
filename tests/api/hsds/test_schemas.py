"""Everything against Open Referral's own compiled JSON Schemas. They are not part of this repository: they lie in ../shared/hsds, or
where HSDS_SCHEMAS says. Without them the strict checks of the neighbouring files still run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from api.hsds.profile import PATCHES

from .fetching import Asker
from .standard import CHECKER

SCHEMAS = Path(os.environ.get("HSDS_SCHEMAS") or settings.BASE_DIR.parent / "shared" / "hsds")
pytestmark = pytest.mark.skipif(
    not (SCHEMAS / "service.json").is_file(),
    reason=f"Open Referral's HSDS 3.0 schemas are not in {SCHEMAS}: set HSDS_SCHEMAS to the folder of its compiled schemas",
)


def schema(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return read


def mistakes(of: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    validator = Draft202012Validator(of, format_checker=CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for row in rows for error in validator.iter_errors(row)]


@pytest.mark.parametrize(
    ("address", "query", "name"),
    [
        ("services", {"full": "true"}, "service.json"),
        ("services", {}, "service_list.json"),
        ("organizations", {}, "organization_list.json"),
        ("organizations", {"full": "true"}, "organization.json"),
        ("organizations", {"full_service": "true"}, "organization.json"),
        ("taxonomies", {}, "taxonomy.json"),
        ("taxonomy_terms", {}, "taxonomy_term.json"),
    ],
)
def test_every_row_validates(hsds: Asker, address: str, query: dict[str, str], name: str) -> None:
    rows = hsds.all(address, **query)
    assert rows
    assert mistakes(schema(name), rows) == []


def test_every_page_validates(hsds: Asker) -> None:
    page = schema("openapi.json")["components"]["schemas"]["Page"]
    required = {**page, "required": list(page["properties"])}
    pages = [hsds.get(name) for name in ("services", "organizations", "taxonomies", "taxonomy_terms")]
    assert mistakes(required, pages) == []


def test_no_field_is_unknown_to_both_the_standard_and_the_profile(services: list[dict[str, Any]]) -> None:
    """The standard allows more fields, so a misspelt one would validate."""
    with_profile = merged()
    definitions = with_profile["definitions"]

    def unknown(value: Any, of: dict[str, Any], path: str) -> list[str]:
        of = definitions[of["$ref"].rsplit("/", 1)[1]] if "$ref" in of else of
        if isinstance(value, list):
            return [found for part in value for found in unknown(part, of["items"], path)]
        if not isinstance(value, dict):
            return []
        found = [f"{path}.{name}" for name in value if name not in of["properties"]]
        known = (name for name in value if name in of["properties"])
        return found + [
            more for name in known for more in unknown(value[name], of["properties"][name], f"{path}.{name}")
        ]

    assert [found for service in services for found in unknown(service, with_profile, "service")] == []


def test_the_profile_merged_into_the_standard_is_a_schema_that_everything_fits(services: list[dict[str, Any]]) -> None:
    with_profile = merged()
    Draft202012Validator.check_schema(with_profile)
    assert mistakes(with_profile, services) == []
    wrong = {**services[0], "kana": 1, "reach": "worldwide"}
    assert len(mistakes(with_profile, [wrong])) == 2


def test_the_profile_adds_nothing_that_the_standard_has() -> None:
    standard = schema("service_with_definitions.json")
    for name, patch in PATCHES.items():
        if name != "openapi.json":
            of = name.removesuffix(".json")
            known = standard if of == "service" else standard["definitions"][of]
            assert not patch["properties"].keys() & known["properties"].keys()


def test_the_patch_of_the_reference_takes_away_what_we_do_not_serve(hsds: Asker) -> None:
    reference = schema("openapi.json")
    patched = merge_patch(reference, PATCHES["openapi.json"])
    ours = {path.removeprefix("/api/hsds") for path in hsds.get("openapi.json")["paths"]}
    assert set(patched["paths"]) <= ours
    assert {path for path in reference["paths"] if path not in ours} == {
        "/service_at_locations",
        "/service_at_locations/{id}",
    }


def test_the_parameters_are_those_of_the_reference(hsds: Asker) -> None:
    reference = merge_patch(schema("openapi.json"), PATCHES["openapi.json"])
    ours = hsds.get("openapi.json")["paths"]

    def names(operation: dict[str, Any]) -> set[str]:
        asked = operation.get("parameters", ())
        return {
            row["name"] if "name" in row else row["$ref"].rsplit("/", 1)[1]
            for row in asked
            if row.get("in") != "header"
        }

    for path, item in reference["paths"].items():
        assert names(ours[f"/api/hsds{path}"]["get"]) == names(item["get"]) | names(item), path


def merged() -> dict[str, Any]:
    """The standard's schema of a service, with the profile's files merged into each of its parts."""
    standard = schema("service_with_definitions.json")
    for name, patch in PATCHES.items():
        of = name.removesuffix(".json")
        if of == "service":
            standard = merge_patch(standard, patch)
        elif of in standard["definitions"]:
            standard["definitions"][of] = merge_patch(standard["definitions"][of], patch)
    return standard


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7386."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merge_patch(result.get(name), value)
    return result
