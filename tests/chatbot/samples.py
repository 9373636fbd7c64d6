"""Small flows and small catalogues, made by hand."""

from __future__ import annotations

import hashlib
from typing import Any

from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.loading import from_payload
from catalog.directory.rows import empty_payload
from chatbot.flow import Flow, build
from chatbot.replay import Person
from tests.catalog.samples import Row, band_row, contact_row, support_row, weekday_row
from tests.conftest import at

WORRIES = ("listen", "lonely", "suicidal", "dv", "rent", "debt", "food")
TAGS = {"parent": "子どもを育てている方", "single": "ひとり親の方"}
AGES = {"u18": (0, 18), "a19": (19, 64), "a65": (65, None)}

NIGHT = "2026-09-02 02:00"  # a Wednesday, when only those who never close answer
DAY = "2026-09-02 11:00"


def choice(key: str, *facts: str, **changes: Any) -> Row:
    return {
        "key": key,
        "label": key,
        "help": "",
        "icon": "",
        "facts": list(facts),
        "next": None,
        "leads_to": "",
    } | changes


def question(key: str, *choices: Row, **changes: Any) -> Row:
    plain = {
        "key": key,
        "prompt": f"{key}?",
        "help": "",
        "multiple": False,
        "most": 1,
        "next": "",
        "skip_label": "こたえたくない",
    }
    return plain | {"ask_if": [], "skip_if": [], "choices": list(choices) or [choice("yes"), choice("no")]} | changes


def flow_data(*questions: Row, start: str = "") -> Any:
    return {"key": "small", "start": start or questions[0]["key"], "questions": list(questions)}


def both_flows() -> list[Row]:
    """The least that the two pages need."""
    return [flow_data(question("start")) | {"key": key} for key in ("general", "under18")]


def make_flow(*questions: Row, start: str = "") -> Flow:
    return build(flow_data(*questions, start=start), make_directory())


def entry(slug: str, *worries: str, **changes: Any) -> Row:
    """A free national line that never closes; the first worry is the one that it is made for."""
    line = support_row(slug, slug, main_worry=worries[0], worries=list(worries), **changes)
    for contact in line["contacts"]:  # one number an entry, or they would be taken for the same line
        if contact["value"] == "0120-000-000":
            contact["value"] = f"0120-000-{int(hashlib.sha256(slug.encode()).hexdigest(), 16) % 1000:03d}"
    return line


def listener(slug: str, **changes: Any) -> Row:
    return entry(slug, "listen", "lonely", **changes)


def programme(slug: str, *worries: str, **changes: Any) -> Row:
    return entry(slug, *worries, **{"kind": "programme", "contacts": [], "apply_at": "市区町村の窓口", **changes})


def office_hours(**changes: Any) -> list[Row]:
    return [weekday_row(**changes)]


def paid() -> list[Row]:
    return [contact_row(charge="paid")]


def make_directory(*entries: Row) -> Directory:
    payload: Any = {
        **empty_payload(),
        "worries": [{"code": code, "label": f"{code}のこと", "area": code} for code in WORRIES],
        "age_bands": [band_row(code, code, first, last) for code, (first, last) in AGES.items()],
        "tags": [{"code": code, "label": label} for code, label in TAGS.items()],
        "supports": list(entries),
    }
    return from_payload(payload, number=1)


def here(*entries: Row, moment: str = DAY) -> DirectoryNow:
    return at(make_directory(*entries), moment)


def somebody(*facts: str) -> Person:
    """somebody("worry:rent", "age:a19")"""
    return Person(facts)
