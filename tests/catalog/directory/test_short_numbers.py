"""Three-digit numbers: what they cost and when they answer stands fast, whatever is written in an entry."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import Contact
from catalog.hours.timetable import Timetable
from tests.catalog.samples import contact_row, directory_of, support_row, weekday_row
from tests.conftest import japan


def contact(value: str, **changes: Any) -> Contact:
    return (
        directory_of(support_row("akari", "あかり", contacts=[contact_row(value, **changes)]))
        .supports["akari"]
        .contacts[0]
    )


@pytest.mark.parametrize("number", ["110", "118", "119", "１１０"])
@pytest.mark.parametrize("charge", ["paid", "unknown", "free"])
def test_emergency_numbers_are_free_and_always_open_whatever_is_written(number: str, charge: str) -> None:
    found = contact(number, charge=charge, always_open=False, closed_periods="12-29/01-03", confirmed=False)
    assert (found.charge, found.timetable, found.hours_confirmed) == ("free", Timetable(always=True), True)


def test_the_line_against_child_abuse_is_free_and_always_open_but_its_hours_are_as_sure_as_the_evidence() -> None:
    found = contact("189", charge="unknown", always_open=False, confirmed=False)
    assert (found.charge, found.timetable, found.hours_confirmed) == ("free", Timetable(always=True), False)


def test_the_consumer_line_costs_and_keeps_its_own_hours() -> None:
    found = contact("188", charge="free", always_open=False, hours_text="窓口でちがいます")
    assert (found.charge, found.timetable) == ("paid", Timetable())


def test_other_numbers_and_other_ways_are_as_they_are_written() -> None:
    assert contact("0120-000-110", charge="unknown").charge == "unknown"
    assert contact("171", charge="unknown", always_open=False).timetable == Timetable()
    assert contact("110", via="line", charge="unknown").charge == "unknown"


def test_an_emergency_number_does_not_make_an_entry_one_that_can_be_talked_to_now() -> None:
    row = support_row("akari", "あかり", contacts=[weekday_row(), contact_row("110")])
    support = directory_of(row).supports["akari"]
    here = DirectoryNow(directory_of(row), japan("2026-11-16 03:00"))
    assert here.open_contact(support) is None
    assert not support.is_always_open
    assert not support.answers_by_phone_always
