"""What HSDS 3.0 says of the objects that we serve, written down again: the standard's own schemas lie outside this repository, and they
would let a misspelt field pass. Beside these only the fields of the profile may stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

from api.hsds.profile import EXTRAS

Schema = dict[str, Any]
CHECKER = FormatChecker()


@CHECKER.checks("uri")
def is_uri(value: object) -> bool:
    parts = urlsplit(str(value))
    return bool(parts.scheme and (parts.netloc or parts.path)) and " " not in str(value)


@CHECKER.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    return datetime.fromisoformat(str(value)).tzinfo is not None


TEXT: Schema = {"type": "string", "minLength": 1}
UUID: Schema = {"type": "string", "format": "uuid"}
URI: Schema = {"type": "string", "format": "uri"}
DATE: Schema = {"type": "string", "format": "date"}
CLOCK: Schema = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d\+09:00$"}
WEEKDAYS = "(MO|TU|WE|TH|FR|SA|SU)"


def _one_of(*values: object) -> Schema:
    return {"enum": list(values)}


def _object(of: str, required: str, **fields: Schema) -> Schema:
    extras = {extra.name: extra.schema for extra in EXTRAS.get(of, ())}
    assert not extras.keys() & fields.keys()
    return {
        "type": "object",
        "properties": {**fields, **extras},
        "required": required.split(),
        "additionalProperties": False,
    }


def _list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema, "minItems": 1}  # an empty one is left out


TAXONOMY = _object("taxonomy", "id name description", id=UUID, name=TEXT, description=TEXT, uri=URI, version=TEXT)
TERM = _object(
    "taxonomy_term", "id name description", id=UUID, code=TEXT, name=TEXT, description=TEXT, parent_id=UUID, taxonomy=TEXT,
    taxonomy_id=UUID, language=_one_of("ja"), term_uri=URI,
)  # fmt: skip
ATTRIBUTE = _object("attribute", "id", id=UUID, link_type=TEXT, value=TEXT, taxonomy_term_id=UUID, taxonomy_term=TERM)
PHONE = _object(
    "phone", "id number", id=UUID, number=TEXT, type=_one_of("voice", "text", "fax"), description=TEXT
)  # fmt: skip
SCHEDULE = _object(
    "schedule", "id", id=UUID, valid_from=DATE, valid_to=DATE, timezone=_one_of(9), freq=_one_of("WEEKLY", "MONTHLY"),
    byday={"type": "string", "pattern": f"^[1-5]?{WEEKDAYS}(,[1-5]?{WEEKDAYS})*$"},
    bymonthday={"type": "string", "pattern": r"^\d{1,2}(,\d{1,2})*$"},
    opens_at=CLOCK, closes_at=CLOCK, description=TEXT, attending_type=TEXT, notes=TEXT,
)  # fmt: skip
AREA = _object("service_area", "id", id=UUID, name=TEXT, uri=URI)
LANGUAGE = _object("language", "id", id=UUID, name=TEXT, code={"type": "string", "pattern": "^[a-z]{2}$"})
COST = _object(
    "cost_option", "id", id=UUID, option=TEXT, currency=_one_of("JPY"), amount=_one_of(0), amount_description=TEXT
)  # fmt: skip
ORGANIZATION_FLAT = _object("organization", "id name description", id=UUID, name=TEXT, description=TEXT)
_FLAT: dict[str, Schema] = {
    "id": UUID, "organization_id": UUID, "name": TEXT, "alternate_name": TEXT, "description": TEXT, "url": URI,
    "email": {"type": "string", "format": "email"},
    "status": _one_of("active", "inactive", "defunct", "temporarily closed"),
    "application_process": TEXT, "fees_description": TEXT, "eligibility_description": TEXT,
    "minimum_age": {"type": "integer"}, "maximum_age": {"type": "integer"}, "assured_date": DATE, "alert": TEXT,
    "last_modified": {"type": "string", "format": "date-time"}, "organization": ORGANIZATION_FLAT,
}  # fmt: skip
_LISTS = {
    "phones": PHONE, "schedules": SCHEDULE, "service_areas": AREA, "languages": LANGUAGE, "cost_options": COST, "attributes": ATTRIBUTE,
}  # fmt: skip
_NEEDED = "id name status organization_id"  # the last: for Open Referral UK's tools
SERVICE_FLAT = _object("service", _NEEDED, **_FLAT)
SERVICE = _object("service", _NEEDED, **_FLAT, **{name: _list_of(schema) for name, schema in _LISTS.items()})
ORGANIZATION = _object(
    "organization", "id name description services", id=UUID, name=TEXT, description=TEXT,
    services=_list_of(_object("-", "id name status", id=UUID, name=TEXT, status=_FLAT["status"])),
)  # fmt: skip


def mistakes(schema: Schema, rows: list[dict[str, Any]]) -> list[str]:
    """What is wrong, in words; [] when all is well."""
    validator = Draft202012Validator(schema, format_checker=CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for row in rows for error in validator.iter_errors(row)]


def ids(value: Any) -> Iterator[str]:
    """The id of every object within, however deep; terms and organizations stand in many places, so they are left out."""
    if isinstance(value, dict):
        if "id" in value:
            yield value["id"]
        for name, part in value.items():
            if name not in {"taxonomy_term", "organization", "school_grades"}:
                yield from ids(part)
    elif isinstance(value, list):
        for part in value:
            yield from ids(part)
