"""Releases of every format can be read by this code. Each format has a small payload pinned in formats/."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from catalog.directory.rows import FORMAT
from catalog.models import Release
from catalog.release.diff import compare
from catalog.release.payload import dump
from catalog.release.publishing import load
from catalog.release.upgrades import UPGRADES, CannotLoad, fingerprint_of, upgraded

FORMATS = Path(__file__).parent / "formats"


def pinned(number: int) -> Any:
    return json.loads((FORMATS / f"{number}.json").read_text(encoding="utf-8"))


def stored(text: str) -> Release:
    return Release(number=7, payload=text, sha256=fingerprint_of(text))


def release_of(payload: object) -> Release:
    return stored(json.dumps(payload))


@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_a_release_of_every_format_is_shown(number: int) -> None:
    directory = load(release_of(pinned(number)))
    assert directory.number == 7
    assert directory.crisis_strip
    assert directory.crisis_strip.contacts[0].value == "0120-279-338"
    assert directory.supports["childline"].child
    assert directory.supports["covid-kyufukin-shohisha-hotline"].status == "ended"
    assert [(faq.group_label, tip.standpoint_label) for faq, tip in zip(directory.faqs, directory.tips, strict=False)] == [
        ("電話や相談のこと", "心の相談員の目線")
    ]  # fmt: skip


def test_every_format_has_a_pinned_payload_and_a_way_to_the_next() -> None:
    assert sorted(int(path.stem) for path in FORMATS.iterdir()) == list(range(1, FORMAT + 1))
    assert len(UPGRADES) == FORMAT - 1


@pytest.mark.parametrize("number", range(1, FORMAT))
def test_a_release_of_an_older_format_is_compared_as_if_it_were_of_todays(number: int) -> None:
    assert not compare(upgraded(pinned(number)), pinned(FORMAT))


def test_before_format_4_every_choice_was_offered_to_everybody_and_nobody_was_named_first() -> None:
    payload = upgraded(json.loads((FORMATS / "3.json").read_text()))
    choices = [c for flow in payload["sections"]["flows"] for q in flow["questions"] for c in q["choices"]]
    assert choices
    assert {tuple(each["offer_if"]) for each in choices} == {()}
    assert {(*row["firsts"], *row["needs"], *row["never_with"]) for row in payload["supports"]} == {()}


@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_reading_changes_nothing_in_what_was_frozen(number: int) -> None:
    frozen = pinned(number)
    before = copy.deepcopy(frozen)
    upgraded(frozen)
    assert frozen == before


@pytest.mark.django_db
def test_what_is_written_has_the_shape_that_is_pinned() -> None:
    """A field that comes or goes is a new format: see docs/tasks/change-the-release-format.md."""
    assert sorted(set(shape(dump()))) == sorted(set(shape(pinned(FORMAT))))


def shape(value: object, place: str = "") -> Iterator[str]:
    """Every dotted name of a payload; the items of a list count as one."""
    yield place
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from shape(inner, f"{place}.{name}")
    if isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict):
                yield from shape(inner, f"{place}[]")


def test_fields_that_this_code_does_not_know_are_passed_over() -> None:
    payload = pinned(FORMAT)
    rows = [row for part in payload.values() if isinstance(part, list) for row in part]
    rows += [contact for support in payload["supports"] for contact in support["contacts"]]
    rows += [rule for support in payload["supports"] for contact in support["contacts"] for rule in contact["hours"]]
    rows += [source for support in payload["supports"] for source in support["sources"]]
    rows += payload["sections"]["flows"]
    rows += [question for flow in payload["sections"]["flows"] for question in flow["questions"]]
    rows += [c for flow in payload["sections"]["flows"] for question in flow["questions"] for c in question["choices"]]
    assert len(rows) > 80
    for row in rows:
        row["of_another_version"] = "?"
    assert (
        load(release_of(payload)).supports["childline"].name
        == load(release_of(pinned(FORMAT))).supports["childline"].name
    )


def test_a_release_of_newer_code_is_refused_by_its_format() -> None:
    with pytest.raises(CannotLoad, match=f"形式 {FORMAT + 1} .*新しいプログラム"):
        load(release_of(pinned(FORMAT) | {"format": FORMAT + 1}))


@pytest.mark.parametrize("broken", ["{", "[]", "{}", '{"format": "2"}', '{"format": 2, "worries": [{}]}'])
def test_a_broken_release_is_refused(broken: str) -> None:
    with pytest.raises(CannotLoad, match="公開版 7"):
        load(stored(broken))
