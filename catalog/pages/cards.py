"""Entries as the pages show them: what a caller must know, in words. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.directory.codes import Charge, Via
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Contact, Support
from catalog.hours.timetable import Openness
from catalog.hours.wording import state_words, timetable_words
from catalog.text import phone


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One way to reach an entry, with all that a caller must know (rule 7 of the design)."""

    contact: Contact
    via_words: str
    charge_words: str
    state_words: str
    state: Openness
    hours_lines: list[str]
    how_to_dial: str

    @property
    def is_open(self) -> bool:
        return self.state is Openness.OPEN

    @property
    def is_estimate(self) -> bool:
        """The hours were not confirmed by a second reading: 受付時間の目安."""
        return bool(self.hours_lines or self.contact.hours_text) and not self.contact.hours_confirmed


@dataclass(frozen=True, slots=True)
class Card:
    """An entry with its contacts as of a moment; `reason` and `next_one` (つながらないときは) only among results."""

    support: Support
    contacts: list[ContactLine]
    reason: str = ""
    next_one: Support | None = None
    next_contact: Contact | None = None

    @property
    def first(self) -> ContactLine | None:
        return self.contacts[0] if self.contacts else None

    @property
    def others(self) -> list[ContactLine]:
        return self.contacts[1:]

    @property
    def kind_words(self) -> str:
        return self.support.kind.label

    @property
    def languages(self) -> list[str]:
        """Named only where there is more to say than Japanese."""
        return [] if self.support.is_only_in_japanese else [language.own_name for language in self.support.languages]

    @property
    def is_open(self) -> bool:
        return any(line.is_open and line.contact.is_live for line in self.contacts)


def card(support: Support, here: DirectoryNow, *, reason: str = "", next_one: Support | None = None) -> Card:
    """The contacts that answer now come first; otherwise the order of the catalogue stays. An ended entry has none to show."""
    lines = [contact_line(contact, here) for contact in support.contacts if support.is_available]
    lines.sort(key=lambda line: not (line.is_open and line.contact.is_live))
    next_contact = here.open_contact(next_one) if next_one else None
    return Card(support, lines, reason, next_one, next_contact)


def contact_line(contact: Contact, here: DirectoryNow) -> ContactLine:
    state = here.state(contact)
    words = state_words(state, here.moment) if contact.is_live or contact.via is Via.VISIT else ""
    if contact.via is Via.VISIT:
        words = words.replace("つながります", "開いています")
    elif contact.via is not Via.PHONE:
        words = words.replace("つながります", "話せます")
    return ContactLine(
        contact=contact,
        via_words=contact.via.label,
        charge_words=charge_words(contact),
        state_words=words,
        state=state.openness,
        hours_lines=timetable_words(contact.timetable),
        how_to_dial=how_to_dial(contact),
    )


def charge_words(contact: Contact) -> str:
    if contact.via in {Via.WEB, Via.FORM, Via.EMAIL, Via.VISIT}:
        return ""
    if contact.via is Via.PHONE and phone.is_navi_dial(contact.value):
        return "有料（話す前の案内のあいだも通話料がかかり、かけ放題は使えません）"
    if contact.via is Via.PHONE or contact.via is Via.FAX:
        return {Charge.FREE: "無料", Charge.PAID: "通話料がかかります", Charge.UNKNOWN: "料金は確かめられていません"}[
            contact.charge
        ]
    return {Charge.FREE: "相談は無料", Charge.PAID: "有料", Charge.UNKNOWN: ""}[contact.charge]


def how_to_dial(contact: Contact) -> str:
    """Numbers with # cannot be tapped on every telephone, so how to press them is said."""
    if contact.via is not Via.PHONE or not phone.is_short_code(contact.value) or contact.long_number:
        return ""
    return f"電話アプリを開いて、「#」、つづけて「{phone.digits(contact.value).removeprefix('#')}」を押してかけます"


def source_host(url: str) -> str:
    return url.split("/")[2].removeprefix("www.") if "://" in url else ""


def area_labels(support: Support, directory: Directory) -> list[str]:
    return [area.label for area in directory.areas if area.code in support.areas]
