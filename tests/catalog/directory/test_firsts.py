"""The lines that say for whom an entry comes first, and for whom it is shown."""

from __future__ import annotations

import pytest

from catalog.directory.firsts import MOST_PLACES, First, any_known, parse_first, parse_joint

A, B, C = "tag:parent", "worry:food", "age:a65"


@pytest.mark.parametrize(
    ("line", "facts", "holds"),
    [
        ("rent 1", (), True),
        (f"rent 1 if {A} {B}", (B,), True),
        (f"rent 1 if {A} {B}", (C,), False),
        (f"rent 1 with {A} {B}", (A, B, C), True),
        (f"rent 1 with {A} {B}", (A,), False),
        (f"rent 1 unless {C}", (A,), True),
        (f"rent 1 unless {C} {B}", (A, B), False),
        (f"rent 1 with {A} if {B} {C}", (A, C), True),
        (f"rent 1 with {A} if {B} unless {C}", (A, B), True),
        (f"rent 1 with {A} if {B} unless {C}", (A, B, C), False),
    ],
)
def test_a_line_holds_of_those_whom_its_conditions_name(line: str, facts: tuple[str, ...], holds: bool) -> None:
    assert parse_first(line).holds(frozenset(facts)) is holds


def test_a_line_is_read_with_its_worry_its_place_and_what_it_depends_on() -> None:
    first = parse_first(f"rent  {MOST_PLACES}  with {A} if {B} unless {C}")
    assert first == First("rent", MOST_PLACES, frozenset({A}), frozenset({B}), frozenset({C}))
    assert first.mentioned == {A, B, C}


@pytest.mark.parametrize(
    "line",
    [
        "", "rent", "rent 0", "rent first", f"rent {MOST_PLACES + 1}", "rent 1 if parent", f"rent 1 unless {A} if {B}", f"rent 1 and {A}",
        "rent 1 if " + f"{A} " * 60,
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"読めません|順番は"):
        parse_first(line)


def test_facts_joined_by_a_plus_hold_only_together() -> None:
    joint = parse_joint([A, f"{B}+{C}"])
    assert any_known(joint, frozenset({A}))
    assert not any_known(joint, frozenset({B}))
    assert any_known(joint, frozenset({B, C}))
    assert not any_known((), frozenset({A}))


@pytest.mark.parametrize("line", ["food", f"{B}+", f"{B} {C}"])
def test_what_is_no_fact_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="読めません"):
        parse_joint([line])
