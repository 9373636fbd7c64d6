"""The payload of a Release, in its current format: what `catalog.release.payload` writes and `catalog.directory.loading` reads.

A change here is a new format: see docs/tasks/change-the-release-format.md.
"""

from __future__ import annotations

from typing import Any, TypedDict

from catalog.hours.stored import TimetableRow

FORMAT = 4  # the number of the format described here


class WorryRow(TypedDict):
    code: str
    label: str
    area: str  # the code of its area; its own for an area


class AgeBandRow(TypedDict):
    code: str
    label: str
    page: str
    age_min: int | None
    age_max: int | None
    kanji_taught: int
    in_kana: bool
    level: str


class TagRow(TypedDict):
    code: str
    label: str


class ContactRow(TimetableRow):
    via: str
    label: str
    value: str
    charge: str
    ip_phone: str
    note: str
    hours_text: str


class CitationRow(TypedDict):
    url: str
    title: str
    publisher: str
    publisher_name: str
    page_date: str


class SourceRow(CitationRow):
    seen_on: str  # YYYY-MM-DD, or ""
    shows_numbers: list[str]  # values of contacts
    shows_hours: list[str]


class ChildTextRow(TypedDict):
    what: str
    who: str
    say: str
    if_busy: str


class ChildWordsRow(TypedDict):
    name: str
    free: str
    name_needed: str
    secret: str
    bands: list[str]
    texts: dict[str, ChildTextRow]  # by level


class SupportRow(TypedDict):
    slug: str
    name: str
    also_known_as: list[str]
    kana: str
    kind: str
    operator: str
    reach: str
    when_to_use: str
    summary: str
    what_happens: str
    conditions: list[str]
    apply_at: str
    bring_or_say: str
    languages: list[str]
    main_worry: str
    worries: list[str]
    tags: list[str]
    only_for: list[str]
    declines: list[str]
    firsts: list[str]  # lines, as catalog.directory.firsts reads them
    needs: list[str]
    never_with: list[str]
    age_min: int | None
    age_max: int | None
    crisis: bool
    on_crisis_strip: bool
    status: str
    replaced_by: list[str]
    replaced_note: str
    child: ChildWordsRow | None
    contacts: list[ContactRow]
    sources: list[SourceRow]


class FAQRow(TypedDict):
    slug: str
    group: str
    question: str
    answer: str


class ChildArticleRow(TypedDict):
    slug: str
    kind: str
    titles: dict[str, str]  # by level, as bodies
    bodies: dict[str, str]


class TipRow(TypedDict):
    slug: str
    page: str
    standpoint: str  # "" where none is named
    title: str
    summary: str
    body: str
    sources: list[CitationRow]


class Payload(TypedDict):
    """`sections`: what other apps freeze along with the catalogue, each of its own shape (see catalog.release.sections)."""

    format: int
    worries: list[WorryRow]
    age_bands: list[AgeBandRow]
    tags: list[TagRow]
    supports: list[SupportRow]
    faqs: list[FAQRow]
    tips: list[TipRow]
    child_articles: list[ChildArticleRow]
    sections: dict[str, Any]


def empty_payload() -> Payload:
    """The payload of a catalogue without content."""
    return {
        "format": FORMAT,
        "worries": [],
        "age_bands": [],
        "tags": [],
        "supports": [],
        "faqs": [],
        "tips": [],
        "child_articles": [],
        "sections": {},
    }
