"""From a Release's payload, in its current format, to the Directory. What a row holds beyond its fields is passed over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from catalog.hours.stored import timetable_from
from catalog.hours.timetable import Timetable

from .codes import (
    ArticleKind,
    Charge,
    Declined,
    Dialable,
    FAQGroup,
    Kind,
    Known,
    Language,
    Level,
    Page,
    Publisher,
    Reach,
    Standpoint,
    Status,
    TipPage,
    Via,
)  # fmt: skip
from .directory import Directory
from .entries import FAQ, AgeBand, ChildArticle, ChildText, ChildWords, Contact, Support, Tip, Worry
from .evidence import Citation, Source, evidence_of_hours, evidence_of_number
from .firsts import parse_first, parse_joint
from .rows import (
    AgeBandRow,
    ChildArticleRow,
    ChildWordsRow,
    CitationRow,
    ContactRow,
    FAQRow,
    Payload,
    SourceRow,
    SupportRow,
    TipRow,
)  # fmt: skip
from .short_numbers import short_number

Coded = TypeVar("Coded", Worry, AgeBand)


def public_id_of(slug: str) -> str:
    """The opaque name of an entry in its address: an address is in the browser's history, a worry must not be. It begins with a
    letter, so that no spreadsheet takes it for a number."""
    return "s" + hashlib.sha256(f"support:{slug}".encode()).hexdigest()[:8]


def from_payload(payload: Payload, *, number: int) -> Directory:
    """Build the Directory of Release `number`. Raises ValueError, KeyError or TypeError for a payload of another shape."""
    worries = _by_code(Worry(row["code"], row["label"], row["area"]) for row in payload["worries"])
    return Directory(
        number=number,
        worries=worries,
        age_bands=_by_code(_age_band(row) for row in payload["age_bands"]),
        tags=MappingProxyType({row["code"]: row["label"] for row in payload["tags"]}),
        supports=MappingProxyType({row["slug"]: _support(row, worries) for row in payload["supports"]}),
        faqs=tuple(_faq(row) for row in payload["faqs"]),
        child_articles=tuple(_article(row) for row in payload["child_articles"]),
        tips=tuple(_tip(row) for row in payload["tips"]),
        sections=MappingProxyType(payload["sections"]),
    )


def _by_code(rows: Iterable[Coded]) -> Mapping[str, Coded]:
    return MappingProxyType({row.code: row for row in rows})


def _age_band(row: AgeBandRow) -> AgeBand:
    return AgeBand(
        code=row["code"],
        label=row["label"],
        page=Page(row["page"]),
        age_min=row["age_min"],
        age_max=row["age_max"],
        kanji_taught=row["kanji_taught"],
        in_kana=row["in_kana"],
        level=Level(row["level"]),
    )


def _support(row: SupportRow, worries: Mapping[str, Worry]) -> Support:
    sources = tuple(source_of(source) for source in row["sources"])
    return Support(
        slug=row["slug"],
        public_id=public_id_of(row["slug"]),
        name=row["name"],
        also_known_as=tuple(row["also_known_as"]),
        kana=row["kana"],
        kind=Kind(row["kind"]),
        operator=row["operator"],
        reach=Reach(row["reach"]),
        when_to_use=row["when_to_use"],
        summary=row["summary"],
        what_happens=row["what_happens"],
        conditions=tuple(row["conditions"]),
        apply_at=row["apply_at"],
        bring_or_say=row["bring_or_say"],
        languages=tuple(Language(code) for code in row["languages"]),
        main_worry=row["main_worry"],
        worries=frozenset(row["worries"]),
        areas=frozenset(worries[code].area for code in row["worries"]),
        tags=frozenset(row["tags"]),
        only_for=frozenset(row["only_for"]),
        firsts=tuple(parse_first(line) for line in row["firsts"]),
        needs=parse_joint(row["needs"]),
        never_with=parse_joint(row["never_with"]),
        declines=tuple(Declined(code) for code in row["declines"]),
        age_min=row["age_min"],
        age_max=row["age_max"],
        crisis=row["crisis"],
        on_crisis_strip=row["on_crisis_strip"],
        status=Status(row["status"]),
        replaced_by=tuple(row["replaced_by"]),
        replaced_note=row["replaced_note"],
        child=_child_words(row["child"]) if row["child"] else None,
        contacts=tuple(contact_of(contact, sources) for contact in row["contacts"]),
        sources=sources,
    )


def _child_words(row: ChildWordsRow) -> ChildWords:
    texts = {
        Level(level): ChildText(
            name=row["name"],
            free=Known(row["free"]),
            name_needed=Known(row["name_needed"]),
            secret=Known(row["secret"]),
            what=parts["what"],
            who=parts["who"],
            say=parts["say"],
            if_busy=parts["if_busy"],
        )
        for level, parts in row["texts"].items()
    }
    return ChildWords(frozenset(row["bands"]), MappingProxyType(texts))


def contact_of(row: ContactRow, sources: tuple[Source, ...]) -> Contact:
    """Raises ValueError where a clock, a period or a code cannot be read."""
    known = short_number(row["via"], row["value"])
    is_emergency = known is not None and known.is_emergency
    return Contact(
        via=Via(row["via"]),
        label=row["label"],
        value=row["value"],
        charge=known.charge if known else Charge(row["charge"]),
        ip_phone=Dialable(row["ip_phone"]),
        note=row["note"],
        timetable=Timetable(always=True) if known and known.never_closes else timetable_from(row),
        hours_text=row["hours_text"],
        number_evidence=evidence_of_number(row["value"], sources),
        hours_evidence=evidence_of_hours(row["value"], sources),
        is_emergency=is_emergency,
    )


def source_of(row: SourceRow) -> Source:
    return Source(
        url=row["url"],
        title=row["title"],
        publisher=Publisher(row["publisher"]),
        publisher_name=row["publisher_name"],
        page_date=row["page_date"],
        seen_on=row["seen_on"],
        numbers=tuple(row["shows_numbers"]),
        hours=tuple(row["shows_hours"]),
    )


def _citation(row: CitationRow) -> Citation:
    return Citation(
        url=row["url"],
        title=row["title"],
        publisher=Publisher(row["publisher"]),
        publisher_name=row["publisher_name"],
        page_date=row["page_date"],
    )


def _faq(row: FAQRow) -> FAQ:
    return FAQ(
        slug=row["slug"],
        group=FAQGroup(row["group"]),
        question=row["question"],
        answer=row["answer"],
    )


def _article(row: ChildArticleRow) -> ChildArticle:
    return ChildArticle(
        slug=row["slug"],
        kind=ArticleKind(row["kind"]),
        titles=MappingProxyType({Level(level): title for level, title in row["titles"].items()}),
        bodies=MappingProxyType({Level(level): body for level, body in row["bodies"].items()}),
    )


def _tip(row: TipRow) -> Tip:
    return Tip(
        slug=row["slug"],
        page=TipPage(row["page"]),
        standpoint=Standpoint(row["standpoint"]) if row["standpoint"] else None,
        title=row["title"],
        summary=row["summary"],
        body=row["body"],
        sources=tuple(_citation(source) for source in row["sources"]),
    )
