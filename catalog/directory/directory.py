"""The Directory: a Release in memory, as frozen values. It needs no Django; the public pages and the engine read nothing else.

Built from a Release's payload by catalog.directory.loading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from catalog.hours.timetable import Openness, OpenState

from .codes import ANY_WORRY, Page, RuleTag, Via
from .entries import FAQ, AgeBand, ChildArticle, Contact, Support, Tip, Worry
from .firsts import First


@dataclass(frozen=True, eq=False)
class Directory:
    """Everything public, of one Release. `sections` holds what other apps froze along with the catalogue."""

    number: int
    worries: Mapping[str, Worry]
    age_bands: Mapping[str, AgeBand]
    tags: Mapping[str, str]
    supports: Mapping[str, Support]
    faqs: tuple[FAQ, ...]
    tips: tuple[Tip, ...]
    child_articles: tuple[ChildArticle, ...]
    sections: Mapping[str, Any] = field(repr=False)

    @cached_property
    def available(self) -> tuple[Support, ...]:
        return tuple(s for s in self.supports.values() if s.is_available)

    @cached_property
    def available_by_worry(self) -> Mapping[str, frozenset[Support]]:
        found: dict[str, set[Support]] = {}
        for support in self.available:
            for code in support.worries:
                found.setdefault(code, set()).add(support)
        return {code: frozenset(supports) for code, supports in found.items()}

    @cached_property
    def firsts_by_worry(self) -> Mapping[str, tuple[tuple[First, Support], ...]]:
        """Who is named first for a worry, the first place first."""
        found: dict[str, list[tuple[First, Support]]] = {}
        for support in self.available:
            for first in support.firsts:
                found.setdefault(first.worry, []).append((first, support))
        order = {worry: sorted(firsts, key=lambda of: (of[0].place, of[1].slug)) for worry, firsts in found.items()}
        return {worry: tuple(firsts) for worry, firsts in order.items()}

    @cached_property
    def facts_mentioned(self) -> frozenset[str]:
        """The facts on which it depends whether and where some entry is shown."""
        return frozenset().union(*(support.facts_mentioned for support in self.available))

    @cached_property
    def listening(self) -> frozenset[Support]:
        """The lines that listen to anything."""
        return frozenset(s for s in self.available if s.is_helpline and s.worries >= ANY_WORRY)

    @cached_property
    def by_public_id(self) -> Mapping[str, Support]:
        return {s.public_id: s for s in self.supports.values()}

    @cached_property
    def crisis_strip(self) -> Support | None:
        """The line that stands on every page: always open, for everyone."""
        return next((s for s in self.available if s.on_crisis_strip and not s.only_for), None)

    @cached_property
    def child_crisis_strip(self) -> Support | None:
        """The same on the pages for children."""
        return next((s for s in self.available if s.on_crisis_strip and RuleTag.CHILD in s.only_for and s.child), None)

    @cached_property
    def areas(self) -> tuple[Worry, ...]:
        return tuple(worry for worry in self.worries.values() if worry.is_area)

    def age_bands_of(self, page: Page) -> Iterator[AgeBand]:
        return (band for band in self.age_bands.values() if band.page is page)


ANSWERS, NOT_KNOWN, CLOSED = range(3)


class DirectoryNow:
    """The Directory at a moment. Works out once per contact whether somebody answers then."""

    def __init__(self, directory: Directory, moment: datetime) -> None:
        self.directory = directory
        self.moment = moment
        self._open: dict[Support, Contact | None] = {}
        self._ranks: dict[Support, int] = {}
        self._states: dict[Contact, OpenState] = {}

    def state(self, contact: Contact) -> OpenState:
        if contact not in self._states:
            self._states[contact] = contact.timetable.at(self.moment)
        return self._states[contact]

    def open_by(self, support: Support, ways: frozenset[Via]) -> Contact | None:
        """The first contact by one of these ways that is open at this moment; what has no hours is not."""
        by_these = (c for c in support.contacts if c.via in ways and c.timetable.is_known and not c.is_emergency)
        return next((contact for contact in by_these if self.state(contact).is_open), None)

    def open_contact(self, support: Support) -> Contact | None:
        """The first contact that answers at this moment while one waits (telephone, chat, LINE)."""
        if support not in self._open:
            live = (contact for contact in support.live_contacts if contact.timetable.is_known)
            self._open[support] = next((contact for contact in live if self.state(contact).is_open), None)
        return self._open[support]

    def is_out_of_season(self, support: Support) -> bool:
        return support.has_season and all(
            self.state(c).openness is Openness.OUT_OF_SEASON for c in support.live_contacts
        )

    def openness_rank(self, support: Support) -> int:
        """ANSWERS, NOT_KNOWN or CLOSED."""
        if support not in self._ranks:
            known = any(contact.timetable.is_known for contact in support.live_contacts)
            self._ranks[support] = ANSWERS if self.open_contact(support) else (CLOSED if known else NOT_KNOWN)
        return self._ranks[support]
