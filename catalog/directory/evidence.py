"""What was read where, and how sure that makes us of a number and of its hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .codes import Publisher

# A page of an earlier year, of somebody else than a public body or the operator, proves little by itself.
RECENT = "2023"


@dataclass(frozen=True, slots=True)
class Citation:
    """A page that something rests on. Dates are as exact as they are known: 2026, 2026-01, 2026-01-24 or ""."""

    url: str  # "" where the page has no public address
    title: str
    publisher: Publisher
    publisher_name: str
    page_date: str


@dataclass(frozen=True, slots=True)
class Source(Citation):
    """A page that shows something of an entry. `numbers`, `hours`: the values of the contacts that it shows, or shows the hours of."""

    seen_on: str = ""  # the day on which a curator opened it
    numbers: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()

    @property
    def date(self) -> str:
        """Until when the page vouches for what it shows."""
        return max(self.page_date, self.seen_on)

    @property
    def is_firm(self) -> bool:
        return self.publisher is Publisher.OFFICIAL or self.date >= RECENT


@dataclass(frozen=True, slots=True)
class Evidence:
    """The cited pages that show one thing."""

    sources: tuple[Source, ...] = ()

    @property
    def date(self) -> str:
        """Of the newest page; "" where none has a date."""
        return max((source.date for source in self.sources), default="")

    @property
    def is_firm(self) -> bool:
        """Whether it may be called confirmed."""
        return any(source.is_firm for source in self.sources)


def evidence_of_number(value: str, sources: Iterable[Source]) -> Evidence:
    return Evidence(tuple(source for source in sources if value in source.numbers))


def evidence_of_hours(value: str, sources: Iterable[Source]) -> Evidence:
    return Evidence(tuple(source for source in sources if value in source.hours))


def verified_on(numbers: Sequence[str], sources: Sequence[Source]) -> str:
    """The date of the newest page that shows an entry's first number; without numbers, of the newest page. "" where none has a date."""
    return (evidence_of_number(numbers[0], sources) if numbers else Evidence(tuple(sources))).date
