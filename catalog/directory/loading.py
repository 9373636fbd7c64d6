"""From a Release's payload to the Directory. Pure Python."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from catalog.hours.timetable import MINUTES_A_DAY, Rule, Timetable, parse_clock, parse_periods

from .directory import Directory
from .entries import FAQ, AgeBand, ChildArticle, ChildText, ChildWords, Contact, Source, Support, Tip, Worry

Coded = TypeVar("Coded", Worry, AgeBand)


def support_code(slug: str) -> str:
    """The opaque name of an entry in its address: an address is in the browser's history, a worry must not be. It begins with a
    letter, so that no spreadsheet takes it for a number."""
    return "s" + hashlib.sha256(f"support:{slug}".encode()).hexdigest()[:8]


def from_payload(payload: Mapping[str, Any], *, number: int) -> Directory:
    """Build the Directory from a Release's payload (see catalog.release.payload.dump for its shape)."""
    worries = _by_code(Worry(**row) for row in payload["worries"])
    return Directory(
        number=number,
        worries=worries,
        age_bands=_by_code(AgeBand(**row) for row in payload["age_bands"]),
        tags=MappingProxyType({row["code"]: row["label"] for row in payload["tags"]}),
        supports=MappingProxyType({row["slug"]: _support(row, worries) for row in payload["supports"]}),
        faqs=tuple(FAQ(**row) for row in payload["faqs"]),
        child_articles=tuple(ChildArticle(**row) for row in payload["child_articles"]),
        tips=tuple(Tip(**{**row, "sources": tuple(Source(**s) for s in row["sources"])}) for row in payload["tips"]),
        sections=MappingProxyType(payload["sections"]),
    )


def _by_code(rows: Iterator[Coded]) -> Mapping[str, Coded]:
    return MappingProxyType({row.code: row for row in rows})


def _support(row: Mapping[str, Any], worries: Mapping[str, Worry]) -> Support:
    lists = {name: tuple(row[name]) for name in ("also_known_as", "conditions", "languages", "replaced_by")}
    sets = {name: frozenset(row[name]) for name in ("worries", "tags", "only_for")}
    return Support(
        **{
            **row,
            **lists,
            **sets,
            "code": support_code(row["slug"]),
            "child": _child_words(row["child"]),
            "areas": frozenset(worries[code].area for code in row["worries"]),
            "contacts": tuple(_contact(c) for c in row["contacts"]),
            "sources": tuple(Source(**s) for s in row["sources"]),
        }
    )


def _child_words(row: Mapping[str, Any] | None) -> ChildWords | None:
    if row is None:
        return None
    common = {name: row[name] for name in ("name", "free", "name_needed", "secret")}
    texts = {level: ChildText(**common, **parts) for level, parts in row["texts"].items()}
    return ChildWords(frozenset(row["bands"]), MappingProxyType(texts))


def _contact(row: Mapping[str, Any]) -> Contact:
    plain = {
        name: row[name] for name in ("via", "label", "value", "long_number", "charge", "ip_phone", "note", "hours_text")
    }
    return Contact(**plain, hours_confirmed=row["hours_confirmed"], timetable=timetable_from(row))


def timetable_from(row: Mapping[str, Any]) -> Timetable:
    return Timetable(
        always=row["always_open"],
        rules=tuple(_rule(rule) for rule in row["hours"]),
        closed_on_holidays=row["closed_on_holidays"],
        closed_periods=parse_periods(row["closed_periods"]),
        open_periods=parse_periods(row["open_periods"]),
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    opens, closes = parse_clock(row["opens"]), parse_clock(row["closes"])
    return Rule(
        opens=opens,
        closes=closes if closes > opens else closes + MINUTES_A_DAY,
        days=frozenset(row["days"]),
        weeks=frozenset(row["weeks"]),
        month_days=frozenset(row["month_days"]),
        even_on_holidays=row["even_on_holidays"],
    )
