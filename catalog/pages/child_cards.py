"""An entry as a child is shown it: few words, with readings. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.directory.codes import Charge, Via
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import AgeBand, ChildText, Contact, Support
from catalog.hours.child_wording import child_state_words, child_timetable_words
from catalog.hours.timetable import JAPAN
from catalog.text import phone


@dataclass(frozen=True, slots=True)
class ChildContact:
    contact: Contact
    via: str
    state: str
    is_open: bool
    hours: list[str]
    is_estimate: bool
    costs: str
    how_to_dial: str
    shows_value: bool  # a name that has kanji is not shown: the entry's own name stands above, with its reading


@dataclass(frozen=True, slots=True)
class ChildCard:
    support: Support
    text: ChildText
    contacts: list[ChildContact]

    @property
    def first(self) -> ChildContact | None:
        return self.contacts[0] if self.contacts else None

    @property
    def others(self) -> list[ChildContact]:
        return self.contacts[1:]


def child_card(support: Support, band: AgeBand, here: DirectoryNow) -> ChildCard:
    """The contacts that answer now first. The entry must be one that is shown to this band."""
    if support.child is None:
        raise ValueError(f"{support.slug} has no words for children")
    contacts = [_contact(contact, here) for contact in support.contacts if contact.via.child_label]
    contacts.sort(key=lambda line: not (line.is_open and line.contact.is_live))
    return ChildCard(support, support.child.text_for(band), contacts)


def _contact(contact: Contact, here: DirectoryNow) -> ChildContact:
    state = here.state(contact)
    return ChildContact(
        contact=contact,
        via=contact.via.child_label,
        state=child_state_words(state, here.moment) if contact.is_live else "",
        is_open=state.is_open,
        hours=child_timetable_words(contact.timetable, here.moment.astimezone(JAPAN).date()),
        is_estimate=bool(contact.timetable.rules) and not contact.hours_confirmed,
        costs=_costs(contact),
        how_to_dial=_how_to_dial(contact),
        shows_value=contact.value.isascii(),
    )


def _costs(contact: Contact) -> str:
    """What a call costs, where it is not free: the card says for the whole entry what is."""
    if contact.via is not Via.PHONE or contact.charge is Charge.FREE:
        return ""
    if contact.charge is Charge.PAID or phone.is_navi_dial(contact.value):
        return "｜電話代《でんわだい》が かかるよ"
    return "｜電話代《でんわだい》が かかるかも しれないよ"


def _how_to_dial(contact: Contact) -> str:
    if contact.via is not Via.PHONE or contact.tel_uri:
        return ""
    return f"はじめに「#」、つぎに「{phone.digits(contact.value).removeprefix('#')}」を おしてね"
