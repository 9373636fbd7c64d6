"""Small flows and small catalogues, made by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.loading import from_payload
from catalog.directory.rows import empty_payload
from chatbot.flow import Flow, build
from chatbot.matching import matches
from chatbot.need import Need
from chatbot.ranking import Match
from chatbot.replay import Person
from chatbot.results import Results, results
from tests.catalog.samples import Row, band_row, contact_row, support_row, weekday_row
from tests.conftest import at

WORRIES = ("listen", "lonely", "suicidal", "dv", "rent", "debt", "food", "u18_talk")
TAGS = {"parent": "子どもを育てている方", "single": "ひとり親の方", "child": "子ども"}
AGES = {"u18": (0, 18), "a19": (19, 64), "a65": (65, None)}
CHILDREN = {"g12": (6, 8), "any18": (6, 18)}

NIGHT = "2026-09-02 02:00"  # a Wednesday, when only those who never close answer
DAY = "2026-09-02 11:00"


def choice(key: str, *facts: str, **changes: Any) -> Row:
    return {
        "key": key,
        "label": key,
        "help": "",
        "icon": "",
        "facts": list(facts),
        "offer_if": [],
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


def flow_data(*questions: Row, start: str = "", key: str = "small") -> Any:
    return {"key": key, "start": start or questions[0]["key"], "questions": list(questions)}


def both_flows() -> list[Row]:
    """The least that the two pages need."""
    return [flow_data(question("start"), key=key) for key in ("general", "under18")]


def make_flow(*questions: Row, start: str = "") -> Flow:
    return build(flow_data(*questions, start=start), make_directory())


def entry(slug: str, *worries: str, **changes: Any) -> Row:
    """A free national line that never closes; the first worry is the one that it is made for."""
    number = f"0120-000-{int(hashlib.sha256(slug.encode()).hexdigest(), 16) % 1000:03d}"
    contacts = changes.pop("contacts", [contact_row()])
    for contact in contacts:  # one number an entry, or they would be taken for the same line
        if contact["value"] == "0120-000-000":
            contact["value"] = number
    return support_row(slug, slug, main_worry=worries[0], worries=list(worries), contacts=contacts, **changes)


def listener(slug: str, **changes: Any) -> Row:
    return entry(slug, "listen", "lonely", **changes)


def for_children(row: Row) -> Row:
    """With words for every band of the page for children, at the one level that they read."""
    known = dict.fromkeys(("free", "name_needed", "secret"), "yes")
    text = dict.fromkeys(("what", "who", "say", "if_busy"), "ことば")
    return row | {"child": {"name": row["name"], **known, "bands": list(CHILDREN), "texts": {"easy": text}}}


def programme(slug: str, *worries: str, **changes: Any) -> Row:
    return entry(slug, *worries, **{"kind": "programme", "contacts": [], "apply_at": "市区町村の窓口", **changes})


def office_hours(**changes: Any) -> list[Row]:
    return [weekday_row(**changes)]


def unconfirmed() -> list[Row]:
    """A free telephone that never closes, says nobody but the entry."""
    return [contact_row(confirmed=False)]


def paid() -> list[Row]:
    return [contact_row(charge="paid")]


def make_directory(*entries: Row, flows: Sequence[Row] = ()) -> Directory:
    payload: Any = {
        **empty_payload(),
        "worries": [{"code": code, "label": f"{code}のこと", "area": code} for code in WORRIES],
        "age_bands": [
            *(band_row(code, code, *ages) for code, ages in AGES.items()),
            *(band_row(code, code, *ages) | {"page": "under18", "level": "easy"} for code, ages in CHILDREN.items()),
        ],
        "tags": [{"code": code, "label": label} for code, label in TAGS.items()],
        "supports": list(entries),
        "sections": {"flows": list(flows)},
    }
    return from_payload(payload, number=1)


def here(*entries: Row, moment: str = DAY) -> DirectoryNow:
    return at(make_directory(*entries), moment)


def somebody(*facts: str) -> Person:
    """somebody("worry:rent", "age:a19")"""
    return Person(facts)


def need_of(person: Person, now: DirectoryNow) -> Need:
    """On the general page."""
    return Need.of(person, now.directory, for_children=False)


def matched(now: DirectoryNow, person: Person) -> list[Match]:
    """Every entry that may help this person, best first."""
    return matches(now, need_of(person, now))


def shown(now: DirectoryNow, person: Person) -> Results:
    """What this person is shown of them."""
    return results(now, need_of(person, now))
