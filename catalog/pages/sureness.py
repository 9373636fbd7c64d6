"""How much of what the site shows its cited pages confirm, counted for the page このサイトについて."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.directory.codes import NUMBER_WAYS
from catalog.directory.directory import Directory
from catalog.directory.evidence import RECENT, Evidence


@dataclass(frozen=True, slots=True)
class Sureness:
    """Of numbers, or of hours. `recent`: on a page of RECENT or later. `official`: only on older or undated pages of a public body or of
    whoever runs it. `unconfirmed`: all others."""

    recent: int
    official: int
    unconfirmed: int

    @property
    def total(self) -> int:
        return self.recent + self.official + self.unconfirmed


def sureness_of_numbers(directory: Directory) -> Sureness:
    """Of every number, as often as an entry shows it. Emergency numbers need no page."""
    contacts = (contact for support in directory.available for contact in support.contacts)
    return _sureness(c.number_evidence for c in contacts if c.via in NUMBER_WAYS and not c.is_emergency)


def sureness_of_hours(directory: Directory) -> Sureness:
    """Of everything that opens and closes, where the hours are given."""
    contacts = (contact for support in directory.available for contact in support.contacts)
    given = (c for c in contacts if c.opens_and_closes and c.timetable.is_known and not c.is_emergency)
    return _sureness(contact.hours_evidence for contact in given)


def _sureness(found: Iterable[Evidence]) -> Sureness:
    recent = official = unconfirmed = 0
    for evidence in found:
        if evidence.date >= RECENT:
            recent += 1
        elif evidence.is_firm:
            official += 1
        else:
            unconfirmed += 1
    return Sureness(recent, official, unconfirmed)
