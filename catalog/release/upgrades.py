"""Releases of every format, read as the current one. A Release is never edited: it is upgraded each time it is read.

UPGRADES holds one pure function for each format, from it to the next. A new format adds a function; none is ever changed, and none reads
anything that may change later. A small payload of each format is pinned in tests/catalog/release/formats/. How:
docs/tasks/change-the-release-format.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from catalog.directory.rows import FORMAT, Payload
from catalog.models import Release

Raw = Mapping[str, Any]  # a payload of any format


class UnknownFormat(ValueError):
    """A payload that newer code made. The message is for operators."""


class CannotLoad(Exception):
    """A Release that this code cannot show: broken, or made by newer code."""

    def __init__(self, release: Release, why: str = "中身がこわれています。") -> None:
        super().__init__(f"{release}は、いまのサイトでは表示できません。{why}")


_STANDPOINTS_OF_1 = {
    "社会福祉士の目線": "social_worker",
    "心の相談員の目線": "counsellor",
    "法律の専門家の目線": "lawyer",
    "保健師の目線": "nurse",
}


def _from_1(raw: Raw) -> Raw:
    """Labels that codes carry (`group_label`, `standpoint_label`) are left to the codes; the format gets its number."""

    def faq(row: Raw) -> Raw:
        return {name: value for name, value in row.items() if name != "group_label"}

    def tip(row: Raw) -> Raw:
        kept = {name: value for name, value in row.items() if name != "standpoint_label"}
        return {**kept, "standpoint": _STANDPOINTS_OF_1.get(row["standpoint_label"], "")}

    return {**raw, "format": 2, "faqs": [faq(row) for row in raw["faqs"]], "tips": [tip(row) for row in raw["tips"]]}


def _from_2(raw: Raw) -> Raw:
    """Sources say which numbers and hours they show, instead of the entry and the contact saying that somebody saw some.

    What an old Release called confirmed stays so, by the newest page it cited. The long number of a # number was never filled.
    """

    def citation(row: Raw) -> Raw:
        return {**row, "publisher_name": ""}

    def support(row: Raw) -> Raw:
        numbers = [contact["value"] for contact in row["contacts"] if contact["via"] in {"phone", "sms", "fax"}]
        hours = [contact["value"] for contact in row["contacts"] if contact["hours_confirmed"]]
        newest = max(range(len(row["sources"])), key=lambda at: row["sources"][at]["page_date"], default=None)
        return {
            **{name: value for name, value in row.items() if name != "verified_on"},
            "declines": [],
            "contacts": [
                {name: value for name, value in contact.items() if name not in {"hours_confirmed", "long_number"}}
                for contact in row["contacts"]
            ],
            "sources": [
                {
                    **citation(source),
                    "seen_on": "",
                    "shows_numbers": numbers if at == newest else [],
                    "shows_hours": hours if at == newest else [],
                }
                for at, source in enumerate(row["sources"])
            ],
        }

    tips = [{**row, "sources": [citation(source) for source in row["sources"]]} for row in raw["tips"]]
    return {**raw, "format": 3, "supports": [support(row) for row in raw["supports"]], "tips": tips}


def _from_3(raw: Raw) -> Raw:
    """Entries say for which worries they come first and whom they are not shown to; choices may be offered to some only."""

    def question(row: Raw) -> Raw:
        return {**row, "choices": [{**choice, "offer_if": []} for choice in row["choices"]]}

    flows = [
        {**row, "questions": [question(asked) for asked in row["questions"]]}
        for row in raw["sections"].get("flows", ())
    ]
    return {
        **raw,
        "format": 4,
        "supports": [{**row, "firsts": [], "needs": [], "never_with": []} for row in raw["supports"]],
        "sections": {**raw["sections"], "flows": flows} if flows else raw["sections"],
    }


UPGRADES: tuple[Callable[[Raw], Raw], ...] = (_from_1, _from_2, _from_3)


def upgraded(raw: Raw) -> Payload:
    """The payload in the current format. Raises UnknownFormat, and KeyError or TypeError for what never was a payload."""
    number = raw.get("format", 1)  # the first format had no number
    if not isinstance(number, int) or not 1 <= number <= FORMAT:
        raise UnknownFormat(
            f"公開版の形式 {number} を、このプログラムは知りません（{FORMAT} まで）。新しいプログラムが要ります。"
        )
    for upgrade in UPGRADES[number - 1 :]:
        raw = upgrade(raw)
    return cast(Payload, raw)


def read_payload(text: str) -> Payload:
    """The content that a Release froze, or its copy on disk holds. Raises ValueError, KeyError or TypeError where it cannot be read."""
    return upgraded(json.loads(text))


def fingerprint_of(text: str) -> str:
    """The hash by which a Release is known: hexadecimal SHA-256 of its payload as it is stored."""
    return hashlib.sha256(text.encode()).hexdigest()


def payload_of(release: Release) -> Payload:
    """What a Release froze. Raises CannotLoad, also where it is no longer what its hash says."""
    if fingerprint_of(release.payload) != release.sha256:
        raise CannotLoad(release, "公開したあとに中身が変わっています（指紋が合いません）。")
    try:
        return read_payload(release.payload)
    except UnknownFormat as error:
        raise CannotLoad(release, str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotLoad(release) from error
