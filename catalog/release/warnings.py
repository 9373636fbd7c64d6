"""What does not stop publishing but is named: at the desk, on the page 公開する and by the command `publish`.

Concerns are about evidence (a number that no cited page firmly shows, a source without a name) and about time (an amount that was to change
by now, a plan that is past).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from catalog.directory.codes import NUMBER_WAYS, Status
from catalog.directory.entries import Contact
from catalog.directory.loading import contact_of, from_payload, source_of
from catalog.directory.rows import CitationRow, Payload, SupportRow
from catalog.models.citation import is_copy_or_blog
from catalog.text.dates import date_words
from catalog.text.furigana import plain
from catalog.text.past_times import past_told_as_current

from .concern import Concern, ConcernKind, in_order
from .sections import sections


def concerns(payload: Payload, today: date, months: Mapping[str, str]) -> tuple[Concern, ...]:
    """All of them, by kind, those about entries for people in danger first within each. `months`: when an entry was to be looked at
    again, YYYY-MM by slug (catalog.release.payload.months_to_look_again)."""
    return in_order((*_of_supports(payload, today, months), *_of_guidance(payload, today)))


def concerns_of_sections(payload: Payload) -> tuple[Concern, ...]:
    """What other parts find in what they freeze. Nothing where the content does not hold together: that stops publishing."""
    try:
        directory = from_payload(payload, number=0)
        found = [each for section in sections.values() if section.warn for each in section.warn(directory)]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()
    return in_order(found)


def _of_supports(payload: Payload, today: date, months: Mapping[str, str]) -> Iterator[Concern]:
    for row in payload["supports"]:
        for kind, what in _of_support(row, today, months.get(row["slug"], "")):
            yield Concern(kind, "supports", row["slug"], row["name"], what, row["crisis"])


def _of_support(row: SupportRow, today: date, month: str) -> Iterator[tuple[ConcernKind, str]]:
    yield from _of_sources(row["sources"])
    if row["status"] == Status.ENDED:
        return
    if month and month <= f"{today:%Y-%m}":
        yield ConcernKind.EXPIRED, date_words(month)
    for text in texts_of(row):
        yield from _of_text(text, today)
    sources = tuple(source_of(source) for source in row["sources"])
    for contact in row["contacts"]:
        try:
            yield from _of_contact(contact_of(contact, sources))
        except ValueError:  # hours that cannot be read; they stop publishing
            continue


def _of_contact(contact: Contact) -> Iterator[tuple[ConcernKind, str]]:
    where = f"{contact.via.label} {contact.value}"
    if contact.via in NUMBER_WAYS and not contact.number_confirmed:
        yield ConcernKind.NUMBER, where
    if contact.opens_and_closes and contact.timetable.is_known and not contact.hours_confirmed:
        yield ConcernKind.DAY_AND_NIGHT if contact.timetable.never_closes else ConcernKind.HOURS, where


def _of_sources(rows: Iterable[CitationRow]) -> Iterator[tuple[ConcernKind, str]]:
    for row in rows:
        if not (row["title"] and row["publisher_name"]):
            yield ConcernKind.UNNAMED, row["title"] or row["url"]
        if is_copy_or_blog(row["url"]):
            yield ConcernKind.COPY, row["url"]


def _of_text(text: str, today: date) -> Iterator[tuple[ConcernKind, str]]:
    for sentence in past_told_as_current(text, today):
        yield ConcernKind.PAST, sentence


def _of_guidance(payload: Payload, today: date) -> Iterator[Concern]:
    for faq in payload["faqs"]:
        for kind, what in _of_text(f"{faq['question']}\n{faq['answer']}", today):
            yield Concern(kind, "faqs", faq["slug"], faq["question"], what)
    for tip in payload["tips"]:
        text = "\n".join((tip["title"], tip["summary"], tip["body"]))
        for kind, what in (*_of_sources(tip["sources"]), *_of_text(text, today)):
            yield Concern(kind, "tips", tip["slug"], tip["title"], what)
    for article in payload["child_articles"]:
        texts = "\n".join((*article["titles"].values(), *article["bodies"].values()))
        name = plain(next(iter(article["titles"].values()), article["slug"]))
        for kind, what in dict.fromkeys(_of_text(texts, today)):
            yield Concern(kind, "child_articles", article["slug"], name, what)


def texts_of(row: SupportRow) -> Iterator[str]:
    """Every text of an entry that a page shows, children's with their readings."""
    yield from (row["when_to_use"], row["summary"], row["what_happens"], row["apply_at"], row["bring_or_say"])
    yield row["replaced_note"]
    yield from row["conditions"]
    for contact in row["contacts"]:
        yield from (contact["label"], contact["note"], contact["hours_text"])
    for text in row["child"]["texts"].values() if row["child"] else ():
        yield from (text["what"], text["who"], text["say"], text["if_busy"])
