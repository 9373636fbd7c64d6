"""One way to reach an entry, with everything that a caller must know. Every page shows a contact by way of this.

`contact_now` gathers the facts; the wording of each audience (cards, child_cards) turns them into a ContactLine. No field of it has a
default, so no wording can leave a fact out unnoticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from catalog.directory.codes import Charge, Via
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import Contact, Support
from catalog.directory.short_numbers import short_number
from catalog.hours.description import Description, describe
from catalog.hours.timetable import JAPAN, Openness, OpenState
from catalog.text import phone


class Cost(Enum):
    """What reaching somebody costs: a call for telephone and fax, the talk itself for chat, LINE and SMS."""

    UNSAID = "unsaid"  # a website, an address or a counter; or a chat of which it is not known
    FREE_CALL = "free_call"
    PAID_CALL = "paid_call"
    UNKNOWN_CALL = "unknown_call"
    NAVI_DIAL = "navi_dial"  # from the first second, outside flat rates
    ONCE_ANSWERED = "once_answered"  # from the answer on, outside flat rates
    FREE_TALK = "free_talk"
    PAID_TALK = "paid_talk"


_CALLS = {Charge.FREE: Cost.FREE_CALL, Charge.PAID: Cost.PAID_CALL, Charge.UNKNOWN: Cost.UNKNOWN_CALL}
_TALKS = {Charge.FREE: Cost.FREE_TALK, Charge.PAID: Cost.PAID_TALK, Charge.UNKNOWN: Cost.UNSAID}


def cost_of(contact: Contact) -> Cost:
    if contact.via in {Via.WEB, Via.FORM, Via.EMAIL, Via.VISIT}:
        return Cost.UNSAID
    if contact.via is Via.PHONE and phone.is_navi_dial(contact.value):
        return Cost.NAVI_DIAL
    known = short_number(contact.via, contact.value)
    if known and known.is_charged_once_answered:
        return Cost.ONCE_ANSWERED
    return _CALLS[contact.charge] if contact.via in {Via.PHONE, Via.FAX} else _TALKS[contact.charge]


def digits_to_press(contact: Contact) -> str:
    """What follows the # of a number that must be pressed by hand, as no long number stands for it; "" for all others."""
    if contact.via is not Via.PHONE or contact.tel_uri:
        return ""
    return phone.digits(contact.value).removeprefix("#")


@dataclass(frozen=True, slots=True)
class ContactNow:
    """A contact at a moment. What a caller must know stands here and in `contact`: label, value, IP telephones, note."""

    contact: Contact
    moment: datetime
    state: OpenState
    hours: Description  # without what is over
    cost: Cost
    digits_to_press: str
    is_estimate: bool  # hours that no cited page confirms

    @property
    def shown_state(self) -> OpenState | None:
        """None for what neither opens nor closes."""
        return self.state if self.contact.opens_and_closes else None

    @property
    def answers(self) -> bool:
        return self.state.is_open and self.contact.is_live


def contact_now(contact: Contact, here: DirectoryNow) -> ContactNow:
    hours = describe(contact.timetable, here.moment.astimezone(JAPAN).date())
    return ContactNow(
        contact=contact,
        moment=here.moment,
        state=here.state(contact),
        hours=hours,
        cost=cost_of(contact),
        digits_to_press=digits_to_press(contact),
        is_estimate=bool(hours.lines or hours.seasons or contact.hours_text) and not contact.hours_confirmed,
    )


def contacts_now(support: Support, here: DirectoryNow) -> list[ContactNow]:
    """Those that answer now first, else in the catalogue's order. An ended entry has none to show."""
    found = [contact_now(contact, here) for contact in support.contacts if support.is_available]
    return sorted(found, key=lambda now: not now.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """A ContactNow in the words of one audience, as the templates show it. Children's words carry readings."""

    contact: Contact
    state: Openness
    is_estimate: bool
    via_words: str
    label: str  # "" where the audience cannot read it, as `value` and `note`
    value: str  # the number, the name or the address
    how_to_dial: str
    state_words: str
    charge_words: str
    ip_phone_words: str
    hours_lines: list[str]
    unconfirmed_words: str  # where no cited page confirms the number
    note: str
    for_adults: list[str]  # on children's pages: value, hours and note that have no readings

    @property
    def is_open(self) -> bool:
        return self.state is Openness.OPEN

    @property
    def in_brief(self) -> str:
        """For whom it is and what it costs, where there is room for a line only: 東京から、通話料がかかります."""
        return "、".join(words for words in (self.label, self.charge_words) if words)
