"""Entries in the words of the adults' pages."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.directory.codes import Dialable, Via
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Contact, Support
from catalog.hours.timetable import Openness
from catalog.hours.wording import description_words, state_words

from .contacts import ContactLine, ContactNow, Cost, contact_now, contacts_now, cost_of, digits_to_press

_COST_WORDS = {
    Cost.UNSAID: "",
    Cost.FREE_CALL: "無料",
    Cost.PAID_CALL: "通話料がかかります",
    Cost.UNKNOWN_CALL: "料金は確かめられていません",
    Cost.NAVI_DIAL: "有料（話す前の案内のあいだも通話料がかかり、かけ放題は使えません）",
    Cost.ONCE_ANSWERED: "有料（窓口につながってから通話料がかかり、かけ放題は使えません）",
    Cost.FREE_TALK: "相談は無料",
    Cost.PAID_TALK: "有料",
}


@dataclass(frozen=True, slots=True)
class Card:
    """An entry with its contacts at a moment. Among results also its `reason` and, for つながらないときは, `next_one` and its line."""

    support: Support
    contacts: list[ContactLine]
    reason: str = ""
    next_one: Support | None = None
    next_line: ContactLine | None = None

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
    def declines(self) -> list[str]:
        return [declined.label for declined in self.support.declines]

    @property
    def languages(self) -> list[str]:
        """Named only where there is more to say than Japanese."""
        return [] if self.support.is_only_in_japanese else [language.own_name for language in self.support.languages]

    @property
    def is_open(self) -> bool:
        return any(line.is_open and line.contact.is_live for line in self.contacts)

    @property
    def is_closed(self) -> bool:
        """Somebody to talk to who is known not to answer now."""
        states = {line.state for line in self.contacts if line.contact.is_live}
        return bool(states & {Openness.CLOSED, Openness.OUT_OF_SEASON}) and Openness.OPEN not in states


UNCONFIRMED_NUMBER = "この番号は、まだ確かめていません。"


def card(support: Support, here: DirectoryNow, *, reason: str = "", next_one: Support | None = None) -> Card:
    lines = [contact_line(now) for now in contacts_now(support, here)]
    next_contact = here.open_contact(next_one) if next_one else None
    next_line = contact_line(contact_now(next_contact, here)) if next_contact else None
    return Card(support, lines, reason, next_one, next_line)


def contact_line(now: ContactNow) -> ContactLine:
    contact = now.contact
    return ContactLine(
        contact=contact,
        state=now.state.openness,
        is_estimate=now.is_estimate,
        via_words=contact.via.label,
        label=contact.label,
        value=contact.value,
        how_to_dial=how_to_dial(contact),
        state_words=_state_words(now),
        charge_words=charge_words(contact),
        ip_phone_words=(
            "050で始まるIP電話などからは、かけられないことがあります。" if contact.ip_phone is Dialable.NO else ""
        ),
        hours_lines=[*description_words(now.hours), *filter(None, [contact.hours_text])],
        unconfirmed_words="" if contact.number_confirmed else UNCONFIRMED_NUMBER,
        note=contact.note,
        for_adults=[],
    )


def _state_words(now: ContactNow) -> str:
    if now.shown_state is None:
        return ""
    verb = {Via.PHONE: "つながります", Via.VISIT: "開いています"}.get(now.contact.via, "話せます")
    words = state_words(now.shown_state, now.moment, verb)
    return f"（目安）{words}" if words and now.is_estimate else words


def charge_words(contact: Contact) -> str:
    return _COST_WORDS[cost_of(contact)]


def how_to_dial(contact: Contact) -> str:
    """Numbers with # cannot be tapped on every telephone, so how to press them is said."""
    pressed = digits_to_press(contact)
    return f"電話アプリを開いて、「#」、つづけて「{pressed}」を押してかけます" if pressed else ""


def source_host(url: str) -> str:
    return url.split("/")[2].removeprefix("www.") if "://" in url else ""


def area_labels(support: Support, directory: Directory) -> list[str]:
    return [area.label for area in directory.areas if area.code in support.areas]
